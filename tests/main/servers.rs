//! Migrations from real servers, as the documents describe them, and what bad input gets.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::time::{Duration, Instant};

use crate::support::corpus::{self, Numbers};
use crate::support::dovecot::{Dovecot, Options};
use crate::support::relay::Relay;
use crate::world::{PEOPLE, World, lines};

const BATCH: &str = "New-MigrationBatch -Name IMAPBatch1 -SourceEndpoint IMAPEndpoint -CSVData ([System.IO.File]::ReadAllBytes('users.csv'))";

/// The command lines of the 2017 walkthrough (Use PowerShell to perform an IMAP migration), steps 1 to 6.
#[test]
fn the_walkthrough_of_2017_works_line_by_line() {
    let world = World::new(120);
    fs::copy(world.path("users.csv"), world.path("IMAPmigration_1.csv")).unwrap();
    let probe = world.run("Test-MigrationServerAvailability -IMAP -RemoteServer imap.contoso.com -Port 993 -Security Ssl").fine();
    assert!(
        lines(&probe)
            .iter()
            .any(|line| line.starts_with("Result") && line.ends_with(": Success")),
        "{probe}"
    );
    world
        .run("Import-Csv IMAPmigration_1.csv | New-Mailbox")
        .fine();
    let made = world.run("New-MigrationEndpoint -IMAP -Name IMAPEndpoint -RemoteServer imap.contoso.com -Port 993 -Security Ssl").fine();
    assert_eq!(
        lines(&made)[2].split_whitespace().collect::<Vec<_>>(),
        ["IMAPEndpoint", "IMAP", "localhost"]
    );
    let shown = world.run("Get-MigrationEndpoint IMAPEndpoint | Format-List EndpointType,RemoteServer,Port,Security,Max*").fine();
    let port = format!("Port                          : {}", world.server.imaps);
    let expected = [
        "EndpointType                  : IMAP",
        "RemoteServer                  : localhost",
        &port,
        "Security                      : Ssl",
        "MaxConcurrentMigrations       : 20",
        "MaxConcurrentIncrementalSyncs : 10",
    ];
    assert_eq!(lines(&shown), expected);
    let batch = world.run("New-MigrationBatch -Name IMAPBatch1 -SourceEndpoint IMAPEndpoint -CSVData ([System.IO.File]::ReadAllBytes(\"C:\\Users\\Administrator\\Desktop\\IMAPmigration_1.csv\")) -AutoStart; Wait-MigrationBatch IMAPBatch1 | Out-Null");
    assert_eq!(batch.code, Some(0), "{batch:?}");
    let list = world
        .run("Get-MigrationBatch -Identity IMAPBatch1 | Format-List")
        .fine();
    for property in [
        "Identity",
        "BatchGuid",
        "Status",
        "TotalCount",
        "SyncedCount",
        "SourceEndpoint",
        "LastSyncedDateTime",
    ] {
        assert!(
            lines(&list).iter().any(|line| line.starts_with(property)),
            "no {property} in {list}"
        );
    }
    let status = world
        .run("Get-MigrationBatch -Identity IMAPBatch1 | Format-List Status")
        .fine();
    assert_eq!(lines(&status), ["Status : Synced"]);
    world.assert_all_same();
    // Step 6 asks before it removes; here nobody can answer.
    world
        .run("Remove-MigrationBatch -Identity IMAPBatch1")
        .failed("IMAPBatch1", &[]);
    world
        .run("Remove-MigrationBatch -Identity IMAPBatch1 -Confirm:$false")
        .fine();
    world
        .run("Get-MigrationBatch IMAPBatch1")
        .failed("MigrationBatchNotFoundException", &["IMAPBatch1"]);
    world.assert_all_same();
}

