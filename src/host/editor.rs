//! The line editor of the console: rustyline with our completion, hints and colours.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use rustyline::completion::{Completer, Pair};
use rustyline::config::{BellStyle, CompletionType};
use rustyline::error::ReadlineError;
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::Hinter;
use rustyline::history::{MemHistory, SearchDirection};
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{Config, Context, Editor, Helper};

use super::complete::{World, complete};
use super::highlight;
use super::history_file::HistoryFile;
use super::notices::Notices;
use super::reader::{Line, LineReader};
use super::screen::Screen;

/// Lines a person types.
pub struct LineEditor {
    editor: Editor<Keys, MemHistory>,
    file: HistoryFile,
    notices: Notices,
    screen: Rc<dyn Screen>,
    warned: bool,
}

impl LineEditor {
    /// An editor on the terminal, with the history of earlier sessions.
    ///
    /// # Errors
    /// There is no terminal to edit on.
    pub fn new(
        world: Rc<dyn World>,
        file: HistoryFile,
        notices: Notices,
        screen: Rc<dyn Screen>,
        colour: bool,
    ) -> rustyline::Result<Self> {
        let config = Config::builder()
            .completion_type(CompletionType::Circular)
            .bell_style(BellStyle::None)
            .max_history_size(5000)?
            .history_ignore_dups(true)?
            .build();
        let history = MemHistory::with_config(&config);
        let mut editor = Editor::with_history(config, history)?;
        for statement in file.load() {
            editor.add_history_entry(statement)?;
        }
        editor.set_helper(Some(Keys {
            world,
            colour,
            before: RefCell::default(),
            notices: notices.clone(),
            final_paint: Cell::new(false),
        }));
        // Without a printer notices wait for the next prompt.
        if let Ok(printer) = editor.create_external_printer() {
            notices.attach(printer);
        }
        Ok(Self {
            editor,
            file,
            notices,
            screen,
            warned: false,
        })
    }
}

impl LineReader for LineEditor {
    fn read(&mut self, prompt: &str, before: &str) -> Line {
        if let Some(keys) = self.editor.helper() {
            before.clone_into(&mut keys.before.borrow_mut());
            keys.final_paint.set(false);
        }
        self.screen.say(&self.notices.prompt_begins());
        let read = self.editor.readline(prompt);
        self.notices.prompt_ends();
        match read {
            Ok(text) => Line::Text(text.replace("\r\n", "\n").replace('\r', "\n")),
            Err(ReadlineError::Interrupted) => Line::Interrupted,
            Err(_) => Line::End,
        }
    }

    fn remember(&mut self, statement: &str) {
        let statement = statement.trim_end_matches('\n');
        let _ = self.editor.add_history_entry(statement);
        if let Err(error) = self.file.add(statement)
            && !std::mem::replace(&mut self.warned, true)
        {
            self.screen
                .say(&format!("The history is not kept: {error}.\n"));
        }
    }

    fn ends_with_empty_line(&self) -> bool {
        false
    }
}

/// What the editor asks while a line is typed.
struct Keys {
    world: Rc<dyn World>,
    colour: bool,
    /// What was typed on earlier lines of the statement, line ends included.
    before: RefCell<String>,
    notices: Notices,
    /// The line is accepted and painted a last time.
    final_paint: Cell<bool>,
}

impl Helper for Keys {}

impl Completer for Keys {
    type Candidate = Pair;

    fn complete(
        &self,
        line: &str,
        pos: usize,
        _context: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<Pair>)> {
        let before = self.before.borrow();
        let text = format!("{before}{line}");
        let found = complete(&text, before.len() + pos, &*self.world);
        let pair = |text: String| Pair {
            display: text.clone(),
            replacement: text,
        };
        Ok((
            found.start.saturating_sub(before.len()),
            found.candidates.into_iter().map(pair).collect(),
        ))
    }
}

impl Hinter for Keys {
    type Hint = String;

    /// The rest of the newest statement of one line that begins with what is typed.
    fn hint(&self, line: &str, pos: usize, context: &Context<'_>) -> Option<String> {
        if line.is_empty() || pos < line.len() || !self.before.borrow().is_empty() {
            return None;
        }
        let history = context.history();
        let mut from = history.len().checked_sub(1)?;
        loop {
            let found = history
                .starts_with(line, from, SearchDirection::Reverse)
                .ok()??;
            if found.entry.len() > line.len() && !found.entry.contains('\n') {
                return found.entry.get(line.len()..).map(str::to_owned);
            }
            from = found.idx.checked_sub(1)?;
        }
    }
}

impl Highlighter for Keys {
    fn highlight<'l>(&self, line: &'l str, pos: usize) -> Cow<'l, str> {
        if !self.colour {
            return Cow::Borrowed(line);
        }
        let cursor = if self.final_paint.get() {
            line.len() + 1
        } else {
            pos
        };
        Cow::Owned(highlight::line(&self.before.borrow(), line, cursor))
    }

    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        if self.colour {
            Cow::Owned(format!("\x1b[90m{hint}\x1b[0m"))
        } else {
            Cow::Borrowed(hint)
        }
    }

    fn highlight_char(&self, _line: &str, _pos: usize, kind: CmdKind) -> bool {
        self.final_paint.set(kind == CmdKind::ForcedRefresh);
        self.colour && kind != CmdKind::MoveCursor
    }
}

impl Validator for Keys {
    /// Every line is taken: the console asks for more with `>> `. From here on the editor does not read, so notices wait.
    fn validate(
        &self,
        _context: &mut ValidationContext<'_>,
    ) -> rustyline::Result<ValidationResult> {
        self.notices.prompt_ends();
        Ok(ValidationResult::Valid(None))
    }
}
