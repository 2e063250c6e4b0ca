//! The mail store through its public door.

use std::{fs, os::unix::fs::symlink, path::Path};

use mailtern::{
    mail::{FlagChange, FlagSet, FolderPath, InternalDate, MessageMeta},
    transport::{
        Body, BodyStream, Budget, ErrorClass, Incoming, Origin, Piece, Receipt, Target,
        maildir::{Mailbox, MaildirStore},
    },
};

fn origin() -> Origin {
    Origin {
        account: "ann".into(),
        folder: "INBOX".into(),
        uid_validity: 7,
    }
}

fn message(uid: u32, flags: &str, body: &[u8]) -> Incoming {
    let meta = MessageMeta {
        uid,
        flags: FlagSet::from_names(flags.split(' ')),
        internal_date: Some(InternalDate::utc(1_000_000_000 + i64::from(uid))),
        size: None,
    };
    Incoming {
        meta,
        body: Body::Whole(Piece::unbudgeted(body.to_vec())),
    }
}

async fn deliver(mailbox: &Mailbox, path: &str, messages: Vec<Incoming>) -> Receipt {
    let target = Target::Maildir(mailbox.clone());
    let path: FolderPath = path.parse().unwrap();
    let folder = target.ensure_folder(&path, None, true).await.unwrap();
    let mut group = target.begin(&folder, &origin()).await.unwrap();
    for message in messages {
        group.add(message).await.unwrap();
    }
    group.commit().await.unwrap()
}

