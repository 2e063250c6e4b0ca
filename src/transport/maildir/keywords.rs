//! Keywords of a folder: Dovecot's `dovecot-keywords` gives each a letter, `a` to `z`, that stands in file names.

use std::{io::Write, thread, time::Duration};

use super::dir::{Dir, failed};
use crate::{mail::FlagSet, transport::TransportError};

const FILE: &str = "dovecot-keywords";
/// Dovecot's lock for the file.
const LOCK: &str = "dovecot-keywords.lock";
const TEMPORARY: &str = "dovecot-keywords.mailtern";
/// What our lock says, with the process after it.
const MARK: &str = "mailtern ";
/// How long a lock may lie untouched.
const PATIENCE: Duration = Duration::from_secs(5);
const STEP: Duration = Duration::from_millis(20);
const MAX: usize = 26;

/// The keywords of a folder, by letter.
#[derive(Debug, Default)]
pub(super) struct Keywords {
    by_letter: Vec<Option<String>>,
    /// True once somebody had to wait for a keyword that did not fit; saves looking again.
    is_full: bool,
}

/// The letters of a message's keywords, and how many keywords got none.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Letters {
    pub(super) letters: String,
    pub(super) dropped: u64,
}

impl Keywords {
    /// Reads a folder's keywords.
    pub(super) fn read(folder: &Dir) -> Result<Self, TransportError> {
        Ok(Self::parse(&folder.read(FILE)?.unwrap_or_default()))
    }

    fn parse(bytes: &[u8]) -> Self {
        let mut by_letter: Vec<Option<String>> = Vec::new();
        for line in String::from_utf8_lossy(bytes).lines() {
            let Some((index, name)) = line.split_once(' ') else {
                continue;
            };
            let Some(index) = index.parse::<usize>().ok().filter(|&i| i < MAX) else {
                continue;
            };
            if by_letter.len() <= index {
                by_letter.resize(index + 1, None);
            }
            by_letter[index] = Some(name.to_owned());
        }
        let is_full = by_letter.iter().flatten().count() >= MAX;
        Self { by_letter, is_full }
    }

    /// The letters of these flags' keywords. New keywords get a letter, on the disk first.
    pub(super) fn letters(
        &mut self,
        folder: &Dir,
        flags: &FlagSet,
    ) -> Result<Letters, TransportError> {
        if flags
            .keywords()
            .any(|name| self.find(name).is_none() && can_be_kept(name))
            && !self.is_full
        {
            self.give_letters(folder, flags)?;
        }
        let mut found = Letters::default();
        for name in flags.keywords() {
            match self.find(name) {
                Some(letter) => found.letters.push(letter),
                None => found.dropped += 1,
            }
        }
        // file names have them in order
        let mut sorted: Vec<char> = found.letters.chars().collect();
        sorted.sort_unstable();
        found.letters = sorted.into_iter().collect();
        Ok(found)
    }

    /// The letters of those of these flags' keywords that have one.
    pub(super) fn known_letters(&self, flags: &FlagSet) -> String {
        flags
            .keywords()
            .filter_map(|name| self.find(name))
            .collect()
    }

    /// The keyword of a letter.
    pub(super) fn of_letter(&self, letter: char) -> Option<&str> {
        let index = (letter as usize).checked_sub('a' as usize)?;
        self.by_letter.get(index)?.as_deref()
    }

    fn find(&self, name: &str) -> Option<char> {
        let same =
            |known: &Option<String>| known.as_ref().is_some_and(|k| k.eq_ignore_ascii_case(name));
        let index = self.by_letter.iter().position(same)?;
        Some(char::from(b'a' + u8::try_from(index).ok()?))
    }

    /// The new file is on the disk before the lock is taken, so that the lock is held for an instant only.
    fn give_letters(&mut self, folder: &Dir, flags: &FlagSet) -> Result<(), TransportError> {
        loop {
            let before = folder.read(FILE)?;
            *self = Self::parse(before.as_deref().unwrap_or_default());
            for name in flags.keywords().filter(|name| can_be_kept(name)) {
                self.add(name);
            }
            let mut file = folder.create(TEMPORARY)?;
            let write = file
                .write_all(self.text().as_bytes())
                .and_then(|()| file.sync_all());
            if let Err(error) = write {
                folder.remove(TEMPORARY)?;
                return Err(failed("write", &folder.label_of(FILE), error));
            }
            lock(folder, PATIENCE)?;
            // somebody else may have been faster
            let is_same = folder.read(FILE).map(|now| now == before);
            let moved = match is_same {
                Ok(true) => folder.rename(TEMPORARY, folder, FILE).map(|_| true),
                other => other,
            };
            folder.remove(LOCK)?;
            if moved? {
                return Ok(());
            }
        }
    }

