//! Questions of the host that leave no trace.

use std::rc::Rc;

use super::pipeline::streams::{Streams, Target};
use super::shell::Shell;
use super::value::Value;

impl Shell {
    /// Runs a text for the host (its prompt, completion): `$?` and `$Error` stay as they are and nothing but what the text
    /// itself writes to the host is shown. `None` when it failed.
    pub fn peek(&mut self, text: &str) -> Option<Vec<Value>> {
        let success = self.success;
        let errors = std::mem::take(&mut self.errors);
        let mut quiet = Streams::default();
        quiet.error.target = Target::Null;
        quiet.warning.target = Target::Null;
        let streams = std::mem::replace(&mut self.context.streams, Rc::new(quiet));
        let found = self.collect(text).ok();
        self.context.streams = streams;
        self.errors = errors;
        self.success = success;
        found
    }
}
