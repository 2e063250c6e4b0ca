//! Copying the messages of one folder, group by group, in the order that exactly once rests on:
//! write the group, intent on disk, commit the group at the target, done on disk.
//!
//! A group is nothing at the target before its commit, so the intent names exactly the messages that may be there after a crash.

use std::path::Path;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::progress::Meter;
use crate::engine::failure::Failure;
use crate::engine::report::SkippedKind;
use crate::mail::{InternalDate, MessageMeta, UidSet};
use crate::store::{GroupDone, GroupIntent, SkippedRecord, Store};
use crate::transport::imap::{Fetched, ImapSource, RefusedMessage};
use crate::transport::{
    self, Budget, ErrorClass, Incoming, Origin, Target, TargetFolder, TransportError,
};

/// A group is committed when it has `group_messages` messages, or so many bytes …
const GROUP_BYTES: u64 = 32 * 1024 * 1024;
/// … or when the source has been silent so long.
const SILENCE: Duration = Duration::from_secs(2);
/// Messages between source and target beside the byte budget.
const IN_FLIGHT: usize = 64;

/// Bytes of the disk that mail leaves free, so that the state, which most often lies on the same disk, can still say what
/// happened.
const KEPT_FREE: u64 = 24 * 1024 * 1024;

/// What a folder is copied with.
pub(super) struct FolderCopy<'a> {
    pub(super) store: &'a Store,
    pub(super) target: &'a Target,
    pub(super) budget: &'a Budget,
    pub(super) stop: &'a CancellationToken,
    /// Messages that a group has at most.
    pub(super) group_messages: u64,
    pub(super) meter: &'a mut Meter,
    pub(super) now: &'a (dyn Fn() -> i64 + Sync),
    pub(super) user: i64,
    pub(super) folder: i64,
    pub(super) folder_name: &'a str,
    pub(super) origin: Origin,
    pub(super) into: &'a TargetFolder,
    /// UIDs of intents without an end: what the target has of these is our own work.
    pub(super) doubtful: UidSet,
}

/// How the copying of a folder ended.
pub(super) enum CopyEnd {
    /// Every message has its verdict.
    Whole,
    /// It was told to stop.
    Stopped,
    /// It could not go on.
    Broken(Failure),
}

