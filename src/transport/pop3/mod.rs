//! POP3: RFC 1939, with CAPA and RESP-CODES (RFC 2449, RFC 3206), STLS (RFC 2595) and AUTH (RFC 5034).

mod fetch;
mod hello;
mod io;
mod list;
mod login;
mod reply;
mod settings;
mod source;
mod spool;
mod unstuff;

pub use fetch::{Refused, Retrieved};
pub use list::Listed;
pub use settings::{Pop3Info, Pop3Settings};
pub use source::Pop3Source;
