//! One migration of one mailbox: its source, its home, its target, and what must hold at its end.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use mailtern::engine::batch::{BatchStatus, NewBatch};
use mailtern::engine::endpoint::{NewEndpoint, Security};
use mailtern::engine::mailbox::NewMailbox;
use mailtern::engine::user::StatisticsRequest;
use mailtern::engine::{Engine, EngineError, EngineOptions};

use crate::ledger::{self, Sums};
use crate::maildir::{self, Mail};
use crate::support::corpus::{self, Numbers};
use crate::support::dovecot::{Dovecot, give};

pub const BATCH: &str = "Wave";
pub const ADDRESS: &str = "ann@x.example";
/// Small groups, so that little mail has many of them.
const GROUP: u64 = 4;
const PATIENCE: Duration = Duration::from_secs(120);
/// How many milliseconds a child process waits for its batch.
pub const PATIENCE_MS: &str = "MAILTERN_TEST_PATIENCE_MS";
/// Where a child process finds its home.
const HOME: &str = "MAILTERN_TEST_HOME";

/// A server with a mailbox to migrate.
pub struct Source {
    pub server: Dovecot,
}

impl Source {
    /// With so many messages in the inbox and fewer in other folders.
    pub fn new(messages: usize) -> Source {
        let server = Dovecot::start();
        server.user("ann", "secret");
        seed(&server.maildir("ann"), messages);
        Source { server }
    }

    /// What it holds.
    pub fn mail(&self) -> Mail {
        maildir::mail(&self.server.maildir("ann"))
    }
}

/// Ordinary mail, twins, a message without an identity; flags, keywords, dates.
pub fn seed(maildir: &Path, messages: usize) {
    let mut numbers = Numbers(7);
    let mut serial = 0;
    for (folder, count) in [
        ("", messages),
        (".Sent", messages / 2),
        (".Archive.2019", messages / 3),
        (".Empty", 0),
    ] {
        let path = maildir.join(folder);
        for part in ["cur", "new", "tmp"] {
            fs::create_dir_all(path.join(part)).unwrap();
        }
        fs::write(
            path.join("dovecot-keywords"),
            "0 $Forwarded\n1 NonJunk\n2 $label1\n3 Work-2019\n",
        )
        .unwrap();
        let mut bodies: Vec<Vec<u8>> = (0..count).map(|_| short(&mut numbers)).collect();
        if let [first, second, third, .., last] = &mut bodies[..] {
            // true twins, and one that nothing names
            last.clone_from(first);
            second.clone_from(first);
            *third = b"X-Only: 1\n\nnothing that identifies it\n".to_vec();
        }
        for body in bodies {
            serial += 1;
            corpus::write(&path, serial, &body, &mut numbers);
        }
    }
    give(maildir.parent().unwrap());
}

fn short(numbers: &mut Numbers) -> Vec<u8> {
    let n = numbers.next();
    let line = "line of a message, long enough to count\n".repeat(1 + n as usize % 12);
    format!("From: s{}@rig.test\nTo: ann@rig.test\nSubject: message {n:x}\nDate: Mon, 2 Mar 2015 10:00:00 +0000\nMessage-ID: <{n:x}@rig.test>\n\n{line}", n % 9).into_bytes()
}

/// A folder that costs nothing to sync, where the system has one.
pub fn scratch() -> tempfile::TempDir {
    let quick = Path::new("/dev/shm");
    if quick.is_dir() {
        tempfile::tempdir_in(quick).unwrap()
    } else {
        tempfile::tempdir().unwrap()
    }
}

/// A migration of a source into the mail store of a home of its own.
pub struct Case {
    folder: tempfile::TempDir,
}

impl Case {
    /// Endpoint, mailbox and a batch that is not started; the source is asked at this port.
    pub async fn new(port: u16) -> Case {
        let case = Case { folder: scratch() };
        let engine = case.engine().await;
        let endpoint = NewEndpoint {
            name: "old".into(),
            remote_server: "127.0.0.1".into(),
            port: Some(port),
            security: Security::None,
            skip_verification: true,
            ..NewEndpoint::default()
        };
        engine.new_endpoint(endpoint).await.unwrap();
        let mailbox = NewMailbox {
            name: ADDRESS.into(),
            primary_smtp_address: Some(ADDRESS.into()),
            ..NewMailbox::default()
        };
        engine.new_mailbox(mailbox).await.unwrap();
        let batch = NewBatch {
            name: BATCH.into(),
            csv: format!("EmailAddress,UserName,Password\n{ADDRESS},ann,secret\n").into_bytes(),
            source_endpoint: "old".into(),
            ..NewBatch::default()
        };
        engine.new_batch(batch).await.unwrap();
        case.close(engine).await;
        case
    }

