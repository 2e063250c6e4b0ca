//! A relay in front of a server that lets so many bytes through and then holds everything still, so that a test can act at a
//! known moment of the work; or that breaks every connection.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

#[derive(Default)]
struct State {
    /// Bytes that may still pass from the server to the client, over all connections.
    left: u64,
    /// Connections that wait for more.
    held: usize,
    /// Everything is broken, and new connections too.
    broken: bool,
    streams: Vec<TcpStream>,
}

/// A running relay.
pub struct Relay {
    /// The port to connect to.
    pub port: u16,
    shared: Arc<(Mutex<State>, Condvar)>,
}

impl Relay {
    /// A relay to a port of this machine that lets `bytes` through.
    pub fn start(target: u16, bytes: u64) -> Relay {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new((
            Mutex::new(State {
                left: bytes,
                ..State::default()
            }),
            Condvar::new(),
        ));
        let state = Arc::clone(&shared);
        std::thread::spawn(move || {
            for client in listener.incoming() {
                let Ok(client) = client else { return };
                let Ok(server) = TcpStream::connect(("127.0.0.1", target)) else {
                    continue;
                };
                let mut now = state.0.lock().unwrap();
                if now.broken {
                    continue;
                }
                now.streams
                    .extend([client.try_clone().unwrap(), server.try_clone().unwrap()]);
                drop(now);
                let (to_server, to_client) =
                    (server.try_clone().unwrap(), client.try_clone().unwrap());
                let gate = Arc::clone(&state);
                std::thread::spawn(move || pump(client, to_server, None));
                std::thread::spawn(move || pump(server, to_client, Some(&gate)));
            }
        });
        Relay { port, shared }
    }

    /// Waits until a connection is held still.
    pub fn until_held(&self) {
        let until = Instant::now() + Duration::from_secs(60);
        let mut state = self.shared.0.lock().unwrap();
        while state.held == 0 {
            let left = until
                .checked_duration_since(Instant::now())
                .expect("the relay never held anything");
            state = self.shared.1.wait_timeout(state, left).unwrap().0;
        }
    }

    /// Lets so many bytes more through.
    pub fn allow(&self, bytes: u64) {
        let mut state = self.shared.0.lock().unwrap();
        state.left = state.left.saturating_add(bytes);
        state.broken = false;
        self.shared.1.notify_all();
    }

    /// Breaks every connection, and those that come.
    pub fn cut(&self) {
        let mut state = self.shared.0.lock().unwrap();
        state.broken = true;
        for stream in state.streams.drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
        self.shared.1.notify_all();
    }
}

fn pump(mut from: TcpStream, mut to: TcpStream, gate: Option<&(Mutex<State>, Condvar)>) {
    let mut chunk = [0; 4096];
    while let Ok(read @ 1..) = from.read(&mut chunk) {
        if let Some(gate) = gate
            && !pass(gate, read as u64)
        {
            break;
        }
        if to.write_all(&chunk[..read]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Write);
}

/// Waits until so many bytes may pass; false when everything is broken.
fn pass((state, changed): &(Mutex<State>, Condvar), bytes: u64) -> bool {
    let mut state = state.lock().unwrap();
    while state.left < bytes && !state.broken {
        state.held += 1;
        changed.notify_all();
        state = changed.wait(state).unwrap();
        state.held -= 1;
    }
    if state.broken {
        return false;
    }
    state.left -= bytes;
    true
}
