//! The hand-over of a message from a source to a target.

use tokio::sync::mpsc;

use super::{ErrorClass, Piece, TransportError};
use crate::mail::MessageMeta;

/// A message on its way. Its bytes are exactly the ones the source sent.
#[derive(Debug)]
pub struct Incoming {
    /// What its source says of it. `meta.size` is what the source told, `body.size()` what it sends.
    pub meta: MessageMeta,
    /// Its bytes.
    pub body: Body,
}

/// The bytes of a message.
#[derive(Debug)]
pub enum Body {
    /// All of them.
    Whole(Piece),
    /// A large message, as it comes off the wire.
    Stream(BodyStream),
}

impl Body {
    /// How many bytes it has, known before the first of a stream arrives.
    pub fn size(&self) -> u64 {
        match self {
            Self::Whole(piece) => piece.len() as u64,
            Self::Stream(stream) => stream.size,
        }
    }
}

/// The bytes of a large message, piece by piece. Ends without an error only after `size` bytes.
#[derive(Debug)]
pub struct BodyStream {
    size: u64,
    seen: u64,
    pieces: mpsc::Receiver<Piece>,
}

impl BodyStream {
    /// A stream of `size` bytes and the end that feeds it. When that end is dropped early, the stream ends in an error.
    pub fn new(size: u64) -> (mpsc::Sender<Piece>, Self) {
        let (sender, pieces) = mpsc::channel(2);
        (
            sender,
            Self {
                size,
                seen: 0,
                pieces,
            },
        )
    }

    /// How many bytes it has in all.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The next piece; `None` at the end of the message.
    ///
    /// # Errors
    /// `Transport` when the source broke off before the end, `Malformed` when it gave more than it had announced.
    pub async fn next(&mut self) -> Result<Option<Piece>, TransportError> {
        match self.pieces.recv().await {
            Some(piece) => {
                self.seen += piece.len() as u64;
                if self.seen > self.size {
                    return Err(TransportError::new(
                        ErrorClass::Malformed,
                        "The source gave more bytes than it had announced",
                    ));
                }
                Ok(Some(piece))
            }
            None if self.seen == self.size => Ok(None),
            None => Err(TransportError::new(
                ErrorClass::Transport,
                format!(
                    "The source broke off after {} of {} bytes of a message",
                    self.seen, self.size
                ),
            )),
        }
    }
}
