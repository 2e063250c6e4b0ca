//! Passes after the first: what changed at the source follows, and nothing else happens.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use mailtern::engine::Engine;
use mailtern::engine::batch::{BatchStatus, NewBatch, SetBatch};
use mailtern::engine::report::DataConsistencyScore;

use crate::client::Client;
use crate::dovecot::{Dovecot, content, seed};
use crate::migrate::{PATIENCE, address, explain, new_batch, statistics, target};
use crate::oddserver::{Odd, OddServer};
use crate::world::{endpoint, engine, mailbox};

/// Dovecot without the extensions that tell what changed.
const OLD_SERVER: &str = "imap_capability = IMAP4rev1 SASL-IR LITERAL+ UIDPLUS MOVE NAMESPACE\n";

/// Dovecot that does not say which UIDs it gives either.
const SILENT_SERVER: &str = "imap_capability = IMAP4rev1 SASL-IR LITERAL+ NAMESPACE\n";

/// A source, a target and an engine with a batch that moves mail from the one to the other.
async fn server_to_server(home: &Path, more: &str) -> (Dovecot, Dovecot, Engine) {
    let (source, target) = (Dovecot::start(1), Dovecot::with(1, more));
    for server in [&source, &target] {
        fs::create_dir_all(server.maildir(0)).unwrap();
        server.own();
    }
    let engine = engine(home).await;
    endpoint(&engine, "old", source.port).await;
    endpoint(&engine, "new", target.port).await;
    let request = NewBatch {
        name: "Wave".into(),
        csv: format!(
            "EmailAddress,UserName,Password,TargetUserName,TargetPassword\n{},user0,pw-user0,user0,pw-user0\n",
            address(0)
        )
        .into_bytes(),
        source_endpoint: "old".into(),
        target_endpoint: Some("new".into()),
        ..NewBatch::default()
    };
    engine.new_batch(request).await.unwrap();
    (source, target, engine)
}

/// A server for one user, and an engine with a batch for it.
async fn world(home: &Path, more: &str) -> (Dovecot, Engine) {
    let server = Dovecot::with(1, more);
    fs::create_dir_all(server.maildir(0)).unwrap();
    server.own();
    let engine = engine(home).await;
    endpoint(&engine, "old", server.port).await;
    mailbox(&engine, &address(0)).await;
    let row = (address(0), "user0".to_owned(), "pw-user0".to_owned());
    new_batch(&engine, &[row]).await;
    (server, engine)
}

async fn pass(engine: &Engine) {
    engine.start_batch("Wave").await.unwrap();
    let status = engine.wait_batch("Wave", PATIENCE).await.unwrap();
    assert_eq!(status, BatchStatus::Synced, "{}", explain(engine, 1).await);
}

async fn last_lines(engine: &Engine) -> String {
    let report = statistics(engine, 0).await.report.unwrap();
    let from = report
        .iter()
        .rposition(|line| line.message.starts_with("Stage:"))
        .unwrap();
    let lines: Vec<&str> = report[from..]
        .iter()
        .map(|line| line.message.as_str())
        .collect();
    lines.join("\n")
}

/// A message by what it says, with its flags by name.
type Message = (String, BTreeSet<String>);

/// Every folder of a Maildir with its messages; keywords by their names.
fn snapshot(maildir: &Path) -> BTreeMap<String, BTreeMap<Message, usize>> {
    let mut folders = BTreeMap::new();
    for (folder, messages) in content(maildir) {
        let names = fs::read_to_string(maildir.join(&folder).join("dovecot-keywords"));
        let names: BTreeMap<String, String> = names
            .unwrap_or_default()
            .lines()
            .map(|line| {
                let (index, name) = line.split_once(' ').unwrap();
                let letter = char::from(b'a' + index.parse::<u8>().unwrap());
                (letter.to_string(), name.to_lowercase())
            })
            .collect();
        let mut all: BTreeMap<Message, usize> = BTreeMap::new();
        for ((letters, _, hash), count) in messages {
            let letters = letters.chars().map(|letter| letter.to_string());
            let flags = letters
                .map(|l| names.get(&l).cloned().unwrap_or(l))
                .collect();
            *all.entry((hash, flags)).or_default() += count;
        }
        folders.insert(folder, all);
    }
    folders
}

