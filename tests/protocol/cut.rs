//! The connection ends at every byte of a session.

use std::{
    io::{BufRead, BufReader, Write},
    net::TcpListener,
    thread,
};

use mailtern::transport::{
    Security,
    imap::{ImapSource, WireName},
};

use crate::client::{fetch, login, settings};

/// What the server says to each command of the session, in order. `$` is the command's tag.
const ANSWERS: [&str; 6] = [
    "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR] hello\r\n",
    "$ OK [CAPABILITY IMAP4rev1 LIST-EXTENDED LIST-STATUS] in\r\n",
    "* LIST () \"/\" {5}\r\nINBOX\r\n* STATUS INBOX (MESSAGES 2 UIDNEXT 3 UIDVALIDITY 7)\r\n$ OK\r\n",
    "* 2 EXISTS\r\n* OK [UIDVALIDITY 7]\r\n$ OK open\r\n",
    "* 1 FETCH (UID 1 FLAGS (\\Seen) INTERNALDATE \" 1-Jan-1970 00:00:01 +0000\" BODY[] {10}\r\none\r\nbody\n)\r\n\
     * 2 FETCH (UID 2 FLAGS () INTERNALDATE NIL BODY[] {4}\r\n* )\n)\r\n$ OK done\r\n",
    "* BYE\r\n$ OK bye\r\n",
];

/// A server that sends so many bytes in all and then closes.
fn server(mut left: usize) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut input = BufReader::new(stream.try_clone().unwrap());
        let mut tag = String::new();
        for answer in ANSWERS {
            let text = answer.replace('$', tag.trim());
            let now = &text.as_bytes()[..text.len().min(left)];
            let sent = stream.write_all(now);
            left -= now.len();
            let mut line = String::new();
            if left == 0 || sent.is_err() || input.read_line(&mut line).unwrap_or(0) == 0 {
                return;
            }
            line.split(' ').next().unwrap().clone_into(&mut tag);
        }
    });
    port
}

#[tokio::test]
async fn a_cut_at_any_byte_is_an_error_and_never_half_a_message() {
    // tags are two bytes before the session and five in it
    let total: usize = ANSWERS.iter().map(|a| a.len()).sum::<usize>() + 1 + 4 * 4;
    let mut whole = 0;
    for cut in 1..=total {
        let settings = settings(server(cut), Security::None);
        let mut arrived = Vec::new();
        let session = async {
            let mut source = ImapSource::connect(&settings, &login("u", "p")).await?;
            let folders = source.list_folders().await?;
            assert_eq!(folders.len(), 1);
            let state = source.examine(&WireName(b"INBOX".to_vec())).await?;
            assert_eq!((state.exists, state.uid_validity), (2, 7));
            let (result, got) = fetch(&mut source, "1:2").await;
            arrived = got;
            result
        };
        let result = session.await;
        for message in &arrived {
            let expected: &[u8] = if message.uid == 1 {
                b"one\r\nbody\n"
            } else {
                b"* )\n"
            };
            assert_eq!(message.bytes, expected, "cut at {cut}");
        }
        match result {
            Ok(fetched) => {
                assert_eq!(
                    (fetched.delivered.to_string().as_str(), arrived.len()),
                    ("1:2", 2),
                    "cut at {cut}"
                );
                whole += 1;
            }
            Err(error) => assert!(error.is_fatal, "cut at {cut}: {error:?}"),
        }
    }
    // only what comes after the fetch may be missing
    assert_eq!(whole, "* BYE\r\nA0004 OK bye\r\n".len() + 1);
}
