//! Where bytes meet a person or a file: the console, completion, progress, the script runner. The only room that prints.

pub mod complete;
pub mod console;
mod editor;
mod highlight;
mod history_file;
pub mod input;
mod news;
pub mod notices;
pub mod options;
pub mod progress;
pub mod reader;
pub mod screen;
pub mod script;
mod secret;
mod secrets;
mod signals;
pub mod start;
pub mod style;
pub mod terminal;
mod world;

use std::cell::RefCell;
use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::rc::Rc;

use console::Console;
use editor::LineEditor;
use history_file::HistoryFile;
use input::Input;
use notices::Notices;
use options::{Options, Run};
use reader::PipedReader;
use screen::Screen;
use terminal::Terminal;
use world::ShellWorld;

use crate::runtime::shell::Shell;
use crate::session::{ExitCode, Interrupt, Session, default_home};

const USAGE: &str = include_str!("usage.txt");

/// The program: reads the arguments after its name, does what they say, gives the exit code.
pub fn main(arguments: impl Iterator<Item = OsString>) -> i32 {
    let options = match Options::parse(arguments) {
        Ok(options) => options,
        Err(message) => return usage_error(&message),
    };
    match options.run {
        Run::Version => print(concat!("Mailtern ", env!("CARGO_PKG_VERSION"), "\n")),
        Run::Help => print(USAGE),
        _ => on_large_stack(move || run(&options)),
    }
}

/// The evaluator recurses with the script; deep scripts need room.
fn on_large_stack(work: impl FnOnce() -> i32 + Send + 'static) -> i32 {
    let thread = std::thread::Builder::new()
        .name("shell".into())
        .stack_size(start::STACK);
    let failed = i32::from(ExitCode::ScriptError.number());
    match thread.spawn(work) {
        Ok(thread) => thread.join().unwrap_or(failed),
        Err(error) => {
            complain(&format!("The shell could not start: {error}."));
            failed
        }
    }
}

fn run(options: &Options) -> i32 {
    let home = options.home.clone().unwrap_or_else(default_home);
    let home = std::path::absolute(&home).unwrap_or(home);
    let interrupt = Interrupt::new();
    let session = Session::new(home, interrupt.clone());
    signals::listen(&session);
    let input = Input::stdin();
    let screen = Rc::new(Terminal::new(
        input.clone(),
        interrupt,
        options.non_interactive,
    ));
    let notices = Notices::default();
    let quiet = notices.clone();
    session.listen(move |news| {
        if let Some(line) = news::line(&news) {
            quiet.tell(&line);
        }
    });
    let mut shell = start::shell(screen.clone(), &session);
    shell.set_stack(start::STACK);
    let shell = Rc::new(RefCell::new(shell));
    let code = Host {
        options,
        session: session.clone(),
        input,
        screen: screen.clone(),
        notices,
        shell,
    }
    .run();
    screen.settle();
    session.close();
    if screen.is_closed() {
        i32::from(ExitCode::Interrupted.number())
    } else {
        code
    }
}

/// Everything a run needs.
struct Host<'a> {
    options: &'a Options,
    session: Session,
    input: Input,
    screen: Rc<Terminal>,
    notices: Notices,
    shell: Rc<RefCell<Shell>>,
}

impl Host<'_> {
    fn run(&self) -> i32 {
        if !self.options.no_profile
            && let Some(code) =
                start::run_profile(&mut self.shell.borrow_mut(), self.session.home())
        {
            return code;
        }
        if self.options.run != Run::Console {
            self.notices.say_at_once();
        }
        let code = match &self.options.run {
            Run::Console => return self.console(),
            Run::File(path, arguments) => {
                match script::file(&mut self.shell.borrow_mut(), &self.session, path, arguments) {
                    Ok(code) => code,
                    Err(message) => return usage_error(&message),
                }
            }
            Run::Command(text) => script::text(&mut self.shell.borrow_mut(), &self.session, text),
            Run::Stdin => match self.input.rest() {
                Ok(bytes) => script::text(
                    &mut self.shell.borrow_mut(),
                    &self.session,
                    &script::decode(&bytes),
                ),
                Err(error) => {
                    return usage_error(&format!("Standard input cannot be read: {error}."));
                }
            },
            Run::Version | Run::Help => 0,
        };
        if self.options.no_exit {
            self.console()
        } else {
            self.farewell(code)
        }
    }

    /// What a script leaves at work is said, because it ends with the program.
    fn farewell(&self, code: i32) -> i32 {
        for batch in self.session.active_batches() {
            complain(&format!(
                "Batch '{batch}' is not finished and goes on with the next start; `Wait-MigrationBatch '{batch}'` waits for it."
            ));
        }
        code
    }

    fn console(&self) -> i32 {
        let screen: Rc<dyn Screen> = self.screen.clone();
        let typed = self.input.is_terminal() && io::stdout().is_terminal();
        let history = HistoryFile::of(self.session.home());
        if typed && !self.options.no_logo {
            self.greet(!history.exists());
        }
        let console = Console::new(
            self.shell.clone(),
            self.session.clone(),
            screen.clone(),
            typed && !self.options.non_interactive,
        );
        self.take_up_work();
        if typed && !style::is_dumb() {
            let world = Rc::new(ShellWorld::new(self.shell.clone(), self.session.clone()));
            let colour = self.screen.output_style().colour;
            if let Ok(mut editor) =
                LineEditor::new(world, history, self.notices.clone(), screen.clone(), colour)
            {
                return console.run(&mut editor);
            }
        }
        self.notices.say_at_once();
        console.run(&mut PipedReader::new(self.input.clone(), screen))
    }

    fn greet(&self, first: bool) {
        let name = concat!("Mailtern ", env!("CARGO_PKG_VERSION"));
        self.screen.say(&if first {
            format!("{name} moves mailboxes. To begin: Get-Help about_Migration\nTo leave: exit, or Ctrl-D on an empty line.\n")
        } else {
            format!("{name}\n")
        });
    }

    /// Batches that ran when the last run ended go on; opening the state must not hold up the first prompt.
    fn take_up_work(&self) {
        if self.session.home().is_dir() {
            let session = self.session.clone();
            // Trouble comes up again with the first command that needs the engine.
            let _ = std::thread::Builder::new()
                .name("resume".into())
                .spawn(move || session.engine().map(|_| ()));
        }
    }
}

fn print(text: &str) -> i32 {
    let _ = io::stdout().write_all(text.as_bytes());
    0
}

fn complain(message: &str) {
    let _ = writeln!(io::stderr(), "{message}");
}

fn usage_error(message: &str) -> i32 {
    complain(&format!("mailtern: {message}"));
    i32::from(ExitCode::Usage.number())
}
