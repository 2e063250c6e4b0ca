//! One migration of one mailbox: its source, its home, its target, and what must hold at its end.

use std::collections::BTreeMap;
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

pub const BATCH: &str = "Wave";
pub const ADDRESS: &str = "ann@x.example";
/// Small groups, so that little mail has many of them.
const GROUP: u64 = 4;
const PATIENCE: Duration = Duration::from_secs(120);
/// How many milliseconds a child process waits for its batch.
pub const PATIENCE_MS: &str = "MAILTERN_TEST_PATIENCE_MS";
/// Where a child process finds its home.
const HOME: &str = "MAILTERN_TEST_HOME";

/// A folder that costs nothing to sync, where the system has one.
pub fn scratch() -> tempfile::TempDir {
    let quick = Path::new("/dev/shm");
    if quick.is_dir() {
        tempfile::tempdir_in(quick).unwrap()
    } else {
        tempfile::tempdir().unwrap()
    }
}

/// A migration with a home of its own.
pub struct Case {
    folder: tempfile::TempDir,
    /// The ports of source and target.
    ports: (u16, u16),
    /// The target's mailbox and where its mail lies, when it is a server's.
    at_server: Option<(String, PathBuf)>,
}

impl Case {
    /// Endpoints and a batch that is not started, from a port of this machine into the mail store, or to a mailbox of a server at
    /// another port.
    pub async fn new(source: u16, target: u16, at_server: Option<(String, PathBuf)>) -> Case {
        let case = Case {
            folder: scratch(),
            ports: (source, target),
            at_server,
        };
        case.prepare().await;
        case
    }

    /// Makes endpoints and batch in a state that knows nothing.
    pub async fn prepare(&self) {
        let user = self.at_server.as_ref().map(|(user, _)| user);
        let engine = self.engine().await;
        let endpoint = |name: &str, port: u16| NewEndpoint {
            name: name.into(),
            remote_server: "127.0.0.1".into(),
            port: Some(port),
            security: Security::None,
            skip_verification: true,
            ..NewEndpoint::default()
        };
        engine
            .new_endpoint(endpoint("old", self.ports.0))
            .await
            .unwrap();
        let csv = match user {
            Some(user) => {
                engine
                    .new_endpoint(endpoint("new", self.ports.1))
                    .await
                    .unwrap();
                format!(
                    "EmailAddress,UserName,Password,TargetUserName,TargetPassword\n{ADDRESS},ann,secret,{user},secret\n"
                )
            }
            None => {
                let mailbox = NewMailbox {
                    name: ADDRESS.into(),
                    primary_smtp_address: Some(ADDRESS.into()),
                    ..NewMailbox::default()
                };
                engine.new_mailbox(mailbox).await.unwrap();
                format!("EmailAddress,UserName,Password\n{ADDRESS},ann,secret\n")
            }
        };
        let batch = NewBatch {
            name: BATCH.into(),
            csv: csv.into_bytes(),
            source_endpoint: "old".into(),
            target_endpoint: user.map(|_| "new".into()),
            ..NewBatch::default()
        };
        engine.new_batch(batch).await.unwrap();
        self.close(engine).await;
    }

    /// The state folder.
    pub fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// Where the target's mail lies.
    pub fn target(&self) -> PathBuf {
        match &self.at_server {
            Some((_, maildir)) => maildir.clone(),
            None => self.home().join("mail").join(ADDRESS).join("Maildir"),
        }
    }

    /// Every file of the target that nobody but us would write.
    fn stamps(&self) -> BTreeMap<String, (u64, i64, i64)> {
        let mut all = maildir::stamps(&self.target());
        if self.at_server.is_some() {
            all.retain(|name, _| name.contains("/cur/") || name.contains("/new/"));
        }
        all
    }

    /// How the engine is opened on this home.
    pub fn options(&self) -> EngineOptions {
        options(&self.home())
    }

    /// The engine on this home.
    pub async fn engine(&self) -> Engine {
        Engine::open(self.options()).await.unwrap()
    }

    /// Closes the engine and waits until it has let go of its files.
    pub async fn close(&self, engine: Engine) {
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
        let stamps = self.stamps();
        assert_eq!(
            self.goes_on_to(BatchStatus::Synced, what).await,
            sums,
            "{what}"
        );
        assert_eq!(self.stamps(), stamps, "{what}: the second run wrote");
        sums
    }

    /// Fails unless the target holds what the source holds.
    pub fn must_hold(&self, source: &Mail, what: &str) {
        let found = maildir::differences(source, &maildir::mail(&self.target()));
        assert!(found.is_empty(), "{what}:\n{}", found.join("\n"));
    }

    /// Goes on, and once more when that ended with an error that was told: what it was is over.
    pub async fn recovers(&self, source: &Mail, what: &str) -> Sums {
        let engine = self.engine().await;
        go_on(&engine)
            .await
            .unwrap_or_else(|error| panic!("{what}: {error}"));
        self.close(engine).await;
        self.must_end_well(source, what).await
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
        ledger::sums(&self.home(), expected == BatchStatus::Synced, what).await
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
        Ok(Err(_)) => 5,
    };
    std::process::exit(code);
}
