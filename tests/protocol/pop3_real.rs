//! A real Dovecot's POP3.

use std::{collections::BTreeMap, fs, path::Path};

use mailtern::transport::{ErrorClass, Security, pop3::Pop3Source};

use crate::{
    client::login,
    pop3_client::{fetch, settings},
    support::{
        corpus,
        dovecot::{Dovecot, Options, give},
    },
};

/// The messages of a Maildir's inbox as POP3 serves them: with CRLF, and with a line end at the end.
fn inbox(maildir: &Path) -> BTreeMap<Vec<u8>, usize> {
    let mut all = BTreeMap::new();
    for folder in ["cur", "new"] {
        for entry in fs::read_dir(maildir.join(folder)).into_iter().flatten() {
            let bytes = fs::read(entry.unwrap().path()).unwrap();
            *all.entry(served(&bytes)).or_default() += 1;
        }
    }
    all
}

fn served(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for &b in bytes {
        if b == b'\n' && out.last() != Some(&b'\r') {
            out.push(b'\r');
        }
        out.push(b);
    }
    if !out.ends_with(b"\r\n") {
        out.extend_from_slice(b"\r\n");
    }
    out
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_arrives_and_goes_only_when_it_is_told_to() {
    let server = Dovecot::with(&Options {
        more: "auth_mechanisms = plain login cram-md5 scram-sha-256".into(),
        ..Options::default()
    });
    server.user("ann", "secret");
    corpus::seed(&server.maildir("ann"), 7, 300);
    give(&server.maildir("ann"));
    let expected = inbox(&server.maildir("ann"));
    let total: usize = expected.values().sum();
    assert!(total > 20);
    let mut stls = settings(server.pop3, Security::Tls);
    stls.net.accept_untrusted = true;
    let mut ssl = settings(server.pop3s, Security::Ssl);
    ssl.net.accept_untrusted = true;
    let mut contents = Vec::new();
    for settings in [settings(server.pop3, Security::None), stls, ssl.clone()] {
        let mut source = Pop3Source::connect(&settings, &login("ann", "secret"))
            .await
            .unwrap();
        assert!(
            source.info().has("PIPELINING")
                && source.info().is_protected != (settings.net.security == Security::None)
        );
        let listed = source.list().await.unwrap();
        assert_eq!(listed.len(), total);
        assert!(listed.iter().all(|one| one.name.is_some()));
        let (result, arrived) = fetch(&mut source, &listed).await;
        assert!(result.unwrap().is_empty());
        let mut got: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
        for message in &arrived {
            *got.entry(message.bytes.clone()).or_default() += 1;
        }
        assert!(got == expected, "what arrived is not what lies there");
        contents.push(arrived.iter().map(|one| one.content).collect::<Vec<_>>());
        // marked, and the connection gone before QUIT: nothing is deleted
        let numbers: Vec<u32> = listed.iter().map(|one| one.number).collect();
        assert!(source.mark_deleted(&numbers).await.unwrap().is_empty());
        drop(source);
    }
    assert!(contents[0] == contents[1] && contents[1] == contents[2]);
    let mut source = Pop3Source::connect(&ssl, &login("ann", "secret"))
        .await
        .unwrap();
    let listed = source.list().await.unwrap();
    assert_eq!(listed.len(), total);
    let numbers: Vec<u32> = listed.iter().map(|one| one.number).collect();
    source.mark_deleted(&numbers).await.unwrap();
    source.quit().await.unwrap();
    assert!(inbox(&server.maildir("ann")).is_empty());
    let mut source = Pop3Source::connect(&ssl, &login("ann", "secret"))
        .await
        .unwrap();
    assert!(source.list().await.unwrap().is_empty());
    let error = Pop3Source::connect(&ssl, &login("ann", "wrong"))
        .await
        .err()
        .unwrap();
    assert_eq!(error.class, ErrorClass::Auth);
    ssl.net.accept_untrusted = false;
    let error = Pop3Source::connect(&ssl, &login("ann", "secret"))
        .await
        .err()
        .unwrap();
    assert_eq!(error.class, ErrorClass::Tls, "{error}");
}
