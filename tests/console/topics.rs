//! What the topics show is true: the commands exist and take the parameters.

use mailtern::cmdlets;
use mailtern::cmdlets::help::{COMMON, RISK, TOPICS};
use mailtern::language::{TokenKind, parse};
use mailtern::runtime::CmdletMeta;

/// The indented lines of a topic that are commands: those that begin with `Verb-Noun`, with what continues them.
fn commands(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut goes_on = false;
    for line in text.lines() {
        let code = line.trim();
        if goes_on {
            let last = found.last_mut().unwrap();
            last.push('\n');
            last.push_str(code);
        } else if !starts_command(code) || !line.starts_with("    ") {
            continue;
        } else {
            found.push(code.split("  ").next().unwrap().to_owned());
        }
        goes_on = code.ends_with('`') || code.ends_with('|');
    }
    found
}

fn starts_command(line: &str) -> bool {
    let word = line.split_whitespace().next().unwrap_or_default();
    let known = [
        "Get-", "New-", "Start-", "Wait-", "Remove-", "Test-", "Import-",
    ];
    known.iter().any(|verb| word.starts_with(verb)) && line.len() > word.len()
}

fn find(name: &str) -> Option<&'static CmdletMeta> {
    cmdlets::all()
        .into_iter()
        .find(|meta| meta.name().eq_ignore_ascii_case(name))
}

#[test]
fn commands_in_topics_exist() {
    let mut count = 0;
    for topic in TOPICS {
        for command in commands(topic.text) {
            count += 1;
            let parsed = parse(&command);
            assert!(
                parsed.errors.is_empty(),
                "{}: {command}: {:?}",
                topic.name,
                parsed.errors
            );
            let mut meta = None;
            for token in parsed.tokens {
                let text = &command[token.span.start as usize..token.span.end as usize];
                match token.kind {
                    TokenKind::Command => {
                        meta = find(text);
                        assert!(meta.is_some(), "{}: there is no {text}", topic.name);
                    }
                    TokenKind::Parameter => {
                        let name = text.trim_matches(['-', ':']);
                        let meta = meta.unwrap();
                        let own = meta
                            .params
                            .iter()
                            .find(|p| p.name.eq_ignore_ascii_case(name));
                        assert!(
                            own.is_none_or(|p| p.refused.is_empty()),
                            "{}: {} refuses -{name}",
                            topic.name,
                            meta.name()
                        );
                        let common = COMMON
                            .iter()
                            .chain(&RISK)
                            .any(|c| c.name.eq_ignore_ascii_case(name));
                        assert!(
                            own.is_some() || common || name == "?",
                            "{}: {} has no -{name}",
                            topic.name,
                            meta.name()
                        );
                    }
                    _ => {}
                }
            }
        }
    }
    assert!(count > 20, "only {count} commands were found");
}

#[test]
fn every_cmdlet_and_parameter_has_help() {
    for meta in cmdlets::all() {
        let name = meta.name();
        assert!(!meta.synopsis().is_empty(), "{name} has no synopsis");
        assert!(!meta.examples.is_empty(), "{name} has no example");
        for parameter in meta.params {
            assert!(
                !parameter.doc.trim().is_empty(),
                "{name} -{} has no words",
                parameter.name
            );
        }
        for example in meta.examples {
            let parsed = parse(example.code);
            assert!(
                parsed.errors.is_empty(),
                "{name}: {}: {:?}",
                example.code,
                parsed.errors
            );
        }
    }
}
