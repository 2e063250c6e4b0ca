//! `System.IO.Path`. Both slashes separate, as scripts from Windows have them.

use std::path::{Component, Path, PathBuf};

use super::args::Args;
use super::table::{Call, Fault, Kind, Method, Property, TypeTable};
use crate::runtime::convert;
use crate::runtime::value::Value;

/// What follows the last separator.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// `.txt`, or nothing.
pub(super) fn extension(path: &str) -> &str {
    let name = file_name(path);
    name.rfind('.')
        .map(|at| &name[at..])
        .filter(|text| text.len() > 1)
        .unwrap_or("")
}

/// A file's name without its extension.
pub(super) fn stem(path: &str) -> &str {
    let name = file_name(path);
    name.rfind('.').map_or(name, |at| &name[..at])
}

fn directory(path: &str) -> Option<&str> {
    let at = path.rfind(['/', '\\'])?;
    Some(if at == 0 && path.len() > 1 {
        &path[..1]
    } else if at == 0 {
        return None;
    } else {
        &path[..at]
    })
}

fn is_rooted(path: &str) -> bool {
    let drive = path.as_bytes().get(1) == Some(&b':')
        && path.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
    path.starts_with(['/', '\\']) || drive
}

fn combine(parts: &[String]) -> String {
    let mut out = String::new();
    for part in parts {
        if part.is_empty() {
            continue;
        }
        if is_rooted(part) || out.is_empty() {
            out.clone_from(part);
        } else {
            if !out.ends_with(['/', '\\']) {
                out.push('/');
            }
            out.push_str(part);
        }
    }
    out
}

/// An absolute path without `.` and `..`.
fn full(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir => {
                out.pop();
            }
            Component::CurDir => {}
            other => out.push(other),
        }
    }
    out
}

fn parts(call: &Call<'_>) -> Vec<String> {
    call.args
        .iter()
        .flat_map(|arg| convert::to_list(arg).unwrap_or_else(|| vec![arg.clone()]))
        .map(|v| convert::to_text(&v))
        .collect()
}

macro_rules! of_text {
    ($signature:literal, $path:ident => $value:expr) => {
        Method::new($signature, |c| {
            let text = c.text(0);
            let $path = &*text;
            Ok($value)
        })
    };
}

macro_rules! letter {
    ($signature:literal, $letter:literal) => {
        Property::read($signature, |_| Ok(Value::Char($letter)))
    };
}

/// `System.IO.Path`
pub static TABLE: TypeTable = TypeTable {
    name: "System.IO.Path",
    kind: Kind::Static,
    static_properties: &[
        letter!("char DirectorySeparatorChar {get;}", '/'),
        letter!("char AltDirectorySeparatorChar {get;}", '/'),
        letter!("char PathSeparator {get;}", ':'),
        letter!("char VolumeSeparatorChar {get;}", '/'),
    ],
    static_methods: &[
        Method::new(
            "string ChangeExtension(string path, string extension)",
            |c| {
                let path = c.text(0);
                let old = extension(&path);
                let bare = path[..path.len() - old.len()].trim_end_matches('.');
                let new = c.text(1);
                let dot = if new.is_empty() || new.starts_with('.') {
                    ""
                } else {
                    "."
                };
                Ok(format!("{bare}{dot}{new}").into())
            },
        ),
        Method::new("string Combine(string path1, string path2)", |c| {
            Ok(combine(&parts(c)).into())
        }),
        Method::new(
            "string Combine(string path1, string path2, string path3)",
            |c| Ok(combine(&parts(c)).into()),
        ),
        Method::new("string Combine(Params string[] paths)", |c| {
            Ok(combine(&parts(c)).into())
        }),
        Method::new("string Join(Params string[] paths)", |c| {
            Ok(parts(c).join("/").replace("//", "/").into())
        }),
        of_text!("string GetDirectoryName(string path)", path => directory(path).map_or(Value::Null, Value::from)),
        of_text!("string GetExtension(string path)", path => extension(path).into()),
        of_text!("string GetFileName(string path)", path => file_name(path).into()),
        of_text!("string GetFileNameWithoutExtension(string path)", path => stem(path).into()),
        Method::new("string GetFullPath(string path)", |c| {
            Ok(full(&super::io::full_path(c, 0)?)
                .display()
                .to_string()
                .into())
        }),
        Method::new("char[] GetInvalidFileNameChars()", |_| {
            Ok(convert::array_of(
                super::TypeRef::char(),
                vec![Value::Char('\0'), Value::Char('/')],
            ))
        }),
        Method::new("char[] GetInvalidPathChars()", |_| {
            Ok(convert::array_of(
                super::TypeRef::char(),
                vec![Value::Char('\0')],
            ))
        }),
        of_text!("string GetPathRoot(string path)", path => if is_rooted(path) { "/" } else { "" }.into()),
        Method::new("string GetRandomFileName()", |_| {
            let name = uuid::Uuid::new_v4().simple().to_string();
            Ok(format!("{}.{}", &name[..8], &name[8..11]).into())
        }),
        Method::new("string GetTempFileName()", |_| {
            let name = uuid::Uuid::new_v4().simple().to_string();
            let path = std::env::temp_dir().join(format!("tmp{}.tmp", &name[..6]));
            std::fs::write(&path, "").map_err(|error| super::io::fault(&error, &path))?;
            Ok(path.display().to_string().into())
        }),
        Method::new("string GetTempPath()", |_| {
            Ok(format!(
                "{}/",
                std::env::temp_dir()
                    .display()
                    .to_string()
                    .trim_end_matches('/')
            )
            .into())
        }),
        of_text!("bool HasExtension(string path)", path => Value::Bool(!extension(path).is_empty())),
        of_text!("bool IsPathRooted(string path)", path => Value::Bool(is_rooted(path))),
        of_text!("bool IsPathFullyQualified(string path)", path => Value::Bool(is_rooted(path))),
        Method::new(
            "string GetRelativePath(string relativeTo, string path)",
            |c| {
                let (from, to) = (
                    full(&super::io::full_path(c, 0)?),
                    full(&super::io::full_path(c, 1)?),
                );
                let same = from
                    .components()
                    .zip(to.components())
                    .take_while(|(a, b)| a == b)
                    .count();
                let mut out = PathBuf::new();
                from.components().skip(same).for_each(|_| out.push(".."));
                to.components().skip(same).for_each(|part| out.push(part));
                let text = out.display().to_string();
                if text.is_empty() {
                    Ok(".".into())
                } else {
                    Ok::<Value, Fault>(text.into())
                }
            },
        ),
    ],
    ..TypeTable::EMPTY
};
