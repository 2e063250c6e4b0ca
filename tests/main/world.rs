//! A world to run the program in: a home, a folder to stand in, and a mail server that the documents call imap.contoso.com.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use crate::support::corpus;
use crate::support::dovecot::{Dovecot, Options};
use crate::support::judge::{self, Account};
use crate::support::tls::authority;

/// The people of document 004: address, login, password.
pub const PEOPLE: [(&str, &str, &str); 3] = [
    ("terrya@contoso.edu", "terry.adams", "1091990"),
    ("annb@contoso.edu", "ann.beebe", "2111991"),
    ("paulc@contoso.edu", "paul.cannon", "3281986"),
];

/// What the server is called in the documents, beside imap.contoso.com.
const NAMES: [&str; 4] = [
    "localhost",
    "pop.contoso.com",
    "pop.corp.contoso.edu",
    "imap.corp.contoso.edu",
];

/// A home, a folder, a server.
pub struct World {
    folder: tempfile::TempDir,
    /// The old server.
    pub server: Dovecot,
}

/// What a run said and how it ended.
#[derive(Debug)]
pub struct Ran {
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
    /// The exit code; `None` when a signal ended it.
    pub code: Option<i32>,
}

impl Ran {
    fn of(output: &Output) -> Ran {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Ran {
            out: text(&output.stdout),
            err: text(&output.stderr),
            code: output.status.code(),
        }
    }

    /// The output of a run that must end with code 0 and without an error.
    pub fn fine(self) -> String {
        assert!(
            self.code == Some(0) && self.err.is_empty(),
            "it went wrong: {self:?}"
        );
        self.out
    }

    /// Asserts that a run failed with this error id and these words.
    pub fn failed(&self, id: &str, words: &[&str]) {
        let said = format!("{}{}", self.out, self.err);
        let said: String = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains(id), "no {id} in: {said}");
        for word in words {
            assert!(said.contains(word), "no \"{word}\" in: {said}");
        }
    }
}

impl World {
    /// A world whose server has the three people with about `messages` messages each.
    pub fn new(messages: usize) -> World {
        World::with(
            Dovecot::with(&Options {
                certificate_for: NAMES.join(","),
                ..Options::default()
            }),
            messages,
        )
    }

    /// The same with a server of one's own.
    pub fn with(server: Dovecot, messages: usize) -> World {
        let world = World {
            folder: tempfile::tempdir().unwrap(),
            server,
        };
        let mut csv = String::from("EmailAddress,UserName,Password\n");
        for (seed, (address, login, password)) in PEOPLE.iter().enumerate() {
            world.server.user(login, password);
            if messages > 0 {
                corpus::seed(&world.server.maildir(login), seed as u64, messages);
            }
            csv.push_str(&format!("{address},{login},{password}\n"));
        }
        world.write("users.csv", &csv);
        world
    }

    /// The state folder.
    pub fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// Writes a file into the folder the program stands in.
    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.folder.path().join(name), text).unwrap();
    }

    /// A path in the folder the program stands in.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A text with the host and ports of the documents replaced by those of the server.
    pub fn mapped(&self, text: &str) -> String {
        let text = text.replace(
            "[System.IO.File]::ReadAllBytes(",
            "Get-Content -Encoding Byte -LiteralPath (",
        );
        let text = text
            .replace("imap.contoso.com", "localhost")
            .replace("C:\\Users\\Administrator\\Desktop\\", "");
        text.replace("-Port 993", &format!("-Port {}", self.server.imaps))
            .replace(
                "-Port 143",
                &format!("-Port {} -Security Tls", self.server.imap),
            )
            .replace("-Security Tls -Security Tls", "-Security Tls")
    }

    /// The program, ready to start in this world, on another home if need be.
    pub fn command(&self, home: &Path) -> Command {
        self.command_of(Command::new(env!("CARGO_BIN_EXE_mailtern")), home)
    }

    /// The program under a limit of time, so that a wait without end is a failure and not a test that hangs.
    fn limited(&self, home: &Path) -> Command {
        let mut command = Command::new("timeout");
        command.args(["-k", "5", "180", env!("CARGO_BIN_EXE_mailtern")]);
        self.command_of(command, home)
    }

    fn command_of(&self, mut command: Command, home: &Path) -> Command {
        command
            .arg("--home")
            .arg(home)
            .args(["-NoProfile", "-NonInteractive"]);
        command
            .current_dir(self.folder.path())
            .env("SSL_CERT_FILE", authority().file())
            .env("NO_COLOR", "1")
            .env("MAILTERN_RESOLVE", self.elsewhere())
            .env_remove("SSL_CERT_DIR");
        command.stdin(Stdio::null());
        command
    }

    /// Sends the names of the documents, with their ports, to the server.
    fn elsewhere(&self) -> String {
        let server = &self.server;
        let ports = [
            (993, server.imaps),
            (143, server.imap),
            (995, server.pop3s),
            (110, server.pop3),
        ];
        let of = |name: &&str| ports.map(|(from, to)| format!("{name}:{from}=127.0.0.1:{to}"));
        NAMES.iter().flat_map(of).collect::<Vec<_>>().join(",")
    }

    /// Runs a script text.
    pub fn run(&self, script: &str) -> Ran {
        self.run_at(&self.home(), script)
    }

    /// Runs a script text on another home.
    pub fn run_at(&self, home: &Path, script: &str) -> Ran {
        Ran::of(
            &self
                .limited(home)
                .arg("-Command")
                .arg(self.mapped(script))
                .output()
                .unwrap(),
        )
    }

    /// Starts a script text and does not wait for it.
    pub fn start(&self, script: &str) -> Child {
        let mut command = self.command(&self.home());
        command
            .arg("-Command")
            .arg(self.mapped(script))
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command.spawn().unwrap()
    }

    /// Endpoint and mailboxes: what must be there before a batch.
    pub fn prepare(&self) {
        self.run(
            "New-MigrationEndpoint -IMAP -Name IMAPEndpoint -RemoteServer imap.contoso.com -Port 993 -Security Ssl | Out-Null
             Import-Csv users.csv | New-Mailbox | Out-Null",
        )
        .fine();
    }

    /// What the source serves of a person.
    pub fn source(&self, login: &str, password: &str) -> Account {
        judge::account(self.server.imap, login, password)
    }

    /// What a Dovecot serves of the mail store's mailbox.
    pub fn target(&self, address: &str) -> Account {
        let path = self.run(&format!("(Get-Mailbox {address}).Path")).fine();
        judge::store_account(Path::new(path.trim()))
    }

    /// Fails unless every person's source and target are the same.
    pub fn assert_all_same(&self) {
        for (address, login, password) in PEOPLE {
            judge::assert_same(&self.source(login, password), &self.target(address));
        }
    }
}

/// Lines of an output without blanks around them and without empty ones.
pub fn lines(text: &str) -> Vec<String> {
    text.lines()
        .map(|line| line.trim().to_owned())
        .filter(|line| !line.is_empty())
        .collect()
}
