//! Messages on their way into a folder of the mailbox, a group at a time.

use crate::engine::failure::Failure;
use crate::engine::sync::check_room;
use crate::store::Store;
use crate::transport::{Group, Incoming, Origin, Receipt, Target, TargetFolder, TransportError};

/// A group is committed when it has so many bytes.
const BYTES: u64 = 32 * 1024 * 1024;

/// Where a group goes.
pub(super) struct Basket<'a> {
    pub(super) store: &'a Store,
    pub(super) target: &'a Target,
    pub(super) into: &'a TargetFolder,
    pub(super) origin: &'a Origin,
    pub(super) most: u64,
    group: Option<Group>,
    count: u64,
    bytes: u64,
}

impl<'a> Basket<'a> {
    /// An empty one for groups of up to `most` messages.
    pub(super) fn new(
        store: &'a Store,
        target: &'a Target,
        into: &'a TargetFolder,
        origin: &'a Origin,
        most: u64,
    ) -> Self {
        Self {
            store,
            target,
            into,
            origin,
            most,
            group: None,
            count: 0,
            bytes: 0,
        }
    }

    /// Adds a message. On an error it is not in the group.
    pub(super) async fn add(&mut self, message: Incoming) -> Result<(), TransportError> {
        let bytes = message.body.size();
        if let Target::Maildir(_) = self.target {
            check_room(&self.store.home().mail(), bytes)?;
        }
        let group = match &mut self.group {
            Some(group) => group,
            empty => empty.insert(self.target.begin(self.into, self.origin).await?),
        };
        group.add(message).await?;
        self.count += 1;
        self.bytes += bytes;
        Ok(())
    }

    /// Whether the group should be committed.
    pub(super) fn is_full(&self) -> bool {
        self.count >= self.most || self.bytes >= BYTES
    }

    /// Whether there is nothing to commit.
    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Makes the group durable and is empty then.
    pub(super) async fn commit(&mut self) -> Result<Receipt, Failure> {
        (self.count, self.bytes) = (0, 0);
        match self.group.take() {
            Some(group) => Ok(group.commit().await?),
            None => Ok(Receipt::default()),
        }
    }
}
