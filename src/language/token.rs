//! Tokens: what highlighting and completion read.

use super::Span;

/// A piece of the text. Tokens stand in the order of the text and do not overlap; blanks between them have none.
/// A string with something to expand is several: its text pieces, its variables, its `$(` … `)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// The name of a command: `Get-Item`.
    Command,
    /// `-Name`, `-Name:`
    Parameter,
    /// A word given to a command.
    Argument,
    /// `$x`, `${x y}`, `@splat`
    Variable,
    /// Any quoted text, or a piece of it.
    StringLiteral,
    /// A number.
    Number,
    /// `+`, `-eq`, `=`, `|`, `..`, `&`, redirections, `,`, `.` and `::` before a member.
    Operator,
    /// `if`, `function`, `in`, …
    Keyword,
    /// The name between `[` and `]`.
    Type,
    /// The name of an attribute.
    Attribute,
    /// The name of a property or method.
    Member,
    /// The name of a function that is being declared, or a key of a hashtable.
    Name,
    /// `:name` before a loop.
    Label,
    /// `( ) { } [ ] @( $( @{`
    Bracket,
    /// `;`
    Separator,
    /// `# …` and `<# … #>`
    Comment,
    /// The end of a line that ends a statement or stands between statements.
    NewLine,
    /// A backtick at the end of a line.
    LineContinuation,
    /// Text no rule could use.
    Unknown,
}
