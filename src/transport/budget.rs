//! One budget of bytes for all messages that are between a source and a target, shared by all mailboxes.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How many bytes of mail may be in memory at once, over all mailboxes. Cheap to clone.
///
/// A source takes room before it takes bytes off the wire; the room comes back when the piece is dropped. A target must
/// not keep pieces while it waits for more, or mailboxes could wait for each other.
#[derive(Clone, Debug)]
pub struct Budget {
    room: Arc<Semaphore>,
    total: usize,
}

impl Budget {
    /// The least that works: the largest piece a source asks for.
    pub const LEAST: usize = 256 * 1024;

    /// A budget of so many bytes, at least [`Budget::LEAST`].
    pub fn new(bytes: usize) -> Self {
        let total = bytes.clamp(Self::LEAST, Semaphore::MAX_PERMITS.min(u32::MAX as usize));
        Self {
            room: Arc::new(Semaphore::new(total)),
            total,
        }
    }

    /// Waits for room and wraps the bytes that need it.
    pub async fn piece(&self, bytes: Vec<u8>) -> Piece {
        let need = u32::try_from(bytes.len().min(self.total)).unwrap_or(u32::MAX);
        // the semaphore is never closed; without a permit the piece would merely not be counted
        let room = Arc::clone(&self.room).acquire_many_owned(need).await.ok();
        Piece { bytes, _room: room }
    }

    /// Bytes that are free now.
    pub fn free(&self) -> usize {
        self.room.available_permits()
    }
}

impl Default for Budget {
    /// 8 MiB.
    fn default() -> Self {
        Self::new(8 * 1024 * 1024)
    }
}

/// Bytes of a message, counted in a budget until they are dropped.
#[derive(Debug)]
pub struct Piece {
    bytes: Vec<u8>,
    _room: Option<OwnedSemaphorePermit>,
}

impl Piece {
    /// A piece outside any budget, for messages that were made here.
    pub fn unbudgeted(bytes: Vec<u8>) -> Self {
        Self { bytes, _room: None }
    }
}

impl std::ops::Deref for Piece {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes
    }
}
