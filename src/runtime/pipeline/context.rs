//! What a running command knows about itself: its name, its streams, what its common parameters decided.

use std::rc::Rc;

use super::streams::Streams;
use crate::runtime::error::Position;

/// `ActionPreference`: what happens to an error, a warning or a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Action {
    SilentlyContinue,
    Stop,
    Continue,
    Inquire,
    Ignore,
    Suspend,
    Break,
}

impl Action {
    /// Its words in the order of their numbers.
    pub const WORDS: [&'static str; 7] = [
        "SilentlyContinue",
        "Stop",
        "Continue",
        "Inquire",
        "Ignore",
        "Suspend",
        "Break",
    ];

    /// The action of a word (any case) or number.
    pub fn parse(text: &str) -> Option<Action> {
        let all = [
            Action::SilentlyContinue,
            Action::Stop,
            Action::Continue,
            Action::Inquire,
            Action::Ignore,
            Action::Suspend,
            Action::Break,
        ];
        let index = Action::WORDS
            .iter()
            .position(|word| word.eq_ignore_ascii_case(text.trim()))
            .or_else(|| text.trim().parse().ok())?;
        all.get(index).copied()
    }

    /// Its word.
    pub fn word(self) -> &'static str {
        Action::WORDS[self as usize]
    }
}

/// What the common and risk parameters of a running command said; `None` where they were not given.
#[derive(Clone, Copy, Default)]
#[allow(missing_docs)] // each is the parameter of its name
pub struct Overrides {
    pub error: Option<Action>,
    pub warning: Option<Action>,
    pub information: Option<Action>,
    pub verbose: Option<bool>,
    pub debug: Option<bool>,
    pub what_if: Option<bool>,
    pub confirm: Option<bool>,
}

/// The command at work.
#[derive(Clone, Default)]
pub struct Context {
    /// What the error's first line starts with; empty at script level.
    pub command: Rc<str>,
    /// `CategoryInfo.Activity`.
    pub activity: Rc<str>,
    /// What follows the comma in error ids.
    pub class: Rc<str>,
    /// Where it was called.
    pub position: Option<Position>,
    /// Its streams.
    pub streams: Rc<Streams>,
    /// Its common parameters, when it is a cmdlet. Those of a function become variables of its scope.
    pub overrides: Overrides,
    /// It wrote an error: `$?` will be false.
    pub failed: bool,
    /// Answer to all further questions of -Confirm.
    pub all: Option<bool>,
}
