//! Scopes: what names mean while a script, a function or a block runs. Lookup is dynamic: the caller's names are seen.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::seen::{Names, Seen};
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
    /// The outermost scope; none for itself.
    global: Option<Rc<Scope>>,
    seen: Seen,
}

impl Drop for Scope {
    fn drop(&mut self) {
        if let Some(parent) = &self.parent {
            parent.seen.left();
        }
    }
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
        let seen = match &parent {
            Some(outer) => Seen::within(&outer.seen, outer.global.is_none(), outer.around()),
            None => Seen::default(),
        };
        Rc::new(Scope {
            global: parent.as_ref().map(Scope::root),
            parent,
            kind,
            variables: RefCell::default(),
            functions: RefCell::default(),
            aliases: RefCell::default(),
            seen,
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
        self.global.clone().unwrap_or_else(|| self.clone())
    }

    /// The names declared in the scopes around, without the outermost.
    fn around(&self) -> Names {
        let local = |scope: &&Scope| scope.global.is_some();
        let parent = self.parent.as_deref();
        let scopes = std::iter::successors(parent, |scope| scope.parent.as_deref());
        self.seen
            .around(scopes.take_while(local).map(|scope| &scope.seen))
    }

    /// The scopes around in which a name may stand, innermost first.
    fn outer(&self, name: &str) -> impl Iterator<Item = &Scope> {
        let first = match self.around().may_hold(Names::of(name)) {
            true => self.parent.as_deref(),
            false => self.global.as_deref(),
        };
        std::iter::successors(first, |scope| scope.parent.as_deref())
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
        self.outer(name).find_map(|scope| scope.shown(name))
    }

    /// A variable of this scope as scopes within see it.
    fn shown(&self, name: &str) -> Option<Rc<Variable>> {
        let variables = self.variables.borrow();
        let found = variables.get(name)?;
        (!found.options.get().private).then(|| found.clone())
    }

    /// The value a name means here, without touching the variable's count.
    pub fn value(&self, name: &str) -> Option<Value> {
        if let Some(variable) = self.variables.borrow().get(name) {
            return Some(variable.get());
        }
        self.outer(name).find_map(|scope| {
            let variables = scope.variables.borrow();
            let found = variables.get(name)?;
            (!found.options.get().private).then(|| found.get())
        })
    }

    /// Puts a variable into this scope, replacing one of the same name.
    pub fn declare(&self, variable: Rc<Variable>) {
        self.seen.add(&variable.name);
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
        self.seen.add(&function.name);
        self.functions
            .borrow_mut()
            .insert(function.name.clone(), function);
    }

    /// The function a name means here.
    pub fn function(self: &Rc<Scope>, name: &str) -> Option<Rc<Function>> {
        let own = self.functions.borrow().get(name).cloned();
        own.or_else(|| {
            self.outer(name)
                .find_map(|scope| scope.functions.borrow().get(name).cloned())
        })
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
        self.seen.add(alias);
        self.aliases
            .borrow_mut()
            .insert(Rc::from(alias), Rc::from(command));
    }

    /// What an alias means here.
    pub fn alias(self: &Rc<Scope>, name: &str) -> Option<Rc<str>> {
        let own = self.aliases.borrow().get(name).cloned();
        own.or_else(|| {
            self.outer(name)
                .find_map(|scope| scope.aliases.borrow().get(name).cloned())
        })
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::runtime::convert::to_i32;

    #[test]
    fn a_name_declared_around_is_seen_whenever_it_was_declared() {
        let global = Scope::global();
        let outer = global.child(ScopeKind::Local);
        let inner = outer.child(ScopeKind::Local).child(ScopeKind::Local);
        let value = |scope: &Scope, name| scope.value(name).map(|v| to_i32(&v).unwrap());
        assert_eq!(value(&inner, "x"), None);
        global.set_own("x", Value::int(1));
        assert_eq!(value(&inner, "X"), Some(1));
        // The scope has scopes within, which learn of it.
        outer.set_own("x", Value::int(2));
        assert_eq!(value(&inner, "x"), Some(2));
        inner.set_own("x", Value::int(3));
        assert_eq!((value(&inner, "x"), value(&outer, "x")), (Some(3), Some(2)));
        outer.remove("x");
        inner.remove("x");
        assert_eq!(value(&inner, "x"), Some(1));
        outer.set_alias("say", "Write-Output");
        assert_eq!(inner.alias("SAY").as_deref(), Some("Write-Output"));
        assert!(Rc::ptr_eq(&inner.root(), &global));
    }
}
