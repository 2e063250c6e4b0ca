//! The one place where an error of the engine becomes an error record.

use crate::engine::{EngineError, ErrorKind};
use crate::runtime::{ErrorCategory, ErrorRecord, Value};

/// The namespace of the engine's exceptions: `catch [Microsoft.Exchange.Migration.MigrationBatchNotFoundException]`.
const NAMESPACE: &str = "Microsoft.Exchange.Migration";

/// The record of an engine's error: its stable id, its target, its words, and the next step under them.
pub fn record(error: &EngineError) -> ErrorRecord {
    let id = error.id.name();
    let record = ErrorRecord::new(
        &format!("{NAMESPACE}.{id}"),
        id,
        category(error.kind()),
        &error.message,
    )
    .with_target(error.target.as_deref().map_or(Value::Null, Value::str));
    if error.advice.is_empty() {
        record
    } else {
        record.with_recommendation(&error.advice)
    }
}

/// PowerShell's category of a kind of trouble.
fn category(kind: ErrorKind) -> ErrorCategory {
    match kind {
        ErrorKind::NotFound => ErrorCategory::ObjectNotFound,
        ErrorKind::AlreadyExists => ErrorCategory::ResourceExists,
        ErrorKind::InvalidArgument => ErrorCategory::InvalidArgument,
        ErrorKind::InvalidData => ErrorCategory::InvalidData,
        ErrorKind::InvalidOperation => ErrorCategory::InvalidOperation,
        ErrorKind::Connection => ErrorCategory::ConnectionError,
        ErrorKind::Authentication => ErrorCategory::AuthenticationError,
        ErrorKind::Permission => ErrorCategory::WriteError,
        ErrorKind::Busy => ErrorCategory::ResourceBusy,
        ErrorKind::Limit => ErrorCategory::LimitsExceeded,
        ErrorKind::NotImplemented => ErrorCategory::NotImplemented,
        ErrorKind::Timeout => ErrorCategory::OperationTimeout,
        ErrorKind::Internal => ErrorCategory::NotSpecified,
    }
}

/// A value that a cmdlet itself cannot use, with the next step.
pub fn invalid_argument(target: &str, message: &str, advice: &str) -> ErrorRecord {
    record(&EngineError::new(
        crate::engine::ErrorId::InvalidArgument,
        target,
        message,
        advice,
    ))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;
    use crate::engine::ErrorId;

    #[test]
    fn every_id_keeps_its_name_and_its_kind() {
        for id in ErrorId::ALL {
            let error = EngineError::new(*id, "thing", "It failed.", "Try again.");
            let record = record(&error);
            assert_eq!(&*record.id, id.name());
            assert_eq!(record.category, category(id.kind()));
            assert_eq!(&*record.exception.message, "It failed.");
            assert_eq!(record.recommendation.as_deref(), Some("Try again."));
        }
    }
}
