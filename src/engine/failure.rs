//! Why a user's run ended early, and what follows: one table from the class of an error to its id and its retry policy.

use std::time::Duration;

use super::error::{EngineError, ErrorId};
use crate::store::StoreError;
use crate::transport::{ErrorClass, TransportError};

/// Runs that may fail in a row, with nothing copied in between, before the user fails.
const TRIES: u32 = 5;
/// The longest wait between two tries.
const LONGEST_WAIT: Duration = Duration::from_secs(15 * 60);

/// What to do about an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Retry {
    /// Nothing changes by trying again: the user fails at once.
    Never,
    /// A few times, waiting longer each time; then the user fails.
    Few,
    /// As long as the server asks us to wait.
    Patiently,
}

/// An error that ended the run of a user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Failure {
    /// The stable name.
    pub id: ErrorId,
    /// The class as it stands in reports.
    pub class: &'static str,
    /// The words, with the server's own and the next step.
    pub message: String,
    /// What to do.
    pub retry: Retry,
    /// How long the server wants us to wait.
    pub wait: Option<Duration>,
}

/// The table: class of an error → its id and what to do.
fn policy(class: ErrorClass) -> (ErrorId, Retry) {
    match class {
        ErrorClass::Auth => (ErrorId::SignInFailed, Retry::Never),
        ErrorClass::Tls => (ErrorId::ServerConnectionFailed, Retry::Never),
        ErrorClass::Config => (ErrorId::ServerConnectionFailed, Retry::Few),
        ErrorClass::Throttle => (ErrorId::CommunicationTransient, Retry::Patiently),
        ErrorClass::Quota => (ErrorId::QuotaExceeded, Retry::Never),
        ErrorClass::TooBig | ErrorClass::Refused => (ErrorId::RemotePermanent, Retry::Never),
        ErrorClass::Malformed | ErrorClass::ServerBug => (ErrorId::RemotePermanent, Retry::Few),
        ErrorClass::Vanished | ErrorClass::Transport | ErrorClass::Stopped => {
            (ErrorId::CommunicationTransient, Retry::Few)
        }
        ErrorClass::Storage => (ErrorId::StoragePermanent, Retry::Never),
    }
}

impl Failure {
    /// When the next try is due after `attempts` runs that failed in a row (1 = the first); `None` when the user fails.
    pub(super) fn next_try(&self, attempts: u32, extra: u32, unit: Duration) -> Option<Duration> {
        let doubled = unit.saturating_mul(1 << attempts.saturating_sub(1).min(20));
        let wait = doubled.max(self.wait.unwrap_or_default()).min(LONGEST_WAIT);
        let wait = self.wait.map_or(wait, |asked| wait.max(asked));
        match self.retry {
            Retry::Never => None,
            Retry::Few => (attempts < TRIES.saturating_add(extra)).then_some(wait),
            Retry::Patiently => Some(wait),
        }
    }

    /// A fault of the program itself: a worker that ended without a result.
    pub(super) fn internal(what: &str) -> Self {
        Self {
            id: ErrorId::Internal,
            class: "internal",
            message: format!(
                "The work on the user ended unexpectedly: {what}. Start the batch again."
            ),
            retry: Retry::Never,
            wait: None,
        }
    }

    /// What the engine itself refuses.
    pub(super) fn of_engine(error: EngineError) -> Self {
        Self {
            id: error.id,
            class: "internal",
            message: error.to_string(),
            retry: Retry::Never,
            wait: None,
        }
    }

    /// Something that a new run finds settled.
    pub(super) fn transient(message: String) -> Self {
        Self {
            id: ErrorId::CommunicationTransient,
            class: "transport",
            message,
            retry: Retry::Few,
            wait: None,
        }
    }

    /// More items were skipped than the batch tolerates.
    pub(super) fn too_many(large: bool, found: u64, limit: u32) -> Self {
        let (id, what, parameter) = if large {
            (ErrorId::TooManyLargeItems, "large", "LargeItemLimit")
        } else {
            (ErrorId::TooManyBadItems, "bad", "BadItemLimit")
        };
        Self {
            id,
            class: "limit",
            message: format!(
                "{found} {what} items were found, and the limit is {limit}. Everything else was copied. Look at Get-MigrationUserStatistics -IncludeSkippedItems, or allow more with -{parameter}."
            ),
            retry: Retry::Never,
            wait: None,
        }
    }

    /// Something of the row or batch that this version does not do.
    pub(super) fn not_supported(message: String) -> Self {
        Self {
            id: ErrorId::NotSupported,
            class: "config",
            message,
            retry: Retry::Never,
            wait: None,
        }
    }

    /// Nobody can sign in at the target server.
    pub(super) fn no_target_sign_in(endpoint: &str) -> Self {
        Self {
            id: ErrorId::SignInFailed,
            class: "config",
            message: format!(
                "The row has no TargetPassword, and the target endpoint \"{endpoint}\" has no credentials to open the mailbox with. Give it some with Set-MigrationEndpoint -Credentials and start the batch again."
            ),
            retry: Retry::Never,
            wait: None,
        }
    }

    /// The target mailbox does not exist.
    pub(super) fn no_recipient(address: &str) -> Self {
        Self {
            id: ErrorId::RecipientNotFound,
            class: "config",
            message: format!(
                "A recipient wasn't found for {address} on the target. Make the mailbox with New-Mailbox and start the batch again."
            ),
            retry: Retry::Never,
            wait: None,
        }
    }
}

impl From<TransportError> for Failure {
    fn from(error: TransportError) -> Self {
        let (id, retry) = policy(error.class);
        let mut message = error.to_string();
        if error.class == ErrorClass::Auth {
            message = format!("We had trouble signing in to this account. {message}");
        }
        Self {
            id,
            class: error.class.name(),
            message,
            retry,
            wait: error.retry_after,
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let retry = match error {
            StoreError::Database(_) => Retry::Few,
            _ => Retry::Never,
        };
        let error = EngineError::from(error);
        Self {
            id: error.id,
            class: "storage",
            message: error.to_string(),
            retry,
            wait: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNIT: Duration = Duration::from_secs(2);

    fn waits(class: ErrorClass, asked: Option<u64>) -> Vec<Option<u64>> {
        let mut error = TransportError::new(class, "It went wrong");
        error.retry_after = asked.map(Duration::from_secs);
        let failure = Failure::from(error);
        (1..=6)
            .map(|attempt| {
                failure
                    .next_try(attempt, 0, UNIT)
                    .map(|wait| wait.as_secs())
            })
            .collect()
    }

    #[test]
    fn each_class_has_its_patience() {
        let few = [Some(2), Some(4), Some(8), Some(16), None, None];
        assert_eq!(waits(ErrorClass::Auth, None), [None; 6]);
        assert_eq!(waits(ErrorClass::Tls, None), [None; 6]);
        assert_eq!(waits(ErrorClass::Quota, None), [None; 6]);
        assert_eq!(waits(ErrorClass::Transport, None), few);
        assert_eq!(waits(ErrorClass::Config, None), few);
        assert_eq!(waits(ErrorClass::Throttle, Some(30))[..3], [Some(30); 3]);
        assert_eq!(waits(ErrorClass::Throttle, Some(3600))[5], Some(3600));
        assert_eq!(waits(ErrorClass::Throttle, None)[5], Some(64));
    }
}
