//! The wire: scripted servers that do what real ones will not, and a real Dovecot.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "protocol/append.rs"]
mod append;
#[path = "protocol/client.rs"]
mod client;
#[path = "protocol/cut.rs"]
mod cut;
#[path = "protocol/fetch.rs"]
mod fetch;
#[path = "protocol/folders.rs"]
mod folders;
#[path = "protocol/login.rs"]
mod login;
#[path = "protocol/pop3.rs"]
mod pop3;
#[path = "protocol/pop3_client.rs"]
mod pop3_client;
#[path = "protocol/pop3_real.rs"]
mod pop3_real;
#[path = "protocol/real.rs"]
mod real;
#[path = "protocol/sasl.rs"]
mod sasl;
#[path = "protocol/script.rs"]
mod script;
#[path = "protocol/store.rs"]
mod store;
#[path = "support/mod.rs"]
mod support;
