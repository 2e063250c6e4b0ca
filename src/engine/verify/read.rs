//! Reading the messages of one side into prints.

use tokio::sync::mpsc;

use super::VerifyLevel;
use super::print::{BodyHash, HeaderReader, Print, flags_hash, header_identity};
use crate::mail::{FolderPath, SpecialUse, UidSet};
use crate::transport::imap::{ImapSource, WireName};
use crate::transport::maildir::Mailbox;
use crate::transport::{Body, Budget, Incoming, TransportError};

/// Headers asked for at once.
const WINDOW: u64 = 2000;
/// Messages between the wire and the hash.
const IN_FLIGHT: usize = 64;

/// A mailbox that is looked at. Nothing of it can be changed through this.
pub(super) enum Side {
    /// On a server.
    Imap(Box<ImapSource>),
    /// In the embedded mail store.
    Store(Mailbox),
}

/// A folder of a side.
#[derive(Clone, Debug)]
pub(super) struct SideFolder {
    pub(super) path: FolderPath,
    pub(super) special_use: Option<SpecialUse>,
    /// The use was guessed from the name.
    pub(super) is_guessed: bool,
    /// Its name on the server.
    pub(super) wire: Option<WireName>,
}

/// The messages of a folder.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub(super) count: u64,
    pub(super) unreadable: u64,
    /// Empty when only the count was wanted.
    pub(super) prints: Vec<Print>,
}

impl Content {
    /// Adds another folder, whose UIDs mean nothing beside those of this one.
    pub(super) fn merge(&mut self, other: Self) {
        self.count += other.count;
        self.unreadable += other.unreadable;
        self.prints.extend(other.prints);
        for print in &mut self.prints {
            print.uid = 0;
        }
    }
}

impl Side {
    /// The folders that hold messages.
    pub(super) async fn folders(&mut self) -> Result<Vec<SideFolder>, TransportError> {
        Ok(match self {
            Self::Imap(server) => {
                let listed = server.list_folders().await?;
                let folders = listed.into_iter().filter(|folder| folder.is_selectable);
                folders
                    .map(|folder| SideFolder {
                        path: folder.path,
                        special_use: folder.special_use,
                        is_guessed: folder.is_guessed,
                        wire: Some(folder.wire),
                    })
                    .collect()
            }
            Self::Store(mailbox) => {
                let folders = mailbox.list_folders().await?.into_iter();
                folders
                    .map(|folder| SideFolder {
                        path: folder.path,
                        special_use: None,
                        is_guessed: false,
                        wire: None,
                    })
                    .collect()
            }
        })
    }

    /// Reads a folder.
    pub(super) async fn read(
        &mut self,
        folder: &SideFolder,
        level: VerifyLevel,
        budget: &Budget,
    ) -> Result<Content, TransportError> {
        match (self, &folder.wire) {
            (Self::Imap(server), Some(wire)) => read_imap(server, wire, level, budget).await,
            (Self::Store(mailbox), _) => read_store(mailbox, &folder.path, level).await,
            (Self::Imap(_), None) => Ok(Content::default()),
        }
    }
}

async fn read_imap(
    server: &mut ImapSource,
    wire: &WireName,
    level: VerifyLevel,
    budget: &Budget,
) -> Result<Content, TransportError> {
    let state = server.examine(wire).await?;
    if level == VerifyLevel::Count || state.exists == 0 {
        return Ok(Content {
            count: u64::from(state.exists),
            ..Content::default()
        });
    }
    let uids = server.uids().await?;
    let mut content = Content {
        count: uids.len(),
        ..Content::default()
    };
    content.prints = match level {
        VerifyLevel::Headers => headers(server, &uids).await?,
        _ => bodies(server, &uids, budget).await?,
    };
    content.unreadable = uids.len().saturating_sub(content.prints.len() as u64);
    Ok(content)
}

async fn headers(server: &mut ImapSource, uids: &UidSet) -> Result<Vec<Print>, TransportError> {
    let mut prints = Vec::new();
    let mut rest = uids.clone();
    while !rest.is_empty() {
        let window: UidSet = rest.iter().take(WINDOW as usize).collect();
        rest = rest.subtract(&window);
        for (uid, header) in server.list_headers(&window).await? {
            prints.push(Print {
                identity: header_identity(&header),
                flags: 0,
                date: 0,
                uid,
            });
        }
    }
    Ok(prints)
}

async fn bodies(
    server: &mut ImapSource,
    uids: &UidSet,
    budget: &Budget,
) -> Result<Vec<Print>, TransportError> {
    let (out, mut incoming) = mpsc::channel(IN_FLIGHT);
    let fetch = async {
        let end = server.fetch(uids, budget, &out).await;
        drop(out);
        end
    };
    let hash = async {
        let mut prints = Vec::new();
        while let Some(message) = incoming.recv().await {
            // a message that breaks off is one that the source does not give
            prints.extend(print(message).await);
        }
        prints
    };
    let (end, prints) = tokio::join!(fetch, hash);
    end?;
    Ok(prints)
}

async fn print(message: Incoming) -> Option<Print> {
    let mut hash = BodyHash::default();
    match message.body {
        Body::Whole(piece) => hash.add(&piece),
        Body::Stream(mut stream) => {
            while let Some(piece) = stream.next().await.ok()? {
                hash.add(&piece);
            }
        }
    }
    Some(Print {
        identity: hash.end(),
        flags: flags_hash(&message.meta.flags),
        date: message.meta.internal_date.map_or(0, |date| date.unix),
        uid: message.meta.uid,
    })
}

async fn read_store(
    mailbox: &Mailbox,
    path: &FolderPath,
    level: VerifyLevel,
) -> Result<Content, TransportError> {
    let prints = match level {
        VerifyLevel::Count => {
            let none = |(): (), _| ();
            let all = mailbox
                .read_messages(path, || (), |_, _| false, none)
                .await?;
            return Ok(Content {
                count: all.len() as u64,
                ..Content::default()
            });
        }
        VerifyLevel::Headers => {
            let close = |reader: HeaderReader, _| Print {
                identity: reader.end(),
                flags: 0,
                date: 0,
                uid: 0,
            };
            mailbox
                .read_messages(path, HeaderReader::default, HeaderReader::add, close)
                .await?
        }
        VerifyLevel::Full => {
            let piece = |hash: &mut BodyHash, piece: &[u8]| {
                hash.add(piece);
                true
            };
            mailbox
                .read_messages(path, BodyHash::default, piece, |hash, message| Print {
                    identity: hash.end(),
                    flags: flags_hash(&message.flags),
                    date: message.unix,
                    uid: 0,
                })
                .await?
        }
    };
    Ok(Content {
        count: prints.len() as u64,
        unreadable: 0,
        prints,
    })
}
