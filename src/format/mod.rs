//! Objects to text: views, table, list, wide. Knows the runtime, not the cmdlets.
//!
//! `generate` turns objects into packets (which shape, which columns), `writer` turns packets into lines. `out_default`
//! joins the two for the screen, for Out-String and for files.

// An error is made when something failed; its size does not matter where nothing did.
#![allow(clippy::result_large_err)]

pub mod align;
pub mod cells;
pub mod custom;
pub mod dashboard;
pub mod error_view;
pub mod expression;
pub mod generate;
pub mod list;
pub mod out_default;
pub mod packet;
pub mod sanitise;
pub mod table;
pub mod text;
pub mod view;
pub mod views;
pub mod wide;
pub mod widths;
pub mod wrap;
pub mod writer;

use crate::runtime::shell::Shell;

pub use sanitise::sanitise;

/// Has a shell show objects and errors as PowerShell does.
pub fn install(shell: &mut Shell) {
    shell.set_formatter(out_default::console);
    shell.set_error_view(error_view::text);
}
