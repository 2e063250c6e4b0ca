//! The client side of the POP3 tests.

use std::{path::PathBuf, time::Duration};

use mailtern::transport::{
    Body, Budget, Content, NetSettings, Security, TransportError,
    pop3::{Listed, Pop3Settings, Pop3Source, Refused},
};
use tokio::sync::mpsc;

/// Settings for a server on loopback that is given up after ten seconds of silence.
pub fn settings(port: u16, security: Security) -> Pop3Settings {
    let mut net = NetSettings::new("127.0.0.1", port, security);
    net.connect_timeout = Duration::from_secs(10);
    net.idle_timeout = Duration::from_secs(10);
    Pop3Settings::new(net)
}

/// A message that arrived whole.
pub struct Arrived {
    pub number: u32,
    pub content: Content,
    pub date: Option<i64>,
    pub bytes: Vec<u8>,
}

/// Fetches and collects everything.
pub async fn fetch(
    source: &mut Pop3Source,
    listed: &[Listed],
) -> (Result<Vec<Refused>, TransportError>, Vec<Arrived>) {
    let wanted: Vec<(u32, u64)> = listed.iter().map(|one| (one.number, one.size)).collect();
    let (sender, mut receiver) = mpsc::channel(4);
    let budget = Budget::new(Budget::LEAST);
    let spool = std::env::temp_dir();
    let feed = async {
        let result = source
            .fetch(&wanted, &budget, &PathBuf::from(&spool), &sender)
            .await;
        drop(sender);
        result
    };
    let collect = async {
        let mut arrived = Vec::new();
        while let Some(one) = receiver.recv().await {
            let bytes = match one.body {
                Body::Whole(piece) => piece.to_vec(),
                Body::Stream(mut stream) => {
                    let mut bytes = Vec::new();
                    while let Some(piece) = stream.next().await.unwrap() {
                        bytes.extend_from_slice(&piece);
                    }
                    bytes
                }
            };
            let date = one.date.map(|date| date.unix);
            let (number, content) = (one.number, one.content);
            arrived.push(Arrived {
                number,
                content,
                date,
                bytes,
            });
        }
        arrived
    };
    let both = tokio::join!(feed, collect);
    assert_eq!(budget.free(), Budget::LEAST, "room was not given back");
    both
}
