//! POP3 against servers that are wrong, careful, old or hostile.

use std::{
    io::{BufRead, BufReader, Write},
    net::TcpListener,
    sync::{Arc, Mutex},
    thread,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac};
use mailtern::{
    mail::Secret,
    transport::{
        Authentication, ErrorClass, Login, Security, Trace,
        pop3::{Listed, Pop3Source},
    },
};
use md4::{Digest, Md4};

use crate::{
    client::login,
    pop3_client::{fetch, settings},
    script::Server,
};

/// The greeting, and a CAPA that names these.
fn hello(capabilities: &str) -> String {
    let lines: String = capabilities
        .split(',')
        .map(|line| format!("S: {line}\n"))
        .collect();
    format!("S: +OK hello\nC: CAPA\nS: +OK\n{lines}S: .\n")
}

/// A session of `u` with the password `p`.
fn session(script: &str) -> String {
    format!(
        "{}C: USER u\nS: +OK\nC: PASS p\nS: +OK in\n{script}",
        hello("USER,UIDL,TOP,PIPELINING")
    )
}

async fn connect(
    server: &Server,
    security: Security,
) -> Result<Pop3Source, mailtern::transport::TransportError> {
    Pop3Source::connect(&settings(server.port, security), &login("u", "p")).await
}

#[tokio::test]
async fn what_stands_at_the_port() {
    for (script, class, part) in [
        (
            "S: -ERR [SYS/TEMP] too many\nEND",
            ErrorClass::Throttle,
            "turns connections away",
        ),
        (
            "S: -ERR go away\nEND",
            ErrorClass::Throttle,
            "turns connections away",
        ),
        (
            "S: * OK IMAP4rev1\nEND",
            ErrorClass::Config,
            "does not speak POP3",
        ),
        (
            "S: SSH-2.0-OpenSSH_9.2\nEND",
            ErrorClass::Config,
            "does not speak POP3",
        ),
        (
            "S: 220 mail.example ESMTP\nEND",
            ErrorClass::Config,
            "does not speak POP3",
        ),
        ("S: +OKAY\nEND", ErrorClass::Config, "does not speak POP3"),
        ("END", ErrorClass::Config, "no POP3 greeting"),
        (
            "S! +OK never ended\nEND",
            ErrorClass::Config,
            "no POP3 greeting",
        ),
        (
            "S* 20000 x\nS: \nEND",
            ErrorClass::Malformed,
            "line without end",
        ),
    ] {
        let server = Server::start(script);
        let error = connect(&server, Security::None).await.err().unwrap();
        assert!(
            error.class == class && error.message.contains(part),
            "{script}: {error:?}"
        );
    }
}

/// "NO STARTTLS": Negotiation O_1 to O_4, Buffering B_1 and B_2, CAPA hidden.
#[tokio::test]
async fn stls_is_had_or_nothing_is_sent() {
    let offered = hello("STLS,USER,SASL PLAIN");
    for (script, part) in [
        (hello("USER,SASL PLAIN"), "does not offer STLS"),
        (
            "S: +OK <1@x>\nC: CAPA\nS: -ERR what\nC: STLS\nS: -ERR what".into(),
            "refuses STLS",
        ),
        (format!("{offered}C: STLS\nS: -ERR not now"), "refuses STLS"),
        (format!("{offered}C: STLS\nS: + go on"), "does not have"),
        (format!("{offered}C: STLS\nS: OK"), "does not have"),
        (
            format!("{offered}C: STLS\nS! +OK go\\r\\n+OK in\\r\\n"),
            "tampering",
        ),
        (
            format!("{offered}C: STLS\nS! +OK go\\r\\n.\\r\\n"),
            "tampering",
        ),
        (format!("{offered}C: STLS\nS: +OK go\nEND"), "handshake"),
    ] {
        let server = Server::start(&script);
        let error = connect(&server, Security::Tls).await.err().unwrap();
        assert!(
            error.message.contains(part) && error.is_fatal,
            "{script}: {error:?}"
        );
        server.checked().await;
    }
}

