//! Folder lists as different servers give them.

use mailtern::{
    mail::SpecialUse,
    transport::{Security, imap::ImapSource},
};

use crate::{
    client::{login, settings},
    script::Server,
};

fn logged_in(capabilities: &str) -> String {
    format!(
        "S: * OK [CAPABILITY AUTH=PLAIN SASL-IR] x\nC: $a AUTHENTICATE PLAIN AHUAcA==\nS: $a OK [CAPABILITY IMAP4rev1 {capabilities}] in\n"
    )
}

#[tokio::test]
async fn one_command_where_the_server_can() {
    let script = logged_in("NAMESPACE LIST-EXTENDED LIST-STATUS SPECIAL-USE CONDSTORE")
        + "C: $a NAMESPACE\nS: * NAMESPACE ((\"\" \"/\")) NIL ((\"Public/\" \"/\"))\nS: $a OK\n\
           C: $a LIST \"\" \"*\" RETURN (SUBSCRIBED SPECIAL-USE STATUS (MESSAGES UIDNEXT UIDVALIDITY HIGHESTMODSEQ))\n\
           S: * LIST (\\Subscribed) \"/\" Inbox\nS: * STATUS Inbox (MESSAGES 3 UIDNEXT 9 UIDVALIDITY 7 HIGHESTMODSEQ 5)\n\
           S: * LIST (\\Noselect) \"/\" \"Public\"\nS: * LIST () \"/\" \"Public/x\"\n\
           S: * LIST (\\Sent) \"/\" {11}\nS: Sent \"items\nS: * LIST (\\NonExistent) \"/\" a\nS: * LIST () \"/\" a/Entw&APw-rfe\n\
           S: * LIST () \"/\" a\\\\b\nS: * STATUS x y\nS: $a OK\n";
    let server = Server::start(&script);
    let mut source = ImapSource::connect(&settings(server.port, Security::None), &login("u", "p"))
        .await
        .unwrap();
    let folders = source.list_folders().await.unwrap();
    let names: Vec<String> = folders.iter().map(|f| f.path.to_string()).collect();
    assert_eq!(
        names,
        ["INBOX", "Sent \"items", "a", "a/Entwürfe", "a\\\\\\\\b"]
    );
    let inbox = folders[0].status.unwrap();
    assert_eq!(
        (
            inbox.messages,
            inbox.uid_next,
            inbox.uid_validity,
            inbox.highest_modseq
        ),
        (3, 9, 7, Some(5))
    );
    assert!(folders[0].is_subscribed && folders[0].wire.0 == b"Inbox" && !folders[2].is_selectable);
    assert_eq!(
        (folders[1].special_use, folders[1].is_guessed),
        (Some(SpecialUse::Sent), false)
    );
    drop(source);
    server.check();
}

