//! A wire that breaks: forwards to a server until so many bytes have come from it, then cuts everything; whoever connects after
//! that is cut at once, until the wire is mended.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Listens on a port of its own while it lives.
pub struct Proxy {
    pub port: u16,
    left: Arc<AtomicI64>,
    is_cut: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Proxy {
    /// Forwards to `server` until `bytes` have come from it.
    pub async fn start(server: u16, bytes: i64) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let left = Arc::new(AtomicI64::new(bytes));
        let (is_cut, _) = watch::channel(false);
        let (budget, cut) = (Arc::clone(&left), is_cut.clone());
        let task = tokio::spawn(async move {
            let mut lines = tokio::task::JoinSet::new();
            loop {
                let (client, _) = listener.accept().await.unwrap();
                if *cut.borrow() {
                    continue;
                }
                let upstream = TcpStream::connect(("127.0.0.1", server)).await.unwrap();
                lines.spawn(line(client, upstream, Arc::clone(&budget), cut.clone()));
            }
        });
        Self {
            port,
            left,
            is_cut,
            task,
        }
    }

    /// Waits until the wire is cut.
    pub async fn wait_cut(&self) {
        let mut is_cut = self.is_cut.subscribe();
        is_cut.wait_for(|cut| *cut).await.unwrap();
    }

    /// Lets so many bytes more through.
    pub fn mend(&self, bytes: i64) {
        self.left.store(bytes, Ordering::SeqCst);
        self.is_cut.send_replace(false);
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn line(
    client: TcpStream,
    upstream: TcpStream,
    left: Arc<AtomicI64>,
    cut: watch::Sender<bool>,
) {
    let mut is_cut = cut.subscribe();
    tokio::select! {
        () = forward(client, upstream, left, &cut) => {}
        _ = is_cut.wait_for(|cut| *cut) => {}
    }
}

async fn forward(
    mut client: TcpStream,
    mut upstream: TcpStream,
    left: Arc<AtomicI64>,
    cut: &watch::Sender<bool>,
) {
    let (mut from_client, mut to_client) = client.split();
    let (mut from_server, mut to_server) = upstream.split();
    let up = tokio::io::copy(&mut from_client, &mut to_server);
    let down = async {
        let mut buffer = vec![0; 16 * 1024];
        loop {
            let count = match from_server.read(&mut buffer).await {
                Ok(count) if count > 0 => count as i64,
                _ => return,
            };
            let rest = left.fetch_sub(count, Ordering::SeqCst);
            let send = count.min(rest).max(0) as usize;
            if to_client.write_all(&buffer[..send]).await.is_err() {
                return;
            }
            if rest <= count {
                cut.send_replace(true);
                return;
            }
        }
    };
    tokio::select! {
        _ = up => {}
        () = down => {}
    }
}
