//! The independent judge: reads whole accounts over IMAP with a client of its own and compares them.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::time::Duration;

use sha2::{Digest, Sha256};

use super::dovecot::{Dovecot, give};

/// A message as the judge sees it: digest of the bytes, flags in lower case, internal date.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seen {
    /// First hex digits of the SHA-256 of the bytes as served.
    pub digest: String,
    /// Flags and keywords, without `\Recent`.
    pub flags: BTreeSet<String>,
    /// INTERNALDATE as served.
    pub date: String,
}

/// The folders of an account by their names, each with its messages sorted.
pub type Account = BTreeMap<String, Vec<Seen>>;

struct Client {
    stream: BufReader<TcpStream>,
    tag: u32,
}

/// One line of an answer with the literals that stood in it.
struct Answer {
    text: String,
    literals: Vec<Vec<u8>>,
}

impl Client {
    fn connect(port: u16, user: &str, password: &str) -> Client {
        let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(60)))
            .unwrap();
        let mut client = Client {
            stream: BufReader::new(stream),
            tag: 0,
        };
        client.answer();
        client.ask(&format!("LOGIN \"{user}\" \"{password}\""));
        client
    }

    fn answer(&mut self) -> Answer {
        let mut all = Answer {
            text: String::new(),
            literals: Vec::new(),
        };
        loop {
            let mut line = Vec::new();
            self.stream.read_until(b'\n', &mut line).unwrap();
            assert!(line.ends_with(b"\r\n"), "the server hung up");
            let line = String::from_utf8_lossy(&line[..line.len() - 2]).into_owned();
            all.text.push_str(&line);
            let Some(size) = line
                .strip_suffix('}')
                .and_then(|l| l.rsplit_once('{'))
                .and_then(|(_, n)| n.parse::<usize>().ok())
            else {
                return all;
            };
            let mut literal = vec![0; size];
            self.stream.read_exact(&mut literal).unwrap();
            all.literals.push(literal);
        }
    }

    fn ask(&mut self, command: &str) -> Vec<Answer> {
        self.tag += 1;
        let tag = format!("j{}", self.tag);
        self.stream
            .get_mut()
            .write_all(format!("{tag} {command}\r\n").as_bytes())
            .unwrap();
        let mut untagged = Vec::new();
        loop {
            let answer = self.answer();
            if let Some(status) = answer.text.strip_prefix(&format!("{tag} ")) {
                assert!(status.starts_with("OK"), "{command}: {status}");
                return untagged;
            }
            untagged.push(answer);
        }
    }

    fn folders(&mut self) -> Vec<String> {
        let listed = self.ask("LIST \"\" \"*\"");
        let usable = listed.into_iter().filter(|l| {
            l.text.starts_with("* LIST")
                && !l.text.contains("\\NoSelect")
                && !l.text.contains("\\Noselect")
        });
        usable
            .map(|mut answer| match answer.literals.pop() {
                Some(name) => String::from_utf8(name).unwrap(),
                None => {
                    let name = answer.text.split_once(") \"/\" ").expect("separator /").1;
                    let inside = name.strip_prefix('"').and_then(|n| n.strip_suffix('"'));
                    inside.map_or_else(
                        || name.to_owned(),
                        |n| n.replace("\\\"", "\"").replace("\\\\", "\\"),
                    )
                }
            })
            .collect()
    }

    fn messages(&mut self, folder: &str) -> Vec<Seen> {
        let quoted = folder.replace('\\', "\\\\").replace('"', "\\\"");
        let opened = self.ask(&format!("EXAMINE \"{quoted}\""));
        if opened.iter().any(|answer| answer.text == "* 0 EXISTS") {
            return Vec::new();
        }
        let fetched = self.ask("UID FETCH 1:* (FLAGS INTERNALDATE BODY.PEEK[])");
        let mut all: Vec<Seen> = fetched
            .iter()
            .filter(|answer| answer.text.contains("BODY[]"))
            .map(seen)
            .collect();
        all.sort();
        all
    }
}

