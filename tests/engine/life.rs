//! A batch after its first copy: new mail by order and by time, single users, completion.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use mailtern::engine::batch::{
    BatchFilter, BatchStatus, BatchView, CompleteBatch, NewBatch, SetBatch,
};
use mailtern::engine::clock::Clock;
use mailtern::engine::config::SetConfig;
use mailtern::engine::endpoint::{NewEndpoint, ProbeTarget, Security};
use mailtern::engine::event::{Event, EventKind};
use mailtern::engine::reports::{ReportKind, ReportRequest};
use mailtern::engine::user::{SetUser, UserFilter, UserStatus, UserView};
use mailtern::engine::{Engine, EngineOptions, ErrorId};
use tokio::sync::broadcast::Receiver;

use crate::dovecot::{Dovecot, assert_same, seed};
use crate::migrate::{PATIENCE, address, explain, new_batch, target};
use crate::world::{csv, endpoint, mailbox};

/// A clock that is put forward by hand.
#[derive(Clone)]
struct Hand(Arc<AtomicI64>);

impl Hand {
    fn new() -> Self {
        Self(Arc::new(AtomicI64::new(1_800_000_000_000)))
    }

    fn clock(&self) -> Clock {
        let now = Arc::clone(&self.0);
        Clock::of(move || Timestamp::from_millisecond(now.load(Ordering::SeqCst)).unwrap())
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.0.load(Ordering::SeqCst)).unwrap()
    }

    fn forward(&self, hours: i64) {
        self.0.fetch_add(hours * 3_600_000, Ordering::SeqCst);
    }
}

struct World {
    server: Dovecot,
    engine: Engine,
    hand: Hand,
    home: tempfile::TempDir,
}

impl World {
    /// Users with a few messages each, and a batch of them that is not started.
    async fn new(users: usize) -> Self {
        let (home, hand) = (tempfile::tempdir().unwrap(), Hand::new());
        let server = Dovecot::start(users + 1);
        for user in 0..=users {
            seed(&server.maildir(user), "", 0, 12);
        }
        server.own();
        let engine = open(home.path(), &hand).await;
        endpoint(&engine, "old", server.port).await;
        let mut rows = Vec::new();
        for user in 0..users {
            mailbox(&engine, &address(user)).await;
            rows.push((
                address(user),
                format!("user{user}"),
                format!("pw-user{user}"),
            ));
        }
        new_batch(&engine, &rows).await;
        Self {
            server,
            engine,
            hand,
            home,
        }
    }

    async fn synced(users: usize) -> Self {
        let world = Self::new(users).await;
        world.engine.start_batch("Wave").await.unwrap();
        assert_eq!(world.wait().await, BatchStatus::Synced);
        world
    }

    async fn wait(&self) -> BatchStatus {
        let status = self.engine.wait_batch("Wave", PATIENCE).await;
        status.unwrap_or_else(|error| panic!("{error}"))
    }

    async fn batch(&self) -> BatchView {
        let mut found = self
            .engine
            .get_batches(BatchFilter::default())
            .await
            .unwrap();
        found.remove(0)
    }

    async fn user(&self, user: usize) -> UserView {
        let filter = UserFilter {
            identity: Some(address(user)),
            ..UserFilter::default()
        };
        self.engine.get_users(filter).await.unwrap().remove(0)
    }

    /// New mail for a user at the source.
    fn deliver(&self, user: usize, first: usize) {
        seed(&self.server.maildir(user), "", first, 3);
        self.server.own();
    }

    fn assert_same(&self, user: usize) {
        assert_same(&self.server.maildir(user), &target(self.home.path(), user));
    }

    async fn set(&self, request: SetBatch) {
        let request = SetBatch {
            identity: "Wave".into(),
            ..request
        };
        self.engine.set_batch(request).await.unwrap();
    }
}

async fn open(home: &Path, hand: &Hand) -> Engine {
    let options = EngineOptions {
        clock: hand.clock(),
        retry_unit: Duration::from_millis(20),
        ..EngineOptions::new(home)
    };
    Engine::open(options).await.unwrap()
}