#[tokio::test]
async fn folder_by_folder_where_it_cannot() {
    let script = logged_in("NAMESPACE")
        + "C: $a NAMESPACE\nS: * NAMESPACE ((\"INBOX.\" \".\")) NIL ((\"#shared.\" \".\"))\nS: $a OK\n\
           C: $a LIST \"\" \"*\"\nS: * LIST () \".\" INBOX\nS: * LIST () \".\" \"INBOX.Papierkorb\"\nS: * LIST () \".\" \"#shared.x\"\n\
           S: * LIST (\\Noselect) \".\" INBOX.box\nS: * LIST () \".\" INBOX.gone\nS: $a OK\n\
           C: $a LSUB \"\" \"*\"\nS: * LSUB () \".\" INBOX.Papierkorb\nS: $a OK\n\
           C: $a STATUS \"INBOX\" (MESSAGES UIDNEXT UIDVALIDITY)\nC: $b STATUS \"INBOX.Papierkorb\" (MESSAGES UIDNEXT UIDVALIDITY)\n\
           C: $c STATUS \"INBOX.gone\" (MESSAGES UIDNEXT UIDVALIDITY)\n\
           S: * STATUS \"INBOX\" (MESSAGES 1 UIDNEXT 2 UIDVALIDITY 3)\nS: $a OK\nS: * STATUS \"INBOX.Papierkorb\" (MESSAGES 4)\nS: $b OK\n\
           S: $c NO [NONEXISTENT] gone\n";
    let server = Server::start(&script);
    let mut source = ImapSource::connect(&settings(server.port, Security::None), &login("u", "p"))
        .await
        .unwrap();
    let folders = source.list_folders().await.unwrap();
    let seen: Vec<_> = folders
        .iter()
        .map(|f| {
            (
                f.path.to_string(),
                f.status.map(|s| s.messages),
                f.is_subscribed,
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            ("INBOX".to_owned(), Some(1), false),
            ("Papierkorb".to_owned(), Some(4), true),
            ("box".to_owned(), None, false),
            ("gone".to_owned(), None, false),
        ]
    );
    assert_eq!(
        (folders[1].special_use, folders[1].is_guessed),
        (Some(SpecialUse::Trash), true)
    );
    drop(source);
    server.check();
}

#[tokio::test]
async fn a_name_in_no_encoding_is_opened_as_it_came() {
    let script = logged_in("X")
        + "C: $a LIST \"\" \"*\"\nS: * LIST () NIL R&D\nS! * LIST () \"/\" \"Größe\"\\r\\n\nS: $a OK\nC: $a LSUB \"\" \"*\"\nS: $a OK\n\
           C: $a STATUS \"R&D\" (MESSAGES UIDNEXT UIDVALIDITY)\nS: * STATUS R&D (MESSAGES 8)\nS: $a OK\nC: $b STATUS {7}\nS: + go\nC! 7\nC:  (MESSAGES UIDNEXT UIDVALIDITY)\nS: $b OK\n\
           C: $a EXAMINE {7}\nS: + go\nC! 7\nC: \nS: * 0 EXISTS\nS: $a OK\n";
    let server = Server::start(&script);
    let mut source = ImapSource::connect(&settings(server.port, Security::None), &login("u", "p"))
        .await
        .unwrap();
    let folders = source.list_folders().await.unwrap();
    assert_eq!(
        folders
            .iter()
            .map(|f| f.path.to_string())
            .collect::<Vec<_>>(),
        ["R&D", "Größe"]
    );
    assert_eq!(folders[0].status.map(|s| s.messages), Some(8));
    source.examine(&folders[1].wire).await.unwrap();
    drop(source);
    server.check();
}

#[tokio::test]
async fn what_a_server_refuses_although_it_offers_it_goes_the_plain_way() {
    let script = logged_in("NAMESPACE LIST-EXTENDED LIST-STATUS ESEARCH")
        + "C: $a NAMESPACE\nS: $a BAD what\nC: $a LIST \"\" \"*\" RETURN (SUBSCRIBED STATUS (MESSAGES UIDNEXT UIDVALIDITY))\n\
           S: * LIST () NIL lost\nS: $a BAD what\nC: $a LIST \"\" \"*\"\nS: * LIST () NIL INBOX\nS: $a OK\nC: $a LSUB \"\" \"*\"\nS: $a NO never\n\
           C: $a STATUS \"INBOX\" (MESSAGES UIDNEXT UIDVALIDITY)\nS: * STATUS INBOX (MESSAGES 1)\nS: $a OK\n\
           C: $a EXAMINE \"INBOX\"\nS: * 1 EXISTS\nS: $a OK\nC: $a UID SEARCH RETURN (ALL) ALL\nS: $a BAD what\n\
           C: $a UID FETCH 1:* (UID)\nS: * 1 FETCH (UID 5)\nS: $a OK\nC: $a EXAMINE \"INBOX\"\nS: * 0 EXISTS\nS: $a OK\n";
    let server = Server::start(&script);
    let mut source = ImapSource::connect(&settings(server.port, Security::None), &login("u", "p"))
        .await
        .unwrap();
    let folders = source.list_folders().await.unwrap();
    assert_eq!(
        (folders.len(), folders[0].status.map(|s| s.messages)),
        (1, Some(1))
    );
    source.examine(&folders[0].wire).await.unwrap();
    assert_eq!(source.uids().await.unwrap().to_string(), "5");
    source.examine(&folders[0].wire).await.unwrap();
    assert!(source.uids().await.unwrap().is_empty());
    drop(source);
    server.check();
}

#[tokio::test]
async fn a_refused_list_is_an_error_not_an_empty_account() {
    let script = logged_in("X")
        + "C: $a LIST \"\" \"*\"\nS: * LIST () NIL INBOX\nS: $a NO [SERVERBUG] sorry\n";
    let server = Server::start(&script);
    let mut source = ImapSource::connect(&settings(server.port, Security::None), &login("u", "p"))
        .await
        .unwrap();
    let error = source.list_folders().await.unwrap_err();
    assert!(error.words.contains("sorry"), "{error:?}");
    drop(source);
    server.check();
}

#[tokio::test]
async fn the_uids_of_a_folder_with_and_without_esearch() {
    for (capabilities, exchange) in [
        (
            "ESEARCH",
            "C: $a UID SEARCH RETURN (ALL) ALL\nS: * ESEARCH (TAG \"x\") UID ALL 2:4,9\nS: $a OK\n",
        ),
        (
            "X",
            "C: $a UID FETCH 1:* (UID)\nS: * 1 FETCH (UID 9)\nS: * 2 FETCH (UID 2)\nS: * 3 FETCH (UID 3)\nS: * 4 FETCH (UID 4)\nS: $a OK\n",
        ),
    ] {
        let server = Server::start(&(logged_in(capabilities) + exchange));
        let mut source =
            ImapSource::connect(&settings(server.port, Security::None), &login("u", "p"))
                .await
                .unwrap();
        assert_eq!(source.uids().await.unwrap().to_string(), "2:4,9");
        drop(source);
        server.check();
    }
}
