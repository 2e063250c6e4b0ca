//! Dates, spans, waiting, chance.

mod get_date;
mod get_random;
mod measure_command;
mod new_guid;
mod new_time_span;
mod start_sleep;
pub mod uformat;

use crate::runtime::cmdlet::{CmdletMeta, Declared};

/// One line a verb.
pub const CMDLETS: &[&CmdletMeta] = &[
    &get_date::GetDate::META,
    &get_random::GetRandom::META,
    &measure_command::MeasureCommand::META,
    &new_guid::NewGuid::META,
    &new_time_span::NewTimeSpan::META,
    &start_sleep::StartSleep::META,
];