/// The command lines of the document of 2009 (Use PowerShell to migrate e-mail): no endpoint, no names after the first line.
#[test]
fn the_lines_of_2009_work_in_their_order() {
    let world = World::new(40);
    fs::copy(world.path("users.csv"), world.path("MigrationBatch_1.csv")).unwrap();
    world
        .run("Import-Csv users.csv | New-Mailbox | Out-Null")
        .fine();
    let line = |text: &str| {
        let text = text.replace("imap.contoso.edu", "imap.contoso.com");
        world.run(&text.replace(r"C:\Users\Administrator\Desktop\", ""))
    };
    let probe =
        line("Test-MigrationServerAvailability -RemoteServer imap.contoso.edu -Port 143").fine();
    assert!(probe.contains("Success"), "{probe}");
    line(
        r#"New-MigrationBatch -Imap -Name MigrationBatch1 -CSVData:([System.IO.File]::ReadAllBytes("C:\Users\Administrator\Desktop\MigrationBatch_1.csv")) -MaxConcurrentMigrations 3 -RemoteServer imap.contoso.edu -Port 143 -Timezone "Pacific Standard Time" -ExcludeFolders "Deleted Items","Junk Mail""#,
    )
    .fine();
    let shown =
        line("(Get-MigrationEndpoint).MaxConcurrentMigrations; (Get-MigrationBatch).UserTimeZone")
            .fine();
    assert_eq!(lines(&shown), ["3", "Pacific Standard Time"]);
    let waited = line(
        r#"Start-MigrationBatch -NotificationEmails "super-user@contoso.edu","helpdesk@contoso.edu","CIO@contoso.edu"; Wait-MigrationBatch | Out-Null"#,
    );
    assert_eq!(waited.code, Some(0), "{waited:?}");
    let status = line("Get-MigrationStatus | Format-List TotalCount,SyncedCount").fine();
    assert_eq!(lines(&status), ["TotalCount  : 3", "SyncedCount : 3"]);
    let again = line(
        "Stop-MigrationBatch -Confirm:$false; Wait-MigrationBatch | Out-Null; Start-MigrationBatch; Wait-MigrationBatch | Out-Null",
    );
    assert!(!again.err.contains("Exception"), "{again:?}");
    let completed = line(
        "Complete-Migration -NotificationEmails super-user@contoso.edu -Confirm:$false; Wait-MigrationBatch | Format-List Status",
    );
    assert!(completed.out.contains("Completed"), "{completed:?}");
    world.assert_all_same();
    let mails = fs::read_dir(world.home().join("outbox")).unwrap().count();
    assert!(mails >= 2, "{mails} mails");
}

/// STARTTLS, the master user, and a second start that brings what is new.
#[test]
fn starttls_and_an_admin_login_migrate_too() {
    let world = World::new(60);
    let rows: String = PEOPLE
        .iter()
        .map(|(address, login, _)| format!("{address},{login}*mailadmin,P@ssw0rd\n"))
        .collect();
    world.write(
        "users.csv",
        &format!("EmailAddress,UserName,Password\n{rows}"),
    );
    world.run("New-MigrationEndpoint -IMAP -Name IMAPEndpoint -RemoteServer imap.contoso.com -Port 143 -Security Tls | Out-Null; Import-Csv users.csv | New-Mailbox | Out-Null").fine();
    let ran = world.run(&format!(
        "{BATCH} -AutoStart | Out-Null; Wait-MigrationBatch IMAPBatch1 | Format-List Status"
    ));
    assert_eq!(
        lines(&ran.out).last().map(String::as_str),
        Some("Status : Synced"),
        "{ran:?}"
    );
    world.assert_all_same();
    let inbox = world.server.maildir("ann.beebe");
    corpus::write(&inbox, 9000, b"Subject: new\n\nnew mail\n", &mut Numbers(5));
    let again =
        world.run("Start-MigrationBatch IMAPBatch1; Wait-MigrationBatch IMAPBatch1 | Out-Null");
    assert_eq!(again.code, Some(0), "{again:?}");
    world.assert_all_same();
}

/// A listener that says what a server of another protocol says, and ends with the test.
fn talker(words: &'static [u8]) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let _ = stream.write_all(words);
            let mut sink = [0; 512];
            let _ = stream.set_read_timeout(Some(Duration::from_secs(1)));
            let _ = stream.read(&mut sink);
        }
    });
    port
}

