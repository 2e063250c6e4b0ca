//! A function, a block or a script as a stage.

use std::path::PathBuf;
use std::rc::Rc;

use super::Runner;
use super::sink::Sink;
use crate::language::Source;
use crate::language::ast::Block;
use crate::runtime::binder::rule::VariableRule;
use crate::runtime::binder::{Binder, Bound};
use crate::runtime::cmdlet::ps_cmdlet::PsCmdlet;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::flow::{Flow, Run};
use crate::runtime::scope::{Scope, ScopeKind, Variable};
use crate::runtime::scopes::frame::Frame;
use crate::runtime::scriptblock::ScriptBlock;
use crate::runtime::shell::Shell;
use crate::runtime::signature::{ParameterKind, Signature};
use crate::runtime::types::TypeRef;
use crate::runtime::types::enumerator;
use crate::runtime::types::hashtable::Hashtable;
use crate::runtime::value::Value;

/// What is called.
pub(in crate::runtime) enum Kind {
    /// `& { }`
    Block,
    /// A function, by this name.
    Function(Rc<str>),
    /// A script file.
    Script(PathBuf),
}

/// How it is called.
pub(in crate::runtime) struct Call {
    pub(in crate::runtime) name: Rc<str>,
    pub(in crate::runtime) kind: Kind,
    /// `.`: in the caller's scope.
    pub(in crate::runtime) dotted: bool,
    pub(in crate::runtime) place: super::command::StagePlace,
}

/// A function at work.
pub(in crate::runtime) struct FunctionStage {
    block: Rc<ScriptBlock>,
    signature: Rc<Signature>,
    bound: Bound,
    call: Call,
    source: Rc<Source>,
    scope: Option<Rc<Scope>>,
    frame: Option<Frame>,
    table: Rc<Hashtable>,
    input: Vec<Value>,
    filled: Vec<usize>,
}

impl FunctionStage {
    pub(in crate::runtime) fn new(
        block: Rc<ScriptBlock>,
        signature: Rc<Signature>,
        bound: Bound,
        call: Call,
        source: Rc<Source>,
    ) -> FunctionStage {
        FunctionStage {
            block,
            signature,
            bound,
            call,
            source,
            scope: None,
            frame: None,
            table: Rc::new(Hashtable::new()),
            input: Vec::new(),
            filled: Vec::new(),
        }
    }

    /// The scope the body runs in.
    fn open_scope(&self, shell: &Shell) -> Rc<Scope> {
        if self.call.dotted {
            return shell.scope.clone();
        }
        let outer = self.block.closure.as_ref().unwrap_or(&shell.scope);
        match self.call.kind {
            Kind::Script(_) => outer.child(ScopeKind::Script),
            _ => outer.child(ScopeKind::Local),
        }
    }

    fn new_frame(&self, shell: &Shell) -> Frame {
        let (is_command, invocation_name) = match &self.call.kind {
            Kind::Block => (false, Rc::from(if self.call.dotted { "." } else { "&" })),
            Kind::Function(called) => (true, called.clone()),
            Kind::Script(path) => (true, Rc::from(path.to_string_lossy())),
        };
        Frame {
            name: self.call.name.clone(),
            is_command,
            source: self.block.ast.source.clone(),
            caller: (shell.source.clone(), shell.at),
            invocation: shell.context.position.clone(),
            invocation_name,
            bound: Some(Value::Hashtable(self.table.clone())),
            pipeline_position: self.call.place.number + 1,
            pipeline_length: self.call.place.length,
        }
    }

