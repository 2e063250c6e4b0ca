//! Exactly once, on bad days of the target.

use std::collections::BTreeMap;
use std::path::Path;

use mailtern::engine::Engine;
use mailtern::engine::batch::BatchStatus;
use mailtern::engine::report::{DataConsistencyScore, SkippedKind};

use crate::difficult::{Manners, Server};
use crate::dovecot::{Dovecot, seed};
use crate::migrate::{PATIENCE, address, explain, statistics};
use crate::target::new_batch;
use crate::world::{endpoint, engine};

/// Capabilities from the best to the poorest.
const KINDS: [&str; 4] = [
    "MULTIAPPEND LITERAL+ UIDPLUS",
    "LITERAL+ UIDPLUS",
    "LITERAL-",
    "",
];

/// The best and the poorest.
const ENDS: [&str; 2] = [KINDS[0], KINDS[3]];

const INBOX: usize = 60;
const SENT: usize = 20;

struct World {
    _home: tempfile::TempDir,
    source: Dovecot,
    target: Server,
    engine: Engine,
}

impl World {
    async fn new(manners: Manners) -> Self {
        let home = tempfile::tempdir().unwrap();
        let source = Dovecot::start(1);
        seed(&source.maildir(0), "", 0, INBOX);
        seed(&source.maildir(0), ".Sent", 0, SENT);
        source.own();
        let target = Server::start(manners).await;
        let engine = begin(home.path(), &source, &target).await;
        Self {
            _home: home,
            source,
            target,
            engine,
        }
    }

    async fn run(&self) -> BatchStatus {
        self.engine.start_batch("Wave").await.unwrap();
        self.engine.wait_batch("Wave", PATIENCE).await.unwrap()
    }

    async fn synced(&self) {
        let status = self.run().await;
        assert_eq!(
            status,
            BatchStatus::Synced,
            "{}",
            explain(&self.engine, 1).await
        );
    }

    /// How often each message number is in a folder.
    fn numbers(&self, folder: &str) -> BTreeMap<usize, usize> {
        let mut counts = BTreeMap::new();
        for message in self.target.messages(folder) {
            let text = String::from_utf8(message.bytes).unwrap();
            if let Some((_, rest)) = text.split_once("Subject: No. ") {
                let number = rest.lines().next().unwrap().parse().unwrap();
                *counts.entry(number).or_default() += 1;
            }
        }
        counts
    }

    fn assert_once(&self, missing: &[usize]) {
        for (folder, count) in [("INBOX", INBOX), ("Sent", SENT)] {
            let expected: BTreeMap<usize, usize> = (0..count)
                .filter(|number| folder != "INBOX" || !missing.contains(number))
                .map(|number| (number, 1))
                .collect();
            assert_eq!(self.numbers(folder), expected, "{folder}");
        }
    }
}

