//! Copying the messages of one folder, group by group, in the order that exactly once rests on: intent on disk, send, done on
//! disk.
//!
//! An IMAP server may have any message of a group from its first byte on, so the intent names every message that may go into the
//! group before that byte is sent. While one group waits for its answer and its done, the next ones are on their way.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio_util::sync::CancellationToken;

use super::close::{Closed, Closer};
use super::progress::Meter;
use crate::engine::failure::Failure;
use crate::mail::{FlagTable, InternalDate, UidSet};
use crate::store::{GroupIntent, Store};
use crate::transport::imap::{Fetched, ImapSource, RefusedMessage};
use crate::transport::{
    self, Budget, ErrorClass, Incoming, Origin, Target, TargetFolder, TransportError,
};

/// A group ends when the source has been silent so long …
const SILENCE: Duration = Duration::from_secs(2);
/// … or when it has been open so many milliseconds: a server waits for the rest of a command for minutes, not for ever.
const LONGEST: i64 = 10_000;
/// Messages between source and target beside the byte budget.
const IN_FLIGHT: usize = 64;
/// Groups that are open, sent or waiting for their done at once.
const GROUPS: usize = 4;

/// Bytes of a group. A sync of the disk is shared by a group, so large ones are fast; what breaks off is sent again, so very large
/// ones are not.
const GROUP_BYTES: u64 = 32 * 1024 * 1024;

/// Bytes of the disk that mail leaves free, so that the state, which most often lies on the same disk, can still say what
/// happened.
const KEPT_FREE: u64 = 24 * 1024 * 1024;

/// How large a group may become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct GroupLimit {
    /// Messages.
    pub(super) messages: u64,
    /// Bytes.
    pub(super) bytes: u64,
}

impl GroupLimit {
    /// A group of so many messages.
    pub(super) fn of(messages: u64) -> Self {
        Self {
            messages: messages.max(1),
            bytes: GROUP_BYTES,
        }
    }
}

/// What a folder is copied with.
#[derive(Clone, Copy)]
pub(super) struct FolderCopy<'a> {
    pub(super) store: &'a Store,
    pub(super) target: &'a Target,
    pub(super) budget: &'a Budget,
    pub(super) stop: &'a CancellationToken,
    pub(super) meter: &'a Meter,
    pub(super) now: &'a (dyn Fn() -> i64 + Sync),
    pub(super) user: i64,
    pub(super) folder: i64,
    pub(super) origin: &'a Origin,
    pub(super) into: &'a TargetFolder,
    /// The target's UIDNEXT as far as it is known.
    pub(super) uid_next: &'a AtomicU32,
    /// UIDs of intents without an end: what the target has of these by name is our own work.
    pub(super) doubtful: &'a UidSet,
    pub(super) limit: GroupLimit,
}

/// How the copying of a folder ended, and what it left to do.
#[derive(Default)]
pub(super) struct Copied {
    pub(super) end: CopyEnd,
    /// What the source did not give.
    pub(super) fetched: Fetched,
    /// Messages that the target does not take, each for itself.
    pub(super) refused: Vec<RefusedMessage>,
    /// Messages that were refused together with others.
    pub(super) again: UidSet,
    /// For the check of what the target kept of their dates: source UID and date of some messages.
    pub(super) dates: Vec<(u32, InternalDate)>,
}

/// How the copying of a folder ended.
#[derive(Default)]
pub(super) enum CopyEnd {
    /// Every message was tried.
    #[default]
    Whole,
    /// It was told to stop.
    Stopped,
    /// The source could not go on.
    SourceBroken(Failure),
    /// The target or the state could not go on.
    TargetBroken(Failure),
}

