//! A mailbox to write to over IMAP.

use std::{collections::HashMap, future::Future, pin::Pin, sync::Arc};

use tokio::sync::Mutex;

use super::{
    append::ImapGroup,
    command::LiteralMode,
    connection::Connection,
    driver::Driver,
    folder::{FolderState, WireName},
    list,
    settings::{ImapSettings, ServerInfo},
    target_names::Naming,
};
use crate::{
    mail::{FolderPath, SpecialUse},
    transport::{FolderCounts, Login, TransportError},
};

/// A logged-in connection that creates folders and appends messages. Cheap to clone.
#[derive(Clone)]
pub struct ImapTarget {
    pub(super) inner: Arc<Inner>,
}

pub(super) struct Inner {
    pub(super) driver: Driver,
    pub(super) info: ServerInfo,
    pub(super) host: String,
    settings: ImapSettings,
    login: Login,
    pub(super) literals: LiteralMode,
    /// Whoever writes a command holds it until the command is written.
    pub(super) floor: Arc<Mutex<()>>,
    pub(super) naming: Naming,
    pub(super) folders: Mutex<HashMap<FolderPath, Known>>,
    /// The folders of special uses, and whether that was guessed.
    pub(super) uses: HashMap<SpecialUse, (FolderPath, bool)>,
}

/// What is known of a folder of the target.
#[derive(Clone, Default)]
pub(super) struct Known {
    pub(super) name: Vec<u8>,
    pub(super) is_subscribed: bool,
    /// Set once it was opened.
    pub(super) state: Option<FolderState>,
}

impl std::fmt::Debug for ImapTarget {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ImapTarget({})", self.inner.host)
    }
}

impl ImapTarget {
    /// Connects, logs in and lists the folders.
    ///
    /// # Errors
    /// As [`super::ImapSource::connect`].
    pub async fn connect(settings: &ImapSettings, login: &Login) -> Result<Self, TransportError> {
        let mut connection = Connection::open(settings, login).await?;
        let (listed, spaces) = list::folders_and_spaces(&mut connection).await?;
        let naming = Naming::of(&spaces, listed.iter().find_map(|folder| folder.separator));
        let uses = listed.iter().filter(|f| f.is_selectable).filter_map(|f| {
            let kind = f.special_use?;
            Some((kind, (f.path.clone(), f.is_guessed)))
        });
        let uses = uses.collect();
        let known = |f: super::ListedFolder| {
            (
                f.path,
                Known {
                    name: f.wire.0,
                    is_subscribed: f.is_subscribed,
                    state: None,
                },
            )
        };
        let folders = listed
            .into_iter()
            .filter(|f| f.is_selectable)
            .map(known)
            .collect();
        Ok(Self {
            inner: Arc::new(Inner {
                info: connection.info.clone(),
                host: connection.host().to_owned(),
                settings: settings.clone(),
                login: login.clone(),
                literals: connection.literals(),
                driver: Driver::start(connection),
                floor: Arc::default(),
                naming,
                folders: Mutex::new(folders),
                uses,
            }),
        })
    }

    /// The server's name or address.
    pub fn host(&self) -> &str {
        &self.inner.host
    }

    /// What the server says of itself to this user.
    pub fn info(&self) -> &ServerInfo {
        &self.inner.info
    }

    /// The largest message that the server takes (APPENDLIMIT, RFC 7889), where it says so.
    pub fn append_limit(&self) -> Option<u64> {
        self.inner
            .info
            .capabilities
            .iter()
            .find_map(|c| c.strip_prefix("APPENDLIMIT="))
            .and_then(|n| n.parse().ok())
    }

    /// All folders with their counts, INBOX first, then by name. Bytes are 0 where the server does not tell them.
    ///
    /// # Errors
    /// When the server refuses LIST, or the connection breaks.
    pub async fn list_folders(&self) -> Result<Vec<FolderCounts>, TransportError> {
        let listed = self
            .work(|connection| Box::pin(list::list_folders(connection)))
            .await?;
        let counts = listed
            .into_iter()
            .filter(|f| f.is_selectable)
            .map(|f| FolderCounts {
                messages: f.status.map_or(0, |s| u64::from(s.messages)),
                bytes: f.status.and_then(|s| s.size).unwrap_or(0),
                is_subscribed: f.is_subscribed,
                path: f.path,
            });
        let mut counts: Vec<FolderCounts> = counts.collect();
        counts.sort_by(|a, b| (!a.path.is_inbox(), &a.path).cmp(&(!b.path.is_inbox(), &b.path)));
        Ok(counts)
    }

    /// The UIDNEXT of a folder, from STATUS; 0 where the server does not tell.
    ///
    /// # Errors
    /// When the server refuses, or the connection breaks.
    pub async fn uid_next(&self, path: &FolderPath) -> Result<u32, TransportError> {
        let name = WireName(self.known(path).await.name);
        self.work(move |connection| {
            Box::pin(async move { Ok(list::status(connection, &name).await?.uid_next) })
        })
        .await
    }

    /// Whether the server says which UIDs it gave (UIDPLUS, RFC 4315).
    pub fn tells_uids(&self) -> bool {
        self.inner.info.has("UIDPLUS") || self.inner.info.has("IMAP4REV2")
    }

    /// Another connection with the same login.
    ///
    /// # Errors
    /// As [`ImapTarget::connect`].
    pub async fn again(&self) -> Result<Self, TransportError> {
        Self::connect(&self.inner.settings, &self.inner.login).await
    }

    /// Runs work with the whole connection, between two commands of whoever appends.
    pub(super) async fn work<T: Send + 'static>(
        &self,
        work: impl for<'a> FnOnce(
            &'a mut Connection,
        ) -> Pin<
            Box<dyn Future<Output = Result<T, TransportError>> + Send + 'a>,
        > + Send
        + 'static,
    ) -> Result<T, TransportError> {
        let _floor = self.inner.floor.lock().await;
        self.inner.driver.with(work).await
    }

    /// Begins a group of messages for a folder.
    pub async fn begin(&self, path: &FolderPath) -> ImapGroup {
        let known = self.known(path).await;
        ImapGroup::new(self.clone(), known)
    }
}
