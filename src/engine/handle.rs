//! The door to the engine: a cheap handle; every method is a plain request in and a plain view out.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::broadcast;

use super::batch::{BatchFilter, BatchStatus, BatchView, NewBatch};
use super::clock::Clock;
use super::endpoint::{EndpointView, NewEndpoint, ProbeTarget, ProbeView, SetEndpoint};
use super::error::{EngineError, ErrorId};
use super::event::Event;
use super::mailbox::{FolderStatisticsView, MailboxFilter, MailboxView, NewMailbox};
use super::user::{StatisticsRequest, UserFilter, UserStatisticsView, UserView};

/// How to open the engine.
#[derive(Clone, Debug, Default)]
pub struct EngineOptions {
    /// The state folder: database, key, reports, mail store. Made by the first command that keeps something.
    pub home: PathBuf,
    /// Where the time comes from.
    pub clock: Clock,
}

/// A kind of named thing, for completion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameKind {
    /// Batch names.
    Batch,
    /// Endpoint names.
    Endpoint,
    /// User addresses, each once.
    User,
    /// Mailbox addresses.
    Mailbox,
}

/// A handle to the engine; clones share it. It works on the tokio runtime it is called in, and stops with it.
#[derive(Clone)]
pub struct Engine {
    inner: Arc<Inner>,
}

struct Inner {
    options: EngineOptions,
    events: broadcast::Sender<Event>,
}

fn not_yet(what: &str) -> EngineError {
    EngineError::new(
        ErrorId::NotSupported,
        what,
        format!("{what} is not done by this version of the engine."),
        "",
    )
}

impl Engine {
    /// Opens the engine on a state folder. Makes nothing when there is none; takes the lock of the folder when there is one.
    ///
    /// # Errors
    /// `StateLocked` when another process holds the folder, `StateUnusable` when its database is another version's or damaged.
    pub async fn open(options: EngineOptions) -> Result<Self, EngineError> {
        let (events, _) = broadcast::channel(4096);
        Ok(Self {
            inner: Arc::new(Inner { options, events }),
        })
    }

    /// The state folder.
    pub fn home(&self) -> &std::path::Path {
        &self.inner.options.home
    }

    /// News from now on. A listener that falls more than 4,096 events behind misses the oldest.
    pub fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.inner.events.subscribe()
    }

    /// Takes up the work that was running when the engine was last closed or killed.
    /// Gives the names of the batches it resumed.
    pub async fn resume(&self) -> Result<Vec<String>, EngineError> {
        Err(not_yet("resume"))
    }

    /// Ends what is in flight cleanly and stops working; batches stay running in the state and go on with the next `resume`.
    pub async fn shutdown(&self) -> Result<(), EngineError> {
        Ok(())
    }

    /// Names of the batches that are at work now (for the question before leaving).
    pub async fn active_batches(&self) -> Result<Vec<String>, EngineError> {
        Ok(Vec::new())
    }

    /// Names that begin with `prefix` (any case), sorted, at most 200: quick enough for a key press.
    pub async fn names(&self, _kind: NameKind, _prefix: &str) -> Vec<String> {
        Vec::new()
    }

    /// Probes a server without signing in, in at most 15 seconds.
    ///
    /// # Errors
    /// Only for a wrong request (unknown endpoint, bad port); a server that cannot be reached is a result.
    pub async fn test_server(&self, _target: ProbeTarget) -> Result<ProbeView, EngineError> {
        Err(not_yet("test_server"))
    }

    /// Makes an endpoint.
    pub async fn new_endpoint(&self, _request: NewEndpoint) -> Result<EndpointView, EngineError> {
        Err(not_yet("new_endpoint"))
    }

    /// Changes an endpoint.
    pub async fn set_endpoint(&self, _request: SetEndpoint) -> Result<EndpointView, EngineError> {
        Err(not_yet("set_endpoint"))
    }

    /// The endpoints by name; with `identity` (name or GUID) the one, or `EndpointNotFound`.
    pub async fn get_endpoints(
        &self,
        _identity: Option<&str>,
    ) -> Result<Vec<EndpointView>, EngineError> {
        Ok(Vec::new())
    }

    /// Removes an endpoint that no batch uses.
    pub async fn remove_endpoint(&self, _identity: &str) -> Result<(), EngineError> {
        Err(not_yet("remove_endpoint"))
    }

    /// Makes a batch. Errors of the file refuse it, all of them in one message; errors of rows become `validation_warnings`.
    pub async fn new_batch(&self, _request: NewBatch) -> Result<BatchView, EngineError> {
        Err(not_yet("new_batch"))
    }

    /// Batches.
    pub async fn get_batches(&self, _filter: BatchFilter) -> Result<Vec<BatchView>, EngineError> {
        Ok(Vec::new())
    }

    /// Starts a batch, resumes a stopped one, retries what failed. `identity` = name or GUID, as for the others below.
    pub async fn start_batch(&self, _identity: &str) -> Result<(), EngineError> {
        Err(not_yet("start_batch"))
    }

    /// Stops a batch: what is in flight ends cleanly. Returns at once; `wait_batch` waits for `Stopped`.
    pub async fn stop_batch(&self, _identity: &str) -> Result<(), EngineError> {
        Err(not_yet("stop_batch"))
    }

    /// Removes a batch, its users and their journal; migrated mail stays. `force` removes a corrupted one.
    pub async fn remove_batch(&self, _identity: &str, _force: bool) -> Result<(), EngineError> {
        Err(not_yet("remove_batch"))
    }

    /// Waits until the batch is neither starting, syncing, stopping nor completing, and gives that state.
    ///
    /// # Errors
    /// `TimedOut` after `timeout`; `BatchNotFound`, also when it is removed meanwhile.
    pub async fn wait_batch(
        &self,
        _identity: &str,
        _timeout: Option<Duration>,
    ) -> Result<BatchStatus, EngineError> {
        Err(not_yet("wait_batch"))
    }

    /// Users.
    pub async fn get_users(&self, _filter: UserFilter) -> Result<Vec<UserView>, EngineError> {
        Ok(Vec::new())
    }

    /// A user's statistics; several when the address is in several batches.
    pub async fn get_user_statistics(
        &self,
        _request: StatisticsRequest,
    ) -> Result<Vec<UserStatisticsView>, EngineError> {
        Err(not_yet("get_user_statistics"))
    }

    /// Makes a mailbox in the embedded mail store.
    pub async fn new_mailbox(&self, _request: NewMailbox) -> Result<MailboxView, EngineError> {
        Err(not_yet("new_mailbox"))
    }

    /// Mailboxes.
    pub async fn get_mailboxes(
        &self,
        _filter: MailboxFilter,
    ) -> Result<Vec<MailboxView>, EngineError> {
        Ok(Vec::new())
    }

    /// Removes a mailbox; with `with_mail` also its mail, else the mail stays on disk and a new mailbox of that address takes it up.
    pub async fn remove_mailbox(
        &self,
        _identity: &str,
        _with_mail: bool,
    ) -> Result<(), EngineError> {
        Err(not_yet("remove_mailbox"))
    }

    /// The folders of a mailbox, counted afresh. `with_dates` fills the dates of the oldest and newest item.
    pub async fn get_folder_statistics(
        &self,
        _identity: &str,
        _with_dates: bool,
    ) -> Result<Vec<FolderStatisticsView>, EngineError> {
        Err(not_yet("get_folder_statistics"))
    }
}
