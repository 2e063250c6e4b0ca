//! Messages off the wire: many per command, the next command already queued, each handed over as soon as it is there.

use std::{collections::VecDeque, mem};

use tokio::{
    sync::mpsc,
    time::{Duration, Instant},
};

use super::{
    classify::refusal,
    command::Command,
    connection::{Connection, Tag},
    io::Event,
    response::{FetchData, FetchedBody, Response, Status, StatusLine},
    settings::RefusedMessage,
    source::{ImapSource, cut, meta},
};
use crate::{
    mail::{MessageMeta, UidSet},
    transport::{Body, BodyStream, Budget, ErrorClass, Incoming, Piece, TransportError},
};

/// Commands on their way at once: one that is answered and one that waits behind it.
const DEPTH: usize = 2;
/// Bounds for the number of messages per command.
const WIDTH: (usize, usize) = (8, 1000);
/// A command that takes less than this asks for too little, one that takes more than `SLOW` for too much.
const FAST: Duration = Duration::from_millis(250);
const SLOW: Duration = Duration::from_secs(4);
/// So many refusals without a message between them, and the folder is given up.
const MAX_REFUSALS: usize = 200;

/// The outcome of a fetch: every UID that was asked for is in exactly one of the three.
#[derive(Clone, Debug, Default)]
pub struct Fetched {
    /// Handed over whole. A streamed message counts when its last byte was handed over.
    pub delivered: UidSet,
    /// Not there any more.
    pub vanished: UidSet,
    /// There, but the server does not give it.
    pub refused: Vec<RefusedMessage>,
}

impl ImapSource {
    /// Fetches messages of the open folder and hands each over as soon as it is complete; large ones as a stream that
    /// is fed while the server sends. Room is taken from `budget` before a message is handed over.
    ///
    /// # Errors
    /// When the connection breaks, the server throttles, or answers what cannot be. What was handed over until then is
    /// whole; the caller knows it. `Stopped` when the receiving end of `out` is gone. After an error
    /// [`ImapSource::is_usable`] says whether the connection can go on.
    pub async fn fetch(
        &mut self,
        uids: &UidSet,
        budget: &Budget,
        out: &mpsc::Sender<Incoming>,
    ) -> Result<Fetched, TransportError> {
        let mut run = Run {
            connection: &mut self.connection,
            budget,
            out,
            rest: uids.clone(),
            again: VecDeque::new(),
            flying: VecDeque::new(),
            result: Fetched::default(),
            open: None,
            alone: UidSet::new(),
            width: self.width,
            refusals: 0,
        };
        let end = run.all().await;
        let (result, width) = (mem::take(&mut run.result), run.width);
        self.width = width;
        let alone = mem::take(&mut run.alone);
        end?;
        if alone.is_empty() {
            return Ok(result);
        }
        self.fetch_alone(alone, budget, out, result).await
    }

    /// For large messages whose server tells what they are only after their bytes: asked for first, then fetched singly.
    async fn fetch_alone(
        &mut self,
        mut alone: UidSet,
        budget: &Budget,
        out: &mpsc::Sender<Incoming>,
        mut result: Fetched,
    ) -> Result<Fetched, TransportError> {
        while !alone.is_empty() {
            let part = alone.take(1000);
            let metas = self.list_messages(&part).await?;
            let there: UidSet = metas.iter().map(|m| m.uid).collect();
            result.vanished.extend_set(&part.subtract(&there));
            let again = metas.into_iter().map(|m| Group {
                uids: UidSet::range(m.uid, m.uid),
                tries: 0,
                known: Some(m),
            });
            let mut run = Run {
                connection: &mut self.connection,
                budget,
                out,
                rest: UidSet::new(),
                again: again.collect(),
                flying: VecDeque::new(),
                result,
                open: None,
                alone: UidSet::new(),
                width: 1,
                refusals: 0,
            };
            run.all().await?;
            result = run.result;
        }
        Ok(result)
    }
}

/// Messages that one command asks for.
struct Group {
    uids: UidSet,
    /// How often they were asked for before.
    tries: u8,
    /// What is known of the one message, when it is fetched alone.
    known: Option<MessageMeta>,
}

struct Flying {
    tag: Tag,
    group: Group,
    /// UIDs of the group that were answered, in whatever way.
    got: UidSet,
    since: Instant,
}

/// A large message that is coming in.
enum Open {
    Feeding {
        uid: u32,
        pieces: mpsc::Sender<Piece>,
        is_wanted: bool,
    },
    Discarding,
}

