//! Mailtern: a mailbox-migration shell.
//!
//! Rooms and arrows (an arrow says who may call whom; `tests/layers.rs` reads the `use` lines and fails on any other):
//!
//! ```text
//! host ──► cmdlets ──► runtime ──► language
//!  │          │  └───► format ───► runtime
//!  │          ▼
//!  │        engine ──► transport ──► mail
//!  │          └──────► store ──────► mail
//!  └─► session (owned by the host, lent to cmdlets)
//! ```
//!
//! Invariants, each with a test:
//! 1. `language` imports nothing of this crate; parsing never panics and never stops.
//! 2. `engine`, `transport`, `store`, `mail` never name a shell value, a cmdlet or a terminal.
//! 3. A source is never changed: EXAMINE and BODY.PEEK only.
//! 4. Only `host` prints; only `engine::clock` asks the time for the engine.
//! 5. No lock is held across I/O; `engine::sync::plan` and `engine::scheduler` are pure.
//! 6. Exactly once: a message is in the journal if and only if the target has it, after any crash.
//! 7. Secrets have no Debug and no Display; they exist in `store::secrets` and in an open connection, nowhere else.

pub mod cmdlets;
pub mod engine;
pub mod format;
pub mod host;
pub mod language;
pub mod mail;
pub mod runtime;
pub mod session;
pub mod store;
pub mod transport;
