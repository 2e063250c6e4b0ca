//! The process that works is killed with SIGKILL, again and again.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use mailtern::engine::batch::BatchStatus;
use mailtern::engine::event::EventKind;

use crate::dovecot::assert_same;
use crate::migrate::{PATIENCE, assert_sums, explain, statistics, target, world};
use crate::world::engine;

/// Where the child finds its home.
const HOME: &str = "MAILTERN_TEST_HOME";

/// Not a test of its own: what the killed process does. Resumes the batch and says a line for each message counted.
#[test]
fn the_child_that_is_killed() {
    let Some(home) = std::env::var_os(HOME).map(PathBuf::from) else {
        return;
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let engine = engine(&home).await;
        let mut news = engine.subscribe();
        if engine.resume().await.unwrap().is_empty() {
            engine.start_batch("Wave").await.unwrap();
        }
        tokio::spawn(async move {
            use std::io::Write;
            while let Ok(event) = news.recv().await {
                if let EventKind::Progress(progress) = event.kind {
                    let mut out = std::io::stdout().lock();
                    writeln!(out, "at {} {}", progress.user, progress.messages_done).unwrap();
                    out.flush().unwrap();
                }
            }
        });
        engine.wait_batch("Wave", PATIENCE).await.unwrap();
    });
}

fn child(home: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "kill::the_child_that_is_killed", "--nocapture"])
        .env(HOME, home)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

#[test]
fn a_killed_process_leaves_nothing_lost_and_nothing_twice() {
    let home = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(async {
        let (server, engine) = world(home.path(), 3, 450).await;
        engine.shutdown().await.unwrap();
        server
    });
    for lines in [1, 3, 6, 4, 8] {
        let mut child = child(home.path());
        let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut left = lines;
        while left > 0
            && let Some(Ok(line)) = said.next()
        {
            left -= usize::from(line.starts_with("at "));
        }
        child.kill().unwrap();
        child.wait().unwrap();
    }
    runtime.block_on(async {
        let engine = engine(home.path()).await;
        engine.resume().await.unwrap();
        let status = engine.wait_batch("Wave", PATIENCE).await.unwrap();
        assert_eq!(status, BatchStatus::Synced, "{}", explain(&engine, 3).await);
        for user in 0..3 {
            assert_same(&server.maildir(user), &target(home.path(), user));
            assert_sums(&statistics(&engine, user).await, 450 + 225 + 150);
        }
    });
}
