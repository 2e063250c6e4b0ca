//! Bringing files to the disk: one sync for everybody who waits for one.

use std::sync::{Arc, Mutex};

use tokio::sync::{Mutex as Turn, oneshot};

use super::dir::Dir;
use crate::transport::{ErrorClass, TransportError};

type Waiter = oneshot::Sender<Result<(), TransportError>>;

/// Joins the syncs of all mailboxes of a store: those who ask while one is running share the next one.
#[derive(Clone, Debug, Default)]
pub(super) struct SyncGate {
    waiting: Arc<Mutex<Vec<Waiter>>>,
    turn: Arc<Turn<()>>,
}

impl SyncGate {
    /// Everything written before the call is on the disk after it.
    ///
    /// # Errors
    /// Fatal for all who share the sync: what the disk holds is unknown.
    pub(super) async fn sync(&self, dir: &Arc<Dir>) -> Result<(), TransportError> {
        let (sender, mut receiver) = oneshot::channel();
        if let Ok(mut waiting) = self.waiting.lock() {
            waiting.push(sender);
        } else {
            return Err(TransportError::new(
                ErrorClass::Storage,
                "The sync of the mail store is out of order",
            )
            .fatal());
        }
        let _turn = self.turn.lock().await;
        // the one who had the turn before may have served this one too
        if let Ok(result) = receiver.try_recv() {
            return result;
        }
        let served = self
            .waiting
            .lock()
            .map(|mut waiting| std::mem::take(&mut *waiting))
            .unwrap_or_default();
        let dir = Arc::clone(dir);
        let result = super::mailbox::blocking(move || dir.sync_file_system()).await;
        for waiter in served {
            // one that gave up waiting does not matter
            let _ = waiter.send(result.clone());
        }
        result
    }
}
