//! Changing messages that a target has already: flags in sets, many messages with one command (RFC 3501 section 6.4.6).

use std::collections::VecDeque;

use super::{
    append::kept,
    command::Command,
    connection::{Connection, Tag},
    folder::FolderState,
    open::open_folder,
    source::{cut, flags},
    target::ImapTarget,
};
use crate::{
    mail::{FlagChange, FlagSet, FlagTable, UidSet},
    transport::{ErrorClass, FlagReceipt, TargetFolder, TransportError},
};

/// Commands on their way at once.
const DEPTH: usize = 16;

impl ImapTarget {
    /// Changes the flags of messages by their UIDs at this server.
    ///
    /// # Errors
    /// `Vanished` when the folder has another UIDVALIDITY than is known; else what the server says.
    pub async fn change_flags(
        &self,
        folder: &TargetFolder,
        changes: Vec<FlagChange>,
    ) -> Result<FlagReceipt, TransportError> {
        let name = self.known(&folder.path).await.name;
        let validity = folder.uid_validity;
        self.work(move |connection| {
            Box::pin(async move {
                let state = select(connection, &name, validity).await?;
                change_flags(connection, &state, &changes).await
            })
        })
        .await
    }
}

impl ImapTarget {
    /// Removes messages that have exactly these flags still, by their UIDs at this server. Gives the UIDs of those that were
    /// changed by somebody and stay.
    ///
    /// # Errors
    /// `Refused` without UIDPLUS (RFC 4315), because a plain EXPUNGE would remove what others have marked; `Vanished` when the
    /// folder has another UIDVALIDITY than is known; else what the server says.
    pub async fn remove(
        &self,
        folder: &TargetFolder,
        expected: FlagTable,
    ) -> Result<UidSet, TransportError> {
        if !self.tells_uids() {
            let message =
                "The target has no UIDPLUS, without which single messages cannot be removed";
            return Err(TransportError::new(ErrorClass::Refused, message));
        }
        let name = self.known(&folder.path).await.name;
        let validity = folder.uid_validity;
        self.work(move |connection| {
            Box::pin(async move {
                let state = select(connection, &name, validity).await?;
                remove(connection, &state, &expected).await
            })
        })
        .await
    }
}

async fn remove(
    connection: &mut Connection,
    state: &FolderState,
    expected: &FlagTable,
) -> Result<UidSet, TransportError> {
    let there = flags(connection, expected.uids()).await?;
    let mut same = UidSet::new();
    for (wanted, uids) in expected.rows() {
        let (text, _) = kept(wanted, state.permanent_flags.as_deref());
        let wanted = FlagSet::from_names(text.split(' '));
        for (found, row) in there.rows() {
            if found.minus(&wanted).is_empty() && wanted.minus(found).is_empty() {
                same.extend_set(&row.intersect(uids));
            }
        }
    }
    let stays = there.uids().subtract(&same);
    while !same.is_empty() {
        let part = cut(&mut same, usize::MAX);
        for command in [
            format!("UID STORE {part} +FLAGS.SILENT (\\Deleted)"),
            format!("UID EXPUNGE {part}"),
        ] {
            connection
                .run(&Command::new(command), "remove messages", |_| {})
                .await?;
        }
    }
    Ok(stays)
}

/// Opens a folder for writing. With another UIDVALIDITY than is known its UIDs name other messages.
async fn select(
    connection: &mut Connection,
    name: &[u8],
    validity: u32,
) -> Result<FolderState, TransportError> {
    let state = open_folder(connection, "SELECT", name).await?;
    if state.uid_validity == validity {
        return Ok(state);
    }
    let message = format!(
        "The folder at the target has new message numbers (UIDVALIDITY was {validity}, is {})",
        state.uid_validity
    );
    Err(TransportError::new(ErrorClass::Vanished, message))
}

async fn change_flags(
    connection: &mut Connection,
    state: &FolderState,
    changes: &[FlagChange],
) -> Result<FlagReceipt, TransportError> {
    let mut receipt = FlagReceipt::default();
    let mut flying = VecDeque::new();
    for change in changes {
        let kept = |flags: &FlagSet| kept(flags, state.permanent_flags.as_deref());
        let (add, lost) = kept(&change.add);
        // a flag that the folder does not keep is not there to be cleared
        let (remove, _) = kept(&change.remove);
        receipt.changed += change.uids.len();
        receipt.dropped += lost * change.uids.len();
        for (sign, flags) in [('+', add), ('-', remove)] {
            let mut rest = change.uids.clone();
            while !rest.is_empty() && !flags.is_empty() {
                let part = cut(&mut rest, usize::MAX);
                let store = format!("UID STORE {part} {sign}FLAGS.SILENT ({flags})");
                if flying.len() == DEPTH {
                    finish_one(connection, &mut flying).await?;
                }
                flying.push_back(connection.start(&Command::new(store)).await?);
            }
        }
    }
    while !flying.is_empty() {
        finish_one(connection, &mut flying).await?;
    }
    Ok(receipt)
}

/// Waits for the oldest command's end.
async fn finish_one(
    connection: &mut Connection,
    flying: &mut VecDeque<Tag>,
) -> Result<(), TransportError> {
    if let Some(tag) = flying.pop_front() {
        connection
            .finish(&tag, "change flags", |_| {})
            .await
            .map(|_| ())?;
    }
    Ok(())
}
