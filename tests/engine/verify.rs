//! Comparing source and target afresh.

use std::fs;
use std::path::{Path, PathBuf};

use mailtern::engine::Engine;
use mailtern::engine::batch::{BatchStatus, CompleteBatch};
use mailtern::engine::endpoint::AdminForm;
use mailtern::engine::user::UserStatus;
use mailtern::engine::verify::{FolderCheckView, VerifyLevel, VerifyResult};

use crate::dovecot::seed;
use crate::migrate::{PATIENCE, address, statistics, target, world};
use crate::target::{csv, give_boss, new_batch};

const LEVELS: [VerifyLevel; 3] = [VerifyLevel::Count, VerifyLevel::Headers, VerifyLevel::Full];

async fn verify(engine: &Engine, level: VerifyLevel) -> Vec<FolderCheckView> {
    engine.verify_user(&address(0), level).await.unwrap()
}

fn folder<'a>(views: &'a [FolderCheckView], name: &str) -> &'a FolderCheckView {
    let found = views.iter().find(|view| view.folder == name);
    found.unwrap_or_else(|| panic!("no {name} in {views:?}"))
}

fn files(maildir: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for part in ["cur", "new"] {
        let entries = fs::read_dir(maildir.join(part)).unwrap();
        paths.extend(entries.map(|entry| entry.unwrap().path()));
    }
    paths.sort();
    paths
}

async fn run(engine: &Engine) {
    engine.start_batch("Wave").await.unwrap();
    let status = engine.wait_batch("Wave", PATIENCE).await.unwrap();
    assert_eq!(status, BatchStatus::Synced);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_kind_of_difference_in_the_mail_store_is_found() {
    let home = tempfile::tempdir().unwrap();
    let (server, engine) = world(home.path(), 1, 30).await;
    run(&engine).await;
    for level in LEVELS {
        for view in verify(&engine, level).await {
            assert_eq!(view.result, VerifyResult::Identical, "{view:?}");
        }
    }
    let mail = target(home.path(), 0);
    let inbox = files(&mail);
    // one message is gone, one has another byte, one has other flags, one another date
    fs::remove_file(&inbox[0]).unwrap();
    let mut bytes = fs::read(&inbox[1]).unwrap();
    let last = bytes.len() - 4;
    bytes[last] ^= 1;
    let time = inbox[1].metadata().unwrap().modified().unwrap();
    fs::write(&inbox[1], bytes).unwrap();
    let file = fs::File::options().append(true).open(&inbox[1]).unwrap();
    file.set_modified(time).unwrap();
    let name = inbox[2].display().to_string();
    let (stem, flags) = name.split_once(":2,").unwrap();
    let flags = if flags.contains('F') { "" } else { "F" };
    fs::rename(&name, format!("{stem}:2,{flags}")).unwrap();
    let file = fs::File::options().append(true).open(&inbox[3]).unwrap();
    file.set_modified(std::time::SystemTime::UNIX_EPOCH)
        .unwrap();
    // and a folder has one that the source has not
    fs::copy(&inbox[4], mail.join(".Sent/new/extra")).unwrap();

    let counts = verify(&engine, VerifyLevel::Count).await;
    let one = folder(&counts, "INBOX");
    assert_eq!(
        (one.source_count, one.target_count, one.missing_count),
        (30, 29, 1)
    );
    let sent = folder(&counts, "Sent");
    assert_eq!(
        (sent.result, sent.extra_count),
        (VerifyResult::TargetHasMore, 1)
    );

    let headers = verify(&engine, VerifyLevel::Headers).await;
    let one = folder(&headers, "INBOX");
    assert_eq!((one.missing_count, one.extra_count), (1, 0));
    assert_eq!(one.missing_uids, "1");

    let full = verify(&engine, VerifyLevel::Full).await;
    let one = folder(&full, "INBOX");
    assert_eq!(one.result, VerifyResult::Different);
    assert_eq!((one.missing_count, one.extra_count), (2, 1), "{one:?}");
    assert_eq!(
        (one.different_flags_count, one.different_dates_count),
        (1, 1)
    );
    assert_eq!(
        folder(&full, "Archive/2019").result,
        VerifyResult::Identical
    );
    drop(server);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_as_target_is_read_too_and_completion_tells_what_is_missing() {
    let home = tempfile::tempdir().unwrap();
    let (source, target, engine) = crate::target::world(home.path(), 1, 30).await;
    give_boss(&engine, AdminForm::MasterUser, "pw-boss").await;
    new_batch(&engine, csv(1, "", |_| String::new()), Some("new")).await;
    run(&engine).await;
    for level in LEVELS {
        for view in verify(&engine, level).await {
            assert_eq!(view.result, VerifyResult::Identical, "{view:?}");
        }
    }
    for path in &files(&target.maildir(0))[..3] {
        fs::remove_file(path).unwrap();
    }
    seed(&target.maildir(0), ".Sent", 500, 1);
    target.own();
    let full = verify(&engine, VerifyLevel::Full).await;
    assert_eq!(folder(&full, "INBOX").missing_count, 3);
    assert_eq!(folder(&full, "Sent").result, VerifyResult::TargetHasMore);

    let request = CompleteBatch {
        identity: "Wave".into(),
        sync_and_complete: false,
    };
    engine.complete_batch(request).await.unwrap();
    let status = engine.wait_batch("Wave", PATIENCE).await.unwrap();
    assert_eq!(status, BatchStatus::Completed);
    let user = statistics(&engine, 0).await;
    assert_eq!(user.user.status, UserStatus::CompletedWithWarnings);
    let report = user.report.unwrap();
    assert!(
        report
            .iter()
            .any(|entry| entry.message.contains("Verification: 3 of 55")),
        "{report:?}"
    );
    source.down();
    let error = engine
        .verify_user(&address(0), VerifyLevel::Count)
        .await
        .unwrap_err();
    assert!(!error.message.contains("target"), "{error}");
}
