//! One poll, from the sign-in to what is kept of it.

use std::future::Future;
use std::sync::Arc;

use tokio_util::sync::CancellationToken;

use super::rhythm::{Next, after_failure, after_success};
use super::{IncomingAuth, SubscriptionType, imap, pop};
use crate::engine::endpoint::{Security, probe::transport_security};
use crate::engine::error::EngineError;
use crate::engine::event::EventKind;
use crate::engine::failure::Failure;
use crate::engine::handle::Shared;
use crate::store::{SealedFor, Store, StoreError, SubscriptionEnd, SubscriptionRecord};
use crate::transport::{ErrorClass, Login, NetSettings, Target, TransportError};

/// The pause after the state could not be written.
const FAULT_PAUSE: std::time::Duration = std::time::Duration::from_secs(5);

/// A subscription to poll.
pub(super) struct Job {
    pub(super) shared: Arc<Shared>,
    pub(super) store: Store,
    pub(super) record: SubscriptionRecord,
    /// Cancelled when the work is to end: what is in flight ends cleanly.
    pub(super) stop: CancellationToken,
}

/// What a poll brought.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Brought {
    pub(super) items: u64,
    pub(super) bytes: u64,
    /// Read again and found to be there.
    pub(super) known: u64,
    /// Not given by the server.
    pub(super) refused: u64,
}

impl Brought {
    pub(super) fn add(&mut self, bytes: u64) {
        self.items += 1;
        self.bytes += bytes;
    }
}

/// How a poll ended early.
pub(super) enum End {
    /// It was told to stop.
    Stopped,
    /// The wire or the mailbox.
    Wire(TransportError),
    /// One folder only.
    OfFolder(TransportError),
    /// The state.
    State(Failure),
}

impl From<TransportError> for End {
    fn from(error: TransportError) -> Self {
        Self::Wire(error)
    }
}

impl From<StoreError> for End {
    fn from(error: StoreError) -> Self {
        Self::State(error.into())
    }
}

impl From<Failure> for End {
    fn from(failure: Failure) -> Self {
        Self::State(failure)
    }
}

/// Waits for the server, or until the work is to end.
pub(super) async fn or_stopped<T>(
    stop: &CancellationToken,
    wait: impl Future<Output = Result<T, TransportError>>,
) -> Result<T, End> {
    tokio::select! {
        result = wait => Ok(result?),
        () = stop.cancelled() => Err(End::Stopped),
    }
}

impl Job {
    /// Does the work and keeps what became of it.
    pub(super) async fn run(self) {
        let mut brought = Brought::default();
        let end = self.poll(&mut brought).await;
        if self.settle(end, brought).await.is_err() {
            // it is still due, and the server should not suffer from a state that cannot be written
            tokio::select! {
                () = tokio::time::sleep(FAULT_PAUSE) => {}
                () = self.stop.cancelled() => {}
            }
        }
    }

    async fn poll(&self, brought: &mut Brought) -> Result<(), End> {
        let password = self.store.secrets().open(
            &self.record.password,
            SealedFor::Subscription(self.record.guid),
        )?;
        let login = login(&self.record, password);
        let net = net(&self.record);
        let mailbox = self
            .shared
            .mail
            .create(&self.record.mailbox_address)
            .await?;
        let target = Target::Maildir(mailbox);
        match kind(&self.record) {
            SubscriptionType::Pop => pop::poll(self, net, &login, &target, brought).await,
            SubscriptionType::Imap => imap::poll(self, net, &login, &target, brought).await,
        }
    }

