//! Commands and what they refuse, with no server.

use std::time::Duration;

use mailtern::engine::batch::{BatchFilter, BatchStatus, NewBatch};
use mailtern::engine::endpoint::NewEndpoint;
use mailtern::engine::mailbox::{MailboxFilter, NewMailbox};
use mailtern::engine::user::{StatisticsRequest, UserFilter, UserStatus, UserStatusSummary};
use mailtern::engine::{ErrorId, NameKind};

use crate::world::{csv, endpoint, engine, mailbox};

fn batch(name: &str, csv: Vec<u8>) -> NewBatch {
    NewBatch {
        name: name.into(),
        csv,
        source_endpoint: "old".into(),
        ..NewBatch::default()
    }
}

#[tokio::test]
async fn looking_at_an_empty_home_makes_nothing() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("state");
    let engine = engine(&path).await;
    assert!(engine.get_endpoints(None).await.unwrap().is_empty());
    let filter = BatchFilter::default();
    assert!(engine.get_batches(filter).await.unwrap().is_empty());
    assert!(
        engine
            .get_users(UserFilter::default())
            .await
            .unwrap()
            .is_empty()
    );
    let filter = MailboxFilter::default();
    assert!(engine.get_mailboxes(filter).await.unwrap().is_empty());
    assert!(engine.names(NameKind::Batch, "").await.is_empty());
    assert!(engine.resume().await.unwrap().is_empty());
    let error = engine.start_batch("none").await.unwrap_err();
    assert_eq!(error.id, ErrorId::BatchNotFound);
    let error = engine.get_endpoints(Some("none")).await.unwrap_err();
    assert_eq!(error.id, ErrorId::EndpointNotFound);
    let request = StatisticsRequest {
        identity: "none@a.example".into(),
        ..StatisticsRequest::default()
    };
    let error = engine.get_user_statistics(request).await.unwrap_err();
    assert_eq!(error.id, ErrorId::UserNotFound);
    engine.shutdown().await.unwrap();
    assert!(!path.exists());
}

#[tokio::test]
async fn endpoints_are_kept_found_by_name_and_guid_and_guarded() {
    let home = tempfile::tempdir().unwrap();
    let engine = engine(home.path()).await;
    endpoint(&engine, "Old", 1143).await;
    let view = engine.get_endpoints(Some("OLD")).await.unwrap().remove(0);
    assert_eq!((view.identity.as_str(), view.port), ("Old", 1143));
    let by_guid = engine
        .get_endpoints(Some(&view.guid.to_string()))
        .await
        .unwrap();
    assert_eq!(by_guid, [view]);

    let again = NewEndpoint {
        name: "oLD".into(),
        remote_server: "b".into(),
        skip_verification: true,
        ..NewEndpoint::default()
    };
    let error = engine.new_endpoint(again.clone()).await.unwrap_err();
    assert_eq!(error.id, ErrorId::EndpointAlreadyExists);
    let many = NewEndpoint {
        name: "New".into(),
        max_concurrent_migrations: Some(291),
        ..again.clone()
    };
    let error = engine.new_endpoint(many).await.unwrap_err();
    assert_eq!(error.id, ErrorId::ConcurrencyExceeded);
    assert!(error.message.contains("'301'") && error.message.contains("'300'"));
    for host in ["", "a b", "a\r\nb", "user@host", "a/b"] {
        let wrong = NewEndpoint {
            name: "New".into(),
            remote_server: host.into(),
            ..again.clone()
        };
        let error = engine.new_endpoint(wrong).await.unwrap_err();
        assert_eq!(error.id, ErrorId::InvalidArgument, "{host:?}");
    }
    engine.remove_endpoint("old").await.unwrap();
    assert!(engine.get_endpoints(None).await.unwrap().is_empty());
}

#[tokio::test]
async fn mailboxes_are_found_by_every_identity() {
    let home = tempfile::tempdir().unwrap();
    let engine = engine(home.path()).await;
    let request = NewMailbox {
        name: "Terry Adams".into(),
        user_principal_name: Some("Terry.Adams@Contoso.example".into()),
        alias: Some("terry".into()),
        ..NewMailbox::default()
    };
    let made = engine.new_mailbox(request.clone()).await.unwrap();
    assert_eq!(made.primary_smtp_address, "Terry.Adams@Contoso.example");
    assert!(
        made.path
            .ends_with("mail/terry.adams@contoso.example/Maildir")
    );
    assert!(made.path.join("cur").is_dir());
    let guid = made.guid.to_string();
    for identity in ["terry adams", "TERRY", "terry.adams@contoso.example", &guid] {
        let filter = MailboxFilter {
            identity: Some(identity.into()),
            ..MailboxFilter::default()
        };
        assert_eq!(
            engine.get_mailboxes(filter).await.unwrap(),
            std::slice::from_ref(&made)
        );
    }
    let error = engine.new_mailbox(request).await.unwrap_err();
    assert_eq!(error.id, ErrorId::ObjectAlreadyExists);
    for address in ["no-at", "../../etc@a/b", "a/b@c.example"] {
        let wrong = NewMailbox {
            name: "x".into(),
            primary_smtp_address: Some(address.into()),
            ..NewMailbox::default()
        };
        let error = engine.new_mailbox(wrong).await.unwrap_err();
        assert_eq!(error.id, ErrorId::InvalidArgument, "{address}");
    }
    assert_eq!(engine.names(NameKind::Mailbox, "TERRY.").await.len(), 1);
    engine.remove_mailbox("terry", false).await.unwrap();
    assert!(made.path.exists());
    let error = engine.remove_mailbox("terry", false).await.unwrap_err();
    assert_eq!(error.id, ErrorId::ObjectNotFound);
}

