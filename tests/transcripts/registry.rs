//! What every cmdlet's declaration keeps to.

use std::collections::BTreeMap;

use mailtern::runtime::Value;
use mailtern::runtime::cmdlet::CmdletMeta;
use mailtern::runtime::param::ParamMeta;

fn each(mut check: impl FnMut(&CmdletMeta, &mut Vec<String>)) {
    let mut wrong = Vec::new();
    for meta in mailtern::cmdlets::all() {
        check(meta, &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn sets(meta: &CmdletMeta) -> Vec<&'static str> {
    let mut all: Vec<&str> = meta
        .params
        .iter()
        .flat_map(|param| param.sets.iter().copied())
        .collect();
    if all.is_empty() {
        all.push("");
    }
    all.sort_unstable();
    all.dedup();
    all
}

fn in_set(param: &ParamMeta, set: &str) -> bool {
    param.refused.is_empty() && (param.sets.is_empty() || param.sets.contains(&set))
}

#[test]
fn no_name_means_two_commands() {
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    for meta in mailtern::cmdlets::all() {
        let aliases = meta.aliases.iter().map(|alias| alias.to_lowercase());
        aliases
            .chain([meta.name().to_lowercase()])
            .for_each(|name| *names.entry(name).or_default() += 1);
    }
    names.retain(|_, count| *count > 1);
    assert!(names.is_empty(), "{names:?}");
}

#[test]
fn no_parameter_has_the_name_of_another() {
    each(|meta, wrong| {
        let mut names: Vec<String> = Vec::new();
        for param in meta.params {
            for name in param.aliases.iter().chain([&param.name]) {
                let name = name.to_lowercase();
                if names.contains(&name) {
                    wrong.push(format!("{} -{name} twice", meta.name()));
                }
                names.push(name);
            }
        }
    });
}

#[test]
fn everything_has_prose_and_an_example() {
    each(|meta, wrong| {
        if meta.doc.trim().is_empty() || meta.examples.is_empty() {
            wrong.push(format!("{} lacks prose or an example", meta.name()));
        }
        for param in meta.params {
            if param.doc.trim().is_empty() {
                wrong.push(format!("{} -{} lacks prose", meta.name(), param.name));
            }
        }
    });
}

#[test]
fn positions_of_a_set_follow_one_another() {
    each(|meta, wrong| {
        for set in sets(meta) {
            let params = meta.params.iter().filter(|param| in_set(param, set));
            let mut positions: Vec<u8> = params.filter_map(|param| param.position).collect();
            positions.sort_unstable();
            let distinct = positions.windows(2).all(|pair| pair[0] != pair[1]);
            if !distinct {
                wrong.push(format!("{} {set}: {positions:?}", meta.name()));
            }
        }
    });
}

#[test]
fn what_must_be_given_by_its_type_belongs_to_all_sets() {
    each(|meta, wrong| {
        let mut slots = vec![None; meta.params.len()];
        // A field that is no Option asks for itself; a text that looks like a number satisfies most.
        while let Err((index, None)) = (meta.start)().bind(&slots, &[]) {
            let param = &meta.params[index];
            if sets(meta).into_iter().any(|set| !in_set(param, set)) {
                wrong.push(format!("{} -{}", meta.name(), param.name));
            }
            slots[index] = Some(Value::str("1"));
        }
    });
}
