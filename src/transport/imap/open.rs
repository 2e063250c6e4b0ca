//! Opening a folder: SELECT and EXAMINE (RFC 3501 sections 6.3.1 and 6.3.2).

use super::{
    command::Command,
    connection::{Connection, Tag},
    folder::FolderState,
    response::{Response, StatusLine},
};
use crate::transport::TransportError;

/// Opens a folder with `EXAMINE` or `SELECT` and keeps what the server tells of it.
pub(super) async fn open_folder(
    connection: &mut Connection,
    verb: &'static str,
    name: &[u8],
) -> Result<FolderState, TransportError> {
    let asked = ask_open(connection, verb, name).await?;
    hear_open(connection, &asked).await
}

/// Asks for a folder; more may be asked before the answer is heard.
pub(super) async fn ask_open(
    connection: &mut Connection,
    verb: &'static str,
    name: &[u8],
) -> Result<Tag, TransportError> {
    connection.start(&Command::new(verb).astring(name)?).await
}

/// The answer to [`ask_open`].
pub(super) async fn hear_open(
    connection: &mut Connection,
    asked: &str,
) -> Result<FolderState, TransportError> {
    let mut state = FolderState::default();
    let mut told = Vec::new();
    let end = connection
        .finish(asked, "open the folder", |response| match response {
            Response::Exists(count) => state.exists = count,
            Response::Status(line) => told.push(line),
            _ => {}
        })
        .await?;
    told.push(end);
    told.iter().for_each(|line| keep(line, &mut state));
    Ok(state)
}

fn keep(line: &StatusLine, state: &mut FolderState) {
    let number = || {
        line.argument
            .split_whitespace()
            .next()
            .and_then(|n| n.parse::<u64>().ok())
    };
    let short = || number().and_then(|n| u32::try_from(n).ok());
    match line.code.as_str() {
        "UIDVALIDITY" => state.uid_validity = short().unwrap_or(0),
        "UIDNEXT" => state.uid_next = short(),
        "HIGHESTMODSEQ" => state.highest_modseq = number(),
        "UIDNOTSTICKY" => state.uids_not_sticky = true,
        "PERMANENTFLAGS" => {
            let names = line.argument.trim_matches(['(', ')']).split_whitespace();
            state.permanent_flags = Some(names.map(str::to_owned).collect());
        }
        _ => {}
    }
}
