//! Expressions.

use std::rc::Rc;

use rust_decimal::Decimal;

use super::{
    Attribute, BinaryOperator, Block, ScriptBlockAst, Span, Statement, TypeName, UnaryOperator,
    UpdateOperator,
};

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: ExprKind,
}

/// The kinds of expressions.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// `5`, `0x1F`, `10MB`; as an argument it keeps its spelling for parameters that want text.
    Number(NumberLiteral),
    /// A string without anything to expand, escapes already read.
    String {
        /// Its content.
        value: Rc<str>,
        /// How it was quoted.
        quote: Quote,
    },
    /// A string that expands.
    Expandable {
        /// In the order of the text, at least one that is not text.
        parts: Vec<StringPart>,
        /// How it was quoted: `Bare`, `Double` or `HereDouble`.
        quote: Quote,
    },
    /// `$x`
    Variable(Variable),
    /// `[int]` as a value.
    Type(TypeName),
    /// `a, b, c`; the single `,a` is [`UnaryOperator::Comma`].
    Array(Vec<Expr>),
    /// `@( … )`
    ArrayExpression(Block),
    /// `$( … )`
    SubExpression(Block),
    /// `( … )` around a pipeline (`Chain` or `Assign`).
    Paren(Box<Statement>),
    /// `@{ key = value }`
    Hashtable(Vec<HashEntry>),
    /// `{ … }`
    ScriptBlock(Rc<ScriptBlockAst>),
    /// An operator before an operand.
    Unary {
        /// Which.
        operator: UnaryOperator,
        /// Of what.
        operand: Box<Expr>,
    },
    /// `++` and `--`.
    Update {
        /// Which.
        operator: UpdateOperator,
        /// A variable or an access.
        target: Box<Expr>,
    },
    /// Operators of one level between operands.
    Binary(Box<Binary>),
    /// `a ? b : c`
    Ternary(Box<Ternary>),
    /// `[type]operand`; `[ordered]@{}` and `[pscustomobject]@{}` come in this form too.
    Cast {
        /// The wanted type.
        kind: TypeName,
        /// The value.
        operand: Box<Expr>,
    },
    /// `[ValidateRange(1,5)]$x`, a target of an assignment.
    Attributed {
        /// The attribute.
        attribute: Attribute,
        /// A variable, perhaps under more casts and attributes.
        operand: Box<Expr>,
    },
    /// Members, indexes and calls after a value.
    Access(Box<Access>),
    /// Text that could not be read; an error says why. Never in a tree without errors.
    Error,
}

/// `first op operand op operand …`, all operators of one level, read from the left:
/// `a - b + c` is `(a - b) + c`. The logical ones stop early.
#[derive(Clone, Debug, PartialEq)]
pub struct Binary {
    /// The leftmost operand.
    pub first: Expr,
    /// At least one.
    pub rest: Vec<BinaryTail>,
}

/// An operator and its right operand.
#[derive(Clone, Debug, PartialEq)]
pub struct BinaryTail {
    /// Which.
    pub operator: BinaryOperator,
    /// Where it stands; errors of an operation underline from the first operand to the right one.
    pub operator_span: Span,
    /// The right operand.
    pub operand: Expr,
}

/// `condition ? yes : no`.
#[derive(Clone, Debug, PartialEq)]
pub struct Ternary {
    /// What decides.
    pub condition: Expr,
    /// The value when it holds.
    pub yes: Expr,
    /// The value when it does not.
    pub no: Expr,
}

/// `target.a.b[1].c()`: steps after a value, read from the left.
#[derive(Clone, Debug, PartialEq)]
pub struct Access {
    /// What the steps start from; a [`ExprKind::Type`] for static members.
    pub target: Expr,
    /// At least one.
    pub steps: Vec<AccessStep>,
}

/// One step.
#[derive(Clone, Debug, PartialEq)]
pub enum AccessStep {
    /// `.name`, `::name`, `?.name`
    Member {
        /// From the dot to the end of the name.
        span: Span,
        /// Which member.
        name: MemberName,
        /// `::`
        is_static: bool,
        /// `?.`: a null target ends the whole access with null.
        null_conditional: bool,
    },
    /// `.name(…)`, `::name(…)`, `?.name(…)`
    Call {
        /// From the dot to the closing parenthesis.
        span: Span,
        /// Which method.
        name: MemberName,
        /// In the order of the text.
        arguments: Vec<Expr>,
        /// `::`
        is_static: bool,
        /// `?.`
        null_conditional: bool,
    },
    /// `[index]`, `?[index]`
    Index {
        /// With the brackets.
        span: Span,
        /// One expression; an array literal for slices.
        index: Expr,
        /// `?[`
        null_conditional: bool,
    },
}

impl AccessStep {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            AccessStep::Member { span, .. }
            | AccessStep::Call { span, .. }
            | AccessStep::Index { span, .. } => *span,
        }
    }
}

/// The name of a member.
#[derive(Clone, Debug, PartialEq)]
pub enum MemberName {
    /// A word: `.Length`.
    Word {
        /// Where it stands.
        span: Span,
        /// As spelled.
        name: Rc<str>,
    },
    /// Anything else: `.'Display Name'`, `.$name`, `.("a" + "b")`.
    Computed(Box<Expr>),
}

/// `key = value` of a hashtable.
#[derive(Clone, Debug, PartialEq)]
pub struct HashEntry {
    /// A word is a string; anything else an expression.
    pub key: Expr,
    /// Any statement.
    pub value: Statement,
}

/// A piece of a string that expands.
#[derive(Clone, Debug, PartialEq)]
pub enum StringPart {
    /// As it is, escapes already read.
    Text(Rc<str>),
    /// A variable or a `$( … )`. In a bareword also a member access.
    Expr(Expr),
}

/// How a string was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quote {
    /// A word without quotes.
    Bare,
    /// `'…'`
    Single,
    /// `"…"`
    Double,
    /// `@'…'@`
    HereSingle,
    /// `@"…"@`
    HereDouble,
}

/// A number and its spelling.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberLiteral {
    /// Its value; suffix and multiplier already counted in.
    pub value: NumberValue,
    /// As spelled, with its sign when that is glued to it. (Among arguments `-5` is a string.)
    pub text: Rc<str>,
}

/// The types a number literal can have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NumberValue {
    /// Fits 32 bits.
    Int(i32),
    /// Fits 64 bits, or suffix `L`.
    Long(i64),
    /// Fits 96 bits, or suffix `D`.
    Decimal(Decimal),
    /// A point, an exponent, or too large for the others.
    Double(f64),
}

/// A variable without its `$`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Variable {
    /// What stands before the colon.
    pub scope: Option<Scope>,
    /// As spelled.
    pub name: Rc<str>,
}

/// The scope or drive of a variable.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// `global:`
    Global,
    /// `script:`
    Script,
    /// `local:`
    Local,
    /// `private:`
    Private,
    /// `using:`
    Using,
    /// `variable:`
    Variable,
    /// `env:`, `function:`, `alias:` or any other drive, as spelled.
    Drive(Rc<str>),
}