impl FolderCopy<'_> {
    /// Copies these UIDs of the open folder. What was committed before an error stays and is in the journal.
    pub(super) async fn run(self, source: &mut ImapSource, uids: &UidSet) -> Copied {
        let (out, incoming) = mpsc::channel(IN_FLIGHT);
        let (sealed, sent) = mpsc::channel(GROUPS);
        let fetch = async {
            let end = source.fetch(uids, self.budget, &out).await;
            drop(out);
            end
        };
        let broken = CancellationToken::new();
        let closer = Closer {
            copy: self,
            broken: &broken,
        };
        // without the server's UIDs the UIDNEXT of the next group is known only when this one has ended
        let has_pipe = match self.target {
            Target::Maildir(_) => true,
            Target::Imap(target) => target.tells_uids(),
        };
        let mut writer = Writer {
            copy: self,
            rest: uids.clone(),
            sealed,
            places: Arc::new(Semaphore::new(if has_pipe { GROUPS } else { 1 })),
            refused: Vec::new(),
        };
        let write = async {
            let end = writer.all(incoming, &broken).await;
            (end, writer.end())
        };
        let (fetched, (written, refused), closed) = tokio::join!(fetch, write, closer.all(sent));
        let Closed {
            failure,
            refused: mut all,
            again,
            dates,
        } = closed;
        all.extend(refused);
        let (end, fetched) = ending(fetched, written, failure);
        Copied {
            end,
            fetched,
            refused: all,
            again,
            dates,
        }
    }
}

/// What ended the copying: the first cause of the three ends.
fn ending(
    fetched: Result<Fetched, TransportError>,
    written: Result<Written, Failure>,
    failure: Option<Failure>,
) -> (CopyEnd, Fetched) {
    match (fetched, written, failure) {
        // a source that breaks off inside a message takes the target's connection with it
        (Err(error), _, _) if error.class != ErrorClass::Stopped => {
            (CopyEnd::SourceBroken(error.into()), Fetched::default())
        }
        (fetched, _, Some(failure)) | (fetched, Err(failure), None) => {
            (CopyEnd::TargetBroken(failure), fetched.unwrap_or_default())
        }
        (Ok(fetched), Ok(Written::All), None) => (CopyEnd::Whole, fetched),
        (fetched, Ok(Written::Stopped), None) => (CopyEnd::Stopped, fetched.unwrap_or_default()),
        (Err(error), Ok(Written::All), None) => {
            (CopyEnd::SourceBroken(error.into()), Fetched::default())
        }
    }
}

/// A group that was sent and waits for its answer.
pub(super) struct Sealed {
    pub(super) delivery: transport::Group,
    pub(super) intent: GroupIntent,
    /// UID and date of each message, in the order they were sent in.
    pub(super) dates: Vec<(u32, Option<InternalDate>)>,
    /// Their flags.
    pub(super) flags: FlagTable,
    /// The place among the groups in flight, given back when the group is done.
    pub(super) place: OwnedSemaphorePermit,
}

/// The side that takes messages from the source and sends them.
struct Writer<'a> {
    copy: FolderCopy<'a>,
    /// What may still come.
    rest: UidSet,
    sealed: mpsc::Sender<Sealed>,
    places: Arc<Semaphore>,
    refused: Vec<RefusedMessage>,
}

enum Written {
    All,
    Stopped,
}

/// A group that is being sent.
struct Open {
    sealed: Sealed,
    last: u32,
    bytes: u64,
    since: i64,
}

impl Open {
    /// Source UIDs ascend inside a group, so that they pair with the target's by their order.
    fn takes(&self, uid: u32) -> bool {
        uid > self.last && self.sealed.intent.uids.contains(uid)
    }
}

