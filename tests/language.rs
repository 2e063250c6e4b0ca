//! The language room: its grammar files, its cases, and what a real PowerShell answered.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "language/recorded.rs"]
mod recorded;
