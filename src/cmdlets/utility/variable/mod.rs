//! Variables and aliases.

mod clear_variable;
mod get_alias;
mod get_variable;
mod naming;
mod new_alias;
mod new_variable;
mod remove_alias;
mod remove_variable;
pub mod scope;
mod set_alias;
mod set_variable;

use crate::runtime::cmdlet::{CmdletMeta, Declared};

/// One line a verb.
pub const CMDLETS: &[&CmdletMeta] = &[
    &clear_variable::ClearVariable::META,
    &get_alias::GetAlias::META,
    &get_variable::GetVariable::META,
    &new_alias::NewAlias::META,
    &new_variable::NewVariable::META,
    &remove_alias::RemoveAlias::META,
    &remove_variable::RemoveVariable::META,
    &set_alias::SetAlias::META,
    &set_variable::SetVariable::META,
];
