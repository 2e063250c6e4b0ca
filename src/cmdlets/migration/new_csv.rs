//! `New-MigrationCsv`.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use super::call::answer;
use super::errors::invalid_argument;
use super::identity::MailboxId;
use crate::cmdlet;
use crate::engine::mailbox::MailboxFilter;
use crate::runtime::cmdlet::Impact;
use crate::runtime::cx::Cx;
use crate::runtime::param::Validate;
use crate::runtime::{Cmdlet, Run};

cmdlet! {
    /// Makes a CSV file to fill in for New-MigrationBatch.
    ///
    /// It is a cmdlet of this shell. The file has the header that a batch takes; -WithSample adds two rows that show how it is
    /// filled, and mailboxes that are piped in give a row each, with the sign-in left to fill in. Only you can read the file: it
    /// will hold passwords.
    pub struct NewMigrationCsv("New", "MigrationCsv")
        .should_process(Impact::Low)
        .class("Microsoft.Exchange.Management.Migration.NewMigrationCsv")
    {
        /// The file to make.
        path: String = param("Path").position(0).validate(Validate::NotNullOrEmpty),
        /// Mailboxes that get a row: name, address or GUID.
        mailbox: Option<Vec<MailboxId>> = param("Mailbox").by_value(),
        /// Add two rows that show how the file is filled.
        with_sample: bool = param("WithSample"),
        /// Add the column UserRoot, for servers whose administrator sees the users' mail below a folder.
        user_root: bool = param("UserRoot"),
        /// Add the columns TargetUserName and TargetPassword, for a target server without an administrator's sign-in.
        target_columns: bool = param("TargetColumns"),
        /// Write over a file that exists.
        force: bool = param("Force"),
    }
    example "New-MigrationCsv template.csv -WithSample" => "Makes a file with the header and two rows that show how it is filled.";
    example "Get-Mailbox | New-MigrationCsv wave1.csv" => "Makes a file with a row for each mailbox.";
}

impl Cmdlet for NewMigrationCsv {
    /// The addresses of the rows.
    type State = Vec<String>;

    fn process(&self, addresses: &mut Vec<String>, cx: &mut Cx<'_>) -> Run<()> {
        for mailbox in self.mailbox.iter().flatten() {
            let filter = MailboxFilter {
                identity: Some(mailbox.0.clone()),
                ..MailboxFilter::default()
            };
            let found = answer(
                cx,
                |engine| async move { engine.get_mailboxes(filter).await },
            )?;
            let found = found.unwrap_or_default();
            addresses.extend(found.into_iter().map(|one| one.primary_smtp_address));
        }
        Ok(())
    }

    fn end(&self, addresses: &mut Vec<String>, cx: &mut Cx<'_>) -> Run<()> {
        let path = cx.resolve_path(&self.path);
        if path.exists() && !self.force {
            let message = format!("The file \"{}\" exists already.", self.path);
            let advice = "Choose another name, or write over it with -Force.";
            return cx.error(invalid_argument(&self.path, &message, advice));
        }
        if !cx.should_process(&self.path, "New-MigrationCsv")? {
            return Ok(());
        }
        match write(&path, &self.rows(addresses)) {
            Ok(()) => Ok(()),
            Err(error) => {
                let message = format!("The file \"{}\" can't be written: {error}.", self.path);
                let advice = "Check the folder and its permissions.";
                cx.error(invalid_argument(&self.path, &message, advice))
            }
        }
    }
}

impl NewMigrationCsv {
    fn rows(&self, addresses: &[String]) -> Vec<Vec<String>> {
        let mut columns = vec!["EmailAddress", "UserName", "Password"];
        if self.user_root {
            columns.push("UserRoot");
        }
        if self.target_columns {
            columns.extend(["TargetUserName", "TargetPassword"]);
        }
        let sample = |given: &str, family: &str| {
            let cell = |column: &&str| match *column {
                "EmailAddress" => format!("{given}.{family}@contoso.com"),
                "UserName" | "TargetUserName" => format!("{given}.{family}"),
                "UserRoot" => format!("/users/{given}.{family}"),
                _ => format!("password of {given}"),
            };
            columns.iter().map(cell).collect::<Vec<String>>()
        };
        let mut rows = vec![columns.iter().map(|&name| name.to_owned()).collect()];
        if self.with_sample {
            rows.push(sample("terry", "adams"));
            rows.push(sample("ann", "beebe"));
        }
        for address in addresses {
            let mut row = vec![String::new(); columns.len()];
            row[0].clone_from(address);
            rows.push(row);
        }
        rows
    }
}

/// A file of the owner's alone, also when it was another's before.
fn write(path: &Path, rows: &[Vec<String>]) -> std::io::Result<()> {
    let mut out = csv::Writer::from_writer(Vec::new());
    for row in rows {
        out.write_record(row)?;
    }
    let bytes = out.into_inner().map_err(|error| error.into_error())?;
    if path.exists() {
        std::fs::remove_file(path)?;
    }
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(&bytes)
}
