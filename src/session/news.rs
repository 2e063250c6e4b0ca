//! What the engine tells while nobody asks.

use std::sync::{Arc, OnceLock};

use tokio::sync::broadcast::{Receiver, error::RecvError};

use super::Listener;
use crate::engine::EngineError;
use crate::engine::event::Event;

/// News for the one who listens to the session.
#[derive(Clone, Debug)]
pub enum News {
    /// Something happened.
    Event(Event),
    /// These batches were running when the last run ended, and run again.
    Resumed(Vec<String>),
    /// The work of the last run could not be taken up.
    Trouble(EngineError),
}

/// Hands events on until the engine is gone. A listener that falls behind misses the oldest, as the engine says.
pub(super) async fn pump(mut events: Receiver<Event>, listener: Arc<OnceLock<Listener>>) {
    loop {
        match events.recv().await {
            Ok(event) => {
                if let Some(listener) = listener.get() {
                    listener(News::Event(event));
                }
            }
            Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => return,
        }
    }
}
