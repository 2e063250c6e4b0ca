//! The servers of a test: a source with mail, and where the mail goes to.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use tokio::runtime::Runtime;

use crate::case::Case;
use crate::maildir::{self, Mail};
use crate::support::corpus::{self, Numbers};
use crate::support::dovecot::{Dovecot, Options, give};
use crate::wire::Wire;

/// Where mail goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    /// The mail store.
    Store,
    /// A server with MULTIAPPEND, LITERAL+ and UIDPLUS.
    Full,
    /// A server without MULTIAPPEND: APPENDs one behind the other.
    Single,
    /// A server without MULTIAPPEND and LITERAL+: each literal waits for a word of the server.
    Waiting,
    /// A server without UIDPLUS, which does not tell what UIDs it gave.
    Mute,
}

impl To {
    /// Every kind of server.
    pub const SERVERS: [Self; 4] = [Self::Full, Self::Single, Self::Waiting, Self::Mute];

    fn capabilities(self) -> &'static str {
        match self {
            Self::Store => "",
            Self::Full => "UIDPLUS LITERAL+ MULTIAPPEND",
            Self::Single => "UIDPLUS LITERAL+",
            Self::Waiting => "UIDPLUS",
            Self::Mute => "LITERAL+ MULTIAPPEND",
        }
    }
}

/// Servers, and a runtime for what talks to them.
pub struct World {
    pub runtime: Runtime,
    pub source: Dovecot,
    pub to: To,
    pub target: Option<Dovecot>,
    /// In front of a server that is not to tell UIDs: Dovecot does so whatever it says of itself.
    mask: Option<Wire>,
    users: AtomicU32,
}

impl World {
    /// With so many messages in the inbox of the source and fewer in other folders.
    pub fn new(to: To, messages: usize) -> World {
        World::with(to, messages, "")
    }

    /// The same, with these lines in the configuration of the target.
    pub fn with(to: To, messages: usize, more: &str) -> World {
        let runtime = Runtime::new().unwrap();
        let source = Dovecot::start();
        source.user("ann", "secret");
        seed(&source.maildir("ann"), messages);
        let capabilities = format!(
            "imap_capability = IMAP4rev1 SASL-IR ID ENABLE IDLE CHILDREN NAMESPACE LIST-EXTENDED LIST-STATUS UNSELECT CONDSTORE \
             QRESYNC ESEARCH SPECIAL-USE STATUS=SIZE {}\n{more}",
            to.capabilities()
        );
        let target = (to != To::Store).then(|| {
            Dovecot::with(&Options {
                anyone: true,
                more: capabilities,
                ..Options::default()
            })
        });
        let mask = target
            .as_ref()
            .filter(|_| to == To::Mute)
            .map(|target| runtime.block_on(Wire::masked(target.imap, b"APPENDUID", b"X-NOTHING")));
        World {
            runtime,
            source,
            to,
            target,
            mask,
            users: AtomicU32::new(0),
        }
    }

    /// The source's mail.
    pub fn mail(&self) -> Mail {
        maildir::mail(&self.inbox())
    }

    /// Where the source's mail lies.
    pub fn inbox(&self) -> PathBuf {
        self.source.maildir("ann")
    }

    /// The port of the target; 0 when it is the mail store.
    pub fn target_port(&self) -> u16 {
        match (&self.mask, &self.target) {
            (Some(mask), _) => mask.port,
            (None, Some(target)) => target.imap,
            (None, None) => 0,
        }
    }

    /// A mailbox at the target server that nobody has used, and where its mail lies.
    pub fn target_user(&self) -> Option<(String, PathBuf)> {
        let target = self.target.as_ref()?;
        let user = format!("t{}", self.users.fetch_add(1, Ordering::SeqCst));
        let maildir = target.maildir(&user);
        Some((user, maildir))
    }

    /// A migration with nothing between.
    pub async fn case(&self) -> Case {
        self.case_at(self.source.imap, self.target_port()).await
    }

    /// A migration that asks the source and the target at these ports.
    pub async fn case_at(&self, source: u16, target: u16) -> Case {
        Case::new(source, target, self.target_user()).await
    }
}

/// Ordinary mail, twins, a message without an identity; flags, keywords, dates.
pub fn seed(maildir: &Path, messages: usize) {
    let mut numbers = Numbers(7);
    let mut serial = 0;
    for (folder, count) in [
        ("", messages),
        (".Sent", messages / 2),
        (".Archive.2019", messages / 3),
        (".Empty", 0),
    ] {
        let path = maildir.join(folder);
        for part in ["cur", "new", "tmp"] {
            fs::create_dir_all(path.join(part)).unwrap();
        }
        let keywords = "0 $Forwarded\n1 NonJunk\n2 $label1\n3 Work-2019\n";
        fs::write(path.join("dovecot-keywords"), keywords).unwrap();
        let mut bodies: Vec<Vec<u8>> = (0..count).map(|_| short(&mut numbers)).collect();
        if let [first, second, third, .., last] = &mut bodies[..] {
            // true twins, and one that nothing names
            last.clone_from(first);
            second.clone_from(first);
            *third = b"X-Only: 1\n\nnothing that identifies it\n".to_vec();
        }
        for body in bodies {
            serial += 1;
            corpus::write(&path, serial, &body, &mut numbers);
        }
    }
    give(maildir.parent().unwrap());
}

fn short(numbers: &mut Numbers) -> Vec<u8> {
    let n = numbers.next();
    let line = "line of a message, long enough to count\n".repeat(1 + n as usize % 12);
    format!(
        "From: s{}@rig.test\nTo: ann@rig.test\nSubject: message {n:x}\nDate: Mon, 2 Mar 2015 10:00:00 +0000\n\
         Message-ID: <{n:x}@rig.test>\n\n{line}",
        n % 9
    )
    .into_bytes()
}
