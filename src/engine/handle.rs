//! The door to the engine: a cheap handle; every method is a plain request in and a plain view out.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OnceCell, broadcast};

use super::background::Slot;
use super::clock::Clock;
use super::conductor;
use super::error::EngineError;
use super::event::{Event, EventKind};
use super::subscription::poller;
use crate::store::{Home, Store};
use crate::transport::Budget;
use crate::transport::maildir::MaildirStore;

/// News kept for listeners that are behind.
const EVENTS_KEPT: usize = 4096;
/// Names given at most by `names`.
const NAMES_GIVEN: u32 = 200;

/// How to open the engine.
#[derive(Clone, Debug)]
pub struct EngineOptions {
    /// The state folder: database, key, reports, mail store. Made by the first command that keeps something.
    pub home: PathBuf,
    /// Where the time comes from.
    pub clock: Clock,
    /// The first wait before a failed run is tried again; it doubles with each further failure.
    pub retry_unit: Duration,
    /// Messages that are sent and journalled together at most. More of them cost fewer syncs; fewer of them are less to look
    /// for again after a crash.
    pub group_messages: u64,
    /// The usual time between two polls of a subscription; each is a quarter more or less by chance.
    pub poll_interval: Duration,
}

/// Messages of a group where nothing else is wanted.
const GROUP_MESSAGES: u64 = 1000;

impl EngineOptions {
    /// The engine as it is meant to run, on this state folder.
    pub fn new(home: impl Into<PathBuf>) -> Self {
        Self {
            home: home.into(),
            clock: Clock::system(),
            retry_unit: Duration::from_secs(2),
            group_messages: GROUP_MESSAGES,
            poll_interval: Duration::from_secs(30 * 60),
        }
    }
}

impl Default for EngineOptions {
    fn default() -> Self {
        Self::new("")
    }
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
    /// Subscription names, each once.
    Subscription,
}

/// A handle to the engine; clones share it. It works on the tokio runtime it is called in, and stops with it.
/// When the last handle is dropped, the work ends as with `shutdown`, without waiting for it.
#[derive(Clone)]
pub struct Engine {
    inner: Arc<Inner>,
}

struct Inner {
    shared: Arc<Shared>,
    store: OnceCell<Store>,
    conductor: Slot,
    poller: Slot,
}

/// What the handles and the work behind them share.
pub(super) struct Shared {
    pub(super) home: Home,
    pub(super) clock: Clock,
    pub(super) budget: Budget,
    pub(super) mail: MaildirStore,
    pub(super) retry_unit: Duration,
    pub(super) group_messages: u64,
    pub(super) poll_interval: Duration,
    events: broadcast::Sender<Event>,
}

impl Shared {
    /// The time now in milliseconds, as the state keeps it.
    pub(super) fn now(&self) -> i64 {
        self.clock.now().as_millisecond()
    }

    /// Tells the listeners. Nobody listening is fine.
    pub(super) fn tell(&self, batch: &str, kind: EventKind) {
        let event = Event {
            at: self.clock.now(),
            batch: batch.to_owned(),
            kind,
        };
        drop(self.events.send(event));
    }
}

impl Engine {
    /// Opens the engine on a state folder. Makes nothing when there is none; takes the lock of the folder when there is one.
    ///
    /// # Errors
    /// `StateLocked` when another process holds the folder, `StateUnusable` when its database is another version's or damaged.
    pub async fn open(options: EngineOptions) -> Result<Self, EngineError> {
        let (events, _) = broadcast::channel(EVENTS_KEPT);
        let home = Home::new(options.home);
        let engine = Self {
            inner: Arc::new(Inner {
                shared: Arc::new(Shared {
                    mail: MaildirStore::new(home.mail()),
                    home,
                    clock: options.clock,
                    budget: Budget::default(),
                    retry_unit: options.retry_unit,
                    group_messages: options.group_messages.max(1),
                    poll_interval: options.poll_interval,
                    events,
                }),
                store: OnceCell::new(),
                conductor: Slot::default(),
                poller: Slot::default(),
            }),
        };
        engine.existing().await?;
        Ok(engine)
    }

    /// The state folder.
    pub fn home(&self) -> &Path {
        self.inner.shared.home.path()
    }

    /// News from now on. A listener that falls more than 4,096 events behind misses the oldest.
    pub fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.inner.shared.events.subscribe()
    }

    /// The state, made when there is none.
    pub(super) async fn store(&self) -> Result<&Store, EngineError> {
        let home = self.inner.shared.home.clone();
        Ok(self
            .inner
            .store
            .get_or_try_init(|| Store::open(home))
            .await?)
    }

    /// The state, when there is one.
    pub(super) async fn existing(&self) -> Result<Option<&Store>, EngineError> {
        if let Some(store) = self.inner.store.get() {
            return Ok(Some(store));
        }
        if self.inner.shared.home.has_database() {
            return Ok(Some(self.store().await?));
        }
        Ok(None)
    }

    /// Takes up the work that was running when the engine was last closed or killed.
    /// Gives the names of the batches it resumed.
    pub async fn resume(&self) -> Result<Vec<String>, EngineError> {
        let Some(store) = self.existing().await? else {
            return Ok(Vec::new());
        };
        if store.has_subscriptions().await? {
            self.poll().await?;
        }
        self.work().await?;
        self.active_batches().await
    }

    /// Sees to it that somebody works on what is wanted, and that they look again at once.
    pub(super) async fn work(&self) -> Result<(), EngineError> {
        let store = self.store().await?.clone();
        let shared = Arc::clone(&self.inner.shared);
        self.inner
            .conductor
            .rouse(|| conductor::start(shared, store));
        Ok(())
    }

    /// Sees to it that somebody polls subscriptions, and that they look again at once.
    pub(super) async fn poll(&self) -> Result<(), EngineError> {
        let store = self.store().await?.clone();
        let shared = Arc::clone(&self.inner.shared);
        self.inner.poller.rouse(|| poller::start(shared, store));
        Ok(())
    }

    /// Lets whoever works look again at what is wanted.
    pub(super) fn poke(&self) {
        self.inner.conductor.poke();
    }

    /// What the handles and the work share.
    pub(super) fn shared(&self) -> &Shared {
        &self.inner.shared
    }

    /// Ends what is in flight cleanly and stops working; batches stay running in the state and go on with the next `resume`.
    pub async fn shutdown(&self) -> Result<(), EngineError> {
        let tasks = [self.inner.conductor.take(), self.inner.poller.take()];
        for task in tasks.into_iter().flatten() {
            task.stop().await;
        }
        Ok(())
    }

    /// Names that begin with `prefix` (any case), sorted, at most 200: quick enough for a key press.
    pub async fn names(&self, kind: NameKind, prefix: &str) -> Vec<String> {
        let Ok(Some(store)) = self.existing().await else {
            return Vec::new();
        };
        let names = match kind {
            NameKind::Batch => store.batch_names(prefix, NAMES_GIVEN).await,
            NameKind::Endpoint => store.endpoint_names(prefix, NAMES_GIVEN).await,
            NameKind::User => store.user_names(prefix, NAMES_GIVEN).await,
            NameKind::Mailbox => store.mailbox_names(prefix, NAMES_GIVEN).await,
            NameKind::Subscription => store.subscription_names(prefix, NAMES_GIVEN).await,
        };
        names.unwrap_or_default()
    }
}
