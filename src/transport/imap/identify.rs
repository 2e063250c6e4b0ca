//! What lies in a folder, told by identity: for finding again what was stored when no number says so.

use std::collections::BTreeMap;

use super::{
    command::Command,
    connection::Connection,
    open::open_folder,
    response::Response,
    source::{ImapSource, cut},
    target::ImapTarget,
};
use crate::{
    mail::{FolderPath, InternalDate, Sighting, UidSet},
    transport::TransportError,
};

/// All that is needed of a message to know it again.
const ITEMS: &str =
    "UID INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID DATE FROM SUBJECT)]";

impl ImapSource {
    /// What messages of the open folder are, by UID. A UID that is not there does not come back.
    ///
    /// # Errors
    /// When the server refuses, or the connection breaks.
    pub async fn identify(&mut self, uids: &UidSet) -> Result<Vec<Sighting>, TransportError> {
        identify(&mut self.connection, uids).await
    }
}

impl ImapTarget {
    /// The UIDs of a folder's messages from this one on.
    ///
    /// # Errors
    /// When the server refuses, or the connection breaks.
    pub async fn uids_since(
        &self,
        path: &FolderPath,
        first: u32,
    ) -> Result<UidSet, TransportError> {
        let name = self.known(path).await.name;
        self.work(move |connection| {
            Box::pin(async move {
                open_folder(connection, "EXAMINE", &name).await?;
                uids_since(connection, first.max(1)).await
            })
        })
        .await
    }

    /// What messages of a folder are, by UID.
    ///
    /// # Errors
    /// When the server refuses, or the connection breaks.
    pub async fn identify(
        &self,
        path: &FolderPath,
        uids: &UidSet,
    ) -> Result<Vec<Sighting>, TransportError> {
        let (name, uids) = (self.known(path).await.name, uids.clone());
        self.work(move |connection| {
            Box::pin(async move {
                open_folder(connection, "EXAMINE", &name).await?;
                identify(connection, &uids).await
            })
        })
        .await
    }

    /// The internal dates of messages of a folder, by UID.
    ///
    /// # Errors
    /// When the server refuses, or the connection breaks.
    pub async fn dates(
        &self,
        path: &FolderPath,
        uids: &UidSet,
    ) -> Result<BTreeMap<u32, Option<InternalDate>>, TransportError> {
        let (name, uids) = (self.known(path).await.name, uids.clone());
        self.work(move |connection| {
            Box::pin(async move {
                open_folder(connection, "EXAMINE", &name).await?;
                dates(connection, &uids).await
            })
        })
        .await
    }
}

async fn identify(
    connection: &mut Connection,
    uids: &UidSet,
) -> Result<Vec<Sighting>, TransportError> {
    let mut seen: Vec<Sighting> = Vec::new();
    let mut rest = uids.clone();
    while !rest.is_empty() {
        let part = cut(&mut rest, usize::MAX);
        let command = Command::new(format!("UID FETCH {part} ({ITEMS})"));
        connection
            .run(&command, "list the headers", |response| {
                if let Response::Fetch(data) = response
                    && let (Some(uid), Some(header)) = (data.uid, &data.header)
                    && part.contains(uid)
                {
                    let date = data.internal_date.flatten();
                    seen.push(Sighting::new(uid, header, data.size, date));
                }
            })
            .await?;
    }
    // a server may tell a message twice
    seen.sort_unstable_by_key(|one| one.uid);
    seen.dedup_by_key(|one| one.uid);
    Ok(seen)
}

async fn dates(
    connection: &mut Connection,
    uids: &UidSet,
) -> Result<BTreeMap<u32, Option<InternalDate>>, TransportError> {
    let mut found = BTreeMap::new();
    let mut rest = uids.clone();
    while !rest.is_empty() {
        let part = cut(&mut rest, usize::MAX);
        let command = Command::new(format!("UID FETCH {part} (UID INTERNALDATE)"));
        connection
            .run(&command, "list the dates", |response| {
                if let Response::Fetch(data) = response
                    && let (Some(uid), Some(date)) = (data.uid, data.internal_date)
                    && part.contains(uid)
                {
                    found.insert(uid, date);
                }
            })
            .await?;
    }
    Ok(found)
}

async fn uids_since(connection: &mut Connection, first: u32) -> Result<UidSet, TransportError> {
    let mut found = UidSet::new();
    let command = Command::new(format!("UID FETCH {first}:* (UID)"));
    connection
        .run(&command, "list the messages", |response| {
            if let Response::Fetch(data) = response {
                // `n:*` gives the last message even when its UID is lower than n
                found.extend(data.uid.filter(|&uid| uid >= first));
            }
        })
        .await?;
    Ok(found)
}
