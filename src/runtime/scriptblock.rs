//! `{ … }` as a value.

use std::cell::OnceCell;
use std::rc::Rc;

use super::binder::signature::Signature;
use super::scopes::scope::Scope;
use crate::language::ScriptBlockAst;

/// `System.Management.Automation.ScriptBlock`: code that is not run yet.
pub struct ScriptBlock {
    /// The code; its `source` knows text and file.
    pub ast: Rc<ScriptBlockAst>,
    /// What `GetNewClosure()` caught.
    pub(super) closure: Option<Rc<Scope>>,
    /// Its parameters, read at the first call.
    pub(super) signature: OnceCell<Rc<Signature>>,
}

impl ScriptBlock {
    /// A block of code.
    pub fn new(ast: Rc<ScriptBlockAst>) -> ScriptBlock {
        ScriptBlock {
            ast,
            closure: None,
            signature: OnceCell::new(),
        }
    }

    /// The same code, run inside a scope of its own instead of its caller's.
    pub(super) fn with_closure(&self, scope: Rc<Scope>) -> ScriptBlock {
        ScriptBlock {
            closure: Some(scope),
            ..ScriptBlock::new(self.ast.clone())
        }
    }

    /// The text between the braces.
    pub fn text(&self) -> &str {
        let text = self.ast.source.slice(self.ast.span);
        text.strip_prefix('{')
            .and_then(|t| t.strip_suffix('}'))
            .unwrap_or(text)
    }
}
