//! A mailbox to read from. It has no command that changes anything: EXAMINE, LIST, STATUS, UID SEARCH and UID FETCH with
//! BODY.PEEK are all it can send.

use std::{collections::BTreeMap, time::Duration};

use super::{
    command::Command,
    connection::Connection,
    folder::{FolderState, FolderStatus, ListedFolder, WireName},
    list,
    open::{ask_open, hear_open, open_folder},
    response::{FetchData, Response},
    settings::{ImapSettings, ServerInfo},
};
use crate::{
    mail::{FlagTable, MessageMeta, UidSet},
    transport::{ErrorClass, Login, TransportError},
};

const SEARCH_ALL: &str = "UID SEARCH RETURN (ALL) ALL";

/// The longest set of UIDs in one command (RFC 7162 section 4 asks for commands under 8,192 bytes).
const MAX_SET_TEXT: usize = 4_000;

/// How long a server is waited for that was told good-bye.
const PATIENCE: Duration = Duration::from_secs(10);

/// A logged-in connection that can only read.
pub struct ImapSource {
    pub(super) connection: Connection,
    /// How many messages the next fetch command asks for; follows what server and wire answer.
    pub(super) width: usize,
    /// The open folder has no message, and some servers refuse to FETCH from one.
    is_empty: bool,
}

impl ImapSource {
    /// Connects and logs in.
    ///
    /// # Errors
    /// As [`super::probe`], and `Auth` when the login is refused.
    pub async fn connect(settings: &ImapSettings, login: &Login) -> Result<Self, TransportError> {
        Ok(Self {
            connection: Connection::open(settings, login).await?,
            width: 64,
            is_empty: false,
        })
    }

    /// What the server says of itself to this user.
    pub fn info(&self) -> &ServerInfo {
        &self.connection.info
    }

    /// False when answers are still due: a fetch was given up in the middle, and the connection is of no more use.
    pub fn is_usable(&self) -> bool {
        !self.connection.is_busy()
    }

    /// All folders of the user's own namespaces, in the server's order, with their counts.
    ///
    /// # Errors
    /// When the server refuses LIST, or the connection breaks. A folder whose counts are refused has none.
    pub async fn list_folders(&mut self) -> Result<Vec<ListedFolder>, TransportError> {
        list::list_folders(&mut self.connection).await
    }

    /// The counts of one folder.
    ///
    /// # Errors
    /// `Vanished` or `Refused` when the server does not give them.
    pub async fn status(&mut self, folder: &WireName) -> Result<FolderStatus, TransportError> {
        list::status(&mut self.connection, folder).await
    }

    /// Opens a folder for reading only (EXAMINE).
    ///
    /// # Errors
    /// `Vanished` or `Refused` when the server does not open it.
    pub async fn examine(&mut self, folder: &WireName) -> Result<FolderState, TransportError> {
        let state = open_folder(&mut self.connection, "EXAMINE", &folder.0).await?;
        Ok(self.opened(state))
    }

    /// What is believed of a folder that was opened.
    fn opened(&mut self, mut state: FolderState) -> FolderState {
        if !self.info().has("CONDSTORE") && !self.info().has("QRESYNC") {
            // a number that no command may use
            state.highest_modseq = None;
        }
        self.is_empty = state.exists == 0;
        state
    }

    /// Opens a folder as [`ImapSource::examine`] does and asks for its UIDs in the same round trip, where the server can tell
    /// them as ranges (ESEARCH, RFC 4731); `None` where it cannot, and [`ImapSource::uids`] is the way.
    ///
    /// # Errors
    /// `Vanished` or `Refused` when the server does not open it.
    pub async fn examine_and_search(
        &mut self,
        folder: &WireName,
    ) -> Result<(FolderState, Option<UidSet>), TransportError> {
        if !self.info().has("ESEARCH") {
            return Ok((self.examine(folder).await?, None));
        }
        let asked = ask_open(&mut self.connection, "EXAMINE", &folder.0).await?;
        let search = self.connection.start(&Command::new(SEARCH_ALL)).await?;
        let state = hear_open(&mut self.connection, &asked).await;
        let mut set = UidSet::new();
        let listen = |response| {
            if let Response::Search(found) = response {
                set.extend_set(&found);
            }
        };
        let told = self.connection.finish(&search, "list the messages", listen);
        let told = told.await;
        let state = self.opened(state?);
        match told {
            Ok(_) => Ok((state, Some(set))),
            Err(error) if error.is_fatal || error.class == ErrorClass::Throttle => Err(error),
            Err(_) => Ok((state, None)),
        }
    }

