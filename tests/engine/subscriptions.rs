//! Subscriptions: exactly once, whatever the server does and wherever it breaks off.

use std::path::Path;

use mailtern::engine::endpoint::Security;
use mailtern::engine::event::{Event, EventKind};
use mailtern::engine::subscription::{
    IncomingAuth, NewSubscription, SetSubscription, SubscriptionDetail, SubscriptionFilter,
    SubscriptionStatus, SubscriptionType, SubscriptionView,
};
use mailtern::engine::{Engine, ErrorId};
use mailtern::mail::Secret;
use tokio::sync::broadcast::Receiver;

use crate::dovecot::{Dovecot, assert_same, seed};
use crate::popserver::{Message, PopServer, message};
use crate::world::{engine, mailbox};

fn request(name: &str, address: &str, port: u16, leave: bool) -> NewSubscription {
    NewSubscription {
        kind: SubscriptionType::Pop,
        name: name.into(),
        mailbox: Some(address.into()),
        display_name: None,
        email_address: "someone@old.example".into(),
        server: "127.0.0.1".into(),
        port: Some(port),
        security: Security::None,
        authentication: IncomingAuth::Basic,
        user_name: "u".into(),
        password: Secret::new("p"),
        leave_on_server: leave,
        force: false,
    }
}

/// Waits until a poll of the subscription ends in this way.
async fn ended(news: &mut Receiver<Event>, name: &str, status: SubscriptionStatus) -> String {
    loop {
        let event = news.recv().await.unwrap();
        if let EventKind::SubscriptionStatus { to, message, .. } = event.kind
            && event.batch == name
            && to == status
        {
            return message;
        }
    }
}

/// Polls now and waits until that went well.
async fn poll(engine: &Engine, name: &str) {
    let mut news = engine.subscribe();
    let request = SetSubscription {
        identity: name.into(),
        sync_now: true,
        ..SetSubscription::default()
    };
    engine.set_subscription(request).await.unwrap();
    ended(&mut news, name, SubscriptionStatus::Succeeded).await;
}

async fn shown(engine: &Engine, name: &str) -> SubscriptionView {
    let filter = SubscriptionFilter {
        identity: Some(name.into()),
        include_report: true,
        ..SubscriptionFilter::default()
    };
    engine.get_subscriptions(filter).await.unwrap().remove(0)
}

/// The messages of the inbox, sorted.
fn inbox(home: &Path, address: &str) -> Vec<String> {
    let cur = home.join("mail").join(address).join("Maildir/cur");
    let mut all: Vec<String> = std::fs::read_dir(cur)
        .unwrap()
        .map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap())
        .collect();
    all.sort();
    all
}

fn texts(messages: &[Message]) -> Vec<String> {
    let mut all: Vec<String> = messages.iter().map(|one| one.text.clone()).collect();
    all.sort();
    all
}

const BOX: &str = "new@x.example";

