//! A real Dovecot as the source, and as the server of the store.

use std::{
    fs,
    io::Write as _,
    path::Path,
    process::Command,
    sync::{Arc, Mutex},
};

use mailtern::{
    mail::UidSet,
    transport::{
        Budget, ErrorClass, Origin, Security, Target,
        imap::{Compress, ImapSettings, ImapSource, ImapTarget, Trace, WireName, probe},
        maildir::MaildirStore,
    },
};
use tokio::sync::mpsc;

use crate::{
    client::{login, settings},
    support::{
        corpus,
        dovecot::{Dovecot, Options, give},
        judge,
        tls::authority,
    },
};

/// Copies a whole account into the store; returns the number of messages.
async fn copy(settings: &ImapSettings, user: &str, target: &Target) -> u64 {
    let mut source = ImapSource::connect(settings, &login(user, "secret"))
        .await
        .unwrap();
    let budget = Budget::default();
    let mut count = 0;
    for folder in source
        .list_folders()
        .await
        .unwrap()
        .into_iter()
        .filter(|f| f.is_selectable)
    {
        let state = source.examine(&folder.wire).await.unwrap();
        assert_eq!(folder.status.unwrap().messages, state.exists);
        // what lets a folder stay closed in the next pass
        assert_eq!(folder.status.unwrap().highest_modseq, state.highest_modseq);
        let there = source.uids().await.unwrap();
        assert_eq!(there.len(), u64::from(state.exists));
        assert_eq!(
            source.list_headers(&there).await.unwrap().len() as u64,
            there.len()
        );
        assert_eq!(
            source
                .list_flags(&there, None)
                .await
                .unwrap()
                .uids()
                .clone(),
            there
        );
        let since = state.highest_modseq.unwrap();
        assert!(
            source
                .list_flags(&there, Some(since))
                .await
                .unwrap()
                .is_empty()
        );
        assert_eq!(
            source.list_messages(&there).await.unwrap().len() as u64,
            there.len()
        );
        let into = target
            .ensure_folder(&folder.path, folder.special_use, folder.is_subscribed)
            .await
            .unwrap();
        let origin = Origin {
            account: user.into(),
            folder: folder.path.to_string(),
            uid_validity: state.uid_validity,
        };
        let (sender, mut receiver) = mpsc::channel(16);
        let feed = async {
            let result = source.fetch(&there, &budget, &sender).await;
            drop(sender);
            result.unwrap()
        };
        let take = async {
            let mut stored = UidSet::new();
            let mut group = target.begin(&into, &origin).await.unwrap();
            let mut size = 0;
            while let Some(message) = receiver.recv().await {
                group.add(message).await.unwrap();
                size += 1;
                if size == 50 {
                    size = 0;
                    let next = target.begin(&into, &origin).await.unwrap();
                    stored.extend_set(
                        &std::mem::replace(&mut group, next)
                            .commit()
                            .await
                            .unwrap()
                            .stored,
                    );
                }
            }
            stored.extend_set(&group.commit().await.unwrap().stored);
            stored
        };
        let (fetched, stored) = tokio::join!(feed, take);
        assert_eq!((fetched.delivered, stored), (there.clone(), there.clone()));
        count += there.len();
    }
    source.log_out().await;
    count
}

#[tokio::test]
async fn an_account_of_odd_mail_arrives_as_it_was_and_the_source_stays_as_it_was() {
    let server = Dovecot::start();
    server.user("ann", "secret");
    let count = corpus::seed(&server.maildir("ann"), 1, 300);
    let before = judge::account(server.imap, "ann", "secret");
    let temp = tempfile::tempdir().unwrap();
    let store = MaildirStore::new(temp.path());
    let told = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&told);
    let mut settings = settings(server.imap, Security::None);
    settings.trace = Some(Trace::new(move |speaker, line| {
        if speaker == 'C' {
            kept.lock().unwrap().push(line.to_owned());
        }
    }));
    for _ in 0..2 {
        let target = Target::Maildir(store.create("ann").await.unwrap());
        assert_eq!(copy(&settings, "ann", &target).await, count as u64);
        judge::assert_same(&before, &judge::store_account(&store.path_of("ann")));
    }
    judge::assert_same(&before, &judge::account(server.imap, "ann", "secret"));
    // only what cannot change a mailbox was said
    for line in told.lock().unwrap().iter() {
        let command = line.split_once(' ').map_or("", |(_, rest)| rest);
        let harmless = [
            "CAPABILITY",
            "AUTHENTICATE",
            "NAMESPACE",
            "LIST",
            "EXAMINE",
            "UID SEARCH",
            "LOGOUT",
        ];
        let is_peek = command.starts_with("UID FETCH")
            && (!command.contains("BODY") || command.contains("BODY.PEEK"));
        assert!(
            is_peek || harmless.iter().any(|verb| command.starts_with(verb)),
            "{line}"
        );
    }
}