impl Writer<'_> {
    /// Takes messages as they come and sends them in groups.
    async fn all(
        &mut self,
        mut incoming: mpsc::Receiver<Incoming>,
        broken: &CancellationToken,
    ) -> Result<Written, Failure> {
        let mut group: Option<Open> = None;
        let stop = self.copy.stop;
        loop {
            let waits = self.copy.meter.source();
            let next = tokio::select! {
                biased;
                () = stop.cancelled() => break,
                () = broken.cancelled() => break,
                next = tokio::time::timeout(SILENCE, incoming.recv()) => next,
            };
            drop(waits);
            match next {
                Ok(Some(message)) => {
                    if group
                        .as_ref()
                        .is_some_and(|open| !open.takes(message.meta.uid))
                    {
                        self.seal(&mut group).await?;
                    }
                    if let Err(error) = self.add(&mut group, message).await {
                        drop(incoming);
                        // what is whole in the group is kept, when the target still can; the first error is the one to tell
                        drop(self.seal(&mut group).await);
                        return Err(error);
                    }
                    if group.as_ref().is_some_and(|open| self.is_full(open)) {
                        self.seal(&mut group).await?;
                    }
                }
                Ok(None) => {
                    self.seal(&mut group).await?;
                    return Ok(Written::All);
                }
                Err(_) => self.seal(&mut group).await?,
            }
        }
        drop(incoming);
        self.seal(&mut group).await?;
        Ok(Written::Stopped)
    }

    /// Lets the closing side end, and gives what was not sent at all.
    fn end(self) -> Vec<RefusedMessage> {
        self.refused
    }

    fn is_full(&self, open: &Open) -> bool {
        open.sealed.dates.len() as u64 >= self.copy.limit.messages
            || open.bytes >= self.copy.limit.bytes
            || (self.copy.now)().saturating_sub(open.since) >= LONGEST
    }

    /// Sends a message in the open group, or in a new one. One that the target cannot take is left out of it, and so is one whose
    /// source broke off: the source tells why.
    async fn add(&mut self, group: &mut Option<Open>, message: Incoming) -> Result<(), Failure> {
        let (uid, bytes, date) = (
            message.meta.uid,
            message.body.size(),
            message.meta.internal_date,
        );
        let flags = message.meta.flags.clone();
        if let Target::Maildir(_) = self.copy.target {
            check_room(&self.copy.store.home().mail(), bytes)?;
        }
        let mut open = match group.take() {
            Some(open) => open,
            None => self.begin(uid).await?,
        };
        let waits = self.copy.meter.target();
        let added = open.sealed.delivery.add(message).await;
        drop(waits);
        let end = match added {
            Ok(()) => {
                open.last = uid;
                open.bytes += bytes;
                open.sealed.dates.push((uid, date));
                open.sealed.flags.insert(uid, flags);
                self.copy.meter.bytes(bytes);
                Ok(())
            }
            Err(error) if !error.is_fatal && is_of_this_message(error.class) => {
                self.refused.push(RefusedMessage { uid, error });
                Ok(())
            }
            Err(error)
                if error.class == ErrorClass::Transport
                    && matches!(self.copy.target, Target::Maildir(_)) =>
            {
                Ok(())
            }
            Err(error) => Err(error.into()),
        };
        *group = Some(open);
        end
    }

    /// Begins a group with this message: its intent is on disk when this returns.
    async fn begin(&mut self, uid: u32) -> Result<Open, Failure> {
        let copy = self.copy;
        let waits = copy.meter.target();
        let place = Arc::clone(&self.places).acquire_owned().await;
        drop(waits);
        let Ok(place) = place else {
            return Err(Failure::internal("no place for a group"));
        };
        let mut ahead = self.rest.intersect(&UidSet::range(uid, u32::MAX));
        let most = usize::try_from(copy.limit.messages).unwrap_or(usize::MAX);
        let mut uids = ahead.take(most);
        uids.insert(uid);
        let now = (copy.now)();
        let mut intent = GroupIntent {
            id: 0,
            folder: copy.folder,
            uid_validity: copy.origin.uid_validity,
            uids,
            target_uid_validity: copy.into.uid_validity,
            target_uid_next: copy.uid_next.load(Ordering::SeqCst),
            at: now,
        };
        let durable = !matches!(copy.target, Target::Maildir(_));
        copy.store.intend(&mut intent, durable).await?;
        let delivery = copy.target.begin(copy.into, copy.origin).await?;
        Ok(Open {
            sealed: Sealed {
                delivery,
                intent,
                dates: Vec::new(),
                flags: FlagTable::new(),
                place,
            },
            last: uid - 1,
            bytes: 0,
            since: now,
        })
    }

    /// Sends the open group off; the closing side does the rest.
    async fn seal(&mut self, group: &mut Option<Open>) -> Result<(), Failure> {
        let Some(mut open) = group.take() else {
            return Ok(());
        };
        let waits = self.copy.meter.target();
        open.sealed.delivery.seal().await?;
        let sent: UidSet = open.sealed.dates.iter().map(|one| one.0).collect();
        self.rest = self.rest.subtract(&sent);
        // there are as many places in the channel as groups can be at once
        let end = self.sealed.send(open.sealed).await;
        drop(waits);
        end.map_err(|_| Failure::internal("nobody closes the groups"))
    }
}

/// Whether an error of the target is about this message and no other.
fn is_of_this_message(class: ErrorClass) -> bool {
    matches!(class, ErrorClass::TooBig | ErrorClass::Refused)
}

/// Refuses a message that would fill the disk of the mail store.
pub(in crate::engine) fn check_room(mail: &Path, bytes: u64) -> Result<(), TransportError> {
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
    Err(error.with_next_step("Make room and start again; what is stored so far is safe."))
}
