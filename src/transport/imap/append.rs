//! Sending messages: MULTIAPPEND where offered, pipelined APPENDs elsewhere (RFC 3501 section 6.3.11, RFC 3502, RFC 7888).

use tokio::sync::{OwnedMutexGuard, oneshot};

use super::{
    classify::refusal,
    command::Command,
    driver::{End, Order},
    response::{Status, StatusLine},
    settings::RefusedMessage,
    target::{ImapTarget, Known},
};
use crate::{
    mail::{FlagSet, MessageMeta, SystemFlag, UidSet},
    transport::{Body, ErrorClass, Incoming, Receipt, TransportError},
};

/// Messages above this size have a command of their own: less is sent again when one breaks off. Smaller ones share theirs, even
/// those that are streamed, because every command is a transaction of the server, most often with a sync of its disk.
const ALONE: u64 = 8 * 1024 * 1024;

/// A group of messages on their way into a folder. Small messages share one command, which the server takes whole or not
/// at all; a large one has its own. What is not committed is taken back with the connection.
pub struct ImapGroup {
    target: ImapTarget,
    folder: Known,
    /// Held while a command is being written.
    floor: Option<OwnedMutexGuard<()>>,
    /// The command that is being written.
    open: Option<Sent>,
    sent: Vec<Sent>,
    /// How many of these were answered when it was last looked.
    heard: usize,
    keywords_dropped: u64,
}

/// A command and the messages in it.
struct Sent {
    uids: Vec<u32>,
    bytes: u64,
    end: Answer,
}

/// What the server says of a command.
enum Answer {
    Due(oneshot::Receiver<End>),
    Heard(End),
}

impl std::fmt::Debug for ImapGroup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ImapGroup({:?})", self.target)
    }
}

impl ImapGroup {
    pub(super) fn new(target: ImapTarget, folder: Known) -> Self {
        Self {
            target,
            folder,
            floor: None,
            open: None,
            sent: Vec::new(),
            heard: 0,
            keywords_dropped: 0,
        }
    }

    /// The server's name or address.
    pub fn host(&self) -> &str {
        self.target.host()
    }

    /// Sends a message.
    ///
    /// # Errors
    /// `TooBig` above the server's limit, `Refused` for a message of no bytes: it is then not in the group. Everything else
    /// is fatal: the connection is of no more use, and what the server has of the group must be looked for.
    pub async fn add(&mut self, message: Incoming) -> Result<(), TransportError> {
        let Incoming { meta, body } = message;
        let size = body.size();
        self.check_size(size)?;
        self.check_answers()?;
        let has_multi = self.target.info().has("MULTIAPPEND");
        let is_alone = !has_multi || size > ALONE;
        if is_alone {
            self.seal().await?;
        }
        let (announcement, waits) = self
            .target
            .inner
            .literals
            .announce(usize::try_from(size).unwrap_or(usize::MAX));
        let text = format!(" {}{announcement}", self.attributes(&meta));
        let driver = &self.target.inner.driver;
        match &mut self.open {
            Some(open) => {
                driver.tell(Order::More { text, waits }).await?;
                open.uids.push(meta.uid);
                open.bytes += size;
            }
            None => {
                let command = Command::new("APPEND")
                    .astring(&self.folder.name)?
                    .text(&text);
                self.floor = Some(self.target.inner.floor.clone().lock_owned().await);
                let (sender, end) = oneshot::channel();
                driver
                    .tell(Order::Start {
                        command,
                        waits,
                        end: sender,
                    })
                    .await?;
                self.open = Some(Sent {
                    uids: vec![meta.uid],
                    bytes: size,
                    end: Answer::Due(end),
                });
            }
        }
        match body {
            Body::Whole(piece) => driver.tell(Order::Bytes(piece)).await?,
            Body::Stream(mut stream) => loop {
                match stream.next().await {
                    Ok(Some(piece)) => driver.tell(Order::Bytes(piece)).await?,
                    Ok(None) => break,
                    Err(error) => {
                        // the server waits for bytes that will never come
                        driver.broken.cancel();
                        return Err(error.fatal());
                    }
                }
            },
        }
        if is_alone { self.seal().await } else { Ok(()) }
    }

    /// Ends the group and waits until the server has said what became of each command.
    ///
    /// # Errors
    /// When the connection broke before the server's answer: what it has of the group must be looked for.
    pub async fn commit(mut self) -> Result<Receipt, TransportError> {
        self.seal().await?;
        let mut receipt = Receipt {
            keywords_dropped: self.keywords_dropped,
            ..Receipt::default()
        };
        let mut target_uids = Some(UidSet::new());
        for sent in std::mem::take(&mut self.sent) {
            let line = match sent.end {
                Answer::Due(end) => end.await.map_err(|_| self.target.inner.driver.gone())?,
                Answer::Heard(end) => end,
            }?;
            let source: UidSet = sent.uids.iter().copied().collect();
            if line.status == Status::Ok {
                receipt.stored.extend_set(&source);
                receipt.bytes += sent.bytes;
                match (&mut target_uids, self.appended(&line, sent.uids.len())) {
                    (Some(all), Some(found)) => all.extend_set(&found),
                    _ => target_uids = None,
                }
                continue;
            }
            let error = self.refusal(&line);
            if let ([uid], false) = (sent.uids.as_slice(), is_for_all(error.class)) {
                receipt.refused.push(RefusedMessage { uid: *uid, error });
            } else {
                receipt.again.extend_set(&source);
                receipt.problem = Some(error);
            }
        }
        receipt.target_uids = target_uids.filter(|_| !receipt.stored.is_empty());
        Ok(receipt)
    }

