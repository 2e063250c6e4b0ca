//! `System.IO.FileInfo` and `System.IO.DirectoryInfo`.

use std::any::Any;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::{SystemTime, UNIX_EPOCH};

use super::args::Args;
use super::datetime::{DateKind, DateTime, UNIX_EPOCH as EPOCH_TICKS};
use super::enums::{self, EnumValue};
use super::io::{self, full_path};
use super::table::{Answer, Call, Fault, Method, Property, TypeTable};
use super::{TypeRef, io_path};
use crate::runtime::value::{Native, Value};

/// A path with what it is.
struct Entry {
    path: PathBuf,
    folder: bool,
}

/// The object of a path: a folder when one stands there, else a file, whether it is there or not.
pub fn value(path: &Path) -> Value {
    Value::native(Entry {
        path: path.to_owned(),
        folder: path.is_dir(),
    })
}

/// The path of a `FileInfo` or `DirectoryInfo`; `None` for other values.
pub fn path_of(value: &Value) -> Option<&Path> {
    match value {
        Value::Object(object) => object.base.as_ref().and_then(path_of),
        other => other.downcast::<Entry>().map(|entry| entry.path.as_path()),
    }
}

impl Native for Entry {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(if self.folder {
            DIRECTORY.name
        } else {
            FILE.name
        })
    }

    fn text(&self) -> String {
        self.path.display().to_string()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn property_names(&self) -> Vec<Rc<str>> {
        [
            "PSPath",
            "PSParentPath",
            "PSChildName",
            "PSIsContainer",
            "Mode",
            "BaseName",
        ]
        .map(Rc::from)
        .to_vec()
    }

    fn property(&self, name: &str) -> Option<Value> {
        let path = |path: &Path| {
            Value::from(format!(
                "Microsoft.PowerShell.Core\\FileSystem::{}",
                path.display()
            ))
        };
        Some(match name.to_ascii_lowercase().as_str() {
            "pspath" => path(&self.path),
            "psparentpath" => path(self.path.parent().unwrap_or(Path::new(""))),
            "pschildname" => name_of(&self.path).into(),
            "psiscontainer" => Value::Bool(self.folder),
            "mode" => mode(self).into(),
            "basename" if self.folder => name_of(&self.path).into(),
            "basename" => io_path::stem(&name_of(&self.path)).into(),
            _ => return None,
        })
    }

    fn equals(&self, other: &dyn Native) -> bool {
        other
            .as_any()
            .downcast_ref::<Entry>()
            .is_some_and(|other| other.path == self.path)
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(
        || path.display().to_string(),
        |name| name.to_string_lossy().into_owned(),
    )
}

fn entry(value: &Value) -> Result<&Entry, Fault> {
    value
        .downcast::<Entry>()
        .ok_or_else(|| Fault::invalid_operation("This is no file or folder."))
}

/// `d-----`, `-a----`, `--r---`: as Windows shows attributes.
fn mode(entry: &Entry) -> String {
    let bits = attributes(entry);
    let letter = |bit: i64, c: char| if bits & bit != 0 { c } else { '-' };
    let kind = if bits & 1024 != 0 {
        'l'
    } else {
        letter(16, 'd')
    };
    [
        kind,
        letter(32, 'a'),
        letter(1, 'r'),
        letter(2, 'h'),
        '-',
        '-',
    ]
    .iter()
    .collect()
}

/// `FileAttributes` in numbers.
fn attributes(entry: &Entry) -> i64 {
    let Ok(meta) = fs::symlink_metadata(&entry.path) else {
        return -1;
    };
    let mut bits = 0;
    if meta.permissions().readonly() {
        bits |= 1;
    }
    if name_of(&entry.path).starts_with('.') {
        bits |= 2;
    }
    if meta.is_symlink() {
        bits |= 1024;
    }
    if entry.folder { bits | 16 } else { bits | 32 }
}

/// A moment as a date; that of a file that is not there is in the year 1601.
fn date(time: Option<SystemTime>) -> DateTime {
    let ticks = time.map_or(504_911_232_000_000_000, |time| {
        let ticks = match time.duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_nanos() / 100).unwrap_or(0),
            Err(before) => -i64::try_from(before.duration().as_nanos() / 100).unwrap_or(0),
        };
        EPOCH_TICKS + ticks
    });
    DateTime::new(ticks, DateKind::Utc).unwrap_or(DateTime {
        ticks: 0,
        kind: DateKind::Utc,
    })
}

/// A moment as the file system keeps it.
pub(super) fn system_time(date: DateTime) -> SystemTime {
    let ticks = date.to_utc().ticks - EPOCH_TICKS;
    let span = std::time::Duration::from_nanos(ticks.unsigned_abs().saturating_mul(100));
    if ticks >= 0 {
        UNIX_EPOCH + span
    } else {
        UNIX_EPOCH - span
    }
}

