//! What tests share: a private Dovecot, mail to put into it, and an independent judge of what arrived.
//!
//! Use it from a test binary with `#[path = "../support/mod.rs"] mod support;` (or `mod support;` beside it).
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

pub mod corpus;
pub mod dovecot;
pub mod judge;
pub mod relay;
pub mod tls;
