//! SASL over IMAP: what the mechanisms say on the wire, servers that cheat, and a real Dovecot for each mechanism.

use mailtern::{
    mail::Secret,
    transport::{
        Authentication, ErrorClass, Security,
        imap::{ImapSource, Login},
    },
};

use crate::{
    client::{login, settings},
    script::Server,
    support::dovecot::{Dovecot, Options},
};

/// RFC 2195's example, and LOGIN step by step where the command is forbidden.
#[tokio::test]
async fn mechanisms_on_the_wire() {
    for script in [
        "S: * OK [CAPABILITY IMAP4rev1 AUTH=CRAM-MD5 SASL-IR] x
         C: $a AUTHENTICATE CRAM-MD5
         S: + PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+
         C: dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw
         S: $a OK [CAPABILITY X] in",
        "S: * OK [CAPABILITY IMAP4rev1 AUTH=LOGIN LOGINDISABLED] x
         C: $a AUTHENTICATE LOGIN
         S: + VXNlcm5hbWU6
         C: dGlt
         S: + UGFzc3dvcmQ6
         C: dGFuc3RhYWZ0YW5zdGFhZg==
         S: $a OK [CAPABILITY X] in",
    ] {
        let server = Server::start(script);
        let result = ImapSource::connect(
            &settings(server.port, Security::None),
            &login("tim", "tanstaaftanstaaf"),
        )
        .await;
        assert!(result.is_ok(), "{script}: {:?}", result.err());
        drop(result);
        server.checked().await;
    }
}

/// A token that is refused: the reason comes in a challenge, which must be answered.
#[tokio::test]
async fn a_refused_token_tells_why() {
    let reason = "eyJzdGF0dXMiOiJpbnZhbGlkX3Rva2VuIn0=";
    for (mechanism, dismissal) in [("XOAUTH2", ""), ("OAUTHBEARER", "AQ==")] {
        let server = Server::start(&format!(
            "S: * OK [CAPABILITY IMAP4rev1 AUTH={mechanism} SASL-IR] x
             C~ $a AUTHENTICATE {mechanism} 
             S: + {reason}
             C: {dismissal}
             S: $a NO sorry"
        ));
        let login = Login::new("u@x.example", Secret::new("t0ken")).by(Authentication::OAuth);
        let error = ImapSource::connect(&settings(server.port, Security::None), &login)
            .await
            .err()
            .unwrap();
        assert_eq!(error.class, ErrorClass::Auth);
        assert!(
            error.words.contains("sorry") && error.words.contains("invalid_token"),
            "{error:?}"
        );
        assert!(!error.to_string().contains("t0ken"));
        server.checked().await;
    }
}

/// A server that says yes without showing that it knows the password is not the server; and one that asks too much is left.
#[tokio::test]
async fn servers_that_cheat() {
    let scram = "S: * OK [CAPABILITY IMAP4rev1 AUTH=SCRAM-SHA-256 SASL-IR] x
         C~ $a AUTHENTICATE SCRAM-SHA-256 biwsbj11LHI9";
    for (script, part) in [
        (format!("{scram}\nS: $a OK in"), "done before it is"),
        (format!("{scram}\nS: + ???\nC: *\nS: $a BAD off"), "not base64"),
        (format!("{scram}\nS: + cj14LHM9QUFBQSxpPTQwOTY=\nC: *\nS: $a BAD off"), "nonce"),
        (format!("{scram}\nS: +\nC: *\nS: $a OK in after all"), "nonce"),
        (
            "S: * OK [CAPABILITY IMAP4rev1 AUTH=CRAM-MD5] x\nC: $a AUTHENTICATE CRAM-MD5\nS: + \nC: *\nS: $a BAD off".into(),
            "no challenge",
        ),
        (
            "S: * OK [CAPABILITY IMAP4rev1 AUTH=LOGIN LOGINDISABLED] x\nC: $a AUTHENTICATE LOGIN\nS: $a OK in".into(),
            "done before it is",
        ),
        (
            "S: * OK [CAPABILITY IMAP4rev1 AUTH=LOGIN LOGINDISABLED] x\nC: $a AUTHENTICATE LOGIN\nS: +\nC: dQ==\nS: +\nC: cA==\nS: +\nC: *\nS: $a NO".into(),
            "third time",
        ),
    ] {
        let server = Server::start(&script);
        let error = ImapSource::connect(&settings(server.port, Security::None), &login("u", "p"))
            .await
            .err()
            .unwrap();
        assert_eq!(error.class, ErrorClass::Auth, "{script}: {error:?}");
        assert!(error.is_fatal && error.message.contains(part), "{script}: {error:?}");
        server.checked().await;
    }
}

/// What is asked for and not offered is not tried another way.
#[tokio::test]
async fn nothing_is_sent_when_nothing_fits() {
    let script = "S: * OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] x";
    for authentication in [Authentication::Ntlm, Authentication::OAuth] {
        let server = Server::start(script);
        let login = login("u", "p").by(authentication);
        let error = ImapSource::connect(&settings(server.port, Security::None), &login)
            .await
            .err()
            .unwrap();
        assert!(
            error.class == ErrorClass::Auth && error.message.contains("it offers PLAIN"),
            "{error:?}"
        );
        server.checked().await;
    }
}

/// A server for each mechanism: the right password enters, a wrong one does not.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_real_dovecot_takes_each_mechanism() {
    for mechanism in ["plain", "login", "cram-md5", "scram-sha-1", "scram-sha-256"] {
        let server = Dovecot::with(&Options {
            tls: false,
            more: format!("auth_mechanisms = {mechanism}"),
            ..Options::default()
        });
        server.user("tim", "p,=é word");
        server.user("tom", "p,= word");
        let settings = settings(server.imap, Security::None);
        let mut source = ImapSource::connect(&settings, &login("tom", "p,= word"))
            .await
            .unwrap_or_else(|error| panic!("{mechanism}: {error} {}", server.log()));
        assert_eq!(source.list_folders().await.unwrap().len(), 1, "{mechanism}");
        source.log_out().await;
        let error = ImapSource::connect(&settings, &login("tom", "wrong"))
            .await
            .err()
            .unwrap();
        assert_eq!(error.class, ErrorClass::Auth, "{mechanism}: {error:?}");
        assert!(
            server
                .log()
                .to_lowercase()
                .contains(&format!("method={mechanism}")),
            "{mechanism}: {}",
            server.log()
        );
    }
}

/// Mechanisms that compute with the password do not carry a master user; what else the server offers does.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_master_user_enters_where_more_than_plain_is_offered() {
    let server = Dovecot::with(&Options {
        tls: false,
        more: "auth_mechanisms = plain login cram-md5 scram-sha-256".into(),
        ..Options::default()
    });
    server.user("tom", "secret");
    let settings = settings(server.imap, Security::None);
    let login = login("tom*mailadmin", "P@ssw0rd");
    let source = ImapSource::connect(&settings, &login).await;
    source
        .unwrap_or_else(|error| panic!("{error} {}", server.log()))
        .log_out()
        .await;
}
