//! The `subscriptions` file in the root of a tree: Dovecot's version 2, and version 1 where it is found.

use std::{collections::BTreeSet, io::Write};

use super::{
    dir::{Dir, failed},
    names,
};
use crate::{mail::FolderPath, transport::TransportError};

const FILE: &str = "subscriptions";
const TEMPORARY: &str = "subscriptions.mailtern";
const HEADER: &str = "V\t2";

/// The folders that the user subscribed to.
pub(super) fn read(root: &Dir) -> Result<BTreeSet<FolderPath>, TransportError> {
    Ok(lines(root)?.iter().filter_map(|line| path(line)).collect())
}

/// Adds folders; nothing is written when all of them are there. Lines of others stay as they are.
pub(super) fn add(root: &Dir, folders: &[FolderPath]) -> Result<(), TransportError> {
    let mut lines = lines(root)?;
    let known: BTreeSet<FolderPath> = lines.iter().filter_map(|line| path(line)).collect();
    let before = lines.len();
    lines.extend(
        folders
            .iter()
            .filter(|folder| !known.contains(folder))
            .map(line),
    );
    if lines.len() == before {
        return Ok(());
    }
    let text = format!("{HEADER}\n\n{}\n", lines.join("\n"));
    let mut file = root.create(TEMPORARY)?;
    let write = file
        .write_all(text.as_bytes())
        .and_then(|()| file.sync_all());
    if let Err(error) = write {
        root.remove(TEMPORARY)?;
        return Err(failed("write", &root.label_of(FILE), error));
    }
    root.rename(TEMPORARY, root, FILE)?;
    root.sync()
}

/// The lines in the form of version 2.
fn lines(root: &Dir) -> Result<Vec<String>, TransportError> {
    let bytes = root.read(FILE)?.unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let is_v2 = text.starts_with(HEADER);
    let lines = text
        .lines()
        .skip(usize::from(is_v2))
        .filter(|line| !line.is_empty());
    Ok(lines
        .map(|line| {
            if is_v2 {
                line.to_owned()
            } else {
                line.replace('.', "\t")
            }
        })
        .collect())
}

fn line(folder: &FolderPath) -> String {
    let levels: Vec<String> = folder
        .levels()
        .iter()
        .map(|level| names::escape(level))
        .collect();
    levels.join("\t")
}

fn path(line: &str) -> Option<FolderPath> {
    FolderPath::new(line.split('\t').map(names::unescape)).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn adds_once_and_keeps_the_lines_of_others() {
        let temp = tempfile::tempdir().unwrap();
        let root = Dir::open(temp.path()).unwrap();
        std::fs::write(temp.path().join(FILE), "INBOX.Sent\nv1\\2e2\n").unwrap();
        let odd = FolderPath::new(["a.b", "Entwürfe"]).unwrap();
        for _ in 0..2 {
            add(&root, &["INBOX/Sent".parse().unwrap(), odd.clone()]).unwrap();
        }
        let text = std::fs::read_to_string(temp.path().join(FILE)).unwrap();
        assert_eq!(text, "V\t2\n\nINBOX\tSent\nv1\\2e2\na\\2eb\tEntw&APw-rfe\n");
        assert_eq!(
            read(&root).unwrap(),
            BTreeSet::from(["INBOX/Sent".parse().unwrap(), "v1.2".parse().unwrap(), odd])
        );
    }
}
