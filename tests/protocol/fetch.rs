//! Fetching from servers that are wrong, slow, or gone.

use mailtern::transport::{Budget, ErrorClass, Security};
use tokio::sync::mpsc;

use crate::{
    client::{fetch, open, opened, settings},
    script::Server,
};

const ITEMS: &str = "(UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[])";

/// The script of a server that answers `UID FETCH set` with these lines.
fn answering(set: &str, answer: &str) -> String {
    format!(
        "{}C: $a UID FETCH {set} {ITEMS}\n{answer}",
        opened("LITERAL+")
    )
}

/// A FETCH line of a message with the body `m<uid>`.
fn message(uid: u32) -> String {
    format!(
        "S: * {uid} FETCH (UID {uid} FLAGS (\\Seen) INTERNALDATE \" 1-Jan-1970 00:00:0{uid} +0000\" RFC822.SIZE 2 BODY[] {{2}}\nS: m{uid})\n"
    )
}

#[tokio::test]
async fn survives_lines_that_no_parser_foresees() {
    let answer = format!(
        "S: * SPLURGE (((\nS: \nS: * NAMESPACE ((\"\" \"/\")) NIL NIL\nS: * ESEARCH (TAG \"x\") UID ALL 1\n\
         S: * LIST (\\X) NIL 100% (\"CHILDINFO\" (\"SUBSCRIBED\"))\nS: * STATUS x (SIZE -1 MAILBOXID (q))\n\
         S: * OK [HIGHESTMODSEQ] no number {{9}}\nS: * 1 FETCH ()\nS: * 1 FETCH (FLAGS (\\Seen))\nS: *  2   FETCH  (UID  2)\n\
         S! * 1 FETCH (ENVELOPE (\"x\" (\"\" NIL ()) \"\\\\\"\") UID 1 FLAGS () X (((()))) INTERNALDATE NIL RFC822.SIZE -1 BODY[] {{3}}\\n\n\
         S! \\0\\n\\r)\\n\n{}S: * BAD what\nS: $a OK\n",
        message(2)
    );
    let server = Server::start(&answering("1:2", &answer));
    let mut source = open(&settings(server.port, Security::None)).await;
    let (result, arrived) = fetch(&mut source, "1:2").await;
    assert_eq!(result.unwrap().delivered.to_string(), "1:2");
    assert_eq!(
        (arrived[0].bytes.as_slice(), arrived[0].date),
        (&b"\0\n\r"[..], None)
    );
    assert_eq!(
        (
            arrived[1].bytes.as_slice(),
            arrived[1].date,
            arrived[1].flags.as_str()
        ),
        (&b"m2"[..], Some(2), "\\Seen")
    );
    drop(source);
    server.check();
}

#[tokio::test]
async fn bodies_of_no_bytes_and_none_at_all() {
    let answer = "S: * 1 FETCH (UID 1 FLAGS () INTERNALDATE NIL BODY[] \"\")\n\
         S: * 2 FETCH (UID 2 FLAGS () INTERNALDATE NIL BODY[] {0}\nS: )\n\
         S: * 3 FETCH (UID 3 FLAGS () INTERNALDATE NIL BODY[] NIL)\nS: $a OK done\n";
    let server = Server::start(&answering("1:3", answer));
    let mut source = open(&settings(server.port, Security::None)).await;
    let (result, arrived) = fetch(&mut source, "1:3").await;
    let result = result.unwrap();
    assert_eq!(
        (arrived.len(), result.delivered.to_string()),
        (2, "1:2".to_owned())
    );
    assert_eq!((result.refused.len(), result.refused[0].uid), (1, 3));
    drop(source);
    server.check();
}

#[tokio::test]
async fn what_is_left_out_is_asked_for_once_more_and_then_gone() {
    let answer = format!(
        "{}S: * 3 EXPUNGE\nS: $a OK done\nC: $a UID FETCH 2:4 {ITEMS}\n{}S: $a OK done\n",
        message(1),
        message(4)
    );
    let server = Server::start(&answering("1:4", &answer));
    let mut source = open(&settings(server.port, Security::None)).await;
    let (result, _) = fetch(&mut source, "1:4").await;
    let result = result.unwrap();
    assert_eq!(
        (result.delivered.to_string(), result.vanished.to_string()),
        ("1,4".to_owned(), "2:3".to_owned())
    );
    drop(source);
    server.check();
}

