//! Scopes: what names mean while a script, a function or a block runs. Lookup is dynamic: the caller's names are seen.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::runtime::names::NameMap;
use crate::runtime::registry::Function;
use crate::runtime::value::Value;

/// What a scope belongs to; `script:` means the nearest script (or global) scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScopeKind {
    /// The outermost.
    Global,
    /// A script file.
    Script,
    /// A function or a block.
    Local,
}

/// One scope and the one it runs in.
pub struct Scope {
    parent: Option<Rc<Scope>>,
    kind: ScopeKind,
    variables: RefCell<NameMap<Rc<Variable>>>,
    functions: RefCell<NameMap<Rc<Function>>>,
    aliases: RefCell<NameMap<Rc<str>>>,
}

/// A variable: its value and what is required of it.
pub struct Variable {
    /// As spelled at its first assignment.
    pub name: Rc<str>,
    /// What it holds.
    pub value: RefCell<Value>,
    /// It holds the output of a pipeline that wrote nothing: null, but no object of a pipeline or of `@( )`.
    pub nothing: Cell<bool>,
    /// `[int]$x`, `[ValidateRange(1,5)]$x`: what each new value goes through.
    pub rule: RefCell<Option<Rc<dyn ValueRule>>>,
    /// Whether it can change and be seen.
    pub options: Cell<VariableOptions>,
    /// `-Description`
    pub description: RefCell<Rc<str>>,
}

/// What a new value of a variable or parameter goes through: conversion and validation.
pub trait ValueRule {
    /// The value to store.
    ///
    /// # Errors
    /// It does not convert or is not allowed.
    fn apply(
        &self,
        shell: &mut crate::runtime::shell::Shell,
        name: &str,
        value: Value,
    ) -> crate::runtime::flow::Run<Value>;

    /// The declared type's name, for `Get-Variable` and completion; empty when there is none.
    fn type_name(&self) -> String;
}

/// `-Option` of a variable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VariableOptions {
    /// Cannot change unless forced.
    pub read_only: bool,
    /// Cannot change at all.
    pub constant: bool,
    /// Not seen from inner scopes.
    pub private: bool,
    /// Copied into inner scopes.
    pub all_scope: bool,
}

impl Variable {
    /// A plain variable.
    pub fn new(name: &str, value: Value) -> Rc<Variable> {
        Rc::new(Variable {
            name: Rc::from(name),
            value: RefCell::new(value),
            nothing: Cell::new(false),
            rule: RefCell::new(None),
            options: Cell::default(),
            description: RefCell::new(Rc::from("")),
        })
    }

    /// A variable nobody may change.
    pub fn constant(name: &str, value: Value) -> Rc<Variable> {
        let variable = Variable::new(name, value);
        variable.options.set(VariableOptions {
            constant: true,
            ..VariableOptions::default()
        });
        variable
    }

    /// Its value.
    pub fn get(&self) -> Value {
        self.value.borrow().clone()
    }

    /// Stores a value that already went through the rule.
    pub fn put(&self, value: Value) {
        self.nothing.set(false);
        *self.value.borrow_mut() = value;
    }

    /// Whether assignments are refused.
    pub fn is_locked(&self) -> bool {
        let options = self.options.get();
        options.read_only || options.constant
    }
}

impl Scope {
    /// The outermost scope.
    pub fn global() -> Rc<Scope> {
        Scope::new(None, ScopeKind::Global)
    }

    /// A scope inside this one.
    pub fn child(self: &Rc<Scope>, kind: ScopeKind) -> Rc<Scope> {
        Scope::new(Some(self.clone()), kind)
    }

    fn new(parent: Option<Rc<Scope>>, kind: ScopeKind) -> Rc<Scope> {
        Rc::new(Scope {
            parent,
            kind,
            variables: RefCell::default(),
            functions: RefCell::default(),
            aliases: RefCell::default(),
        })
    }

    /// The scope this one runs in.
    pub fn parent(&self) -> Option<&Rc<Scope>> {
        self.parent.as_ref()
    }

    /// Whose scope it is.
    pub fn kind(&self) -> ScopeKind {
        self.kind
    }

    /// This scope and those around it, innermost first.
    pub fn chain(self: &Rc<Scope>) -> impl Iterator<Item = Rc<Scope>> {
        std::iter::successors(Some(self.clone()), |scope| scope.parent.clone())
    }

