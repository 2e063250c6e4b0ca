//! Migrations to a server: who signs in there, what is refused, what counts.

use std::path::Path;

use mailtern::engine::batch::{BatchFilter, BatchStatus, NewBatch};
use mailtern::engine::config::SetConfig;
use mailtern::engine::endpoint::{Admin, AdminForm, NewEndpoint, Security, SetEndpoint};
use mailtern::engine::user::UserStatus;
use mailtern::engine::{Engine, ErrorId};
use mailtern::mail::Secret;

use crate::dovecot::{Dovecot, assert_same, seed};
use crate::migrate::{PATIENCE, address, assert_sums, explain, statistics};
use crate::world::{endpoint, engine};

/// A source with mail for each user, an empty target, and an engine that knows both as `old` and `new`.
pub async fn world(home: &Path, users: usize, messages: usize) -> (Dovecot, Dovecot, Engine) {
    let (source, target) = (Dovecot::start(users), Dovecot::start(users));
    for user in 0..users {
        let maildir = source.maildir(user);
        seed(&maildir, "", 0, messages);
        seed(&maildir, ".Sent", 0, messages / 2);
        seed(&maildir, ".Archive.2019", 0, messages / 3);
    }
    source.own();
    let engine = engine(home).await;
    endpoint(&engine, "old", source.port).await;
    endpoint(&engine, "new", target.port).await;
    (source, target, engine)
}

fn boss(password: &str) -> Admin {
    Admin {
        name: "boss".into(),
        password: Secret::new(password),
    }
}

pub async fn give_boss(engine: &Engine, form: AdminForm, password: &str) {
    let request = SetEndpoint {
        identity: "new".into(),
        admin: Some(Some(boss(password))),
        admin_form: Some(form),
        ..SetEndpoint::default()
    };
    engine.set_endpoint(request).await.unwrap();
}

/// Rows of the source's sign-in, with these further columns.
pub fn csv(users: usize, columns: &str, more: impl Fn(usize) -> String) -> Vec<u8> {
    let mut text = format!("EmailAddress,UserName,Password{columns}\n");
    for user in 0..users {
        let address = address(user);
        text.push_str(&format!(
            "{address},user{user},pw-user{user}{}\n",
            more(user)
        ));
    }
    text.into_bytes()
}

pub async fn new_batch(engine: &Engine, csv: Vec<u8>, target: Option<&str>) {
    let request = NewBatch {
        name: "Wave".into(),
        csv,
        source_endpoint: "old".into(),
        target_endpoint: target.map(str::to_owned),
        ..NewBatch::default()
    };
    engine.new_batch(request).await.unwrap();
}

async fn run(engine: &Engine) -> BatchStatus {
    engine.start_batch("Wave").await.unwrap();
    engine.wait_batch("Wave", PATIENCE).await.unwrap()
}

