//! `System.IO.File` and `System.IO.Directory`, and the file operations behind them.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::TypeRef;
use super::args::Args;
use super::datetime::DateTime;
use super::encoding::{Encoding, decode_by_mark, encoding_of};
use super::file_info::{self, Time};
use super::table::{Answer, Call, Fault, Kind, Method, TypeTable};
use crate::runtime::convert;
use crate::runtime::value::Value;
use crate::runtime::wildcard::Wildcard;

/// The path of an argument, against the current location.
pub(super) fn full_path(call: &Call<'_>, index: usize) -> Result<PathBuf, Fault> {
    let text = call.text(index);
    if text.is_empty() {
        return Err(Fault::argument("The path is empty. (Parameter 'path')"));
    }
    Ok(call.host.resolve_path(&text))
}

/// A .NET exception of a file operation that failed.
pub(super) fn fault(error: &std::io::Error, path: &Path) -> Fault {
    let shown = path.display();
    match error.kind() {
        ErrorKind::NotFound if path.parent().is_some_and(|folder| !folder.exists()) => {
            Fault::Exception(
                "System.IO.DirectoryNotFoundException",
                format!("Could not find a part of the path '{shown}'."),
            )
        }
        ErrorKind::NotFound => Fault::Exception(
            "System.IO.FileNotFoundException",
            format!("Could not find file '{shown}'."),
        ),
        ErrorKind::PermissionDenied | ErrorKind::IsADirectory => Fault::Exception(
            "System.UnauthorizedAccessException",
            format!("Access to the path '{shown}' is denied."),
        ),
        ErrorKind::AlreadyExists => Fault::Exception(
            "System.IO.IOException",
            format!("The file '{shown}' already exists."),
        ),
        ErrorKind::DirectoryNotEmpty => Fault::Exception(
            "System.IO.IOException",
            format!("The directory is not empty. : '{shown}'"),
        ),
        _ => Fault::Exception("System.IO.IOException", format!("{error} : '{shown}'")),
    }
}

fn done(result: std::io::Result<()>, path: &Path) -> Answer {
    result
        .map(|()| Value::Null)
        .map_err(|error| fault(&error, path))
}

/// Sets the time of the last change.
pub(super) fn set_written(path: &Path, date: DateTime) -> Result<(), Fault> {
    let file = OpenOptions::new()
        .read(true)
        .open(path)
        .map_err(|error| fault(&error, path))?;
    file.set_modified(file_info::system_time(date))
        .map_err(|error| fault(&error, path))
}

/// Copies a file.
pub(super) fn copy(from: &Path, to: &Path, overwrite: bool) -> Result<(), Fault> {
    if to.exists() && !overwrite {
        return Err(Fault::Exception(
            "System.IO.IOException",
            format!("The file '{}' already exists.", to.display()),
        ));
    }
    fs::copy(from, to)
        .map(drop)
        .map_err(|error| fault(&error, from))
}

/// Moves a file or folder.
pub(super) fn rename(from: &Path, to: &Path) -> Answer {
    if to.exists() {
        return Err(Fault::Exception(
            "System.IO.IOException",
            "Cannot create a file when that file already exists.".into(),
        ));
    }
    done(fs::rename(from, to), from)
}

/// Deletes a file; one that is not there is no error.
pub(super) fn delete_file(path: &Path) -> Answer {
    match fs::remove_file(path) {
        Err(error)
            if error.kind() == ErrorKind::NotFound && path.parent().is_some_and(Path::exists) =>
        {
            Ok(Value::Null)
        }
        result => done(result, path),
    }
}

/// Makes a folder and those above it.
pub(super) fn make_folder(path: &Path) -> Answer {
    done(fs::create_dir_all(path), path)
}

/// Deletes a folder.
pub(super) fn delete_folder(path: &Path, deep: bool) -> Answer {
    done(
        if deep {
            fs::remove_dir_all(path)
        } else {
            fs::remove_dir(path)
        },
        path,
    )
}

/// What stands in a folder, sorted by name.
pub(super) fn list(
    folder: &Path,
    pattern: &str,
    deep: bool,
    files: bool,
    folders: bool,
) -> Result<Vec<PathBuf>, Fault> {
    let wanted = Wildcard::with_case(pattern, true);
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        let mut entries: Vec<PathBuf> = fs::read_dir(&folder)
            .map_err(|error| fault(&error, &folder))?
            .filter_map(|entry| entry.ok().map(|entry| entry.path()))
            .collect();
        entries.sort();
        for path in entries {
            let is_folder = path.is_dir();
            let name = path
                .file_name()
                .map(|name| name.to_string_lossy().into_owned())
                .unwrap_or_default();
            if (if is_folder { folders } else { files })
                && (pattern == "*.*" || wanted.matches(&name))
            {
                found.push(path.clone());
            }
            if is_folder && deep && !path.is_symlink() {
                open.push(path);
            }
        }
    }
    Ok(found)
}

