//! Finding what help was asked for.

use std::rc::Rc;

use super::about::{self, About};
use super::topic::Topic;
use super::{read_cmdlet, read_function};
use crate::runtime::cmdlet::{CmdletMeta, Impact};
use crate::runtime::names::same_name;
use crate::runtime::registry::Function;
use crate::runtime::shell::Shell;
use crate::runtime::signature::Signature;
use crate::runtime::wildcard::Wildcard;

/// One thing with help.
#[derive(Clone)]
pub enum Entry {
    /// A cmdlet.
    Cmdlet(&'static CmdletMeta),
    /// A function of the session.
    Function(Rc<Function>),
    /// A topic of its own.
    About(&'static About),
}

impl Entry {
    /// What it is called.
    pub fn name(&self) -> String {
        match self {
            Entry::Cmdlet(meta) => meta.name(),
            Entry::Function(function) => function.name.to_string(),
            Entry::About(about) => about.name.to_owned(),
        }
    }

    /// The topic of a command; `None` for an about topic.
    pub fn topic(&self, shell: &mut Shell) -> Option<Topic> {
        match self {
            Entry::Cmdlet(meta) => {
                let signature = shell.registry().signature(meta);
                Some(read_cmdlet::topic(meta, &signature, siblings(meta, shell)))
            }
            Entry::Function(function) => {
                let signature = signature(function, shell);
                let aliases = all_aliases(shell)
                    .into_iter()
                    .filter(|(_, command)| same_name(command, &function.name));
                Some(read_function::topic(
                    function,
                    &signature,
                    aliases.map(|(alias, _)| alias.to_string()).collect(),
                ))
            }
            Entry::About(_) => None,
        }
    }
}

/// Everything with help: about topics, cmdlets and functions, by name.
pub fn all(shell: &Shell) -> Vec<Entry> {
    let mut all: Vec<Entry> = shell.registry().cmdlets().map(Entry::Cmdlet).collect();
    all.extend(functions(shell).into_iter().map(Entry::Function));
    all.extend(about::TOPICS.iter().map(Entry::About));
    all.sort_by_key(|entry| entry.name().to_lowercase());
    all
}

/// The functions that can be called now, inner scopes first, each name once.
pub fn functions(shell: &Shell) -> Vec<Rc<Function>> {
    let mut found: Vec<Rc<Function>> = Vec::new();
    for function in shell.scope().chain().flat_map(|scope| scope.functions()) {
        if !found.iter().any(|f| same_name(&f.name, &function.name)) {
            found.push(function);
        }
    }
    found
}

/// Aliases with their commands, inner scopes first, each once.
pub fn all_aliases(shell: &Shell) -> Vec<(Rc<str>, Rc<str>)> {
    let mut found: Vec<(Rc<str>, Rc<str>)> = Vec::new();
    for (alias, command) in shell.scope().chain().flat_map(|scope| scope.aliases()) {
        if !found.iter().any(|(a, _)| same_name(a, &alias)) {
            found.push((alias, command));
        }
    }
    found
}

/// The entry of this very name, aliases followed.
pub fn exact(name: &str, shell: &Shell) -> Option<Entry> {
    if let Some(about) = about::TOPICS
        .iter()
        .find(|topic| same_name(topic.name, name))
    {
        return Some(Entry::About(about));
    }
    let mut name: Rc<str> = Rc::from(name);
    for _ in 0..10 {
        match shell.scope().alias(&name) {
            Some(command) => name = command,
            None => break,
        }
    }
    if let Some(function) = shell.scope().function(&name) {
        return Some(Entry::Function(function));
    }
    shell.registry().cmdlet(&name).map(Entry::Cmdlet)
}

/// What a word or pattern finds: names that match, else names that contain it, else texts that contain it.
pub fn search(word: &str, shell: &mut Shell) -> Vec<Entry> {
    let all = all(shell);
    if word.contains(['*', '?', '[']) {
        let pattern = Wildcard::new(word);
        return all
            .into_iter()
            .filter(|entry| pattern.matches(&entry.name()))
            .collect();
    }
    let lower = word.to_lowercase();
    let named: Vec<Entry> = all
        .iter()
        .filter(|e| e.name().to_lowercase().contains(&lower))
        .cloned()
        .collect();
    if !named.is_empty() {
        return named;
    }
    all.into_iter()
        .filter(|entry| whole_text(entry).to_lowercase().contains(&lower))
        .collect()
}

fn whole_text(entry: &Entry) -> String {
    match entry {
        Entry::About(about) => about.text.to_owned(),
        Entry::Cmdlet(meta) => {
            let parameters: Vec<&str> = meta.params.iter().flat_map(|p| [p.name, p.doc]).collect();
            format!("{} {}", meta.doc, parameters.join(" "))
        }
        Entry::Function(function) => function
            .block
            .ast
            .help
            .as_deref()
            .unwrap_or_default()
            .to_owned(),
    }
}

/// What a function takes; nothing when its declaration cannot be read.
pub fn signature(function: &Function, shell: &mut Shell) -> Rc<Signature> {
    shell.signature_of(&function.block).unwrap_or_else(|_| {
        Rc::new(Signature {
            parameters: Vec::new(),
            default_set: Rc::from(""),
            advanced: false,
            should_process: false,
            impact: Impact::None,
        })
    })
}

/// Other cmdlets of the noun, and the topic that goes with a migration.
fn siblings(meta: &CmdletMeta, shell: &Shell) -> Vec<String> {
    let others = shell
        .registry()
        .cmdlets()
        .filter(|other| other.noun == meta.noun && other.verb != meta.verb);
    let mut names: Vec<String> = others.map(|other| other.name()).collect();
    if meta.noun.contains("Migration") || meta.noun.contains("Mailbox") {
        names.push("about_Migration".to_owned());
    }
    names
}
