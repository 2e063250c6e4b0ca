//! `Get-Command`

use std::path::PathBuf;
use std::rc::Rc;

use super::catalog;
use super::command_info::CommandInfo;
use crate::cmdlet;
use crate::runtime::cmdlet::CmdletMeta;
use crate::runtime::cx::Cx;
use crate::runtime::names::same_name;
use crate::runtime::registry::{Command, Function, nearest};
use crate::runtime::shell::Shell;
use crate::runtime::wildcard::Wildcard;
use crate::runtime::{Cmdlet, ErrorCategory, ErrorRecord, Run, Value};

cmdlet! {
    /// Lists commands: cmdlets, functions and aliases, and programs when they are named.
    ///
    /// Without parameters it lists every cmdlet and function. A name may hold wildcards. -Syntax prints only how a command is
    /// called, one line for each of its parameter sets.
    pub struct GetCommand("Get", "Command").default_set("CmdletSet").module("Microsoft.PowerShell.Core").aliases(&["gcm"]).outputs(&["System.Management.Automation.CommandInfo"]) {
        /// Names or patterns.
        name: Option<Vec<String>> = param("Name").position(0).by_value().by_property_name().wildcards().completes("Command"),
        /// Only commands with one of these verbs, such as New.
        verb: Option<Vec<String>> = param("Verb").in_sets(&["CmdletSet"]).wildcards(),
        /// Only commands with one of these nouns, such as MigrationBatch.
        noun: Option<Vec<String>> = param("Noun").in_sets(&["CmdletSet"]).wildcards(),
        /// Only commands of these modules.
        module: Option<Vec<String>> = param("Module").aliases(&["PSSnapin"]).wildcards(),
        /// Only commands of these kinds: Alias, Application, Cmdlet, ExternalScript, Function, All.
        command_type: Option<Vec<String>> = param("CommandType").aliases(&["Type"]).in_sets(&["AllCommandSet"]),
        /// Only commands that have one of these parameters.
        parameter_name: Option<Vec<String>> = param("ParameterName").wildcards(),
        /// Only commands with a parameter of one of these types.
        parameter_type: Option<Vec<String>> = param("ParameterType"),
        /// Stops after so many.
        total_count: Option<i32> = param("TotalCount"),
        /// Also lists programs and what is hidden by another command of its name.
        all: bool = param("All"),
        /// Prints only the syntax.
        syntax: bool = param("Syntax"),
    }
    refused "UseFuzzyMatching" => "a wrong name gets the nearest names in its error message";
    refused "UseAbbreviationExpansion" => "the Tab key expands abbreviations";
    refused "FullyQualifiedModule" => "modules are built in and have one version";
    refused "ListImported" => "every command is always at hand";
    refused "ShowCommandInfo" => "it belongs to PowerShell's windows";
    example "Get-Command *Migration*" => "Lists all commands with Migration in their names.";
    example "Get-Command -Noun MigrationBatch" => "Lists what can be done to a batch.";
    example "Get-Command Get-Help -Syntax" => "Prints how Get-Help is called.";
}

impl Cmdlet for GetCommand {
    type State = i32;

    fn process(&self, written: &mut i32, cx: &mut Cx<'_>) -> Run<()> {
        let Some(names) = &self.name else {
            let all = self.everything(cx.shell);
            return all
                .into_iter()
                .try_for_each(|info| self.give(info, written, cx));
        };
        for name in names {
            let found = self.named(name, cx);
            if found.is_empty() && !name.contains(['*', '?', '[']) {
                let record = not_found(name, cx.shell);
                cx.error(record)?;
            }
            found
                .into_iter()
                .try_for_each(|info| self.give(info, written, cx))?;
        }
        Ok(())
    }
}

impl GetCommand {
    fn give(&self, info: CommandInfo, written: &mut i32, cx: &mut Cx<'_>) -> Run<()> {
        if self.total_count.is_some_and(|most| *written >= most) {
            return Err(cx.stop_upstream());
        }
        *written += 1;
        if self.syntax {
            cx.write(info.syntax())
        } else {
            cx.write(Value::native(info))
        }
    }

    /// The commands that pass all filters; aliases only when they are asked for.
    fn everything(&self, shell: &mut Shell) -> Vec<CommandInfo> {
        let aliases = self.all
            || self
                .command_type
                .iter()
                .flatten()
                .any(|kind| same_name(kind, "Alias") || same_name(kind, "All"));
        let all = all_commands(shell, aliases);
        all.into_iter().filter(|info| self.wants(info)).collect()
    }

    fn named(&self, name: &str, cx: &mut Cx<'_>) -> Vec<CommandInfo> {
        if name.contains(['*', '?', '[']) {
            let pattern = Wildcard::new(name);
            let all = all_commands(cx.shell, true);
            return all
                .into_iter()
                .filter(|info| pattern.matches(&info.name) && self.wants(info))
                .collect();
        }
        let mut found: Vec<CommandInfo> = exact(name, cx.shell)
            .into_iter()
            .filter(|info| self.wants(info))
            .collect();
        if !self.all {
            found.truncate(1);
        }
        found
    }

    fn wants(&self, info: &CommandInfo) -> bool {
        let (verb, noun) = info.verb_and_noun();
        let any = |patterns: &Option<Vec<String>>, text: &str| {
            let fits =
                |patterns: &Vec<String>| patterns.iter().any(|p| Wildcard::new(p).matches(text));
            patterns.as_ref().is_none_or(fits)
        };
        let kind_fits = self.command_type.as_ref().is_none_or(|kinds| {
            kinds
                .iter()
                .any(|kind| same_name(kind, info.kind) || same_name(kind, "All"))
        });
        kind_fits
            && any(&self.verb, verb)
            && any(&self.noun, noun)
            && any(&self.module, &info.source)
            && self.parameters_fit(info)
    }

