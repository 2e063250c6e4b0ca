//! Writing over IMAP to servers with and without the extensions, and to ones that refuse or go away.

use mailtern::{
    mail::{FlagSet, InternalDate, MessageMeta},
    transport::{
        Body, BodyStream, ErrorClass, Incoming, Origin, Piece, Receipt, Security, Target,
        TargetFolder, TransportError, imap::ImapTarget,
    },
};

use crate::{
    client::{login, settings},
    script::Server,
};

/// The script until the folder `A` was made and opened.
fn opened(capabilities: &str) -> String {
    format!(
        "S: * OK [CAPABILITY AUTH=PLAIN SASL-IR] x\nC: $a AUTHENTICATE PLAIN AHUAcA==\nS: $a OK [CAPABILITY IMAP4rev1 LIST-EXTENDED LIST-STATUS {capabilities}] in\n\
         C: $a LIST \"\" \"*\" RETURN (SUBSCRIBED STATUS (MESSAGES UIDNEXT UIDVALIDITY))\nS: * LIST () \"/\" INBOX\nS: $a OK\n\
         C: $a CREATE \"A\"\nS: $a NO [ALREADYEXISTS] somebody was faster\nC: $a SUBSCRIBE \"A\"\nS: $a OK\n\
         C: $a SELECT \"A\"\nS: * 0 EXISTS\nS: * OK [UIDVALIDITY 7] v\nS: * OK [UIDNEXT 3] n\nS: * OK [PERMANENTFLAGS (\\Seen kw)] f\nS: $a OK [READ-WRITE]\n"
    )
}

async fn open(server: &Server) -> (Target, TargetFolder) {
    let target = ImapTarget::connect(&settings(server.port, Security::None), &login("u", "p"))
        .await
        .unwrap();
    let target = Target::Imap(target);
    let folder = target
        .ensure_folder(&"A".parse().unwrap(), None, true)
        .await
        .unwrap();
    assert_eq!((folder.uid_validity, folder.uid_next), (7, 3));
    (target, folder)
}

fn message(uid: u32, body: &str) -> Incoming {
    let meta = MessageMeta {
        uid,
        flags: FlagSet::from_names(["\\Seen", "\\Draft", "kw", "other"]),
        internal_date: Some(InternalDate::utc(1)),
        size: None,
    };
    Incoming {
        meta,
        body: Body::Whole(Piece::unbudgeted(body.as_bytes().to_vec())),
    }
}

fn origin() -> Origin {
    Origin {
        account: "u".into(),
        folder: "A".into(),
        uid_validity: 1,
    }
}

async fn deliver(
    target: &Target,
    folder: &TargetFolder,
    messages: Vec<Incoming>,
) -> Result<Receipt, TransportError> {
    let mut group = target.begin(folder, &origin()).await?;
    for message in messages {
        group.add(message).await?;
    }
    group.commit().await
}

const FIRST: &str = "C: $a APPEND \"A\" (\\Seen kw) \" 1-Jan-1970 00:00:01 +0000\" {3+}\nC! 3\n";
const ONE: &str = "C: $a APPEND \"A\" (\\Seen kw) \" 1-Jan-1970 00:00:01 +0000\" {3+}\nC: one\n";
const MORE: &str = "C:  (\\Seen kw) \" 1-Jan-1970 00:00:01 +0000\" {3+}\nC: two\n";

#[tokio::test]
async fn many_messages_in_one_command() {
    let script =
        opened("MULTIAPPEND LITERAL+ UIDPLUS") + FIRST + MORE + "S: $a OK [APPENDUID 7 3:4] in\n";
    let server = Server::start(&script);
    let (target, folder) = open(&server).await;
    let receipt = deliver(&target, &folder, vec![message(8, "one"), message(9, "two")])
        .await
        .unwrap();
    assert_eq!(receipt.stored.to_string(), "8:9");
    assert_eq!(receipt.target_uids.unwrap().to_string(), "3:4");
    assert_eq!((receipt.keywords_dropped, receipt.bytes), (4, 6));
    drop(target);
    server.checked().await;
}

#[tokio::test]
async fn one_by_one_where_the_server_has_no_extension() {
    let append = |end: &str| {
        format!(
            "C: $a APPEND \"A\" (\\Seen kw) \" 1-Jan-1970 00:00:01 +0000\" {{3}}\nS: + go\nC: {end}\n"
        )
    };
    let script = opened("X")
        + &append("one")
        + "S: $a OK\n"
        + &append("two")
        + "S: $a NO [TOOBIG] too much\n"
        + "C: $a APPEND \"A\" (\\Seen kw) \" 1-Jan-1970 00:00:01 +0000\" {3}\nS: $a NO not that one\n"
        + &append("fou")
        + "S: $a NO [OVERQUOTA] full\n";
    let server = Server::start(&script);
    let (target, folder) = open(&server).await;
    let messages = vec![
        message(1, "one"),
        message(2, "two"),
        message(3, "thr"),
        message(4, "fou"),
    ];
    let receipt = deliver(&target, &folder, messages).await.unwrap();
    assert_eq!(
        (receipt.stored.to_string(), receipt.again.to_string()),
        ("1".to_owned(), "4".to_owned())
    );
    assert_eq!(receipt.problem.map(|p| p.class), Some(ErrorClass::Quota));
    let refused: Vec<_> = receipt
        .refused
        .iter()
        .map(|r| (r.uid, r.error.class))
        .collect();
    assert_eq!(refused, [(2, ErrorClass::TooBig), (3, ErrorClass::Refused)]);
    assert_eq!(receipt.target_uids, None);
    drop(target);
    server.checked().await;
}

