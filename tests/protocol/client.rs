//! The client side of the tests.

use std::time::Duration;

use mailtern::{
    mail::{Secret, UidSet},
    transport::{
        Body, Budget, Incoming, NetSettings, Security, TransportError,
        imap::{Fetched, ImapSettings, ImapSource, Login, WireName},
    },
};
use tokio::sync::mpsc;

/// Settings for a server on loopback that is given up after a second of silence.
pub fn settings(port: u16, security: Security) -> ImapSettings {
    let mut net = NetSettings::new("127.0.0.1", port, security);
    net.connect_timeout = Duration::from_secs(10);
    net.idle_timeout = Duration::from_secs(10);
    ImapSettings::new(net)
}

pub fn login(user: &str, password: &str) -> Login {
    Login::new(user, Secret::new(password))
}

/// The script until a folder is open: `u` with the password `p` on a server with these capabilities.
pub fn opened(capabilities: &str) -> String {
    format!(
        "S: * OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] hello\n\
         C: $a AUTHENTICATE PLAIN AHUAcA==\n\
         S: $a OK [CAPABILITY IMAP4rev1 {capabilities}] in\n\
         C: $a EXAMINE \"INBOX\"\n\
         S: * 4 EXISTS\n\
         S: * OK [UIDVALIDITY 7] v\n\
         S: $a OK [READ-ONLY] open\n"
    )
}

/// Logs in as `u` and opens INBOX.
pub async fn open(settings: &ImapSettings) -> ImapSource {
    let mut source = ImapSource::connect(settings, &login("u", "p"))
        .await
        .unwrap();
    source.examine(&WireName(b"INBOX".to_vec())).await.unwrap();
    source
}

/// What arrived of a message: UID, bytes, and whether the bytes came to their end.
#[derive(Debug, PartialEq, Eq)]
pub struct Arrived {
    pub uid: u32,
    pub bytes: Vec<u8>,
    pub is_whole: bool,
    pub flags: String,
    pub date: Option<i64>,
}

/// Fetches and collects everything.
pub async fn fetch(
    source: &mut ImapSource,
    uids: &str,
) -> (Result<Fetched, TransportError>, Vec<Arrived>) {
    let uids: UidSet = uids.parse().unwrap();
    let (sender, mut receiver) = mpsc::channel(4);
    let budget = Budget::new(Budget::LEAST);
    let feed = async {
        let result = source.fetch(&uids, &budget, &sender).await;
        drop(sender);
        result
    };
    let collect = async {
        let mut arrived = Vec::new();
        while let Some(message) = receiver.recv().await {
            arrived.push(read(message).await);
        }
        arrived
    };
    let both = tokio::join!(feed, collect);
    assert_eq!(budget.free(), Budget::LEAST, "room was not given back");
    both
}

async fn read(message: Incoming) -> Arrived {
    let Incoming { meta, body } = message;
    let (bytes, is_whole) = match body {
        Body::Whole(piece) => (piece.to_vec(), true),
        Body::Stream(mut stream) => {
            let mut bytes = Vec::new();
            loop {
                match stream.next().await {
                    Ok(Some(piece)) => bytes.extend_from_slice(&piece),
                    Ok(None) => break (bytes, true),
                    Err(_) => break (bytes, false),
                }
            }
        }
    };
    Arrived {
        uid: meta.uid,
        bytes,
        is_whole,
        flags: meta.flags.to_string(),
        date: meta.internal_date.map(|d| d.unix),
    }
}
