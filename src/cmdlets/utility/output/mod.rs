//! Output: show, format, write, ask.

pub mod format_custom;
pub mod format_list;
pub mod format_table;
pub mod format_wide;
pub mod formatting;
pub mod out_default;
pub mod out_file;
pub mod out_host;
pub mod out_null;
pub mod out_string;
pub mod write_debug;
pub mod write_error;
pub mod write_host;
pub mod write_information;
pub mod write_output;
pub mod write_progress;
pub mod write_verbose;
pub mod write_warning;

use crate::runtime::cmdlet::{CmdletMeta, Declared};

/// One line a verb.
pub const CMDLETS: &[&CmdletMeta] = &[
    &format_custom::FormatCustom::META,
    &format_list::FormatList::META,
    &format_table::FormatTable::META,
    &format_wide::FormatWide::META,
    &out_default::OutDefault::META,
    &out_file::OutFile::META,
    &out_host::OutHost::META,
    &out_null::OutNull::META,
    &out_string::OutString::META,
    &write_debug::WriteDebug::META,
    &write_error::WriteError::META,
    &write_host::WriteHost::META,
    &write_information::WriteInformation::META,
    &write_output::WriteOutput::META,
    &write_progress::WriteProgress::META,
    &write_verbose::WriteVerbose::META,
    &write_warning::WriteWarning::META,
];
