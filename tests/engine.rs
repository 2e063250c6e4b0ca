//! The engine, driven with no shell.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "engine/client.rs"]
mod client;
#[path = "engine/commands.rs"]
mod commands;
#[path = "engine/difficult.rs"]
mod difficult;
#[path = "engine/dovecot.rs"]
mod dovecot;
#[path = "engine/exactly.rs"]
mod exactly;
#[path = "engine/incremental.rs"]
mod incremental;
#[path = "engine/kill.rs"]
mod kill;
#[path = "engine/life.rs"]
mod life;
#[path = "engine/migrate.rs"]
mod migrate;
#[path = "engine/oddserver.rs"]
mod oddserver;
#[path = "engine/popserver.rs"]
mod popserver;
#[path = "engine/proxy.rs"]
mod proxy;
#[path = "engine/state.rs"]
mod state;
#[path = "engine/subscriptions.rs"]
mod subscriptions;
#[path = "engine/target.rs"]
mod target;
#[path = "engine/verify.rs"]
mod verify;
#[path = "engine/world.rs"]
mod world;
