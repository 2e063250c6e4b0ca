//! A private Dovecot with seeded Maildirs, and the judge that compares two Maildirs.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use sha2::{Digest, Sha256};

/// Ends with the value.
pub struct Dovecot {
    folder: tempfile::TempDir,
    pub port: u16,
}

/// The unprivileged owner of the mail when the tests run as root.
const OWNER: u32 = 65534;

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

impl Dovecot {
    /// Starts a server for users `user0…`, password `pw-userN`; `boss` with `pw-boss` opens every mailbox.
    pub fn start(users: usize) -> Self {
        Self::with(users, "")
    }

    /// The same with more lines of configuration.
    pub fn with(users: usize, more: &str) -> Self {
        let folder = tempfile::Builder::new().prefix("dc").tempdir().unwrap();
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let port = free_port();
        let server = Self { folder, port };
        for name in ["run", "state", "mail"] {
            fs::create_dir(server.path(name)).unwrap();
        }
        let list: String = (0..users)
            .map(|user| format!("user{user}:{{PLAIN}}pw-user{user}\n"))
            .collect();
        fs::write(server.path("users"), list).unwrap();
        fs::write(server.path("masters"), "boss:{PLAIN}pw-boss\n").unwrap();
        fs::write(server.path("dovecot.conf"), server.config() + more).unwrap();
        server.own();
        server.up();
        server
    }

    /// Starts the server again after `down`. It listens when this returns.
    pub fn up(&self) {
        let words = self.path("words");
        assert!(
            self.command(&[]),
            "dovecot: {}",
            fs::read_to_string(words).unwrap()
        );
    }

    /// Stops the server with every connection.
    pub fn down(&self) {
        self.command(&["stop"]);
    }

    /// A daemon keeps what it was given as standard error: a file, for a pipe would not end.
    fn command(&self, arguments: &[&str]) -> bool {
        let words = fs::File::create(self.path("words")).unwrap();
        let done = Command::new("dovecot")
            .arg("-c")
            .arg(self.path("dovecot.conf"))
            .args(arguments)
            .stderr(words)
            .status()
            .expect("dovecot is not installed: scripts/test installs it");
        done.success()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The Maildir of a user.
    pub fn maildir(&self, user: usize) -> PathBuf {
        self.path("mail").join(format!("user{user}"))
    }

    /// Gives the mail to whom the server reads it as.
    pub fn own(&self) {
        if is_root() {
            own(&self.path("mail"));
        }
    }

    fn config(&self) -> String {
        let root = self.folder.path().display();
        let port = self.port;
        let who = if is_root() {
            format!("mail_uid = {OWNER}\nmail_gid = {OWNER}\n")
        } else {
            let name = std::env::var("USER").unwrap_or_else(|_| "nobody".into());
            format!(
                "default_internal_user = {name}\ndefault_login_user = {name}\n\
                 service anvil {{\n chroot =\n}}\nservice imap-login {{\n chroot =\n}}\nservice stats {{\n chroot =\n}}\n"
            )
        };
        format!(
            "base_dir = {root}/run\nstate_dir = {root}/state\nlog_path = {root}/log\nprotocols = imap\n\
             listen = 127.0.0.1\nssl = no\ndisable_plaintext_auth = no\nfirst_valid_uid = 1\nauth_failure_delay = 0\n\
             mail_location = maildir:{root}/mail/%n\nmail_max_userip_connections = 500\nmail_plugins = listescape\n{who}\
             auth_master_user_separator = *\n\
             passdb {{\n driver = passwd-file\n args = {root}/masters\n master = yes\n result_success = continue\n}}\n\
             passdb {{\n driver = passwd-file\n args = username_format=%n {root}/users\n}}\n\
             userdb {{\n driver = static\n args = home={root}/mail/%n\n}}\n\
             namespace inbox {{\n inbox = yes\n separator = /\n}}\n\
             service imap-login {{\n service_count = 0\n client_limit = 1000\n inet_listener imap {{\n  port = {port}\n }}\n \
             inet_listener imaps {{\n  port = 0\n }}\n}}\nservice imap {{\n process_limit = 500\n}}\n"
        )
    }
}

impl Drop for Dovecot {
    fn drop(&mut self) {
        self.down();
    }
}

fn own(path: &Path) {
    chown(path, Some(OWNER), Some(OWNER)).unwrap();
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            own(&entry.unwrap().path());
        }
    }
}

