//! Every rule of the grammar is a function of its name whose doc comment begins with the rule, and the other way round.

use std::collections::HashMap;
use std::path::Path;

use crate::ebnf::grammar;

/// Function names and the rules their comments begin with, blanks evened out.
fn documented(folder: &Path, found: &mut HashMap<String, String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            documented(&path, found);
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let mut comment = String::new();
        for line in text.lines().map(str::trim) {
            if let Some(doc) = line.strip_prefix("///") {
                comment.push_str(doc.trim());
                comment.push(' ');
                continue;
            }
            if let Some((_, rest)) = line.split_once("fn ") {
                let name: String = rest
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_')
                    .collect();
                let ticks = comment.chars().take_while(|c| *c == '`').count();
                let rule = comment[ticks..]
                    .split(&"`".repeat(ticks.max(1)))
                    .next()
                    .unwrap_or_default();
                if ticks > 0 && rule.starts_with(&format!("{name} = ")) {
                    let before = found.insert(name.clone(), rule.trim().to_owned());
                    assert!(before.is_none(), "two functions carry the rule {name}");
                }
            }
            if !line.starts_with("#[") {
                comment.clear();
            }
        }
    }
}

#[test]
fn every_rule_is_a_function_and_its_comment() {
    let mut found = HashMap::new();
    documented(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src/language"),
        &mut found,
    );
    let mut wrong = Vec::new();
    let grammar = grammar();
    for (name, rule) in &grammar {
        match found.remove(name) {
            None => wrong.push(format!("no function carries the rule {name}")),
            Some(text) if text != rule.text => wrong.push(format!(
                "{name}\n  grammar  {}\n  function {text}",
                rule.text
            )),
            Some(_) => {}
        }
    }
    wrong.extend(
        found
            .keys()
            .map(|name| format!("the rule {name} of a function is not in the grammar")),
    );
    wrong.sort();
    assert!(
        grammar.len() > 90 && wrong.is_empty(),
        "{}",
        wrong.join("\n")
    );
}
