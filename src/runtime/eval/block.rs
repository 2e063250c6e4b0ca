//! Running texts and script blocks.

use std::path::Path;
use std::rc::Rc;

use super::flow::{Flow, Run};
use crate::language::ast::{ExprKind, FunctionDefinition};
use crate::language::{Parsed, ScriptBlockAst, Source, SyntaxError};
use crate::runtime::error::{ErrorCategory, ErrorRecord, Position};
use crate::runtime::registry::Function;
use crate::runtime::scope::ScopeKind;
use crate::runtime::scopes::frame::Frame;
use crate::runtime::scriptblock::ScriptBlock;
use crate::runtime::shell::Shell;
use crate::runtime::sink::{Collect, Sink};
use crate::runtime::types::Invoker;
use crate::runtime::value::Value;

impl Shell {
    /// Parses and runs a text with its output to a sink. Without a file it runs in the scope at work.
    pub(in crate::runtime) fn run_source(
        &mut self,
        text: &str,
        file: Option<&Path>,
        args: Vec<Value>,
        out: &mut dyn Sink,
    ) -> Run<()> {
        let name = file.map(|path| path.to_string_lossy().into_owned());
        let block = self.parse_source(text, name.as_deref())?;
        let outer = self.stack.enter();
        let result = match file {
            Some(path) => self.run_script(&block, path, args, out),
            None if args.is_empty() && plain(&block.ast) => self.run_plain(&block, out),
            None => self.call_block(&block, args, out),
        };
        self.stack.leave(outer);
        match result {
            Err(Flow::Return) => Ok(()),
            other => other,
        }
    }

    /// The block of a text.
    ///
    /// # Errors
    /// The first parse error, as an error of the whole text.
    pub(in crate::runtime) fn parse_source(
        &self,
        text: &str,
        file: Option<&str>,
    ) -> Run<Rc<ScriptBlock>> {
        let parsed = match file {
            Some(file) => crate::language::parse_file(text, file),
            None => crate::language::parse(text),
        };
        match parsed.errors.first() {
            None => Ok(Rc::new(ScriptBlock::new(parsed.script.clone()))),
            Some(first) => Err(parse_failure(&parsed, first)),
        }
    }

    /// The block of a text that became code: `[scriptblock]::Create`, `Invoke-Expression`.
    pub(in crate::runtime) fn parse_block(&self, text: &str) -> Run<Rc<ScriptBlock>> {
        self.parse_source(text, None)
    }

    /// The value of a `{ … }` literal.
    pub(in crate::runtime) fn script_block(&self, ast: &Rc<ScriptBlockAst>) -> Rc<ScriptBlock> {
        Rc::new(ScriptBlock::new(ast.clone()))
    }

    /// Declares a function in the scope at work, or in the one its name says.
    pub(in crate::runtime) fn define_function(&mut self, definition: &Rc<FunctionDefinition>) {
        let (scope, name) = match definition.name.split_once(':') {
            Some((scope, name)) if scope.eq_ignore_ascii_case("global") => {
                (self.global.clone(), name)
            }
            Some((scope, name)) if scope.eq_ignore_ascii_case("script") => {
                (self.scope.script(), name)
            }
            Some((_, name)) => (self.scope.clone(), name),
            None => (self.scope.clone(), &*definition.name),
        };
        for alias in other_names(&definition.body) {
            scope.set_alias(&alias, name);
        }
        let block = Rc::new(ScriptBlock::new(definition.body.clone()));
        scope.set_function(Rc::new(Function {
            name: Rc::from(name),
            block,
            module: Rc::from(""),
        }));
    }

    /// Runs a block's statements in the scope at work; positions point into its text.
    pub(in crate::runtime) fn run_plain(
        &mut self,
        block: &Rc<ScriptBlock>,
        out: &mut dyn Sink,
    ) -> Run<()> {
        let outer = self.enter_text(&block.ast.source);
        let mut result = Ok(());
        for part in [&block.ast.begin, &block.ast.process, &block.ast.end]
            .into_iter()
            .flatten()
        {
            result = self.block(part, out);
            if result.is_err() {
                break;
            }
        }
        self.leave_text(outer);
        result
    }

    /// Runs a block in the scope at work, as ForEach-Object does: with `$_` when given. With arguments or a `param` of its
    /// own it gets a scope.
    ///
    /// # Errors
    /// What the block raises.
    pub fn run_block_here(
        &mut self,
        block: &Rc<ScriptBlock>,
        underscore: Option<Value>,
        args: Vec<Value>,
        out: &mut dyn Sink,
    ) -> Run<()> {
        if !args.is_empty() || block.closure.is_some() || block.ast.params.is_some() {
            let outer = self.scope.own("_").map(|variable| variable.get());
            let given = underscore.is_some();
            if let Some(value) = underscore {
                self.set_underscore(value);
            }
            let result = self.call_block(block, args, out);
            if given {
                self.restore_underscore(outer);
            }
            return result;
        }
        self.stack.check(self.frames.len())?;
        let outer = match underscore {
            Some(value) => {
                let outer = self.scope.own("_").map(|variable| variable.get());
                self.set_underscore(value);
                Some(outer)
            }
            None => None,
        };
        let frame = self.frame("<ScriptBlock>", &block.ast.source);
        self.frames.push(frame);
        let result = self.run_plain(block, out);
        self.frames.pop();
        if let Some(outer) = outer {
            self.restore_underscore(outer);
        }
        match result {
            Err(Flow::Return) => Ok(()),
            other => other,
        }
    }