async fn assert_all_there(engine: &Engine, source: &Dovecot, target: &Dovecot, users: usize) {
    let status = run(engine).await;
    assert_eq!(
        status,
        BatchStatus::Synced,
        "{}",
        explain(engine, users).await
    );
    for user in 0..users {
        assert_same(&source.maildir(user), &target.maildir(user));
        assert_sums(&statistics(engine, user).await, 60 + 30 + 20);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_administrator_opens_the_mailboxes_of_the_target_in_both_forms() {
    for form in [AdminForm::MasterUser, AdminForm::AuthorizationId] {
        let home = tempfile::tempdir().unwrap();
        let (source, target, engine) = world(home.path(), 3, 60).await;
        give_boss(&engine, form, "pw-boss").await;
        new_batch(&engine, csv(3, "", |_| String::new()), Some("new")).await;
        assert_all_there(&engine, &source, &target, 3).await;
        // nothing was made here
        assert!(!home.path().join("mail").exists());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn users_open_their_own_mailboxes_of_the_organizations_target() {
    let home = tempfile::tempdir().unwrap();
    let (source, target, engine) = world(home.path(), 2, 60).await;
    let request = SetConfig {
        target_endpoint: Some(Some("new".into())),
        ..SetConfig::default()
    };
    engine.set_config(request).await.unwrap();
    let rows = csv(2, ",TargetUserName,TargetPassword", |user| {
        format!(",user{user},pw-user{user}")
    });
    new_batch(&engine, rows, None).await;
    let batch = &engine.get_batches(BatchFilter::default()).await.unwrap()[0];
    assert_eq!(batch.target_endpoint.as_deref(), Some("new"));
    assert_all_there(&engine, &source, &target, 2).await;
    // the target of a batch stays when that of new ones changes
    let request = SetConfig {
        target_endpoint: Some(None),
        ..SetConfig::default()
    };
    engine.set_config(request).await.unwrap();
    let batch = &engine.get_batches(BatchFilter::default()).await.unwrap()[0];
    assert_eq!(batch.target_endpoint.as_deref(), Some("new"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_sign_in_says_that_it_is_the_targets() {
    let home = tempfile::tempdir().unwrap();
    let (_source, _target, engine) = world(home.path(), 1, 3).await;
    give_boss(&engine, AdminForm::MasterUser, "wrong").await;
    new_batch(&engine, csv(1, "", |_| String::new()), Some("new")).await;
    assert_eq!(run(&engine).await, BatchStatus::Failed);
    let user = statistics(&engine, 0).await;
    let error = user.error.unwrap();
    assert_eq!(
        (user.user.status, error.id.as_str()),
        (UserStatus::Failed, ErrorId::SignInFailed.name())
    );
    assert!(
        error.message.contains("At the target server 127.0.0.1"),
        "{error:?}"
    );
    give_boss(&engine, AdminForm::MasterUser, "pw-boss").await;
    assert_eq!(run(&engine).await, BatchStatus::Synced);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_endpoint_in_use_as_target_is_not_removed() {
    let home = tempfile::tempdir().unwrap();
    let engine = engine(home.path()).await;
    endpoint(&engine, "old", 1).await;
    let request = NewEndpoint {
        name: "new".into(),
        remote_server: "127.0.0.1".into(),
        security: Security::None,
        skip_verification: true,
        admin: Some(boss("x")),
        ..NewEndpoint::default()
    };
    let view = engine.new_endpoint(request).await.unwrap();
    assert_eq!(view.username.as_deref(), Some("boss"));
    let request = SetConfig {
        target_endpoint: Some(Some("new".into())),
        ..SetConfig::default()
    };
    engine.set_config(request).await.unwrap();
    let error = engine.remove_endpoint("new").await.unwrap_err();
    assert_eq!(error.id, ErrorId::EndpointInUse);
    new_batch(&engine, csv(1, "", |_| String::new()), None).await;
    let request = SetConfig {
        target_endpoint: Some(None),
        ..SetConfig::default()
    };
    engine.set_config(request).await.unwrap();
    let error = engine.remove_endpoint("new").await.unwrap_err();
    assert_eq!(error.id, ErrorId::EndpointInUse);
    assert!(error.message.contains("Wave"), "{error}");
    engine.remove_batch("Wave", false).await.unwrap();
    engine.remove_endpoint("new").await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rows_must_say_what_the_target_needs() {
    let home = tempfile::tempdir().unwrap();
    let engine = engine(home.path()).await;
    endpoint(&engine, "old", 1).await;
    endpoint(&engine, "new", 1).await;
    let request = |csv: Vec<u8>, target: Option<&str>| NewBatch {
        name: "Wave".into(),
        csv,
        source_endpoint: "old".into(),
        target_endpoint: target.map(str::to_owned),
        ..NewBatch::default()
    };
    let rows = csv(1, ",TargetPassword", |_| ",secret".into());
    let error = engine.new_batch(request(rows, None)).await.unwrap_err();
    assert!(error.message.contains("-TargetEndpoint"), "{error}");
    let rows = csv(2, ",TargetPassword", |user| [",", ",secret"][user].into());
    let batch = engine.new_batch(request(rows, Some("new"))).await.unwrap();
    assert_eq!(batch.validation_warnings.len(), 1);
    assert_eq!(
        batch.validation_warnings[0].message,
        "TargetPassword is empty."
    );
}