#[tokio::test]
async fn nothing_is_taken_twice_or_unasked() {
    let answer = format!(
        "{}{}{}S: * 1 FETCH (UID 0 FLAGS () INTERNALDATE NIL BODY[] {{1}}\nS: x)\nS: * 1 FETCH (UID 4294967296 BODY[] {{1}}\nS: x)\n\
         S: * 1 FETCH (BODY[] {{1}}\nS: x)\n{}S: $a OK done\n",
        message(2),
        message(9),
        message(2),
        message(1)
    );
    let server = Server::start(&answering("1:2", &answer));
    let mut source = open(&settings(server.port, Security::None)).await;
    let (result, arrived) = fetch(&mut source, "1:2").await;
    assert_eq!(result.unwrap().delivered.to_string(), "1:2");
    assert_eq!(arrived.iter().map(|a| a.uid).collect::<Vec<_>>(), [2, 1]);
    drop(source);
    server.check();
}

#[tokio::test]
async fn a_refused_message_is_isolated_by_halving() {
    let refusal = "S: $a NO [CORRUPTION] cannot read it\n";
    let answer = format!(
        "{}{refusal}C: $a UID FETCH 2 {ITEMS}\nC: $b UID FETCH 3:4 {ITEMS}\n{}S: $a OK done\nS: $b BAD cannot read it\n\
         C: $a UID FETCH 3 {ITEMS}\nC: $b UID FETCH 4 {ITEMS}\n{refusal}{}S: $b OK done\n",
        message(1),
        message(2),
        message(4)
    );
    let server = Server::start(&answering("1:4", &answer));
    let mut source = open(&settings(server.port, Security::None)).await;
    let (result, _) = fetch(&mut source, "1:4").await;
    let result = result.unwrap();
    assert_eq!(result.delivered.to_string(), "1:2,4");
    assert_eq!((result.refused.len(), result.refused[0].uid), (1, 3));
    assert_eq!(result.refused[0].error.words, "[CORRUPTION] cannot read it");
    drop(source);
    server.check();
}

#[tokio::test]
async fn a_server_that_wants_time_gets_it() {
    let answer = "S: $a NO Request is throttled. Suggested Backoff Time: 250 milliseconds\n";
    let server = Server::start(&answering("1:4", answer));
    let mut source = open(&settings(server.port, Security::None)).await;
    let error = fetch(&mut source, "1:4").await.0.unwrap_err();
    assert_eq!((error.class, error.is_fatal), (ErrorClass::Throttle, false));
    assert_eq!(error.retry_after.map(|t| t.as_millis()), Some(250));
    assert!(source.is_usable());
}

#[tokio::test]
async fn good_byes_and_ends_are_errors_with_words() {
    for (answer, class, words) in [
        (
            format!("{}S: * BYE shutting down for repair\nEND", message(1)),
            ErrorClass::Transport,
            "shutting down for repair",
        ),
        (
            format!("{}S: * BYE Too many connections\nEND", message(1)),
            ErrorClass::Throttle,
            "Too many connections",
        ),
        (format!("{}END", message(1)), ErrorClass::Transport, ""),
        (
            format!(
                "{}S: * 2 FETCH (UID 2 FLAGS () INTERNALDATE NIL BODY[] {{9}}\nS! half\nEND",
                message(1)
            ),
            ErrorClass::Transport,
            "",
        ),
        (
            format!(
                "{}S: * 2 FETCH (UID 2 FLAGS () INTERNALDATE NIL BODY[] {{5}}\nS! longer than told)\\r\\n\nEND",
                message(1)
            ),
            ErrorClass::Malformed,
            "r than",
        ),
        (
            format!(
                "{}S: * 2 FETCH (UID 2 FLAGS () BODY[] {{18446744073709551616}}\nEND",
                message(1)
            ),
            ErrorClass::Malformed,
            "",
        ),
        (
            format!("{}S: X9 OK of another command\nEND", message(1)),
            ErrorClass::Malformed,
            "of another command",
        ),
        (
            format!("{}S! * X \nS* 5000000 (\nEND", message(1)),
            ErrorClass::Malformed,
            "",
        ),
    ] {
        let server = Server::start(&answering("1:4", &answer));
        let mut source = open(&settings(server.port, Security::None)).await;
        let (result, arrived) = fetch(&mut source, "1:4").await;
        let error = result.unwrap_err();
        assert!(
            error.class == class && error.is_fatal && error.words.contains(words),
            "{answer}: {error:?}"
        );
        assert_eq!(
            arrived
                .iter()
                .map(|a| (a.uid, a.is_whole))
                .collect::<Vec<_>>(),
            [(1, true)],
            "{answer}"
        );
    }
}