/// Each row: what to test, words of the answer.
#[test]
fn a_server_that_cannot_be_used_is_a_failed_result_that_says_why() {
    let plain = Dovecot::with(&Options {
        tls: false,
        ..Options::default()
    });
    let misnamed = Dovecot::with(&Options {
        certificate_for: "other.example.com".into(),
        ..Options::default()
    });
    let expired = Dovecot::with(&Options {
        days: -1,
        ..Options::default()
    });
    let world = World::new(0);
    let closed = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let rows: Vec<(String, &[&str])> = vec![
        (
            "-RemoteServer no-such-host.invalid -Security Ssl".into(),
            &["no-such-host.invalid"],
        ),
        (
            format!("-RemoteServer localhost -Security Ssl -Port {closed}"),
            &["refused"],
        ),
        (
            format!(
                "-RemoteServer localhost -Security Ssl -Port {}",
                world.server.imap
            ),
            &["TLS"],
        ),
        (
            format!(
                "-RemoteServer localhost -Security None -Port {}",
                talker(b"SSH-2.0-OpenSSH_9.2\r\n")
            ),
            &["does not speak IMAP"],
        ),
        (
            format!(
                "-RemoteServer localhost -Security None -Port {}",
                talker(b"+OK POP3 ready\r\n")
            ),
            &["does not speak IMAP"],
        ),
        (
            format!("-RemoteServer localhost -Security Tls -Port {}", plain.imap),
            &["STARTTLS"],
        ),
        (
            format!(
                "-RemoteServer localhost -Security Ssl -Port {}",
                misnamed.imaps
            ),
            &["name"],
        ),
        (
            format!(
                "-RemoteServer localhost -Security Ssl -Port {}",
                expired.imaps
            ),
            &["expired"],
        ),
    ];
    for (arguments, words) in rows {
        let begun = Instant::now();
        let script = format!(
            "$r = Test-MigrationServerAvailability -IMAP {arguments} -WarningAction SilentlyContinue; $r.Result; $r.Message; '|'; $r.ErrorDetail"
        );
        let said = world.run_at(&world.home(), &script).fine();
        assert!(
            begun.elapsed() < Duration::from_secs(17),
            "{arguments} took {:?}",
            begun.elapsed()
        );
        assert!(said.starts_with("Failed\n"), "{arguments}: {said}");
        let message = said.split('|').next().unwrap();
        for word in words {
            assert!(
                message.to_lowercase().contains(&word.to_lowercase()),
                "{arguments}: no {word} in {message}"
            );
        }
        assert!(
            said.contains("MigrationServerConnectionFailedException"),
            "{arguments}: {said}"
        );
    }
    // An authority that nobody trusts; and the switch that takes any certificate.
    let probe =
        "(Test-MigrationServerAvailability -RemoteServer imap.contoso.com -Port 993 -Security Ssl";
    let mut untrusted = world.command(&world.home());
    untrusted
        .env_remove("SSL_CERT_FILE")
        .arg("-Command")
        .arg(world.mapped(&format!("{probe}).Message")));
    let message = String::from_utf8(untrusted.output().unwrap().stdout).unwrap();
    assert!(message.contains("certificate"), "{message}");
    untrusted = world.command(&world.home());
    untrusted
        .env_remove("SSL_CERT_FILE")
        .arg("-Command")
        .arg(world.mapped(&format!("{probe} -AcceptUntrustedCertificates).Result")));
    assert_eq!(
        String::from_utf8(untrusted.output().unwrap().stdout)
            .unwrap()
            .trim(),
        "Success"
    );
}

/// Nothing that only looks may leave anything behind.
#[test]
fn looking_makes_nothing() {
    let world = World::new(0);
    world.run("Get-MigrationBatch; Get-MigrationEndpoint; Get-MigrationUser; Get-Mailbox; Test-MigrationServerAvailability -RemoteServer imap.contoso.com -Port 993 | Out-Null").fine();
    assert!(!world.home().exists());
}

