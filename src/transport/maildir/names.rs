//! Folder paths to directory names and back (Maildir++: `.A.B` in the root, the root itself is INBOX).
//!
//! A level is modified UTF-7, and in it `\`, `.` and `/` are written `\5c`, `\2e`, `\2f`, as Dovecot's listescape plugin
//! does. A name too long for a file system is cut and gets a hash; the whole path then lies in a file in the folder.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::mail::{FolderPath, utf7};

/// The file with the path of a folder whose directory name was cut.
pub(super) const LONG_NAME_FILE: &str = "mailtern-folder";

/// Leaves room below the 255 bytes of common file systems.
const MAX_NAME: usize = 240;
/// Stands before the hash of a cut name; no escape looks like it.
const CUT_MARK: &str = "\\-";

/// The directory of a folder; `None` for INBOX, which is the root.
pub(super) fn dir_name(path: &FolderPath) -> Option<String> {
    if path.is_inbox() {
        return None;
    }
    let mut name = String::new();
    for level in path.levels() {
        name.push('.');
        name.push_str(&escape(level));
    }
    if name.len() > MAX_NAME {
        let mut hash = String::new();
        for byte in Sha256::digest(name.as_bytes()).iter().take(16) {
            // writing to a String does not fail
            let _ = write!(hash, "{byte:02x}");
        }
        name.truncate(MAX_NAME - CUT_MARK.len() - hash.len());
        name = format!("{name}{CUT_MARK}{hash}");
    }
    Some(name)
}

/// True for a directory name that does not hold the whole path.
pub(super) fn is_cut(dir_name: &str) -> bool {
    dir_name.contains(CUT_MARK)
}

/// The path of a directory name that is not cut; `None` for what is no folder.
pub(super) fn path(dir_name: &str) -> Option<FolderPath> {
    let levels = dir_name.strip_prefix('.')?.split('.').map(unescape);
    FolderPath::new(levels).ok()
}

/// A level as it stands in directory names and in `subscriptions`. All ASCII.
pub(super) fn escape(level: &str) -> String {
    utf7::encode(level)
        .replace('\\', "\\5c")
        .replace('.', "\\2e")
        .replace('/', "\\2f")
}

/// The level of an escaped name; total.
pub(super) fn unescape(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&b) = bytes.get(at) {
        let hex = (b == b'\\').then(|| text.get(at + 1..at + 3)).flatten();
        match hex
            .filter(|h| h.bytes().all(|b| b.is_ascii_hexdigit()))
            .and_then(|h| u8::from_str_radix(h, 16).ok())
        {
            Some(value) => {
                out.push(value);
                at += 3;
            }
            None => {
                out.push(b);
                at += 1;
            }
        }
    }
    utf7::decode(&out)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn names_both_ways_and_inside_the_tree() {
        for (levels, dir) in [
            (vec!["Sent"], ".Sent"),
            (vec!["Archive", "2019"], ".Archive.2019"),
            (vec!["v1.2.final"], ".v1\\2e2\\2efinal"),
            (vec!["Entwürfe"], ".Entw&APw-rfe"),
            (vec!["R&D"], ".R&-D"),
            (vec!["back\\slash"], ".back\\5cslash"),
            (vec!["..", "etc"], ".\\2e\\2e.etc"),
            (vec!["/etc/passwd"], ".\\2fetc\\2fpasswd"),
            (vec!["cur"], ".cur"),
            (vec!["a\0b\n"], ".a&AAA-b&AAo-"),
            (vec!["INBOX", "x"], ".INBOX.x"),
            (vec!["  spaces  "], ".  spaces  "),
            (vec!["\\2e"], ".\\5c2e"),
            (vec!["\u{202e}evil"], ".&IC4-evil"),
        ] {
            let folder = FolderPath::new(levels).unwrap();
            assert_eq!(dir_name(&folder).as_deref(), Some(dir));
            assert_eq!(path(dir), Some(folder));
            assert!(!dir.contains(['/', '\0', '\n']) && dir != ".." && dir != ".");
        }
        assert_eq!(dir_name(&FolderPath::inbox()), None);
        assert_eq!(path(".."), None);
        assert_eq!(path("cur"), None);
    }

    #[test]
    fn long_names_stay_apart() {
        let name = |end: char| {
            dir_name(&FolderPath::new([format!("{}{end}", "ü".repeat(300))]).unwrap()).unwrap()
        };
        assert!(name('a').len() <= 255 && is_cut(&name('a')) && name('a') != name('b'));
        assert!(!is_cut(".back\\5c-slash"));
    }
}