    /// Ends the command that is being written, and lets others write. The server's answer is [`ImapGroup::commit`]'s.
    ///
    /// # Errors
    /// When the connection broke.
    pub async fn seal(&mut self) -> Result<(), TransportError> {
        if let Some(open) = self.open.take() {
            self.sent.push(open);
            self.target.inner.driver.tell(Order::Finish).await?;
        }
        self.floor = None;
        Ok(())
    }

    /// Looks at the answers that have come. What no other message can change, such as a full mailbox, ends the group.
    fn check_answers(&mut self) -> Result<(), TransportError> {
        while let Some(sent) = self.sent.get_mut(self.heard)
            && let Answer::Due(end) = &mut sent.end
            && let Ok(heard) = end.try_recv()
        {
            self.heard += 1;
            let refused = match &heard {
                Ok(line) if line.status != Status::Ok => Some(line.clone()),
                _ => None,
            };
            sent.end = Answer::Heard(heard);
            if let Some(error) = refused.map(|line| self.refusal(&line))
                && is_for_all(error.class)
            {
                return Err(error.of_target(self.host()));
            }
        }
        Ok(())
    }

    fn refusal(&self, line: &StatusLine) -> TransportError {
        let host = &self.target.inner.host;
        let message = format!("The server {host} does not take a message");
        refusal(line, message, ErrorClass::Refused)
    }

    fn check_size(&self, size: u64) -> Result<(), TransportError> {
        if size == 0 {
            let message = format!(
                "The server {} takes no message without a byte in it",
                self.target.inner.host
            );
            return Err(TransportError::new(ErrorClass::Refused, message));
        }
        match self.target.append_limit() {
            Some(limit) if size > limit => {
                let message = format!(
                    "The message has {size} bytes; the server {} takes {limit}",
                    self.target.inner.host
                );
                Err(TransportError::new(ErrorClass::TooBig, message))
            }
            _ => Ok(()),
        }
    }

    /// `(\Seen kw) "date" `, with the flags that the folder keeps.
    fn attributes(&mut self, meta: &MessageMeta) -> String {
        let (flags, dropped) = kept(
            &meta.flags,
            self.folder
                .state
                .as_ref()
                .and_then(|s| s.permanent_flags.as_deref()),
        );
        self.keywords_dropped += dropped;
        let date = match meta.internal_date {
            Some(date) if (0..=9999).contains(&date.civil().0) => format!("\"{date}\" "),
            _ => String::new(),
        };
        format!("({flags}) {date}")
    }

    /// The UIDs of `[APPENDUID validity set]` (RFC 4315), when they are believable.
    fn appended(&self, line: &StatusLine, count: usize) -> Option<UidSet> {
        let (validity, set) = line
            .argument
            .split_once(' ')
            .filter(|_| line.code == "APPENDUID")?;
        let known = self.folder.state.as_ref().map_or(0, |s| s.uid_validity);
        let set: UidSet = set.trim().parse().ok()?;
        (validity.parse() == Ok(known) && set.len() == count as u64).then_some(set)
    }
}

/// Whether a refusal is about every message that could follow now.
fn is_for_all(class: ErrorClass) -> bool {
    class.is_transient() || matches!(class, ErrorClass::Quota | ErrorClass::Vanished)
}

/// A command that was begun and is not ended leaves the server waiting.
impl Drop for ImapGroup {
    fn drop(&mut self) {
        if self.open.is_some() {
            self.target.inner.driver.broken.cancel();
        }
    }
}

/// The flags that a folder keeps, as text, and how many it does not.
pub(super) fn kept(flags: &FlagSet, permanent: Option<&[String]>) -> (String, u64) {
    let all = flags
        .system()
        .map(|flag| -> &str { flag.name() })
        .chain(flags.keywords());
    let takes = |name: &str| {
        let Some(permanent) = permanent.filter(|p| !p.is_empty()) else {
            return true;
        };
        let has = |wanted: &str| permanent.iter().any(|p| p.eq_ignore_ascii_case(wanted));
        has(name) || SystemFlag::parse(name).is_none() && has("\\*")
    };
    let (kept, lost): (Vec<&str>, Vec<&str>) = all.partition(|name| takes(name) && is_flag(name));
    (kept.join(" "), lost.len() as u64)
}

/// RFC 3501 section 9: a keyword is an atom.
fn is_flag(name: &str) -> bool {
    let atom = name.strip_prefix('\\').unwrap_or(name);
    !atom.is_empty()
        && atom
            .bytes()
            .all(|b| matches!(b, b'!'..=b'~') && !b"(){%*\"\\]".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_that_a_folder_keeps() {
        let flags = FlagSet::from_names(["\\Seen", "\\Draft", "$x", "a]b", "ü"]);
        let list = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect::<Vec<_>>();
        for (permanent, text, dropped) in [
            (None, "\\Seen \\Draft $x", 2),
            (Some(list(&[])), "\\Seen \\Draft $x", 2),
            (Some(list(&["\\Seen", "\\*"])), "\\Seen $x", 3),
            (
                Some(list(&["\\seen", "\\Draft", "$X"])),
                "\\Seen \\Draft $x",
                2,
            ),
            (Some(list(&["\\Draft"])), "\\Draft", 4),
        ] {
            assert_eq!(
                kept(&flags, permanent.as_deref()),
                (text.to_owned(), dropped)
            );
        }
    }
}
