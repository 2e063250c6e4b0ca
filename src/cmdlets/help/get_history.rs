//! `Get-History`

use std::time::SystemTime;

use super::history::{CommandHistory, HistoryEntry};
use crate::cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::types::datetime::DateTime;
use crate::runtime::types::timespan::TimeSpan;
use crate::runtime::{Cmdlet, ErrorCategory, ErrorRecord, PsObject, Run, Value};

cmdlet! {
    /// Lists the commands of this session.
    ///
    /// The commands typed in earlier sessions are kept in a file for the keys of the console, and are not listed.
    pub struct GetHistory("Get", "History").module("Microsoft.PowerShell.Core").aliases(&["h", "history", "ghy"]).outputs(&["Microsoft.PowerShell.Commands.HistoryInfo"]) {
        /// Numbers of the commands; with one number and -Count, the commands up to it.
        id: Option<Vec<i64>> = param("Id").position(0).by_value(),
        /// How many of the last ones; all by default.
        count: Option<i32> = param("Count").position(1),
    }
    example "Get-History -Count 5" => "Lists the last five commands.";
}

impl Cmdlet for GetHistory {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let entries = cx
            .session::<CommandHistory>()
            .map(|history| history.entries())
            .unwrap_or_default();
        let count = self.count.and_then(|count| usize::try_from(count).ok());
        match self.id.as_deref().unwrap_or_default() {
            [] => last(&entries, count)
                .iter()
                .try_for_each(|entry| cx.write(object(entry))),
            [id] if count.is_some() => {
                let upto: Vec<HistoryEntry> = entries
                    .into_iter()
                    .filter(|entry| entry.id <= *id)
                    .collect();
                last(&upto, count)
                    .iter()
                    .try_for_each(|entry| cx.write(object(entry)))
            }
            ids => {
                ids.iter()
                    .try_for_each(|id| match entries.iter().find(|entry| entry.id == *id) {
                        Some(entry) => cx.write(object(entry)),
                        None => cx.error(missing(*id, "GetHistoryNoHistoryForId")),
                    })
            }
        }
    }
}

fn last(entries: &[HistoryEntry], count: Option<usize>) -> &[HistoryEntry] {
    &entries[entries.len().saturating_sub(count.unwrap_or(usize::MAX))..]
}

/// The error of a number that no command has.
pub(super) fn missing(id: i64, error_id: &str) -> ErrorRecord {
    let message = format!("Cannot locate the history for Id {id}.");
    ErrorRecord::new(
        "System.ArgumentException",
        error_id,
        ErrorCategory::ObjectNotFound,
        message,
    )
    .with_target(id)
    .with_recommendation("Get-History lists the commands with their numbers.")
}

/// A command as the object the shell shows.
fn object(entry: &HistoryEntry) -> Value {
    let duration = entry.end.duration_since(entry.start).unwrap_or_default();
    let ticks = i64::try_from(duration.as_nanos() / 100).unwrap_or(i64::MAX);
    PsObject::view(
        "Microsoft.PowerShell.Commands.HistoryInfo",
        vec![
            ("Id", Value::long(entry.id)),
            ("CommandLine", Value::str(&entry.command_line)),
            ("ExecutionStatus", Value::str(entry.status)),
            ("StartExecutionTime", date(entry.start)),
            ("EndExecutionTime", date(entry.end)),
            ("Duration", Value::TimeSpan(TimeSpan { ticks })),
        ],
    )
}

/// A time in the local zone.
fn date(time: SystemTime) -> Value {
    let since = time
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    let seconds = i64::try_from(since.as_secs()).unwrap_or_default();
    let date = DateTime::of_unix_seconds(seconds)
        .and_then(|date| date.add_ticks(i64::from(since.subsec_nanos()) / 100));
    date.map_or(Value::Null, |date| Value::DateTime(date.to_local()))
}