/// Waits until the batch comes to this state.
async fn until(news: &mut Receiver<Event>, wanted: BatchStatus) {
    let wait = async {
        loop {
            if let Ok(Event {
                kind: EventKind::BatchStatus { to, .. },
                ..
            }) = news.recv().await
                && to == wanted
            {
                return;
            }
        }
    };
    let came = tokio::time::timeout(PATIENCE.unwrap(), wait).await;
    came.unwrap_or_else(|_| panic!("the batch is not {wanted}"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sync_now_brings_what_is_new_and_a_day_brings_it_too() {
    let world = World::synced(2).await;
    world.deliver(0, 100);
    world
        .set(SetBatch {
            sync_now: true,
            ..SetBatch::default()
        })
        .await;
    assert_eq!(world.wait().await, BatchStatus::Synced);
    world.assert_same(0);

    world.deliver(1, 100);
    let mut news = world.engine.subscribe();
    world.hand.forward(23);
    // the shortest change of the settings has the engine look at its clock
    let same = SetConfig::default();
    world.engine.set_config(same.clone()).await.unwrap();
    world.hand.forward(2);
    world.engine.set_config(same).await.unwrap();
    until(&mut news, BatchStatus::IncrementalSyncing).await;
    until(&mut news, BatchStatus::Synced).await;
    world.assert_same(1);
    assert_eq!(
        world.batch().await.last_synced_date_time,
        Some(world.hand.now())
    );

    // no more when it is turned off
    world
        .set(SetBatch {
            allow_incremental_syncs: Some(false),
            ..SetBatch::default()
        })
        .await;
    assert_eq!(world.batch().await.status, BatchStatus::Stopped);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn completing_makes_a_last_pass_and_nothing_after_it() {
    let world = World::synced(2).await;
    world.deliver(0, 100);
    let request = CompleteBatch {
        identity: "Wave".into(),
        sync_and_complete: true,
    };
    world.engine.complete_batch(request.clone()).await.unwrap();
    assert_eq!(
        world.wait().await,
        BatchStatus::Completed,
        "{}",
        explain(&world.engine, 2).await
    );
    world.assert_same(0);
    let batch = world.batch().await;
    assert_eq!((batch.finalized_count, batch.synced_count), (2, 0));
    assert_eq!(batch.finalized_date_time, Some(world.hand.now()));
    let status = world.user(0).await.status;
    assert_eq!(
        status,
        UserStatus::Completed,
        "{}",
        explain(&world.engine, 2).await
    );
    let error = world.engine.complete_batch(request).await.unwrap_err();
    assert_eq!(error.id, ErrorId::BatchCommandRefused);
    let error = world.engine.start_user(&address(0)).await.unwrap_err();
    assert_eq!(error.id, ErrorId::UserCommandRefused);
    world.engine.remove_batch("Wave", false).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_failed_last_pass_is_tried_again_by_start() {
    let world = World::synced(1).await;
    world
        .engine
        .remove_mailbox(&address(0), false)
        .await
        .unwrap();
    let request = CompleteBatch {
        identity: "Wave".into(),
        sync_and_complete: false,
    };
    world.engine.complete_batch(request).await.unwrap();
    assert_eq!(world.wait().await, BatchStatus::CompletedWithErrors);
    assert_eq!(world.user(0).await.status, UserStatus::CompletionFailed);
    mailbox(&world.engine, &address(0)).await;
    world.engine.start_batch("Wave").await.unwrap();
    assert_eq!(world.wait().await, BatchStatus::Completed);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_batch_and_a_user_are_completed_at_their_times() {
    let world = World::synced(2).await;
    let at = |hours: i64| Some(world.hand.now() + jiff::SignedDuration::from_hours(hours));
    let own = SetUser {
        identity: address(1),
        complete_after: Some(at(5)),
        ..SetUser::default()
    };
    world.engine.set_user(own).await.unwrap();
    let mut news = world.engine.subscribe();
    world.hand.forward(1);
    world
        .set(SetBatch {
            complete_after: Some(Some(world.hand.now())),
            ..SetBatch::default()
        })
        .await;
    until(&mut news, BatchStatus::Completing).await;
    until(&mut news, BatchStatus::Synced).await;
    let states = (world.user(0).await.status, world.user(1).await.status);
    assert_eq!(states, (UserStatus::Completed, UserStatus::Synced));
    world.hand.forward(5);
    world.engine.set_config(SetConfig::default()).await.unwrap();
    until(&mut news, BatchStatus::Completed).await;
    assert_eq!(world.user(1).await.status, UserStatus::Completed);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn users_are_stopped_started_and_removed_one_by_one() {
    let world = World::synced(3).await;
    let error = world
        .engine
        .start_user("nobody@x.example")
        .await
        .unwrap_err();
    assert_eq!(error.id, ErrorId::UserNotFound);
    world.engine.stop_user(&address(1)).await.unwrap();
    assert_eq!(world.user(1).await.status, UserStatus::IncrementalStopped);
    world.deliver(0, 100);
    world.deliver(1, 100);
    let sync = SetUser {
        identity: address(1),
        sync_now: true,
        ..SetUser::default()
    };
    let error = world.engine.set_user(sync).await.unwrap_err();
    assert_eq!(error.id, ErrorId::UserCommandRefused);
    world.engine.start_user(&address(1)).await.unwrap();
    assert_eq!(world.wait().await, BatchStatus::Synced);
    world.assert_same(1);
    let sync = SetUser {
        identity: address(0),
        sync_now: true,
        ..SetUser::default()
    };
    world.engine.set_user(sync).await.unwrap();
    world.wait().await;
    world.assert_same(0);
    world.engine.remove_user(&address(2), false).await.unwrap();
    let batch = world.batch().await;
    assert_eq!((batch.total_count, batch.synced_count), (2, 2));
    // the mail stays
    world.assert_same(2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_are_added_to_a_batch_that_is_synced() {
    let world = World::synced(1).await;
    mailbox(&world.engine, &address(1)).await;
    let (old, new) = (address(0), address(1));
    let rows = csv(&[
        (&old, "user0", "pw-user0"),
        (&new, "user1", "pw-user1"),
        ("broken", "x", "y"),
    ]);
    world
        .set(SetBatch {
            add_users: Some(rows),
            ..SetBatch::default()
        })
        .await;
    assert_eq!(world.wait().await, BatchStatus::SyncedWithErrors);
    world.assert_same(1);
    let batch = world.batch().await;
    assert_eq!((batch.total_count, batch.synced_count), (3, 2));
    assert_eq!(batch.validation_warning_count, 1);
    assert_eq!(world.user(1).await.row_index, 3);
    let names: Vec<String> = batch.reports.iter().map(|path| name(path)).collect();
    assert_eq!(names, ["MigrationErrors.csv", "MigrationStatistics.csv"]);
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_batch_at_rest_leaves_reports_and_a_status_mail() {
    let world = World::new(2).await;
    world
        .engine
        .remove_mailbox(&address(1), false)
        .await
        .unwrap();
    world
        .set(SetBatch {
            notification_emails: Some(vec!["admin@x.example".into(), "cio@x.example".into()]),
            ..SetBatch::default()
        })
        .await;
    world.engine.start_batch("Wave").await.unwrap();
    assert_eq!(world.wait().await, BatchStatus::SyncedWithErrors);
    let mails: Vec<_> = std::fs::read_dir(world.home.path().join("outbox"))
        .unwrap()
        .map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap())
        .collect();
    assert_eq!(mails.len(), 1);
    for line in [
        "Subject: E-mail migration batch \"Wave\" has finished - with errors\r\n",
        "To: admin@x.example,\r\n cio@x.example\r\n",
        "filename=\"MigrationErrors.csv\"",
        "filename=\"MigrationStatistics.csv\"",
    ] {
        assert!(mails[0].contains(line), "{line} in {}", mails[0]);
    }
    let request = |identity: &str, kind| ReportRequest {
        identity: identity.into(),
        kind,
    };
    let errors = request("Wave", Some(ReportKind::Errors));
    let page = world.engine.read_report(&errors, 0, 10).await.unwrap();
    assert_eq!(page.rows.len(), 1);
    assert_eq!(page.rows[0][..3], ["2", &address(1), "user1"]);
    assert!(page.rows[0][3].contains("recipient wasn't found"));
    let reports = world.batch().await.reports;
    let path = reports[1].display().to_string();
    let page = world
        .engine
        .read_report(&request(&path, None), 1, 10)
        .await
        .unwrap();
    assert_eq!((page.kind, page.rows.len()), (ReportKind::Statistics, 1));
    let out = world.home.path().join("out.csv");
    let rows = world
        .engine
        .export_report(&request("wave", None), out.clone())
        .await
        .unwrap();
    assert_eq!(rows, 2);
    assert!(
        std::fs::read_to_string(&out)
            .unwrap()
            .starts_with("EmailAddress,Status,")
    );
    let error = world
        .engine
        .export_report(&request("wave", None), out)
        .await
        .unwrap_err();
    assert_eq!(error.id, ErrorId::InvalidArgument);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_preview_shows_the_folders_and_makes_nothing() {
    let world = World::new(2).await;
    seed(&world.server.maildir(0), ".Trash", 0, 4);
    world.server.own();
    world
        .engine
        .remove_mailbox(&address(1), false)
        .await
        .unwrap();
    let preview = world.engine.preview_batch("Wave").await.unwrap();
    assert_eq!(preview.len(), 2);
    let folders = world.engine.preview_mailbox(&preview, 0).await.unwrap();
    let seen: Vec<(&str, u64, bool)> = folders
        .iter()
        .map(|one| (one.source_folder.as_str(), one.item_count, one.size > 0))
        .collect();
    assert_eq!(seen, [("INBOX", 12, true), ("Trash", 4, true)]);
    let error = world.engine.preview_mailbox(&preview, 1).await.unwrap_err();
    assert_eq!(error.id, ErrorId::RecipientNotFound);

    mailbox(&world.engine, &address(2)).await;
    let new = NewBatch {
        name: "Other".into(),
        csv: csv(&[(&address(2), "user2", "pw-user2"), ("broken", "x", "y")]),
        exclude_folders: vec!["Trash".into()],
        ..NewBatch::default()
    };
    let source = ProbeTarget::Imap {
        remote_server: "127.0.0.1".into(),
        port: Some(world.server.port),
        security: Security::None,
        accept_untrusted_certificates: false,
    };
    let preview = world.engine.preview_new(&new, source).await.unwrap();
    assert_eq!((preview.len(), preview.refused.len()), (1, 1));
    let folders = world.engine.preview_mailbox(&preview, 0).await.unwrap();
    assert_eq!(folders[0].item_count, 12);
    assert_eq!(
        world
            .engine
            .get_batches(BatchFilter::default())
            .await
            .unwrap()
            .len(),
        1
    );
    assert_eq!(world.batch().await.status, BatchStatus::Created);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_endpoint_in_place_is_found_again_and_named_after_its_server() {
    let world = World::new(1).await;
    let request = |security: Security| NewEndpoint {
        remote_server: "127.0.0.1".into(),
        port: Some(world.server.port),
        security,
        max_concurrent_migrations: Some(3),
        max_concurrent_incremental_syncs: Some(3),
        skip_verification: true,
        ..NewEndpoint::default()
    };
    let same = world
        .engine
        .implicit_endpoint(request(Security::None))
        .await
        .unwrap();
    assert_eq!(
        (same.identity.as_str(), same.max_concurrent_migrations),
        ("old", Some(3))
    );
    let other = world
        .engine
        .implicit_endpoint(request(Security::Tls))
        .await
        .unwrap();
    assert_eq!(other.identity, "127.0.0.1");
    let third = world
        .engine
        .implicit_endpoint(request(Security::Ssl))
        .await
        .unwrap();
    assert_eq!(third.identity, format!("127.0.0.1:{}", world.server.port));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_completion_that_was_interrupted_goes_on() {
    let world = World::synced(2).await;
    world.deliver(0, 100);
    let request = CompleteBatch {
        identity: "Wave".into(),
        sync_and_complete: false,
    };
    world.engine.complete_batch(request).await.unwrap();
    world.engine.shutdown().await.unwrap();
    let World {
        server,
        engine,
        hand,
        home,
    } = world;
    // the lock of the home is free when the last handle is gone
    drop(engine);
    let engine = open(home.path(), &hand).await;
    let world = World {
        server,
        engine,
        hand,
        home,
    };
    world.engine.resume().await.unwrap();
    assert_eq!(
        world.wait().await,
        BatchStatus::Completed,
        "{}",
        explain(&world.engine, 2).await
    );
    world.assert_same(0);
}
