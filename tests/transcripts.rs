//! The shell with its core cmdlets, in process: recorded output of a real PowerShell, the examples of the help, and the
//! rules every cmdlet's declaration keeps.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout
)]

#[path = "transcripts/bench.rs"]
mod bench;
#[path = "transcripts/examples.rs"]
mod examples;
#[path = "transcripts/limits.rs"]
mod limits;
#[path = "transcripts/neighbours.rs"]
mod neighbours;
#[path = "transcripts/recorded.rs"]
mod recorded;
#[path = "transcripts/registry.rs"]
mod registry;