    fn text(&self) -> String {
        self.by_letter
            .iter()
            .enumerate()
            .filter_map(|(i, n)| Some(format!("{i} {}\n", n.as_ref()?)))
            .collect()
    }

    fn add(&mut self, name: &str) {
        if self.find(name).is_some() {
            return;
        }
        match self.by_letter.iter().position(Option::is_none) {
            Some(free) => self.by_letter[free] = Some(name.to_owned()),
            None if self.by_letter.len() < MAX => self.by_letter.push(Some(name.to_owned())),
            None => self.is_full = true,
        }
    }
}

/// Names with blanks, brackets or control characters would break the file, or IMAP when they are served.
fn can_be_kept(name: &str) -> bool {
    name.len() <= 255
        && !name
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || "(){%*\"\\]".contains(c))
}

/// Takes the lock that Dovecot takes too. One that a dead process of ours left is removed at once, one that nobody
/// touches for so long is taken for a leftover as well: it is never held for longer than a file takes to be renamed.
fn lock(folder: &Dir, patience: Duration) -> Result<(), TransportError> {
    let mut left = patience;
    let mut seen = None;
    loop {
        match folder.create_new(LOCK) {
            Ok(mut file) => {
                // the mark only helps to clean up
                let _ = file.write_all(format!("{MARK}{}\n", std::process::id()).as_bytes());
                return Ok(());
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(failed("write", &folder.label_of(LOCK), error)),
        }
        let now = folder.stamp(LOCK);
        if is_left_by_the_dead(folder)? || left.is_zero() {
            folder.remove(LOCK)?;
        } else {
            if now != seen {
                left = patience;
            }
            thread::sleep(STEP);
            left = left.saturating_sub(STEP);
        }
        seen = now;
    }
}

fn is_left_by_the_dead(folder: &Dir) -> Result<bool, TransportError> {
    let text = folder.read(LOCK)?.unwrap_or_default();
    let pid = std::str::from_utf8(&text)
        .ok()
        .and_then(|t| t.trim().strip_prefix(MARK)?.parse().ok());
    let process = pid.and_then(rustix::process::Pid::from_raw);
    // Linux tells only that there is none; anything else may be somebody
    Ok(process
        .is_some_and(|p| rustix::process::test_kill_process(p) == Err(rustix::io::Errno::SRCH)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn letters_are_given_once_and_kept() {
        let temp = tempfile::tempdir().unwrap();
        let folder = Dir::open(temp.path()).unwrap();
        std::fs::write(
            temp.path().join(FILE),
            "0 $Forwarded\n2 NonJunk\n99 x\nbad\n",
        )
        .unwrap();
        let mut keywords = Keywords::read(&folder).unwrap();
        let flags = FlagSet::from_names(["nonjunk", "$forwarded", "$label1", "Work-2019"]);
        assert_eq!(
            keywords.letters(&folder, &flags).unwrap(),
            Letters {
                letters: "abcd".into(),
                dropped: 0
            }
        );
        let text = std::fs::read_to_string(temp.path().join(FILE)).unwrap();
        assert_eq!(text, "0 $Forwarded\n1 $label1\n2 NonJunk\n3 Work-2019\n");
    }

    #[test]
    fn locks_of_the_dead_are_broken() {
        let temp = tempfile::tempdir().unwrap();
        let folder = Dir::open(temp.path()).unwrap();
        // no process has this number: it is above the kernel's limit
        std::fs::write(temp.path().join(LOCK), "mailtern 2147483647\n").unwrap();
        let flags = FlagSet::from_names(["x"]);
        assert_eq!(
            Keywords::default()
                .letters(&folder, &flags)
                .unwrap()
                .letters,
            "a"
        );
        std::fs::write(temp.path().join(LOCK), "somebody").unwrap();
        lock(&folder, STEP).unwrap();
        let text = std::fs::read_to_string(temp.path().join(LOCK)).unwrap();
        assert_eq!(text, format!("mailtern {}\n", std::process::id()));
    }

    #[test]
    fn what_does_not_fit_is_counted() {
        let temp = tempfile::tempdir().unwrap();
        let folder = Dir::open(temp.path()).unwrap();
        let mut keywords = Keywords::read(&folder).unwrap();
        let names: Vec<String> = (0..30).map(|i| format!("k{i:02}")).collect();
        let flags = FlagSet::from_names(names.iter().map(String::as_str));
        let letters = keywords.letters(&folder, &flags).unwrap();
        assert_eq!((letters.letters.len(), letters.dropped), (26, 4));
        let odd = FlagSet::from_names(["a b", "x]", "y\"", "k00"]);
        assert_eq!(
            Keywords::read(&folder)
                .unwrap()
                .letters(&folder, &odd)
                .unwrap(),
            Letters {
                letters: "a".into(),
                dropped: 3
            }
        );
        assert!(!temp.path().join(LOCK).exists());
    }
}
