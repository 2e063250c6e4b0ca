//! News of the engine for the person at the console: above the prompt while a line is typed, before the next prompt while a
//! pipeline runs, so that it never lands in the middle of a table.

use std::collections::VecDeque;
use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex, PoisonError};

use rustyline::ExternalPrinter;

/// How many notices are kept for the next prompt; older ones give way.
const KEPT: usize = 200;

/// The gate between the engine's threads and the terminal. Clones share it.
#[derive(Clone, Default)]
pub struct Notices {
    shared: Arc<Shared>,
}

#[derive(Default)]
struct Shared {
    /// A line is being typed: the editor prints above it.
    at_prompt: AtomicBool,
    /// Nobody types: lines go to standard error at once.
    at_once: AtomicBool,
    waiting: Mutex<VecDeque<String>>,
    printer: Mutex<Option<Sender<String>>>,
}

impl Notices {
    /// Gives the editor's printer a thread of its own, because its `print` waits for the editor.
    pub fn attach(&self, mut printer: impl ExternalPrinter + Send + 'static) {
        let (sender, receiver) = mpsc::channel::<String>();
        let shared = Arc::downgrade(&self.shared);
        let thread = std::thread::Builder::new()
            .name("notices".into())
            .stack_size(128 << 10);
        let started = thread.spawn(move || {
            for text in receiver {
                let Some(shared) = shared.upgrade() else {
                    return;
                };
                if shared.at_prompt.load(Ordering::SeqCst) {
                    let _ = printer.print(text);
                } else {
                    shared.keep(text);
                }
            }
        });
        if started.is_ok() {
            *self
                .shared
                .printer
                .lock()
                .unwrap_or_else(PoisonError::into_inner) = Some(sender);
        }
    }

    /// Tells the person one line, now or before the next prompt. May be called on any thread.
    pub fn tell(&self, line: &str) {
        let text = format!("{line}\n");
        if self.shared.at_once.load(Ordering::SeqCst) {
            let _ = io::stderr().write_all(text.as_bytes());
            return;
        }
        if self.shared.at_prompt.load(Ordering::SeqCst) {
            let printer = self
                .shared
                .printer
                .lock()
                .unwrap_or_else(PoisonError::into_inner);
            if let Some(printer) = printer.as_ref() {
                let _ = printer.send(text);
                return;
            }
        }
        self.shared.keep(text);
    }

    /// From here on nothing waits for a prompt: a script runs, or lines come from a pipe.
    pub fn say_at_once(&self) {
        self.shared.at_once.store(true, Ordering::SeqCst);
        let waiting: String = self.shared.queue().drain(..).collect();
        let _ = io::stderr().write_all(waiting.as_bytes());
    }

    /// A line will now be typed. Gives what waited, to be printed first.
    pub fn prompt_begins(&self) -> String {
        let waiting: String = self.shared.queue().drain(..).collect();
        self.shared.at_prompt.store(true, Ordering::SeqCst);
        waiting
    }

    /// The line is typed: from here on notices wait.
    pub fn prompt_ends(&self) {
        self.shared.at_prompt.store(false, Ordering::SeqCst);
    }
}

impl Shared {
    fn keep(&self, text: String) {
        let mut queue = self.queue();
        if queue.len() == KEPT {
            queue.pop_front();
        }
        queue.push_back(text);
    }

    fn queue(&self) -> std::sync::MutexGuard<'_, VecDeque<String>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notices_wait_while_a_pipeline_runs() {
        let notices = Notices::default();
        notices.tell("one");
        notices.tell("two");
        assert_eq!(notices.prompt_begins(), "one\ntwo\n");
        notices.prompt_ends();
        for i in 0..KEPT + 5 {
            notices.tell(&i.to_string());
        }
        let text = notices.prompt_begins();
        assert!(text.starts_with("5\n") && text.lines().count() == KEPT);
    }
}