/// When the file at a path was made, read or written, in UTC.
pub(super) fn time_of(path: &Path, which: Time) -> DateTime {
    let meta = fs::metadata(path).ok();
    date(meta.and_then(|meta| match which {
        Time::Created => meta.created().or_else(|_| meta.modified()).ok(),
        Time::Read => meta.accessed().ok(),
        Time::Written => meta.modified().ok(),
    }))
}

/// Which of a file's times.
#[derive(Clone, Copy)]
pub(super) enum Time {
    Created,
    Read,
    Written,
}

fn time(value: &Value, which: Time, local: bool) -> Answer {
    let moment = time_of(&entry(value)?.path, which);
    Ok(Value::DateTime(if local {
        moment.to_local()
    } else {
        moment
    }))
}

fn set_time(value: &Value, new: &Value) -> Result<(), Fault> {
    let date = crate::runtime::convert::to_datetime(new).map_err(|e| Fault::argument(e.message))?;
    io::set_written(&entry(value)?.path, date)
}

const TIMES: [Property; 6] = [
    Property::read("datetime CreationTime {get;}", |v| {
        time(v, Time::Created, true)
    }),
    Property::read("datetime CreationTimeUtc {get;}", |v| {
        time(v, Time::Created, false)
    }),
    Property::read("datetime LastAccessTime {get;}", |v| {
        time(v, Time::Read, true)
    }),
    Property::read("datetime LastAccessTimeUtc {get;}", |v| {
        time(v, Time::Read, false)
    }),
    Property {
        signature: "datetime LastWriteTime {get;set;}",
        get: |v| time(v, Time::Written, true),
        set: Some(|v, new| set_time(v, &new)),
    },
    Property {
        signature: "datetime LastWriteTimeUtc {get;set;}",
        get: |v| time(v, Time::Written, false),
        set: Some(|v, new| set_time(v, &new)),
    },
];

const ATTRIBUTES: Property = Property::read("System.IO.FileAttributes Attributes {get;}", |v| {
    Ok(EnumValue::any_number(
        TypeRef::named(FILE_ATTRIBUTES.name),
        attributes(entry(v)?),
    ))
});

const NAME: Property = Property::read(
    "string Name {get;}",
    |v| Ok(name_of(&entry(v)?.path).into()),
);
const FULL_NAME: Property = Property::read("string FullName {get;}", |v| {
    Ok(entry(v)?.path.display().to_string().into())
});
const EXTENSION: Property = Property::read("string Extension {get;}", |v| {
    Ok(io_path::extension(&name_of(&entry(v)?.path)).into())
});

fn parent(value: &Value) -> Answer {
    Ok(entry(value)?.path.parent().map_or(Value::Null, |path| {
        Value::native(Entry {
            path: path.to_owned(),
            folder: true,
        })
    }))
}

fn new(call: &mut Call<'_>) -> Answer {
    let folder = call.owner.full_name() == DIRECTORY.name;
    Ok(Value::native(Entry {
        path: full_path(call, 0)?,
        folder,
    }))
}

fn entries(call: &Call<'_>, files: bool, folders: bool) -> Answer {
    let pattern = if call.args.is_empty() {
        "*".into()
    } else {
        call.text(0)
    };
    let deep = call
        .args
        .get(1)
        .is_some_and(|option| matches!(option, Value::Enum(m) if m.value == 1));
    let found = io::list(&entry(call.this)?.path, &pattern, deep, files, folders)?;
    let object = |path: PathBuf| {
        let folder = path.is_dir();
        Value::native(Entry { path, folder })
    };
    Ok(Value::array(found.into_iter().map(object).collect()))
}

