//! Operators as values, never as text.

/// How an operator that compares text treats letter case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Case {
    /// No prefix: `-eq`, insensitive.
    Default,
    /// `i` prefix: `-ieq`, insensitive by name.
    Insensitive,
    /// `c` prefix: `-ceq`.
    Sensitive,
}

impl Case {
    /// Whether letter case counts.
    pub fn is_sensitive(self) -> bool {
        self == Case::Sensitive
    }
}

/// An operator between two operands. The tighter ones bind first: range, format, `* / %`, `+ -`, `??`, comparison,
/// bitwise, logical. All of one level are read from the left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // each is the operator of its name
pub enum BinaryOperator {
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Format,
    Range,
    /// `??`
    Coalesce,
    And,
    Or,
    Xor,
    BitAnd,
    BitOr,
    BitXor,
    ShiftLeft,
    ShiftRight,
    Is,
    IsNot,
    As,
    Join,
    Equal(Case),
    NotEqual(Case),
    GreaterOrEqual(Case),
    GreaterThan(Case),
    LessThan(Case),
    LessOrEqual(Case),
    Like(Case),
    NotLike(Case),
    Match(Case),
    NotMatch(Case),
    Replace(Case),
    Contains(Case),
    NotContains(Case),
    In(Case),
    NotIn(Case),
    Split(Case),
}

/// An operator before its operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // each is the operator of its name
pub enum UnaryOperator {
    Plus,
    Minus,
    /// `!` and `-not`.
    Not,
    BitNot,
    /// `,x`: an array of one.
    Comma,
    Join,
    Split(Case),
}

/// `++` and `--` on a variable, a member or an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UpdateOperator {
    /// `++$x`
    PreIncrement,
    /// `--$x`
    PreDecrement,
    /// `$x++`
    PostIncrement,
    /// `$x--`
    PostDecrement,
}

/// The operator of an assignment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // each is the operator of its name
pub enum AssignmentOperator {
    Assign,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    /// `??=`: assigns only when the target is null.
    Coalesce,
}
