//! `Get-Help`

use std::rc::Rc;

use super::catalog::{self, Entry};
use super::info::{HelpInfo, ParameterInfo};
use super::page::View;
use crate::cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::registry::nearest;
use crate::runtime::wildcard::Wildcard;
use crate::runtime::{Cmdlet, ErrorCategory, ErrorRecord, PsObject, Run, Value};

cmdlet! {
    /// Shows how a command is used, or a topic.
    ///
    /// Without a name it says how to find help. A name or alias of a command shows that command; a word or a pattern lists
    /// what it finds, in names first and else in the texts. Topics that belong to no command begin with about_.
    pub struct GetHelp("Get", "Help").default_set("AllUsersView").module("Microsoft.PowerShell.Core").outputs(&["MamlCommandHelpInfo", "System.String"]) {
        /// A command, an alias, a topic, a word, or a pattern with wildcards.
        name: Option<String> = param("Name").position(0).by_property_name().wildcards().completes("HelpTopic"),
        /// Lists only this kind: Alias, Cmdlet, Function, HelpFile.
        category: Option<Vec<String>> = param("Category"),
        /// Shows the examples alone.
        examples: bool = param("Examples").in_sets(&["Examples"]).mandatory(),
        /// Adds the parameters and the examples.
        detailed: bool = param("Detailed").in_sets(&["DetailedView"]).mandatory(),
        /// Shows everything, each parameter with its rules.
        full: bool = param("Full").in_sets(&["AllUsersView"]),
        /// Shows only these parameters; wildcards are allowed.
        parameter: Option<Vec<String>> = param("Parameter").in_sets(&["Parameters"]).mandatory().wildcards(),
    }
    refused "Online" => "the help is in the program and has no pages elsewhere";
    refused "ShowWindow" => "there are no windows here; `help NAME` shows one screen at a time";
    example "Get-Help Get-Command" => "Shows what the command does and its syntax.";
    example "Get-Help Get-Command -Examples" => "Shows lines to copy.";
    example "Get-Help Get-Command -Parameter Noun" => "Shows one parameter with its rules.";
    example "Get-Help about_*" => "Lists the topics.";
}

impl Cmdlet for GetHelp {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let name = self.name.as_deref().unwrap_or("about_Help");
        if let Some(entry) = catalog::exact(name, cx.shell) {
            return self.show(&entry, cx);
        }
        let found: Vec<Entry> = catalog::search(name, cx.shell)
            .into_iter()
            .filter(|e| self.wants(e))
            .collect();
        match found.as_slice() {
            [] if name.contains(['*', '?']) => Ok(()),
            [] => cx.error(not_found(name, cx)),
            [one] => self.show(one, cx),
            several => several.iter().try_for_each(|entry| {
                let row = row(entry, cx);
                cx.write(row)
            }),
        }
    }
}

impl GetHelp {
    fn wants(&self, entry: &Entry) -> bool {
        let category = category(entry);
        self.category
            .as_ref()
            .is_none_or(|wanted| wanted.iter().any(|one| one.eq_ignore_ascii_case(category)))
    }

    fn show(&self, entry: &Entry, cx: &mut Cx<'_>) -> Run<()> {
        if let Entry::About(about) = entry {
            return cx.write(about.text.trim_end());
        }
        let Some(topic) = entry.topic(cx.shell) else {
            return Ok(());
        };
        if let Some(wanted) = &self.parameter {
            return show_parameters(wanted, &topic, cx);
        }
        let view = match (self.examples, self.detailed, self.full) {
            (true, ..) => View::Examples,
            (_, true, _) => View::Detailed,
            (.., true) => View::Full,
            _ => View::Default,
        };
        cx.write(HelpInfo::value(Rc::new(topic), view))
    }
}

fn show_parameters(wanted: &[String], topic: &super::topic::Topic, cx: &mut Cx<'_>) -> Run<()> {
    for wanted in wanted {
        let pattern = Wildcard::new(wanted);
        let found: Vec<Value> = topic
            .parameters
            .iter()
            .filter(|p| pattern.matches(&p.name))
            .map(ParameterInfo::value)
            .collect();
        if found.is_empty() {
            let message = format!("No parameter matches criteria {wanted}.");
            let kind = "System.Management.Automation.PSArgumentException";
            cx.error(ErrorRecord::new(
                kind,
                "NoParmsFound",
                ErrorCategory::InvalidArgument,
                message,
            ))?;
        }
        found
            .into_iter()
            .try_for_each(|parameter| cx.write(parameter))?;
    }
    Ok(())
}

fn category(entry: &Entry) -> &'static str {
    match entry {
        Entry::Cmdlet(_) => "Cmdlet",
        Entry::Function(_) => "Function",
        Entry::About(_) => "HelpFile",
    }
}

/// A row of the list.
fn row(entry: &Entry, cx: &mut Cx<'_>) -> Value {
    let topic = entry.topic(cx.shell);
    let synopsis = match (entry, &topic) {
        (Entry::About(about), _) => about.synopsis().to_owned(),
        (_, Some(topic)) if topic.generated => "...".to_owned(),
        (_, Some(topic)) => topic.synopsis.clone(),
        (_, None) => String::new(),
    };
    PsObject::view(
        "HelpInfoShort",
        vec![
            ("Name", Value::from(entry.name())),
            ("Category", Value::str(category(entry))),
            (
                "Module",
                Value::from(topic.map(|t| t.module).unwrap_or_default()),
            ),
            ("Synopsis", Value::from(synopsis)),
        ],
    )
}

fn not_found(name: &str, cx: &Cx<'_>) -> ErrorRecord {
    let names: Vec<String> = catalog::all(cx.shell).iter().map(Entry::name).collect();
    let near = nearest(name, names.iter().map(String::as_str), 3);
    let message = format!("Get-Help could not find {name} in a help file in this session.");
    let next = match near.as_slice() {
        [] => "All commands: Get-Command. All topics: Get-Help about_*".to_owned(),
        near => format!("Did you mean {}?", near.join(", ")),
    };
    ErrorRecord::new(
        "Microsoft.PowerShell.Commands.HelpNotFoundException",
        "HelpNotFound",
        ErrorCategory::ResourceUnavailable,
        message,
    )
    .with_target(name)
    .with_recommendation(next)
}