#[test]
fn wrong_names_are_errors_that_name_them() {
    let world = World::new(0);
    world.prepare();
    world.run(&format!("{BATCH} | Out-Null")).fine();
    for (script, id, words) in [
        (
            "Get-MigrationBatch Nobody",
            "MigrationBatchNotFoundException",
            &["Nobody"][..],
        ),
        (
            "Get-MigrationEndpoint Nobody",
            "MigrationEndpointNotFoundException",
            &["Nobody"],
        ),
        (
            "Get-MigrationUser nobody@contoso.edu",
            "MigrationUserNotFoundException",
            &["nobody@contoso.edu"],
        ),
        (
            "Get-MigrationUserStatistics nobody@contoso.edu",
            "MigrationUserNotFoundException",
            &["nobody@contoso.edu"],
        ),
        (
            "Get-Mailbox nobody@contoso.edu",
            "ManagementObjectNotFoundException",
            &["nobody@contoso.edu"],
        ),
        (
            "Get-MailboxFolderStatistics nobody",
            "ManagementObjectNotFoundException",
            &["nobody"],
        ),
        (
            "Start-MigrationBatch Nobody",
            "MigrationBatchNotFoundException",
            &["Nobody"],
        ),
        (
            "Wait-MigrationBatch Nobody",
            "MigrationBatchNotFoundException",
            &["Nobody"],
        ),
        (
            "Remove-MigrationEndpoint IMAPEndpoint -Confirm:$false",
            "MigrationEndpointInUseException",
            &["IMAPEndpoint", "IMAPBatch1"],
        ),
        (
            "New-MigrationEndpoint -Name imapendpoint -RemoteServer imap.contoso.com -Port 993",
            "MigrationEndpointAlreadyExistsException",
            &["imapendpoint"],
        ),
        (
            "New-MigrationEndpoint -Name Dead -RemoteServer no-such-host.invalid",
            "MigrationServerConnectionFailedException",
            &["no-such-host.invalid"],
        ),
        (
            "New-Mailbox terrya@contoso.edu",
            "ProxyAddressExistsException",
            &["terrya@contoso.edu"],
        ),
        (
            "New-Mailbox",
            "ParameterValidationException",
            &["-PrimarySmtpAddress"],
        ),
        (
            "New-MigrationBatch -Name B2 -SourceEndpoint Nobody -CSVData ([System.IO.File]::ReadAllBytes('users.csv'))",
            "MigrationEndpointNotFoundException",
            &["Nobody"],
        ),
        (
            "New-MigrationBatch -Name B2 -SourceEndpoint IMAPEndpoint -CSVData users.csv",
            "CSVData",
            &["ReadAllBytes"],
        ),
        (
            "New-MigrationBatch -Name B2 -SourceEndpoint IMAPEndpoint -CSVData ([System.IO.File]::ReadAllBytes('none.csv'))",
            "none.csv",
            &[],
        ),
        (
            "New-MigrationBatch -Name B2 -SourceEndpoint IMAPEndpoint -CSVData ([System.Text.Encoding]::UTF8.GetBytes('a,b'))",
            "MigrationCSVParsingException",
            &["EmailAddress"],
        ),
        (
            "New-MigrationBatch -Name imapbatch1 -SourceEndpoint IMAPEndpoint -CSVData ([System.IO.File]::ReadAllBytes('users.csv'))",
            "MigrationBatchAlreadyExistsException",
            &["imapbatch1"],
        ),
    ] {
        world.run(script).failed(id, words);
    }
    // What a parameter of Exchange's names and this program does not do is refused by that name.
    world
        .run("New-MigrationEndpoint -Name G -RemoteServer x -Gmail")
        .failed("Gmail", &[]);
}

/// All errors of a file at once, with row numbers and never with a password.
#[test]
fn a_malformed_csv_is_told_whole() {
    let world = World::new(0);
    world.prepare();
    world.write(
        "users.csv",
        "EmailAddress,UserName,Password\na@contoso.edu,ann,secret1,more\nb@contoso.edu,bob\n",
    );
    let ran = world.run(BATCH);
    ran.failed("MigrationCSVParsingException", &["Row 1", "Row 2"]);
    assert!(!format!("{ran:?}").contains("secret1"));
    world.write("users.csv", "EmailAddress,UserName,Password\nterrya@contoso.edu,terry.adams,1091990\nno address,x,secret2\nannb@contoso.edu,,secret3\n");
    let ran = world.run(&format!("{BATCH} | Out-Null; (Get-MigrationBatch IMAPBatch1).ValidationWarnings | Format-List RowIndex,EmailAddress,Message"));
    let said = lines(&ran.out);
    assert!(
        said.contains(&"RowIndex     : 2".to_owned())
            && said.contains(&"RowIndex     : 3".to_owned()),
        "{ran:?}"
    );
    assert!(!format!("{ran:?}").contains("secret"));
}

