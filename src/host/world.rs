//! The session as completion sees it.

use std::cell::RefCell;
use std::rc::Rc;

use super::complete::World;
use crate::format::view::{self, Body, Wanted};
use crate::language::ast::{AccessStep, Expr, ExprKind, PipelineElement, StatementKind};
use crate::language::parse;
use crate::runtime::members::MemberKind;
use crate::runtime::names::same_name;
use crate::runtime::registry::Command;
use crate::runtime::shell::Shell;
use crate::runtime::signature::Signature;
use crate::runtime::types::{self, registry};
use crate::runtime::{Value, members};
use crate::session::Session;

/// A shell and its session. The shell must not be at work while completion asks.
pub struct ShellWorld {
    shell: Rc<RefCell<Shell>>,
    session: Session,
}

impl ShellWorld {
    /// The world of a shell.
    pub fn new(shell: Rc<RefCell<Shell>>, session: Session) -> Self {
        Self { shell, session }
    }

    fn value_of(&self, expression: &str) -> Option<Value> {
        if !only_reads(expression) {
            return None;
        }
        let values = self.shell.try_borrow_mut().ok()?.peek(expression)?;
        values.into_iter().next()
    }
}

impl World for ShellWorld {
    fn commands(&self) -> Vec<String> {
        let Ok(shell) = self.shell.try_borrow() else {
            return Vec::new();
        };
        let mut names: Vec<String> = shell
            .registry()
            .names()
            .map(|name| name.to_string())
            .collect();
        for scope in shell.scope().chain() {
            names.extend(
                scope
                    .functions()
                    .iter()
                    .map(|function| function.name.to_string()),
            );
            names.extend(scope.aliases().iter().map(|(alias, _)| alias.to_string()));
        }
        names.sort_by_key(|name| (!name.contains('-'), name.to_lowercase()));
        names.dedup_by(|a, b| same_name(a, b));
        names
    }

    fn signature(&self, command: &str) -> Option<Rc<Signature>> {
        let mut shell = self.shell.try_borrow_mut().ok()?;
        match shell.find_command(command)? {
            Command::Cmdlet(meta) => Some(shell.registry().signature(meta)),
            Command::Function(function) => shell.signature_of(&function.block).ok(),
            _ => None,
        }
    }

    fn names(&self, kind: &str, prefix: &str) -> Vec<String> {
        self.session.names(kind, prefix)
    }

    fn variables(&self) -> Vec<String> {
        let Ok(shell) = self.shell.try_borrow() else {
            return Vec::new();
        };
        let mut names: Vec<String> = shell
            .scope()
            .chain()
            .flat_map(|scope| scope.variables())
            .map(|variable| variable.name.to_string())
            .collect();
        names
            .extend(std::env::vars_os().map(|(name, _)| format!("env:{}", name.to_string_lossy())));
        names.sort_by_key(|name| (name.starts_with("env:"), name.to_lowercase()));
        names.dedup_by(|a, b| same_name(a, b));
        names
    }

    fn members(&self, expression: &str) -> Vec<String> {
        let Some(value) = self.value_of(expression) else {
            return Vec::new();
        };
        let mut names: Vec<String> = members::property_names(&value)
            .iter()
            .map(|name| name.to_string())
            .collect();
        for member in members::member_list(&value) {
            if matches!(member.kind, MemberKind::Method | MemberKind::ScriptMethod) {
                names.push(format!("{}(", member.name));
            }
        }
        names
    }

    fn static_members(&self, type_name: &str) -> Vec<String> {
        types::names::find(type_name)
            .map(members::static_names)
            .unwrap_or_default()
    }

    fn types(&self) -> Vec<String> {
        let tables: Vec<_> = registry::tables().collect();
        let mut names: Vec<String> = tables
            .iter()
            .flat_map(|t| t.aliases.iter().map(|alias| (*alias).to_owned()))
            .collect();
        names.extend(["pscustomobject".to_owned(), "ordered".to_owned()]);
        names.sort();
        names.dedup();
        let mut full: Vec<String> = tables
            .iter()
            .map(|t| t.name.to_owned())
            .filter(|name| !name.contains('`'))
            .collect();
        full.sort();
        names.extend(full);
        names
    }

    fn folder(&self, path: &str) -> Vec<String> {
        let Ok(shell) = self.shell.try_borrow() else {
            return Vec::new();
        };
        let Ok(entries) = std::fs::read_dir(shell.resolve_path(path)) else {
            return Vec::new();
        };
        let spell = |entry: std::fs::DirEntry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            if entry.path().is_dir() {
                format!("{name}/")
            } else {
                name
            }
        };
        let mut names: Vec<String> = entries
            .filter_map(Result::ok)
            .map(spell)
            .filter(|n| !n.contains(char::is_control))
            .collect();
        names.sort_by_key(|name| name.to_lowercase());
        names.truncate(500);
        names
    }

    fn properties(&self, command: &str) -> Vec<String> {
        let Ok(shell) = self.shell.try_borrow_mut() else {
            return Vec::new();
        };
        let outputs: Vec<String> = match shell.find_command(command) {
            Some(Command::Cmdlet(meta)) => meta
                .outputs
                .iter()
                .map(|output| (*output).to_owned())
                .collect(),
            _ => Vec::new(),
        };
        outputs
            .iter()
            .flat_map(|output| view_properties(output))
            .collect()
    }
}

/// Whether an expression is a variable or constant with properties behind it: evaluating it changes nothing.
fn only_reads(expression: &str) -> bool {
    let parsed = parse(expression);
    if !parsed.errors.is_empty() {
        return false;
    }
    let Some(end) = parsed.script.end.as_ref() else {
        return false;
    };
    match end.statements.as_slice() {
        [statement] => match &statement.kind {
            StatementKind::Chain(chain) if chain.rest.is_empty() => {
                match chain.first.elements.as_slice() {
                    [PipelineElement::Expression(element)] => is_plain(&element.expression),
                    _ => false,
                }
            }
            _ => false,
        },
        _ => false,
    }
}

fn is_plain(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Number(_) | ExprKind::String { .. } | ExprKind::Variable(_) => true,
        ExprKind::Access(access) => {
            is_plain(&access.target)
                && access.steps.iter().all(|step| match step {
                    AccessStep::Member { .. } => true,
                    AccessStep::Index { .. } => true,
                    AccessStep::Call { .. } => false,
                })
        }
        _ => false,
    }
}
/// Properties in the default look of a type.
fn view_properties(type_name: &str) -> Vec<String> {
    let found = view::find(&[Rc::from(type_name)], Wanted::Any);
    match found.map(|view| view.body) {
        Some(Body::Table(columns)) => columns
            .iter()
            .map(|column| column.property.to_owned())
            .collect(),
        Some(Body::List(properties)) => properties
            .iter()
            .map(|property| (*property).to_owned())
            .collect(),
        _ => Vec::new(),
    }
}
