//! The tree of a script: plain data, no behaviour, no value of the shell.
//!
//! Long runs are lists, not towers (`a + b + c` is one [`Binary`], `$a.b.c` one [`Access`]), so the height of a tree is
//! bounded by the nesting of the text and dropping or walking it cannot exhaust the stack.

mod command;
mod expression;
mod operator;
mod script;
mod statement;
mod type_name;

pub use command::{
    ChainOperator, Command, CommandElement, CommandParameter, ExpressionElement, Invocation,
    Pipeline, PipelineChain, PipelineElement, Redirection, RedirectionTarget, Stream,
};
pub use expression::{
    Access, AccessStep, Binary, BinaryTail, Expr, ExprKind, HashEntry, MemberName, NumberLiteral,
    NumberValue, Quote, Scope, StringPart, Ternary, Variable,
};
pub use operator::{AssignmentOperator, BinaryOperator, Case, UnaryOperator, UpdateOperator};
pub use script::{
    Attribute, FunctionDefinition, FunctionKind, NamedArgument, ParamBlock, Parameter,
    ScriptBlockAst,
};
pub use statement::{
    Assignment, Block, CatchClause, ForEachStatement, ForStatement, IfClause, IfStatement,
    LoopStatement, Statement, StatementKind, SwitchClause, SwitchMode, SwitchStatement,
    TrapStatement, TryStatement,
};
pub use type_name::{TypeName, TypeNameKind};

/// A half-open range of byte offsets into the source, `start..end`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// The range `start..end`.
    pub fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The smallest range that covers both.
    pub fn to(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }
}