#[tokio::test]
async fn logins_of_all_kinds() {
    let rfc1939 = "S: +OK POP3 server ready <1896.697170952@dbc.mtview.ca.us>";
    for (user, password, script) in [
        ("u", "p", session("END")),
        // CAPA hidden
        ("u", "p", "S: +OK\nC: CAPA\nS: -ERR\nC: USER u\nS: +OK\nC: PASS p\nS: +OK".into()),
        // Exchange's form: the account of the service, then the mailbox
        (
            "corp\\svc\\user1",
            "Pa$$ word1",
            "S: +OK\nC: CAPA\nS: -ERR\nC: USER corp\\svc\\user1\nS: +OK\nC: PASS Pa$$ word1\nS: +OK".into(),
        ),
        ("mrose", "tanstaaf", format!("{rfc1939}\nC: CAPA\nS: -ERR\nC: APOP mrose c4c9334bac560ecc979e58001b3e22fb\nS: +OK")),
        // who opens the mailbox of another has no password of that name that APOP could be answered with
        (
            "mrose*admin",
            "tanstaaf",
            format!("{rfc1939}\nC: CAPA\nS: -ERR\nC: USER mrose*admin\nS: +OK\nC: PASS tanstaaf\nS: +OK"),
        ),
        // a timestamp with a control character is none
        ("u", "p", "S! +OK <1\\0@x>\\r\\n\nC: CAPA\nS: -ERR\nC: USER u\nS: +OK\nC: PASS p\nS: +OK".into()),
        (
            "u",
            "p",
            format!("{}C: AUTH PLAIN\nS: + \nC: AHUAcA==\nS: +OK in\nC: CAPA\nS: +OK\nS: PIPELINING\nS: .", hello("USER,SASL PLAIN")),
        ),
        (
            "u",
            "p",
            format!("{}C: AUTH LOGIN\nS: + VXNlcm5hbWU6\nC: dQ==\nS: + UGFzc3dvcmQ6\nC: cA==\nS: +OK in", hello("SASL LOGIN,PIPELINING")),
        ),
        (
            "tim",
            "tanstaaftanstaaf",
            format!(
                "{}C: AUTH CRAM-MD5\nS: + PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+\nC: dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw\nS: +OK",
                hello("USER,SASL PLAIN CRAM-MD5,PIPELINING")
            ),
        ),
    ] {
        let server = Server::start(&script);
        let result = Pop3Source::connect(&settings(server.port, Security::None), &login(user, password)).await;
        assert!(result.is_ok(), "{script}: {:?}", result.err());
        drop(result);
        server.checked().await;
    }
}

/// Microsoft 365 wants the token in a line of its own; a refusal is read, dismissed and told.
#[tokio::test]
async fn tokens() {
    let capabilities = hello("USER,SASL PLAIN XOAUTH2,PIPELINING");
    let said = "C: AUTH XOAUTH2\nS: + \nC: dXNlcj11QHguZXhhbXBsZQFhdXRoPUJlYXJlciB0MGtlbgEB";
    let login = Login::new("u@x.example", Secret::new("t0ken")).by(Authentication::OAuth);
    let server = Server::start(&format!("{capabilities}{said}\nS: +OK"));
    Pop3Source::connect(&settings(server.port, Security::None), &login)
        .await
        .unwrap();
    server.checked().await;
    let server = Server::start(&format!(
        "{capabilities}{said}\nS: + eyJzdGF0dXMiOiI0MDAifQ==\nC: \nS: -ERR no"
    ));
    let error = Pop3Source::connect(&settings(server.port, Security::None), &login)
        .await
        .err()
        .unwrap();
    assert!(
        error.class == ErrorClass::Auth && error.words.contains("400"),
        "{error:?}"
    );
    server.checked().await;
}