fn read(path: &Path) -> Result<Vec<u8>, Fault> {
    fs::read(path).map_err(|error| fault(&error, path))
}

/// The text of a file: by its byte order mark, else in the given encoding or UTF-8.
fn read_text(call: &Call<'_>) -> Result<String, Fault> {
    let path = full_path(call, 0)?;
    Ok(decode_by_mark(&read(&path)?, encoding_of(call.arg(1))))
}

fn write(call: &Call<'_>, text: &str, append: bool) -> Answer {
    let path = full_path(call, 0)?;
    let encoding = encoding_of(call.arg(2)).unwrap_or(Encoding::Utf8);
    let mut bytes = if append && path.exists() {
        Vec::new()
    } else {
        call.args
            .get(2)
            .map_or(&[][..], |_| encoding.mark())
            .to_vec()
    };
    bytes.extend(encoding.encode(text));
    if !append {
        return done(fs::write(&path, bytes), &path);
    }
    let file = OpenOptions::new().create(true).append(true).open(&path);
    done(file.and_then(|mut file| file.write_all(&bytes)), &path)
}

fn lines(call: &Call<'_>, index: usize) -> String {
    let mut text = String::new();
    for line in call.list(index) {
        text.push_str(&convert::to_text(&line));
        text.push('\n');
    }
    text
}

fn texts(items: impl Iterator<Item = String>) -> Value {
    convert::array_of(TypeRef::string(), items.map(Value::from).collect())
}

fn paths(call: &Call<'_>, files: bool, folders: bool) -> Answer {
    let folder = full_path(call, 0)?;
    let pattern = if call.args.len() > 1 {
        call.text(1)
    } else {
        "*".into()
    };
    let deep = matches!(call.arg(2), Value::Enum(option) if option.value == 1);
    Ok(texts(
        list(&folder, &pattern, deep, files, folders)?
            .into_iter()
            .map(|path| path.display().to_string()),
    ))
}

fn time(call: &Call<'_>, which: Time, local: bool) -> Answer {
    let moment = file_info::time_of(&full_path(call, 0)?, which);
    Ok(Value::DateTime(if local {
        moment.to_local()
    } else {
        moment
    }))
}

/// `System.IO.File`
pub static FILE: TypeTable = TypeTable {
    name: "System.IO.File",
    kind: Kind::Static,
    static_methods: &[
        Method::new(
            "void AppendAllLines(string path, IEnumerable[string] contents)",
            |c| write(c, &lines(c, 1), true),
        ),
        Method::new("void AppendAllText(string path, string contents)", |c| {
            write(c, &c.text(1), true)
        }),
        Method::new(
            "void AppendAllText(string path, string contents, System.Text.Encoding encoding)",
            |c| write(c, &c.text(1), true),
        ),
        Method::new(
            "void Copy(string sourceFileName, string destFileName)",
            |c| copy(&full_path(c, 0)?, &full_path(c, 1)?, false).map(|()| Value::Null),
        ),
        Method::new(
            "void Copy(string sourceFileName, string destFileName, bool overwrite)",
            |c| copy(&full_path(c, 0)?, &full_path(c, 1)?, c.flag(2)).map(|()| Value::Null),
        ),
        Method::new("void Delete(string path)", |c| {
            delete_file(&full_path(c, 0)?)
        }),
        Method::new("bool Exists(string path)", |c| {
            Ok(Value::Bool(
                !c.text(0).is_empty() && full_path(c, 0)?.is_file(),
            ))
        }),
        Method::new("datetime GetCreationTime(string path)", |c| {
            time(c, Time::Created, true)
        }),
        Method::new("datetime GetLastAccessTime(string path)", |c| {
            time(c, Time::Read, true)
        }),
        Method::new("datetime GetLastWriteTime(string path)", |c| {
            time(c, Time::Written, true)
        }),
        Method::new("datetime GetLastWriteTimeUtc(string path)", |c| {
            time(c, Time::Written, false)
        }),
        Method::new(
            "void Move(string sourceFileName, string destFileName)",
            |c| rename(&full_path(c, 0)?, &full_path(c, 1)?),
        ),
        Method::new(
            "void Move(string sourceFileName, string destFileName, bool overwrite)",
            |c| {
                let (from, to) = (full_path(c, 0)?, full_path(c, 1)?);
                if c.flag(2) {
                    done(fs::rename(&from, &to), &from)
                } else {
                    rename(&from, &to)
                }
            },
        ),
        Method::new("byte[] ReadAllBytes(string path)", |c| {
            Ok(Value::bytes(read(&full_path(c, 0)?)?))
        }),
        Method::new("string[] ReadAllLines(string path)", |c| {
            Ok(texts(read_text(c)?.lines().map(str::to_owned)))
        }),
        Method::new(
            "string[] ReadAllLines(string path, System.Text.Encoding encoding)",
            |c| Ok(texts(read_text(c)?.lines().map(str::to_owned))),
        ),
        Method::new("string ReadAllText(string path)", |c| {
            Ok(read_text(c)?.into())
        }),
        Method::new(
            "string ReadAllText(string path, System.Text.Encoding encoding)",
            |c| Ok(read_text(c)?.into()),
        ),
        Method::new("string[] ReadLines(string path)", |c| {
            Ok(texts(read_text(c)?.lines().map(str::to_owned)))
        }),
        Method::new(
            "void SetLastWriteTime(string path, datetime lastWriteTime)",
            |c| {
                let date =
                    convert::to_datetime(c.arg(1)).map_err(|e| Fault::argument(e.message))?;
                set_written(&full_path(c, 0)?, date).map(|()| Value::Null)
            },
        ),
        Method::new("void WriteAllBytes(string path, byte[] bytes)", |c| {
            let path = full_path(c, 0)?;
            let bytes = match c.arg(1) {
                Value::Bytes(bytes) => bytes.borrow().clone(),
                _ => Vec::new(),
            };
            done(fs::write(&path, bytes), &path)
        }),
        Method::new(
            "void WriteAllLines(string path, IEnumerable[string] contents)",
            |c| write(c, &lines(c, 1), false),
        ),
        Method::new(
            "void WriteAllLines(string path, IEnumerable[string] contents, System.Text.Encoding encoding)",
            |c| write(c, &lines(c, 1), false),
        ),
        Method::new("void WriteAllText(string path, string contents)", |c| {
            write(c, &c.text(1), false)
        }),
        Method::new(
            "void WriteAllText(string path, string contents, System.Text.Encoding encoding)",
            |c| write(c, &c.text(1), false),
        ),
    ],
    ..TypeTable::EMPTY
};

