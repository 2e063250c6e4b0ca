//! A wire in front of a server: counts what passes, keeps what was asked, and breaks where it is told to.

use std::sync::{Arc, Mutex};
use std::time::Duration;

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
    /// Not by itself: it stands still before so many bytes have passed in one direction, until it is let go or cut.
    Held(Side, u64),
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
    broken: Arc<watch::Sender<u64>>,
    hold: Arc<watch::Sender<Hold>>,
    task: JoinHandle<()>,
}

/// Whether a wire that is to stand still does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hold {
    Coming,
    Held,
    Over,
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
        let broken = Arc::new(watch::channel(0u64).0);
        let hold = Arc::new(watch::channel(Hold::Coming).0);
        let line = Line {
            state: Arc::clone(&state),
            at: Arc::new(at),
            broken: Arc::clone(&broken),
            hold: Arc::clone(&hold),
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
        Wire {
            port,
            state,
            broken,
            hold,
            task,
        }
    }

    /// Waits until it stands still.
    pub async fn until_held(&self) {
        let mut hold = self.hold.subscribe();
        let held = hold.wait_for(|hold| *hold == Hold::Held);
        let held = tokio::time::timeout(Duration::from_secs(60), held).await;
        held.expect("the wire never stood still").unwrap();
    }

    /// Lets pass what was held, and everything after it.
    pub fn let_go(&self) {
        self.hold.send_replace(Hold::Over);
    }

    /// Breaks all connections that are there; what was held is lost.
    pub fn cut(&self) {
        self.broken.send_modify(|times| *times += 1);
        self.hold.send_replace(Hold::Over);
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
    hold: Arc<watch::Sender<Hold>>,
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
            self.stand_still(side, count as u64).await;
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

    /// Waits where it is to stand still.
    async fn stand_still(&self, side: Side, count: u64) {
        let passed = self.state.lock().unwrap().passed[side as usize];
        let is_place =
            matches!(&*self.at, Break::Held(on, after) if *on == side && passed + count > *after);
        if is_place && *self.hold.borrow() != Hold::Over {
            self.hold.send_replace(Hold::Held);
            let mut hold = self.hold.subscribe();
            drop(hold.wait_for(|hold| *hold == Hold::Over).await);
        }
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
