//! The typed statements of earlier sessions: a file in the state folder that only its owner may read.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::secrets;

/// Statements read back at most; a file twice as long is cut when it is read.
const KEPT: usize = 5000;

/// The file. A statement of several lines has a backtick at the end of each line but the last.
pub struct HistoryFile {
    path: PathBuf,
}

impl HistoryFile {
    /// The file of a state folder.
    pub fn of(home: &Path) -> Self {
        Self {
            path: home.join("history"),
        }
    }

    /// Whether there is one: no session was here before otherwise.
    pub fn exists(&self) -> bool {
        self.path.exists()
    }

    /// The statements, oldest first; none when the file cannot be read.
    pub fn load(&self) -> Vec<String> {
        let Ok(bytes) = fs::read(&self.path) else {
            return Vec::new();
        };
        let mut all = read(&String::from_utf8_lossy(&bytes));
        if all.len() > KEPT * 2 {
            all.drain(..all.len() - KEPT);
            // What cannot be rewritten stays long.
            let _ = self.rewrite(&all);
        }
        all
    }

    /// Adds a statement, unless it may hold a secret.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn add(&self, statement: &str) -> io::Result<()> {
        if statement.trim().is_empty() || secrets::may_hold(statement) {
            return Ok(());
        }
        self.open(false)?.write_all(written(statement).as_bytes())
    }

    fn rewrite(&self, all: &[String]) -> io::Result<()> {
        let text: String = all.iter().map(|statement| written(statement)).collect();
        self.open(true)?.write_all(text.as_bytes())
    }

    fn open(&self, truncate: bool) -> io::Result<File> {
        if let Some(folder) = self.path.parent().filter(|folder| !folder.exists()) {
            let mut builder = fs::DirBuilder::new();
            builder.recursive(true);
            #[cfg(unix)]
            std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
            builder.create(folder)?;
        }
        let mut options = OpenOptions::new();
        options
            .create(true)
            .write(true)
            .append(!truncate)
            .truncate(truncate);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.open(&self.path)
    }
}

fn written(statement: &str) -> String {
    format!("{}\n", statement.trim_end().replace('\n', "`\n"))
}

fn read(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut current = String::new();
    for line in text.lines() {
        match line.strip_suffix('`') {
            Some(part) => {
                current.push_str(part);
                current.push('\n');
            }
            None => {
                current.push_str(line);
                all.push(std::mem::take(&mut current));
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn statements_come_back_and_secrets_do_not() {
        let home = tempfile::tempdir().unwrap();
        let file = HistoryFile::of(&home.path().join("new"));
        assert!(!file.exists() && file.load().is_empty());
        file.add("Get-Date").unwrap();
        file.add("foreach ($i in 1) {\n  $i\n}\n").unwrap();
        file.add("ConvertTo-SecureString x -AsPlainText -Force")
            .unwrap();
        file.add("  ").unwrap();
        assert_eq!(file.load(), ["Get-Date", "foreach ($i in 1) {\n  $i\n}"]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(&file.path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn a_long_file_is_cut() {
        let home = tempfile::tempdir().unwrap();
        let file = HistoryFile::of(home.path());
        let lines: String = (0..KEPT * 2 + 1).map(|i| format!("{i}\n")).collect();
        fs::write(&file.path, lines).unwrap();
        assert_eq!(file.load().len(), KEPT);
        assert_eq!(file.load()[0], (KEPT + 1).to_string());
    }
}