/// A port that nothing listens on now.
pub fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// Writes messages into a folder of a Maildir; `folder` is empty for the inbox, else like `.Sent`. `first` numbers them.
pub fn seed(maildir: &Path, folder: &str, first: usize, count: usize) {
    let folder = if folder.is_empty() {
        maildir.to_owned()
    } else {
        maildir.join(folder)
    };
    for part in ["cur", "new", "tmp"] {
        fs::create_dir_all(folder.join(part)).unwrap();
    }
    for number in first..first + count {
        let text = message(&folder, number);
        let time = 1_500_000_000 + number as u64 * 3600;
        let flags = ["", "S", "RS", "FS", "DS", "T"][number % 6];
        let path = folder.join("cur").join(format!(
            "{time}.M{number}P1.seed,S={}:2,{flags}",
            text.len()
        ));
        fs::write(&path, text).unwrap();
        let when = SystemTime::UNIX_EPOCH + Duration::from_secs(time);
        fs::File::options()
            .append(true)
            .open(&path)
            .unwrap()
            .set_modified(when)
            .unwrap();
    }
}

fn message(folder: &Path, number: usize) -> String {
    let place = folder.file_name().unwrap().to_string_lossy().into_owned();
    let lines = 1 + number * 7 % 90;
    let body = format!("Line of message {number} in {place}.\r\n").repeat(lines);
    format!(
        "From: a@x.example\r\nTo: b@x.example\r\nSubject: No. {number}\r\nMessage-ID: <{number}.{place}@x.example>\r\n\
         Date: Fri, 14 Jul 2017 02:40:00 +0000\r\n\r\n{body}"
    )
}

/// What lies in a Maildir: for every folder each message as (flags, time, hash of its bytes with CRLF), with its count.
pub type Content = BTreeMap<String, BTreeMap<(String, u64, String), usize>>;

/// Reads a Maildir.
pub fn content(maildir: &Path) -> Content {
    let mut all = Content::new();
    for entry in fs::read_dir(maildir).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') && entry.path().is_dir() {
            all.insert(name, folder_content(&entry.path()));
        }
    }
    all.insert(String::new(), folder_content(maildir));
    all.retain(|_, messages| !messages.is_empty());
    all
}

fn folder_content(folder: &Path) -> BTreeMap<(String, u64, String), usize> {
    let mut messages = BTreeMap::new();
    for part in ["cur", "new"] {
        let Ok(files) = fs::read_dir(folder.join(part)) else {
            continue;
        };
        for file in files {
            let path = file.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let flags = name.split_once(":2,").map_or("", |(_, flags)| flags);
            let time = path.metadata().unwrap().modified().unwrap();
            let time = time
                .duration_since(SystemTime::UNIX_EPOCH)
                .unwrap()
                .as_secs();
            let bytes = fs::read(&path).unwrap();
            let lf = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
            let hash = Sha256::digest(lf.as_bytes());
            let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
            *messages.entry((flags.to_owned(), time, hash)).or_default() += 1;
        }
    }
    messages
}

/// Asserts that two Maildirs hold the same.
pub fn assert_same(source: &Path, target: &Path) {
    let (left, right) = (content(source), content(target));
    let folders = |content: &Content| content.keys().cloned().collect::<Vec<_>>();
    assert_eq!(folders(&left), folders(&right));
    for (folder, messages) in &left {
        let other = &right[folder];
        for (message, count) in messages {
            assert_eq!(other.get(message), Some(count), "{folder:?} {message:?}");
        }
        assert_eq!(messages.len(), other.len(), "{folder:?}");
    }
}
