//! `Format-Custom`: an object as a tree of classes.

use std::rc::Rc;

use crate::runtime::shell::Shell;
use crate::runtime::types::signature::property_name;
use crate::runtime::{Run, Value, members};

use super::expression;
use super::generate::Spec;
use super::text::{cell, elements, is_scalar};

/// How deep the tree goes unless -Depth says so.
const DEPTH: usize = 5;

/// The lines of an object, each level two columns further in.
///
/// # Errors
/// Control flow of script properties.
pub fn describe(value: &Value, spec: &Spec, limit: i64, shell: &mut Shell) -> Run<String> {
    let depth = if spec.depth == 0 { DEPTH } else { spec.depth };
    let mut tree = Tree {
        spec,
        limit,
        lines: Vec::new(),
    };
    tree.class(value, 0, depth, shell)?;
    tree.lines.push(String::new());
    Ok(tree.lines.join("\n"))
}

struct Tree<'a> {
    spec: &'a Spec,
    limit: i64,
    lines: Vec<String>,
}

impl Tree<'_> {
    fn line(&mut self, indent: usize, text: &str) {
        self.lines.push(format!("{}{text}", " ".repeat(indent)));
    }

    fn class(&mut self, value: &Value, indent: usize, depth: usize, shell: &mut Shell) -> Run<()> {
        let name = value.type_ref().map_or("Object", |ty| ty.name());
        self.line(indent, &format!("class {name}"));
        self.line(indent, "{");
        let wanted = if indent == 0 {
            self.spec.properties.as_slice()
        } else {
            &[]
        };
        let names = if wanted.is_empty() {
            declared_first(value)
                .iter()
                .map(|name| expression::Property::named(name))
                .collect()
        } else {
            wanted
                .iter()
                .flat_map(|property| property.resolve(value, false))
                .collect::<Vec<_>>()
        };
        for property in names {
            let shown = property
                .try_value(value, shell)?
                .ok()
                .flatten()
                .unwrap_or_default();
            self.member(&property.heading(), &shown, indent + 2, depth, shell)?;
        }
        self.line(indent, "}");
        Ok(())
    }

    fn member(
        &mut self,
        name: &str,
        value: &Value,
        indent: usize,
        depth: usize,
        shell: &mut Shell,
    ) -> Run<()> {
        if is_plain(value) || depth == 0 {
            self.line(
                indent,
                format!("{name} = {}", cell(value, self.limit)).trim_end(),
            );
            return Ok(());
        }
        self.line(indent, &format!("{name} = "));
        match elements(value) {
            Some(items) => {
                self.line(indent + 2, "[");
                for item in &items {
                    if is_plain(item) {
                        self.line(indent + 4, &members::text(item));
                    } else {
                        self.class(item, indent + 4, depth - 1, shell)?;
                    }
                }
                self.line(indent + 2, "]");
                Ok(())
            }
            None => self.class(value, indent + 2, depth - 1, shell),
        }
    }
}

fn is_plain(value: &Value) -> bool {
    value.is_null()
        || is_scalar(value)
        || (elements(value).is_none() && expression::names(value).is_empty())
}

/// Property names: those of the type, then those that were added to it.
fn declared_first(value: &Value) -> Vec<Rc<str>> {
    let table = value
        .type_ref()
        .map(|ty| ty.table().properties)
        .unwrap_or_default();
    let declared = |name: &Rc<str>| {
        table
            .iter()
            .any(|property| *property_name(property.signature) == **name)
    };
    let (mut first, added): (Vec<_>, Vec<_>) =
        expression::names(value).into_iter().partition(declared);
    first.extend(added);
    first
}
