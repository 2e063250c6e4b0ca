//! The topic of a function, out of its comment and its parameters.

use super::comment::CommentHelp;
use super::syntax::{self, Spelling};
use super::topic::{ExampleHelp, ParameterHelp, Topic};
use super::types;
use crate::language::ast::{ExprKind, ScriptBlockAst};
use crate::runtime::names::same_name;
use crate::runtime::registry::Function;
use crate::runtime::signature::{Parameter, Signature};

/// Everything help says about a function.
pub fn topic(function: &Function, signature: &Signature, aliases: Vec<String>) -> Topic {
    let name = function.name.to_string();
    let ast = &function.block.ast;
    let Some(comment) = ast.help.as_deref().and_then(CommentHelp::parse) else {
        return Topic {
            category: "Function",
            syntax: syntax::lines(&name, signature, Spelling::Generated),
            synopsis: syntax::lines(&name, signature, Spelling::Generated).join("\n"),
            parameters: parameters(signature, ast, &CommentHelp::default()),
            common: signature.advanced,
            generated: true,
            aliases,
            name,
            ..Topic::default()
        };
    };
    Topic {
        category: "Function",
        module: function.module.to_string(),
        synopsis: comment.synopsis.clone(),
        description: if comment.description.is_empty() {
            Vec::new()
        } else {
            vec![comment.description.clone()]
        },
        syntax: syntax::lines(&name, signature, Spelling::Help),
        parameters: parameters(signature, ast, &comment),
        common: signature.advanced,
        inputs: comment.inputs,
        outputs: comment.outputs,
        notes: comment.notes,
        examples: comment
            .examples
            .into_iter()
            .map(|(code, remarks)| ExampleHelp { code, remarks })
            .collect(),
        prompt: "PS C:\\>",
        links: comment.links,
        aliases,
        component: comment.component,
        role: comment.role,
        functionality: comment.functionality,
        name,
        ..Topic::default()
    }
}

fn parameters(
    signature: &Signature,
    ast: &ScriptBlockAst,
    comment: &CommentHelp,
) -> Vec<ParameterHelp> {
    let declared = signature
        .parameters
        .iter()
        .filter(|p| !p.hidden)
        .map(|p| parameter(p, ast, comment));
    let risk = ["WhatIf", "Confirm"]
        .into_iter()
        .filter(|_| signature.should_process);
    declared
        .chain(risk.map(|name| ParameterHelp {
            name: name.to_owned(),
            switch: true,
            ..ParameterHelp::default()
        }))
        .collect()
}

fn parameter(parameter: &Parameter, ast: &ScriptBlockAst, comment: &CommentHelp) -> ParameterHelp {
    let text = comment
        .parameters
        .iter()
        .find(|(name, _)| same_name(name, &parameter.name));
    let switch = parameter.is_switch();
    let is_enum = !types::enum_words(parameter).is_empty();
    ParameterHelp {
        name: parameter.name.to_string(),
        type_name: if is_enum {
            String::new()
        } else {
            types::short(&parameter.type_name())
        },
        switch,
        description: text.map(|(_, text)| text.clone()).into_iter().collect(),
        required: parameter.sets.iter().any(|s| s.mandatory),
        position: parameter
            .sets
            .iter()
            .find_map(|s| s.position)
            .map(|p| p + 1),
        default: default_text(parameter, ast).unwrap_or_else(|| {
            if switch {
                "False".to_owned()
            } else {
                String::new()
            }
        }),
        by_value: parameter.sets.iter().any(|s| s.by_value),
        by_property_name: parameter.sets.iter().any(|s| s.by_property_name),
        aliases: None,
        wildcards: false,
        values: Vec::new(),
    }
}

/// The default of a parameter as written, a plain text without its quotes.
fn default_text(parameter: &Parameter, ast: &ScriptBlockAst) -> Option<String> {
    let params = ast.params.as_ref()?;
    let declared = params
        .parameters
        .iter()
        .find(|p| same_name(&p.name.name, &parameter.name))?;
    let default = declared.default.as_ref()?;
    let text = ast.source.slice(default.span);
    let plain = matches!(default.kind, ExprKind::String { .. });
    let bare = if plain {
        text.trim_matches(['\'', '"'])
    } else {
        text
    };
    Some(bare.to_owned())
}
