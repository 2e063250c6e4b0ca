//! Mail to migrate: folders and messages of the kinds that have broken migrations before. The same seed gives the same mail.

use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use super::dovecot::give;

/// Folders as directories of Maildir++ (modified UTF-7, dots and backslashes inside a name escaped).
const FOLDERS: &[&str] = &[
    "",
    ".Sent",
    ".Drafts",
    ".Archive",
    ".Archive.2019",
    ".Archive.2019.Q1",
    ".Entw&APw-rfe",
    ".&ZeVnLIqe-.&U9dP4Xux-",
    ".R&-D",
    ".He said \"hi\"",
    ".v1\\2e2\\2efinal",
    ".back\\5cslash",
    ".50% off *now*",
    ".[Gmail].All Mail",
    ".Empty",
    ".(paren) {5}",
];

const KEYWORDS: &[&str] = &["$Forwarded", "NonJunk", "$label1", "Work-2019"];

/// Numbers that look random and are not (splitmix64).
pub struct Numbers(pub u64);

impl Numbers {
    /// The next one.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// One below a bound.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }
}

/// Writes a mailbox of about `messages` messages, the odd ones among them, as a Maildir++ tree for Dovecot.
/// Gives the number of messages.
pub fn seed(maildir: &Path, seed: u64, messages: usize) -> usize {
    let mut numbers = Numbers(seed);
    let mut serial = 0;
    for (at, folder) in FOLDERS.iter().enumerate() {
        let path = maildir.join(folder);
        for part in ["cur", "new", "tmp"] {
            fs::create_dir_all(path.join(part)).unwrap();
        }
        if !folder.is_empty() {
            File::create(path.join("maildirfolder")).unwrap();
        }
        let keywords: String = KEYWORDS
            .iter()
            .enumerate()
            .map(|(i, word)| format!("{i} {word}\n"))
            .collect();
        fs::write(path.join("dovecot-keywords"), keywords).unwrap();
        let mut bodies: Vec<Vec<u8>> = if at == 0 { odd() } else { Vec::new() };
        if *folder != ".Empty" {
            let share = if at == 0 {
                messages / 2
            } else {
                messages / 2 / FOLDERS.len()
            };
            bodies.extend((0..share).map(|_| ordinary(&mut numbers)));
        }
        for body in bodies {
            serial += 1;
            write(&path, serial, &body, &mut numbers);
        }
    }
    if let Some(user) = maildir.parent() {
        give(user);
    }
    serial
}

/// Writes one message into a folder of a Maildir.
pub fn write(folder: &Path, serial: usize, body: &[u8], numbers: &mut Numbers) {
    let at = 1_400_000_000 + numbers.below(200_000_000);
    let mut letters: Vec<char> = "DFRSTabcd"
        .chars()
        .filter(|_| numbers.below(4) == 0)
        .collect();
    letters.sort_unstable();
    let letters: String = letters.into_iter().collect();
    let path = folder
        .join("cur")
        .join(format!("{at}.M{serial}.source:2,{letters}"));
    fs::write(&path, body).unwrap();
    File::options()
        .append(true)
        .open(&path)
        .unwrap()
        .set_modified(UNIX_EPOCH + Duration::from_secs(at))
        .unwrap();
    give(&path);
}

/// A message of no surprises, some kilobytes long.
pub fn ordinary(numbers: &mut Numbers) -> Vec<u8> {
    let n = numbers.next();
    let mut text = format!(
        "From: Sender {} <s{}@rig.test>\nTo: someone@rig.test\nSubject: message {n:x}\nDate: Mon, 2 Mar 2015 10:00:00 +0000\nMessage-ID: <{n:x}@rig.test>\n\n",
        n % 90,
        n % 90
    );
    for _ in 0..numbers.below(120) + 1 {
        text.push_str(&format!(
            "line {:x} of a message, long enough to count\n",
            numbers.next()
        ));
    }
    text.into_bytes()
}

/// One of each shape that has broken migrations.
fn odd() -> Vec<Vec<u8>> {
    let head = "From: a@rig.test\nTo: b@rig.test\nSubject: odd\n";
    let mut all: Vec<Vec<u8>> = [
        format!("{head}Message-ID: <twice@rig.test>\n\nfirst\n"),
        format!("{head}Message-ID: <twice@rig.test>\n\nsecond\n"),
        format!("{head}Message-ID: <same@rig.test>\n\nsame\n"),
        format!("{head}Message-ID: <same@rig.test>\n\nsame\n"),
        format!("{head}\nno id\n"),
        "X-Only: 1\n\nnothing that identifies it\n".into(),
        format!("{head}\n"),
        head.into(),
        "\nno header at all\n".into(),
        format!("{head}X-Long: {}\n\nlong header\n", "x".repeat(60_000)),
        format!("{head}\n{}\n", "y".repeat(200_000)),
        format!("{head}\nno final newline"),
        format!("{head}\na\rlone\rCR\n"),
        format!("{head}\n.\n..\n)\n* BYE\n{{10}}\n* 1 FETCH (UID 1 BODY[] {{3}}\nFrom here\n>From there\n"),
        format!("From sender Mon Jan  1 00:00:00 2018\n{head}\nmbox line\n"),
        format!("{head}\nwith CRLF\n").replace('\n', "\r\n"),
    ]
    .into_iter()
    .map(String::into_bytes)
    .collect();
    all.push(
        [
            head.as_bytes(),
            b"X-Name: J\xfcrgen Gr\xf6\xdfe\n\nraw 8-bit\n",
        ]
        .concat(),
    );
    all.push(
        [
            head.as_bytes(),
            b"\n",
            &(128..=255).collect::<Vec<u8>>(),
            b"\n",
        ]
        .concat(),
    );
    all
}