    async fn settle(&self, end: Result<(), End>, brought: Brought) -> Result<(), StoreError> {
        let (usual, unit) = (self.shared.poll_interval, self.shared.retry_unit);
        let chance = f64::from(self.random()) / f64::from(u32::MAX);
        let (next, message, attempts) = match end {
            Err(End::Stopped) => return Ok(()),
            Ok(()) => (after_success(usual, chance), String::new(), 0),
            Err(end) => {
                let (class, asked, message) = match end {
                    End::Wire(error) | End::OfFolder(error) => {
                        (error.class, error.retry_after, error.to_string())
                    }
                    End::State(failure) => (ErrorClass::Storage, failure.wait, failure.message),
                    End::Stopped => return Ok(()),
                };
                // mail that came says that the server is well, whatever broke off then
                let attempts = if brought.items > 0 {
                    1
                } else {
                    self.record.attempts + 1
                };
                let next = after_failure(class, asked, attempts, unit);
                (next, message, attempts)
            }
        };
        self.report(&line(&next, &message, brought)).await?;
        let at = self.shared.now();
        let due_at = next
            .wait
            .map(|wait| at.saturating_add(i64::try_from(wait.as_millis()).unwrap_or(i64::MAX)));
        let end = SubscriptionEnd {
            id: self.record.id,
            was_due: self.record.due_at,
            status: next.status.name(),
            detail: next.detail.name(),
            is_success: message.is_empty(),
            message: message.clone(),
            attempts,
            due_at,
            at,
        };
        self.store.end_subscription(&end).await?;
        let kind = EventKind::SubscriptionStatus {
            mailbox: self.record.mailbox_address.clone(),
            to: next.status,
            message,
        };
        self.shared.tell(&self.record.name, kind);
        Ok(())
    }

    /// Names the account for good.
    pub(super) fn account(&self) -> String {
        account(&self.record)
    }

    /// A random number, never 0.
    pub(super) fn random(&self) -> u32 {
        let bytes = uuid::Uuid::new_v4().into_bytes();
        u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]).max(1)
    }

    /// Adds a line to the report.
    pub(super) async fn report(&self, line: &str) -> Result<(), StoreError> {
        let at = self.shared.now();
        self.store
            .add_subscription_entry(self.record.id, at, line)
            .await
    }

    /// Counts what the mailbox got.
    pub(super) async fn count(&self, items: u64, bytes: u64) -> Result<(), Failure> {
        Ok(self
            .store
            .count_brought(self.record.id, items, bytes)
            .await?)
    }
}

fn line(next: &Next, message: &str, brought: Brought) -> String {
    let mut line = format!("{} messages, {} bytes came.", brought.items, brought.bytes);
    if brought.known > 0 {
        line.push_str(&format!(" {} were there already.", brought.known));
    }
    if brought.refused > 0 {
        line.push_str(&format!(
            " {} were not given by the server.",
            brought.refused
        ));
    }
    if !message.is_empty() {
        line.push_str(&format!(" {}: {message}", next.status));
    }
    if let Some(wait) = next.wait {
        line.push_str(&format!(
            " The next poll follows in {} s.",
            wait.as_secs_f64().ceil()
        ));
    }
    line
}

/// Names the account of a subscription for good: who signs in, and where.
pub(super) fn account(record: &SubscriptionRecord) -> String {
    format!("{}@{}", record.user_name, record.host.to_lowercase())
}

/// What the server of a subscription speaks.
pub(super) fn kind(record: &SubscriptionRecord) -> SubscriptionType {
    SubscriptionType::from_name(&record.kind).unwrap_or(SubscriptionType::Pop)
}

/// Where the server of a subscription is.
pub(super) fn net(record: &SubscriptionRecord) -> NetSettings {
    let security = Security::from_name(&record.security).unwrap_or(Security::Ssl);
    NetSettings::new(&record.host, record.port, transport_security(security))
}

/// Who signs in for a subscription.
pub(super) fn login(record: &SubscriptionRecord, password: crate::mail::Secret) -> Login {
    let method = IncomingAuth::from_name(&record.authentication).unwrap_or(IncomingAuth::Basic);
    Login::new(record.user_name.clone(), password).by(method.method())
}

/// Signs in to the server of a subscription and leaves again.
pub(super) async fn check(
    record: &SubscriptionRecord,
    password: crate::mail::Secret,
) -> Result<(), EngineError> {
    use crate::transport::imap::{ImapSettings, probe_login};
    use crate::transport::pop3::{Pop3Settings, Pop3Source};
    let (net, login) = (net(record), login(record, password));
    let signed_in = match kind(record) {
        SubscriptionType::Pop => match Pop3Source::connect(&Pop3Settings::new(net), &login).await {
            Ok(source) => {
                // nothing was marked, so there is nothing to commit
                let _ = source.quit().await;
                Ok(())
            }
            Err(error) => Err(error),
        },
        SubscriptionType::Imap => probe_login(&ImapSettings::new(net), &login)
            .await
            .map(|_| ()),
    };
    signed_in.map_err(|error| {
        let failure = Failure::from(error);
        EngineError::new(
            failure.id,
            &record.host,
            failure.message,
            "Correct the settings, or keep them unproved with -Force.",
        )
    })
}
