//! Greeting, TLS and login against servers that are wrong, careful or hostile.

use std::sync::{Arc, Mutex};

use mailtern::{
    mail::Secret,
    transport::{
        ErrorClass, Security,
        imap::{ImapSource, Trace, probe},
    },
};

use crate::{
    client::{login, settings},
    script::Server,
};

#[tokio::test]
async fn what_stands_at_the_port() {
    for (script, class, part) in [
        (
            "S: * BYE too many\nEND",
            ErrorClass::Throttle,
            "turns connections away",
        ),
        (
            "S: * NO not today\nEND",
            ErrorClass::Throttle,
            "turns connections away",
        ),
        (
            "S: SSH-2.0-OpenSSH_9.2\nEND",
            ErrorClass::Config,
            "does not speak IMAP",
        ),
        (
            "S: 220 mail.example ESMTP\nEND",
            ErrorClass::Config,
            "does not speak IMAP",
        ),
        (
            "S: +OK POP3 ready\nEND",
            ErrorClass::Config,
            "does not speak IMAP",
        ),
        (
            "S: HTTP/1.1 400 Bad Request\nEND",
            ErrorClass::Config,
            "does not speak IMAP",
        ),
        (
            "S: A1 OK early\nEND",
            ErrorClass::Config,
            "does not speak IMAP",
        ),
        ("END", ErrorClass::Config, "no IMAP greeting"),
        (
            "S! * OK never ended\nEND",
            ErrorClass::Config,
            "no IMAP greeting",
        ),
    ] {
        let server = Server::start(script);
        let error = probe(&settings(server.port, Security::None))
            .await
            .unwrap_err();
        assert!(
            error.class == class && error.message.contains(part),
            "{script}: {error:?}"
        );
    }
}

#[tokio::test]
async fn what_stands_there_instead_is_told_harmlessly() {
    let server = Server::start("S: 220 mail\u{1b}[2J ESMTP\nEND");
    let error = probe(&settings(server.port, Security::None))
        .await
        .unwrap_err();
    assert_eq!(error.words, "220 mail\\u{1b}[2J ESMTP");
}

#[tokio::test]
async fn silence_at_the_port() {
    let server = Server::start("S! * OK");
    let mut settings = settings(server.port, Security::None);
    settings.net.connect_timeout = std::time::Duration::from_millis(200);
    let error = probe(&settings).await.unwrap_err();
    assert!(
        error.class == ErrorClass::Config && error.next_step.contains("-Security Ssl"),
        "{error:?}"
    );
}