#[tokio::test]
async fn refused_logins() {
    let user = |end: &str| {
        format!(
            "{}C: USER u\nS: +OK\nC: PASS p\nS: {end}",
            hello("USER,PIPELINING,RESP-CODES")
        )
    };
    for (script, class) in [
        (user("-ERR no"), ErrorClass::Auth),
        (user("-ERR [AUTH] no"), ErrorClass::Auth),
        (user("-ERR [IN-USE] another session"), ErrorClass::Throttle),
        (user("-ERR mailbox is locked"), ErrorClass::Throttle),
        (
            user("-ERR [LOGIN-DELAY] minimum time is 15 minutes"),
            ErrorClass::Throttle,
        ),
        (user("-ERR [SYS/TEMP] database down"), ErrorClass::Throttle),
        (user("-ERR [SYS/PERM] mailbox broken"), ErrorClass::Refused),
        (user("* NO"), ErrorClass::Malformed),
        (user("+ more"), ErrorClass::Malformed),
        (
            format!("{}C: USER u\nS: -ERR nobody", hello("USER,PIPELINING")),
            ErrorClass::Auth,
        ),
        (
            format!("{}C: AUTH PLAIN\nS: +OK already", hello("SASL PLAIN")),
            ErrorClass::Auth,
        ),
        (hello("SASL GSSAPI"), ErrorClass::Auth),
    ] {
        let server = Server::start(&script);
        let error = connect(&server, Security::None).await.err().unwrap();
        assert_eq!(error.class, class, "{script}: {error:?}");
        assert!(error.is_fatal, "{error:?}");
        server.checked().await;
    }
    // no second command grows out of a name or password
    for (user, password) in [("u\r\nDELE 1", "p"), ("u", "p\nDELE 1"), ("u\0", "p")] {
        let server = Server::start(&hello("USER"));
        let error = Pop3Source::connect(
            &settings(server.port, Security::None),
            &login(user, password),
        )
        .await;
        assert_eq!(error.err().unwrap().class, ErrorClass::Auth);
        server.checked().await;
    }
}

#[tokio::test]
async fn the_trace_tells_everything_but_the_password() {
    let canary = "c4nary-p4ssw0rd";
    for (capabilities, script) in [
        ("USER", "C: USER u\nS: +OK\nC! 20\nS: -ERR no"),
        ("SASL PLAIN", "C: AUTH PLAIN\nS: +\nC! 20\nS: -ERR no"),
    ] {
        let told = Arc::new(Mutex::new(String::new()));
        let kept = Arc::clone(&told);
        let server = Server::start(&format!("{}{script}\nEND", hello(capabilities)));
        let mut settings = settings(server.port, Security::None);
        settings.trace = Some(Trace::new(move |speaker, line| {
            kept.lock()
                .unwrap()
                .push_str(&format!("{speaker}: {line}\n"));
        }));
        let error = Pop3Source::connect(&settings, &login("u", canary))
            .await
            .err()
            .unwrap();
        let told = told.lock().unwrap().clone();
        assert!(told.contains("S: +OK") && told.contains("***"), "{told}");
        for shape in [canary, "YzRuYXJ5", "AHUAYzRu"] {
            assert!(
                !told.contains(shape) && !format!("{error:?}").contains(shape),
                "{told}"
            );
        }
    }
}

