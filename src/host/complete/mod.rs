//! Tab completion: what could stand at the cursor, from the parser's tokens and what commands declare.
//!
//! [`complete`] is pure: all it knows of the session comes through [`World`].

mod arguments;
mod command_names;
mod operators;
mod parameters;
mod paths;
mod place;
mod quote;
mod types;

use std::rc::Rc;

use crate::runtime::signature::Signature;

/// What could be put in place of the text from [`Completion::start`] to the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// Byte offset of the first replaced byte.
    pub start: usize,
    /// Best first.
    pub candidates: Vec<String>,
}

/// What completion may ask of the session. Nothing here changes anything.
pub trait World {
    /// Names of cmdlets, functions and aliases, each once, in order.
    fn commands(&self) -> Vec<String>;
    /// The parameters of a command, aliases followed.
    fn signature(&self, command: &str) -> Option<Rc<Signature>>;
    /// Live objects of a completion kind (`MigrationBatch`, `Mailbox`, …) whose names begin with `prefix`.
    fn names(&self, kind: &str, prefix: &str) -> Vec<String>;
    /// Names of variables without the dollar sign.
    fn variables(&self) -> Vec<String>;
    /// Names of the members of the value of an expression that only reads (`$x`, `$x.Name`, `'text'`); methods end in `(`.
    fn members(&self, expression: &str) -> Vec<String>;
    /// Names of the static members of a type; methods end in `(`.
    fn static_members(&self, type_name: &str) -> Vec<String>;
    /// Names of types as they are written between brackets.
    fn types(&self) -> Vec<String>;
    /// Names in a folder as the shell sees it, folders with a `/` at the end.
    fn folder(&self, path: &str) -> Vec<String>;
    /// Properties of what a command writes, where they are known.
    fn properties(&self, command: &str) -> Vec<String>;
}

/// What could stand at `cursor` (a byte offset) in `text`.
pub fn complete(text: &str, cursor: usize, world: &dyn World) -> Completion {
    let before = text.get(..cursor).unwrap_or(text);
    let place = place::find(before);
    let start = place.start;
    let candidates = match place.kind {
        place::Kind::Command { word } => command_names::candidates(&word, world),
        place::Kind::Variable { word } => variables(&word, world),
        place::Kind::Member { target, word } => keep_prefix(world.members(&target), &word),
        place::Kind::StaticMember { type_name, word } => {
            keep_prefix(world.static_members(&type_name), &word)
        }
        place::Kind::Type { word } => types::candidates(&word, world),
        place::Kind::Operator { word } => operators::candidates(&word),
        place::Kind::Parameter { command, word } => parameters::candidates(&command, &word, world),
        place::Kind::Argument { command, word } => arguments::candidates(&command, &word, world),
        place::Kind::Path { word } => paths::candidates(&word, world),
        place::Kind::Nothing => Vec::new(),
    };
    Completion { start, candidates }
}

/// Those that begin with the word, any letter case.
fn keep_prefix(mut names: Vec<String>, word: &str) -> Vec<String> {
    names.retain(|name| begins(name, word));
    names
}

/// Whether `name` begins with `word`, any letter case.
fn begins(name: &str, word: &str) -> bool {
    let mut name = name.chars().flat_map(char::to_lowercase);
    word.chars()
        .flat_map(char::to_lowercase)
        .all(|c| name.next() == Some(c))
}

/// `$name`, in braces where it must be.
fn variables(word: &str, world: &dyn World) -> Vec<String> {
    let (sigil, bare) = word.split_at(word.len().min(1));
    let bare = bare.strip_prefix('{').unwrap_or(bare);
    let names = keep_prefix(world.variables(), bare);
    let spell = |name: String| {
        let plain = name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '?'));
        if plain {
            format!("{sigil}{name}")
        } else {
            format!("{sigil}{{{name}}}")
        }
    };
    names.into_iter().map(spell).collect()
}

#[cfg(test)]
mod tests;