async fn begin(home: &Path, source: &Dovecot, target: &Server) -> Engine {
    let engine = engine(home).await;
    endpoint(&engine, "old", source.port).await;
    endpoint(&engine, "new", target.port).await;
    let csv = format!(
        "EmailAddress,UserName,Password,TargetUserName,TargetPassword\n{},user0,pw-user0,u,p\n",
        address(0)
    );
    new_batch(&engine, csv.into_bytes(), Some("new")).await;
    engine
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_kind_of_server_gets_all_once_and_a_second_run_changes_nothing() {
    for capabilities in KINDS {
        let world = World::new(Manners {
            capabilities,
            ..Manners::default()
        })
        .await;
        world.synced().await;
        world.assert_once(&[]);
        let first = &world.target.messages("INBOX")[1];
        assert_eq!(
            (first.flags.as_str(), first.date.as_str()),
            ("\\Seen", "14-Jul-2017 03:40:00 +0000")
        );
        let one = statistics(&world.engine, 0).await;
        assert_eq!(
            one.user.data_consistency_score,
            Some(DataConsistencyScore::Perfect)
        );
        world.target.take_commands();
        world.synced().await;
        let commands = world.target.take_commands();
        assert!(
            commands
                .iter()
                .all(|verb| ["NAMESPACE", "LIST", "LSUB", "STATUS"].contains(&verb.as_str())),
            "{commands:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_answer_neither_loses_nor_doubles() {
    for capabilities in KINDS {
        for lost_answers in [vec![1], vec![2, 3, 8, 61]] {
            let world = World::new(Manners {
                capabilities,
                lost_answers,
                stranger_before: "Subject: No. 5\r\n",
                ..Manners::default()
            })
            .await;
            world.synced().await;
            world.assert_once(&[]);
            let one = statistics(&world.engine, 0).await;
            // what was found of our own work is copied, not adopted
            assert_eq!((one.copied_item_count, one.adopted_item_count), (80, 0));
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_message_is_told_in_the_servers_words_and_the_rest_arrives() {
    for capabilities in ENDS {
        let world = World::new(Manners {
            capabilities,
            refuses: "in user0.\r\nLine of message 17 in user0.\r\n",
            ..Manners::default()
        })
        .await;
        world.synced().await;
        world.assert_once(&[17]);
        let one = statistics(&world.engine, 0).await;
        assert_eq!((one.copied_item_count, one.skipped_items.len()), (79, 1));
        let item = &one.skipped_items[0];
        assert_eq!(item.kind, SkippedKind::RefusedItem);
        assert!(item.reason.contains("not to my taste"), "{item:?}");
        assert_eq!(
            (
                item.subject.as_str(),
                item.sender.as_str(),
                item.recipient.as_str()
            ),
            ("No. 17", "a@x.example", "b@x.example")
        );
        assert_eq!(item.date_sent.unwrap().as_second(), 1_500_000_000);
        assert_eq!(
            item.date_received.unwrap().as_second(),
            1_500_000_000 + 17 * 3600
        );
        assert!(item.message_size > 0);
        world.target.take_commands();
        world.synced().await;
        assert!(!world.target.take_commands().contains(&"APPEND".to_owned()));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_at_which_the_target_hangs_up_is_found_and_left_out() {
    for capabilities in ENDS {
        let world = World::new(Manners {
            capabilities,
            hangs_up_at: "Subject: No. 17\r\n",
            ..Manners::default()
        })
        .await;
        // it is in both folders
        world.synced().await;
        assert!(!world.numbers("Sent").contains_key(&17));
        let one = statistics(&world.engine, 0).await;
        assert_eq!(
            (one.copied_item_count, one.skipped_items.len()),
            (78, 2),
            "{one:?}"
        );
        let item = &one.skipped_items[0];
        assert_eq!(
            (item.kind, item.subject.as_str()),
            (SkippedKind::RefusedItem, "No. 17")
        );
        assert!(item.reason.contains("target ends the session"), "{item:?}");
        assert_eq!(world.numbers("INBOX").values().max(), Some(&1));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_mailbox_fails_its_user_at_once() {
    for capabilities in ENDS {
        let world = World::new(Manners {
            capabilities,
            quota: 30_000,
            ..Manners::default()
        })
        .await;
        assert_eq!(world.run().await, BatchStatus::Failed);
        let one = statistics(&world.engine, 0).await;
        let error = one.error.unwrap();
        assert!(
            error.class == "quota" && error.message.contains("the mailbox is full"),
            "{error:?}"
        );
        assert!(one.percentage_complete < 100);
        let tried = world.target.take_commands();
        let tried = tried.iter().filter(|verb| *verb == "APPEND").count();
        let stored = world.target.messages("INBOX").len();
        assert_eq!(one.copied_item_count, stored as u64);
        assert!(tried <= stored + 8, "{tried} {stored}");
        world.target.behave(Manners::default());
        world.synced().await;
        world.assert_once(&[]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dates_that_the_target_does_not_keep_are_counted() {
    let world = World::new(Manners {
        keeps_dates: false,
        ..Manners::default()
    })
    .await;
    world.synced().await;
    let one = statistics(&world.engine, 0).await;
    assert_eq!(
        one.user.data_consistency_score,
        Some(DataConsistencyScore::Good)
    );
    let report = one.report.unwrap();
    let told = |text: &str| report.iter().any(|line| line.message.contains(text));
    assert!(told("dates of 60 messages of \"INBOX\""), "{report:?}");
}

/// The state is lost, or another tool was here: what is there is found by what it is, and not copied a second time.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_at_the_target_is_adopted_by_count() {
    for capabilities in ENDS {
        let world = World::new(Manners {
            capabilities,
            ..Manners::default()
        })
        .await;
        world.synced().await;
        // one more copy of a message that was copied, and one of a stranger
        let twin = world.target.messages("INBOX").swap_remove(3).bytes;
        world.target.deliver("INBOX", &twin);
        world
            .target
            .deliver("INBOX", b"From: s\r\nSubject: strange\r\n\r\n");
        world.engine.shutdown().await.unwrap();
        let other = tempfile::tempdir().unwrap();
        seed(&world.source.maildir(0), "", INBOX, 3);
        world.source.own();
        let again = begin(other.path(), &world.source, &world.target).await;
        again.start_batch("Wave").await.unwrap();
        let status = again.wait_batch("Wave", PATIENCE).await.unwrap();
        assert_eq!(status, BatchStatus::Synced, "{}", explain(&again, 1).await);
        let one = statistics(&again, 0).await;
        assert_eq!((one.adopted_item_count, one.copied_item_count), (80, 3));
        let numbers = world.numbers("INBOX");
        assert_eq!((numbers.len(), numbers[&3]), (INBOX + 3, 2));
        assert!(
            numbers
                .iter()
                .all(|(number, count)| *count == 1 || *number == 3)
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn messages_above_the_targets_limit_are_told_before_anything_is_sent() {
    let world = World::new(Manners {
        capabilities: "MULTIAPPEND LITERAL+ UIDPLUS APPENDLIMIT=2000",
        ..Manners::default()
    })
    .await;
    world.synced().await;
    let one = statistics(&world.engine, 0).await;
    let large = one.skipped_items.len();
    assert!(large > 0 && one.copied_item_count as usize == 80 - large);
    for item in &one.skipped_items {
        assert_eq!(item.kind, SkippedKind::LargeItem);
        assert!(
            item.message_size > 2000 && item.subject.starts_with("No. "),
            "{item:?}"
        );
        assert!(item.reason.contains("2000 bytes at most"), "{item:?}");
    }
    let stored = world.target.messages("INBOX");
    assert!(stored.iter().all(|message| message.bytes.len() <= 2000));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn folders_find_their_place() {
    let world = World::new(Manners {
        refused_name: '&',
        sent: "Gesendete Objekte",
        ..Manners::default()
    })
    .await;
    seed(&world.source.maildir(0), ".Entw&APw-rfe 2", 0, 4);
    seed(&world.source.maildir(0), ".Entw&APw-rfe 2.x", 0, 2);
    seed(&world.source.maildir(0), ".Gesendete Objekte", 0, 3);
    world.source.own();
    world.synced().await;
    assert_eq!(world.target.messages("Gesendete Objekte").len(), SENT + 3);
    // a server that refuses a name gets a plainer one
    assert_eq!(world.target.messages("Entw=C3=BCrfe 2").len(), 4);
    assert_eq!(world.target.messages("Entw=C3=BCrfe 2/x").len(), 2);
    let one = statistics(&world.engine, 0).await;
    let report = one.report.unwrap();
    let told = |text: &str| report.iter().any(|line| line.message.contains(text));
    assert!(
        told("\"Gesendete Objekte\" of the target and are merged"),
        "{report:?}"
    );
    world.target.take_commands();
    seed(&world.source.maildir(0), ".Entw&APw-rfe 2.x", 2, 1);
    world.source.own();
    world.synced().await;
    let commands = world.target.take_commands();
    assert!(!commands.contains(&"CREATE".to_owned()), "{commands:?}");
    assert_eq!(world.target.messages("Entw=C3=BCrfe 2/x").len(), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_folder_that_the_target_refuses_stops_no_other() {
    let world = World::new(Manners {
        // a letter that has no plainer form
        refused_name: 'S',
        ..Manners::default()
    })
    .await;
    world.run().await;
    assert_eq!(world.numbers("INBOX").len(), INBOX);
    let one = statistics(&world.engine, 0).await;
    assert_eq!(
        one.user.data_consistency_score,
        Some(DataConsistencyScore::Investigate)
    );
    assert!(one.percentage_complete < 100);
    assert_eq!(one.failed_item_count, SENT as u64);
    let item = &one.skipped_items[0];
    assert_eq!(
        (item.kind, item.folder_name.as_str()),
        (SkippedKind::CorruptFolder, "Sent")
    );
    assert!(item.reason.contains("a name with that?"), "{item:?}");
}
