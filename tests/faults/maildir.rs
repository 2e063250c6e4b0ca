//! Reads mail where it lies, with none of the product's code: what a Maildir holds, and how two of them differ.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::time::UNIX_EPOCH;

use sha2::{Digest, Sha256};

/// A message: hash of its bytes with CRLF, flags and keywords, internal date.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Message {
    pub hash: String,
    pub flags: BTreeSet<String>,
    pub date: u64,
}

/// The folders by the names of their directories, each with its messages and how often each is there.
pub type Mail = BTreeMap<String, BTreeMap<Message, usize>>;

/// Reads a Maildir++ tree.
pub fn mail(maildir: &Path) -> Mail {
    let mut all = Mail::new();
    all.insert(String::new(), folder(maildir));
    for entry in fs::read_dir(maildir).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') && entry.path().join("cur").is_dir() {
            all.insert(name, folder(&entry.path()));
        }
    }
    all
}

/// How many messages there are in all.
pub fn count(mail: &Mail) -> u64 {
    mail.values()
        .flat_map(BTreeMap::values)
        .map(|&count| count as u64)
        .sum()
}

fn folder(path: &Path) -> BTreeMap<Message, usize> {
    let text = fs::read_to_string(path.join("dovecot-keywords")).unwrap_or_default();
    let words: BTreeMap<char, &str> = text
        .lines()
        .filter_map(|line| line.split_once(' '))
        .map(|(number, word)| ((b'a' + number.parse::<u8>().unwrap()) as char, word))
        .collect();
    let mut messages = BTreeMap::new();
    for part in ["cur", "new"] {
        let Ok(files) = fs::read_dir(path.join(part)) else {
            continue;
        };
        for file in files {
            let path = file.unwrap().path();
            *messages.entry(message(&path, &words)).or_default() += 1;
        }
    }
    messages
}

fn message(path: &Path, words: &BTreeMap<char, &str>) -> Message {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    let letters = name.split_once(":2,").map_or("", |(_, letters)| letters);
    let flags = letters
        .chars()
        .map(|letter| match words.get(&letter) {
            Some(word) => (*word).to_owned(),
            None => letter.to_string(),
        })
        .collect();
    let date = path.metadata().unwrap().modified().unwrap();
    let mut hash = Sha256::new();
    let bytes = fs::read(path).unwrap();
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        match line.strip_suffix(b"\n") {
            Some(line) => {
                hash.update(line.strip_suffix(b"\r").unwrap_or(line));
                hash.update(b"\r\n");
            }
            None => hash.update(line),
        }
    }
    Message {
        hash: hash.finalize()[..8]
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect(),
        flags,
        date: date.duration_since(UNIX_EPOCH).unwrap().as_secs(),
    }
}

/// The differences of two mailboxes in words; empty when they hold the same.
pub fn differences(source: &Mail, target: &Mail) -> Vec<String> {
    let mut found = Vec::new();
    let names: BTreeSet<&String> = source.keys().chain(target.keys()).collect();
    let none = BTreeMap::new();
    for name in names {
        match (source.contains_key(name), target.contains_key(name)) {
            (true, false) => found.push(format!("folder {name:?} is missing")),
            (false, true) => found.push(format!("folder {name:?} is extra")),
            _ => {}
        }
        let (left, right) = (
            source.get(name).unwrap_or(&none),
            target.get(name).unwrap_or(&none),
        );
        let messages: BTreeSet<&Message> = left.keys().chain(right.keys()).collect();
        for message in messages {
            let times = |mail: &BTreeMap<Message, usize>| mail.get(message).copied().unwrap_or(0);
            if times(left) != times(right) {
                found.push(format!(
                    "folder {name:?}: {} times at the source, {} at the target: {message:?}",
                    times(left),
                    times(right)
                ));
            }
        }
    }
    found
}

/// How often each text is there, whatever its flags and date: by folder and hash.
pub fn texts(mail: &Mail) -> BTreeMap<(String, String), usize> {
    let mut all = BTreeMap::new();
    for (folder, messages) in mail {
        for (message, count) in messages {
            let text = (folder.clone(), message.hash.clone());
            *all.entry(text).or_default() += count;
        }
    }
    all
}

/// Every file of a tree with what would change if it were written again.
pub fn stamps(root: &Path) -> BTreeMap<String, (u64, i64, i64)> {
    use std::os::unix::fs::MetadataExt;
    let mut all = BTreeMap::new();
    let mut open = vec![root.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let data = path.symlink_metadata().unwrap();
            if data.is_dir() {
                open.push(path);
            } else {
                let stamp = (data.ino(), data.ctime(), data.ctime_nsec());
                all.insert(path.display().to_string(), stamp);
            }
        }
    }
    all
}
