//! Values, conversions, operators, scopes, pipeline, parameter binding, error records, .NET type members.
//!
//! Knows `language`, never a cmdlet, mail or the terminal. A shell runs on one thread; its values are `Rc`.

// An error is made when something failed; its size does not matter where nothing did.
#![allow(clippy::result_large_err)]

mod binder;
pub mod cmdlet;
pub mod compare;
pub mod convert;
mod errors;
mod eval;
pub mod members;
pub mod names;
pub mod object;
pub mod operators;
mod paths;
mod peek;
mod pipeline;
pub mod regex;
mod scopes;
pub mod scriptblock;
pub mod shell;
#[cfg(test)]
mod shell_tests;
mod text;
pub mod types;
pub mod ui;
pub mod value;

pub use binder::{common, param, param_fields, signature};
pub use cmdlet::{cx, registry};
pub use errors::{error, position};
pub use eval::flow;
pub use pipeline::{context, enumerate, sink, streams};
pub use scopes::{preferences, scope};
pub use text::{collate, format_string, wildcard};

pub use binder::param::{ParamField, ParamMeta};
pub use cmdlet::{Cmdlet, CmdletMeta, Declared, Example, Impact};
pub use convert::ConvertError;
pub use cx::Cx;
pub use error::{ErrorCategory, ErrorRecord, Exception};
pub use flow::{Flow, Run};
pub use object::{Property, PsObject};
pub use scriptblock::ScriptBlock;
pub use shell::{OutDefault, Outcome, Shell};
pub use types::TypeRef;
pub use ui::Ui;
pub use value::Value;
