//! What names mean while a script runs: scopes, variables and their drives, preferences, the calls in progress.

pub(super) mod automatic;
pub(super) mod environment;
pub(super) mod frame;
pub mod preferences;
pub mod scope;
mod seen;
pub(super) mod variables;
