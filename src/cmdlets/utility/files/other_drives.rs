//! The drives that are not files: `Env:`, `Variable:`, `Function:`, `Alias:`, and of the registry the list of time zones.

use std::rc::Rc;

use crate::runtime::cx::Cx;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::scope::Variable;
use crate::runtime::types::windows_zones;
use crate::runtime::wildcard::Wildcard;
use crate::runtime::{PsObject, Run, Value, convert};

use super::place::Place;

/// Where Windows keeps its time zones.
const TIME_ZONES: &str = r"software\microsoft\windows nt\currentversion\time zones";

/// Whether the thing exists; a name with wildcards when anything fits.
pub fn exists(place: &Place, cx: &Cx<'_>) -> bool {
    match place {
        Place::File(path) => path.symlink_metadata().is_ok(),
        Place::Registry(path) => zone_of(path).is_some(),
        other => name_of(other).is_empty() || !items(other, cx).is_empty(),
    }
}

/// The objects a name stands for: pairs of Name and Value, aliases, functions, registry keys.
///
/// # Errors
/// Nothing of this name, reported as PowerShell does.
pub fn write_items(place: &Place, children: bool, cx: &mut Cx<'_>) -> Run<()> {
    if let Place::Registry(path) = place {
        return registry(path, children, cx);
    }
    let found = items(place, cx);
    if found.is_empty() && !name_of(place).is_empty() && !Wildcard::is_pattern(name_of(place)) {
        return cx.error(missing(place));
    }
    found.into_iter().try_for_each(|item| cx.write(item))
}

/// What `Get-Content` gives of the thing.
///
/// # Errors
/// As [`write_items`].
pub fn content(place: &Place, cx: &mut Cx<'_>) -> Run<()> {
    let found = items(place, cx);
    if found.is_empty() {
        return cx.error(missing(place));
    }
    for item in found {
        let wanted = if matches!(place, Place::Alias(_)) {
            "Definition"
        } else {
            "Value"
        };
        let value = cx.property(&item, wanted)?.unwrap_or_default();
        cx.write_each(value)?;
    }
    Ok(())
}

/// Sets the thing to a value: `Set-Item Env:X y`.
///
/// # Errors
/// The thing cannot be set.
pub fn set(place: &Place, value: &Value, cx: &mut Cx<'_>) -> Run<()> {
    let name = name_of(place).to_owned();
    match place {
        Place::Environment(_) => cx.shell.set_env(&name, Some(convert::to_text(value))),
        Place::Variable(_) => cx.shell.set_variable(&name, value.clone()),
        Place::Alias(_) => cx.shell.scope().set_alias(&name, &convert::to_text(value)),
        _ => return cx.error(missing(place)),
    }
    Ok(())
}

/// Takes the thing away.
///
/// # Errors
/// Nothing of this name.
pub fn remove(place: &Place, cx: &mut Cx<'_>) -> Run<()> {
    if !exists(place, cx) || name_of(place).is_empty() {
        return cx.error(missing(place));
    }
    let pattern = Wildcard::new(name_of(place));
    match place {
        Place::Environment(_) => {
            let names: Vec<String> = cx
                .shell
                .env_all()
                .map(|(name, _)| name.to_owned())
                .collect();
            names
                .iter()
                .filter(|name| pattern.matches(name))
                .for_each(|name| cx.shell.set_env(name, None));
        }
        Place::Variable(_) => {
            let scope = cx.shell.scope().clone();
            let fits =
                |variable: &Rc<Variable>| pattern.matches(&variable.name) && !variable.is_locked();
            for scope in scope.chain() {
                scope
                    .variables()
                    .iter()
                    .filter(|v| fits(v))
                    .for_each(|v| drop(scope.remove(&v.name)));
            }
        }
        Place::Function(name) => {
            let scope = cx.shell.scope().clone();
            scope
                .chain()
                .for_each(|scope| drop(scope.remove_function(name)));
        }
        Place::Alias(name) => {
            let scope = cx.shell.scope().clone();
            scope
                .chain()
                .for_each(|scope| drop(scope.remove_alias(name)));
        }
        Place::File(_) | Place::Registry(_) => return cx.error(missing(place)),
    }
    Ok(())
}

fn name_of(place: &Place) -> &str {
    match place {
        Place::File(_) => "",
        Place::Environment(name)
        | Place::Variable(name)
        | Place::Function(name)
        | Place::Alias(name) => name,
        Place::Registry(path) => path,
    }
}

fn items(place: &Place, cx: &Cx<'_>) -> Vec<Value> {
    let wanted = name_of(place);
    let pattern = Wildcard::new(if wanted.is_empty() { "*" } else { wanted });
    let scope = cx.shell.scope();
    let mut found: Vec<(String, Value)> = match place {
        Place::Environment(_) => cx
            .shell
            .env_all()
            .map(|(name, value)| {
                (
                    name.to_owned(),
                    pair(
                        "System.Collections.DictionaryEntry",
                        name,
                        Value::str(value),
                    ),
                )
            })
            .collect(),
        Place::Variable(_) => seen(scope.chain().flat_map(|scope| scope.variables()), |v| {
            v.name.to_string()
        })
        .map(|v| {
            (
                v.name.to_string(),
                pair("System.Management.Automation.PSVariable", &v.name, v.get()),
            )
        })
        .collect(),
        Place::Function(_) => seen(scope.chain().flat_map(|scope| scope.functions()), |f| {
            f.name.to_string()
        })
        .map(|f| (f.name.to_string(), function(&f)))
        .collect(),
        Place::Alias(_) => seen(
            scope.chain().flat_map(|scope| scope.aliases()),
            |(name, _)| name.to_string(),
        )
        .map(|(name, command)| (name.to_string(), alias(&name, &command)))
        .collect(),
        Place::File(_) | Place::Registry(_) => Vec::new(),
    };
    found.retain(|(name, _)| pattern.matches(name));
    found.sort_by_cached_key(|(name, _)| name.to_lowercase());
    found.into_iter().map(|(_, item)| item).collect()
}