/// A server that knows NTLM and checks the proof, made from the public specification alone.
#[tokio::test]
async fn spa_against_a_server_that_checks_the_proof() {
    let challenge: Vec<u8> = [
        &b"NTLMSSP\0\x02\0\0\0\x0c\0\x0c\0\x38\0\0\0\x33\x82\x8a\xe2\x01\x23\x45\x67\x89\xab\xcd\xef\0\0\0\0\0\0\0\0"[..],
        b"\x24\0\x24\0\x44\0\0\0\x06\0\x70\x17\0\0\0\x0fS\0e\0r\0v\0e\0r\0",
        b"\x02\0\x0c\0D\0o\0m\0a\0i\0n\0\x01\0\x0c\0S\0e\0r\0v\0e\0r\0\0\0\0\0",
    ]
    .concat();
    for (password, capabilities, enters) in [
        ("Password", "USER,SASL NTLM", true),
        ("Password", "USER", true),
        ("wrong", "SASL NTLM", false),
    ] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let challenge = STANDARD.encode(&challenge);
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut input = BufReader::new(stream.try_clone().unwrap());
            let mut say = |text: &str| stream.write_all(format!("{text}\r\n").as_bytes()).unwrap();
            let mut hear = || {
                let mut line = String::new();
                input.read_line(&mut line).unwrap();
                line.trim_end().to_owned()
            };
            say("+OK Microsoft Exchange POP3 service");
            assert_eq!(hear(), "CAPA");
            say(&format!(
                "+OK\r\n{}\r\nPIPELINING\r\n.",
                capabilities.replace(',', "\r\n")
            ));
            assert_eq!(hear(), "AUTH NTLM");
            say("+ ");
            let first = STANDARD.decode(hear()).unwrap();
            assert!(first.starts_with(b"NTLMSSP\0\x01\0\0\0"));
            say(&format!("+ {challenge}"));
            let third = STANDARD.decode(hear()).unwrap();
            let is_right = proves(&third, "Password");
            say(if is_right {
                "+OK in"
            } else {
                "-ERR [AUTH] Logon failure"
            });
        });
        let login = login("Domain\\User", password).by(Authentication::Ntlm);
        let result = Pop3Source::connect(&settings(port, Security::None), &login).await;
        assert_eq!(
            result.is_ok(),
            enters,
            "{password} {capabilities}: {:?}",
            result.err()
        );
        server.join().unwrap();
    }
}

fn mac(key: &[u8], bytes: &[u8]) -> Vec<u8> {
    let mut mac = Hmac::<md5::Md5>::new_from_slice(key).unwrap();
    mac.update(bytes);
    mac.finalize().into_bytes().to_vec()
}

/// Whether an AUTHENTICATE_MESSAGE proves this password (MS-NLMP section 3.3.2).
fn proves(message: &[u8], password: &str) -> bool {
    assert!(message.starts_with(b"NTLMSSP\0\x03\0\0\0"));
    let field = |at: usize| {
        let length = usize::from(u16::from_le_bytes([message[at], message[at + 1]]));
        let offset = usize::from(u16::from_le_bytes([message[at + 4], message[at + 5]]));
        &message[offset..offset + length]
    };
    let wide = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    assert_eq!(
        (field(28), field(36)),
        (wide("Domain").as_slice(), wide("User").as_slice())
    );
    let key = mac(
        &Md4::digest(wide(password)),
        &[wide("USER"), wide("Domain")].concat(),
    );
    let (proof, proved) = field(20).split_at(16);
    proof
        == mac(
            &key,
            &[&b"\x01\x23\x45\x67\x89\xab\xcd\xef"[..], proved].concat(),
        )
}

/// Names that tell messages apart, and those that do not.
#[tokio::test]
async fn names_of_messages() {
    let list = "C: LIST\nS: +OK\nS: 1 100\nS: 2 200\nS: 3 300\nS: .\n";
    let named =
        |listed: &[Listed]| -> Vec<bool> { listed.iter().map(|one| one.name.is_some()).collect() };
    for (script, expected) in [
        ("C: UIDL\nS: +OK\nS: 1 a\nS: 2 b\nS: 3 c\nS: .".to_owned(), [true; 3]),
        // blank, repeated, of a message that is not there; TOP tells them apart
        (
            "C: UIDL\nS: +OK\nS: 1 \nS: 2 x\nS: 3 x\nS: 9 y\nS: .\n\
             C: TOP 1 0\nC: TOP 2 0\nC: TOP 3 0\n\
             S: +OK\nS: Subject: 1\nS: \nS: .\nS: +OK\nS: Subject: 2\nS: \nS: .\nS: +OK\nS: Subject: 3\nS: \nS: ."
                .to_owned(),
            [true; 3],
        ),
        // neither UIDL nor TOP
        (
            "C: UIDL\nS: -ERR what\nC: TOP 1 0\nC: TOP 2 0\nC: TOP 3 0\nS: -ERR\nS: -ERR\nS: -ERR".to_owned(),
            [false; 3],
        ),
        // no header to tell them by
        (
            "C: UIDL\nS: -ERR what\nC: TOP 1 0\nC: TOP 2 0\nC: TOP 3 0\nS: +OK\nS: \nS: .\nS: +OK\nS: a: b\nS: \nS: .\nS: -ERR".to_owned(),
            [false, true, false],
        ),
        (format!("C: UIDL\nS: +OK\nS: 1 {}\nS: 2 b b\nS: 3 c\nS: .", "x".repeat(300)), [true; 3]),
    ] {
        let server = Server::start(&session(&format!("{list}{script}")));
        let mut source = connect(&server, Security::None).await.unwrap();
        let listed = source.list().await.unwrap();
        assert_eq!(listed.iter().map(|one| one.size).collect::<Vec<_>>(), [100, 200, 300]);
        assert_eq!(named(&listed), expected, "{script}");
        drop(source);
        server.checked().await;
    }
}

