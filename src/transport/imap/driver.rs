//! The writing side of a connection: one task owns it, writes what it is told and gives every command's end to the one
//! who waits for it. So several commands are on their way at once, and answers are read while messages are written.

use std::{
    collections::HashMap,
    future::Future,
    pin::Pin,
    sync::{Arc, OnceLock},
};

use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

use super::{
    command::Command,
    connection::{Connection, Tag},
    io::Event,
    response::{Response, StatusLine},
};
use crate::transport::{ErrorClass, Piece, TransportError};

/// How a command ended: the server's status line, or why there is none.
pub(super) type End = Result<StatusLine, TransportError>;
/// Work that needs the whole connection for a while.
pub(super) type Work = Box<
    dyn for<'a> FnOnce(&'a mut Connection) -> Pin<Box<dyn Future<Output = ()> + Send + 'a>> + Send,
>;

/// Commands on their way at once.
const DEPTH: usize = 8;

/// What the driver is told, in order.
pub(super) enum Order {
    /// Sends a command whose last text announces a literal; its bytes follow. With `waits` the server must say `+` first.
    Start {
        command: Command,
        waits: bool,
        end: oneshot::Sender<End>,
    },
    /// Text inside the command that is being written, announcing the next literal.
    More { text: String, waits: bool },
    /// Bytes of the literal.
    Bytes(Piece),
    /// The end of the command that is being written.
    Finish,
    /// Work for when every command has ended.
    Do(Work),
}

/// The caller's side. Cheap to clone; the connection ends with the last of them.
#[derive(Clone)]
pub(super) struct Driver {
    orders: mpsc::Sender<Order>,
    /// Set when a command was given up in the middle: nothing sensible can follow it.
    pub(super) broken: CancellationToken,
    /// Why the connection ended, once it has.
    failure: Arc<OnceLock<TransportError>>,
}

impl Driver {
    /// Gives the connection to a task of its own.
    pub(super) fn start(connection: Connection) -> Self {
        let (orders, inbox) = mpsc::channel(4);
        let broken = CancellationToken::new();
        let failure = Arc::default();
        let run = Run {
            connection,
            ends: HashMap::new(),
            inbox,
            broken: broken.clone(),
            failure: Arc::clone(&failure),
            writing: None,
        };
        tokio::spawn(run.all());
        Self {
            orders,
            broken,
            failure,
        }
    }

    /// Tells the driver.
    ///
    /// # Errors
    /// Why the connection ended, when it has.
    pub(super) async fn tell(&self, order: Order) -> Result<(), TransportError> {
        self.orders.send(order).await.map_err(|_| self.gone())
    }

    /// Runs work with the whole connection.
    pub(super) async fn with<T: Send + 'static>(
        &self,
        work: impl for<'a> FnOnce(
            &'a mut Connection,
        ) -> Pin<
            Box<dyn Future<Output = Result<T, TransportError>> + Send + 'a>,
        > + Send
        + 'static,
    ) -> Result<T, TransportError> {
        let (sender, receiver) = oneshot::channel();
        let work: Work = Box::new(move |connection| {
            Box::pin(async move {
                // a caller that gave up waiting does not matter
                let _ = sender.send(work(connection).await);
            })
        });
        self.tell(Order::Do(work)).await?;
        receiver.await.map_err(|_| self.gone())?
    }

    /// Why the connection is gone.
    pub(super) fn gone(&self) -> TransportError {
        let unknown = || {
            TransportError::new(
                ErrorClass::Transport,
                "The connection to the target is gone",
            )
        };
        self.failure.get().cloned().unwrap_or_else(unknown)
    }
}

struct Run {
    connection: Connection,
    ends: HashMap<Tag, oneshot::Sender<End>>,
    inbox: mpsc::Receiver<Order>,
    broken: CancellationToken,
    failure: Arc<OnceLock<TransportError>>,
    /// The command that is being written.
    writing: Option<Tag>,
}

