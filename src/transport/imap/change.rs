//! Changing messages that a target has already: flags in sets, many messages with one command (RFC 3501 section 6.4.6).

use std::collections::VecDeque;

use super::{
    append::kept,
    command::Command,
    connection::{Connection, Tag},
    folder::FolderState,
    open::open_folder,
    source::cut,
    target::ImapTarget,
};
use crate::{
    mail::{FlagChange, FlagSet},
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
