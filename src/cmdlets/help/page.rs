//! Lays a topic out as PowerShell does: headings in capitals, texts indented by four.

use super::common;
use super::topic::{ParameterHelp, Topic};
use crate::format::wrap;

/// Which parts of a topic to show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// Name, synopsis, syntax, description.
    #[default]
    Default,
    /// Name, synopsis, examples.
    Examples,
    /// The default view with parameters and examples.
    Detailed,
    /// All.
    Full,
}

/// A page under construction.
struct Page {
    text: String,
    width: usize,
}

impl Page {
    fn heading(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
    }

    /// A text wrapped at blanks, each line behind `indent` blanks.
    fn block(&mut self, indent: usize, text: &str) {
        for line in wrap::lines(text, self.width.saturating_sub(indent).max(20)) {
            self.text.push_str(&" ".repeat(indent));
            self.text.push_str(&line);
            self.text.push('\n');
        }
    }

    /// `count` lines of nothing but the indent.
    fn gap(&mut self, indent: usize, count: usize) {
        for _ in 0..count {
            self.block(indent, "");
        }
    }

    fn blank(&mut self) {
        self.text.push('\n');
    }
}

/// The page of a topic at a width in columns.
pub fn topic(topic: &Topic, view: View, width: usize) -> String {
    let mut page = Page {
        text: String::from("\n"),
        width,
    };
    page.heading("NAME");
    page.block(4, &topic.name);
    page.gap(4, 1);
    if topic.generated {
        generated(&mut page, topic, view);
    } else {
        written(&mut page, topic, view);
    }
    page.text.push_str("\n\n\n");
    page.text
}

fn written(page: &mut Page, topic: &Topic, view: View) {
    page.heading("SYNOPSIS");
    page.block(4, &topic.synopsis);
    page.gap(4, 2);
    if view == View::Examples {
        examples(page, topic);
        return;
    }
    page.heading("SYNTAX");
    syntax(page, topic);
    page.gap(4, 1);
    page.heading("DESCRIPTION");
    for paragraph in &topic.description {
        page.block(4, paragraph);
        page.gap(4, 1);
    }
    page.gap(4, 1);
    page.blank();
    if view != View::Default {
        parameters(page, topic, view);
    }
    if view == View::Full {
        full_tail(page, topic);
    } else if view == View::Detailed {
        examples(page, topic);
        remarks(page, topic);
    } else {
        links(page, topic);
        page.blank();
        remarks(page, topic);
    }
}

/// The page of a command nobody wrote help for.
fn generated(page: &mut Page, topic: &Topic, view: View) {
    page.heading("SYNTAX");
    syntax(page, topic);
    page.blank();
    if matches!(view, View::Detailed | View::Full) {
        parameters(page, topic, view);
        page.blank();
    }
    page.heading("ALIASES");
    page.block(
        4,
        &if topic.aliases.is_empty() {
            "None".to_owned()
        } else {
            topic.aliases.join("\n")
        },
    );
    page.gap(4, 1);
    page.blank();
    page.heading("REMARKS");
    page.block(4, "None");
}

fn syntax(page: &mut Page, topic: &Topic) {
    for line in &topic.syntax {
        page.block(4, line);
        page.gap(4, 1);
    }
}

fn parameters(page: &mut Page, topic: &Topic, view: View) {
    page.heading("PARAMETERS");
    for parameter in &topic.parameters {
        parameter_block(page, 4, parameter, view == View::Full);
    }
    if topic.common {
        page.block(4, "<CommonParameters>");
        page.block(8, &common::summary());
        page.gap(4, 1);
    }
}

fn parameter_block(page: &mut Page, indent: usize, parameter: &ParameterHelp, attributes: bool) {
    let kind = match (parameter.switch, parameter.type_name.as_str()) {
        (true, _) => " [<SwitchParameter>]".to_owned(),
        (false, "") => String::new(),
        (false, name) => format!(" <{name}>"),
    };
    page.block(indent, &format!("-{}{kind}", parameter.name));
    for (at, paragraph) in parameter.description.iter().enumerate() {
        if at > 0 {
            page.gap(indent + 4, 1);
        }
        page.block(indent + 4, paragraph);
    }
    if !parameter.values.is_empty() {
        page.gap(indent + 4, 1);
        page.block(
            indent + 4,
            &format!("Possible values: {}", parameter.values.join(", ")),
        );
    }
    page.gap(indent + 4, 1);
    if !attributes {
        return;
    }
    let position = parameter
        .position
        .map_or("named".to_owned(), |p| p.to_string());
    let mut rows = vec![
        (
            "Required?",
            if parameter.required { "true" } else { "false" },
        ),
        ("Position?", &position),
        ("Default value", &parameter.default),
        ("Accept pipeline input?", parameter.pipeline_input()),
    ];
    if let Some(aliases) = &parameter.aliases {
        rows.push(("Aliases", aliases));
    }
    rows.push((
        "Accept wildcard characters?",
        if parameter.wildcards { "true" } else { "false" },
    ));
    for (label, value) in rows {
        page.block(indent + 4, &format!("{label:<29}{value}"));
    }
    page.gap(indent + 4, 1);
}

/// The blocks of single parameters, for `-Parameter`.
pub fn parameter(parameter: &ParameterHelp, width: usize) -> String {
    let mut page = Page {
        text: String::from("\n"),
        width,
    };
    parameter_block(&mut page, 0, parameter, true);
    page.text.push_str("\n\n\n");
    page.text
}

/// A text alone, as `(Get-Help X).Description` shows it.
pub fn paragraphs(text: &str, width: usize) -> String {
    let mut page = Page {
        text: String::from("\n"),
        width,
    };
    page.block(0, text);
    page.text.push_str("\n\n\n");
    page.text
}

fn full_tail(page: &mut Page, topic: &Topic) {
    page.heading("INPUTS");
    for input in &topic.inputs {
        page.block(4, input);
        page.gap(4, 1);
    }
    page.gap(4, 1);
    page.heading("OUTPUTS");
    for output in &topic.outputs {
        page.block(4, output);
        page.gap(4, 1);
    }
    page.gap(4, 1);
    if !topic.notes.is_empty() {
        page.heading("NOTES");
        page.gap(4, 2);
        page.block(8, &topic.notes);
        page.gap(4, 1);
    }
    examples(page, topic);
    if !topic.examples.is_empty() {
        page.gap(4, 1);
    }
    links(page, topic);
}

fn examples(page: &mut Page, topic: &Topic) {
    for (at, example) in topic.examples.iter().enumerate() {
        page.block(
            4,
            &format!(
                "-------------------------- EXAMPLE {} --------------------------",
                at + 1
            ),
        );
        page.gap(4, 1);
        page.block(4, &format!("{}{}", topic.prompt, example.code));
        page.gap(4, 1);
        page.block(4, &example.remarks);
        page.gap(4, 4);
    }
}

fn links(page: &mut Page, topic: &Topic) {
    page.heading("RELATED LINKS");
    for link in &topic.links {
        page.block(4, link);
    }
}

fn remarks(page: &mut Page, topic: &Topic) {
    page.heading("REMARKS");
    let name = &topic.name;
    page.block(
        4,
        &format!("To see the examples, type: \"get-help {name} -examples\"."),
    );
    page.block(
        4,
        &format!("For more information, type: \"get-help {name} -detailed\"."),
    );
    page.block(
        4,
        &format!("For technical information, type: \"get-help {name} -full\"."),
    );
}
