//! Whole migrations from a real server, and what breaks them.

use std::time::Duration;

use mailtern::engine::batch::{BatchFilter, BatchStatus, NewBatch};
use mailtern::engine::event::EventKind;
use mailtern::engine::mailbox::FolderScope;
use mailtern::engine::report::DataConsistencyScore;
use mailtern::engine::user::{StatisticsRequest, UserFilter, UserStatisticsView, UserStatus};
use mailtern::engine::{Engine, EngineOptions};
use tokio::runtime::Runtime;

use crate::dovecot::{Dovecot, assert_same, content, seed};
use crate::proxy::Proxy;
use crate::world::{csv, endpoint, engine, mailbox};

pub const PATIENCE: Option<Duration> = Some(Duration::from_secs(120));

/// A server with users, each with mail in a few folders, and an engine with their mailboxes and a batch.
pub async fn world(home: &std::path::Path, users: usize, messages: usize) -> (Dovecot, Engine) {
    let server = Dovecot::start(users);
    for user in 0..users {
        let maildir = server.maildir(user);
        seed(&maildir, "", 0, messages);
        seed(&maildir, ".Sent", 0, messages / 2);
        seed(&maildir, ".Archive.2019", 0, messages / 3);
        seed(&maildir, ".Empty", 0, 0);
    }
    server.own();
    let engine = engine(home).await;
    endpoint(&engine, "old", server.port).await;
    let mut rows = Vec::new();
    for user in 0..users {
        let address = address(user);
        mailbox(&engine, &address).await;
        rows.push((address, format!("user{user}"), format!("pw-user{user}")));
    }
    new_batch(&engine, &rows).await;
    (server, engine)
}

pub async fn new_batch(engine: &Engine, rows: &[(String, String, String)]) {
    let rows: Vec<(&str, &str, &str)> = rows
        .iter()
        .map(|(address, login, password)| (address.as_str(), login.as_str(), password.as_str()))
        .collect();
    let request = NewBatch {
        name: "Wave".into(),
        csv: csv(&rows),
        source_endpoint: "old".into(),
        ..NewBatch::default()
    };
    engine.new_batch(request).await.unwrap();
}

pub fn address(user: usize) -> String {
    format!("user{user}@x.example")
}

pub fn target(home: &std::path::Path, user: usize) -> std::path::PathBuf {
    home.join("mail").join(address(user)).join("Maildir")
}

async fn run(engine: &Engine) -> BatchStatus {
    engine.start_batch("Wave").await.unwrap();
    engine.wait_batch("Wave", PATIENCE).await.unwrap()
}

pub async fn statistics(engine: &Engine, user: usize) -> UserStatisticsView {
    let request = StatisticsRequest {
        identity: address(user),
        include_report: true,
        include_skipped_items: true,
        ..StatisticsRequest::default()
    };
    engine.get_user_statistics(request).await.unwrap().remove(0)
}

pub async fn explain(engine: &Engine, users: usize) -> String {
    let mut text = String::new();
    for user in 0..users {
        let one = statistics(engine, user).await;
        text.push_str(&format!(
            "{:?} {:?} {:?}\n",
            one.user.status, one.error, one.report
        ));
    }
    text
}