    /// The UIDs of all messages in the open folder.
    ///
    /// # Errors
    /// When the server refuses, or the connection breaks.
    pub async fn uids(&mut self) -> Result<UidSet, TransportError> {
        let mut set = UidSet::new();
        if self.is_empty {
            return Ok(set);
        }
        if self.info().has("ESEARCH") {
            let search = Command::new(SEARCH_ALL);
            let told = self
                .connection
                .run(&search, "list the messages", |response| {
                    if let Response::Search(found) = response {
                        set.extend_set(&found);
                    }
                });
            match told.await {
                Ok(_) => return Ok(set),
                Err(error) if error.is_fatal || error.class == ErrorClass::Throttle => {
                    return Err(error);
                }
                // what it refuses may go the other way
                Err(_) => set = UidSet::new(),
            }
        }
        // one short line per message; SEARCH would put them all into one
        let fetch = Command::new("UID FETCH 1:* (UID)");
        let told = self
            .connection
            .run(&fetch, "list the messages", |response| {
                if let Response::Fetch(data) = response {
                    set.extend(data.uid);
                }
            });
        told.await?;
        Ok(set)
    }

    /// The UIDs of messages in the open folder that have more bytes than this (SEARCH LARGER). None where the server refuses to
    /// search.
    ///
    /// # Errors
    /// When the connection breaks, or the server throttles.
    pub async fn larger_than(&mut self, bytes: u64) -> Result<UidSet, TransportError> {
        let mut set = UidSet::new();
        let limit = bytes.min(u64::from(u32::MAX));
        let search = Command::new(format!("UID SEARCH LARGER {limit}"));
        let take = |response| {
            if let Response::Search(found) = response {
                set.extend_set(&found);
            }
        };
        match self.connection.run(&search, "search", take).await {
            Err(error) if error.is_fatal || error.class == ErrorClass::Throttle => Err(error),
            _ => Ok(set),
        }
    }

    /// Flags, dates and sizes of messages in the open folder, in ascending order of UID. Ask for a few thousand at a time:
    /// the answer is held in memory. A UID that is not there does not come back.
    ///
    /// # Errors
    /// When the server refuses, or the connection breaks.
    pub async fn list_messages(
        &mut self,
        uids: &UidSet,
    ) -> Result<Vec<MessageMeta>, TransportError> {
        let mut found = BTreeMap::new();
        let mut rest = uids.clone();
        while !rest.is_empty() {
            let part = cut(&mut rest, usize::MAX);
            let command = Command::new(format!(
                "UID FETCH {part} (UID FLAGS INTERNALDATE RFC822.SIZE)"
            ));
            self.connection
                .run(&command, "list the messages", |response| {
                    if let Response::Fetch(data) = response
                        && let Some(uid) = data.uid.filter(|&uid| part.contains(uid))
                        && data.flags.is_some()
                    {
                        found.insert(uid, meta(uid, *data));
                    }
                })
                .await?;
        }
        Ok(found.into_values().collect())
    }

    /// Flags of messages in the open folder; with `changed_since` only of those that changed after that HIGHESTMODSEQ
    /// (RFC 7162), which the server must offer as CONDSTORE. Held in little room, whatever their number.
    ///
    /// # Errors
    /// When the server refuses, or the connection breaks.
    pub async fn list_flags(
        &mut self,
        uids: &UidSet,
        changed_since: Option<u64>,
    ) -> Result<FlagTable, TransportError> {
        if self.is_empty {
            return Ok(FlagTable::new());
        }
        match changed_since {
            Some(modseq) => {
                let modifier = format!(" (CHANGEDSINCE {modseq})");
                list_flags(&mut self.connection, uids, &modifier).await
            }
            None => flags(&mut self.connection, uids).await,
        }
    }

