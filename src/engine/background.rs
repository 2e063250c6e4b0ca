//! A task of the engine beside its callers: started when it is wanted, poked when something changed, ended cleanly.

use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// The longest sleep: a clock that jumps is noticed within it.
pub(super) const LONGEST_SLEEP: Duration = Duration::from_secs(60);
/// The pause after the state could not be read or written.
pub(super) const FAULT_PAUSE: Duration = Duration::from_secs(5);

/// How long to sleep when it is `now` and the next thing is due then, both in milliseconds.
pub(super) fn until(now: i64, due: Option<i64>) -> Duration {
    let Some(at) = due else {
        return LONGEST_SLEEP;
    };
    let wait = u64::try_from(at.saturating_sub(now)).unwrap_or(0);
    Duration::from_millis(wait.max(1)).min(LONGEST_SLEEP)
}

/// The handle to a task. Dropping it ends the work cleanly, without waiting for the end.
pub(super) struct Background {
    poke: Arc<Notify>,
    stop: CancellationToken,
    task: Option<JoinHandle<()>>,
}

impl Background {
    /// Starts a task on the runtime this is called in. It is given what tells it to look again, and what tells it to end.
    pub(super) fn start<Task>(run: impl FnOnce(Arc<Notify>, CancellationToken) -> Task) -> Self
    where
        Task: Future<Output = ()> + Send + 'static,
    {
        let poke = Arc::new(Notify::new());
        let stop = CancellationToken::new();
        let task = tokio::spawn(run(Arc::clone(&poke), stop.clone()));
        Self {
            poke,
            stop,
            task: Some(task),
        }
    }

    /// False when the task has ended, for example with the runtime it was started in.
    fn is_at_work(&self) -> bool {
        self.task.as_ref().is_some_and(|task| !task.is_finished())
    }

    /// Ends the work cleanly and waits for the end.
    pub(super) async fn stop(mut self) {
        self.stop.cancel();
        if let Some(task) = self.task.take() {
            // a task that panicked has ended too
            drop(task.await);
        }
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

/// The place of a task that runs at most once.
#[derive(Default)]
pub(super) struct Slot(Mutex<Option<Background>>);

impl Slot {
    fn lock(&self) -> MutexGuard<'_, Option<Background>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sees to it that the task runs and looks again at once.
    pub(super) fn rouse(&self, start: impl FnOnce() -> Background) {
        let mut slot = self.lock();
        match &*slot {
            Some(task) if task.is_at_work() => task.poke.notify_one(),
            _ => *slot = Some(start()),
        }
    }

    /// Lets the task look again, when there is one.
    pub(super) fn poke(&self) {
        if let Some(task) = &*self.lock() {
            task.poke.notify_one();
        }
    }

    /// Takes the task out.
    pub(super) fn take(&self) -> Option<Background> {
        self.lock().take()
    }
}
