//! Script blocks, functions and their parameters.

use std::rc::Rc;

use super::{Block, Expr, Span, TypeName, Variable};
use crate::language::Source;

/// A whole script, the body of a function or a `{ }` literal.
#[derive(Clone, Debug, PartialEq)]
pub struct ScriptBlockAst {
    /// From the first to the last byte; a `{ }` literal includes its braces.
    pub span: Span,
    /// The text all spans of this tree point into.
    pub source: Rc<Source>,
    /// `param(...)`, or the list after a function's name.
    pub params: Option<ParamBlock>,
    /// `dynamicparam { }`
    pub dynamic_param: Option<Block>,
    /// `begin { }`
    pub begin: Option<Block>,
    /// `process { }`; the body of a `filter` stands here.
    pub process: Option<Block>,
    /// `end { }`, or the statements of a block that names none.
    pub end: Option<Block>,
    /// Comment-based help that belongs to this block: the comment's text without its marks.
    pub help: Option<Rc<str>>,
}

/// The declared parameters and the attributes in front of `param`.
#[derive(Clone, Debug, PartialEq)]
pub struct ParamBlock {
    /// `param(...)` or the list `(...)`.
    pub span: Span,
    /// `[CmdletBinding()]`, `[OutputType()]`, `[Alias()]`.
    pub attributes: Vec<Attribute>,
    /// In the order of the text.
    pub parameters: Vec<Parameter>,
}

/// One declared parameter: `[Parameter(Mandatory)] [string] $Name = 'x'`.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Attributes, name and default.
    pub span: Span,
    /// Everything in brackets that has parentheses.
    pub attributes: Vec<Attribute>,
    /// Everything in brackets that has none, in the order of the text.
    pub types: Vec<TypeName>,
    /// The variable it fills.
    pub name: Variable,
    /// Where the variable stands.
    pub name_span: Span,
    /// The value when the caller gives none.
    pub default: Option<Expr>,
}

/// `[Name(positional, Key = value, Switch)]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribute {
    /// With the brackets.
    pub span: Span,
    /// The attribute's type.
    pub name: TypeName,
    /// Arguments without a name.
    pub positional: Vec<Expr>,
    /// Arguments with one.
    pub named: Vec<NamedArgument>,
}

/// `Key = value` of an attribute.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedArgument {
    /// Name and value.
    pub span: Span,
    /// As spelled.
    pub name: Rc<str>,
    /// `None` for the short form that means `$true`.
    pub value: Option<Expr>,
}

/// `function Name { }` or `filter Name { }`.
#[derive(Clone, Debug, PartialEq)]
pub struct FunctionDefinition {
    /// From the keyword to the closing brace.
    pub span: Span,
    /// As spelled, with a scope if one is written (`global:Name`).
    pub name: Rc<str>,
    /// Where the name stands.
    pub name_span: Span,
    /// Which keyword.
    pub kind: FunctionKind,
    /// The body; a parameter list after the name is its `params`.
    pub body: Rc<ScriptBlockAst>,
}

/// The keyword of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FunctionKind {
    /// Plain statements are the end block.
    Function,
    /// Plain statements are the process block.
    Filter,
}