fn listed(sizes: &[u64]) -> Vec<Listed> {
    sizes
        .iter()
        .zip(1..)
        .map(|(size, number)| Listed {
            number,
            size: *size,
            name: None,
        })
        .collect()
}

/// Dots, a lone dot in the text, no line end at the end, sizes that are lies, messages that are not there.
#[tokio::test]
async fn messages_arrive_as_they_are() {
    let script = "C: RETR 1\nC: RETR 2\nC: RETR 3\nC: RETR 4\n\
         S! +OK 5 octets\\r\\n..\\r\\n...x\\r\\nnot a dot.\\r\\n.\\r\\n\n\
         S! -ERR no such message\\r\\n+OK\\r\\nA: b\\n.\\n..c\\r\\n.\\r\\n\n\
         S: +OK\nS: .\n\
         C: DELE 1\nC: DELE 3\nS: +OK\nS: -ERR no\nC: QUIT\nS: +OK bye";
    let server = Server::start(&session(script));
    let mut source = connect(&server, Security::None).await.unwrap();
    let (result, arrived) = fetch(&mut source, &listed(&[0, 9, 1_000_000, 1])).await;
    let refused = result.unwrap();
    assert_eq!(
        refused.iter().map(|one| one.number).collect::<Vec<_>>(),
        [2]
    );
    assert_eq!(refused[0].error.class, ErrorClass::Vanished);
    let got: Vec<(u32, &[u8])> = arrived
        .iter()
        .map(|one| (one.number, one.bytes.as_slice()))
        .collect();
    let expected: [(u32, &[u8]); 3] = [
        (1, b".\r\n..x\r\nnot a dot.\r\n"),
        (3, b"A: b\n.\n..c\r\n"),
        (4, b""),
    ];
    assert_eq!(got, expected);
    assert!(arrived.iter().all(|one| one.date.is_none()));
    assert_eq!(source.mark_deleted(&[1, 3]).await.unwrap(), [3]);
    source.quit().await.unwrap();
    server.checked().await;
}

/// A server that ends its lines with LF alone.
#[tokio::test]
async fn bare_line_ends() {
    let server = Server::start(
        "S! +OK\\n\nC: CAPA\nS! -ERR\\n\nC: USER u\nS! +OK\\n\nC: PASS p\nS! +OK\\n\nC: RETR 1\nS! +OK\\na\\n..\\n.\\n",
    );
    let mut source = connect(&server, Security::None).await.unwrap();
    let (result, arrived) = fetch(&mut source, &listed(&[5])).await;
    assert!(result.unwrap().is_empty());
    assert_eq!(arrived[0].bytes, b"a\n.\n");
}

