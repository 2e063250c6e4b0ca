//! What is wrong with a text, and where.

use super::Span;

/// One parse error.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SyntaxError {
    /// PowerShell's name of the error (`MissingEndCurlyBrace`); ends up as the FullyQualifiedErrorId.
    pub id: &'static str,
    /// One or two sentences, as PowerShell words them.
    pub message: String,
    /// What to underline. It may stand one past the end of the text.
    pub span: Span,
    /// More text could mend it: a console asks for another line.
    pub incomplete: bool,
}