    /// Makes the variables of the body: common parameters, parameters with their defaults, `$args`, `$PSCmdlet`.
    fn declare(&mut self, shell: &mut Shell) -> Run<()> {
        let scope = shell.scope.clone();
        let overrides = self.bound.common.overrides;
        let word = |on: bool| Value::str(if on { "Continue" } else { "SilentlyContinue" });
        let settings = [
            (
                "ErrorActionPreference",
                overrides.error.map(|action| Value::str(action.word())),
            ),
            (
                "WarningPreference",
                overrides.warning.map(|action| Value::str(action.word())),
            ),
            (
                "InformationPreference",
                overrides
                    .information
                    .map(|action| Value::str(action.word())),
            ),
            ("VerbosePreference", overrides.verbose.map(word)),
            ("DebugPreference", overrides.debug.map(word)),
            ("WhatIfPreference", overrides.what_if.map(Value::Bool)),
            (
                "ConfirmPreference",
                overrides
                    .confirm
                    .map(|on| Value::str(if on { "Low" } else { "None" })),
            ),
        ];
        for (name, value) in settings {
            if let Some(value) = value {
                scope.set_own(name, value);
            }
        }
        if self.signature.advanced {
            self.list_common();
            let set = self
                .bound
                .sets
                .first()
                .cloned()
                .unwrap_or_else(|| Rc::from(crate::runtime::signature::ALL_SETS));
            let cmdlet = PsCmdlet::new(self.call.name.clone(), set, self.signature.impact);
            scope.set_own("PSCmdlet", Value::native(cmdlet));
        } else {
            scope.set_own("args", Value::array(std::mem::take(&mut self.bound.extra)));
        }
        for index in 0..self.signature.parameters.len() {
            let name = self.signature.parameters[index].name.clone();
            if let Some(value) = self.bound.slots[index].clone() {
                self.table.insert_name(&name, value.clone());
                self.set_parameter(shell, index, value);
            }
        }
        // Defaults see the parameters that were given, and each other in order.
        for index in 0..self.signature.parameters.len() {
            if self.bound.slots[index].is_none() {
                let value = self.default_value(shell, index)?;
                self.set_parameter(shell, index, value);
            }
        }
        Ok(())
    }

    /// Common parameters that were given are in `$PSBoundParameters` as well.
    fn list_common(&self) {
        let common = &self.bound.common;
        let overrides = common.overrides;
        let action = |action: super::context::Action| Value::str(action.word());
        let given = [
            ("Verbose", overrides.verbose.map(Value::Bool)),
            ("Debug", overrides.debug.map(Value::Bool)),
            ("ErrorAction", overrides.error.map(action)),
            ("WarningAction", overrides.warning.map(action)),
            ("InformationAction", overrides.information.map(action)),
            ("WhatIf", overrides.what_if.map(Value::Bool)),
            ("Confirm", overrides.confirm.map(Value::Bool)),
            (
                "ErrorVariable",
                common.error_variable.as_ref().map(Value::str),
            ),
            (
                "WarningVariable",
                common.warning_variable.as_ref().map(Value::str),
            ),
            (
                "InformationVariable",
                common.information_variable.as_ref().map(Value::str),
            ),
            ("OutVariable", common.out_variable.as_ref().map(Value::str)),
            (
                "PipelineVariable",
                common.pipeline_variable.as_ref().map(Value::str),
            ),
        ];
        for (name, value) in given {
            if let Some(value) = value {
                self.table.insert_name(name, value);
            }
        }
    }

    fn set_parameter(&self, shell: &Shell, index: usize, value: Value) {
        let parameter = &self.signature.parameters[index];
        let variable = Variable::new(&parameter.name, value);
        if let ParameterKind::Script(types) = &parameter.kind
            && (!types.is_empty() || !parameter.validations.is_empty())
        {
            let rule = VariableRule {
                types: types.clone(),
                validations: parameter.validations.clone(),
            };
            *variable.rule.borrow_mut() = Some(Rc::new(rule));
        }
        shell.scope.declare(variable);
    }

    /// The value of a parameter that was not given.
    fn default_value(&self, shell: &mut Shell, index: usize) -> Run<Value> {
        let parameter = &self.signature.parameters[index];
        let ParameterKind::Script(types) = &parameter.kind else {
            return Ok(Value::Null);
        };
        let params = self.block.ast.params.as_ref();
        let declared = params
            .and_then(|params| params.parameters.get(index))
            .and_then(|p| p.default.as_ref());
        if let Some(expr) = declared {
            let mut value = shell.expr(expr)?;
            for wanted in types.iter().rev() {
                value = shell.convert(&value, *wanted)?;
            }
            return Ok(value);
        }
        Ok(match types.last() {
            None => Value::Null,
            Some(ty) if *ty == TypeRef::string() => Value::str(""),
            Some(ty) if ty.full_name() == "System.Management.Automation.SwitchParameter" => {
                Value::Bool(false)
            }
            Some(ty) if ty.is_value() && !ty.is_enum() && ty.element().is_none() => {
                let is_number = matches!(
                    ty.full_name(),
                    "System.Int32"
                        | "System.Int64"
                        | "System.Double"
                        | "System.Boolean"
                        | "System.Byte"
                        | "System.Decimal"
                        | "System.Single"
                        | "System.Int16"
                        | "System.UInt16"
                        | "System.UInt32"
                        | "System.UInt64"
                );
                if is_number {
                    crate::runtime::convert::to_type(&Value::int(0), *ty).unwrap_or_default()
                } else {
                    Value::Null
                }
            }
            Some(_) => Value::Null,
        })
    }