    fn parameters_fit(&self, info: &CommandInfo) -> bool {
        if self.parameter_name.is_none() && self.parameter_type.is_none() {
            return true;
        }
        let Some(signature) = &info.signature else {
            return false;
        };
        let named = self.parameter_name.iter().flatten().any(|wanted| {
            let pattern = Wildcard::new(wanted);
            signature.parameters.iter().any(|p| {
                pattern.matches(&p.name) || p.aliases.iter().any(|alias| pattern.matches(alias))
            })
        });
        let typed = self.parameter_type.iter().flatten().any(|wanted| {
            let short = |full: &str| super::types::short(full);
            signature.parameters.iter().any(|p| {
                same_name(&p.type_name(), wanted) || same_name(&short(&p.type_name()), wanted)
            })
        });
        named || typed
    }
}

/// Cmdlets, functions and, when asked for, aliases: by kind, then by name, as PowerShell lists them.
fn all_commands(shell: &mut Shell, aliases: bool) -> Vec<CommandInfo> {
    let mut all = Vec::new();
    if aliases {
        let mut pairs = catalog::all_aliases(shell);
        pairs.sort_by_key(|(alias, _)| alias.to_lowercase());
        all.extend(
            pairs
                .into_iter()
                .map(|(alias, command)| of_alias(&alias, &command, shell)),
        );
    }
    let mut functions = catalog::functions(shell);
    functions.sort_by_key(|function| function.name.to_lowercase());
    all.extend(
        functions
            .into_iter()
            .map(|function| of_function(&function, shell)),
    );
    let cmdlets: Vec<&'static CmdletMeta> = shell.registry().cmdlets().collect();
    all.extend(cmdlets.into_iter().map(|meta| of_cmdlet(meta, shell)));
    all
}

/// All commands of this very name in the order the shell looks for them.
fn exact(name: &str, shell: &mut Shell) -> Vec<CommandInfo> {
    let mut found = Vec::new();
    if let Some(command) = shell.scope().alias(name) {
        found.push(of_alias(name, &command, shell));
    }
    if let Some(function) = shell.scope().function(name) {
        found.push(of_function(&function, shell));
    }
    if let Some(meta) = shell.registry().cmdlet(name) {
        found.push(of_cmdlet(meta, shell));
    }
    match shell.find_command(name) {
        Some(Command::Script(path)) => found.push(of_file("ExternalScript", path)),
        Some(Command::Program(path)) => found.push(of_file("Application", path)),
        _ => {}
    }
    found
}

fn of_cmdlet(meta: &'static CmdletMeta, shell: &Shell) -> CommandInfo {
    let signature = shell.registry().signature(meta);
    CommandInfo {
        kind: "Cmdlet",
        name: meta.name(),
        definition: super::syntax::lines(
            &meta.name(),
            &signature,
            super::syntax::Spelling::Command,
        )
        .join("\n\n"),
        source: meta.module.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        signature: Some(signature),
        outputs: meta
            .outputs
            .iter()
            .map(|output| (*output).to_owned())
            .collect(),
        block: None,
    }
}

fn of_function(function: &Rc<Function>, shell: &mut Shell) -> CommandInfo {
    CommandInfo {
        kind: "Function",
        name: function.name.to_string(),
        definition: function.block.text().to_owned(),
        source: function.module.to_string(),
        version: if function.module.is_empty() {
            String::new()
        } else {
            env!("CARGO_PKG_VERSION").to_owned()
        },
        signature: Some(catalog::signature(function, shell)),
        outputs: Vec::new(),
        block: Some(function.block.clone()),
    }
}

/// An alias; what it takes is what its command takes.
pub(super) fn of_alias(alias: &str, command: &str, shell: &mut Shell) -> CommandInfo {
    let signature = match catalog::exact(command, shell) {
        Some(catalog::Entry::Cmdlet(meta)) => Some(shell.registry().signature(meta)),
        Some(catalog::Entry::Function(function)) => Some(catalog::signature(&function, shell)),
        _ => None,
    };
    CommandInfo {
        kind: "Alias",
        name: alias.to_owned(),
        definition: command.to_owned(),
        source: String::new(),
        version: String::new(),
        signature,
        outputs: Vec::new(),
        block: None,
    }
}

fn of_file(kind: &'static str, path: PathBuf) -> CommandInfo {
    let text = path.display().to_string();
    CommandInfo {
        kind,
        name: path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default(),
        definition: text.clone(),
        source: text,
        version: String::new(),
        signature: None,
        outputs: Vec::new(),
        block: None,
    }
}

fn not_found(name: &str, shell: &Shell) -> ErrorRecord {
    let names: Vec<String> = catalog::all(shell)
        .iter()
        .map(catalog::Entry::name)
        .collect();
    let message = format!(
        "The term '{name}' is not recognized as the name of a cmdlet, function, script file, or operable program. Check the spelling of the name, or if a path was included, verify that the path is correct and try again."
    );
    let record = ErrorRecord::new(
        "System.Management.Automation.CommandNotFoundException",
        "CommandNotFoundException",
        ErrorCategory::ObjectNotFound,
        message,
    )
    .with_target(name);
    match nearest(name, names.iter().map(String::as_str), 3).as_slice() {
        [] => record,
        near => record.with_recommendation(format!("Did you mean {}?", near.join(", "))),
    }
}
