//! Messages off the wire: many RETR in flight where the server takes them, each message handed over when its end was seen.

use std::{collections::VecDeque, path::Path};

use tokio::sync::mpsc;

use super::{source::Pop3Source, spool::Spool};
use crate::{
    mail::InternalDate,
    transport::{Body, BodyStream, Budget, Content, ErrorClass, TransportError, content::Reading},
};

/// Messages up to this size are held whole.
const WHOLE: usize = 128 * 1024;
/// The first number of commands in flight; it doubles with every answer that comes.
const FIRST: usize = 16;
/// So many bytes may be on their way, as far as the server tells sizes right.
const IN_FLIGHT: u64 = 16 * 1024 * 1024;
/// So many refusals without a message between them, and the session is given up.
const MAX_REFUSALS: usize = 200;

/// A message that came whole.
#[derive(Debug)]
pub struct Retrieved {
    /// Its number in this session.
    pub number: u32,
    /// What it is known by.
    pub content: Content,
    /// When it arrived, as far as it says so itself.
    pub date: Option<InternalDate>,
    /// Its bytes, without the dots of the wire.
    pub body: Body,
}

/// A message that the server does not give.
#[derive(Clone, Debug)]
pub struct Refused {
    /// Its number in this session.
    pub number: u32,
    /// Why, in the server's words.
    pub error: TransportError,
}

impl Pop3Source {
    /// Retrieves messages, (number, size as told), in this order, and hands each over. Large ones wait in a file in `spool`
    /// meanwhile. Room is taken from `budget` before a message is handed over. Gives those that the server refused.
    ///
    /// # Errors
    /// When the connection breaks or the server answers what cannot be; what was handed over until then is whole. `Stopped`
    /// when the receiving end of `out` is gone. The session is of no more use then.
    pub async fn fetch(
        &mut self,
        wanted: &[(u32, u64)],
        budget: &Budget,
        spool: &Path,
        out: &mpsc::Sender<Retrieved>,
    ) -> Result<Vec<Refused>, TransportError> {
        let most = self.depth();
        let mut window = FIRST.min(most);
        let mut rest = wanted.iter().copied();
        let mut flying: VecDeque<(u32, u64)> = VecDeque::new();
        let mut refused = Vec::new();
        let mut in_a_row = 0;
        loop {
            // half a window at a time: one packet for many commands
            if flying.len() <= window / 2 {
                let mut bytes: u64 = flying.iter().map(|one| one.1).sum();
                while flying.len() < window
                    && (flying.is_empty() || bytes < IN_FLIGHT)
                    && let Some((number, size)) = rest.next()
                {
                    let command = format!("RETR {number}");
                    self.io.queue(&command, &command);
                    flying.push_back((number, size));
                    bytes = bytes.saturating_add(size);
                }
                self.io.flush().await?;
            }
            let Some((number, _)) = flying.pop_front() else {
                return Ok(refused);
            };
            let reply = self.io.reply().await?;
            if reply.is_ok {
                self.message(number, budget, spool, out).await?;
                window = (window * 2).min(most);
                in_a_row = 0;
                continue;
            }
            let error = self.refused(&reply, "give a message");
            in_a_row += 1;
            if error.class == ErrorClass::Throttle || in_a_row > MAX_REFUSALS {
                return Err(error.fatal());
            }
            refused.push(Refused { number, error });
        }
    }

    /// Reads a message to its end and hands it over.
    async fn message(
        &mut self,
        number: u32,
        budget: &Budget,
        spool: &Path,
        out: &mpsc::Sender<Retrieved>,
    ) -> Result<(), TransportError> {
        let mut reading = Reading::new();
        let mut body = self.io.body();
        let mut bytes = Vec::new();
        let mut read = 0;
        let mut file: Option<Spool> = None;
        let mut size = 0_u64;
        loop {
            let is_end = self.io.more(&mut body, &mut bytes).await?;
            reading.add(&bytes[read..]);
            size += (bytes.len() - read) as u64;
            read = bytes.len();
            if is_end && file.is_none() {
                break;
            }
            if bytes.len() > WHOLE || is_end {
                let mut spooled = match file {
                    Some(file) => file,
                    None => Spool::create(spool).await?,
                };
                spooled.write(&bytes).await?;
                (read, file) = (0, Some(spooled));
                bytes.clear();
            }
            if is_end {
                break;
            }
        }
        let (content, date) = reading.end();
        let retrieved = |body| Retrieved {
            number,
            content,
            date,
            body,
        };
        let Some(mut file) = file else {
            let piece = budget.piece(bytes).await;
            let sent = out.send(retrieved(Body::Whole(piece))).await;
            return sent.map_err(|_| stopped());
        };
        file.rewind().await?;
        let (feed, stream) = BodyStream::new(size);
        let sent = out.send(retrieved(Body::Stream(stream))).await;
        sent.map_err(|_| stopped())?;
        while let Some(piece) = file.piece(budget).await? {
            // who does not want the rest of it has dropped the stream
            if feed.send(piece).await.is_err() {
                break;
            }
        }
        Ok(())
    }
}

fn stopped() -> TransportError {
    TransportError::new(ErrorClass::Stopped, "Nobody takes the messages any more").fatal()
}