    /// Runs a part of the body in its scope, with its frame on the stack.
    fn run(
        &mut self,
        shell: &mut Shell,
        step: impl FnOnce(&mut FunctionStage, &mut Shell) -> Run<()>,
    ) -> Run<()> {
        let scope = match &self.scope {
            Some(scope) => scope.clone(),
            None => self.scope.insert(self.open_scope(shell)).clone(),
        };
        let frame = self.frame.take().unwrap_or_else(|| self.new_frame(shell));
        shell.frames.push(frame);
        let outer_scope = std::mem::replace(&mut shell.scope, scope);
        let text = shell.enter_text(&self.block.ast.source.clone());
        let result = step(self, shell);
        // While the error is still inside, its trace names this call.
        if let Err(Flow::Error { record, .. }) = &result {
            shell.locate_statement(record);
        }
        shell.leave_text(text);
        shell.scope = outer_scope;
        self.frame = shell.frames.pop();
        match result {
            Err(Flow::Return) => Ok(()),
            Err(Flow::Exit(code)) if matches!(self.call.kind, Kind::Script(_)) => {
                shell.global.set_own("LASTEXITCODE", Value::int(code));
                shell.success = code == 0;
                shell.context.failed = code != 0;
                Ok(())
            }
            other => other,
        }
    }

    fn part(block: Option<&Block>, shell: &mut Shell, out: &mut dyn Sink) -> Run<()> {
        match block {
            Some(block) => shell.block(block, out),
            None => Ok(()),
        }
    }

    /// Binds an object to the pipeline parameters of an advanced function.
    fn take(&mut self, shell: &mut Shell, input: &Value) -> Run<bool> {
        for index in std::mem::take(&mut self.filled) {
            self.bound.slots[index] = None;
            let value = self.default_value(shell, index)?;
            self.set_parameter(shell, index, value);
            self.table
                .remove(&Value::Str(self.signature.parameters[index].name.clone()));
        }
        let signature = self.signature.clone();
        let source = self.source.clone();
        let mut binder = Binder {
            shell,
            signature: &signature,
            source: &source,
            expects_input: true,
        };
        let filled = match binder.bind_input(&self.bound, input)? {
            Ok(filled) => filled,
            Err(record) => {
                shell.write_error(Rc::new(record))?;
                return Ok(false);
            }
        };
        if let (Some(set), Some(cmdlet)) = (filled.sets.first(), shell.scope.own("PSCmdlet"))
            && let Some(cmdlet) = cmdlet.get().downcast::<PsCmdlet>()
        {
            cmdlet.choose(set.clone());
        }
        for (index, value) in filled.values {
            self.table
                .insert_name(&self.signature.parameters[index].name, value.clone());
            self.bound.slots[index] = Some(value.clone());
            self.set_parameter(shell, index, value);
            self.filled.push(index);
        }
        Ok(true)
    }
}

impl Runner for FunctionStage {
    fn begin(&mut self, shell: &mut Shell, out: &mut dyn Sink) -> Run<()> {
        shell.stack.check(shell.frames.len())?;
        if self.block.ast.dynamic_param.is_some() {
            return Err(Flow::error(ErrorRecord::new(
                "System.NotSupportedException",
                "DynamicParamNotSupported",
                ErrorCategory::NotImplemented,
                "The 'dynamicparam' block is not supported here. Declare the parameters in 'param(...)'.",
            )));
        }
        let ast = self.block.ast.clone();
        self.run(shell, |stage, shell| {
            stage.declare(shell)?;
            FunctionStage::part(ast.begin.as_ref(), shell, out)
        })
    }