async fn world(home: &Path, messages: Vec<Message>, leave: bool) -> (PopServer, Engine) {
    let server = PopServer::start(messages);
    let engine = engine(home).await;
    mailbox(&engine, BOX).await;
    let mut news = engine.subscribe();
    let made = engine
        .new_subscription(request("Old", BOX, server.port, leave))
        .await
        .unwrap();
    assert_eq!(
        (made.status, made.kind),
        (SubscriptionStatus::InProgress, SubscriptionType::Pop)
    );
    ended(&mut news, "Old", SubscriptionStatus::Succeeded).await;
    (server, engine)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_that_lie_neither_lose_nor_double() {
    let home = tempfile::tempdir().unwrap();
    let first = vec![
        message("a", "one"),
        message("b", "two"),
        message("c", "two"),
        message("d", "four"),
    ];
    let (server, engine) = world(home.path(), first.clone(), true).await;
    let mut expected = first.clone();
    assert_eq!(inbox(home.path(), BOX), texts(&expected));
    // nothing new: nothing is read
    let read = server.change(|drop| drop.retrieved);
    poll(&engine, "Old").await;
    assert_eq!(server.change(|drop| drop.retrieved), read);
    // every name is another (the server was moved)
    server.change(|drop| {
        drop.messages
            .iter_mut()
            .for_each(|one| one.name.push_str("-moved"))
    });
    poll(&engine, "Old").await;
    assert_eq!(inbox(home.path(), BOX), texts(&expected));
    // blank, and one for all: their headers tell them apart, or reading them does
    for name in ["", "same"] {
        server.change(|drop| {
            drop.messages
                .iter_mut()
                .for_each(|one| one.name = name.into())
        });
        poll(&engine, "Old").await;
        assert_eq!(inbox(home.path(), BOX), texts(&expected), "name {name:?}");
    }
    // neither UIDL nor TOP; a third equal message is a message
    server.change(|drop| {
        drop.is_old = true;
        drop.messages.push(message("e", "two"));
    });
    expected.push(message("e", "two"));
    poll(&engine, "Old").await;
    assert_eq!(inbox(home.path(), BOX), texts(&expected));
    // names again; one is used for another message later
    server.change(|drop| {
        drop.is_old = false;
        (0..)
            .zip(&mut drop.messages)
            .for_each(|(n, one): (usize, _)| one.name = format!("n{n}"));
    });
    poll(&engine, "Old").await;
    server.change(|drop| drop.messages[1] = message("n1", "another one"));
    expected.push(message("n1", "another one"));
    poll(&engine, "Old").await;
    assert_eq!(inbox(home.path(), BOX), texts(&expected));
    // gone, and its name comes back with another message of the same size
    let size_of_gone = server.change(|drop| drop.messages.remove(0)).text.len();
    poll(&engine, "Old").await;
    let again = message("n0", "new");
    assert_eq!(again.text.len(), size_of_gone);
    server.change(|drop| drop.messages.insert(0, again.clone()));
    expected.push(again);
    poll(&engine, "Old").await;
    assert_eq!(inbox(home.path(), BOX), texts(&expected));
    // listed and not given: the others come
    server.change(|drop| {
        let mut withheld = message("w", "withheld");
        withheld.is_withheld = true;
        drop.messages.insert(0, withheld);
        drop.messages.push(message("z", "last"));
    });
    expected.push(message("z", "last"));
    poll(&engine, "Old").await;
    assert_eq!(inbox(home.path(), BOX), texts(&expected));
    let view = shown(&engine, "Old").await;
    assert_eq!(view.items, expected.len() as u64);
    let report = view.report.unwrap();
    assert!(
        report
            .iter()
            .any(|line| line.message.contains("no such message")),
        "{report:?}"
    );
    engine.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_to_be_left_goes_when_the_mailbox_has_it() {
    let home = tempfile::tempdir().unwrap();
    let first = vec![message("a", "one"), message("b", "two")];
    let (server, engine) = world(home.path(), first.clone(), false).await;
    assert!(server.change(|drop| drop.messages.is_empty()));
    assert_eq!(inbox(home.path(), BOX), texts(&first));
    // an equal message that comes later is a message, whatever its name
    let mut later = vec![message("c", "one"), message("a", "one")];
    server.change(|drop| drop.messages = later.clone());
    poll(&engine, "Old").await;
    // the second has the name of one that was deleted, and its content: the server did not delete it after all
    later.pop();
    assert_eq!(inbox(home.path(), BOX), texts(&[first, later].concat()));
    assert!(server.change(|drop| drop.messages.is_empty()));
    engine.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_cut_at_every_byte_of_a_session_loses_nothing_and_doubles_nothing() {
    let home = tempfile::tempdir().unwrap();
    let engine = engine(home.path()).await;
    let messages = vec![message("a", "one"), message("b", "two")];
    let mut news = engine.subscribe();
    // greeting, CAPA, USER, PASS, LIST, UIDL, two messages, DELE, QUIT
    let total = 232;
    let mut servers = Vec::new();
    for cut in 1..total {
        let server = PopServer::start(messages.clone());
        server.change(|drop| drop.cut = Some(cut));
        let address = format!("cut{cut}@x.example");
        mailbox(&engine, &address).await;
        let mut request = request(&format!("Cut {cut}"), &address, server.port, false);
        request.force = true;
        request.user_name = format!("u{cut}");
        engine.new_subscription(request).await.unwrap();
        servers.push((server, address));
    }
    let mut left = total - 1;
    while left > 0 {
        let event = news.recv().await.unwrap();
        if let EventKind::SubscriptionStatus { to, .. } = event.kind {
            left -= usize::from(to == SubscriptionStatus::Succeeded);
        }
    }
    let mut sessions = 0;
    for (server, address) in &servers {
        assert_eq!(inbox(home.path(), address), texts(&messages), "{address}");
        assert!(server.change(|drop| drop.messages.is_empty()), "{address}");
        sessions += server.change(|drop| drop.logins);
    }
    // the last cuts come after the end of the session
    assert!(sessions > total && sessions < 2 * (total - 1), "{sessions}");
    engine.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_locked_maildrop_delays_and_a_wrong_password_disables() {
    let home = tempfile::tempdir().unwrap();
    let first = vec![message("a", "one")];
    let (server, engine) = world(home.path(), first.clone(), true).await;
    let mut news = engine.subscribe();
    server.change(|drop| {
        drop.locked = 2;
        drop.messages.push(message("b", "two"));
    });
    let now = || SetSubscription {
        identity: "Old".into(),
        sync_now: true,
        ..SetSubscription::default()
    };
    engine.set_subscription(now()).await.unwrap();
    for _ in 0..2 {
        let words = ended(&mut news, "Old", SubscriptionStatus::Delayed).await;
        assert!(words.contains("another session is going on"), "{words}");
    }
    ended(&mut news, "Old", SubscriptionStatus::Succeeded).await;
    assert_eq!(inbox(home.path(), BOX).len(), 2);
    // the password is changed at the server
    server.change(|drop| drop.password = "other".into());
    engine.set_subscription(now()).await.unwrap();
    let words = ended(&mut news, "Old", SubscriptionStatus::Disabled).await;
    assert!(words.contains("that is not the password"), "{words}");
    let view = shown(&engine, "Old").await;
    assert_eq!(
        (view.detail, view.next_sync),
        (SubscriptionDetail::AuthenticationError, None)
    );
    assert!(view.last_success < view.last_sync);
    let logins = server.change(|drop| drop.logins);
    // a wrong one is refused and changes nothing
    let with = |password: &str| SetSubscription {
        identity: "Old".into(),
        password: Some(Secret::new(password)),
        ..SetSubscription::default()
    };
    let error = engine.set_subscription(with("wrong")).await.unwrap_err();
    assert_eq!(error.id, ErrorId::SignInFailed);
    assert!(!error.to_string().contains("wrong"), "{error}");
    assert_eq!(server.change(|drop| drop.logins), logins + 1);
    engine.set_subscription(with("other")).await.unwrap();
    ended(&mut news, "Old", SubscriptionStatus::Succeeded).await;
    engine.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_removed_subscription_keeps_its_mail_and_one_made_anew_goes_on() {
    let home = tempfile::tempdir().unwrap();
    let first = vec![message("a", "one"), message("b", "two")];
    let (server, engine) = world(home.path(), first.clone(), true).await;
    let twice = engine
        .new_subscription(request("old", BOX, server.port, true))
        .await
        .unwrap_err();
    assert_eq!(twice.id, ErrorId::SubscriptionAlreadyExists);
    engine
        .remove_subscription("old", Some("x.example\\new"))
        .await
        .unwrap();
    let gone = engine
        .remove_subscription("Old", Some(BOX))
        .await
        .unwrap_err();
    assert_eq!(gone.id, ErrorId::ObjectNotFound);
    assert_eq!(inbox(home.path(), BOX), texts(&first));
    server.change(|drop| drop.messages.push(message("c", "three")));
    let mut news = engine.subscribe();
    engine
        .new_subscription(request("Again", BOX, server.port, true))
        .await
        .unwrap();
    ended(&mut news, "Again", SubscriptionStatus::Succeeded).await;
    assert_eq!(inbox(home.path(), BOX).len(), 3);
    // mail that is removed for good is forgotten, and comes again into a mailbox that is made anew
    engine.remove_mailbox(BOX, true).await.unwrap();
    let none = engine
        .get_subscriptions(SubscriptionFilter::default())
        .await
        .unwrap();
    assert!(none.is_empty(), "a subscription without a mailbox");
    mailbox(&engine, BOX).await;
    engine
        .new_subscription(request("Third", BOX, server.port, true))
        .await
        .unwrap();
    ended(&mut news, "Third", SubscriptionStatus::Succeeded).await;
    assert_eq!(inbox(home.path(), BOX).len(), 3);
    engine.shutdown().await.unwrap();
}

/// The state is lost and the mail is not; or another tool was here first.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_mailbox_has_before_the_first_poll_is_adopted_by_count() {
    let home = tempfile::tempdir().unwrap();
    let first = vec![
        message("a", "one"),
        message("b", "two"),
        message("c", "two"),
    ];
    let (server, before) = world(home.path(), first.clone(), true).await;
    before.shutdown().await.unwrap();
    drop(before);
    for name in ["state.db", "state.db-wal", "state.db-shm"] {
        let _ = std::fs::remove_file(home.path().join(name));
    }
    let cur = home.path().join("mail").join(BOX).join("Maildir/cur");
    let lf = message("x", "by another tool").text.replace("\r\n", "\n");
    std::fs::write(cur.join("1.M1P1.other:2,S"), lf.trim_end()).unwrap();
    server.change(|drop| {
        drop.messages.push(message("d", "two"));
        drop.messages.push(message("x", "by another tool"));
        drop.messages.push(message("e", "new"));
    });
    let after = engine(home.path()).await;
    mailbox(&after, BOX).await;
    let mut news = after.subscribe();
    after
        .new_subscription(request("Old", BOX, server.port, false))
        .await
        .unwrap();
    ended(&mut news, "Old", SubscriptionStatus::Succeeded).await;
    let mut have: Vec<String> = inbox(home.path(), BOX);
    have.retain(|text| text.contains('\r'));
    assert_eq!(
        have,
        texts(&[first, vec![message("d", "two"), message("e", "new")]].concat())
    );
    assert_eq!(shown(&after, "Old").await.items, 2);
    assert!(server.change(|drop| drop.messages.is_empty()));
    after.shutdown().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_switched_off_subscription_is_not_polled_and_a_closed_engine_takes_it_up_again() {
    let home = tempfile::tempdir().unwrap();
    let (server, first) = world(home.path(), vec![message("a", "one")], true).await;
    let set = |enabled: bool| SetSubscription {
        identity: "Old".into(),
        enabled: Some(enabled),
        ..SetSubscription::default()
    };
    let off = first.set_subscription(set(false)).await.unwrap();
    assert_eq!(
        (off.status, off.next_sync),
        (SubscriptionStatus::Disabled, None)
    );
    first.set_subscription(set(true)).await.unwrap();
    first.shutdown().await.unwrap();
    drop(first);
    server.change(|drop| drop.messages.push(message("b", "two")));
    let again = engine(home.path()).await;
    let mut news = again.subscribe();
    again.resume().await.unwrap();
    // a poll that had ended before the engine was closed is not repeated at once
    let wanted = SetSubscription {
        identity: "Old".into(),
        sync_now: true,
        ..SetSubscription::default()
    };
    again.set_subscription(wanted).await.unwrap();
    while inbox(home.path(), BOX).len() < 2 {
        ended(&mut news, "Old", SubscriptionStatus::Succeeded).await;
    }
    again.shutdown().await.unwrap();
}

/// All folders of an account, what is new in them, nothing twice.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_imap_subscription_brings_every_folder_and_what_is_new() {
    let home = tempfile::tempdir().unwrap();
    let server = Dovecot::start(1);
    let maildir = server.maildir(0);
    seed(&maildir, "", 0, 40);
    seed(&maildir, ".Sent", 0, 20);
    seed(&maildir, ".Archive.2019", 0, 7);
    server.own();
    let engine = engine(home.path()).await;
    mailbox(&engine, BOX).await;
    let mut news = engine.subscribe();
    let imap = |port: u16| NewSubscription {
        kind: SubscriptionType::Imap,
        user_name: "user0".into(),
        password: Secret::new("pw-user0"),
        ..request("Folders", BOX, port, true)
    };
    engine.new_subscription(imap(server.port)).await.unwrap();
    ended(&mut news, "Folders", SubscriptionStatus::Succeeded).await;
    let target = home.path().join("mail").join(BOX).join("Maildir");
    assert_same(&maildir, &target);
    seed(&maildir, "", 40, 3);
    seed(&maildir, ".New", 0, 2);
    server.own();
    poll(&engine, "Folders").await;
    assert_same(&maildir, &target);
    assert_eq!(shown(&engine, "Folders").await.items, 40 + 20 + 7 + 3 + 2);
    engine.shutdown().await.unwrap();
}