    /// The state folder.
    pub fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// The mail store's mailbox.
    pub fn target(&self) -> PathBuf {
        self.home().join("mail").join(ADDRESS).join("Maildir")
    }

    /// The engine on this home.
    pub async fn engine(&self) -> Engine {
        Engine::open(options(&self.home())).await.unwrap()
    }

    /// Closes the engine and waits until it has let go of its files.
    async fn close(&self, engine: Engine) {
        engine.shutdown().await.unwrap();
        drop(engine);
        let until = Instant::now() + PATIENCE;
        while is_open_here(&self.home()) {
            assert!(Instant::now() < until, "the state is never closed");
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    /// A process of its own that works on this home until the batch is at rest.
    pub fn process(&self) -> Command {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .args(["--exact", "case::the_process_that_works", "--nocapture"])
            .env(HOME, self.home());
        command
    }

    /// Goes on to the end, whatever was before; everything must have arrived, once, and told so. A further run changes nothing.
    pub async fn must_end_well(&self, source: &Mail, what: &str) -> Sums {
        let sums = self.goes_on_to(BatchStatus::Synced, what).await;
        self.must_hold(source, what);
        let expected = maildir::count(source) as i64;
        assert_eq!(
            (sums.total, sums.arrived()),
            (expected, expected),
            "{what}: {sums:?}"
        );
        let stamps = maildir::stamps(&self.target());
        assert_eq!(
            self.goes_on_to(BatchStatus::Synced, what).await,
            sums,
            "{what}"
        );
        assert_eq!(
            maildir::stamps(&self.target()),
            stamps,
            "{what}: the second run wrote"
        );
        sums
    }

    /// Fails unless the target holds what the source holds.
    pub fn must_hold(&self, source: &Mail, what: &str) {
        let found = maildir::differences(source, &maildir::mail(&self.target()));
        assert!(found.is_empty(), "{what}:\n{}", found.join("\n"));
    }

    /// Goes on until the batch is at rest, which must be in this state, and gives the sums.
    pub async fn goes_on_to(&self, expected: BatchStatus, what: &str) -> Sums {
        let engine = self.engine().await;
        let status = match go_on(&engine).await {
            Ok(status) => status,
            Err(error) => panic!("{what}: {error}"),
        };
        assert_eq!(status, expected, "{what}: {}", explain(&engine).await);
        self.close(engine).await;
        ledger::sums(&self.home(), what).await
    }
}

fn options(home: &Path) -> EngineOptions {
    EngineOptions {
        retry_unit: Duration::from_millis(20),
        group_messages: GROUP,
        ..EngineOptions::new(home)
    }
}

/// Whether this process has a file of a folder open.
fn is_open_here(folder: &Path) -> bool {
    let files = fs::read_dir("/proc/self/fd").unwrap();
    // what is closed meanwhile has no name any more
    files
        .filter_map(|file| fs::read_link(file.ok()?.path()).ok())
        .any(|file| file.starts_with(folder))
}

/// Takes up what was running, or starts it, and waits for its end.
pub async fn go_on(engine: &Engine) -> Result<BatchStatus, EngineError> {
    if engine.resume().await?.is_empty() {
        engine.start_batch(BATCH).await?;
    }
    engine.wait_batch(BATCH, Some(PATIENCE)).await
}

/// What the engine says of the user.
pub async fn explain(engine: &Engine) -> String {
    let request = StatisticsRequest {
        identity: ADDRESS.into(),
        include_report: true,
        include_skipped_items: true,
        ..StatisticsRequest::default()
    };
    let one = engine.get_user_statistics(request).await.unwrap().remove(0);
    let report: Vec<String> = one
        .report
        .into_iter()
        .flatten()
        .map(|line| line.message)
        .collect();
    format!(
        "{:?} {:?} {:?}\n{}",
        one.user.status,
        one.error,
        one.skipped_items,
        report.join("\n")
    )
}

/// Not a test of its own: what a process does that a fault is put into. Ends with 0 when the batch is synced, with 3 when it ended
/// otherwise, with 4 when it did not end, with 5 when the state could not be used.
#[test]
fn the_process_that_works() {
    let Some(home) = std::env::var_os(HOME).map(PathBuf::from) else {
        return;
    };
    let patience = std::env::var(PATIENCE_MS).map_or(PATIENCE, |text| {
        Duration::from_millis(text.parse().unwrap())
    });
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let work = async {
        let engine = Engine::open(options(&home)).await?;
        let status = go_on(&engine).await?;
        engine.shutdown().await?;
        Ok::<_, EngineError>(status)
    };
    let code = match runtime.block_on(async { tokio::time::timeout(patience, work).await }) {
        Ok(Ok(BatchStatus::Synced)) => 0,
        Ok(Ok(_)) => 3,
        Err(_) => 4,
        Ok(Err(error)) => {
            eprintln!("{error}");
            5
        }
    };
    std::process::exit(code);
}
