//! Every example of every migration cmdlet's help runs as it stands, in a world that has what it names.

use std::fs;
use std::path::Path;

use mailtern::cmdlets::{
    mailbox, migration, migration_batch, migration_config, migration_endpoint, migration_user,
    subscription,
};
use mailtern::runtime::cmdlet::CmdletMeta;

use crate::world::World;

fn metas() -> Vec<&'static CmdletMeta> {
    let folders = [
        migration::CMDLETS,
        migration_endpoint::CMDLETS,
        migration_batch::CMDLETS,
        migration_config::CMDLETS,
        migration_user::CMDLETS,
        mailbox::CMDLETS,
        subscription::CMDLETS,
    ];
    folders.concat()
}

/// What the examples name: an endpoint in use, one that is not and one to move to, a synced batch and a new one, mailboxes.
const WORLD: &str = "
New-MigrationEndpoint -IMAP -Name IMAPEndpoint -RemoteServer imap.contoso.com -Port 993 -Security Ssl | Out-Null
New-MigrationEndpoint -IMAP -Name UnusedEndpoint -RemoteServer imap.contoso.com -Port 993 -Security Ssl | Out-Null
$admin = New-Object PSCredential 'mailadmin',(ConvertTo-SecureString 'P@ssw0rd' -AsPlainText -Force)
New-MigrationEndpoint -IMAP -Name TargetEndpoint -RemoteServer imap.contoso.com -Port 993 -Security Ssl -Credentials $admin | Out-Null
Import-Csv users.csv | New-Mailbox | Out-Null
New-Mailbox terrya@contoso.com | Out-Null
New-Mailbox olduser@contoso.com | Out-Null
New-MigrationBatch -Name IMAPBatch1 -SourceEndpoint IMAPEndpoint -CSVData ([System.IO.File]::ReadAllBytes('first.csv')) -AutoStart | Out-Null
Wait-MigrationBatch IMAPBatch1 | Out-Null
New-MigrationBatch -Name NewBatch -SourceEndpoint IMAPEndpoint -CSVData ([System.IO.File]::ReadAllBytes('second.csv')) | Out-Null
New-Mailbox akohl@live.contoso.edu | Out-Null
$password = ConvertTo-SecureString -String 'Pa$$word1' -AsPlainText -Force
$account = @{ Mailbox = 'akohl@live.contoso.edu'; EmailAddress = 'akohl@corp.contoso.edu'; IncomingUserName = 'akohl'; IncomingPassword = $password }
New-PopSubscription 'akohl Edu Subscription' -IncomingServer pop.corp.contoso.edu @account | Out-Null
New-ImapSubscription 'akohl Mail' -IncomingServer imap.corp.contoso.edu @account | Out-Null
";

fn copy_tree(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_tree(&entry.path(), &target)
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn every_example_runs() {
    let world = World::new(20);
    let head = "EmailAddress,UserName,Password\n";
    world.write(
        "first.csv",
        &format!("{head}terrya@contoso.com,terry.adams,1091990\n"),
    );
    world.write(
        "second.csv",
        &format!("{head}annb@contoso.edu,ann.beebe,2111991\n"),
    );
    world.write(
        "newusers.csv",
        "EmailAddress,DisplayName\nnew1@contoso.com,New One\nnew2@contoso.com,New Two\n",
    );
    world.server.user("akohl", "Pa$$word1");
    let made = world.run(WORLD);
    assert_eq!(made.code, Some(0), "{made:?}");
    let mut wrong = Vec::new();
    for (at, (meta, example)) in metas()
        .iter()
        .flat_map(|meta| meta.examples.iter().map(move |example| (meta, example)))
        .enumerate()
    {
        let home = world.path(&format!("home{at}"));
        copy_tree(&world.home(), &home);
        // imap.example.net stands for a server that cannot be reached.
        let ran = world.run_at(&home, example.code);
        if ran.code != Some(0) || ran.err.contains("FullyQualifiedErrorId") {
            wrong.push(format!("{}: {}\n{ran:?}", meta.name(), example.code));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn everything_has_prose_and_an_example() {
    for meta in metas() {
        assert!(!meta.examples.is_empty(), "{} has no example", meta.name());
        assert!(
            meta.synopsis().ends_with('.'),
            "{}: {}",
            meta.name(),
            meta.synopsis()
        );
        for param in meta.params {
            assert!(
                param.doc.trim().len() > 10,
                "{} -{} has no prose",
                meta.name(),
                param.name
            );
            assert!(
                param.refused.is_empty() || param.refused.len() > 10,
                "{} -{}",
                meta.name(),
                param.name
            );
        }
        let mut names: Vec<String> = meta
            .params
            .iter()
            .flat_map(|p| p.aliases.iter().chain([&p.name]).map(|n| n.to_lowercase()))
            .collect();
        let all = names.len();
        names.sort();
        names.dedup();
        assert_eq!(all, names.len(), "{} names a parameter twice", meta.name());
    }
}
