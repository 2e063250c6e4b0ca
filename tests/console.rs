//! The console as a person meets it: a real terminal, typed keys, exit codes; and the recorded sessions.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    missing_docs
)]

#[path = "console/command_line.rs"]
mod command_line;
#[path = "console/pty.rs"]
mod pty;
#[path = "console/recorded.rs"]
mod recorded;
#[path = "console/topics.rs"]
mod topics;
#[path = "console/typing.rs"]
mod typing;