/// Inner names hide outer ones.
fn seen<T>(all: impl Iterator<Item = T>, name: impl Fn(&T) -> String) -> impl Iterator<Item = T> {
    let mut known = std::collections::HashSet::new();
    all.filter(move |item| known.insert(name(item).to_lowercase()))
}

fn pair(type_name: &str, name: &str, value: Value) -> Value {
    PsObject::view(
        type_name,
        vec![
            ("Name", Value::str(name)),
            ("Key", Value::str(name)),
            ("Value", value),
        ],
    )
}

fn function(function: &crate::runtime::registry::Function) -> Value {
    PsObject::view(
        "System.Management.Automation.FunctionInfo",
        vec![
            ("CommandType", Value::str("Function")),
            ("Name", Value::str(&function.name)),
            ("Version", Value::str("")),
            ("Source", Value::str(&function.module)),
            ("Definition", Value::str(function.block.text())),
            ("ScriptBlock", Value::ScriptBlock(function.block.clone())),
            ("Value", Value::ScriptBlock(function.block.clone())),
        ],
    )
}

/// An alias as an object.
pub fn alias(name: &str, command: &str) -> Value {
    PsObject::view(
        "System.Management.Automation.AliasInfo",
        vec![
            ("CommandType", Value::str("Alias")),
            ("Name", Value::str(name)),
            ("DisplayName", Value::str(format!("{name} -> {command}"))),
            ("Version", Value::str("")),
            ("Source", Value::str("")),
            ("Definition", Value::str(command)),
            ("ReferencedCommand", Value::str(command)),
            ("Options", Value::str("None")),
        ],
    )
}

fn zone_of(path: &str) -> Option<Option<&'static str>> {
    let path = path.trim_end_matches(['\\', '/', '*']).replace('/', "\\");
    let rest = path.get(TIME_ZONES.len()..);
    match rest {
        Some(rest) if path[..TIME_ZONES.len()].eq_ignore_ascii_case(TIME_ZONES) => {
            match rest.strip_prefix('\\') {
                None if rest.is_empty() => Some(None),
                Some(name) => windows_zones::ZONES
                    .iter()
                    .map(|(zone, _)| zone)
                    .find(|zone| zone.eq_ignore_ascii_case(name))
                    .map(|zone| Some(*zone)),
                None => None,
            }
        }
        _ => None,
    }
}

fn registry(path: &str, children: bool, cx: &mut Cx<'_>) -> Run<()> {
    match zone_of(path) {
        Some(None) if children => windows_zones::ZONES
            .iter()
            .try_for_each(|(zone, _)| cx.write(key(zone))),
        Some(None) => cx.write(PsObject::view(
            "Microsoft.Win32.RegistryKey",
            vec![("PSChildName", Value::str("Time Zones"))],
        )),
        Some(Some(zone)) => cx.write(key(zone)),
        None => cx.error(missing(&Place::Registry(path.to_owned()))),
    }
}

fn key(zone: &str) -> Value {
    let parent = r"HKEY_LOCAL_MACHINE\Software\Microsoft\Windows NT\CurrentVersion\Time Zones";
    PsObject::view(
        "Microsoft.Win32.RegistryKey",
        vec![
            ("Name", Value::str(format!(r"{parent}\{zone}"))),
            (
                "PSPath",
                Value::str(format!(
                    r"Microsoft.PowerShell.Core\Registry::{parent}\{zone}"
                )),
            ),
            (
                "PSParentPath",
                Value::str(format!(r"Microsoft.PowerShell.Core\Registry::{parent}")),
            ),
            ("PSChildName", Value::str(zone)),
        ],
    )
}

fn missing(place: &Place) -> ErrorRecord {
    let (drive, name) = match place {
        Place::Environment(name) => ("Env:", name.clone()),
        Place::Variable(name) => ("Variable:", name.clone()),
        Place::Function(name) => ("Function:", name.clone()),
        Place::Alias(name) => ("Alias:", name.clone()),
        Place::Registry(name) => ("HKLM:\\", name.clone()),
        Place::File(path) => ("", path.to_string_lossy().into_owned()),
    };
    let text = format!("{drive}{name}");
    let record = ErrorRecord::new(
        "System.Management.Automation.ItemNotFoundException",
        "PathNotFound",
        ErrorCategory::ObjectNotFound,
        format!("Cannot find path '{name}' because it does not exist."),
    )
    .with_target(text);
    match place {
        Place::Registry(_) => record.with_recommendation("Of the registry, only Software\\Microsoft\\Windows NT\\CurrentVersion\\Time Zones exists here."),
        _ => record,
    }
}