impl FolderCopy<'_> {
    /// Copies these UIDs of the open folder. What was committed before an error stays and is in the journal.
    pub(super) async fn run(mut self, source: &mut ImapSource, uids: &UidSet) -> CopyEnd {
        let (out, incoming) = mpsc::channel(IN_FLIGHT);
        let budget = self.budget.clone();
        let fetch = async {
            let end = source.fetch(uids, &budget, &out).await;
            drop(out);
            end
        };
        let (fetched, delivered) = tokio::join!(fetch, self.deliver(incoming));
        match (fetched, delivered) {
            (_, Err(failure)) => CopyEnd::Broken(failure),
            (Ok(fetched), Ok(_)) => match self.keep_lost(fetched).await {
                Ok(()) => CopyEnd::Whole,
                Err(failure) => CopyEnd::Broken(failure),
            },
            (Err(_), Ok(Delivered::Stopped)) => CopyEnd::Stopped,
            (Err(error), Ok(Delivered::All)) => CopyEnd::Broken(error.into()),
        }
    }

    /// Takes messages as they come and commits them in groups.
    async fn deliver(
        &mut self,
        mut incoming: mpsc::Receiver<Incoming>,
    ) -> Result<Delivered, Failure> {
        let mut group = Group::new();
        loop {
            let next = tokio::select! {
                biased;
                () = self.stop.cancelled() => {
                    drop(incoming);
                    self.commit(&mut group).await?;
                    return Ok(Delivered::Stopped);
                }
                next = tokio::time::timeout(SILENCE, incoming.recv()) => next,
            };
            match next {
                Ok(Some(message)) => {
                    if let Err(error) = self.add(&mut group, message).await {
                        drop(incoming);
                        // what is whole in the group is kept, when the target still can
                        self.commit(&mut group).await?;
                        return Err(error.into());
                    }
                    if group.uids.len() >= self.group_messages || group.bytes >= GROUP_BYTES {
                        self.commit(&mut group).await?;
                    }
                }
                Ok(None) => {
                    self.commit(&mut group).await?;
                    return Ok(Delivered::All);
                }
                Err(_) => self.commit(&mut group).await?,
            }
        }
    }

    /// Writes a message into the group. A message whose source broke off is left out of it; the source tells why.
    async fn add(&mut self, group: &mut Group, message: Incoming) -> Result<(), TransportError> {
        let (uid, bytes) = (message.meta.uid, message.body.size());
        if let Target::Maildir(_) = self.target {
            check_room(&self.store.home().mail(), bytes)?;
        }
        let meta = message.meta.clone();
        if group.delivery.is_none() {
            group.delivery = Some(self.target.begin(self.into, &self.origin).await?);
        }
        let Some(delivery) = &mut group.delivery else {
            return Ok(());
        };
        match delivery.add(message).await {
            Ok(()) => {
                group.uids.insert(uid);
                group.metas.push(meta);
                group.bytes += bytes;
                self.meter.message(bytes);
                Ok(())
            }
            Err(error) if error.class == ErrorClass::Transport => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Commits a group: intent, target, done.
    async fn commit(&mut self, group: &mut Group) -> Result<(), Failure> {
        let Some(delivery) = group.delivery.take() else {
            return Ok(());
        };
        let group = std::mem::replace(group, Group::new());
        if group.uids.is_empty() {
            return Ok(());
        }
        let mut intent = GroupIntent {
            id: 0,
            folder: self.folder,
            uid_validity: self.origin.uid_validity,
            uids: group.uids,
            target_uid_validity: self.into.uid_validity,
            target_uid_next: self.into.uid_next,
            at: (self.now)(),
        };
        let durable = !matches!(self.target, Target::Maildir(_));
        self.store.intend(&mut intent, durable).await?;
        let receipt = delivery.commit().await?;
        let at = (self.now)();
        let refused = receipt.refused.into_iter().map(|refused| {
            let meta = group.metas.iter().find(|meta| meta.uid == refused.uid);
            self.skipped(&refused, SkippedKind::RefusedItem, meta, at)
        });
        let done = GroupDone {
            skipped: refused.collect(),
            adopted: receipt.replaced.subtract(&self.doubtful),
            stored: receipt.stored,
            target_uids: receipt.target_uids,
            bytes: receipt.bytes,
            vanished: Vec::new(),
            metadata_losses: receipt.keywords_dropped,
            at,
        };
        Ok(self.store.finish(self.user, &intent, &done).await?)
    }

    /// Keeps the verdicts of messages that the source did not give.
    async fn keep_lost(&self, fetched: Fetched) -> Result<(), Failure> {
        let at = (self.now)();
        let skipped: Vec<SkippedRecord> = fetched
            .refused
            .iter()
            // the target gave these up, and its receipt said why
            .filter(|refused| refused.error.class != ErrorClass::Stopped)
            .map(|refused| self.skipped(refused, SkippedKind::CorruptItem, None, at))
            .collect();
        let vanished: Vec<SkippedRecord> = fetched
            .vanished
            .iter()
            .map(|uid| SkippedRecord {
                uid: Some(uid),
                reason: "The source listed the message and then no longer had it.".into(),
                ..self.item(SkippedKind::MissingItem, at)
            })
            .collect();
        if skipped.is_empty() && vanished.is_empty() {
            return Ok(());
        }
        let done = GroupDone {
            skipped,
            vanished,
            at,
            ..GroupDone::default()
        };
        let nothing = GroupIntent::nothing(self.folder, self.origin.uid_validity, at);
        Ok(self.store.finish(self.user, &nothing, &done).await?)
    }

    fn skipped(
        &self,
        refused: &RefusedMessage,
        kind: SkippedKind,
        meta: Option<&MessageMeta>,
        at: i64,
    ) -> SkippedRecord {
        let kind = match refused.error.class {
            ErrorClass::TooBig => SkippedKind::LargeItem,
            _ => kind,
        };
        SkippedRecord {
            uid: Some(refused.uid),
            date_received: meta.and_then(|meta| meta.internal_date).map(milliseconds),
            size: meta.and_then(|meta| meta.size).unwrap_or(0),
            reason: refused.error.to_string(),
            ..self.item(kind, at)
        }
    }

    fn item(&self, kind: SkippedKind, at: i64) -> SkippedRecord {
        SkippedRecord {
            folder: Some(self.folder),
            uid_validity: Some(self.origin.uid_validity),
            kind: kind.name().into(),
            folder_name: self.folder_name.to_owned(),
            at,
            ..SkippedRecord::default()
        }
    }
}

/// Refuses a message that would fill the disk of the mail store.
fn check_room(mail: &Path, bytes: u64) -> Result<(), TransportError> {
    let Ok(disk) = rustix::fs::statvfs(mail) else {
        // whatever is wrong with the folder, writing into it says it better
        return Ok(());
    };
    let free = disk.f_bavail.saturating_mul(disk.f_frsize);
    if free >= bytes.saturating_add(KEPT_FREE) {
        return Ok(());
    }
    let error = TransportError::new(
        ErrorClass::Quota,
        format!(
            "The disk of the mail store '{}' has no room for a message of {bytes} bytes: {} MB are free, and {} MB are kept for the state",
            mail.display(),
            free >> 20,
            KEPT_FREE >> 20
        ),
    );
    Err(error.with_next_step("Make room and start the batch again; what is stored so far is safe."))
}

enum Delivered {
    All,
    Stopped,
}

/// Messages written and not yet committed.
struct Group {
    delivery: Option<transport::Group>,
    uids: UidSet,
    metas: Vec<MessageMeta>,
    bytes: u64,
}

impl Group {
    fn new() -> Self {
        Self {
            delivery: None,
            uids: UidSet::new(),
            metas: Vec::new(),
            bytes: 0,
        }
    }
}

fn milliseconds(date: InternalDate) -> i64 {
    date.unix.saturating_mul(1000)
}