pub fn assert_sums(one: &UserStatisticsView, messages: usize) {
    assert_eq!(one.total_items_in_source, messages as u64);
    assert_eq!(
        one.copied_item_count + one.adopted_item_count,
        messages as u64
    );
    assert_eq!((one.failed_item_count, one.vanished_item_count), (0, 0));
    assert_eq!(one.percentage_complete, 100);
    assert_eq!(
        one.user.data_consistency_score,
        Some(DataConsistencyScore::Perfect)
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_users_arrive_whole_and_a_second_start_copies_only_what_is_new() {
    let home = tempfile::tempdir().unwrap();
    let (server, engine) = world(home.path(), 20, 60).await;
    let mut news = engine.subscribe();
    let status = run(&engine).await;
    assert_eq!(
        status,
        BatchStatus::Synced,
        "{}",
        explain(&engine, 20).await
    );
    for user in 0..20 {
        assert_same(&server.maildir(user), &target(home.path(), user));
        assert!(target(home.path(), user).join(".Empty/cur").is_dir());
        assert_sums(&statistics(&engine, user).await, 60 + 30 + 20);
    }
    let folders = engine
        .get_folder_statistics(&address(7), true)
        .await
        .unwrap();
    let seen: Vec<(&str, u64, FolderScope)> = folders
        .iter()
        .map(|one| {
            (
                one.folder_path.as_str(),
                one.items_in_folder,
                one.folder_type,
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("/INBOX", 60, FolderScope::Inbox),
            ("/Archive/2019", 20, FolderScope::Archive),
            ("/Empty", 0, FolderScope::Personal),
            ("/Sent", 30, FolderScope::SentItems),
        ]
    );
    let oldest = folders[0].oldest_item_received_date.unwrap();
    assert_eq!(oldest.as_second(), 1_500_000_000);
    let view = engine
        .get_batches(BatchFilter::default())
        .await
        .unwrap()
        .remove(0);
    assert_eq!((view.synced_count, view.total_count), (20, 20));
    assert_eq!(view.synced_item_count, 20 * 110);
    assert!(view.initial_sync_date_time.is_some());
    let mut seen = Vec::new();
    while let Ok(event) = news.try_recv() {
        if let EventKind::BatchStatus { to, .. } = event.kind {
            seen.push(to);
        }
    }
    assert_eq!(
        seen,
        [
            BatchStatus::Starting,
            BatchStatus::Syncing,
            BatchStatus::Synced
        ]
    );

    seed(&server.maildir(3), "", 60, 5);
    seed(&server.maildir(3), ".New", 0, 4);
    server.own();
    let before = content(&target(home.path(), 4));
    assert_eq!(run(&engine).await, BatchStatus::Synced);
    assert_same(&server.maildir(3), &target(home.path(), 3));
    assert_sums(&statistics(&engine, 3).await, 110 + 9);
    assert_eq!(content(&target(home.path(), 4)), before);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_password_fails_its_user_at_once_and_no_other() {
    let home = tempfile::tempdir().unwrap();
    let server = Dovecot::start(2);
    for user in 0..2 {
        seed(&server.maildir(user), "", 0, 5);
    }
    server.own();
    let engine = engine(home.path()).await;
    endpoint(&engine, "old", server.port).await;
    mailbox(&engine, &address(0)).await;
    mailbox(&engine, &address(1)).await;
    let row =
        |user: usize, password: &str| (address(user), format!("user{user}"), password.to_owned());
    new_batch(&engine, &[row(0, "wrong"), row(1, "pw-user1")]).await;
    assert_eq!(run(&engine).await, BatchStatus::SyncedWithErrors);
    let failed = statistics(&engine, 0).await;
    assert_eq!(failed.user.status, UserStatus::Failed);
    let error = failed.error.unwrap();
    assert_eq!(
        (error.id.as_str(), error.class.as_str()),
        ("AuthenticationErrorException", "auth")
    );
    assert!(
        error
            .message
            .contains("We had trouble signing in to this account")
    );
    assert!(!error.message.contains("wrong"), "{}", error.message);
    let tries = failed.report.unwrap();
    assert_eq!(
        tries
            .iter()
            .filter(|line| line.message.contains("AuthenticationError"))
            .count(),
        1
    );
    assert_same(&server.maildir(1), &target(home.path(), 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stopped_batch_goes_on_where_it_was() {
    let home = tempfile::tempdir().unwrap();
    let (server, engine) = world(home.path(), 3, 450).await;
    let mut news = engine.subscribe();
    engine.start_batch("Wave").await.unwrap();
    loop {
        let event = news.recv().await.unwrap();
        if matches!(&event.kind, EventKind::Progress(progress) if progress.messages_done > 0) {
            break;
        }
    }
    engine.stop_batch("Wave").await.unwrap();
    let status = engine.wait_batch("Wave", PATIENCE).await.unwrap();
    assert_eq!(status, BatchStatus::Stopped);
    let users = engine.get_users(UserFilter::default()).await.unwrap();
    // on a fast machine some may have been done by then
    let ended = [UserStatus::Stopped, UserStatus::Synced];
    assert!(
        users.iter().all(|user| ended.contains(&user.status)),
        "{users:?}"
    );
    assert_eq!(
        run(&engine).await,
        BatchStatus::Synced,
        "{}",
        explain(&engine, 3).await
    );
    for user in 0..3 {
        assert_same(&server.maildir(user), &target(home.path(), user));
        assert_sums(&statistics(&engine, user).await, 450 + 225 + 150);
    }
}

/// The engine dies without a word in the middle of the work, at a later moment each time, and goes on when it is opened again.
#[test]
fn an_engine_that_dies_in_the_middle_goes_on_and_doubles_nothing() {
    let home = tempfile::tempdir().unwrap();
    let first = Runtime::new().unwrap();
    let (server, engine) = first.block_on(world(home.path(), 2, 450));
    drop(engine);
    drop(first);
    let total: u64 = 2 * (450 + 225 + 150);
    for life in 0..5u64 {
        let runtime = Runtime::new().unwrap();
        runtime.block_on(async {
            let engine = engine_again(home.path()).await;
            let mut news = engine.subscribe();
            match life {
                0 => engine.start_batch("Wave").await.unwrap(),
                // a fast machine may have ended the work before it was killed
                _ if engine.resume().await.unwrap().is_empty() => return,
                _ => {}
            }
            let until = total * life / 8;
            let mut done = std::collections::HashMap::new();
            loop {
                match news.recv().await.unwrap().kind {
                    EventKind::Progress(progress) => {
                        done.insert(progress.user, progress.messages_done);
                    }
                    EventKind::BatchStatus {
                        to: BatchStatus::Synced,
                        ..
                    } => return,
                    _ => {}
                }
                if done.values().sum::<u64>() >= until {
                    return;
                }
            }
        });
        // tasks are dropped where they are, as when the process is killed
        runtime.shutdown_timeout(Duration::from_secs(10));
    }
    let last = Runtime::new().unwrap();
    last.block_on(async {
        let engine = engine_again(home.path()).await;
        engine.resume().await.unwrap();
        let status = engine.wait_batch("Wave", PATIENCE).await.unwrap();
        assert_eq!(status, BatchStatus::Synced, "{}", explain(&engine, 2).await);
        for user in 0..2 {
            assert_same(&server.maildir(user), &target(home.path(), user));
            assert_sums(&statistics(&engine, user).await, 450 + 225 + 150);
        }
        engine.shutdown().await.unwrap();
    });
}

async fn engine_again(home: &std::path::Path) -> Engine {
    let options = EngineOptions {
        retry_unit: Duration::from_millis(20),
        ..EngineOptions::new(home)
    };
    Engine::open(options).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_goes_away_fails_its_users_and_a_later_start_ends_the_work() {
    let home = tempfile::tempdir().unwrap();
    let server = Dovecot::start(2);
    for user in 0..2 {
        seed(&server.maildir(user), "", 0, 300);
        seed(&server.maildir(user), ".Sent", 0, 100);
    }
    server.own();
    let engine = engine(home.path()).await;
    let wire = Proxy::start(server.port, 400_000).await;
    endpoint(&engine, "old", wire.port).await;
    let mut rows = Vec::new();
    for user in 0..2 {
        mailbox(&engine, &address(user)).await;
        rows.push((
            address(user),
            format!("user{user}"),
            format!("pw-user{user}"),
        ));
    }
    new_batch(&engine, &rows).await;
    engine.start_batch("Wave").await.unwrap();
    wire.wait_cut().await;
    let status = engine.wait_batch("Wave", PATIENCE).await.unwrap();
    assert_eq!(status, BatchStatus::Failed, "{}", explain(&engine, 2).await);
    for user in 0..2 {
        let failed = statistics(&engine, user).await;
        let error = failed.error.unwrap();
        assert!(
            ["transport", "config"].contains(&error.class.as_str()),
            "{error:?}"
        );
        assert!(failed.percentage_complete < 100);
        let tries = failed.report.unwrap();
        let tries = tries
            .iter()
            .filter(|line| line.message.starts_with("Transient"));
        assert_eq!(tries.count(), 4);
    }
    wire.mend(i64::MAX);
    assert_eq!(
        run(&engine).await,
        BatchStatus::Synced,
        "{}",
        explain(&engine, 2).await
    );
    for user in 0..2 {
        assert_same(&server.maildir(user), &target(home.path(), user));
        assert_sums(&statistics(&engine, user).await, 400);
    }
}

/// Every place of a session can break, also in the middle of a message; each try begins where the last one ended.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wire_that_breaks_again_and_again_delivers_every_message_once() {
    let home = tempfile::tempdir().unwrap();
    let server = Dovecot::start(1);
    seed(&server.maildir(0), "", 0, 120);
    seed(&server.maildir(0), ".Sent", 0, 40);
    server.own();
    let engine = engine(home.path()).await;
    let wire = Proxy::start(server.port, 100).await;
    endpoint(&engine, "old", wire.port).await;
    mailbox(&engine, &address(0)).await;
    new_batch(&engine, &[(address(0), "user0".into(), "pw-user0".into())]).await;
    for bytes in [700, 5_000, 30_011, 60_007, 90_001] {
        engine.start_batch("Wave").await.unwrap();
        wire.wait_cut().await;
        engine.wait_batch("Wave", PATIENCE).await.unwrap();
        wire.mend(bytes);
    }
    wire.mend(i64::MAX);
    assert_eq!(
        run(&engine).await,
        BatchStatus::Synced,
        "{}",
        explain(&engine, 1).await
    );
    assert_same(&server.maildir(0), &target(home.path(), 0));
    assert_sums(&statistics(&engine, 0).await, 160);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_that_the_server_cannot_give_is_told_and_the_rest_arrives() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().unwrap();
    let (server, engine) = world(home.path(), 1, 40).await;
    let folder = server.maildir(0).join("cur");
    let unreadable = std::fs::read_dir(&folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .find(|path| path.to_string_lossy().contains(".M17P1."))
        .unwrap();
    std::fs::set_permissions(&unreadable, std::fs::Permissions::from_mode(0o000)).unwrap();
    let status = run(&engine).await;
    assert_eq!(status, BatchStatus::Synced, "{}", explain(&engine, 1).await);
    let one = statistics(&engine, 0).await;
    assert_eq!(one.total_items_in_source, 40 + 20 + 13);
    assert_eq!(
        (one.copied_item_count, one.user.skipped_item_count),
        (72, 1)
    );
    assert_eq!((one.failed_item_count, one.percentage_complete), (0, 100));
    let score = one.user.data_consistency_score;
    assert_eq!(score, Some(DataConsistencyScore::Investigate));
    let item = &one.skipped_items[0];
    assert_eq!(item.folder_name, "INBOX");
    assert!(item.uid.is_some() && !item.reason.is_empty(), "{item:?}");

    // it is not asked for again, and a server that can give it now is not asked either
    let status = run(&engine).await;
    assert_eq!(status, BatchStatus::Synced);
    assert_eq!(statistics(&engine, 0).await.copied_item_count, 72);
    std::fs::remove_file(&unreadable).unwrap();
    assert_same(&server.maildir(0), &target(home.path(), 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_target_that_cannot_be_written_fails_its_user_only_until_it_can() {
    let home = tempfile::tempdir().unwrap();
    let (server, engine) = world(home.path(), 2, 30).await;
    let obstacle = target(home.path(), 0).join(".Sent");
    std::fs::write(&obstacle, "a file where a folder must be").unwrap();
    let status = run(&engine).await;
    assert_eq!(status, BatchStatus::SyncedWithErrors);
    let failed = statistics(&engine, 0).await;
    let error = failed.error.unwrap();
    assert_eq!(error.id, "StoragePermanentException");
    assert!(error.message.contains(".Sent"), "{}", error.message);
    assert_same(&server.maildir(1), &target(home.path(), 1));
    std::fs::remove_file(&obstacle).unwrap();
    assert_eq!(run(&engine).await, BatchStatus::Synced);
    assert_same(&server.maildir(0), &target(home.path(), 0));
    assert_sums(&statistics(&engine, 0).await, 30 + 15 + 10);
}

/// The database is gone, the mail is not: what is there is found by its names and not copied a second time.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_state_adopts_what_the_mail_store_has() {
    let home = tempfile::tempdir().unwrap();
    let (server, first) = world(home.path(), 1, 60).await;
    assert_eq!(run(&first).await, BatchStatus::Synced);
    first.shutdown().await.unwrap();
    drop(first);
    for file in ["state.db", "state.db-wal", "state.db-shm", "key"] {
        drop(std::fs::remove_file(home.path().join(file)));
    }
    seed(&server.maildir(0), "", 60, 3);
    server.own();
    let engine = engine(home.path()).await;
    endpoint(&engine, "old", server.port).await;
    mailbox(&engine, &address(0)).await;
    let row = (address(0), "user0".to_owned(), "pw-user0".to_owned());
    new_batch(&engine, &[row]).await;
    let status = run(&engine).await;
    assert_eq!(status, BatchStatus::Synced, "{}", explain(&engine, 1).await);
    assert_same(&server.maildir(0), &target(home.path(), 0));
    let one = statistics(&engine, 0).await;
    assert_eq!((one.adopted_item_count, one.copied_item_count), (110, 3));
    assert_sums(&one, 113);
}

/// The source was restored and numbers its messages anew: nothing is copied twice, what is new is, and the user is told.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn new_message_numbers_at_the_source_double_nothing() {
    let home = tempfile::tempdir().unwrap();
    let (server, engine) = world(home.path(), 1, 30).await;
    assert_eq!(run(&engine).await, BatchStatus::Synced);
    let before = content(&target(home.path(), 0));
    for file in std::fs::read_dir(server.maildir(0)).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name == "dovecot-uidlist" {
            let text = std::fs::read_to_string(&path).unwrap();
            let (head, rest) = text.split_once('\n').unwrap();
            let head: Vec<String> = head
                .split(' ')
                .map(|word| match word.strip_prefix('V') {
                    Some(number) => format!("V{}", number.parse::<u32>().unwrap() + 1),
                    None => word.to_owned(),
                })
                .collect();
            std::fs::write(&path, format!("{}\n{rest}", head.join(" "))).unwrap();
        } else if name.starts_with("dovecot.index") {
            std::fs::remove_file(&path).unwrap();
        }
    }
    seed(&server.maildir(0), "", 30, 2);
    server.own();
    assert_eq!(run(&engine).await, BatchStatus::Synced);
    let after = content(&target(home.path(), 0));
    assert_same(&server.maildir(0), &target(home.path(), 0));
    assert_eq!(before[".Sent"], after[".Sent"]);
    let one = statistics(&engine, 0).await;
    assert_sums(&one, 30 + 2 + 15 + 10);
    let report = one.report.unwrap();
    assert!(
        report
            .iter()
            .any(|line| line.message.contains("UIDVALIDITY"))
    );
}

/// Another tool was here first: what it delivered is found by what it is, by count, whatever its files are called.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_others_delivered_to_the_mail_store_is_adopted_by_count() {
    let home = tempfile::tempdir().unwrap();
    let (server, engine) = world(home.path(), 1, 30).await;
    let there = target(home.path(), 0).join("cur");
    std::fs::create_dir_all(&there).unwrap();
    let mut files: Vec<_> = std::fs::read_dir(server.maildir(0).join("cur"))
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    for (number, file) in files.iter().enumerate().take(10) {
        let bytes = std::fs::read(file).unwrap();
        // as tools that keep bare line ends do
        let text = String::from_utf8(bytes).unwrap().replace("\r\n", "\n");
        std::fs::write(there.join(format!("{number}.other:2,S")), text).unwrap();
    }
    // a second copy at the source of what is there once
    let twin = files[3]
        .file_name()
        .unwrap()
        .to_string_lossy()
        .replace(".M3P1.", ".M900P1.");
    std::fs::copy(&files[3], server.maildir(0).join("cur").join(twin)).unwrap();
    std::fs::write(there.join("x.stranger:2,"), "Subject: strange\n\nx\n").unwrap();
    server.own();
    for round in 0..2 {
        assert_eq!(
            run(&engine).await,
            BatchStatus::Synced,
            "{}",
            explain(&engine, 1).await
        );
        let one = statistics(&engine, 0).await;
        assert_eq!(
            (one.adopted_item_count, one.copied_item_count),
            (10, 30 + 15 + 10 + 1 - 10),
            "round {round}"
        );
        assert_eq!(std::fs::read_dir(&there).unwrap().count(), 10 + 1 + 21);
    }
}
