//! `{ … }` as a value.

use std::rc::Rc;

use crate::language::ScriptBlockAst;

/// `System.Management.Automation.ScriptBlock`: code that is not run yet.
pub struct ScriptBlock {
    /// The code; its `source` knows text and file.
    pub ast: Rc<ScriptBlockAst>,
}

impl ScriptBlock {
    /// A block of code.
    pub fn new(ast: Rc<ScriptBlockAst>) -> ScriptBlock {
        ScriptBlock { ast }
    }

    /// The text between the braces.
    pub fn text(&self) -> &str {
        let text = self.ast.source.slice(self.ast.span);
        text.strip_prefix('{')
            .and_then(|t| t.strip_suffix('}'))
            .unwrap_or(text)
    }
}
