//! `Invoke-History`

use super::get_history::missing;
use super::history::CommandHistory;
use crate::cmdlet;
use crate::runtime::cmdlet::Impact;
use crate::runtime::cx::Cx;
use crate::runtime::{Cmdlet, ErrorCategory, ErrorRecord, Run};

cmdlet! {
    /// Runs a command of this session again.
    ///
    /// The command is printed first and takes its place in the history.
    pub struct InvokeHistory("Invoke", "History").module("Microsoft.PowerShell.Core").aliases(&["r", "ihy"]).should_process(Impact::Medium) {
        /// The number of the command, or how it begins; the last command by default.
        id: Option<String> = param("Id").position(0).by_property_name(),
    }
    example "'one'; Get-History | Out-Null" => "Commands to run again come from the console: `r 3` runs the third.";
}

impl Cmdlet for InvokeHistory {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let history = cx.session::<CommandHistory>();
        let entries = history
            .as_ref()
            .map(|history| history.entries())
            .unwrap_or_default();
        let wanted = self.id.as_deref().unwrap_or_default();
        let number: Option<i64> = wanted.parse().ok();
        let found = match number {
            Some(id) => entries.iter().find(|entry| entry.id == id),
            None => entries
                .iter()
                .rev()
                .find(|entry| entry.command_line.starts_with(wanted)),
        };
        let Some(entry) = found else {
            return cx.error(match number {
                Some(id) => missing(id, "InvokeHistoryNoHistoryForId"),
                None => no_command_line(wanted),
            });
        };
        let line = entry.command_line.clone();
        if !cx.should_process(&line, "Invoke-History")? {
            return Ok(());
        }
        cx.ui().write_host(&format!("{line}\n"), None, None);
        if let Some(history) = history {
            history.replay(&line);
        }
        cx.run_text(&line)
    }
}

fn no_command_line(wanted: &str) -> ErrorRecord {
    let message = format!("Cannot locate the history for command line {wanted}.");
    ErrorRecord::new(
        "System.ArgumentException",
        "InvokeHistoryNoHistoryForCommandline",
        ErrorCategory::ObjectNotFound,
        message,
    )
    .with_target(wanted)
    .with_recommendation("Get-History lists the commands with their numbers.")
}