fn seen(answer: &Answer) -> Seen {
    let between = |from: &str, to: &str| {
        let rest = answer
            .text
            .split_once(from)
            .unwrap_or_else(|| panic!("no {from} in {}", answer.text))
            .1;
        rest.split_once(to).unwrap().0.to_owned()
    };
    let body = answer.literals.last().cloned().unwrap_or_default();
    let digest = Sha256::digest(&body);
    let flags = between("FLAGS (", ")")
        .split_whitespace()
        .map(str::to_lowercase)
        .filter(|f| f != "\\recent")
        .collect();
    Seen {
        digest: digest[..8].iter().map(|b| format!("{b:02x}")).collect(),
        flags,
        date: between("INTERNALDATE \"", "\""),
    }
}

/// Everything an account holds, read over clear text on loopback.
pub fn account(port: u16, user: &str, password: &str) -> Account {
    let mut client = Client::connect(port, user, password);
    client
        .folders()
        .into_iter()
        .map(|name| {
            let messages = client.messages(&name);
            (name, messages)
        })
        .collect()
}

/// What a Dovecot serves of a Maildir of the mail store. Works on a copy: Dovecot writes its own files into what it serves.
pub fn store_account(maildir: &Path) -> Account {
    let server = Dovecot::start();
    let home = server.path("mail").join("copy");
    std::fs::create_dir_all(&home).unwrap();
    copy_tree(maildir, &home.join("Maildir"));
    give(&home);
    server.user_at("copy", "copy", &home.join("Maildir"));
    account(server.imap, "copy", "copy")
}

/// Copies a tree with the times of its files.
pub fn copy_tree(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_tree(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), &target).unwrap();
            let modified = entry.metadata().unwrap().modified().unwrap();
            std::fs::File::options()
                .append(true)
                .open(&target)
                .unwrap()
                .set_modified(modified)
                .unwrap();
        }
    }
}

/// The differences of two accounts in words; empty when they hold the same.
pub fn differences(source: &Account, target: &Account) -> Vec<String> {
    let mut found = Vec::new();
    let names: BTreeSet<&String> = source.keys().chain(target.keys()).collect();
    let none = Vec::new();
    for name in names {
        if source.contains_key(name) != target.contains_key(name) {
            found.push(format!(
                "folder {name}: {} only",
                if source.contains_key(name) {
                    "source"
                } else {
                    "target"
                }
            ));
        }
        let (a, b) = (
            source.get(name).unwrap_or(&none),
            target.get(name).unwrap_or(&none),
        );
        let (mut missing, mut extra) = (a.clone(), Vec::new());
        for message in b {
            match missing.iter().position(|m| m == message) {
                Some(at) => drop(missing.remove(at)),
                None => extra.push(message),
            }
        }
        found.extend(
            missing
                .iter()
                .map(|m| format!("folder {name}: missing or changed {m:?}")),
        );
        found.extend(
            extra
                .iter()
                .map(|m| format!("folder {name}: extra or changed {m:?}")),
        );
    }
    found
}

/// Fails when the accounts differ, and shows the first differences.
pub fn assert_same(source: &Account, target: &Account) {
    let found = differences(source, target);
    assert!(
        found.is_empty(),
        "{} differences:\n{}",
        found.len(),
        found[..found.len().min(20)].join("\n")
    );
    let messages: usize = source.values().map(Vec::len).sum();
    assert!(messages > 0, "nothing was compared");
}

#[test]
fn the_judge_sees_what_differs() {
    let server = Dovecot::start();
    server.user("ann", "secret");
    let count = super::corpus::seed(&server.maildir("ann"), 1, 60);
    let source = account(server.imap, "ann", "secret");
    assert_eq!(source.values().map(Vec::len).sum::<usize>(), count);
    assert!(
        source.contains_key("Entw&APw-rfe")
            && source.contains_key("v1.2.final")
            && source.contains_key("back\\slash")
    );
    let target = store_account(&server.maildir("ann"));
    assert_same(&source, &target);
    let mut wrong = target.clone();
    let inbox = wrong.get_mut("INBOX").unwrap();
    inbox[0].flags.insert("other".into());
    inbox.pop();
    wrong.remove("Empty");
    assert_eq!(differences(&source, &wrong).len(), 4);
}
