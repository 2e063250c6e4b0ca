//! Statements.

use std::rc::Rc;

use super::{
    AssignmentOperator, Expr, FunctionDefinition, PipelineChain, Span, TypeName, Variable,
};

/// A list of statements, with or without braces.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Block {
    /// With the braces, if it has them.
    pub span: Span,
    /// In the order of the text.
    pub statements: Vec<Statement>,
    /// `trap` statements of this list: they guard all of it, wherever they stand.
    pub traps: Vec<TrapStatement>,
}

/// One statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: StatementKind,
}

/// The kinds of statements. Where a field is called a pipeline, its kind is `Chain` or `Assign`.
#[derive(Clone, Debug, PartialEq)]
pub enum StatementKind {
    /// Pipelines joined by `&&` and `||`; by far the most are one pipeline.
    Chain(Box<PipelineChain>),
    /// `target = value`
    Assign(Box<Assignment>),
    /// `if`
    If(Box<IfStatement>),
    /// `switch`
    Switch(Box<SwitchStatement>),
    /// `foreach ($x in …) { }`
    ForEach(Box<ForEachStatement>),
    /// `for (…;…;…) { }`
    For(Box<ForStatement>),
    /// `while (…) { }`
    While(Box<LoopStatement>),
    /// `do { } while (…)`
    DoWhile(Box<LoopStatement>),
    /// `do { } until (…)`
    DoUntil(Box<LoopStatement>),
    /// `break`, perhaps with a label (a constant string when it is a word).
    Break(Option<Box<Expr>>),
    /// `continue`, perhaps with a label.
    Continue(Option<Box<Expr>>),
    /// `return`, perhaps with a pipeline.
    Return(Option<Box<Statement>>),
    /// `throw`, perhaps with a pipeline.
    Throw(Option<Box<Statement>>),
    /// `exit`, perhaps with a pipeline.
    Exit(Option<Box<Statement>>),
    /// `try`
    Try(Box<TryStatement>),
    /// `function`, `filter`
    Function(Rc<FunctionDefinition>),
    /// Text that could not be read; an error says why. Never in a tree without errors.
    Error,
}

/// `target operator value`.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    /// A variable, an access, an array of targets, or one of them under casts and attributes.
    pub target: Expr,
    /// `=` or a compound one.
    pub operator: AssignmentOperator,
    /// Where the operator stands.
    pub operator_span: Span,
    /// Any statement: `$x = if (…) { }`, `$x = foreach …`, `$x = $y = 1`.
    pub value: Statement,
}

/// `if (…) { } elseif (…) { } else { }`.
#[derive(Clone, Debug, PartialEq)]
pub struct IfStatement {
    /// `if` and each `elseif`, at least one.
    pub clauses: Vec<IfClause>,
    /// `else`
    pub otherwise: Option<Block>,
}

/// A condition and what it guards.
#[derive(Clone, Debug, PartialEq)]
pub struct IfClause {
    /// A pipeline.
    pub condition: Statement,
    /// Runs when the condition holds.
    pub body: Block,
}

/// `switch -Regex -CaseSensitive (…) { }`.
#[derive(Clone, Debug, PartialEq)]
pub struct SwitchStatement {
    /// `:name` before the keyword, without the colon.
    pub label: Option<Rc<str>>,
    /// How a pattern is compared.
    pub mode: SwitchMode,
    /// `-CaseSensitive`
    pub case_sensitive: bool,
    /// `-File path`: the lines of a file are the subject; then `subject` is `None`.
    pub file: Option<Expr>,
    /// A pipeline.
    pub subject: Option<Statement>,
    /// In the order of the text, `default` apart.
    pub clauses: Vec<SwitchClause>,
    /// `default { }`
    pub default: Option<Block>,
}

/// How a switch compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SwitchMode {
    /// Equality; `-Exact` says the same.
    Exact,
    /// `-Wildcard`
    Wildcard,
    /// `-Regex`
    Regex,
}

/// One pattern of a switch.
#[derive(Clone, Debug, PartialEq)]
pub struct SwitchClause {
    /// A word, a string, a number, a variable, `( )`, or a script block that decides.
    pub pattern: Expr,
    /// What runs.
    pub body: Block,
}

/// `foreach ($variable in values) { }`.
#[derive(Clone, Debug, PartialEq)]
pub struct ForEachStatement {
    /// `:name` before the keyword, without the colon.
    pub label: Option<Rc<str>>,
    /// The loop's variable.
    pub variable: Variable,
    /// Where it stands.
    pub variable_span: Span,
    /// A pipeline.
    pub values: Statement,
    /// What runs for each.
    pub body: Block,
}

/// `for (initializer; condition; iterator) { }`; each part may be missing.
#[derive(Clone, Debug, PartialEq)]
pub struct ForStatement {
    /// `:name` before the keyword, without the colon.
    pub label: Option<Rc<str>>,
    /// A pipeline, run once.
    pub initializer: Option<Statement>,
    /// A pipeline, asked before each turn.
    pub condition: Option<Statement>,
    /// A pipeline, run after each turn.
    pub iterator: Option<Statement>,
    /// What runs each turn.
    pub body: Block,
}

/// `while`, `do while` and `do until`.
#[derive(Clone, Debug, PartialEq)]
pub struct LoopStatement {
    /// `:name` before the keyword, without the colon.
    pub label: Option<Rc<str>>,
    /// A pipeline.
    pub condition: Statement,
    /// What runs each turn.
    pub body: Block,
}

/// `try { } catch [T] { } finally { }`.
#[derive(Clone, Debug, PartialEq)]
pub struct TryStatement {
    /// The guarded statements.
    pub body: Block,
    /// In the order of the text.
    pub catches: Vec<CatchClause>,
    /// `finally { }`
    pub finally: Option<Block>,
}

/// `catch [A], [B] { }`.
#[derive(Clone, Debug, PartialEq)]
pub struct CatchClause {
    /// From the keyword to the brace.
    pub span: Span,
    /// Empty: catches everything.
    pub types: Vec<TypeName>,
    /// What runs.
    pub body: Block,
}

/// `trap [T] { }`.
#[derive(Clone, Debug, PartialEq)]
pub struct TrapStatement {
    /// From the keyword to the brace.
    pub span: Span,
    /// `None`: traps everything.
    pub kind: Option<TypeName>,
    /// What runs.
    pub body: Block,
}
