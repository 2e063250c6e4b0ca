//! A pseudo-terminal with the program in it.

use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};

/// How long anything may take before the test fails.
const PATIENCE: Duration = Duration::from_secs(30);

pub struct Console {
    master: File,
    child: Child,
    output: Receiver<Vec<u8>>,
    /// All that was shown so far, escape sequences taken out.
    pub shown: String,
    /// Where the next `expect` begins to look.
    seen: usize,
}

impl Console {
    /// Starts the program in a window of 80 columns on a state folder.
    pub fn start(home: &Path, arguments: &[&str]) -> Console {
        Console::start_with(home, arguments, &[])
    }

    pub fn start_with(home: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Console {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let name = ptsname(&master, Vec::new()).unwrap();
        let open = || {
            File::options()
                .read(true)
                .write(true)
                .open(name.to_str().unwrap())
                .unwrap()
        };
        let slave = open();
        tcsetwinsize(
            &slave,
            Winsize {
                ws_row: 24,
                ws_col: 80,
                ws_xpixel: 0,
                ws_ypixel: 0,
            },
        )
        .unwrap();
        // `setsid --ctty` makes the terminal the controlling one, so that Ctrl-C is a signal.
        let child = Command::new("setsid")
            .args(["--ctty", "--wait", env!("CARGO_BIN_EXE_mailtern"), "--home"])
            .arg(home)
            .args(arguments)
            .env("TERM", "xterm")
            .env_remove("NO_COLOR")
            .envs(environment.iter().copied())
            .current_dir(home.parent().unwrap())
            .stdin(Stdio::from(slave))
            .stdout(Stdio::from(open()))
            .stderr(Stdio::from(open()))
            .spawn()
            .unwrap();
        let (sender, output) = channel();
        let mut reader = File::from(master.try_clone().unwrap());
        std::thread::spawn(move || {
            let mut buffer = [0u8; 4096];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..count].to_vec()).is_err() {
                    return;
                }
            }
        });
        Console {
            master: File::from(master),
            child,
            output,
            shown: String::new(),
            seen: 0,
        }
    }

    pub fn resize(&self, columns: u16) {
        tcsetwinsize(
            &self.master,
            Winsize {
                ws_row: 24,
                ws_col: columns,
                ws_xpixel: 0,
                ws_ypixel: 0,
            },
        )
        .unwrap();
    }

    /// Types keys as they are.
    pub fn keys(&mut self, keys: &str) {
        self.master.write_all(keys.as_bytes()).unwrap();
    }

    /// Types a line.
    pub fn line(&mut self, line: &str) {
        self.keys(line);
        self.keys("\r");
    }

    /// Waits until the text is shown, after what earlier calls waited for.
    pub fn expect(&mut self, text: &str) {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(at) = self.shown[self.seen..].find(text) {
                self.seen += at + text.len();
                return;
            }
            let left = end.saturating_duration_since(Instant::now());
            match self.output.recv_timeout(left) {
                Ok(bytes) => self
                    .shown
                    .push_str(&plain(&String::from_utf8_lossy(&bytes))),
                Err(error) => panic!(
                    "{error:?} waiting for {text:?}; shown so far:\n{}\n(looked behind:\n{})",
                    self.shown,
                    &self.shown[self.seen..]
                ),
            }
        }
    }

    /// Waits for the next prompt.
    pub fn prompt(&mut self) {
        self.expect("> ");
    }

    /// Waits for the end; gives the exit code.
    pub fn end(mut self) -> (i32, String) {
        let end = Instant::now() + PATIENCE;
        let status: ExitStatus = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(
                Instant::now() < end,
                "the program did not end; shown:\n{}",
                self.shown
            );
            let _ = self
                .output
                .recv_timeout(Duration::from_millis(20))
                .map(|b| self.shown.push_str(&plain(&String::from_utf8_lossy(&b))));
        };
        while let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(200)) {
            self.shown
                .push_str(&plain(&String::from_utf8_lossy(&bytes)));
        }
        (status.code().unwrap_or(-1), std::mem::take(&mut self.shown))
    }
}

impl Drop for Console {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The text without escape sequences. Sequences that are cut at the end of a read are rare and only leave marks.
fn plain(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\x1b' => match chars.next() {
                Some('[') => while chars.next().is_some_and(|c| !('@'..='~').contains(&c)) {},
                Some(']') => while chars.next().is_some_and(|c| c != '\x07') {},
                _ => {}
            },
            '\r' => {}
            c => out.push(c),
        }
    }
    out
}