    /// The nearest script scope, or the global one.
    pub fn script(self: &Rc<Scope>) -> Rc<Scope> {
        let mut scope = self;
        while let (ScopeKind::Local, Some(parent)) = (scope.kind, &scope.parent) {
            scope = parent;
        }
        scope.clone()
    }

    /// The outermost scope.
    pub fn root(self: &Rc<Scope>) -> Rc<Scope> {
        let mut scope = self;
        while let Some(parent) = &scope.parent {
            scope = parent;
        }
        scope.clone()
    }

    /// A variable of this scope itself.
    pub fn own(&self, name: &str) -> Option<Rc<Variable>> {
        self.variables.borrow().get(name).cloned()
    }

    /// The variable a name means here: own or, unless private there, of a scope around.
    pub fn find(&self, name: &str) -> Option<Rc<Variable>> {
        if let Some(variable) = self.variables.borrow().get(name) {
            return Some(variable.clone());
        }
        let mut scope = self.parent.as_deref();
        while let Some(current) = scope {
            if let Some(variable) = current.variables.borrow().get(name)
                && !variable.options.get().private
            {
                return Some(variable.clone());
            }
            scope = current.parent.as_deref();
        }
        None
    }

    /// The value a name means here, without touching the variable's count.
    pub fn value(&self, name: &str) -> Option<Value> {
        let mut scope = Some(self);
        let mut inner = false;
        while let Some(current) = scope {
            if let Some(variable) = current.variables.borrow().get(name)
                && !(inner && variable.options.get().private)
            {
                return Some(variable.get());
            }
            scope = current.parent.as_deref();
            inner = true;
        }
        None
    }

    /// Puts a variable into this scope, replacing one of the same name.
    pub fn declare(&self, variable: Rc<Variable>) {
        self.variables
            .borrow_mut()
            .insert(variable.name.clone(), variable);
    }

    /// Stores a value in this scope's own variable of the name, making it when needed. No rule is applied.
    pub fn set_own(&self, name: &str, value: Value) {
        let found = self.variables.borrow().get(name).cloned();
        match found {
            Some(variable) => variable.put(value),
            None => self.declare(Variable::new(name, value)),
        }
    }

    /// Takes this scope's own variable away.
    pub fn remove(&self, name: &str) -> Option<Rc<Variable>> {
        self.variables.borrow_mut().remove(name)
    }

    /// This scope's own variables.
    pub fn variables(&self) -> Vec<Rc<Variable>> {
        self.variables
            .borrow()
            .iter()
            .map(|(_, variable)| variable.clone())
            .collect()
    }

    /// Declares a function here.
    pub fn set_function(&self, function: Rc<Function>) {
        self.functions
            .borrow_mut()
            .insert(function.name.clone(), function);
    }

    /// The function a name means here.
    pub fn function(self: &Rc<Scope>, name: &str) -> Option<Rc<Function>> {
        let mut scope = Some(self);
        while let Some(current) = scope {
            if let Some(function) = current.functions.borrow().get(name) {
                return Some(function.clone());
            }
            scope = current.parent.as_ref();
        }
        None
    }

    /// Takes this scope's own function away.
    pub fn remove_function(&self, name: &str) -> Option<Rc<Function>> {
        self.functions.borrow_mut().remove(name)
    }

    /// This scope's own functions.
    pub fn functions(&self) -> Vec<Rc<Function>> {
        self.functions
            .borrow()
            .iter()
            .map(|(_, function)| function.clone())
            .collect()
    }

    /// Gives a command another name here.
    pub fn set_alias(&self, alias: &str, command: &str) {
        self.aliases
            .borrow_mut()
            .insert(Rc::from(alias), Rc::from(command));
    }

    /// What an alias means here.
    pub fn alias(self: &Rc<Scope>, name: &str) -> Option<Rc<str>> {
        let mut scope = Some(self);
        while let Some(current) = scope {
            if let Some(command) = current.aliases.borrow().get(name) {
                return Some(command.clone());
            }
            scope = current.parent.as_ref();
        }
        None
    }

    /// Takes this scope's own alias away.
    pub fn remove_alias(&self, name: &str) -> Option<Rc<str>> {
        self.aliases.borrow_mut().remove(name)
    }

    /// This scope's own aliases with their commands.
    pub fn aliases(&self) -> Vec<(Rc<str>, Rc<str>)> {
        self.aliases
            .borrow()
            .iter()
            .map(|(alias, command)| (alias.clone(), command.clone()))
            .collect()
    }
}