#[tokio::test]
async fn a_refused_group_is_to_be_delivered_again_and_the_connection_goes_on() {
    let script = opened("MULTIAPPEND LITERAL+ UIDPLUS")
        + FIRST
        + MORE
        + "S: $a NO one of them is bad\n"
        + ONE
        + "S: $a OK [APPENDUID 9 5]\n";
    let server = Server::start(&script);
    let (target, folder) = open(&server).await;
    let receipt = deliver(&target, &folder, vec![message(1, "one"), message(2, "two")])
        .await
        .unwrap();
    assert_eq!(
        (
            receipt.again.to_string(),
            receipt.stored.is_empty(),
            receipt.refused.len()
        ),
        ("1:2".to_owned(), true, 0)
    );
    let receipt = deliver(&target, &folder, vec![message(1, "one")])
        .await
        .unwrap();
    // the UID of another UIDVALIDITY is not believed
    assert_eq!(
        (receipt.stored.to_string(), receipt.target_uids),
        ("1".to_owned(), None)
    );
    drop(target);
    server.checked().await;
}

#[tokio::test]
async fn several_groups_are_on_their_way_at_once() {
    let second = ONE.replace("$a", "$b").replace("one", "two");
    let script = opened("MULTIAPPEND LITERAL+ UIDPLUS")
        + ONE
        + &second
        + "S: $a OK [APPENDUID 7 3]\nS: $b OK [APPENDUID 7 4]\n";
    let server = Server::start(&script);
    let (target, folder) = open(&server).await;
    let mut first = target.begin(&folder, &origin()).await.unwrap();
    first.add(message(1, "one")).await.unwrap();
    let first = tokio::spawn(first.commit());
    let mut second = target.begin(&folder, &origin()).await.unwrap();
    second.add(message(2, "two")).await.unwrap();
    assert_eq!(
        second
            .commit()
            .await
            .unwrap()
            .target_uids
            .unwrap()
            .to_string(),
        "4"
    );
    assert_eq!(
        first
            .await
            .unwrap()
            .unwrap()
            .target_uids
            .unwrap()
            .to_string(),
        "3"
    );
    drop(target);
    server.checked().await;
}

#[tokio::test]
async fn a_lost_answer_is_an_error() {
    for end in [
        "END",
        "S! $a OK [APPENDUID 7 \nEND",
        "S: * BYE going down\nEND",
    ] {
        let server = Server::start(&(opened("MULTIAPPEND LITERAL+ UIDPLUS") + ONE + end));
        let (target, folder) = open(&server).await;
        let error = deliver(&target, &folder, vec![message(1, "one")])
            .await
            .unwrap_err();
        assert!(
            error.class == ErrorClass::Transport && error.is_fatal,
            "{error:?}"
        );
        let error = deliver(&target, &folder, vec![message(1, "one")])
            .await
            .unwrap_err();
        assert_eq!(error.class, ErrorClass::Transport, "{error:?}");
        server.checked().await;
    }
}

#[tokio::test]
async fn a_source_that_breaks_off_takes_the_connection_with_it() {
    // the server may or may not see the beginning of the command
    let server = Server::start(&opened("LITERAL+"));
    let (target, folder) = open(&server).await;
    let (sender, stream) = BodyStream::new(9);
    sender
        .send(Piece::unbudgeted(b"half".to_vec()))
        .await
        .unwrap();
    drop(sender);
    let mut incoming = message(1, "");
    incoming.body = Body::Stream(stream);
    let mut group = target.begin(&folder, &origin()).await.unwrap();
    let error = group.add(incoming).await.unwrap_err();
    assert!(
        error.is_fatal && error.message.contains("4 of 9"),
        "{error:?}"
    );
    assert!(group.commit().await.is_err());
    server.checked().await;
}

#[tokio::test]
async fn what_no_server_takes_is_not_sent() {
    let server = Server::start(&opened("MULTIAPPEND LITERAL+ APPENDLIMIT=5"));
    let (target, folder) = open(&server).await;
    let mut group = target.begin(&folder, &origin()).await.unwrap();
    for (body, class) in [("", ErrorClass::Refused), ("123456", ErrorClass::TooBig)] {
        let error = group.add(message(1, body)).await.unwrap_err();
        assert!(error.class == class && !error.is_fatal, "{error:?}");
    }
    let receipt = group.commit().await.unwrap();
    assert!(receipt.stored.is_empty() && receipt.target_uids.is_none());
    drop(target);
    server.checked().await;
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_says_why() {
    let script = opened("X") + "C: $a CREATE \"B/b%2Fc\"\nS: $a NO [NOPERM] not here\n";
    let server = Server::start(&script);
    let (target, _) = open(&server).await;
    let error = target
        .ensure_folder(&"B/b\\/c".parse().unwrap(), None, false)
        .await
        .unwrap_err();
    assert!(
        error.class == ErrorClass::Refused && error.words.contains("not here") && !error.is_fatal,
        "{error:?}"
    );
    drop(target);
    server.checked().await;
}
