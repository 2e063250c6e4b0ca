//! Every example of every core cmdlet's help runs as it stands.

use crate::bench;

#[test]
fn every_example_runs() {
    let mut wrong = Vec::new();
    for meta in mailtern::cmdlets::utility::cmdlets() {
        for example in meta.examples {
            let folder = tempfile::tempdir().unwrap();
            let (said, outcome) = bench::run(example.code, 100, folder.path(), None);
            let clean = !outcome.failed && !outcome.fatal && outcome.exit.is_none();
            if !clean || said.all.contains("FullyQualifiedErrorId") {
                wrong.push(format!("{}: {}\n{}", meta.name(), example.code, said.all));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
