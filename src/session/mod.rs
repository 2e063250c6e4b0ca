//! What one run of the program holds: the state folder, the engine once it is needed, Ctrl-C, and the exit code.
//! The host owns it and lends it to the cmdlets.

mod exit;
mod home;
mod interrupt;
mod news;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::sync::{OnceCell, broadcast};

use crate::engine::event::Event;
use crate::engine::{Engine, EngineError, EngineOptions, ErrorId, NameKind};

pub use exit::ExitCode;
pub use home::default_home;
pub use interrupt::Interrupt;
pub use news::News;

/// How long a key press may wait for names of live objects.
const NAMES_WITHIN: Duration = Duration::from_millis(400);
/// How long leaving may wait for work in flight to end.
const CLOSE_WITHIN: Duration = Duration::from_secs(20);

/// One run of the program. Clones share it; it may be sent to other threads.
#[derive(Clone)]
pub struct Session {
    shared: Arc<Shared>,
}

/// Called on the engine's threads.
type Listener = Box<dyn Fn(News) + Send + Sync>;

struct Shared {
    home: PathBuf,
    interrupt: Interrupt,
    runtime: OnceLock<Runtime>,
    engine: OnceCell<Engine>,
    listener: Arc<OnceLock<Listener>>,
    outcome: Mutex<Option<ExitCode>>,
}

impl Session {
    /// A session on a state folder. Opens and makes nothing.
    pub fn new(home: impl Into<PathBuf>, interrupt: Interrupt) -> Self {
        Self {
            shared: Arc::new(Shared {
                home: home.into(),
                interrupt,
                runtime: OnceLock::new(),
                engine: OnceCell::new(),
                listener: Arc::default(),
                outcome: Mutex::new(None),
            }),
        }
    }

    /// The state folder; it need not exist.
    pub fn home(&self) -> &Path {
        &self.shared.home
    }

    /// Ctrl-C of this run.
    pub fn interrupt(&self) -> &Interrupt {
        &self.shared.interrupt
    }

    /// Names the one that hears the engine's news; it is called on the engine's threads. Only the first call counts, and it
    /// must come before the engine is opened.
    pub fn listen(&self, listener: impl Fn(News) + Send + Sync + 'static) {
        let _ = self.shared.listener.set(Box::new(listener));
    }

    /// The engine; the first call opens it and takes up the work an earlier run left.
    ///
    /// # Errors
    /// `StateLocked`, `StateUnusable` and the others of [`Engine::open`].
    pub fn engine(&self) -> Result<Engine, EngineError> {
        let opened = self.runtime()?.block_on(self.open());
        if let Err(error) = &opened
            && error.id == ErrorId::StateLocked
        {
            self.note(ExitCode::StateLocked);
        }
        opened
    }

    /// Runs a future of the engine to its end; `None` when Ctrl-C came first.
    pub fn block_on<F: Future>(&self, future: F) -> Option<F::Output> {
        let runtime = self.runtime().ok()?;
        runtime.block_on(async {
            tokio::select! {
                biased;
                () = self.shared.interrupt.wait() => None,
                output = future => Some(output),
            }
        })
    }

    /// News from now on, for a cmdlet that waits; `None` when the engine cannot be opened.
    pub fn subscribe(&self) -> Option<broadcast::Receiver<Event>> {
        self.engine().ok().map(|engine| engine.subscribe())
    }

    /// Names of live objects that begin with `prefix`, for a completion kind such as `MigrationBatch`; none for other kinds.
    /// Answers within half a second or with nothing.
    pub fn names(&self, kind: &str, prefix: &str) -> Vec<String> {
        let kind = match kind {
            "MigrationBatch" => NameKind::Batch,
            "MigrationEndpoint" => NameKind::Endpoint,
            "Subscription" => NameKind::Subscription,
            "MigrationUser" => NameKind::User,
            "Mailbox" => NameKind::Mailbox,
            _ => return Vec::new(),
        };
        let Ok(runtime) = self.runtime() else {
            return Vec::new();
        };
        let asked = async { self.open().await.ok()?.names(kind, prefix).await.into() };
        runtime
            .block_on(async { tokio::time::timeout(NAMES_WITHIN, asked).await })
            .ok()
            .flatten()
            .unwrap_or_default()
    }

