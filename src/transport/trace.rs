//! A listener to the conversation with a server.

use std::{fmt, sync::Arc};

/// A listener to the conversation with a server. Gets `C` or `S` for the speaker, and the line.
#[derive(Clone)]
pub struct Trace(Arc<Listener>);

type Listener = dyn Fn(char, &str) + Send + Sync;

impl Trace {
    /// A listener from a function.
    pub fn new(listener: impl Fn(char, &str) + Send + Sync + 'static) -> Self {
        Self(Arc::new(listener))
    }

    pub(super) fn line(&self, speaker: char, line: &str) {
        (self.0)(speaker, line);
    }
}

impl fmt::Debug for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Trace")
    }
}
