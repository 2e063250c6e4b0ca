//! Status mails: each is left in the outbox as a whole RFC 5322 message, for a mail program or a person to send.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;

use super::ReportKind;
use crate::engine::batch::BatchStatus;
use crate::engine::batch::derive::Tally;
use crate::engine::handle::Shared;
use crate::engine::time::timestamp;
use crate::store::{BatchRecord, StoreError, make_folder, new_file};

/// Longest line of base64 text (RFC 2045 section 6.8).
const LINE: usize = 76;

/// Leaves a status mail of a batch to those who want one, with the reports that lie in `reports`.
pub(super) fn leave(
    shared: &Shared,
    batch: &BatchRecord,
    status: BatchStatus,
    tally: &Tally,
    reports: &Path,
) -> Result<(), StoreError> {
    if batch.notification_emails.is_empty() {
        return Ok(());
    }
    let folder = shared.home.outbox();
    make_folder(&folder)?;
    let at = shared.now();
    let path = folder.join(format!("{at}-{}.eml", batch.guid));
    let mut attached = Vec::new();
    for kind in ReportKind::ALL {
        let file = reports.join(kind.file_name());
        match std::fs::read(&file) {
            Ok(bytes) => attached.push((kind.file_name(), bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(StoreError::io(&file, "read")(error)),
        }
    }
    let text = message(batch, status, tally, timestamp(at), &attached);
    let write = || -> std::io::Result<()> {
        let mut file = new_file(&path)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    };
    write().map_err(StoreError::io(&path, "written"))
}

/// `E-mail migration batch "x" has finished - with errors`, as Exchange has it.
fn subject(name: &str, status: BatchStatus, has_errors: bool) -> String {
    let what = match status {
        BatchStatus::Stopped => "has been stopped",
        BatchStatus::Syncing | BatchStatus::IncrementalSyncing | BatchStatus::Completing => {
            "is at work"
        }
        _ => "has finished",
    };
    let errors = if has_errors { " - with errors" } else { "" };
    format!("E-mail migration batch \"{name}\" {what}{errors}")
}

fn message(
    batch: &BatchRecord,
    status: BatchStatus,
    tally: &Tally,
    at: Timestamp,
    attached: &[(&str, Vec<u8>)],
) -> String {
    let boundary = format!("=_{}", batch.guid.simple());
    let subject = subject(&batch.name, status, tally.failed > 0);
    let date = at.strftime("%a, %d %b %Y %H:%M:%S +0000");
    let to = batch.notification_emails.join(",\r\n ");
    let mut text = format!(
        "From: Mailtern <mailtern@localhost>\r\nTo: {to}\r\nSubject: {}\r\nDate: {date}\r\n\
         Message-ID: <{}.{}@mailtern.localhost>\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=\"{boundary}\"\r\n\r\n",
        encoded(&subject),
        at.as_millisecond(),
        batch.guid
    );
    let body = format!(
        "{subject}.\n\nMailboxes copied: {}\nMailboxes completed: {}\nMailboxes failed: {}\nMailboxes stopped: {}\n\
         Mailboxes at work or waiting: {}\n\nGet-MigrationUserStatistics shows the details of a mailbox.\n",
        tally.synced,
        tally.completed,
        tally.failed,
        tally.stopped,
        tally.at_work + tally.due + tally.pending
    );
    let mut part = |kind: &str, disposition: &str, bytes: &[u8]| {
        // writing to a String does not fail
        let _ = write!(
            text,
            "--{boundary}\r\nContent-Type: {kind}; charset=utf-8\r\n{disposition}Content-Transfer-Encoding: base64\r\n\r\n"
        );
        let code = STANDARD.encode(bytes);
        for line in code.as_bytes().chunks(LINE) {
            text.push_str(&String::from_utf8_lossy(line));
            text.push_str("\r\n");
        }
    };
    part("text/plain", "", body.as_bytes());
    for (name, bytes) in attached {
        let disposition = format!("Content-Disposition: attachment; filename=\"{name}\"\r\n");
        part("text/csv", &disposition, bytes);
    }
    let _ = write!(text, "--{boundary}--\r\n");
    text
}

/// A header text: as it is when it is plain, else in encoded words (RFC 2047).
fn encoded(text: &str) -> String {
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let words: Vec<String> = chars
        .chunks(10)
        .map(|part| {
            let part: String = part.iter().collect();
            format!("=?utf-8?B?{}?=", STANDARD.encode(part))
        })
        .collect();
    words.join("\r\n ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_says_how_it_went_and_is_encoded_when_it_must() {
        assert_eq!(
            subject("Wave", BatchStatus::SyncedWithErrors, true),
            "E-mail migration batch \"Wave\" has finished - with errors"
        );
        assert_eq!(encoded("plain"), "plain");
        let words = encoded("Größe der Welle eins");
        assert!(
            words.is_ascii() && words.starts_with("=?utf-8?B?"),
            "{words}"
        );
    }
}
