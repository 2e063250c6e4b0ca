//! Pipelines, commands and their elements.

use std::rc::Rc;

use super::{Expr, Span, Variable};

/// `a && b || c`: each next one runs by the success of what ran before it.
#[derive(Clone, Debug, PartialEq)]
pub struct PipelineChain {
    /// The first pipeline.
    pub first: Pipeline,
    /// The joined ones, read from the left.
    pub rest: Vec<(ChainOperator, Pipeline)>,
}

/// What joins two pipelines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChainOperator {
    /// `&&`: runs after success.
    And,
    /// `||`: runs after failure.
    Or,
}

/// `a | b | c`.
#[derive(Clone, Debug, PartialEq)]
pub struct Pipeline {
    /// From the first to the last element.
    pub span: Span,
    /// At least one; only the first can be an expression.
    pub elements: Vec<PipelineElement>,
}

/// One stage of a pipeline.
#[derive(Clone, Debug, PartialEq)]
pub enum PipelineElement {
    /// A value at the head.
    Expression(ExpressionElement),
    /// A command.
    Command(Command),
}

impl PipelineElement {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            PipelineElement::Expression(element) => element.span,
            PipelineElement::Command(command) => command.span,
        }
    }
}

/// An expression as a stage of a pipeline.
#[derive(Clone, Debug, PartialEq)]
pub struct ExpressionElement {
    /// Expression and redirections.
    pub span: Span,
    /// The value.
    pub expression: Expr,
    /// In the order of the text.
    pub redirections: Vec<Redirection>,
}

/// The invocation of a command: `Get-Item -Path a b > out.txt`.
#[derive(Clone, Debug, PartialEq)]
pub struct Command {
    /// From the operator or name to the last element.
    pub span: Span,
    /// `&`, `.` or nothing.
    pub invocation: Invocation,
    /// A bareword (a string), or with an operator any expression that names a command or is a script block.
    pub name: Expr,
    /// What follows the name, in the order of the text, redirections apart.
    pub elements: Vec<CommandElement>,
    /// In the order of the text.
    pub redirections: Vec<Redirection>,
}

/// The operator in front of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invocation {
    /// By name alone.
    Name,
    /// `&`: runs in a new scope.
    Call,
    /// `.`: runs in this scope.
    Dot,
}

/// One element after a command's name.
#[derive(Clone, Debug, PartialEq)]
pub enum CommandElement {
    /// A value.
    Argument(Expr),
    /// `-Name` or `-Name:value`.
    Parameter(CommandParameter),
    /// `@name`: parameters from a hashtable or positions from an array.
    Splat {
        /// Where it stands.
        span: Span,
        /// The variable, without the `@`.
        variable: Variable,
    },
    /// `--`: all that follows is a value.
    EndOfParameters(Span),
    /// `--%` and the rest of the line as it is (environment variables `%x%` are the runner's to expand).
    Verbatim {
        /// From `--%` to the end of the text.
        span: Span,
        /// The text after `--%`, without the blanks around it.
        text: Rc<str>,
    },
}

/// `-Name` or `-Name:value`.
#[derive(Clone, Debug, PartialEq)]
pub struct CommandParameter {
    /// Name and value.
    pub span: Span,
    /// The dash, the name and the colon.
    pub name_span: Span,
    /// Without dash and colon, as spelled.
    pub name: Rc<str>,
    /// Dash, name and colon as a command that knows no parameters gets it (`-Name:`).
    pub text: Rc<str>,
    /// The value after a colon.
    pub argument: Option<Expr>,
}

/// A redirection of one stream.
#[derive(Clone, Debug, PartialEq)]
pub struct Redirection {
    /// The operator and its file.
    pub span: Span,
    /// What is redirected.
    pub from: Stream,
    /// Where it goes.
    pub to: RedirectionTarget,
}

/// Where a stream goes.
#[derive(Clone, Debug, PartialEq)]
pub enum RedirectionTarget {
    /// `n>&1`
    Merge(Stream),
    /// `> file`, `>> file`
    File {
        /// The path, one value.
        path: Expr,
        /// `>>`
        append: bool,
    },
}

/// The streams of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stream {
    /// `*`
    All,
    /// 1
    Output,
    /// 2
    Error,
    /// 3
    Warning,
    /// 4
    Verbose,
    /// 5
    Debug,
    /// 6
    Information,
}
