//! What help knows of one command, whatever it was read from.

/// The help of a command.
#[derive(Clone, Debug, Default)]
pub struct Topic {
    /// As declared.
    pub name: String,
    /// `Cmdlet` or `Function`.
    pub category: &'static str,
    /// The module it comes with; empty for a function of the session.
    pub module: String,
    /// One sentence.
    pub synopsis: String,
    /// Paragraphs.
    pub description: Vec<String>,
    /// One for each parameter set, from the name to `[<CommonParameters>]`.
    pub syntax: Vec<String>,
    /// In order of declaration, then -WhatIf and -Confirm.
    pub parameters: Vec<ParameterHelp>,
    /// It takes the common parameters.
    pub common: bool,
    /// What can be piped in: type, and words about it.
    pub inputs: Vec<String>,
    /// What it writes.
    pub outputs: Vec<String>,
    /// Anything else.
    pub notes: String,
    /// Code and remarks.
    pub examples: Vec<ExampleHelp>,
    /// What stands in front of the code of an example.
    pub prompt: &'static str,
    /// Names of commands and topics, addresses.
    pub links: Vec<String>,
    /// Other names of the command.
    pub aliases: Vec<String>,
    /// Nobody wrote help: only the syntax is known.
    pub generated: bool,
    /// `.COMPONENT`, `.ROLE`, `.FUNCTIONALITY` of a function.
    pub component: String,
    /// See `component`.
    pub role: String,
    /// See `component`.
    pub functionality: String,
}

/// The help of one parameter.
#[derive(Clone, Debug, Default)]
pub struct ParameterHelp {
    /// Without the dash.
    pub name: String,
    /// Short name of its type; empty when it is shown without (an enumeration).
    pub type_name: String,
    /// Present or not.
    pub switch: bool,
    /// Paragraphs.
    pub description: Vec<String>,
    /// Must be given, in one of its sets at least.
    pub required: bool,
    /// From 1; `None` when it must be named.
    pub position: Option<i32>,
    /// As text.
    pub default: String,
    /// Takes whole pipeline objects.
    pub by_value: bool,
    /// Takes properties of pipeline objects.
    pub by_property_name: bool,
    /// Other names; `None` leaves the row out.
    pub aliases: Option<String>,
    /// Wildcards have their meaning in it.
    pub wildcards: bool,
    /// Allowed words.
    pub values: Vec<String>,
}

/// One example.
#[derive(Clone, Debug, Default)]
pub struct ExampleHelp {
    /// What to type.
    pub code: String,
    /// What it does.
    pub remarks: String,
}

impl ParameterHelp {
    /// What the row "Accept pipeline input?" says.
    pub fn pipeline_input(&self) -> &'static str {
        match (self.by_value, self.by_property_name) {
            (true, true) => "true (ByValue, ByPropertyName)",
            (true, false) => "true (ByValue)",
            (false, true) => "true (ByPropertyName)",
            (false, false) => "false",
        }
    }
}
