//! The language room: its grammar files, its cases, its limits, and what a real PowerShell answered.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "language/cases.rs"]
mod cases;
#[path = "language/ebnf.rs"]
mod ebnf;
#[path = "language/fuzz.rs"]
mod fuzz;
#[path = "language/limits.rs"]
mod limits;
#[path = "language/recorded.rs"]
mod recorded;
#[path = "language/rules.rs"]
mod rules;
#[path = "language/sentences.rs"]
mod sentences;
#[path = "language/soup.rs"]
mod soup;
#[path = "language/tree.rs"]
mod tree;