fn names(path: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(path)
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn delivering_twice_is_delivering_once() {
    let temp = tempfile::tempdir().unwrap();
    let store = MaildirStore::new(temp.path());
    let mailbox = store.create("ann").await.unwrap();
    let cur = store.path_of("ann").join("cur");
    let receipt = deliver(
        &mailbox,
        "INBOX",
        (1..=5)
            .map(|uid| message(uid, "\\Seen kw", b"a\r\nb\n"))
            .collect(),
    )
    .await;
    assert_eq!(
        (
            receipt.stored.to_string(),
            receipt.bytes,
            receipt.replaced.len()
        ),
        ("1:5".to_owned(), 25, 0)
    );
    let first = names(&cur);
    assert!(first[0].ends_with(",S=5,W=6:2,Sa"), "{first:?}");
    // a mail server moved one file and gave it another flag; the process died meanwhile and knows nothing
    fs::rename(
        cur.join(&first[1]),
        cur.join(format!("{}F", first[1].replace("Sa", ""))),
    )
    .unwrap();
    fs::rename(
        cur.join(&first[2]),
        store
            .path_of("ann")
            .join("new")
            .join(first[2].split(":2,").next().unwrap()),
    )
    .unwrap();
    let mailbox = MaildirStore::new(temp.path()).open("ann").await.unwrap();
    assert_eq!(
        mailbox
            .present(&FolderPath::inbox(), &origin())
            .await
            .unwrap()
            .to_string(),
        "1:5"
    );
    let again = deliver(
        &mailbox,
        "INBOX",
        (1..=6)
            .map(|uid| message(uid, "\\Seen kw", b"a\r\nb\n"))
            .collect(),
    )
    .await;
    assert_eq!(
        (again.stored.to_string(), again.replaced.to_string()),
        ("1:6".to_owned(), "1:5".to_owned())
    );
    assert_eq!(names(&cur)[..5], first);
    assert_eq!(
        (
            names(&cur).len(),
            names(&store.path_of("ann").join("new")).len()
        ),
        (6, 0)
    );
    assert!(names(&store.path_of("ann").join("tmp")).is_empty());
    let time = fs::metadata(cur.join(&first[0]))
        .unwrap()
        .modified()
        .unwrap();
    assert_eq!(
        time.duration_since(std::time::UNIX_EPOCH)
            .unwrap()
            .as_secs(),
        1_000_000_001
    );
}

#[tokio::test]
async fn flags_follow_later() {
    let temp = tempfile::tempdir().unwrap();
    let store = MaildirStore::new(temp.path());
    let mailbox = store.create("ann").await.unwrap();
    deliver(
        &mailbox,
        "A/B",
        vec![message(1, "", b"x"), message(2, "\\Seen", b"x")],
    )
    .await;
    let change = |uids: &str, add: &str, remove: &str| FlagChange {
        uids: uids.parse().unwrap(),
        add: FlagSet::from_names(add.split_whitespace()),
        remove: FlagSet::from_names(remove.split_whitespace()),
    };
    let path: FolderPath = "A/B".parse().unwrap();
    let cur = store.path_of("ann").join(".A.B/cur");
    // the user flags one, and a server puts the other where new mail lies
    let found = names(&cur);
    fs::rename(cur.join(&found[0]), cur.join(format!("{}F", found[0]))).unwrap();
    let new = store.path_of("ann").join(".A.B/new");
    let bare = found[1].split(":2,").next().unwrap();
    fs::rename(cur.join(&found[1]), new.join(bare)).unwrap();
    let changes = vec![
        change("1", "\\Answered $label1", "\\Seen never"),
        change("2:3", "\\Seen", "\\Draft"),
    ];
    for expected in [2, 0] {
        let receipt = mailbox
            .change_flags(&path, &origin(), changes.clone())
            .await
            .unwrap();
        assert_eq!((receipt.changed, receipt.dropped), (expected, 0));
        let files = names(&cur);
        assert!(
            files[0].ends_with(":2,FRa") && files[1].ends_with(":2,S"),
            "{files:?}"
        );
    }
    assert!(names(&new).is_empty());
    let text = fs::read_to_string(store.path_of("ann").join(".A.B/dovecot-keywords")).unwrap();
    assert_eq!(text, "0 $label1\n");
}

#[tokio::test]
async fn a_broken_stream_leaves_nothing() {
    let temp = tempfile::tempdir().unwrap();
    let store = MaildirStore::new(temp.path());
    let mailbox = store.create("ann").await.unwrap();
    let inbox = FolderPath::inbox();
    let mut group = mailbox.begin(&inbox, &origin()).await.unwrap();
    let budget = Budget::default();
    for (size, parts, is_fine) in [
        (6u64, vec!["abc", "def"], true),
        (7, vec!["abc", "def"], false),
        (5, vec!["abc", "def"], false),
    ] {
        let (sender, stream) = BodyStream::new(size);
        let mut incoming = message(u32::try_from(size).unwrap(), "", b"");
        incoming.body = Body::Stream(stream);
        let feed = async {
            for part in parts {
                // a target that refuses takes no more
                let _ = sender
                    .send(budget.piece(part.as_bytes().to_vec()).await)
                    .await;
            }
            drop(sender);
        };
        let ((), result) = tokio::join!(feed, group.add(incoming));
        assert_eq!(result.is_ok(), is_fine, "{size}: {result:?}");
    }
    assert_eq!(names(&store.path_of("ann").join("tmp")).len(), 1);
    assert_eq!(group.commit().await.unwrap().stored.to_string(), "6");
    drop(mailbox.begin(&inbox, &origin()).await.unwrap());
    assert!(names(&store.path_of("ann").join("tmp")).is_empty());
}

#[tokio::test]
async fn an_uncommitted_group_goes_away() {
    let temp = tempfile::tempdir().unwrap();
    let store = MaildirStore::new(temp.path());
    let mailbox = store.create("ann").await.unwrap();
    let mut group = mailbox
        .begin(&FolderPath::inbox(), &origin())
        .await
        .unwrap();
    group.add(message(1, "", b"x")).await.unwrap();
    drop(group);
    assert!(
        names(&store.path_of("ann").join("tmp")).is_empty()
            && names(&store.path_of("ann").join("cur")).is_empty()
    );
}

#[tokio::test]
async fn folders_are_counted_and_names_come_back() {
    let temp = tempfile::tempdir().unwrap();
    let store = MaildirStore::new(temp.path());
    let mailbox = store.create("ann").await.unwrap();
    let long = format!("{}/x", "ü".repeat(300));
    let paths = [
        "INBOX",
        "A.B/C\\/D",
        "Entwürfe",
        "..",
        "../../etc",
        "a\u{1}b",
        "  x  ",
        long.as_str(),
    ];
    for path in paths {
        deliver(&mailbox, path, vec![message(1, "", b"12345")]).await;
    }
    let mut expected: Vec<FolderPath> = paths.iter().map(|p| p.parse().unwrap()).collect();
    expected[1..].sort();
    let folders = mailbox.list_folders().await.unwrap();
    assert_eq!(
        folders.iter().map(|f| f.path.clone()).collect::<Vec<_>>(),
        expected
    );
    assert!(
        folders
            .iter()
            .all(|f| (f.messages, f.bytes, f.is_subscribed) == (1, 5, true)),
        "{folders:?}"
    );
    assert_eq!(names(temp.path()), ["ann"]);
}

#[tokio::test]
async fn links_lead_nowhere() {
    let temp = tempfile::tempdir().unwrap();
    let outside = tempfile::tempdir().unwrap();
    let store = MaildirStore::new(temp.path());
    let mailbox = store.create("ann").await.unwrap();
    symlink(outside.path(), store.path_of("ann").join(".Evil")).unwrap();
    fs::create_dir(store.path_of("ann").join(".Half")).unwrap();
    symlink(outside.path(), store.path_of("ann").join(".Half/cur")).unwrap();
    for name in ["Evil", "Half"] {
        let error = mailbox
            .ensure_folder(&name.parse().unwrap(), None, false)
            .await
            .unwrap_err();
        assert!(
            error.class == ErrorClass::Storage && error.next_step.contains("link"),
            "{error:?}"
        );
    }
    assert!(names(outside.path()).is_empty());
    assert_eq!(mailbox.list_folders().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_folder_that_goes_away_is_a_storage_error() {
    let temp = tempfile::tempdir().unwrap();
    let store = MaildirStore::new(temp.path());
    let mailbox = store.create("ann").await.unwrap();
    let mut group = mailbox
        .begin(&FolderPath::inbox(), &origin())
        .await
        .unwrap();
    fs::remove_dir(store.path_of("ann").join("tmp")).unwrap();
    let error = group.add(message(1, "", b"x")).await.unwrap_err();
    assert_eq!(error.class, ErrorClass::Storage);
}
