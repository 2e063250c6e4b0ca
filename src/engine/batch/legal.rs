//! Which command a batch takes in which state: one table, and the words of each refusal (cmdlets.md §2.9).

use super::{BatchCommand, BatchStatus};
use crate::engine::error::{EngineError, ErrorId};

use BatchStatus as S;

/// The commands each state takes, in the order Start, Stop, Complete, Remove, Set, SyncNow.
const TABLE: &[(BatchStatus, [bool; 6])] = &[
    (S::Created, [true, false, false, true, true, false]),
    (S::Waiting, [true, true, false, false, true, false]),
    (S::Starting, [false, true, false, false, false, false]),
    (S::Syncing, [true, true, false, false, true, false]),
    (
        S::IncrementalSyncing,
        [true, true, true, false, true, false],
    ),
    (S::Stopping, [false, false, false, false, false, false]),
    (S::Stopped, [true, false, false, true, true, false]),
    (S::Synced, [true, true, true, true, true, true]),
    (S::SyncedWithErrors, [true, true, true, true, true, true]),
    (S::Failed, [true, false, false, true, true, false]),
    (S::Completing, [false, false, false, false, false, false]),
    (S::Completed, [false, false, false, true, false, false]),
    (
        S::CompletedWithErrors,
        [true, false, true, true, true, false],
    ),
    (S::Corrupted, [false, false, false, true, false, false]),
    (S::Removing, [false, false, false, false, false, false]),
];

/// Whether a batch in this state takes this command.
pub fn is_legal(status: BatchStatus, command: BatchCommand) -> bool {
    let column = command as usize;
    TABLE
        .iter()
        .find(|(state, _)| *state == status)
        .is_some_and(|(_, row)| row[column])
}

/// The commands that a batch in this state takes.
pub fn legal_commands(status: BatchStatus) -> Vec<BatchCommand> {
    BatchCommand::ALL
        .iter()
        .copied()
        .filter(|&command| is_legal(status, command))
        .collect()
}

/// Refuses a command that the state does not take: says the state, why, and what would work.
pub(in crate::engine) fn check(
    name: &str,
    status: BatchStatus,
    command: BatchCommand,
) -> Result<(), EngineError> {
    if is_legal(status, command) {
        return Ok(());
    }
    Err(EngineError::new(
        ErrorId::BatchCommandRefused,
        name,
        format!(
            "The migration batch \"{name}\" can't be {}: it is in the state {status}, {}.",
            participle(command),
            reason(status)
        ),
        advice(status),
    ))
}

fn participle(command: BatchCommand) -> &'static str {
    match command {
        BatchCommand::Start => "started",
        BatchCommand::Stop => "stopped",
        BatchCommand::Complete => "completed",
        BatchCommand::Remove => "removed",
        BatchCommand::Set => "changed",
        BatchCommand::SyncNow => "synced now",
    }
}

fn reason(status: BatchStatus) -> &'static str {
    match status {
        S::Created => "not started yet",
        S::Waiting => "waiting for its StartAfter time",
        S::Starting => "just being started",
        S::Syncing => "copying mailboxes",
        S::IncrementalSyncing => "copying new and changed mail",
        S::Stopping => "ending what is in flight",
        S::Stopped => "with nothing at work",
        S::Synced | S::SyncedWithErrors => "with every user's first copy ended",
        S::Failed => "every user having failed",
        S::Completing => "making its last pass",
        S::Completed | S::CompletedWithErrors => "finished",
        S::Corrupted => "its state being damaged",
        S::Removing => "being removed",
    }
}

fn advice(status: BatchStatus) -> &'static str {
    match status {
        S::Created => "Start it with Start-MigrationBatch, or remove it.",
        S::Waiting => "Start it now with Start-MigrationBatch, or stop it first.",
        S::Starting | S::Syncing | S::IncrementalSyncing => {
            "Wait for its end with Wait-MigrationBatch, or stop it first with Stop-MigrationBatch."
        }
        S::Stopping => "Wait until it is Stopped.",
        S::Stopped | S::Failed => {
            "Start it again with Start-MigrationBatch, or remove it with Remove-MigrationBatch."
        }
        S::Synced | S::SyncedWithErrors => "Start, stop or remove it.",
        S::Completing => "Wait until it is Completed.",
        S::Completed => "Remove it with Remove-MigrationBatch.",
        S::CompletedWithErrors => "Start it to retry what failed, or remove it.",
        S::Corrupted => "Remove it with Remove-MigrationBatch -Force; migrated mail stays.",
        S::Removing => "Wait until it is gone.",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    /// The documented table, one letter per legal command: St Sp C R S Y.
    const DOCUMENTED: &[(&str, &str)] = &[
        ("Created", "St R S"),
        ("Waiting", "St Sp S"),
        ("Starting", "Sp"),
        ("Syncing", "St Sp S"),
        ("IncrementalSyncing", "St Sp C S"),
        ("Stopping", ""),
        ("Stopped", "St R S"),
        ("Synced", "St Sp C R S Y"),
        ("SyncedWithErrors", "St Sp C R S Y"),
        ("Failed", "St R S"),
        ("Completing", ""),
        ("Completed", "R"),
        ("CompletedWithErrors", "St C R S"),
        ("Corrupted", "R"),
        ("Removing", ""),
    ];

    fn letter(command: BatchCommand) -> &'static str {
        match command {
            BatchCommand::Start => "St",
            BatchCommand::Stop => "Sp",
            BatchCommand::Complete => "C",
            BatchCommand::Remove => "R",
            BatchCommand::Set => "S",
            BatchCommand::SyncNow => "Y",
        }
    }

    #[test]
    fn every_pair_of_state_and_command_is_as_documented() {
        assert_eq!(TABLE.len(), BatchStatus::ALL.len());
        for &status in BatchStatus::ALL {
            let (_, legal) = DOCUMENTED
                .iter()
                .find(|(name, _)| *name == status.name())
                .unwrap();
            let legal: Vec<&str> = legal.split_whitespace().collect();
            for &command in BatchCommand::ALL {
                let expected = legal.contains(&letter(command));
                assert_eq!(is_legal(status, command), expected, "{status} {command}");
                match check("Wave1", status, command) {
                    Ok(()) => assert!(expected),
                    Err(error) => {
                        assert!(!expected);
                        assert_eq!(error.id, ErrorId::BatchCommandRefused);
                        assert!(error.message.contains(status.name()), "{error}");
                        assert!(!error.advice.is_empty());
                    }
                }
            }
        }
    }
}