#[tokio::test]
async fn a_message_of_forty_megabytes_streams_through() {
    let server = Dovecot::start();
    server.user("ann", "secret");
    let cur = server.maildir("ann").join("cur");
    fs::create_dir_all(&cur).unwrap();
    let mut file = fs::File::create(cur.join("1.M1.big:2,")).unwrap();
    file.write_all(b"Subject: big\r\n\r\n").unwrap();
    let line = [b'x'; 998];
    for _ in 0..40_000 {
        file.write_all(&line).unwrap();
        file.write_all(b"\r\n").unwrap();
    }
    give(&server.path("mail"));
    let temp = tempfile::tempdir().unwrap();
    let store = MaildirStore::new(temp.path());
    let target = Target::Maildir(store.create("ann").await.unwrap());
    assert_eq!(
        copy(&settings(server.imap, Security::None), "ann", &target).await,
        1
    );
    let stored = fs::read_dir(store.path_of("ann").join("cur"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap();
    assert_eq!(stored.metadata().unwrap().len(), 16 + 40_000 * 1000);
}

#[tokio::test]
async fn an_account_arrives_at_another_server_as_it_was() {
    let (from, to) = (Dovecot::start(), Dovecot::start());
    from.user("ann", "secret");
    to.user("ann", "secret");
    let count = corpus::seed(&from.maildir("ann"), 2, 200);
    let before = judge::account(from.imap, "ann", "secret");
    let target = ImapTarget::connect(&settings(to.imap, Security::None), &login("ann", "secret"))
        .await
        .unwrap();
    let written = copy(
        &settings(from.imap, Security::None),
        "ann",
        &Target::Imap(target.clone()),
    )
    .await;
    assert_eq!(written, count as u64);
    judge::assert_same(&before, &judge::account(to.imap, "ann", "secret"));
    // what came since a UIDNEXT can be looked at, to find out what became of a group
    let inbox = "INBOX".parse().unwrap();
    let all = target.uids_since(&inbox, 1).await.unwrap();
    let last = all.last().unwrap();
    let after = target.uids_since(&inbox, last).await.unwrap();
    assert_eq!(after.to_string(), last.to_string());
    assert!(
        target
            .uids_since(&inbox, last + 1)
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(target.uid_next(&inbox).await.unwrap(), last + 1);
    // the same messages are known again at the other server
    let mut source = ImapSource::connect(
        &settings(from.imap, Security::None),
        &login("ann", "secret"),
    )
    .await
    .unwrap();
    source.examine(&WireName(b"INBOX".to_vec())).await.unwrap();
    let uids = source.uids().await.unwrap();
    let mut left = source.identify(&uids).await.unwrap();
    let mut right = target.identify(&inbox, &all).await.unwrap();
    for list in [&mut left, &mut right] {
        list.iter_mut().for_each(|one| one.uid = 0);
        list.sort_unstable();
    }
    assert_eq!(left, right);
}

#[tokio::test]
async fn an_account_arrives_as_it_was_over_compressed_connections() {
    let options = Options {
        more: "protocol imap {\n  mail_plugins = $mail_plugins imap_zlib\n}\n".into(),
        ..Options::default()
    };
    let (from, to) = (Dovecot::with(&options), Dovecot::with(&options));
    from.user("ann", "secret");
    to.user("ann", "secret");
    let count = corpus::seed(&from.maildir("ann"), 3, 150);
    let said = Arc::new(Mutex::new(Vec::new()));
    let compressed = |server: &Dovecot| {
        let (mut settings, said) = (settings(server.imap, Security::None), Arc::clone(&said));
        settings.compress = Compress::AtOnce;
        settings.trace = Some(Trace::new(move |speaker, line| {
            let is_of_it = speaker == 'C' && line.ends_with(" COMPRESS DEFLATE");
            said.lock().unwrap().extend(is_of_it.then_some(()));
        }));
        settings
    };
    let target = ImapTarget::connect(&compressed(&to), &login("ann", "secret"))
        .await
        .unwrap();
    let target = Target::Imap(target);
    let written = copy(&compressed(&from), "ann", &target).await;
    assert_eq!(written, count as u64);
    assert_eq!(said.lock().unwrap().len(), 2, "each connection, once");
    judge::assert_same(
        &judge::account(from.imap, "ann", "secret"),
        &judge::account(to.imap, "ann", "secret"),
    );
}

#[tokio::test]
async fn a_wrong_password_is_refused_in_the_servers_words() {
    let server = Dovecot::start();
    server.user("ann", "secret");
    let error = ImapSource::connect(
        &settings(server.imap, Security::None),
        &login("ann", "wrong"),
    )
    .await
    .err()
    .unwrap();
    assert!(
        error.class == ErrorClass::Auth && error.words.contains("AUTHENTICATIONFAILED"),
        "{error:?}"
    );
    let mut master = login("ann*mailadmin", "P@ssw0rd");
    ImapSource::connect(&settings(server.imap, Security::None), &master)
        .await
        .unwrap();
    // the same by SASL's authorization identity
    master.user = "mailadmin".into();
    master.authzid = Some("ann".into());
    ImapSource::connect(&settings(server.imap, Security::None), &master)
        .await
        .unwrap();
}

#[tokio::test]
async fn certificates_that_are_not_trusted_are_refused_unless_wanted() {
    let server = Dovecot::start();
    for (port, security) in [(server.imap, Security::Tls), (server.imaps, Security::Ssl)] {
        let mut settings = settings(port, security);
        let error = probe(&settings).await.unwrap_err();
        assert!(
            error.class == ErrorClass::Tls && error.message.contains("not trusted here"),
            "{error:?}"
        );
        settings.net.accept_untrusted = true;
        let info = probe(&settings).await.unwrap();
        assert!(
            info.is_protected
                && info.has("IMAP4rev1")
                && info.mechanisms.contains(&"PLAIN".to_owned()),
            "{info:?}"
        );
    }
    let plain = Dovecot::with(&Options {
        tls: false,
        ..Options::default()
    });
    let error = probe(&settings(plain.imap, Security::Tls))
        .await
        .unwrap_err();
    assert!(
        error.message.contains("does not offer STARTTLS"),
        "{error:?}"
    );
}

/// `SSL_CERT_FILE` counts for a whole process, so this test runs in one of its own.
#[test]
fn certificates_are_verified() {
    let good = Dovecot::start();
    let other = Dovecot::with(&Options {
        certificate_for: "elsewhere.example".into(),
        ..Options::default()
    });
    let old = Dovecot::with(&Options {
        days: -1,
        ..Options::default()
    });
    let ports = format!("{},{},{},{}", good.imap, good.imaps, other.imaps, old.imaps);
    let status = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "real::verified_in_a_process_of_its_own",
            "--ignored",
            "--nocapture",
        ])
        .env("SSL_CERT_FILE", authority().file())
        .env("MAILTERN_TEST_PORTS", ports)
        .output()
        .unwrap();
    assert!(
        status.status.success(),
        "{}",
        String::from_utf8_lossy(&status.stderr)
    );
    assert!(String::from_utf8_lossy(&status.stdout).contains("1 passed"));
}

#[tokio::test]
#[ignore = "run by certificates_are_verified"]
async fn verified_in_a_process_of_its_own() {
    let ports = std::env::var("MAILTERN_TEST_PORTS").unwrap();
    let ports: Vec<u16> = ports.split(',').map(|p| p.parse().unwrap()).collect();
    let at = |port, security| {
        let mut settings = settings(port, security);
        settings.net.host = "localhost".into();
        settings
    };
    assert!(Path::new(&std::env::var("SSL_CERT_FILE").unwrap()).exists());
    assert!(
        probe(&at(ports[0], Security::Tls))
            .await
            .unwrap()
            .is_protected
    );
    assert!(
        probe(&at(ports[1], Security::Ssl))
            .await
            .unwrap()
            .is_protected
    );
    for (port, part) in [(ports[2], "another name"), (ports[3], "has expired")] {
        let error = probe(&at(port, Security::Ssl)).await.unwrap_err();
        assert!(
            error.class == ErrorClass::Tls && error.message.contains(part),
            "{error:?}"
        );
    }
}
