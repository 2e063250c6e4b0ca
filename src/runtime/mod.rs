//! Values, conversions, operators, scopes, pipeline, parameter binding, error records, .NET type members.
//!
//! Knows `language`, never a cmdlet, mail or the terminal. A shell runs on one thread; its values are `Rc`.

pub mod cmdlet;
pub mod error;
pub mod flow;
pub mod object;
pub mod param;
pub mod ui;
pub mod value;

pub use cmdlet::{Cmdlet, CmdletMeta, Example};
pub use error::{ErrorCategory, ErrorRecord, Exception};
pub use flow::{Flow, Run};
pub use object::{Property, PsObject};
pub use param::{ParamField, ParamMeta};
pub use ui::Ui;
pub use value::Value;
