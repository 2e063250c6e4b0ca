//! Names of types behind `[`.

use super::{World, begins};

/// Names that begin with the word, else full names whose last part does.
pub fn candidates(word: &str, world: &dyn World) -> Vec<String> {
    let names = world.types();
    let found: Vec<String> = names
        .iter()
        .filter(|name| begins(name, word))
        .cloned()
        .collect();
    if !found.is_empty() {
        return found;
    }
    let last = |name: &str| {
        name.rsplit('.')
            .next()
            .is_some_and(|last| begins(last, word))
    };
    names.into_iter().filter(|name| last(name)).collect()
}
