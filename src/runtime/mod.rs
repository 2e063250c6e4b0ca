//! Values, conversions, operators, scopes, pipeline, parameter binding, error records, .NET type members.
//!
//! Knows `language`, never a cmdlet, mail or the terminal. A shell runs on one thread; its values are `Rc`.

// An error is made when something failed; its size does not matter where nothing did.
#![allow(clippy::result_large_err)]

mod access;
mod arguments;
mod assign;
mod automatic;
mod bind;
mod bind_complete;
mod bind_input;
mod block;
pub mod cmdlet;
pub mod collate;
mod command;
pub mod common;
pub mod compare;
mod confirm;
pub mod context;
pub mod convert;
pub mod cx;
mod depth;
pub mod enumerate;
mod environment;
pub mod error;
mod errors;
mod expression;
pub mod flow;
pub mod format_string;
mod frame;
mod loops;
pub mod members;
pub mod names;
pub mod object;
mod operate;
pub mod operators;
pub mod param;
pub mod param_fields;
mod paths;
mod peek;
mod pipeline;
pub mod position;
pub mod preferences;
mod ps_cmdlet;
mod raise;
mod records;
mod redirect;
pub mod regex;
pub mod registry;
mod rule;
pub mod scope;
mod script_signature;
pub mod scriptblock;
pub mod shell;
#[cfg(test)]
mod shell_tests;
pub mod signature;
pub mod sink;
mod stage_cmdlet;
mod stage_function;
mod stage_program;
mod statement;
pub mod streams;
mod trying;
pub mod types;
pub mod ui;
pub mod value;
mod variables;
pub mod wildcard;

pub use cmdlet::{Cmdlet, CmdletMeta, Declared, Example, Impact};
pub use convert::ConvertError;
pub use cx::Cx;
pub use error::{ErrorCategory, ErrorRecord, Exception};
pub use flow::{Flow, Run};
pub use object::{Property, PsObject};
pub use param::{ParamField, ParamMeta};
pub use scriptblock::ScriptBlock;
pub use shell::{OutDefault, Outcome, Shell};
pub use types::TypeRef;
pub use ui::Ui;
pub use value::Value;
