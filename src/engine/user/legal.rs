//! Which command a user takes in which state: one table, and the words of each refusal.

use super::{UserCommand, UserStatus};
use crate::engine::error::{EngineError, ErrorId};

use UserStatus as S;

/// The commands each state takes, in the order Start, Stop, Remove, Set, SyncNow.
const TABLE: &[(UserStatus, [bool; 5])] = &[
    (S::Queued, [false, true, true, true, false]),
    (S::Syncing, [false, true, false, true, false]),
    (S::Failed, [true, false, true, true, false]),
    (S::Synced, [true, true, true, true, true]),
    (S::IncrementalFailed, [true, false, true, true, false]),
    (S::Completing, [false, false, false, false, false]),
    (S::Completed, [false, false, true, false, false]),
    (S::CompletionFailed, [true, false, true, true, false]),
    (S::Corrupted, [false, false, true, false, false]),
    (S::Provisioning, [false, false, false, false, false]),
    (S::ProvisionUpdating, [false, false, false, false, false]),
    (S::CompletionSynced, [false, false, true, false, false]),
    (S::Validating, [false, true, false, true, false]),
    (S::IncrementalSyncing, [false, true, false, true, false]),
    (S::IncrementalSynced, [true, true, true, true, true]),
    (S::CompletedWithWarnings, [false, false, true, false, false]),
    (S::Stopped, [true, false, true, true, false]),
    (S::IncrementalStopped, [true, false, true, true, false]),
    (S::Starting, [false, true, false, true, false]),
    (S::Stopping, [false, false, false, false, false]),
    (S::Removing, [false, false, false, false, false]),
];

/// Whether a user in this state takes this command.
pub fn is_legal(status: UserStatus, command: UserCommand) -> bool {
    let column = command as usize;
    TABLE
        .iter()
        .find(|(state, _)| *state == status)
        .is_some_and(|(_, row)| row[column])
}

/// Refuses a command that the state does not take: says the state, why, and what would work.
pub(super) fn check(
    address: &str,
    status: UserStatus,
    command: UserCommand,
) -> Result<(), EngineError> {
    if is_legal(status, command) {
        return Ok(());
    }
    let (reason, advice) = reason(status);
    Err(EngineError::new(
        ErrorId::UserCommandRefused,
        address,
        format!(
            "The migration user \"{address}\" can't be {}: it is in the state {status}, {reason}.",
            participle(command)
        ),
        advice,
    ))
}

fn participle(command: UserCommand) -> &'static str {
    match command {
        UserCommand::Start => "started",
        UserCommand::Stop => "stopped",
        UserCommand::Remove => "removed",
        UserCommand::Set => "changed",
        UserCommand::SyncNow => "synced now",
    }
}

/// Why a command may be refused in a state, and what works.
fn reason(status: UserStatus) -> (&'static str, &'static str) {
    match status {
        S::Queued => (
            "waiting for its batch to start or for a free place",
            "Start the batch with Start-MigrationBatch, or wait.",
        ),
        S::Syncing
        | S::IncrementalSyncing
        | S::Starting
        | S::Validating
        | S::Provisioning
        | S::ProvisionUpdating => (
            "being worked on",
            "Stop it first with Stop-MigrationUser, or wait for its end.",
        ),
        S::Synced | S::IncrementalSynced => {
            ("with all its mail copied", "Sync, stop or remove it.")
        }
        S::Failed | S::IncrementalFailed | S::CompletionFailed => (
            "having failed",
            "Try it again with Start-MigrationUser; Get-MigrationUserStatistics says why it failed.",
        ),
        S::Stopped | S::IncrementalStopped => (
            "with nothing at work",
            "Start it again with Start-MigrationUser, or remove it.",
        ),
        S::Completing => ("making its last pass", "Wait until it is Completed."),
        S::Completed | S::CompletedWithWarnings | S::CompletionSynced => {
            ("finished", "Remove it with Remove-MigrationUser.")
        }
        S::Stopping => ("ending what is in flight", "Wait until it is Stopped."),
        S::Removing => ("being removed", "Wait until it is gone."),
        S::Corrupted => (
            "its state being damaged",
            "Remove it with Remove-MigrationUser -Force; migrated mail stays.",
        ),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn every_pair_of_state_and_command_is_taken_or_refused_with_words() {
        assert_eq!(TABLE.len(), UserStatus::ALL.len());
        for &status in UserStatus::ALL {
            for &command in UserCommand::ALL {
                match check("a@x.example", status, command) {
                    Ok(()) => assert!(is_legal(status, command)),
                    Err(error) => {
                        assert!(!is_legal(status, command));
                        assert_eq!(error.id, ErrorId::UserCommandRefused);
                        assert!(error.message.contains(status.name()), "{error}");
                        assert!(!error.advice.is_empty());
                    }
                }
            }
        }
    }

    #[test]
    fn nobody_at_work_is_removed_and_only_who_is_synced_syncs_now() {
        use crate::engine::batch::derive::is_at_work;
        for &status in UserStatus::ALL {
            if is_at_work(status) {
                assert!(!is_legal(status, UserCommand::Remove), "{status}");
                assert!(!is_legal(status, UserCommand::Start), "{status}");
            }
            let is_synced = matches!(status, S::Synced | S::IncrementalSynced);
            assert_eq!(
                is_legal(status, UserCommand::SyncNow),
                is_synced,
                "{status}"
            );
        }
    }
}