struct Run<'a> {
    connection: &'a mut Connection,
    budget: &'a Budget,
    out: &'a mpsc::Sender<Incoming>,
    rest: UidSet,
    again: VecDeque<Group>,
    flying: VecDeque<Flying>,
    result: Fetched,
    open: Option<Open>,
    alone: UidSet,
    width: usize,
    refusals: usize,
}

impl Run<'_> {
    async fn all(&mut self) -> Result<(), TransportError> {
        loop {
            // compression can begin only when nothing is on its way
            let waits = self.connection.wants_compression();
            if waits && self.flying.is_empty() {
                self.connection.compress().await?;
                continue;
            }
            while !waits
                && self.flying.len() < DEPTH
                && let Some(group) = self.next_group()
            {
                self.ask(group).await?;
            }
            if self.flying.is_empty() {
                return Ok(());
            }
            match self.connection.next().await? {
                Event::Begin(head, size) => self.begin(head, size).await?,
                Event::Piece(bytes) => self.piece(bytes).await,
                Event::Response(Response::Fetch(data)) => self.fetched(*data).await?,
                Event::Response(Response::Tagged { tag, line }) => self.ended(&tag, &line)?,
                Event::Response(_) => {}
            }
        }
    }

    fn next_group(&mut self) -> Option<Group> {
        if let Some(group) = self.again.pop_front() {
            return Some(group);
        }
        let uids = cut(&mut self.rest, self.width);
        (!uids.is_empty()).then_some(Group {
            uids,
            tries: 0,
            known: None,
        })
    }

    async fn ask(&mut self, group: Group) -> Result<(), TransportError> {
        let items = if group.known.is_some() {
            "UID BODY.PEEK[]"
        } else {
            "UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[]"
        };
        let command = Command::new(format!("UID FETCH {} ({items})", group.uids));
        let tag = self.connection.start(&command).await?;
        self.flying.push_back(Flying {
            tag,
            group,
            got: UidSet::new(),
            since: Instant::now(),
        });
        Ok(())
    }

    /// The command that waits for this message, if one does.
    fn waiting_for(&mut self, uid: u32) -> Option<&mut Flying> {
        self.flying
            .iter_mut()
            .find(|f| f.group.uids.contains(uid) && !f.got.contains(uid))
    }

    /// A large message begins: hand it over as a stream if it is known by now which it is.
    async fn begin(&mut self, head: FetchData, size: u64) -> Result<(), TransportError> {
        self.open = Some(Open::Discarding);
        let known = self.flying.front().and_then(|f| f.group.known.clone());
        let about = match (head.uid, known) {
            (Some(uid), Some(known)) if uid != known.uid => return Ok(()),
            (_, Some(known)) => known,
            (Some(uid), None) if head.flags.is_some() && head.internal_date.is_some() => {
                meta(uid, head)
            }
            _ => return Ok(()),
        };
        let uid = about.uid;
        if self.waiting_for(uid).is_none() {
            return Ok(());
        }
        let (pieces, stream) = BodyStream::new(size);
        self.hand_over(Incoming {
            meta: about,
            body: Body::Stream(stream),
        })
        .await?;
        self.open = Some(Open::Feeding {
            uid,
            pieces,
            is_wanted: true,
        });
        Ok(())
    }

    async fn piece(&mut self, bytes: Vec<u8>) {
        if let Some(Open::Feeding {
            pieces, is_wanted, ..
        }) = &mut self.open
            && *is_wanted
        {
            let piece = self.budget.piece(bytes).await;
            // the target may give up one message and still want the next
            *is_wanted = pieces.send(piece).await.is_ok();
        }
    }

    async fn fetched(&mut self, data: FetchData) -> Result<(), TransportError> {
        let Some(body) = &data.body else {
            return Ok(());
        };
        if matches!(body, FetchedBody::Streamed(_)) {
            return self.streamed(&data);
        }
        let Some(uid) = data.uid else { return Ok(()) };
        let Some(flying) = self.waiting_for(uid) else {
            return Ok(());
        };
        let known = flying.group.known.clone();
        if known.is_none() && (data.flags.is_none() || data.internal_date.is_none()) {
            flying.got.insert(uid);
            self.alone.insert(uid);
            return Ok(());
        }
        flying.got.insert(uid);
        let mut data = data;
        match data.body.take() {
            Some(FetchedBody::Whole(bytes)) => {
                let body = Body::Whole(self.budget.piece(bytes).await);
                let meta = known.unwrap_or_else(|| meta(uid, data));
                self.hand_over(Incoming { meta, body }).await?;
                self.delivered(uid);
            }
            _ => {
                let message = format!(
                    "The server {} has no bytes for a message (NIL)",
                    self.connection.host()
                );
                self.refuse(uid, TransportError::new(ErrorClass::Refused, message));
            }
        }
        Ok(())
    }

    /// The line around a large message is complete.
    fn streamed(&mut self, data: &FetchData) -> Result<(), TransportError> {
        match self.open.take() {
            Some(Open::Feeding { uid, is_wanted, .. }) => {
                if data.uid.is_some_and(|told| told != uid) {
                    let message = format!(
                        "The server {} gave another message than it had announced",
                        self.connection.host()
                    );
                    return Err(TransportError::new(ErrorClass::Malformed, message));
                }
                if let Some(flying) = self.waiting_for(uid) {
                    flying.got.insert(uid);
                }
                if is_wanted {
                    self.delivered(uid);
                } else {
                    self.refuse(
                        uid,
                        TransportError::new(ErrorClass::Stopped, "The target gave the message up"),
                    );
                }
            }
            Some(Open::Discarding) | None => {
                if let Some(uid) = data.uid
                    && let Some(flying) = self.waiting_for(uid)
                    && flying.group.known.is_none()
                {
                    flying.got.insert(uid);
                    self.alone.insert(uid);
                }
            }
        }
        Ok(())
    }

    async fn hand_over(&mut self, message: Incoming) -> Result<(), TransportError> {
        let gone =
            |_| TransportError::new(ErrorClass::Stopped, "Nobody takes the messages any more");
        self.out.send(message).await.map_err(gone)
    }

    fn delivered(&mut self, uid: u32) {
        self.refusals = 0;
        self.result.delivered.insert(uid);
    }

    fn refuse(&mut self, uid: u32, error: TransportError) {
        self.result.refused.push(RefusedMessage { uid, error });
    }

    /// A command is over: what it left out is asked for once more, halved when the server refused.
    fn ended(&mut self, tag: &str, line: &StatusLine) -> Result<(), TransportError> {
        let Some(at) = self.flying.iter().position(|f| f.tag == tag) else {
            return Ok(());
        };
        let Some(flying) = self.flying.remove(at) else {
            return Ok(());
        };
        let missing = flying.group.uids.subtract(&flying.got);
        if line.status == Status::Ok {
            self.adapt(&flying);
            if missing.is_empty() {
                return Ok(());
            }
            if flying.group.tries == 0 {
                self.again.push_back(Group {
                    uids: missing,
                    tries: 1,
                    known: flying.group.known,
                });
            } else {
                self.result.vanished.extend_set(&missing);
            }
            return Ok(());
        }
        let error = refusal(
            line,
            format!(
                "The server {} refuses to give a message",
                self.connection.host()
            ),
            ErrorClass::Refused,
        );
        self.refusals += 1;
        if matches!(error.class, ErrorClass::Throttle | ErrorClass::Auth)
            || self.refusals > MAX_REFUSALS
        {
            return Err(error);
        }
        self.isolate(missing, flying.group.known, error);
        Ok(())
    }

    /// Halves what a refused command left, until the refused message stands alone.
    fn isolate(&mut self, mut missing: UidSet, known: Option<MessageMeta>, error: TransportError) {
        match (missing.len(), missing.first()) {
            (1, Some(uid)) if error.class == ErrorClass::Vanished => {
                self.result.vanished.insert(uid);
            }
            (1, Some(uid)) => self.refuse(uid, error),
            (0, _) | (_, None) => {}
            (count, _) => {
                let half = missing.take(usize::try_from(count / 2).unwrap_or(1));
                self.again.push_front(Group {
                    uids: missing,
                    tries: 0,
                    known: known.clone(),
                });
                self.again.push_front(Group {
                    uids: half,
                    tries: 0,
                    known,
                });
            }
        }
    }

    /// Wide enough that a round trip does not count, narrow enough that little has to be asked for again.
    fn adapt(&mut self, flying: &Flying) {
        let took = flying.since.elapsed();
        let is_full = flying.group.uids.len() >= self.width as u64;
        if took < FAST && is_full {
            self.width = (self.width * 2).min(WIDTH.1);
        } else if took > SLOW {
            self.width = (self.width / 2).max(WIDTH.0);
        }
    }
}