#[tokio::test]
async fn a_batch_takes_good_rows_and_tells_of_bad_ones() {
    let home = tempfile::tempdir().unwrap();
    let engine = engine(home.path()).await;
    endpoint(&engine, "old", 1).await;
    let rows = csv(&[
        ("a@x.example", "a", "Canary-A"),
        ("broken", "b", "Canary-B"),
        ("c@x.example", "c", "Canary-C"),
    ]);
    let view = engine
        .new_batch(batch("Wave 1", rows.clone()))
        .await
        .unwrap();
    assert_eq!(view.status, BatchStatus::Created);
    assert_eq!((view.total_count, view.pending_count), (3, 2));
    assert_eq!(view.validation_warning_count, 1);
    assert_eq!(view.validation_warnings[0].row_index, 2);
    assert_eq!(view.reports.len(), 1);
    let users = engine.get_users(UserFilter::default()).await.unwrap();
    assert_eq!(users.len(), 2);
    assert_eq!(users[1].row_index, 3);
    assert_eq!(users[0].status, UserStatus::Queued);

    let error = engine
        .new_batch(batch("WAVE 1", rows.clone()))
        .await
        .unwrap_err();
    assert_eq!(error.id, ErrorId::BatchAlreadyExists);
    let second = engine.new_batch(batch("Wave 2", rows)).await.unwrap();
    assert_eq!(second.validation_warning_count, 3);
    assert!(second.validation_warnings[0].message.contains("Wave 1"));
    let error = engine.remove_endpoint("old").await.unwrap_err();
    assert_eq!(error.id, ErrorId::EndpointInUse);
    let error = engine.stop_batch("Wave 1").await.unwrap_err();
    assert_eq!(error.id, ErrorId::BatchCommandRefused);
    assert!(error.message.contains("Created"));

    // no password lies open anywhere in the home
    engine.shutdown().await.unwrap();
    for file in walk(home.path()) {
        let bytes = std::fs::read(&file).unwrap();
        let has = bytes.windows(6).any(|window| window == b"Canary");
        assert!(!has, "{} holds a password", file.display());
    }
}

#[tokio::test]
async fn missing_mailboxes_and_a_dead_server_fail_their_users_and_say_why() {
    let home = tempfile::tempdir().unwrap();
    let engine = engine(home.path()).await;
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = closed.local_addr().unwrap().port();
    drop(closed);
    endpoint(&engine, "old", port).await;
    mailbox(&engine, "there@x.example").await;
    let rows = csv(&[("there@x.example", "a", "p"), ("gone@x.example", "b", "p")]);
    let request = NewBatch {
        auto_start: true,
        ..batch("Wave", rows)
    };
    engine.new_batch(request).await.unwrap();
    let wait = Some(Duration::from_secs(30));
    let status = engine.wait_batch("wave", wait).await.unwrap();
    assert_eq!(status, BatchStatus::Failed);
    let filter = UserFilter {
        summary: Some(UserStatusSummary::Failed),
        ..UserFilter::default()
    };
    let users = engine.get_users(filter).await.unwrap();
    assert_eq!(users.len(), 2);
    let mut ids = Vec::new();
    for user in users {
        let request = StatisticsRequest {
            identity: user.identity.clone(),
            include_report: true,
            ..StatisticsRequest::default()
        };
        let statistics = engine.get_user_statistics(request).await.unwrap().remove(0);
        assert!(!statistics.report.unwrap().is_empty());
        ids.push(statistics.error.unwrap().id);
    }
    assert_eq!(
        ids,
        [
            "MigrationServerConnectionFailedException",
            "RecipientNotFoundPermanentException"
        ]
    );

    // a mailbox that is made later is found by the next start
    engine.start_batch("Wave").await.unwrap();
    engine.wait_batch("Wave", wait).await.unwrap();
    engine.remove_batch("Wave", false).await.unwrap();
    let error = engine.wait_batch("Wave", wait).await.unwrap_err();
    assert_eq!(error.id, ErrorId::BatchNotFound);
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(walk(&path));
        } else {
            files.push(path);
        }
    }
    files
}
