//! Text to tree, tokens and errors. The only room that knows nom; it imports nothing else of this crate.

pub mod ast;
mod error;
mod lexical;
mod parser;
mod problem;
mod source;
mod token;

use std::rc::Rc;

pub use ast::{ScriptBlockAst, Span};
pub use error::SyntaxError;
pub use source::{Position, Source};
pub use token::{Token, TokenKind};

/// All that is known of a text. The tree is whole when there are no errors; with errors it still says where things stand.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// The tree of the whole text.
    pub script: Rc<ScriptBlockAst>,
    /// In the order of the text, to its end.
    pub tokens: Vec<Token>,
    /// In the order they were met.
    pub errors: Vec<SyntaxError>,
}

/// Reads a typed or made text. Never fails: what is wrong with it is in `errors`.
pub fn parse(source: &str) -> Parsed {
    parser::parse(Rc::new(Source::new(source, None)))
}

/// Reads the text of a script file; the tree remembers the name.
pub fn parse_file(source: &str, file: &str) -> Parsed {
    parser::parse(Rc::new(Source::new(source, Some(file))))
}

impl Parsed {
    /// The text is the beginning of something: a console asks for another line.
    pub fn incomplete(&self) -> bool {
        self.errors.first().is_some_and(|error| error.incomplete)
    }
}
