//! The two scripts of the 2009 document on POP subscriptions, unmodified, against a real POP3 server.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::support::corpus::{self, Numbers};
use crate::support::dovecot::{Dovecot, Options, give};
use crate::world::{Ran, World};

/// Step 4 of the document.
const CREATE: &str = include_str!("../../grammar/cases/ok/document_pop_migration.ps1");
/// "To remove all the POP subscriptions that you created".
const REMOVE: &str = r#"#Begin custom variables
$filePath = "C:\My Documents\StudentList.csv"
$outlookLiveAliasOrg = "live.contoso.edu"
#End custom variables

$students = Import-Csv $filePath

if ($students -ne $null)
{
foreach($student in $students)
{
$subscriptionName = $student.RemoteAlias.Trim() + " Edu Subscription"
$mailbox = $student.OutlookLiveAlias.Trim() + "@" + $outlookLiveAliasOrg

write-output ([string]::Concat("Removing Subscription: ", $subscriptionName," ", $mailbox))
Remove-Subscription -Identity $subscriptionName -Mailbox $mailbox -Confirm:$false
}
}
"#;

/// Waits, as a script does, until no subscription is on its way any more.
const WAIT: &str = "while (Get-Subscription -ResultSize Unlimited | Where-Object { $_.Status -ne 'Succeeded' }) { Start-Sleep -Milliseconds 100 }";

/// A school with a POP3 server that its service account opens as `domain\account\mailbox`, and mailboxes for everybody.
struct School {
    world: World,
    users: usize,
    /// What each inbox had.
    before: Vec<BTreeMap<Vec<u8>, usize>>,
}

impl School {
    fn new(users: usize, messages: usize) -> School {
        let server = Dovecot::with(&Options {
            certificate_for: "pop.corp.contoso.edu".into(),
            more: "auth_username_chars =\nauth_username_format = %Lu".into(),
            ..Options::default()
        });
        let mut csv = String::from("RemoteAlias,OutlookLiveAlias\n");
        let mut made = String::from("EmailAddress\n");
        let mut before = Vec::new();
        for user in 0..users {
            let name = format!("user{user}");
            server.user(&name, "nobody knows");
            server.alias(&format!("corp\\serviceaccount\\{name}"), "Pa$$word1", &name);
            fill(&server.maildir(&name), user, messages);
            before.push(served(&server.maildir(&name)));
            // values are trimmed by the script
            csv.push_str(&format!("{name},NewUser{user} \n"));
            made.push_str(&format!("newuser{user}@live.contoso.edu\n"));
        }
        let world = World::with(server, 0);
        let documents = world.home().join("drives/C/My Documents");
        fs::create_dir_all(&documents).unwrap();
        fs::write(documents.join("StudentList.csv"), csv).unwrap();
        fs::write(documents.join("POPMigration.ps1"), CREATE).unwrap();
        fs::write(documents.join("RemovePOPMigration.ps1"), REMOVE).unwrap();
        world.write("mailboxes.csv", &made);
        world
            .run("Import-Csv mailboxes.csv | New-Mailbox | Out-Null")
            .fine();
        School {
            world,
            users,
            before,
        }
    }

    /// The program with the name of the document sent to the test's server.
    fn run(&self, script: &str) -> Ran {
        self.world.run(script)
    }

    fn source(&self, user: usize) -> BTreeMap<Vec<u8>, usize> {
        served(&self.world.server.maildir(&format!("user{user}")))
    }

    fn target(&self, user: usize) -> BTreeMap<Vec<u8>, usize> {
        let mailbox = format!("mail/newuser{user}@live.contoso.edu/Maildir");
        served(&self.world.home().join(mailbox))
    }

    /// How many messages the mailboxes have.
    fn arrived(&self) -> usize {
        (0..self.users)
            .map(|user| self.target(user).values().sum::<usize>())
            .sum()
    }

    fn assert_all_arrived(&self) {
        for user in 0..self.users {
            assert!(
                self.target(user) == self.before[user],
                "user{user} has not what was there"
            );
        }
    }
}

/// Messages for an inbox; every twentieth has the odd ones too.
fn fill(maildir: &Path, user: usize, messages: usize) {
    if user.is_multiple_of(20) {
        corpus::seed(maildir, user as u64, messages);
        return;
    }
    for part in ["cur", "new", "tmp"] {
        fs::create_dir_all(maildir.join(part)).unwrap();
    }
    let mut numbers = Numbers(user as u64);
    for serial in 0..messages {
        let body = corpus::ordinary(&mut numbers);
        corpus::write(maildir, serial, &body, &mut numbers);
    }
    give(maildir.parent().unwrap());
}

/// The messages of a Maildir's inbox as POP3 serves them, and how often each is there.
fn served(maildir: &Path) -> BTreeMap<Vec<u8>, usize> {
    let mut all = BTreeMap::new();
    for folder in ["cur", "new"] {
        for entry in fs::read_dir(maildir.join(folder)).into_iter().flatten() {
            let Ok(bytes) = fs::read(entry.unwrap().path()) else {
                continue;
            };
            let mut out = Vec::with_capacity(bytes.len());
            for b in bytes {
                if b == b'\n' && out.last() != Some(&b'\r') {
                    out.push(b'\r');
                }
                out.push(b);
            }
            if !out.ends_with(b"\r\n") {
                out.extend_from_slice(b"\r\n");
            }
            *all.entry(out).or_default() += 1;
        }
    }
    all
}

