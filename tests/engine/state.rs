//! The state folder: who may open it, what it refuses, how it lies on disk.

use std::os::unix::fs::PermissionsExt;

use mailtern::engine::batch::NewBatch;
use mailtern::engine::{Engine, EngineOptions, ErrorId};
use mailtern::mail::Secret;
use mailtern::store::{Home, SealedFor, Store, StoreError};

use crate::world::{csv, endpoint, engine, mailbox};

fn mode(path: &std::path::Path) -> u32 {
    path.metadata().unwrap().permissions().mode() & 0o777
}

#[tokio::test]
async fn files_are_private() {
    let home = tempfile::tempdir().unwrap();
    let root = home.path().join("deep/state");
    let engine = engine(&root).await;
    endpoint(&engine, "old", 1).await;
    mailbox(&engine, "a@x.example").await;
    let request = NewBatch {
        name: "w".into(),
        csv: csv(&[("a@x.example", "a", "p")]),
        source_endpoint: "old".into(),
        ..NewBatch::default()
    };
    engine.new_batch(request).await.unwrap();
    for folder in [
        "",
        "mail",
        "mail/a@x.example",
        "mail/a@x.example/Maildir/cur",
    ] {
        assert_eq!(mode(&root.join(folder)), 0o700, "{folder}");
    }
    for file in ["state.db", "state.db-wal", "key", "lock"] {
        assert_eq!(mode(&root.join(file)), 0o600, "{file}");
    }
}

#[tokio::test]
async fn one_process_at_a_time() {
    let home = tempfile::tempdir().unwrap();
    let first = engine(home.path()).await;
    endpoint(&first, "old", 1).await;
    let second = Engine::open(EngineOptions::new(home.path())).await;
    let error = second.err().unwrap();
    assert_eq!(error.id, ErrorId::StateLocked);
    let pid = std::process::id().to_string();
    assert!(error.message.contains(&pid), "{error}");
    first.shutdown().await.unwrap();
    drop(first);
    let again = engine(home.path()).await;
    assert_eq!(again.get_endpoints(None).await.unwrap().len(), 1);
}

async fn refused(home: &std::path::Path) -> StoreError {
    Store::open(Home::new(home)).await.err().unwrap()
}

#[tokio::test]
async fn databases_of_others_are_refused_and_left_alone() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("state.db");
    std::fs::write(
        &file,
        b"this is not a database, it is a letter to a friend. ".repeat(40),
    )
    .unwrap();
    let before = std::fs::read(&file).unwrap();
    assert!(matches!(
        refused(home.path()).await,
        StoreError::Damaged { .. }
    ));
    assert_eq!(std::fs::read(&file).unwrap(), before);

    std::fs::remove_file(&file).unwrap();
    sql(&file, "CREATE TABLE mine (x); PRAGMA application_id = 77").await;
    assert!(matches!(
        refused(home.path()).await,
        StoreError::Foreign { found: 77, .. }
    ));

    std::fs::remove_file(&file).unwrap();
    drop(Store::open(Home::new(home.path())).await.unwrap());
    sql(&file, "INSERT INTO schema_steps VALUES (99, 'later')").await;
    assert!(matches!(
        refused(home.path()).await,
        StoreError::Version { .. }
    ));
    sql(
        &file,
        "DELETE FROM schema_steps WHERE number = 99; UPDATE schema_steps SET checksum = 'other'",
    )
    .await;
    assert!(matches!(
        refused(home.path()).await,
        StoreError::Version { found: 1, .. }
    ));
}

async fn sql(file: &std::path::Path, text: &'static str) {
    use sqlx::{ConnectOptions, Connection};
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true);
    let mut connection = options.connect().await.unwrap();
    sqlx::raw_sql(text).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}

#[tokio::test]
async fn secrets_open_only_where_they_belong_and_only_with_their_key() {
    let home = tempfile::tempdir().unwrap();
    let (one, other) = (uuid::Uuid::new_v4(), uuid::Uuid::new_v4());
    let store = Store::open(Home::new(home.path())).await.unwrap();
    let sealed = store
        .secrets()
        .seal(&Secret::new("Pa$$w0rd"), SealedFor::User(one))
        .unwrap();
    let open = store.secrets().open(&sealed, SealedFor::User(one)).unwrap();
    assert!(open.expose() == "Pa$$w0rd");
    for owner in [SealedFor::User(other), SealedFor::Mailbox(one)] {
        assert!(store.secrets().open(&sealed, owner).is_err());
    }
    for at in 0..sealed.len() {
        let mut flipped = sealed.clone();
        flipped[at] ^= 1;
        assert!(
            store
                .secrets()
                .open(&flipped, SealedFor::User(one))
                .is_err(),
            "byte {at}"
        );
        assert!(
            store
                .secrets()
                .open(&sealed[..at], SealedFor::User(one))
                .is_err()
        );
    }
    drop(store);
    std::fs::remove_file(home.path().join("key")).unwrap();
    let store = Store::open(Home::new(home.path())).await.unwrap();
    let error = store
        .secrets()
        .open(&sealed, SealedFor::User(one))
        .err()
        .unwrap();
    assert!(error.to_string().contains("is missing"), "{error}");
    store
        .secrets()
        .seal(&Secret::new("new"), SealedFor::User(one))
        .unwrap();
    let error = store
        .secrets()
        .open(&sealed, SealedFor::User(one))
        .err()
        .unwrap();
    assert!(error.to_string().contains("not the one"), "{error}");
}
