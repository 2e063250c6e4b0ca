//! `Clear-History`

use super::get_history::missing;
use super::history::CommandHistory;
use crate::cmdlet;
use crate::runtime::cmdlet::Impact;
use crate::runtime::cx::Cx;
use crate::runtime::wildcard::Wildcard;
use crate::runtime::{Cmdlet, Run};

cmdlet! {
    /// Takes commands out of the history of this session.
    ///
    /// The file the console keeps for its keys is not changed.
    pub struct ClearHistory("Clear", "History").module("Microsoft.PowerShell.Core").aliases(&["clhy"]).default_set("IDParameter").should_process(Impact::Medium) {
        /// Numbers of the commands; all when nothing is named.
        id: Option<Vec<i64>> = param("Id").position(0).in_sets(&["IDParameter"]),
        /// Texts of the commands; wildcards are allowed.
        command_line: Option<Vec<String>> = param("CommandLine").in_sets(&["CommandLineParameter"]).wildcards(),
        /// How many, from the oldest or with -Newest from the newest.
        count: Option<i32> = param("Count").position(1),
        /// Counts from the newest.
        newest: bool = param("Newest"),
    }
    example "Clear-History" => "Forgets all commands of the session.";
}

impl Cmdlet for ClearHistory {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let Some(history) = cx.session::<CommandHistory>() else {
            return Ok(());
        };
        let all = history.entries();
        let ids = self.id.as_deref().unwrap_or_default();
        for id in ids {
            if !all.iter().any(|entry| entry.id == *id) {
                cx.error(missing(*id, "ClearHistoryNoHistoryForId"))?;
            }
        }
        let patterns: Vec<Wildcard> = self
            .command_line
            .iter()
            .flatten()
            .map(|text| Wildcard::new(text))
            .collect();
        let mut chosen: Vec<i64> = all
            .iter()
            .filter(|e| ids.is_empty() || ids.contains(&e.id))
            .filter(|e| patterns.is_empty() || patterns.iter().any(|p| p.matches(&e.command_line)))
            .map(|e| e.id)
            .collect();
        if let Some(count) = self.count.and_then(|count| usize::try_from(count).ok()) {
            if self.newest {
                chosen.reverse();
            }
            chosen.truncate(count);
        }
        if !chosen.is_empty() && cx.should_process("History", "Clear-History")? {
            history.remove(|entry| chosen.contains(&entry.id));
        }
        Ok(())
    }
}
