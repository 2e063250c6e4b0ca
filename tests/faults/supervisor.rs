//! Runs a program and strikes at a chosen one of the calls that change its state (`syscalls.c` beside this file).

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

/// Calls that change the state, as `syscalls.c` names their kinds.
pub const STATE: &str = "wsd";
/// The same, and bytes sent to the network.
pub const STATE_AND_WIRE: &str = "wsdn";
/// Syncs alone.
pub const SYNCS: &str = "s";
/// Syncs, and bytes sent to the network.
pub const SYNCS_AND_WIRE: &str = "sn";

/// What is done at the chosen call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// The process dies before it.
    Kill,
    /// Half of the bytes are written, then the process dies.
    Torn,
    /// The call fails with EIO.
    Eio,
    /// It and every later one fail with EIO.
    EioFromHere,
    /// The call fails with ENOSPC.
    NoSpace,
    /// It and every later one fail with ENOSPC.
    NoSpaceFromHere,
}

impl Deed {
    fn name(self) -> &'static str {
        match self {
            Self::Kill => "kill",
            Self::Torn => "torn",
            Self::Eio => "eio",
            Self::EioFromHere => "eio+",
            Self::NoSpace => "enospc",
            Self::NoSpaceFromHere => "enospc+",
        }
    }
}

/// How a supervised run went.
#[derive(Clone, Debug)]
pub struct Struck {
    /// Calls that counted.
    pub calls: u64,
    /// The call that was struck.
    pub place: String,
    /// The exit code; 137 when it was killed.
    pub code: i32,
}

/// What is struck: calls of these kinds below a folder, the `at`-th of them; 0 strikes none and counts all.
pub struct Strike<'a> {
    pub root: &'a Path,
    pub kinds: &'a str,
    pub at: u64,
    pub deed: Deed,
    /// An empty folder that gets what a disk would hold that writes nothing before it is told to sync.
    pub disk: Option<&'a Path>,
}

impl<'a> Strike<'a> {
    /// A strike at one of the calls of these kinds.
    pub fn at(root: &'a Path, kinds: &'a str, at: u64, deed: Deed) -> Self {
        Self {
            root,
            kinds,
            at,
            deed,
            disk: None,
        }
    }

    /// Runs a program to its end.
    pub fn run(&self, program: &Command) -> Struck {
        let report = tempfile::NamedTempFile::new().unwrap();
        let mut command = Command::new(supervisor());
        command
            .arg(self.root)
            .arg(self.kinds)
            .arg(self.at.to_string())
            .arg(self.deed.name())
            .arg(report.path())
            .arg(self.disk.unwrap_or(Path::new("-")))
            .arg(program.get_program())
            .args(program.get_args())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        for (name, value) in program.get_envs() {
            command.env(name, value.unwrap_or_default());
        }
        let code = command.status().unwrap().code().unwrap_or(-1);
        assert!(!(96..=97).contains(&code), "the supervisor failed: {code}");
        let text = std::fs::read_to_string(report.path()).unwrap();
        let (calls, place) = text.trim_end().split_once('\n').unwrap();
        Struck {
            calls: calls.parse().unwrap(),
            place: place.to_owned(),
            code,
        }
    }
}

/// The supervisor, compiled once.
fn supervisor() -> &'static Path {
    static MADE: OnceLock<PathBuf> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let made = folder.join("syscalls");
        let fresh = folder.join(format!("syscalls.{}", std::process::id()));
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/faults/syscalls.c");
        let compiled = Command::new("cc")
            .args(["-O2", "-Wall", "-Werror", "-o"])
            .args([fresh.as_path(), Path::new(source)])
            .output()
            .expect("no C compiler: scripts/test installs one");
        assert!(compiled.status.success(), "{compiled:?}");
        std::fs::rename(&fresh, &made).unwrap();
        made
    })
}