#[tokio::test]
async fn silence_is_an_error_after_its_time() {
    let server = Server::start(&answering(
        "1:4",
        &format!("{}S! * 2 FETCH (UID 2 BODY[] \n", message(1)),
    ));
    let mut settings = settings(server.port, Security::None);
    settings.net.idle_timeout = std::time::Duration::from_millis(200);
    let mut source = open(&settings).await;
    let error = fetch(&mut source, "1:4").await.0.unwrap_err();
    assert!(
        error.class == ErrorClass::Transport && error.message.contains("says nothing"),
        "{error:?}"
    );
}

#[tokio::test]
async fn a_large_message_is_streamed() {
    let answer = format!(
        "S: * 1 FETCH (UID 1 FLAGS (x) INTERNALDATE \" 1-Jan-1970 00:00:01 +0000\" BODY[] {{3000000}}\nS* 3000000 x\nS:  RFC822.SIZE 3000000)\n{}S: $a OK done\n",
        message(2)
    );
    let server = Server::start(&answering("1:2", &answer));
    let mut source = open(&settings(server.port, Security::None)).await;
    let (result, arrived) = fetch(&mut source, "1:2").await;
    assert_eq!(result.unwrap().delivered.to_string(), "1:2");
    assert_eq!(
        (
            arrived[0].bytes.len(),
            arrived[0].is_whole,
            arrived[0].flags.as_str()
        ),
        (3_000_000, true, "x")
    );
    server.check_after(source).await;
}

#[tokio::test]
async fn a_large_message_cut_off_is_not_whole() {
    let answer =
        "S: * 1 FETCH (UID 1 FLAGS () INTERNALDATE NIL BODY[] {3000000}\nS* 1000000 x\nEND";
    let server = Server::start(&answering("1", answer));
    let mut source = open(&settings(server.port, Security::None)).await;
    let (result, arrived) = fetch(&mut source, "1").await;
    assert_eq!(result.unwrap_err().class, ErrorClass::Transport);
    assert!(!arrived[0].is_whole && arrived[0].bytes.len() <= 1_000_000);
}

#[tokio::test]
async fn a_server_that_says_last_what_it_sent_is_asked_again_singly() {
    let answer = "S: * 1 FETCH (BODY[] {200000}\nS* 200000 x\nS:  UID 1 FLAGS () INTERNALDATE NIL)\nS: $a OK done\n\
         C: $a UID FETCH 1 (UID FLAGS INTERNALDATE RFC822.SIZE)\nS: * 1 FETCH (RFC822.SIZE 7 FLAGS (\\Draft) INTERNALDATE NIL UID 1)\nS: $a OK\n\
         C: $a UID FETCH 1 (UID BODY.PEEK[])\nS: * 1 FETCH (BODY[] {200000}\nS* 200000 y\nS:  UID 1)\nS: $a OK\n";
    let server = Server::start(&answering("1", answer));
    let mut source = open(&settings(server.port, Security::None)).await;
    let (result, arrived) = fetch(&mut source, "1").await;
    assert_eq!(result.unwrap().delivered.to_string(), "1");
    assert_eq!(
        (
            arrived.len(),
            arrived[0].bytes.len(),
            arrived[0].bytes[0],
            arrived[0].flags.as_str()
        ),
        (1, 200_000, b'y', "\\Draft")
    );
    server.check_after(source).await;
}

#[tokio::test]
async fn a_target_that_gives_up_ends_the_fetch() {
    let server = Server::start(&answering("1:4", &message(1)));
    let mut source = open(&settings(server.port, Security::None)).await;
    let (sender, receiver) = mpsc::channel(1);
    drop(receiver);
    let error = source
        .fetch(&"1:4".parse().unwrap(), &Budget::default(), &sender)
        .await
        .unwrap_err();
    assert!(error.class == ErrorClass::Stopped && !source.is_usable());
}

impl Server {
    /// Lets the client go, then checks the script.
    async fn check_after(self, source: mailtern::transport::imap::ImapSource) {
        drop(source);
        self.check();
    }
}