    fn process(&mut self, shell: &mut Shell, input: Option<Value>, out: &mut dyn Sink) -> Run<()> {
        let ast = self.block.ast.clone();
        self.run(shell, |stage, shell| {
            if let Some(input) = input {
                if stage.signature.advanced && !stage.take(shell, &input)? {
                    return Ok(());
                }
                if ast.process.is_none() {
                    stage.input.push(input);
                    return Ok(());
                }
                shell.set_underscore(input.clone());
                shell.scope.set_own("input", enumerator::input(vec![input]));
            }
            FunctionStage::part(ast.process.as_ref(), shell, out)
        })
    }

    fn end(&mut self, shell: &mut Shell, out: &mut dyn Sink) -> Run<()> {
        let ast = self.block.ast.clone();
        self.run(shell, |stage, shell| {
            if ast.end.is_none() {
                return Ok(());
            }
            let expects_input = stage.call.place.number > 0;
            if expects_input || !stage.call.dotted {
                shell
                    .scope
                    .set_own("input", enumerator::input(std::mem::take(&mut stage.input)));
            }
            FunctionStage::part(ast.end.as_ref(), shell, out)
        })
    }
}

impl Shell {
    /// Runs a block in a scope of its own with positional arguments.
    pub(in crate::runtime) fn call_block(
        &mut self,
        block: &Rc<ScriptBlock>,
        args: Vec<Value>,
        out: &mut dyn Sink,
    ) -> Run<()> {
        self.call_block_with(block, args, Vec::new(), out)
    }

    /// As [`Shell::call_block`], with objects for `$input`.
    pub(in crate::runtime) fn call_block_with(
        &mut self,
        block: &Rc<ScriptBlock>,
        args: Vec<Value>,
        input: Vec<Value>,
        out: &mut dyn Sink,
    ) -> Run<()> {
        let call = Call {
            name: Rc::from("<ScriptBlock>"),
            kind: Kind::Block,
            dotted: false,
            place: super::command::StagePlace {
                number: 0,
                length: 1,
                stop: 0,
            },
        };
        self.run_stage_alone(block, call, args, input, out)
    }

    /// Runs a script file's block in a script scope with positional arguments.
    pub(in crate::runtime) fn run_script(
        &mut self,
        block: &Rc<ScriptBlock>,
        path: &std::path::Path,
        args: Vec<Value>,
        out: &mut dyn Sink,
    ) -> Run<()> {
        let place = super::command::StagePlace {
            number: 0,
            length: 1,
            stop: 0,
        };
        let name: Rc<str> = Rc::from(
            path.file_name()
                .map(|name| name.to_string_lossy())
                .unwrap_or_default(),
        );
        let outer = std::mem::take(&mut self.context);
        self.context.streams = outer.streams.clone();
        self.context.command = Rc::from(path.to_string_lossy());
        self.context.activity = name.clone();
        self.context.class = name.clone();
        let result = self.run_main_script(
            block,
            Call {
                name,
                kind: Kind::Script(path.to_owned()),
                dotted: false,
                place,
            },
            args,
            out,
        );
        self.context = outer;
        result
    }

    /// As a stage, but `exit` ends the host's run and not only the script.
    fn run_main_script(
        &mut self,
        block: &Rc<ScriptBlock>,
        call: Call,
        args: Vec<Value>,
        out: &mut dyn Sink,
    ) -> Run<()> {
        let call = Call {
            kind: Kind::Function(self.context.command.clone()),
            ..call
        };
        let scope = self.scope.child(ScopeKind::Script);
        let outer = std::mem::replace(&mut self.scope, scope);
        let result = self.run_stage_alone(
            block,
            Call {
                dotted: true,
                ..call
            },
            args,
            Vec::new(),
            out,
        );
        self.scope = outer;
        result
    }

    fn run_stage_alone(
        &mut self,
        block: &Rc<ScriptBlock>,
        call: Call,
        args: Vec<Value>,
        input: Vec<Value>,
        out: &mut dyn Sink,
    ) -> Run<()> {
        let signature = self.signature_of(block)?;
        let source = self.source.clone();
        let arguments = crate::runtime::binder::arguments::from_values(args, self.at);
        let mut binder = Binder {
            shell: self,
            signature: &signature,
            source: &source,
            expects_input: false,
        };
        let bound = binder.bind(arguments)?;
        let mut stage = FunctionStage::new(block.clone(), signature, bound, call, source);
        stage.begin(self, out)?;
        if input.is_empty() {
            stage.process(self, None, out)?;
        }
        for item in input {
            stage.process(self, Some(item), out)?;
        }
        stage.end(self, out)
    }
}
