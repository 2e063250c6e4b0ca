//! Ctrl-C, seen by the shell's thread and by what waits for the engine.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::Notify;

/// Whether Ctrl-C was pressed since it was last cleared. Clones share it.
#[derive(Clone, Default)]
pub struct Interrupt {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    raised: AtomicBool,
    /// Once true it stays so: the process has been asked to end.
    ending: AtomicBool,
    wake: Notify,
}

impl Interrupt {
    /// One that nobody pressed.
    pub fn new() -> Self {
        Self::default()
    }

    /// Asks the running pipeline to stop.
    pub fn raise(&self) {
        self.shared.raised.store(true, Ordering::SeqCst);
        self.shared.wake.notify_waiters();
    }

    /// Asks the whole program to end; [`Interrupt::clear`] does not undo it.
    pub fn end(&self) {
        self.shared.ending.store(true, Ordering::SeqCst);
        self.raise();
    }

    /// Forgets a press: called before each typed line.
    pub fn clear(&self) {
        self.shared.raised.store(false, Ordering::SeqCst);
    }

    /// Whether the running pipeline is to stop.
    pub fn is_raised(&self) -> bool {
        self.shared.raised.load(Ordering::Relaxed) || self.is_ending()
    }

    /// Whether the whole program is to end.
    pub fn is_ending(&self) -> bool {
        self.shared.ending.load(Ordering::Relaxed)
    }

    /// Ends when [`Interrupt::is_raised`].
    pub async fn wait(&self) {
        loop {
            let woken = self.shared.wake.notified();
            tokio::pin!(woken);
            woken.as_mut().enable();
            if self.is_raised() {
                return;
            }
            woken.await;
        }
    }
}