fn text(number: usize) -> String {
    format!(
        "From: a@x.example\r\nSubject: No. {number}\r\nMessage-ID: <{number}@x.example>\r\n\
         Date: Fri, 14 Jul 2017 02:40:00 +0000\r\n\r\nMessage {number}.\r\n"
    )
}

/// The user marks mail at both ends: each end's own changes stay, the source's are carried over.
async fn flags_follow(more: &str) {
    let home = tempfile::tempdir().unwrap();
    let (server, engine) = world(home.path(), more).await;
    let mut user = Client::connect(server.port, 0);
    for number in 0..30 {
        user.append(
            "INBOX",
            ["", "\\Seen", "\\Seen Work"][number % 3],
            &text(number),
        );
    }
    pass(&engine).await;
    let there = target(home.path(), 0);
    assert_eq!(snapshot(&server.maildir(0)), snapshot(&there));
    assert!(!last_lines(&engine).await.contains("flags"));

    user.select("INBOX");
    user.ask("UID STORE 1:10 +FLAGS (\\Answered $Label1)");
    user.ask("UID STORE 3 -FLAGS (Work)");
    pass(&engine).await;
    assert_eq!(snapshot(&server.maildir(0)), snapshot(&there));
    let lines = last_lines(&engine).await;
    assert!(lines.contains("flags of 10 messages"), "{lines}");

    // at the target, message 2 is flagged and no longer read; a server moves 4 to new/ and back with another name
    let cur = there.join("cur");
    let find = |uid: usize| {
        let names = fs::read_dir(&cur)
            .unwrap()
            .map(|file| file.unwrap().file_name());
        let name = names.map(|name| name.into_string().unwrap());
        name.into_iter()
            .find(|name| name.starts_with(&format!("{uid:010}.")))
            .unwrap()
    };
    let (base, letters) = {
        let name = find(2);
        let (base, letters) = name.split_once(":2,").unwrap();
        (base.to_owned(), letters.to_owned())
    };
    let changed = format!("F{}", letters.replace('S', ""));
    fs::rename(cur.join(find(2)), cur.join(format!("{base}:2,{changed}"))).unwrap();
    let four = find(4);
    fs::rename(
        cur.join(&four),
        there.join("new").join(four.split(":2,").next().unwrap()),
    )
    .unwrap();
    user.ask("UID STORE 2,4 +FLAGS (\\Draft)");
    pass(&engine).await;
    let letters: BTreeSet<char> = find(2).split_once(":2,").unwrap().1.chars().collect();
    assert!(
        letters.is_superset(&BTreeSet::from(['D', 'F', 'R'])),
        "{letters:?}"
    );
    assert!(!letters.contains(&'S'), "{letters:?}");
    assert!(find(4).ends_with(":2,D"), "{}", find(4));
    let lines = last_lines(&engine).await;
    assert!(lines.contains("flags of 2 messages"), "{lines}");

    // nothing changed: nothing is touched
    let before = content(&there);
    pass(&engine).await;
    assert_eq!(content(&there), before);
    assert!(!last_lines(&engine).await.contains("flags"));
    let one = statistics(&engine, 0).await;
    assert_eq!(
        one.user.data_consistency_score,
        Some(DataConsistencyScore::Perfect)
    );
    assert_eq!((one.copied_item_count, one.total_items_in_source), (30, 30));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn flags_follow_by_condstore() {
    flags_follow("").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn flags_follow_by_comparison() {
    flags_follow(OLD_SERVER).await;
}

/// A random user at the source, the same one for the same seed.
struct Chaos {
    numbers: u64,
    written: usize,
}

impl Chaos {
    fn below(&mut self, bound: u64) -> usize {
        self.numbers = self
            .numbers
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.numbers >> 33) % bound).unwrap()
    }

    fn act(&mut self, user: &mut Client) {
        const FOLDERS: [&str; 4] = ["INBOX", "Work", "Work/Old", "Z&APw-rich"];
        const FLAGS: [&str; 7] = [
            "\\Seen",
            "\\Flagged",
            "\\Answered",
            "\\Draft",
            "Work",
            "$Label1",
            "Later",
        ];
        let folder = FOLDERS[self.below(4)];
        let flag = FLAGS[self.below(7)];
        if self.below(3) == 0 {
            self.written += 1;
            user.append(folder, flag, &text(self.written));
            return;
        }
        let uids = user.select(folder);
        if uids.is_empty() {
            return;
        }
        let at = self.below(uids.len() as u64);
        let to = (at + self.below(6)).min(uids.len() - 1);
        let some = format!("{}:{}", uids[at], uids[to]);
        match self.below(6) {
            0 => user.ask(&format!("UID STORE {some} +FLAGS ({flag})")),
            1 => user.ask(&format!("UID STORE {some} -FLAGS ({flag})")),
            2 => user.ask(&format!("UID STORE {some} FLAGS ({flag})")),
            3 => {
                let uid = uids[at];
                user.ask(&format!("UID STORE {uid} +FLAGS (\\Deleted)"));
                user.ask(&format!("UID EXPUNGE {uid}"))
            }
            4 => user.ask(&format!("UID MOVE {} {}", uids[at], FOLDERS[self.below(4)])),
            _ => user.ask(&format!("UID COPY {} {}", uids[at], FOLDERS[self.below(4)])),
        };
    }
}