#[test]
fn the_document_of_2009_moves_two_hundred_inboxes() {
    let school = School::new(200, 8);
    let script = format!("& \"C:\\My Documents\\POPMigration.ps1\"; {WAIT}");
    let said = school.run(&script).fine();
    assert!(
        said.contains("Creating Subscription: user0 Edu Subscription user0@corp.contoso.edu NewUser0@live.contoso.edu"),
        "{said}"
    );
    school.assert_all_arrived();
    for user in 0..school.users {
        assert!(
            school.source(user).is_empty(),
            "the inbox of user{user} is not empty"
        );
    }
    let table = school
        .run("Get-PopSubscription 'user7 Edu Subscription' -Mailbox live.contoso.edu\\NewUser7")
        .fine();
    let lines: Vec<&str> = table
        .lines()
        .filter(|line| !line.trim().is_empty())
        .collect();
    assert!(
        lines[0].starts_with("Name")
            && lines[0].contains("SubscriptionType")
            && lines[0].contains("Status"),
        "{table}"
    );
    assert!(
        lines[2].contains("user7 Edu Subscription")
            && lines[2].contains("Pop")
            && lines[2].contains("Succeeded"),
        "{table}"
    );
    let list = school
        .run("Get-PopSubscription 'user7 Edu Subscription' | Format-List *")
        .fine();
    let words = list.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        !list.contains("Pa$$word1") && words.contains("LeaveOnServer : False"),
        "{list}"
    );
    // one by one, as the document says it
    school.run("Remove-Subscription \"user3 Edu Subscription\" -Mailbox live.contoso.edu\\NewUser3 -Confirm:$false").fine();
    school
        .run("Remove-Subscription \"user3 Edu Subscription\" -Mailbox live.contoso.edu\\NewUser3 -Confirm:$false")
        .failed("ManagementObjectNotFoundException", &["user3 Edu Subscription"]);
    let removed = school.run(
        "& \"C:\\My Documents\\RemovePOPMigration.ps1\"; (Get-Subscription | Measure-Object).Count",
    );
    assert!(
        removed.out.trim().ends_with('0') && removed.err.contains("user3 Edu Subscription"),
        "{removed:?}"
    );
    school.assert_all_arrived();
    school.run("Get-Mailbox -ResultSize Unlimited | Format-List Name,PrimarySmtpAddress,Alias > OutlookLive.txt").fine();
    let written = fs::read(school.world.path("OutlookLive.txt")).unwrap();
    assert!(written.len() > 200 * 60);
}

/// The process is killed again and again while mail comes and goes: nothing is lost, nothing is there twice.
#[test]
fn a_killed_process_loses_nothing_that_was_to_be_moved() {
    let school = School::new(12, 150);
    school
        .run("& \"C:\\My Documents\\POPMigration.ps1\"")
        .fine();
    let total: usize = school
        .before
        .iter()
        .map(|inbox| inbox.values().sum::<usize>())
        .sum();
    for part in [1, 2, 4, 6] {
        let mut child = school.world.start(WAIT);
        while school.arrived() < total * part / 8 && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        for user in 0..school.users {
            let (source, target) = (school.source(user), school.target(user));
            for (message, count) in &school.before[user] {
                let have = target.get(message).copied().unwrap_or(0);
                let left = source.get(message).copied().unwrap_or(0);
                assert!(
                    have + left >= *count && have <= *count,
                    "user{user}: a message was lost or doubled"
                );
            }
        }
    }
    school.run(WAIT).fine();
    school.assert_all_arrived();
    for user in 0..school.users {
        assert!(
            school.source(user).is_empty(),
            "the inbox of user{user} is not empty"
        );
    }
}

#[test]
fn what_cannot_sign_in_is_not_made_and_says_why() {
    let school = School::new(1, 0);
    let new = |more: &str| {
        school.run(&format!(
            "New-PopSubscription -Name S -Mailbox newuser0@live.contoso.edu -EmailAddress a@b.example -IncomingServer pop.corp.contoso.edu -IncomingPassword (ConvertTo-SecureString x -AsPlainText -Force) {more}"
        ))
    };
    let user = "-IncomingUserName user0";
    new(user).failed(
        "AuthenticationErrorException",
        &["pop.corp.contoso.edu", "Authentication failed", "-Force"],
    );
    new(&format!("{user} -IncomingAuth Spa"))
        .failed("AuthenticationErrorException", &["NTLM (SPA)", "it offers"]);
    new(&format!("{user} -IncomingSecurity Sll")).failed("IncomingSecurity", &["Ssl"]);
    new(&format!("{user} -DomainController x")).failed("DomainController", &["directory"]);
    let other = "New-PopSubscription -Name S -EmailAddress a@b.example -IncomingServer pop.corp.contoso.edu -IncomingUserName u -IncomingPassword (ConvertTo-SecureString x -AsPlainText -Force)";
    school
        .run(other)
        .failed("ManagementObjectNotFoundException", &["a@b.example"]);
    assert_eq!(school.run("@(Get-Subscription).Count").fine().trim(), "0");
    // forced, it is made, and tells by itself what is wrong
    let made = new(&format!(
        "{user} -Force | Out-Null; while ((Get-Subscription S).Status -ne 'Disabled') {{ Start-Sleep -Milliseconds 50 }}; Get-PopSubscription S | Format-List Status,DetailedStatus,Diagnostics"
    ));
    let said: String = made.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        said.contains("AuthenticationError") && said.contains("Authentication failed"),
        "{made:?}"
    );
}
