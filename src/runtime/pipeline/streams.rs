//! Where the streams beside the output go, command by command.

use std::cell::RefCell;
use std::rc::Rc;

use crate::runtime::value::Value;

pub use crate::language::ast::Stream as StreamName;

/// A list that several parties fill.
pub type Shared = Rc<RefCell<Vec<Value>>>;

/// The end of a stream.
#[derive(Clone, Default)]
pub enum Target {
    /// The screen.
    #[default]
    Screen,
    /// Nowhere.
    Null,
    /// The output of the command that was redirected; it empties the list before it writes on.
    Output(Shared),
    /// A file.
    File(Rc<RefCell<super::redirect::FileOutput>>),
}

/// A stream: those who listen on the way (`-ErrorVariable`), and its end.
#[derive(Clone, Default)]
pub struct Destination {
    /// Lists that get a copy.
    pub taps: Vec<Shared>,
    /// The end.
    pub target: Target,
}

/// The streams of a command.
#[derive(Clone, Default)]
#[allow(missing_docs)] // each is the stream of its name
pub struct Streams {
    pub error: Destination,
    pub warning: Destination,
    pub verbose: Destination,
    pub debug: Destination,
    pub information: Destination,
}

impl Streams {
    /// The stream of a name; the output and `*` are not here.
    pub fn get_mut(&mut self, name: StreamName) -> Option<&mut Destination> {
        match name {
            StreamName::Error => Some(&mut self.error),
            StreamName::Warning => Some(&mut self.warning),
            StreamName::Verbose => Some(&mut self.verbose),
            StreamName::Debug => Some(&mut self.debug),
            StreamName::Information => Some(&mut self.information),
            StreamName::Output | StreamName::All => None,
        }
    }

    /// All of them.
    pub fn all_mut(&mut self) -> [&mut Destination; 5] {
        [
            &mut self.error,
            &mut self.warning,
            &mut self.verbose,
            &mut self.debug,
            &mut self.information,
        ]
    }
}
