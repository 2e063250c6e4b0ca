//! Help as objects: what `Get-Help` writes.

use std::any::Any;
use std::rc::Rc;

use super::page::{self, View};
use super::topic::{ExampleHelp, ParameterHelp, Topic};
use crate::runtime::value::{Native, Value};
use crate::runtime::{PsObject, TypeRef};

/// The help of a command, shown as a page.
pub struct HelpInfo {
    topic: Rc<Topic>,
    view: View,
}

impl HelpInfo {
    /// The object for a view.
    pub fn value(topic: Rc<Topic>, view: View) -> Value {
        Value::native(HelpInfo { topic, view })
    }
}

const PROPERTIES: [&str; 17] = [
    "Name",
    "Category",
    "Synopsis",
    "Component",
    "Role",
    "Functionality",
    "ModuleName",
    "Syntax",
    "description",
    "parameters",
    "examples",
    "inputTypes",
    "returnValues",
    "alertSet",
    "relatedLinks",
    "aliases",
    "CommonParameters",
];

impl Native for HelpInfo {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(match self.view {
            View::Default => "MamlCommandHelpInfo",
            View::Examples => "MamlCommandHelpInfo#ExamplesView",
            View::Detailed => "MamlCommandHelpInfo#DetailedView",
            View::Full => "MamlCommandHelpInfo#FullView",
        })
    }

    fn property_names(&self) -> Vec<Rc<str>> {
        PROPERTIES.map(Rc::from).to_vec()
    }

    fn property(&self, name: &str) -> Option<Value> {
        let topic = &*self.topic;
        let texts = |all: &[String]| Value::array(all.iter().map(Value::str).collect());
        let lower = name.to_ascii_lowercase();
        Some(match lower.as_str() {
            "name" => Value::str(&topic.name),
            "category" => Value::str(topic.category),
            "synopsis" => Value::str(&topic.synopsis),
            "component" => Value::str(&topic.component),
            "role" => Value::str(&topic.role),
            "functionality" => Value::str(&topic.functionality),
            "modulename" => Value::str(&topic.module),
            "syntax" => texts(&topic.syntax),
            "description" => Value::array(topic.description.iter().map(Paragraph::value).collect()),
            "parameters" => PsObject::view(
                "MamlCommandHelpInfo#parameters",
                vec![(
                    "parameter",
                    Value::array(topic.parameters.iter().map(ParameterInfo::value).collect()),
                )],
            ),
            "examples" => PsObject::view(
                "MamlCommandHelpInfo#examples",
                vec![(
                    "example",
                    Value::array(topic.examples.iter().enumerate().map(example).collect()),
                )],
            ),
            "inputtypes" => texts(&topic.inputs),
            "returnvalues" => texts(&topic.outputs),
            "alertset" => Value::str(&topic.notes),
            "relatedlinks" => texts(&topic.links),
            "aliases" => Value::str(topic.aliases.join("\n")),
            "commonparameters" => Value::Bool(topic.common),
            _ => return None,
        })
    }

    fn text(&self) -> String {
        format!(
            "@{{Name={}; Category={}; Synopsis={}}}",
            self.topic.name, self.topic.category, self.topic.synopsis
        )
    }

    fn page(&self, width: usize) -> Option<String> {
        Some(page::topic(&self.topic, self.view, width))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn example((at, example): (usize, &ExampleHelp)) -> Value {
    PsObject::view(
        "MamlCommandHelpInfo#example",
        vec![
            (
                "title",
                Value::from(format!(
                    "-------------------------- EXAMPLE {} --------------------------",
                    at + 1
                )),
            ),
            ("code", Value::str(&example.code)),
            ("remarks", Value::str(&example.remarks)),
        ],
    )
}

/// The help of one parameter, shown as a block.
pub struct ParameterInfo {
    help: ParameterHelp,
}

impl ParameterInfo {
    /// The object.
    pub fn value(help: &ParameterHelp) -> Value {
        Value::native(ParameterInfo { help: help.clone() })
    }
}

impl Native for ParameterInfo {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named("MamlCommandHelpInfo#parameter")
    }

    fn property_names(&self) -> Vec<Rc<str>> {
        [
            "name",
            "type",
            "description",
            "required",
            "position",
            "defaultValue",
            "pipelineInput",
            "aliases",
            "globbing",
        ]
        .map(Rc::from)
        .to_vec()
    }

    fn property(&self, name: &str) -> Option<Value> {
        let help = &self.help;
        let lower = name.to_ascii_lowercase();
        Some(match lower.as_str() {
            "name" => Value::str(&help.name),
            "type" => Value::str(&help.type_name),
            "description" => Value::array(help.description.iter().map(Paragraph::value).collect()),
            "required" => Value::str(if help.required { "true" } else { "false" }),
            "position" => Value::from(help.position.map_or("named".to_owned(), |p| p.to_string())),
            "defaultvalue" => Value::str(&help.default),
            "pipelineinput" => Value::str(help.pipeline_input()),
            "aliases" => Value::str(help.aliases.as_deref().unwrap_or_default()),
            "globbing" => Value::str(if help.wildcards { "true" } else { "false" }),
            _ => return None,
        })
    }

    fn text(&self) -> String {
        format!("-{}", self.help.name)
    }

    fn page(&self, width: usize) -> Option<String> {
        Some(page::parameter(&self.help, width))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A paragraph of help text.
pub struct Paragraph(String);

impl Paragraph {
    /// The object.
    pub fn value(text: impl AsRef<str>) -> Value {
        Value::native(Paragraph(text.as_ref().to_owned()))
    }
}

impl Native for Paragraph {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named("MamlParaTextItem")
    }

    fn property_names(&self) -> Vec<Rc<str>> {
        vec![Rc::from("Text")]
    }

    fn property(&self, name: &str) -> Option<Value> {
        name.eq_ignore_ascii_case("Text")
            .then(|| Value::str(&self.0))
    }

    fn text(&self) -> String {
        format!("@{{Text={}}}", self.0)
    }

    fn page(&self, width: usize) -> Option<String> {
        Some(page::paragraphs(&self.0, width))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
