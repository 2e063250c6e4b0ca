//! Values, conversions, operators, scopes, pipeline, parameter binding, error records, .NET type members.
//!
//! Knows `language`, never a cmdlet, mail or the terminal. A shell runs on one thread; its values are `Rc`.

pub mod collate;
pub mod compare;
pub mod convert;
pub mod error;
pub mod flow;
pub mod format_string;
pub mod members;
pub mod object;
pub mod param;
pub mod position;
pub mod scriptblock;
pub mod types;
pub mod ui;
pub mod value;
pub mod wildcard;

pub use convert::ConvertError;
pub use error::{ErrorCategory, ErrorRecord, Exception};
pub use flow::{Flow, Run};
pub use object::{Property, PsObject};
pub use param::{ParamField, ParamMeta};
pub use scriptblock::ScriptBlock;
pub use types::TypeRef;
pub use ui::Ui;
pub use value::Value;
