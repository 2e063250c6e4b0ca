//! A shell on a bench: a window of a width, a folder of its own, and everything it says kept.

use std::cell::RefCell;
use std::path::Path;
use std::rc::Rc;

use mailtern::runtime::shell::{Outcome, Shell};
use mailtern::runtime::ui::{ConsoleColor, Progress, Stream, Ui};

/// What a shell said.
#[derive(Default)]
pub struct Said {
    /// The output.
    pub output: String,
    /// Everything in its order.
    pub all: String,
}

/// A window that nobody sits at.
pub struct Window {
    width: usize,
    said: RefCell<Said>,
}

impl Ui for Window {
    fn write(&self, stream: Stream, text: &str) {
        let mut said = self.said.borrow_mut();
        if stream == Stream::Output {
            said.output.push_str(text);
        }
        said.all.push_str(text);
    }

    fn write_host(&self, text: &str, _: Option<ConsoleColor>, _: Option<ConsoleColor>) {
        self.said.borrow_mut().all.push_str(text);
    }

    fn progress(&self, _: &Progress) {}

    fn read_line(&self, _: &str) -> Option<String> {
        None
    }

    fn read_secret(&self, _: &str) -> Option<String> {
        None
    }

    fn can_prompt(&self) -> bool {
        false
    }

    fn width(&self) -> usize {
        self.width
    }

    fn height(&self) -> usize {
        25
    }

    fn interrupted(&self) -> bool {
        false
    }
}

/// Runs a text in a new shell that stands in a folder; `file` makes it a script.
pub fn run(text: &str, width: usize, folder: &Path, file: Option<&Path>) -> (Said, Outcome) {
    let (text, folder) = (text.to_owned(), folder.to_path_buf());
    let file = file.map(Path::to_path_buf);
    let work = move || {
        let window = Rc::new(Window {
            width,
            said: RefCell::default(),
        });
        let mut shell = Shell::new(window.clone(), &mailtern::cmdlets::all());
        shell.set_stack(STACK / 2);
        mailtern::cmdlets::install(&mut shell);
        shell.set_location(folder);
        let outcome = shell.run_text(&text, file.as_deref(), Vec::new());
        drop(shell);
        (window.said.take(), outcome)
    };
    std::thread::Builder::new()
        .stack_size(STACK)
        .spawn(work)
        .unwrap()
        .join()
        .unwrap()
}

/// The shell's thread needs room for recursion.
const STACK: usize = 256 << 20;
