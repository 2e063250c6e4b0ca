//! The states of a batch.

use crate::engine::named::named_enum;

named_enum! {
    /// `MigrationBatchStatus`.
    pub enum BatchStatus {
        /// Made, not started.
        Created = "Created",
        /// Mailboxes are being copied.
        Syncing = "Syncing",
        /// Stop was asked for; what is in flight ends.
        Stopping = "Stopping",
        /// Stopped by command, or after the initial sync when incremental syncs are off.
        Stopped = "Stopped",
        /// Finished.
        Completed = "Completed",
        /// Every user failed.
        Failed = "Failed",
        /// Being removed.
        Removing = "Removing",
        /// Every user was copied once.
        Synced = "Synced",
        /// New and changed mail is being copied.
        IncrementalSyncing = "IncrementalSyncing",
        /// Complete was asked for; the last pass runs.
        Completing = "Completing",
        /// Finished, and some users could not be.
        CompletedWithErrors = "CompletedWithErrors",
        /// Some users were copied and some failed.
        SyncedWithErrors = "SyncedWithErrors",
        /// Damaged state.
        Corrupted = "Corrupted",
        /// Waits for its StartAfter time.
        Waiting = "Waiting",
        /// Start was asked for; no user is at work yet.
        Starting = "Starting",
    }
}

named_enum! {
    /// What can be asked of a batch.
    pub enum BatchCommand {
        /// Start, resume, or retry what failed.
        Start = "Start",
        /// Stop.
        Stop = "Stop",
        /// Complete.
        Complete = "Complete",
        /// Remove.
        Remove = "Remove",
        /// Change settings.
        Set = "Set",
        /// Sync now.
        SyncNow = "SyncNow",
    }
}
