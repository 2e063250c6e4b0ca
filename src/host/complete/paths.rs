//! Paths, quoted when needed.

use super::{World, begins, quote};

/// Entries of the folder in the word that begin with what follows its last separator. Hidden ones only when asked for.
pub fn candidates(word: &str, world: &dyn World) -> Vec<String> {
    let (mark, typed) = quote::open(word);
    let cut = typed.rfind(['/', '\\']).map_or(0, |at| at + 1);
    let (folder, name) = typed.split_at(cut);
    let entries = world.folder(if folder.is_empty() { "." } else { folder });
    let shown = entries
        .into_iter()
        .filter(|entry| begins(entry, name) && (name.starts_with('.') || !entry.starts_with('.')));
    shown
        .map(|entry| spell(&format!("{folder}{entry}"), mark))
        .collect()
}

/// A folder keeps its quote open at the end, so that Tab can go on inside it.
fn spell(path: &str, mark: Option<char>) -> String {
    quote::close(path, mark)
}
