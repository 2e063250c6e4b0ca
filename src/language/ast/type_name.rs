//! Names of types as they are written between brackets.

use std::fmt;
use std::rc::Rc;

use super::Span;

/// A type as written in `[...]`.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeName {
    /// Where it stands, without the outer brackets.
    pub span: Span,
    /// What it is.
    pub kind: TypeNameKind,
}

/// The shapes of a type name.
#[derive(Clone, Debug, PartialEq)]
pub enum TypeNameKind {
    /// `int`, `System.IO.File`.
    Named(Rc<str>),
    /// `List[string]`, `Dictionary[string,int]`.
    Generic {
        /// The name before the bracket.
        name: Rc<str>,
        /// At least one argument.
        arguments: Vec<TypeName>,
    },
    /// `int[]`, `int[,]`.
    Array {
        /// The type of one element.
        element: Box<TypeName>,
        /// Number of dimensions, 1 for `[]`.
        rank: u32,
    },
}

impl TypeName {
    /// The name without generic arguments and array brackets, as spelled.
    pub fn base_name(&self) -> &Rc<str> {
        match &self.kind {
            TypeNameKind::Named(name) | TypeNameKind::Generic { name, .. } => name,
            TypeNameKind::Array { element, .. } => element.base_name(),
        }
    }
}

impl fmt::Display for TypeName {
    /// The name without blanks: `System.Collections.Generic.List[string]`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            TypeNameKind::Named(name) => f.write_str(name),
            TypeNameKind::Generic { name, arguments } => {
                write!(f, "{name}[")?;
                for (i, argument) in arguments.iter().enumerate() {
                    let comma = if i == 0 { "" } else { "," };
                    write!(f, "{comma}{argument}")?;
                }
                f.write_str("]")
            }
            TypeNameKind::Array { element, rank } => {
                write!(
                    f,
                    "{element}[{}]",
                    ",".repeat(rank.saturating_sub(1) as usize)
                )
            }
        }
    }
}