/// Without PIPELINING nothing is sent before the answer to what went before.
#[tokio::test]
async fn one_at_a_time_where_it_must_be() {
    let server = Server::start(&format!(
        "{}C: USER u\nS: +OK\nC: PASS p\nS: +OK\nC: CAPA\nS: +OK\nS: USER\nS: .\n\
         C: RETR 1\nS: +OK\nS: a\nS: .\nC: RETR 2\nS: +OK\nS: b\nS: .\nC: DELE 1\nS: +OK\nC: DELE 2\nS: +OK\nC: QUIT\nS: -ERR some messages were not deleted",
        hello("USER")
    ));
    let mut source = connect(&server, Security::None).await.unwrap();
    let (result, arrived) = fetch(&mut source, &listed(&[3, 3])).await;
    assert!(result.is_ok() && arrived.len() == 2);
    assert_eq!(
        source.mark_deleted(&[1, 2]).await.unwrap(),
        Vec::<u32>::new()
    );
    let error = source.quit().await.err().unwrap();
    assert!(
        error.to_string().contains("some messages were not deleted"),
        "{error}"
    );
    server.checked().await;
}

/// A large message waits on the disk; its end and its size are certain before it is handed on.
#[tokio::test]
async fn a_large_message_and_one_that_never_ends() {
    let script =
        "C: RETR 1\nS: +OK\nS: Date: Thu, 1 Jan 1970 00:01:00 +0000\nS: \nS* 700000 x\nS: \nS: .\n";
    let server = Server::start(&session(script));
    let mut source = connect(&server, Security::None).await.unwrap();
    let (result, arrived) = fetch(&mut source, &listed(&[3])).await;
    assert!(result.is_ok());
    assert_eq!(arrived[0].bytes.len(), 38 + 2 + 700_000 + 2);
    assert_eq!(arrived[0].date, Some(60));
    drop(source);
    server.checked().await;
    let server = Server::start(&session(
        "C: RETR 1\nS: +OK\nS: A: b\nS: \nS* 700000 x\nEND",
    ));
    let mut source = connect(&server, Security::None).await.unwrap();
    let (result, arrived) = fetch(&mut source, &listed(&[700_000])).await;
    assert_eq!(result.err().unwrap().class, ErrorClass::Transport);
    assert!(arrived.is_empty(), "half a message was handed over");
}

/// What the server says to each command of a small session, in order.
const ANSWERS: [&str; 8] = [
    "+OK hello\r\n",
    "+OK\r\nUSER\r\nUIDL\r\nPIPELINING\r\n.\r\n",
    "+OK\r\n",
    "+OK in\r\n",
    "+OK\r\n1 11\r\n2 4\r\n.\r\n",
    "+OK\r\n1 a\r\n2 b\r\n.\r\n",
    "+OK\r\nA: b\r\n\r\none\r\n.\r\n",
    "+OK\r\n....\r\n.\r\n",
];

#[tokio::test]
async fn a_cut_at_any_byte_is_an_error_and_never_half_a_message() {
    let total: usize = ANSWERS.iter().map(|answer| answer.len()).sum();
    let mut whole = 0;
    for cut in 1..=total {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut input = BufReader::new(stream.try_clone().unwrap());
            let mut left = cut;
            for answer in ANSWERS {
                let now = &answer.as_bytes()[..answer.len().min(left)];
                let sent = stream.write_all(now);
                left -= now.len();
                let mut line = String::new();
                if left == 0 || sent.is_err() || input.read_line(&mut line).unwrap_or(0) == 0 {
                    return;
                }
            }
        });
        let mut arrived = Vec::new();
        let session = async {
            let mut source =
                Pop3Source::connect(&settings(port, Security::None), &login("u", "p")).await?;
            let listed = source.list().await?;
            assert_eq!(listed.len(), 2, "cut at {cut}");
            let (result, got) = fetch(&mut source, &listed).await;
            arrived = got;
            result
        };
        let result = session.await;
        for message in &arrived {
            let expected: &[u8] = if message.number == 1 {
                b"A: b\r\n\r\none\r\n"
            } else {
                b"...\r\n"
            };
            assert_eq!(message.bytes, expected, "cut at {cut}");
        }
        match result {
            Ok(refused) => {
                assert!(refused.is_empty() && arrived.len() == 2, "cut at {cut}");
                whole += 1;
            }
            Err(error) => assert!(error.is_fatal, "cut at {cut}: {error:?}"),
        }
    }
    assert_eq!(whole, 1);
}