#[tokio::test]
async fn nothing_listens_and_nobody_is_called_so() {
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let error = probe(&settings(port, Security::None)).await.unwrap_err();
    assert!(
        error.class == ErrorClass::Config && error.message.contains("Nothing listens"),
        "{error:?}"
    );
    let mut nowhere = settings(143, Security::None);
    nowhere.net.host = "no-such-host.invalid".into();
    let error = probe(&nowhere).await.unwrap_err();
    assert!(
        error.class == ErrorClass::Config && error.message.contains("cannot be resolved"),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_port_without_tls() {
    let server = Server::start("S: * OK hello\nEND");
    let error = probe(&settings(server.port, Security::Ssl))
        .await
        .unwrap_err();
    assert!(
        error.class == ErrorClass::Config && error.message.contains("does not speak TLS"),
        "{error:?}"
    );
}

#[tokio::test]
async fn starttls_is_had_or_nothing_is_sent() {
    for (script, part) in [
        (
            "S: * OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] x",
            "does not offer STARTTLS",
        ),
        (
            "S: * OK x\nC: $a CAPABILITY\nS: * CAPABILITY IMAP4rev1\nS: $a OK done",
            "does not offer STARTTLS",
        ),
        ("S: * PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] x", "PREAUTH"),
        (
            "S: * OK [CAPABILITY IMAP4rev1 STARTTLS] x\nC: $a STARTTLS\nS: $a NO not now",
            "refuses STARTTLS",
        ),
        (
            "S: * OK [CAPABILITY IMAP4rev1 STARTTLS] x\nC: $a STARTTLS\nS: $a BAD what",
            "refuses STARTTLS",
        ),
        (
            "S: * OK [CAPABILITY IMAP4rev1 STARTTLS] x\nC: $a STARTTLS\nS: + go on",
            "asks for more",
        ),
        (
            "S: * OK [CAPABILITY IMAP4rev1 STARTTLS] x\nC: $a STARTTLS\nS! $a OK go\\r\\n* CAPABILITY IMAP4rev1\\r\\n",
            "tampering",
        ),
        (
            "S: * OK [CAPABILITY IMAP4rev1 STARTTLS] x\nC: $a STARTTLS\nS! $a OK go\\r\\nM2 OK\\r\\n",
            "tampering",
        ),
        (
            "S: * OK [CAPABILITY IMAP4rev1 STARTTLS] x\nC: $a STARTTLS\nS: M9 OK of another\nS: $a OK go",
            "not sent",
        ),
        (
            "S: * OK [CAPABILITY IMAP4rev1 STARTTLS] x\nC: $a STARTTLS\nS: * BYE\nS: $a OK go",
            "good-bye",
        ),
    ] {
        let server = Server::start(script);
        let result =
            ImapSource::connect(&settings(server.port, Security::Tls), &login("u", "p")).await;
        let error = result.err().expect(script);
        assert!(
            error.message.contains(part) && error.is_fatal,
            "{script}: {error:?}"
        );
        server.check();
    }
}

#[tokio::test]
async fn logins_of_all_kinds() {
    let odd = "p \"q\\r{5} %u é";
    for (password, script) in [
        (
            "p",
            "S: * OK [CAPABILITY IMAP4rev1] x\nC: $a LOGIN \"u\" \"p\"\nS: $a OK [CAPABILITY IMAP4rev1 X] in",
        ),
        (
            "p",
            "S: * OK [CAPABILITY IMAP4rev1] x\nC: $a LOGIN \"u\" \"p\"\nS: $a OK in\nC: $a CAPABILITY\nS: * CAPABILITY IMAP4rev1 X\nS: $a OK",
        ),
        (
            "p",
            "S: * OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] x\nC: $a AUTHENTICATE PLAIN\nS: + \nC: AHUAcA==\nS: $a OK [CAPABILITY X] in",
        ),
        (
            "p",
            "S: * OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] x\nC: $a AUTHENTICATE PLAIN AHUAcA==\nS: * CAPABILITY X\nS: $a OK in",
        ),
        (
            "p\"\\",
            "S: * OK [CAPABILITY IMAP4rev1] x\nC: $a LOGIN \"u\" \"p\\\"\\\\\"\nS: $a OK [CAPABILITY X] in",
        ),
        (
            odd,
            "S: * OK [CAPABILITY IMAP4rev1] x\nC: $a LOGIN \"u\" {15}\nS: + go\nC! 15\nC: \nS: $a OK [CAPABILITY X] in",
        ),
        (
            odd,
            "S: * OK [CAPABILITY IMAP4rev1 LITERAL+] x\nC: $a LOGIN \"u\" {15+}\nC! 15\nC: \nS: $a OK [CAPABILITY X] in",
        ),
        ("p", "S: * PREAUTH [CAPABILITY X] x"),
    ] {
        let server = Server::start(script);
        let source = ImapSource::connect(
            &settings(server.port, Security::None),
            &login("u", password),
        )
        .await;
        assert!(
            source.as_ref().err().is_none(),
            "{script}: {:?}",
            source.err()
        );
        assert!(source.as_ref().is_ok_and(|s| s.info().has("x")), "{script}");
        drop(source);
        server.check();
    }
}

#[tokio::test]
async fn refused_logins_are_not_repeated() {
    for (script, class) in [
        ("S: * OK [CAPABILITY LOGINDISABLED] x", ErrorClass::Auth),
        (
            "S: * OK [CAPABILITY X] x\nC: $a LOGIN \"u\" \"p\"\nS: $a NO wrong",
            ErrorClass::Auth,
        ),
        (
            "S: * OK [CAPABILITY X] x\nC: $a LOGIN \"u\" \"p\"\nS: $a NO [UNAVAILABLE] later",
            ErrorClass::Throttle,
        ),
        (
            "S: * OK [CAPABILITY X] x\nC: $a LOGIN \"u\" \"p\"\nS: $a NO [REFERRAL imap://evil.example/] go there",
            ErrorClass::Auth,
        ),
        (
            "S: * OK [CAPABILITY X] x\nC: $a LOGIN \"u\" \"p\"\nS: * BYE bye\nEND",
            ErrorClass::Throttle,
        ),
        (
            "S: * OK [CAPABILITY AUTH=PLAIN] x\nC: $a AUTHENTICATE PLAIN\nS: $a OK already",
            ErrorClass::Auth,
        ),
        (
            "S: * OK [CAPABILITY AUTH=PLAIN] x\nC: $a AUTHENTICATE PLAIN\nS: +\nC: AHUAcA==\nS: + more\nC: *\nS: $a BAD no",
            ErrorClass::Auth,
        ),
        (
            "S: * OK [CAPABILITY AUTH=PLAIN SASL-IR] x\nC: $a AUTHENTICATE PLAIN AHUAcA==\nS: $a NO [AUTHENTICATIONFAILED] no",
            ErrorClass::Auth,
        ),
    ] {
        let server = Server::start(script);
        let error = ImapSource::connect(&settings(server.port, Security::None), &login("u", "p"))
            .await
            .err()
            .expect(script);
        assert!(
            error.class == class && error.is_fatal,
            "{script}: {error:?}"
        );
        server.check();
    }
}

#[tokio::test]
async fn acting_for_another_takes_plain() {
    let script = "S: * OK [CAPABILITY AUTH=PLAIN SASL-IR] x\nC: $a AUTHENTICATE PLAIN YgB1AHA=\nS: $a OK [CAPABILITY X] in";
    for (script, is_fine) in [(script, true), ("S: * OK [CAPABILITY X] x", false)] {
        let server = Server::start(script);
        let mut login = login("u", "p");
        login.authzid = Some("b".into());
        let source = ImapSource::connect(&settings(server.port, Security::None), &login).await;
        assert_eq!(source.is_ok(), is_fine);
        drop(source);
        server.check();
    }
}

#[tokio::test]
async fn no_name_or_password_becomes_a_second_command() {
    for (user, password) in [("u\r\nA1 DELETE INBOX", "p"), ("u", "p\nx"), ("u\0", "p")] {
        let server = Server::start("S: * OK [CAPABILITY X] x\nEND");
        let error = ImapSource::connect(
            &settings(server.port, Security::None),
            &login(user, password),
        )
        .await
        .err()
        .unwrap();
        assert!(error.message.contains("line break"), "{error:?}");
        server.check();
    }
}

#[tokio::test]
async fn the_trace_tells_everything_but_the_password() {
    let canary = "c4nary-p4ssw0rd";
    for capabilities in ["X", "AUTH=PLAIN", "AUTH=PLAIN SASL-IR"] {
        let told = Arc::new(Mutex::new(String::new()));
        let kept = Arc::clone(&told);
        let go = if capabilities == "AUTH=PLAIN" {
            "C: $a AUTHENTICATE PLAIN\nS: + \nC! 2\n"
        } else {
            "C! 2\n"
        };
        let server = Server::start(&format!("S: * OK [CAPABILITY {capabilities}] x\n{go}END"));
        let mut settings = settings(server.port, Security::None);
        settings.trace = Some(Trace::new(move |speaker, line| {
            kept.lock()
                .unwrap()
                .push_str(&format!("{speaker}: {line}\n"));
        }));
        let mut login = login("u", canary);
        login.password = Secret::new(canary);
        let error = ImapSource::connect(&settings, &login).await.err().unwrap();
        let told = told.lock().unwrap().clone();
        assert!(told.contains("S: * OK") && told.contains("***"), "{told}");
        for shape in [canary, "YzRuYXJ5LXA0c3N3MHJk", "AHUAYzRuYXJ5"] {
            assert!(
                !told.contains(shape) && !format!("{error:?}").contains(shape),
                "{told}"
            );
        }
    }
}