    /// Runs a block in a scope of its own with `$this`, `$_` and `$args`, and collects what it writes.
    ///
    /// # Errors
    /// What the block raises.
    pub fn run_block_apart(
        &mut self,
        block: &Rc<ScriptBlock>,
        this: Option<Value>,
        underscore: Option<Value>,
        args: Vec<Value>,
    ) -> Run<Vec<Value>> {
        let scope = self.scope.child(ScopeKind::Local);
        if let Some(this) = this {
            scope.set_own("this", this);
        }
        if let Some(underscore) = underscore {
            scope.set_own("_", underscore);
        }
        let outer = std::mem::replace(&mut self.scope, scope);
        let mut out = Collect::default();
        let result = self.call_block(block, args, &mut out);
        self.scope = outer;
        result.map(|()| out.items)
    }

    /// A frame for a call from the statement at work.
    pub(in crate::runtime) fn frame(&self, name: &str, source: &Rc<Source>) -> Frame {
        Frame {
            name: Rc::from(name),
            is_command: false,
            source: source.clone(),
            caller: (self.source.clone(), self.at),
            invocation: None,
            invocation_name: Rc::from(""),
            bound: None,
            pipeline_position: 1,
            pipeline_length: 1,
        }
    }

    /// Positions point into another text from now on; gives what [`Shell::leave_text`] puts back.
    pub(in crate::runtime) fn enter_text(
        &mut self,
        source: &Rc<Source>,
    ) -> (Rc<Source>, crate::language::Span) {
        let at = self.at;
        (std::mem::replace(&mut self.source, source.clone()), at)
    }

    /// Positions point where they did before.
    pub(in crate::runtime) fn leave_text(&mut self, outer: (Rc<Source>, crate::language::Span)) {
        (self.source, self.at) = outer;
    }
}

impl Invoker for Shell {
    fn invoke(
        &mut self,
        block: &Rc<ScriptBlock>,
        this: Option<Value>,
        underscore: Option<Value>,
        args: Vec<Value>,
    ) -> Run<Vec<Value>> {
        self.run_block_apart(block, this, underscore, args)
    }

    fn closure(&mut self, block: &Rc<ScriptBlock>) -> Rc<ScriptBlock> {
        let scope = self.global.child(ScopeKind::Local);
        for variable in self.scope.variables() {
            if !variable.options.get().constant {
                scope.set_own(&variable.name, variable.get());
            }
        }
        Rc::new(block.with_closure(scope))
    }

    fn write_host(&mut self, text: &str) {
        self.ui().write_host(text, None, None);
    }

    fn interrupted(&self) -> bool {
        self.ui().interrupted()
    }

    fn set_matches(&mut self, groups: Value) {
        self.scope.set_own("Matches", groups);
    }

    fn separator(&mut self) -> String {
        self.scope.value("OFS").map_or_else(
            || " ".to_owned(),
            |value| crate::runtime::convert::to_text(&value),
        )
    }

    fn environment(&self, name: &str) -> Option<String> {
        self.env(name)
    }

    fn set_environment(&mut self, name: &str, value: Option<String>) {
        self.set_env(name, value);
    }

    fn location(&self) -> std::path::PathBuf {
        self.location.clone()
    }

    fn resolve_path(&self, path: &str) -> std::path::PathBuf {
        Shell::resolve_path(self, path)
    }
}

/// The names that `[Alias('a', 'b')]` before its parameters gives to a function.
fn other_names(body: &ScriptBlockAst) -> Vec<Rc<str>> {
    let attributes = body.params.iter().flat_map(|params| &params.attributes);
    attributes
        .filter(|attribute| attribute.name.to_string().eq_ignore_ascii_case("alias"))
        .flat_map(|attribute| &attribute.positional)
        .filter_map(|argument| match &argument.kind {
            ExprKind::String { value, .. } => Some(value.clone()),
            _ => None,
        })
        .collect()
}

/// Whether a block is statements only.
fn plain(ast: &ScriptBlockAst) -> bool {
    ast.params.is_none() && ast.begin.is_none() && ast.process.is_none()
}

/// The error of a text that does not parse: its first error, with all of them as its message's whole.
fn parse_failure(parsed: &Parsed, first: &SyntaxError) -> Flow {
    let record = ErrorRecord::new(
        "System.Management.Automation.ParentContainsErrorRecordException",
        first.id,
        ErrorCategory::ParserError,
        &first.message,
    );
    {
        let mut place = record.place.borrow_mut();
        place.position = Some(Position {
            source: parsed.script.source.clone(),
            span: first.span,
        });
        place.stack = Rc::from("at <ScriptBlock>, <No file>: line 1");
    }
    let more = parsed
        .errors
        .iter()
        .map(|error| (Rc::from(error.message.as_str()), error.span))
        .collect();
    *record.syntax.borrow_mut() = more;
    Flow::fatal(record)
}
