//! Plain values of mail: addresses, flags, folder names, dates, UID sets, secrets. Knows nothing else.

mod secret;
pub use secret::Secret;
