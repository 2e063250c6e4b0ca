//! Commands by name: what a word at the head of a command means.

use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;

use super::CmdletMeta;
use crate::runtime::names::{NameMap, same_name};
use crate::runtime::scriptblock::ScriptBlock;
use crate::runtime::signature::Signature;

/// A function or filter.
pub struct Function {
    /// As declared.
    pub name: Rc<str>,
    /// What it runs.
    pub block: Rc<ScriptBlock>,
    /// The module it came with; empty for one that a script or a person declared.
    pub module: Rc<str>,
}

/// What a command name stands for, aliases already followed.
#[derive(Clone)]
pub enum Command {
    /// A cmdlet of this program.
    Cmdlet(&'static CmdletMeta),
    /// A function.
    Function(Rc<Function>),
    /// A script file.
    Script(PathBuf),
    /// Another program.
    Program(PathBuf),
}

impl Command {
    /// The name as `Get-Command` shows it.
    pub fn name(&self) -> String {
        match self {
            Command::Cmdlet(meta) => meta.name(),
            Command::Function(function) => function.name.to_string(),
            Command::Script(path) | Command::Program(path) => path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default(),
        }
    }

    /// `Cmdlet`, `Function`, `ExternalScript`, `Application`.
    pub fn kind(&self) -> &'static str {
        match self {
            Command::Cmdlet(_) => "Cmdlet",
            Command::Function(_) => "Function",
            Command::Script(_) => "ExternalScript",
            Command::Program(_) => "Application",
        }
    }
}

/// The cmdlets, sorted by name. Functions and aliases live in scopes; ask the shell for them.
pub struct Registry {
    cmdlets: NameMap<&'static CmdletMeta>,
    signatures: RefCell<NameMap<Rc<Signature>>>,
}

impl Registry {
    /// A registry of these cmdlets.
    pub fn new(cmdlets: &[&'static CmdletMeta]) -> Registry {
        let mut sorted = cmdlets.to_vec();
        sorted.sort_by_key(|meta| meta.name().to_lowercase());
        let mut map = NameMap::default();
        for meta in sorted {
            map.insert(Rc::from(meta.name()), meta);
        }
        Registry {
            cmdlets: map,
            signatures: RefCell::default(),
        }
    }

    /// The cmdlet of this name, any letter case.
    pub fn cmdlet(&self, name: &str) -> Option<&'static CmdletMeta> {
        self.cmdlets.get(name).copied()
    }

    /// All cmdlets by name.
    pub fn cmdlets(&self) -> impl Iterator<Item = &'static CmdletMeta> {
        self.cmdlets.iter().map(|(_, meta)| *meta)
    }

    /// Names of all cmdlets in order.
    pub fn names(&self) -> impl Iterator<Item = &Rc<str>> {
        self.cmdlets.iter().map(|(name, _)| name)
    }

    /// The parameters of a cmdlet as the binder sees them.
    pub fn signature(&self, meta: &'static CmdletMeta) -> Rc<Signature> {
        let name = meta.name();
        if let Some(signature) = self.signatures.borrow().get(&name) {
            return signature.clone();
        }
        let signature = Rc::new(Signature::of_cmdlet(meta));
        self.signatures
            .borrow_mut()
            .insert(Rc::from(name), signature.clone());
        signature
    }
}

/// The candidates that look most like a name, best first, at most `count`; for "did you mean".
pub fn nearest<'a>(
    wanted: &str,
    candidates: impl IntoIterator<Item = &'a str>,
    count: usize,
) -> Vec<String> {
    let wanted = wanted.to_lowercase();
    // A name of one or two letters is near to too many others.
    let limit = (wanted.chars().count() / 3).min(4);
    let mut found: Vec<(usize, &str)> = candidates
        .into_iter()
        .filter_map(|candidate| {
            let lower = candidate.to_lowercase();
            let distance = if same_name(&lower, &wanted) {
                0
            } else {
                distance(&wanted, &lower, limit)?
            };
            Some((distance, candidate))
        })
        .collect();
    found.sort();
    found.dedup();
    // What is much farther away than the nearest is not meant.
    let best = found.first().map_or(0, |(distance, _)| *distance);
    found.retain(|(distance, _)| *distance <= best + 1);
    found
        .into_iter()
        .take(count)
        .map(|(_, name)| name.to_owned())
        .collect()
}

/// Edits (insert, delete, replace, swap of neighbours) between two words; `None` beyond the limit.
fn distance(a: &str, b: &str, limit: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let mut rows = vec![vec![0usize; b.len() + 1]; a.len() + 1];
    for (i, row) in rows.iter_mut().enumerate() {
        row[0] = i;
    }
    rows[0] = (0..=b.len()).collect();
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let cost = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (rows[i - 1][j] + 1)
                .min(rows[i][j - 1] + 1)
                .min(rows[i - 1][j - 1] + cost);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = best;
        }
    }
    let result = rows[a.len()][b.len()];
    (result <= limit).then_some(result)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggestions_are_close_and_best_first() {
        let names = [
            "Get-Item",
            "Get-Items",
            "Set-Item",
            "New-MigrationBatch",
            "Get-MigrationBatch",
        ];
        assert_eq!(nearest("get-itme", names, 2), ["Get-Item", "Get-Items"]);
        assert_eq!(
            nearest("New-MigratoinBatch", names, 3),
            ["New-MigrationBatch"]
        );
        assert!(nearest("zzz", names, 3).is_empty());
    }
}
