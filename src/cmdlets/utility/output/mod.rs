//! Output: show, format, write, ask.

mod format_custom;
mod format_hex;
mod format_list;
mod format_table;
mod format_wide;
pub mod formatting;
mod out_default;
mod out_file;
mod out_host;
mod out_null;
mod out_string;
mod read_host;
mod write_debug;
mod write_error;
mod write_host;
mod write_information;
mod write_output;
mod write_progress;
mod write_verbose;
mod write_warning;

use crate::runtime::cmdlet::{CmdletMeta, Declared};

/// One line a verb.
pub const CMDLETS: &[&CmdletMeta] = &[
    &format_custom::FormatCustom::META,
    &format_hex::FormatHex::META,
    &format_list::FormatList::META,
    &format_table::FormatTable::META,
    &format_wide::FormatWide::META,
    &out_default::OutDefault::META,
    &out_file::OutFile::META,
    &out_host::OutHost::META,
    &out_null::OutNull::META,
    &out_string::OutString::META,
    &read_host::ReadHost::META,
    &write_debug::WriteDebug::META,
    &write_error::WriteError::META,
    &write_host::WriteHost::META,
    &write_information::WriteInformation::META,
    &write_output::WriteOutput::META,
    &write_progress::WriteProgress::META,
    &write_verbose::WriteVerbose::META,
    &write_warning::WriteWarning::META,
];
