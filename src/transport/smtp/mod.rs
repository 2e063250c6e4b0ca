//! SMTP submission: RFC 5321, with STARTTLS (RFC 3207), AUTH (RFC 4954), DSN (RFC 3461) and SMTPUTF8 (RFC 6531).

mod auth;
mod compose;
mod deliver;
mod io;

pub use compose::compose;
pub use deliver::{Delivered, deliver};
