//! The states of a user.

use crate::engine::named::named_enum;

named_enum! {
    /// `MigrationUserStatus`.
    pub enum UserStatus {
        /// Waits for a free place.
        Queued = "Queued",
        /// Mail is being copied for the first time.
        Syncing = "Syncing",
        /// The initial sync failed.
        Failed = "Failed",
        /// All mail was copied once.
        Synced = "Synced",
        /// A later sync failed.
        IncrementalFailed = "IncrementalFailed",
        /// The last pass runs.
        Completing = "Completing",
        /// Finished.
        Completed = "Completed",
        /// The last pass failed.
        CompletionFailed = "CompletionFailed",
        /// Damaged state.
        Corrupted = "Corrupted",
        /// The mailbox is being made.
        Provisioning = "Provisioning",
        /// The mailbox is being changed.
        ProvisionUpdating = "ProvisionUpdating",
        /// Finished and still kept in step.
        CompletionSynced = "CompletionSynced",
        /// The row is being checked; also the state before the batch starts.
        Validating = "Validating",
        /// New and changed mail is being copied.
        IncrementalSyncing = "IncrementalSyncing",
        /// New and changed mail was copied.
        IncrementalSynced = "IncrementalSynced",
        /// Finished with items skipped.
        CompletedWithWarnings = "CompletedWithWarnings",
        /// Stopped before the initial sync was done.
        Stopped = "Stopped",
        /// Stopped after the initial sync was done.
        IncrementalStopped = "IncrementalStopped",
        /// Picked; connects.
        Starting = "Starting",
        /// Stop was asked for; the group in flight ends.
        Stopping = "Stopping",
        /// Being removed.
        Removing = "Removing",
    }
}

named_enum! {
    /// `MigrationUserStatusSummary`.
    pub enum UserStatusSummary {
        /// At work, queued, or not started.
        Active = "Active",
        /// Failed or damaged.
        Failed = "Failed",
        /// Copied once.
        Synced = "Synced",
        /// Finished.
        Completed = "Completed",
        /// Stopped.
        Stopped = "Stopped",
    }
}

named_enum! {
    /// What can be asked of a user.
    pub enum UserCommand {
        /// Start, resume, or retry.
        Start = "Start",
        /// Stop.
        Stop = "Stop",
        /// Remove.
        Remove = "Remove",
        /// Change settings.
        Set = "Set",
        /// Sync now.
        SyncNow = "SyncNow",
    }
}

impl UserStatus {
    /// The coarse state.
    pub fn summary(self) -> UserStatusSummary {
        use UserStatus as S;
        match self {
            S::Failed | S::IncrementalFailed | S::CompletionFailed | S::Corrupted => {
                UserStatusSummary::Failed
            }
            S::Synced | S::IncrementalSyncing | S::IncrementalSynced => UserStatusSummary::Synced,
            S::Completed | S::CompletedWithWarnings | S::CompletionSynced => {
                UserStatusSummary::Completed
            }
            S::Stopped | S::IncrementalStopped => UserStatusSummary::Stopped,
            S::Queued
            | S::Syncing
            | S::Completing
            | S::Provisioning
            | S::ProvisionUpdating
            | S::Validating
            | S::Starting
            | S::Stopping
            | S::Removing => UserStatusSummary::Active,
        }
    }
}