    /// The fields of the messages' headers that people and programs know them by (Message-ID, Date, From, To, Subject), as they stand there.
    /// A UID that is not there does not come back.
    ///
    /// # Errors
    /// When the server refuses, or the connection breaks.
    pub async fn list_headers(
        &mut self,
        uids: &UidSet,
    ) -> Result<Vec<(u32, Vec<u8>)>, TransportError> {
        headers(&mut self.connection, uids).await
    }

    /// Keeps an idle connection alive (NOOP).
    ///
    /// # Errors
    /// When the connection is gone.
    pub async fn keep_alive(&mut self) -> Result<(), TransportError> {
        self.connection
            .run(&Command::new("NOOP"), "answer NOOP", |_| {})
            .await
            .map(|_| ())
    }

    /// Says good-bye. What the server makes of it does not matter, so nobody waits for it.
    pub async fn log_out(mut self) {
        if !self.is_usable() {
            return;
        }
        let Ok(tag) = self.connection.start(&Command::new("LOGOUT")).await else {
            return;
        };
        // closed before it has answered, the connection would look broken to the server
        tokio::spawn(async move {
            let answer = self.connection.finish(&tag, "end the session", |_| {});
            let _ = tokio::time::timeout(PATIENCE, answer).await;
        });
    }
}

/// Flags of messages in the open folder.
pub(super) async fn flags(
    connection: &mut Connection,
    uids: &UidSet,
) -> Result<FlagTable, TransportError> {
    list_flags(connection, uids, "").await
}

async fn list_flags(
    connection: &mut Connection,
    uids: &UidSet,
    modifier: &str,
) -> Result<FlagTable, TransportError> {
    let mut found = FlagTable::new();
    let mut rest = uids.clone();
    while !rest.is_empty() {
        let part = cut(&mut rest, usize::MAX);
        let command = Command::new(format!("UID FETCH {part} (UID FLAGS){modifier}"));
        connection
            .run(&command, "list the flags", |response| {
                if let Response::Fetch(data) = response
                    && let (Some(uid), Some(flags)) = (data.uid, data.flags)
                    && part.contains(uid)
                {
                    found.insert(uid, flags);
                }
            })
            .await?;
    }
    Ok(found)
}

/// Telling header fields of messages in the open folder.
async fn headers(
    connection: &mut Connection,
    uids: &UidSet,
) -> Result<Vec<(u32, Vec<u8>)>, TransportError> {
    let mut found = BTreeMap::new();
    let mut rest = uids.clone();
    while !rest.is_empty() {
        let part = cut(&mut rest, usize::MAX);
        let fields = "BODY.PEEK[HEADER.FIELDS (MESSAGE-ID DATE FROM TO SUBJECT)]";
        let command = Command::new(format!("UID FETCH {part} (UID {fields})"));
        connection
            .run(&command, "list the headers", |response| {
                if let Response::Fetch(data) = response
                    && let (Some(uid), Some(header)) = (data.uid, data.header)
                    && part.contains(uid)
                {
                    found.insert(uid, header);
                }
            })
            .await?;
    }
    Ok(found.into_iter().collect())
}

/// Cuts the lowest UIDs off a set: at most `count`, and few enough for one command.
pub(super) fn cut(set: &mut UidSet, count: usize) -> UidSet {
    set.take_within(count, MAX_SET_TEXT)
}

/// The description of a message from a FETCH response.
pub(super) fn meta(uid: u32, data: FetchData) -> MessageMeta {
    MessageMeta {
        uid,
        flags: data.flags.unwrap_or_default(),
        internal_date: data.internal_date.flatten(),
        size: data.size,
    }
}
