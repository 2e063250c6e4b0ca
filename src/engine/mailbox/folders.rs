//! The folders of a mailbox, counted afresh.

use jiff::Timestamp;

use super::ops::storage;
use super::{FolderScope, FolderStatisticsView};
use crate::engine::error::EngineError;
use crate::engine::handle::Engine;
use crate::mail::{FolderPath, SpecialUse};
use crate::transport::FolderCounts;
use crate::transport::maildir::Mailbox;

impl Engine {
    /// The folders of a mailbox, counted afresh, the inbox first. `with_dates` fills the dates of the oldest and newest item,
    /// which takes a look at every message.
    ///
    /// # Errors
    /// `ObjectNotFound`; `StoragePermanent` when the mail store cannot be read.
    pub async fn get_folder_statistics(
        &self,
        identity: &str,
        with_dates: bool,
    ) -> Result<Vec<FolderStatisticsView>, EngineError> {
        let (_, record) = self.mailbox_record(identity).await?;
        let mailbox = self.shared().mail.create(&record.address).await;
        let mailbox = mailbox.map_err(storage)?;
        let folders = mailbox.list_folders().await.map_err(storage)?;
        let mut views = Vec::with_capacity(folders.len());
        for folder in &folders {
            let mut view = view(&record.address, folder, &folders);
            if with_dates {
                (
                    view.oldest_item_received_date,
                    view.newest_item_received_date,
                ) = dates(&mailbox, &folder.path).await?;
            }
            views.push(view);
        }
        Ok(views)
    }
}

fn view(address: &str, folder: &FolderCounts, all: &[FolderCounts]) -> FolderStatisticsView {
    let below = || all.iter().filter(|one| one.path.is_inside(&folder.path));
    let depth = folder.path.levels().len();
    let name = if folder.path.is_inbox() {
        "Inbox"
    } else {
        folder.path.name()
    };
    let path = folder.path.levels().join("/");
    let right_below = below().filter(|one| one.path.levels().len() == depth + 1);
    FolderStatisticsView {
        identity: format!("{address}\\{}", folder.path.levels().join("\\")),
        name: name.to_owned(),
        folder_path: format!("/{path}"),
        folder_type: scope(&folder.path),
        items_in_folder: folder.messages,
        items_in_folder_and_subfolders: folder.messages
            + below().map(|one| one.messages).sum::<u64>(),
        folder_size: folder.bytes,
        folder_and_subfolder_size: folder.bytes + below().map(|one| one.bytes).sum::<u64>(),
        number_of_subfolders: u32::try_from(right_below.count()).unwrap_or(u32::MAX),
        oldest_item_received_date: None,
        newest_item_received_date: None,
    }
}

/// What a folder is for, by its name: only a folder at the top is special.
fn scope(path: &FolderPath) -> FolderScope {
    if path.is_inbox() {
        return FolderScope::Inbox;
    }
    let top = path.levels().first().map_or("", String::as_str);
    match SpecialUse::from_name(top) {
        Some(SpecialUse::Archive) => FolderScope::Archive,
        _ if path.levels().len() > 1 => FolderScope::Personal,
        Some(SpecialUse::Sent) => FolderScope::SentItems,
        Some(SpecialUse::Trash) => FolderScope::DeletedItems,
        Some(SpecialUse::Drafts) => FolderScope::Drafts,
        Some(SpecialUse::Junk) => FolderScope::JunkEmail,
        Some(SpecialUse::All | SpecialUse::Flagged) | None => FolderScope::Personal,
    }
}

type Dates = (Option<Timestamp>, Option<Timestamp>);

async fn dates(mailbox: &Mailbox, path: &FolderPath) -> Result<Dates, EngineError> {
    let span = mailbox.item_dates(path).await.map_err(storage)?;
    let time = |seconds: i64| Timestamp::from_second(seconds).ok();
    Ok(match span {
        Some((oldest, newest)) => (time(oldest), time(newest)),
        None => (None, None),
    })
}