    /// Names of the batches at work in this process; none when the engine was never opened.
    pub fn active_batches(&self) -> Vec<String> {
        let (Some(engine), Some(runtime)) = (self.shared.engine.get(), self.shared.runtime.get())
        else {
            return Vec::new();
        };
        runtime
            .block_on(engine.active_batches())
            .unwrap_or_default()
    }

    /// Says how the work of this run went; the host leaves with the gravest code said.
    pub fn note(&self, code: ExitCode) {
        let mut outcome = self.outcome_slot();
        *outcome = Some(outcome.map_or(code, |before| before.graver(code)));
    }

    /// The gravest code said with [`Session::note`].
    pub fn outcome(&self) -> Option<ExitCode> {
        *self.outcome_slot()
    }

    /// Ends what is in flight and closes the engine. Batches that are not finished go on when the engine is next opened.
    pub fn close(&self) {
        if let (Some(engine), Some(runtime)) = (self.shared.engine.get(), self.shared.runtime.get())
        {
            let ended = async { tokio::time::timeout(CLOSE_WITHIN, engine.shutdown()).await };
            let _ = runtime.block_on(ended);
        }
    }

    async fn open(&self) -> Result<Engine, EngineError> {
        let engine = self
            .shared
            .engine
            .get_or_try_init(|| async {
                let options = EngineOptions {
                    home: self.shared.home.clone(),
                    ..EngineOptions::default()
                };
                let engine = Engine::open(options).await?;
                if self.shared.listener.get().is_some() {
                    tokio::spawn(news::pump(
                        engine.subscribe(),
                        Arc::clone(&self.shared.listener),
                    ));
                }
                let news = match engine.resume().await {
                    Ok(batches) if batches.is_empty() => None,
                    Ok(batches) => Some(News::Resumed(batches)),
                    Err(error) => Some(News::Trouble(error)),
                };
                if let (Some(news), Some(listener)) = (news, self.shared.listener.get()) {
                    listener(news);
                }
                Ok::<_, EngineError>(engine)
            })
            .await?;
        Ok(engine.clone())
    }

    fn runtime(&self) -> Result<&Runtime, EngineError> {
        if let Some(runtime) = self.shared.runtime.get() {
            return Ok(runtime);
        }
        let runtime = Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("engine")
            .enable_all()
            .build()
            .map_err(|error| {
                let message = format!("The engine could not start its threads: {error}.");
                EngineError::new(
                    ErrorId::Internal,
                    "",
                    message,
                    "Close other programs and try again.",
                )
            })?;
        Ok(self.shared.runtime.get_or_init(|| runtime))
    }

    fn outcome_slot(&self) -> std::sync::MutexGuard<'_, Option<ExitCode>> {
        self.shared
            .outcome
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_session_opens_nothing_by_itself() {
        let home = tempfile::tempdir().unwrap().path().join("none");
        let session = Session::new(&home, Interrupt::new());
        assert!(session.active_batches().is_empty());
        session.close();
        assert!(!home.exists());
        assert!(session.shared.runtime.get().is_none());
    }

    #[test]
    fn an_interrupt_ends_the_waiting_and_a_cleared_one_does_not() {
        let session = Session::new("unused", Interrupt::new());
        session.interrupt().raise();
        assert!(session.block_on(std::future::pending::<()>()).is_none());
        session.interrupt().clear();
        assert_eq!(session.block_on(async { 7 }), Some(7));
    }

    #[test]
    fn the_gravest_outcome_stays() {
        let session = Session::new("unused", Interrupt::new());
        assert_eq!(session.outcome(), None);
        session.note(ExitCode::MailboxesFailed);
        session.note(ExitCode::Success);
        session.note(ExitCode::SkippedItems);
        assert_eq!(session.outcome(), Some(ExitCode::MailboxesFailed));
    }
}