impl Run {
    async fn all(mut self) {
        let end = self.serve().await;
        let Err(error) = end else { return };
        // the first failure is the one to tell
        let _ = self.failure.set(error.clone());
        for (_, waiter) in self.ends.drain() {
            let _ = waiter.send(Err(error.clone()));
        }
        // whoever tells more must hear the same
        self.inbox.close();
        while let Some(order) = self.inbox.recv().await {
            if let Order::Start { end, .. } = order {
                let _ = end.send(Err(error.clone()));
            }
        }
    }

    async fn serve(&mut self) -> Result<(), TransportError> {
        let broken = self.broken.clone();
        loop {
            let may_take = self.writing.is_some() || self.ends.len() < DEPTH;
            tokio::select! {
                () = broken.cancelled() => return Err(TransportError::new(ErrorClass::Stopped, "A message was given up in the middle").fatal()),
                order = self.inbox.recv(), if may_take => match order {
                    Some(order) => self.obey(order).await?,
                    None => return self.farewell().await,
                },
                event = self.connection.next(), if self.connection.is_busy() => self.heed(event?),
            }
        }
    }

    async fn obey(&mut self, order: Order) -> Result<(), TransportError> {
        match order {
            Order::Start {
                command,
                waits,
                end,
            } => {
                // the literals of the command itself may need the server's "go on"
                let compress = self.connection.wants_compression();
                if compress || !command.literals.is_empty() {
                    self.settle().await?;
                }
                if compress {
                    self.connection.compress().await?;
                }
                match self.connection.start(&command).await {
                    Ok(tag) => {
                        self.ends.insert(tag.clone(), end);
                        self.writing = Some(tag);
                    }
                    Err(error) => {
                        let _ = end.send(Err(error.clone()));
                        return if error.is_fatal { Err(error) } else { Ok(()) };
                    }
                }
                self.go_on(waits).await
            }
            Order::More { text, waits } => {
                if self.writing.is_none() {
                    return Ok(());
                }
                self.connection.write(text.as_bytes()).await?;
                self.connection.write(b"\r\n").await?;
                self.go_on(waits).await
            }
            Order::Bytes(piece) => match self.writing {
                Some(_) => self.connection.write(&piece).await,
                None => Ok(()),
            },
            Order::Finish => match self.writing.take() {
                Some(_) => {
                    self.connection.write(b"\r\n").await?;
                    self.connection.flush().await
                }
                None => Ok(()),
            },
            Order::Do(work) => {
                self.settle().await?;
                work(&mut self.connection).await;
                Ok(())
            }
        }
    }

    /// Waits for the server's `+`; when it refuses the command instead, what was to follow is not written.
    async fn go_on(&mut self, waits: bool) -> Result<(), TransportError> {
        if !waits {
            return Ok(());
        }
        self.connection.flush().await?;
        while let Some(tag) = &self.writing {
            if !self.ends.contains_key(tag) {
                self.writing = None;
                break;
            }
            self.connection.acknowledge_at_once();
            match self.connection.next().await? {
                Event::Response(Response::Continue(_)) => break,
                event => self.heed(event),
            }
        }
        Ok(())
    }

    async fn settle(&mut self) -> Result<(), TransportError> {
        while self.connection.is_busy() {
            let event = self.connection.next().await?;
            self.heed(event);
        }
        Ok(())
    }

    fn heed(&mut self, event: Event) {
        if let Event::Response(Response::Tagged { tag, line }) = event
            && let Some(waiter) = self.ends.remove(&tag)
        {
            let _ = waiter.send(Ok(line));
        }
    }

    /// Says good-bye when everything is written and answered; what the server makes of it does not matter.
    async fn farewell(&mut self) -> Result<(), TransportError> {
        if self.writing.is_none() {
            self.settle().await?;
            let _ = self.connection.start(&Command::new("LOGOUT")).await;
        }
        Ok(())
    }
}
