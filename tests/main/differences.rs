//! What is other than in PowerShell is said once: in the help topic, in README.md, and by the lists of accepted differences.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

fn read(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// What the program prints for a line, both streams.
fn said(line: &str) -> String {
    let home = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_mailtern"))
        .args(["-NoProfile", "-NonInteractive", "--home"])
        .arg(home.path())
        .args(["-Command", line])
        .output()
        .unwrap();
    let both = [output.stdout, output.stderr].concat();
    String::from_utf8(both).unwrap()
}

/// The section of the README, from its heading to the next.
fn section(readme: &str) -> &str {
    let (_, rest) = readme
        .split_once("## Differences from PowerShell\n")
        .unwrap();
    rest.split("\n## ").next().unwrap()
}

/// The words of a text without what only Markdown needs.
fn words(text: &str) -> Vec<String> {
    let plain = text.replace("**", "").replace('`', "").replace("### ", "");
    plain.split_whitespace().map(str::to_owned).collect()
}

/// Names of the differences, each with the heading above it.
fn names(section: &str) -> Vec<(&str, &str)> {
    let mut heading = "";
    let mut all = Vec::new();
    for line in section.lines() {
        if let Some(text) = line.strip_prefix("### ") {
            heading = text;
        } else if let Some(rest) = line.strip_prefix("- **") {
            all.push((heading, rest.split_once("**:").unwrap().0));
        }
    }
    all
}

const REFUSED: &str = "What is refused by name";

#[test]
fn the_readme_says_what_the_help_topic_says() {
    let readme = read("README.md");
    let (text, pointer) = section(&readme)
        .split_once("`Get-Help about_Differences`")
        .unwrap();
    assert_eq!(pointer.trim(), "shows the same list.");
    let topic = said("Get-Help about_Differences");
    let (_, topic) = topic.split_once("LONG DESCRIPTION").unwrap();
    let (topic, _) = topic.split_once("SEE ALSO").unwrap();
    assert_eq!(words(text), words(topic));
}

#[test]
fn every_accepted_difference_is_named_and_every_name_has_one() {
    let probes = read("tests/data/probes.accepted.jsonl");
    let of_probes = probes.lines().filter_map(|line| {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        let open = record["open"].as_bool() == Some(true);
        (!open).then(|| record["reason"].as_str().unwrap().to_owned())
    });
    let transcripts = read("tests/data/transcripts.accepted");
    let of_transcripts = transcripts
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split_once(' ').unwrap().1.to_owned());
    let accepted: BTreeSet<String> = of_probes
        .chain(of_transcripts)
        .map(|reason| reason.split(':').next().unwrap().to_owned())
        .filter(|name| name != "Recording")
        .collect();
    let readme = read("README.md");
    let all = names(section(&readme));
    for name in &accepted {
        assert!(
            all.iter().any(|(_, known)| known == name),
            "{name} is not in the README"
        );
    }
    // What is refused has its own test below.
    for (_, name) in all.iter().filter(|(heading, _)| *heading != REFUSED) {
        assert!(
            accepted.contains(*name),
            "nothing recorded differs in {name}"
        );
    }
}

/// What is refused, and what its error must name.
const REFUSALS: &[(&str, &[(&str, &str)])] = &[
    (
        "Classes",
        &[
            ("class User { [string]$Name }", "class"),
            ("enum Colour { Red }", "enum"),
        ],
    ),
    (
        "Configurations",
        &[
            ("configuration Web { }", "configuration"),
            ("workflow Move { }", "workflow"),
            ("parallel { 1 }", "parallel"),
            ("sequence { 1 }", "sequence"),
            (
                "function f { [CmdletBinding()] param() dynamicparam { } end { 1 } } f",
                "dynamicparam",
            ),
        ],
    ),
    (
        "Code of other languages",
        &[
            ("Add-Type -TypeDefinition 'class A {}'", "Add-Type"),
            ("New-Object -ComObject Excel.Application", "COM"),
            ("Get-WmiObject Win32_Service", "WMI"),
            ("Get-CimInstance Win32_Service", "CIM"),
        ],
    ),
    (
        "Remote machines",
        &[
            ("Invoke-Command -ComputerName mail { 1 }", "ComputerName"),
            ("Start-Job { 1 }", "jobs"),
        ],
    ),
];

#[test]
fn what_is_refused_is_refused_by_name() {
    let readme = read("README.md");
    let named: Vec<&str> = names(section(&readme))
        .into_iter()
        .filter(|(heading, _)| *heading == REFUSED)
        .map(|(_, name)| name)
        .collect();
    let tried: Vec<&str> = REFUSALS.iter().map(|(name, _)| *name).collect();
    assert_eq!(named, tried);
    for (script, name) in REFUSALS.iter().flat_map(|(_, tries)| *tries) {
        let text = said(script);
        assert!(
            text.contains("FullyQualifiedErrorId") && text.contains(name),
            "{script}\n{text}"
        );
    }
}