/// `System.IO.Directory`
pub static DIRECTORY: TypeTable = TypeTable {
    name: "System.IO.Directory",
    kind: Kind::Static,
    static_methods: &[
        Method::new(
            "System.IO.DirectoryInfo CreateDirectory(string path)",
            |c| {
                let path = full_path(c, 0)?;
                make_folder(&path)?;
                Ok(file_info::value(&path))
            },
        ),
        Method::new("void Delete(string path)", |c| {
            delete_folder(&full_path(c, 0)?, false)
        }),
        Method::new("void Delete(string path, bool recursive)", |c| {
            delete_folder(&full_path(c, 0)?, c.flag(1))
        }),
        Method::new("bool Exists(string path)", |c| {
            Ok(Value::Bool(
                !c.text(0).is_empty() && full_path(c, 0)?.is_dir(),
            ))
        }),
        Method::new("string GetCurrentDirectory()", |c| {
            Ok(c.host.location().display().to_string().into())
        }),
        Method::new("string[] GetDirectories(string path)", |c| {
            paths(c, false, true)
        }),
        Method::new(
            "string[] GetDirectories(string path, string searchPattern)",
            |c| paths(c, false, true),
        ),
        Method::new(
            "string[] GetDirectories(string path, string searchPattern, System.IO.SearchOption searchOption)",
            |c| paths(c, false, true),
        ),
        Method::new("string[] GetFiles(string path)", |c| paths(c, true, false)),
        Method::new(
            "string[] GetFiles(string path, string searchPattern)",
            |c| paths(c, true, false),
        ),
        Method::new(
            "string[] GetFiles(string path, string searchPattern, System.IO.SearchOption searchOption)",
            |c| paths(c, true, false),
        ),
        Method::new("string[] EnumerateFiles(string path)", |c| {
            paths(c, true, false)
        }),
        Method::new(
            "string[] EnumerateFiles(string path, string searchPattern)",
            |c| paths(c, true, false),
        ),
        Method::new(
            "string[] EnumerateFiles(string path, string searchPattern, System.IO.SearchOption searchOption)",
            |c| paths(c, true, false),
        ),
        Method::new("string[] GetFileSystemEntries(string path)", |c| {
            paths(c, true, true)
        }),
        Method::new("System.IO.DirectoryInfo GetParent(string path)", |c| {
            Ok(full_path(c, 0)?
                .parent()
                .map_or(Value::Null, file_info::value))
        }),
        Method::new("void Move(string sourceDirName, string destDirName)", |c| {
            rename(&full_path(c, 0)?, &full_path(c, 1)?)
        }),
    ],
    ..TypeTable::EMPTY
};