/// `System.IO.FileInfo`
pub static FILE: TypeTable = TypeTable {
    name: "System.IO.FileInfo",
    base: "System.IO.FileSystemInfo",
    constructors: &[Method::new("System.IO.FileInfo new(string fileName)", new)],
    properties: &[
        ATTRIBUTES,
        TIMES[0],
        TIMES[1],
        Property::read("System.IO.DirectoryInfo Directory {get;}", parent),
        Property::read("string DirectoryName {get;}", |v| {
            Ok(entry(v)?
                .path
                .parent()
                .map_or_else(String::new, |p| p.display().to_string())
                .into())
        }),
        Property::read("bool Exists {get;}", |v| {
            Ok(Value::Bool(entry(v)?.path.is_file()))
        }),
        EXTENSION,
        FULL_NAME,
        Property::read("bool IsReadOnly {get;}", |v| {
            Ok(Value::Bool(attributes(entry(v)?) & 1 == 1))
        }),
        TIMES[2],
        TIMES[3],
        TIMES[4],
        TIMES[5],
        Property::read("long Length {get;}", |v| {
            let path = &entry(v)?.path;
            let meta = fs::metadata(path).map_err(|error| io::fault(&error, path))?;
            Ok(Value::long(meta.len() as i64))
        }),
        NAME,
    ],
    methods: &[
        Method::new("System.IO.FileInfo CopyTo(string destFileName)", |c| {
            let target = full_path(c, 0)?;
            io::copy(&entry(c.this)?.path, &target, false)?;
            Ok(value(&target))
        }),
        Method::new(
            "System.IO.FileInfo CopyTo(string destFileName, bool overwrite)",
            |c| {
                let target = full_path(c, 0)?;
                io::copy(&entry(c.this)?.path, &target, c.flag(1))?;
                Ok(value(&target))
            },
        ),
        Method::new("void Delete()", |c| {
            let path = &entry(c.this)?.path;
            io::delete_file(path)
        }),
        Method::new("void MoveTo(string destFileName)", |c| {
            let target = full_path(c, 0)?;
            io::rename(&entry(c.this)?.path, &target)
        }),
        Method::new("void Refresh()", |_| Ok(Value::Null)),
    ],
    ..TypeTable::EMPTY
};

/// `System.IO.DirectoryInfo`
pub static DIRECTORY: TypeTable = TypeTable {
    name: "System.IO.DirectoryInfo",
    base: "System.IO.FileSystemInfo",
    constructors: &[Method::new("System.IO.DirectoryInfo new(string path)", new)],
    properties: &[
        ATTRIBUTES,
        TIMES[0],
        TIMES[1],
        Property::read("bool Exists {get;}", |v| {
            Ok(Value::Bool(entry(v)?.path.is_dir()))
        }),
        EXTENSION,
        FULL_NAME,
        TIMES[2],
        TIMES[3],
        TIMES[4],
        TIMES[5],
        NAME,
        Property::read("System.IO.DirectoryInfo Parent {get;}", parent),
        Property::read("System.IO.DirectoryInfo Root {get;}", |_| {
            Ok(Value::native(Entry {
                path: PathBuf::from("/"),
                folder: true,
            }))
        }),
    ],
    methods: &[
        Method::new("void Create()", |c| io::make_folder(&entry(c.this)?.path)),
        Method::new(
            "System.IO.DirectoryInfo CreateSubdirectory(string path)",
            |c| {
                let path = entry(c.this)?.path.join(&*c.text(0));
                io::make_folder(&path)?;
                Ok(value(&path))
            },
        ),
        Method::new("void Delete()", |c| {
            io::delete_folder(&entry(c.this)?.path, false)
        }),
        Method::new("void Delete(bool recursive)", |c| {
            io::delete_folder(&entry(c.this)?.path, c.flag(0))
        }),
        Method::new("System.IO.DirectoryInfo[] GetDirectories()", |c| {
            entries(c, false, true)
        }),
        Method::new(
            "System.IO.DirectoryInfo[] GetDirectories(string searchPattern)",
            |c| entries(c, false, true),
        ),
        Method::new("System.IO.FileInfo[] GetFiles()", |c| {
            entries(c, true, false)
        }),
        Method::new("System.IO.FileInfo[] GetFiles(string searchPattern)", |c| {
            entries(c, true, false)
        }),
        Method::new(
            "System.IO.FileInfo[] GetFiles(string searchPattern, System.IO.SearchOption searchOption)",
            |c| entries(c, true, false),
        ),
        Method::new("System.IO.FileSystemInfo[] GetFileSystemInfos()", |c| {
            entries(c, true, true)
        }),
        Method::new("void MoveTo(string destDirName)", |c| {
            let target = full_path(c, 0)?;
            io::rename(&entry(c.this)?.path, &target)
        }),
        Method::new("void Refresh()", |_| Ok(Value::Null)),
    ],
    ..TypeTable::EMPTY
};

/// `System.IO.FileSystemInfo`
pub static FILE_SYSTEM: TypeTable = TypeTable {
    name: "System.IO.FileSystemInfo",
    ..TypeTable::EMPTY
};

/// `System.IO.FileAttributes`
pub static FILE_ATTRIBUTES: TypeTable = enums::table(
    "System.IO.FileAttributes",
    &[
        ("ReadOnly", 1),
        ("Hidden", 2),
        ("System", 4),
        ("Directory", 16),
        ("Archive", 32),
        ("Normal", 128),
        ("Temporary", 256),
        ("ReparsePoint", 1024),
        ("Compressed", 2048),
        ("Encrypted", 16384),
    ],
    true,
);

/// `System.IO.SearchOption`
pub static SEARCH_OPTION: TypeTable = enums::table(
    "System.IO.SearchOption",
    &[("TopDirectoryOnly", 0), ("AllDirectories", 1)],
    false,
);