/// After every pass the target has what the source has, with its flags, and what it once had; never more.
async fn whatever_the_user_does(more: &str, seed: u64) {
    let home = tempfile::tempdir().unwrap();
    let (server, engine) = world(home.path(), more).await;
    let mut user = Client::connect(server.port, 0);
    for folder in ["Work", "Work/Old", "Z&APw-rich"] {
        user.ask(&format!("CREATE {folder}"));
    }
    let mut chaos = Chaos {
        numbers: seed,
        written: 0,
    };
    for round in 0..12 {
        for _ in 0..20 {
            chaos.act(&mut user);
        }
        pass(&engine).await;
        let (source, there) = (
            snapshot(&server.maildir(0)),
            snapshot(&target(home.path(), 0)),
        );
        for (folder, messages) in &source {
            for (message, count) in messages {
                let found = there[folder].get(message).copied().unwrap_or(0);
                assert!(
                    found >= *count,
                    "seed {seed}, round {round}, {folder:?}: {message:?}"
                );
            }
        }
        let one = statistics(&engine, 0).await;
        let stored: usize = there.values().flat_map(|folder| folder.values()).sum();
        assert_eq!(
            stored as u64, one.copied_item_count,
            "seed {seed}, round {round}"
        );
        assert_eq!(
            one.total_items_in_source,
            one.copied_item_count + one.vanished_item_count
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn random_changes_follow_by_condstore() {
    whatever_the_user_does("", 1).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn random_changes_follow_by_comparison() {
    whatever_the_user_does(OLD_SERVER, 2).await;
}

/// Deleted mail stays at the target and is told once; the numbers still add up.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_deleted_at_the_source_stays_at_the_target() {
    let home = tempfile::tempdir().unwrap();
    let (server, engine) = world(home.path(), "").await;
    seed(&server.maildir(0), "", 0, 20);
    server.own();
    pass(&engine).await;
    let before = content(&target(home.path(), 0));
    let mut user = Client::connect(server.port, 0);
    user.select("INBOX");
    user.ask("UID STORE 5:9 +FLAGS (\\Deleted)");
    user.ask("UID EXPUNGE 5:9");
    pass(&engine).await;
    assert_eq!(content(&target(home.path(), 0)), before);
    let lines = last_lines(&engine).await;
    assert!(
        lines.contains("5 messages of \"INBOX\" are gone"),
        "{lines}"
    );
    let one = statistics(&engine, 0).await;
    assert_eq!((one.copied_item_count, one.total_items_in_source), (20, 20));
    assert_eq!(one.percentage_complete, 100);
    pass(&engine).await;
    assert!(!last_lines(&engine).await.contains("gone"));
}

/// As `flags_follow`, to a server: its UIDs are known, or found once by what the messages are.
async fn flags_follow_to_a_server(more: &str) {
    let home = tempfile::tempdir().unwrap();
    let (source, there, engine) = server_to_server(home.path(), more).await;
    let mut user = Client::connect(source.port, 0);
    for number in 0..30 {
        // some are the same message several times
        let flags = ["", "\\Seen", "\\Seen Work"][number % 3];
        user.append("INBOX", flags, &text(number.max(10)));
    }
    pass(&engine).await;
    let same = || assert_eq!(snapshot(&source.maildir(0)), snapshot(&there.maildir(0)));
    same();
    user.select("INBOX");
    user.ask("UID STORE 3:12 +FLAGS (\\Answered $Label1)");
    user.ask("UID STORE 6,9 -FLAGS (Work)");
    pass(&engine).await;
    same();
    let lines = last_lines(&engine).await;
    assert!(lines.contains("flags of 10 messages"), "{lines}");
    user.ask("UID STORE 5 +FLAGS (\\Draft)");
    pass(&engine).await;
    same();

    // what the user of the target marks stays
    let mut other = Client::connect(there.port, 0);
    other.select("INBOX");
    other.ask("UID STORE 20 +FLAGS (\\Flagged)");
    user.ask("UID STORE 20 +FLAGS (\\Draft)");
    pass(&engine).await;
    let flags = other.ask("UID FETCH 20 (FLAGS)").join(" ");
    assert!(
        flags.contains("\\Flagged") && flags.contains("\\Draft"),
        "{flags}"
    );
    let one = statistics(&engine, 0).await;
    assert_eq!((one.copied_item_count, one.total_items_in_source), (30, 30));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn flags_follow_to_a_server_that_tells_uids() {
    flags_follow_to_a_server("").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn flags_follow_to_a_server_that_tells_nothing() {
    flags_follow_to_a_server(SILENT_SERVER).await;
}

async fn remove_missing(engine: &Engine, limit: Option<u32>) {
    let request = SetBatch {
        identity: "Wave".into(),
        remove_missing: Some(true),
        remove_missing_limit: limit,
        ..SetBatch::default()
    };
    engine.set_batch(request).await.unwrap();
}

/// With -RemoveMissing and nobody at work at the target, it is the source's mirror after every pass.
async fn the_target_mirrors(engine: &Engine, source: &Dovecot, there: &Path, seed: u64) {
    remove_missing(engine, Some(1000)).await;
    let mut user = Client::connect(source.port, 0);
    for folder in ["Work", "Work/Old", "Z&APw-rich"] {
        user.ask(&format!("CREATE {folder}"));
    }
    let mut chaos = Chaos {
        numbers: seed,
        written: 0,
    };
    for folder in ["INBOX", "Work", "Work/Old", "Z&APw-rich"] {
        // a folder that is suddenly empty would be left alone
        user.append(folder, "\\Flagged", &text(100_000));
    }
    for round in 0..8 {
        for _ in 0..20 {
            chaos.act(&mut user);
        }
        for folder in ["INBOX", "Work", "Work/Old", "Z&APw-rich"] {
            if user.select(folder).is_empty() {
                user.append(folder, "", &text(200_000 + round));
            }
        }
        pass(engine).await;
        let (left, right) = (snapshot(&source.maildir(0)), snapshot(there));
        assert_eq!(
            left,
            right,
            "seed {seed}, round {round}: {}",
            last_lines(engine).await
        );
        let one = statistics(engine, 0).await;
        assert_eq!(
            one.total_items_in_source,
            one.copied_item_count + one.vanished_item_count
        );
        assert_eq!(one.percentage_complete, 100);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_mirrors_random_changes() {
    let home = tempfile::tempdir().unwrap();
    let (source, there, engine) = server_to_server(home.path(), "").await;
    the_target_mirrors(&engine, &source, &there.maildir(0), 3).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_mail_store_mirrors_random_changes() {
    let home = tempfile::tempdir().unwrap();
    let (source, engine) = world(home.path(), "").await;
    the_target_mirrors(&engine, &source, &target(home.path(), 0), 4).await;
}

/// Nothing is removed that looks like an accident, that somebody changed, or that is not ours.
async fn removal_is_careful(engine: &Engine, source: &Dovecot, there: &Path) {
    seed(&source.maildir(0), "", 0, 40);
    source.own();
    pass(engine).await;
    remove_missing(engine, None).await;
    let count = || {
        content(there)
            .values()
            .flat_map(|all| all.values())
            .sum::<usize>()
    };
    let mut user = Client::connect(source.port, 0);
    user.select("INBOX");
    user.ask("UID STORE 1:2 +FLAGS (\\Deleted)");
    user.ask("UID EXPUNGE 1:2");
    pass(engine).await;
    assert_eq!(count(), 38, "{}", last_lines(engine).await);
    let one = statistics(engine, 0).await;
    assert_eq!((one.copied_item_count, one.vanished_item_count), (38, 2));

    // more than half of it at once
    user.ask("UID STORE 3:30 +FLAGS (\\Deleted)");
    user.ask("UID EXPUNGE 3:30");
    pass(engine).await;
    assert_eq!(count(), 38);
    let lines = last_lines(engine).await;
    assert!(lines.contains("28 of 38 messages are gone"), "{lines}");
    remove_missing(engine, Some(27)).await;
    pass(engine).await;
    assert_eq!(count(), 38);
    assert!(last_lines(engine).await.contains("at most 27"));
    remove_missing(engine, Some(28)).await;
    pass(engine).await;
    assert_eq!(count(), 10, "{}", last_lines(engine).await);

    // all of it
    user.ask("UID STORE 1:* +FLAGS (\\Deleted)");
    user.ask("EXPUNGE");
    pass(engine).await;
    assert_eq!(count(), 10);
    assert!(last_lines(engine).await.contains("suddenly empty"));
    let one = statistics(engine, 0).await;
    assert_eq!((one.copied_item_count, one.vanished_item_count), (10, 30));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn removal_from_the_mail_store_is_careful() {
    let home = tempfile::tempdir().unwrap();
    let (source, engine) = world(home.path(), "").await;
    removal_is_careful(&engine, &source, &target(home.path(), 0)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn removal_from_a_server_is_careful() {
    let home = tempfile::tempdir().unwrap();
    let (source, there, engine) = server_to_server(home.path(), "").await;
    removal_is_careful(&engine, &source, &there.maildir(0)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mail_that_the_targets_user_changed_or_brought_is_not_removed() {
    let home = tempfile::tempdir().unwrap();
    let (source, there, engine) = server_to_server(home.path(), "").await;
    let mut user = Client::connect(source.port, 0);
    for number in 0..20 {
        user.append("INBOX", "", &text(number));
    }
    let mut other = Client::connect(there.port, 0);
    other.append("INBOX", "\\Deleted", &text(500));
    pass(&engine).await;
    remove_missing(&engine, None).await;
    let uids = other.select("INBOX");
    assert_eq!(uids.len(), 21);
    other.ask(&format!("UID STORE {} +FLAGS (\\Flagged)", uids[1]));
    user.select("INBOX");
    user.ask("UID STORE 1:3 +FLAGS (\\Deleted)");
    user.ask("UID EXPUNGE 1:3");
    pass(&engine).await;
    let lines = last_lines(&engine).await;
    assert!(
        lines.contains("2 messages of \"INBOX\" that are gone"),
        "{lines}"
    );
    assert!(lines.contains("1 stay"), "{lines}");
    let left = other.select("INBOX");
    assert_eq!(left.len(), 19);
    assert_eq!(left[..2], uids[..2]);
}

/// Makes a server number the messages of a mailbox anew.
fn renumber(server: &Dovecot) {
    server.down();
    let mut folders = vec![server.maildir(0)];
    for entry in fs::read_dir(server.maildir(0)).unwrap() {
        let path = entry.unwrap().path();
        if path.join("cur").is_dir() {
            folders.push(path);
        }
    }
    for folder in folders {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if name == "dovecot-uidlist" || name.starts_with("dovecot.") {
                fs::remove_file(&path).unwrap();
            }
        }
    }
    server.up();
}

/// Whichever side numbers its messages anew: nothing is there twice, and changes follow.
async fn renumbered_sides(
    engine: &Engine,
    source: &Dovecot,
    there: Option<&Dovecot>,
    maildir: &Path,
) {
    let mut user = Client::connect(source.port, 0);
    user.ask("CREATE Work");
    for number in 0..24 {
        let folder = ["INBOX", "Work"][number % 2];
        user.append(folder, ["", "\\Seen"][number % 3 % 2], &text(number / 4));
    }
    pass(engine).await;
    assert_eq!(snapshot(&source.maildir(0)), snapshot(maildir));
    for (round, (is_source, is_target)) in
        [(true, false), (false, true), (true, true), (false, false)]
            .into_iter()
            .enumerate()
    {
        drop(user);
        if is_source {
            renumber(source);
        }
        if let Some(there) = there.filter(|_| is_target) {
            renumber(there);
        }
        user = Client::connect(source.port, 0);
        // new mail that is the same as mail that was copied
        user.append("INBOX", "\\Seen", &text(round));
        user.append("Work", "", &text(100 + round));
        let uids = user.select("Work");
        let flag = ["\\Answered", "\\Draft", "\\Flagged", "Later"][round];
        user.ask(&format!(
            "UID STORE {}:{} +FLAGS ({flag})",
            uids[2], uids[5]
        ));
        pass(engine).await;
        let (left, right) = (snapshot(&source.maildir(0)), snapshot(maildir));
        assert_eq!(left, right, "round {round}: {}", last_lines(engine).await);
        let is_told = last_lines(engine).await.contains("UIDVALIDITY");
        assert_eq!(is_told, is_source, "round {round}");
        let one = statistics(engine, 0).await;
        let all = one.copied_item_count + one.adopted_item_count;
        assert_eq!(
            (all, one.total_items_in_source),
            (24 + 2 * (round as u64 + 1), all)
        );
        assert_eq!(
            one.user.data_consistency_score,
            Some(DataConsistencyScore::Perfect)
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn new_numbers_at_either_server_double_nothing() {
    let home = tempfile::tempdir().unwrap();
    let (source, there, engine) = server_to_server(home.path(), "").await;
    renumbered_sides(&engine, &source, Some(&there), &there.maildir(0)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn new_numbers_at_a_silent_server_double_nothing() {
    let home = tempfile::tempdir().unwrap();
    let (source, there, engine) = server_to_server(home.path(), SILENT_SERVER).await;
    renumbered_sides(&engine, &source, Some(&there), &there.maildir(0)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn new_numbers_double_nothing_in_the_mail_store() {
    let home = tempfile::tempdir().unwrap();
    let (source, engine) = world(home.path(), "").await;
    renumbered_sides(&engine, &source, None, &target(home.path(), 0)).await;
}

/// Folders come, go and change their names at the source; the user of the target takes one away.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn folders_that_come_and_go() {
    let home = tempfile::tempdir().unwrap();
    let (source, there, engine) = server_to_server(home.path(), "").await;
    remove_missing(&engine, None).await;
    let mut user = Client::connect(source.port, 0);
    for folder in ["Old", "Gone", "Quiet"] {
        user.ask(&format!("CREATE {folder}"));
        user.append(folder, "", &text(1));
    }
    pass(&engine).await;
    user.ask("RENAME Old New");
    user.ask("DELETE Gone");
    let mut other = Client::connect(there.port, 0);
    other.ask("DELETE Quiet");
    user.select("Quiet");
    user.ask("UID STORE 1 +FLAGS (\\Seen)");
    pass(&engine).await;
    let names: Vec<String> = snapshot(&there.maildir(0)).into_keys().collect();
    // the renamed folder is there under both names, the deleted one stays, the one taken away at the target too
    assert_eq!(names, [".Gone", ".New", ".Old"]);
    assert!(!there.maildir(0).join(".Quiet").exists());
    user.append("Quiet", "", &text(2));
    pass(&engine).await;
    let quiet = snapshot(&there.maildir(0)).remove(".Quiet").unwrap();
    assert_eq!(quiet.values().sum::<usize>(), 1);
    let one = statistics(&engine, 0).await;
    assert_eq!(one.percentage_complete, 100);
}

/// An engine with a batch for the one user of an odd server.
async fn odd_world(home: &Path, odd: &Odd) -> (OddServer, Engine) {
    let server = OddServer::start(odd);
    let engine = engine(home).await;
    endpoint(&engine, "old", server.port).await;
    mailbox(&engine, &address(0)).await;
    new_batch(&engine, &[(address(0), "user0".into(), "x".into())]).await;
    (server, engine)
}

/// Also in the passes after the first, in which nothing changed.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_source_that_may_hide_mail_is_never_perfect() {
    for (exists, listed, capabilities, is_doubted) in [
        (7, 5, "CONDSTORE", true),
        (7, 5, "", true),
        (1000, 1000, "CONDSTORE", true),
        (7, 7, "CONDSTORE", false),
    ] {
        let home = tempfile::tempdir().unwrap();
        let odd = Odd {
            capabilities,
            exists,
            listed,
        };
        let (_server, engine) = odd_world(home.path(), &odd).await;
        for round in 0..2 {
            pass(&engine).await;
            let one = statistics(&engine, 0).await;
            let expected = if is_doubted {
                DataConsistencyScore::Investigate
            } else {
                DataConsistencyScore::Perfect
            };
            let score = one.user.data_consistency_score;
            assert_eq!(score, Some(expected), "{exists} {listed} {round}");
            let report = one.report.unwrap();
            let is_told = report.iter().any(|line| {
                line.message
                    .contains("may have more messages than the source shows")
            });
            assert_eq!(is_told, is_doubted);
        }
    }
}

/// The number of questions does not depend on the number of messages, and nothing is opened that did not change.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pass_with_nothing_new_asks_few_questions() {
    for (capabilities, expected) in [
        ("CONDSTORE", vec!["AUTHENTICATE", "LIST", "LOGOUT"]),
        // the search goes with EXAMINE in one round trip; only FETCH tells the flags
        (
            "",
            vec!["AUTHENTICATE", "LIST", "EXAMINE", "UID", "UID", "LOGOUT"],
        ),
    ] {
        let home = tempfile::tempdir().unwrap();
        let odd = Odd {
            capabilities,
            exists: 300,
            listed: 300,
        };
        let (server, engine) = odd_world(home.path(), &odd).await;
        pass(&engine).await;
        assert_eq!(statistics(&engine, 0).await.copied_item_count, 300);
        let before = content(&target(home.path(), 0));
        server.asked();
        pass(&engine).await;
        let asked = server.asked();
        let names = asked.iter().map(|one| one.split(' ').next().unwrap());
        let names: Vec<&str> = names.filter(|name| *name != "CAPABILITY").collect();
        assert_eq!(names, expected, "{asked:?}");
        assert_eq!(content(&target(home.path(), 0)), before);
    }
}