/// A wrong password and a missing mailbox fail their own rows; the others arrive.
#[test]
fn one_bad_row_does_not_hold_the_others() {
    let world = World::new(40);
    world.write("users.csv", "EmailAddress,UserName,Password\nterrya@contoso.edu,terry.adams,1091990\nannb@contoso.edu,ann.beebe,wrong\npaulc@contoso.edu,paul.cannon,3281986\n");
    world.prepare();
    world
        .run("Remove-Mailbox paulc@contoso.edu -Confirm:$false")
        .fine();
    let ran = world.run(&format!(
        "{BATCH} -AutoStart | Out-Null; Wait-MigrationBatch IMAPBatch1 | Format-List Status"
    ));
    assert!(ran.out.contains("SyncedWithErrors"), "{ran:?}");
    assert_eq!(ran.code, Some(4), "{ran:?}");
    crate::support::judge::assert_same(
        &world.source("terry.adams", "1091990"),
        &world.target("terrya@contoso.edu"),
    );
    let why = world.run("Get-MigrationUser -StatusSummary Failed | Get-MigrationUserStatistics | Format-List Identity,Error").fine();
    assert!(
        why.contains("AuthenticationErrorException")
            && why.to_lowercase().contains("authentication failed"),
        "{why}"
    );
    assert!(why.contains("RecipientNotFoundPermanentException"), "{why}");
    assert!(!why.contains("wrong"), "{why}");
    // Mended, a second start brings the rest.
    world.run("New-Mailbox paulc@contoso.edu | Out-Null; Start-MigrationBatch IMAPBatch1; Wait-MigrationBatch IMAPBatch1 | Out-Null");
    crate::support::judge::assert_same(
        &world.source("paul.cannon", "3281986"),
        &world.target("paulc@contoso.edu"),
    );
}

/// Endpoint at a relay in front of the server, mailboxes, and a batch that is not started.
fn prepare_behind(relay: &Relay, world: &World) {
    let script = format!(
        "New-MigrationEndpoint -IMAP -Name IMAPEndpoint -RemoteServer localhost -Port {} -Security Ssl | Out-Null
         Import-Csv users.csv | New-Mailbox | Out-Null; {BATCH} | Out-Null",
        relay.port
    );
    world.run(&script).fine();
}

/// SIGKILL three times at different moments; then everything is there, and once.
#[test]
fn killed_three_times_it_still_arrives_whole_and_once() {
    let world = World::new(300);
    let relay = Relay::start(world.server.imaps, 100_000);
    prepare_behind(&relay, &world);
    for bytes in [50_000, 700_000, 400_000] {
        relay.allow(bytes);
        let mut child =
            world.start("Start-MigrationBatch IMAPBatch1; Wait-MigrationBatch IMAPBatch1");
        relay.until_held();
        child.kill().unwrap();
        child.wait().unwrap();
        // What the killed one left on the wire is not held for the next.
        relay.cut();
    }
    relay.allow(u64::MAX);
    let ran = world.run("Wait-MigrationBatch IMAPBatch1 | Format-List Status,DataConsistencyScore");
    assert_eq!(
        lines(&ran.out),
        [
            "Status               : Synced",
            "DataConsistencyScore : Perfect"
        ],
        "{ran:?}"
    );
    world.assert_all_same();
}

/// The server goes away in the middle: the users fail with the reason, and a later start brings the rest, once.
#[test]
fn a_server_that_goes_away_in_the_middle_loses_nothing() {
    let world = World::new(300);
    let relay = Relay::start(world.server.imaps, 500_000);
    prepare_behind(&relay, &world);
    let mut child = world.start("Start-MigrationBatch IMAPBatch1; Wait-MigrationBatch IMAPBatch1");
    relay.until_held();
    relay.cut();
    let ended = child.wait().unwrap();
    assert_eq!(ended.code(), Some(4));
    let why = world
        .run("Get-MigrationUser -StatusSummary Failed | Format-List Identity,ErrorSummary")
        .fine();
    assert!(why.contains("localhost"), "{why}");
    relay.allow(u64::MAX);
    let ran = world.run(
        "Start-MigrationBatch IMAPBatch1; Wait-MigrationBatch IMAPBatch1 | Format-List Status",
    );
    assert_eq!(
        lines(&ran.out).last().map(String::as_str),
        Some("Status : Synced"),
        "{ran:?}"
    );
    world.assert_all_same();
}

