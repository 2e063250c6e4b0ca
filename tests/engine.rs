//! The engine, driven with no shell.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "engine/commands.rs"]
mod commands;
#[path = "engine/state.rs"]
mod state;
#[path = "engine/world.rs"]
mod world;
