//! A wire in front of a server: counts what passes, keeps what was asked, and breaks where it is told to.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

/// A direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// From the client to the server.
    Up = 0,
    /// From the server to the client.
    Down = 1,
}

/// Where the wire breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Break {
    /// Nowhere.
    Never,
    /// Once, when so many bytes have passed in one direction over all connections.
    After(Side, u64),
    /// Each time these bytes come by: they and what follows do not pass.
    Before(Side, Vec<u8>),
}

#[derive(Default)]
struct State {
    passed: [u64; 2],
    asked: Vec<u8>,
    breaks: u64,
}

/// Listens on a port of its own while it lives.
pub struct Wire {
    pub port: u16,
    state: Arc<Mutex<State>>,
    task: JoinHandle<()>,
}

impl Wire {
    /// A wire to a port of this machine. With `hard` it breaks with a reset, else as if the other side had closed.
    pub async fn start(server: u16, at: Break, hard: bool) -> Wire {
        Wire::of(server, at, hard, None).await
    }

    /// A wire on which the server's bytes `from` come as `to`, which are as many.
    pub async fn masked(server: u16, from: &'static [u8], to: &'static [u8]) -> Wire {
        assert_eq!(from.len(), to.len());
        Wire::of(server, Break::Never, false, Some((from, to))).await
    }

    async fn of(server: u16, at: Break, hard: bool, mask: Option<Mask>) -> Wire {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new(Mutex::new(State::default()));
        let (broken, _) = watch::channel(0u64);
        let line = Line {
            state: Arc::clone(&state),
            at: Arc::new(at),
            broken: Arc::new(broken),
            hard,
            mask,
        };
        let task = tokio::spawn(async move {
            let mut lines = JoinSet::new();
            while let Ok((client, _)) = listener.accept().await {
                if let Ok(upstream) = TcpStream::connect(("127.0.0.1", server)).await {
                    lines.spawn(line.clone().carry(client, upstream));
                }
            }
        });
        Wire { port, state, task }
    }

    /// Bytes that have passed.
    pub fn passed(&self, side: Side) -> u64 {
        self.state.lock().unwrap().passed[side as usize]
    }

    /// How often it broke.
    pub fn breaks(&self) -> u64 {
        self.state.lock().unwrap().breaks
    }

    /// Everything the client said since the last call.
    pub fn asked(&self) -> String {
        let asked = std::mem::take(&mut self.state.lock().unwrap().asked);
        String::from_utf8_lossy(&asked).into_owned()
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.task.abort();
    }
}

type Mask = (&'static [u8], &'static [u8]);

#[derive(Clone)]
struct Line {
    state: Arc<Mutex<State>>,
    at: Arc<Break>,
    broken: Arc<watch::Sender<u64>>,
    hard: bool,
    mask: Option<Mask>,
}

impl Line {
    async fn carry(self, mut client: TcpStream, mut server: TcpStream) {
        let mut broken = self.broken.subscribe();
        broken.mark_unchanged();
        {
            let (from_client, to_client) = client.split();
            let (from_server, to_server) = server.split();
            tokio::select! {
                () = self.pump(Side::Up, from_client, to_server) => {}
                () = self.pump(Side::Down, from_server, to_client) => {}
                _ = broken.changed() => {}
            }
        }
        if self.hard && broken.has_changed().unwrap_or(true) {
            for stream in [&client, &server] {
                drop(stream.set_zero_linger());
            }
        }
    }

    async fn pump<R, W>(&self, side: Side, mut from: R, mut to: W)
    where
        R: AsyncReadExt + Unpin,
        W: AsyncWriteExt + Unpin,
    {
        let mut chunk = vec![0; 16 * 1024];
        let mut tail = Vec::new();
        while let Ok(count @ 1..) = from.read(&mut chunk).await {
            if let (Side::Down, Some((from, to))) = (side, self.mask) {
                // an answer of Dovecot comes in one piece
                for at in 0..count.saturating_sub(from.len() - 1) {
                    if chunk[at..].starts_with(from) {
                        chunk[at..at + to.len()].copy_from_slice(to);
                    }
                }
            }
            let (pass, breaks) = self.judge(side, &chunk[..count], &mut tail);
            if to.write_all(&chunk[..pass]).await.is_err() {
                return;
            }
            if breaks {
                self.state.lock().unwrap().breaks += 1;
                self.broken.send_modify(|times| *times += 1);
                return;
            }
        }
        // the last bytes of one side are on their way before the other side learns of its end
        drop(to.shutdown().await);
        std::future::pending::<()>().await;
    }

    /// How many of these bytes pass, and whether the wire breaks after them.
    fn judge(&self, side: Side, bytes: &[u8], tail: &mut Vec<u8>) -> (usize, bool) {
        let mut state = self.state.lock().unwrap();
        let before = state.passed[side as usize];
        let (pass, breaks) = match &*self.at {
            Break::After(on, after) if *on == side && state.breaks == 0 => {
                let left = after.saturating_sub(before);
                (
                    left.min(bytes.len() as u64) as usize,
                    left <= bytes.len() as u64,
                )
            }
            Break::Before(on, mark) if *on == side => {
                let known = tail.len();
                tail.extend_from_slice(bytes);
                let found = tail.windows(mark.len()).position(|window| window == mark);
                let pass = found.map_or(bytes.len(), |at| at.saturating_sub(known));
                tail.drain(..tail.len().saturating_sub(mark.len()));
                (pass, found.is_some())
            }
            _ => (bytes.len(), false),
        };
        state.passed[side as usize] += pass as u64;
        if side == Side::Up {
            state.asked.extend_from_slice(&bytes[..pass]);
        }
        (pass, breaks)
    }
}