/// The state of another version is left alone, and said so.
#[test]
fn a_state_of_another_version_is_refused() {
    let world = World::new(0);
    world.prepare();
    let file = world.home().join("state.db");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let pool = sqlx::SqlitePool::connect(&format!("sqlite://{}", file.display()))
            .await
            .unwrap();
        sqlx::query("UPDATE schema_steps SET checksum = 'of another version'")
            .execute(&pool)
            .await
            .unwrap();
        pool.close().await;
    });
    let before = fs::read(&file).unwrap();
    world
        .run("Get-Mailbox")
        .failed("MigrationDataCorruptionException", &["state.db", "version"]);
    assert!(fs::read(&file).unwrap() == before, "it was touched");
}

/// Two programs on one home: the second is told who holds it.
#[test]
fn a_home_in_use_is_refused() {
    let world = World::new(0);
    world.prepare();
    let mut first = world.start("Get-Mailbox | Out-Null; Start-Sleep -Seconds 60");
    let until = Instant::now() + Duration::from_secs(20);
    let holder = || fs::read_to_string(world.home().join("lock")).unwrap_or_default();
    while holder().trim() != first.id().to_string() {
        assert!(
            Instant::now() < until,
            "the first never took the lock: {}",
            holder()
        );
        std::thread::yield_now();
    }
    let second = world.run("Get-Mailbox | Out-Null");
    second.failed("MigrationStateLockedException", &[&first.id().to_string()]);
    assert_eq!(second.code, Some(8));
    first.kill().unwrap();
    first.wait().unwrap();
}

/// The disk that holds the mail runs full in the middle (24 MB of it are kept free for the state); with room again, a second start brings the rest.
#[test]
fn a_full_disk_is_said_and_loses_nothing() {
    let world = World::new(200);
    fs::create_dir_all(world.home().join("mail")).unwrap();
    let script = format!(
        "New-MigrationEndpoint -IMAP -Name IMAPEndpoint -RemoteServer imap.contoso.com -Port 993 -Security Ssl | Out-Null
         Import-Csv users.csv | New-Mailbox | Out-Null
         {BATCH} -AutoStart | Out-Null
         Wait-MigrationBatch IMAPBatch1 | Out-Null
         Get-MigrationUser -StatusSummary Failed | Format-List ErrorSummary
         Remove-Item home/mail/filler
         Start-MigrationBatch IMAPBatch1
         Wait-MigrationBatch IMAPBatch1 | Format-List Status"
    );
    world.write("full.ps1", &world.mapped(&script));
    let wrapped = format!(
        "mount -t tmpfs -o size=40m tmpfs home/mail && dd if=/dev/zero of=home/mail/filler bs=1k count=15500 2>/dev/null && \
         '{}' --home home -NoProfile -NonInteractive full.ps1; code=$?; cp -a home/mail out; exit $code",
        env!("CARGO_BIN_EXE_mailtern")
    );
    let mut small = std::process::Command::new("unshare");
    small
        .args(["-rm", "timeout", "-k", "5", "170", "sh", "-c", &wrapped])
        .current_dir(world.path(""))
        .env("SSL_CERT_FILE", crate::support::tls::authority().file());
    let ran = small.output().unwrap();
    let said = String::from_utf8_lossy(&ran.stdout).into_owned();
    let words = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("no room for"), "{ran:?}");
    assert!(said.trim_end().ends_with("Status : Synced"), "{ran:?}");
    for (address, login, password) in PEOPLE {
        let target =
            crate::support::judge::store_account(&world.path("out").join(address).join("Maildir"));
        crate::support::judge::assert_same(&world.source(login, password), &target);
    }
}
