//! `System.Environment`.

use super::args::Args;
use super::table::{Answer, Kind, Method, Property, TypeTable};
use super::version;
use crate::runtime::value::Value;

fn variable(name: &str) -> Answer {
    Ok(std::env::var(name).ok().map_or(Value::Null, Value::from))
}

/// The name of this machine.
pub fn machine_name() -> String {
    rustix::system::uname()
        .nodename()
        .to_string_lossy()
        .into_owned()
}

/// The folder of a name of `Environment.SpecialFolder`, as .NET places them on Unix.
fn special_folder(name: &str) -> String {
    let home = std::env::var("HOME").unwrap_or_default();
    let under = |variable: &str, fallback: &str| {
        std::env::var(variable).unwrap_or_else(|_| format!("{home}/{fallback}"))
    };
    match name.to_ascii_lowercase().as_str() {
        "userprofile" | "personal" | "mydocuments" => home,
        "desktop" | "desktopdirectory" => format!("{home}/Desktop"),
        "applicationdata" => under("XDG_CONFIG_HOME", ".config"),
        "localapplicationdata" => under("XDG_DATA_HOME", ".local/share"),
        "commonapplicationdata" => "/usr/share".to_owned(),
        _ => String::new(),
    }
}

/// Its declaration.
pub static TABLE: TypeTable = TypeTable {
    name: "System.Environment",
    aliases: &["environment"],
    kind: Kind::Static,
    static_properties: &[
        Property::read("string MachineName {get;}", |_| {
            Ok(Value::from(machine_name()))
        }),
        Property::read("string UserName {get;}", |_| {
            Ok(Value::from(
                std::env::var("USER")
                    .or_else(|_| std::env::var("LOGNAME"))
                    .unwrap_or_default(),
            ))
        }),
        Property::read("string UserDomainName {get;}", |_| {
            Ok(Value::from(machine_name()))
        }),
        Property::read("string NewLine {get;}", |_| Ok(Value::str("\n"))),
        Property::read("int ProcessorCount {get;}", |_| {
            Ok(Value::int(
                std::thread::available_parallelism().map_or(1, |n| n.get() as i32),
            ))
        }),
        Property::read("bool Is64BitProcess {get;}", |_| {
            Ok(Value::Bool(cfg!(target_pointer_width = "64")))
        }),
        Property::read("bool Is64BitOperatingSystem {get;}", |_| {
            Ok(Value::Bool(cfg!(target_pointer_width = "64")))
        }),
        Property::read("bool UserInteractive {get;}", |_| Ok(Value::Bool(true))),
        Property::read("string CurrentDirectory {get;}", |_| {
            Ok(Value::from(
                std::env::current_dir()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned(),
            ))
        }),
        Property::read("int ExitCode {get;}", |_| Ok(Value::int(0))),
        Property::read("version Version {get;}", |_| {
            Ok(version::of(&[4, 0, 30319, 42000]))
        }),
    ],
    static_methods: &[
        Method::new("string GetEnvironmentVariable(string variable)", |c| {
            variable(&c.text(0))
        }),
        Method::new(
            "string GetEnvironmentVariable(string variable, System.Object target)",
            |c| variable(&c.text(0)),
        ),
        Method::new("string GetFolderPath(string folder)", |c| {
            Ok(Value::from(special_folder(&c.text(0))))
        }),
        Method::new("string ExpandEnvironmentVariables(string name)", |c| {
            Ok(Value::from(expanded(&c.text(0))))
        }),
    ],
    ..TypeTable::EMPTY
};

/// Replaces `%NAME%` where such a variable exists.
fn expanded(text: &str) -> String {
    let mut result = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        result.push_str(before);
        let known = after
            .split_once('%')
            .and_then(|(name, tail)| Some((std::env::var(name).ok()?, tail)));
        match known {
            Some((value, tail)) => {
                result.push_str(&value);
                rest = tail;
            }
            None => {
                result.push('%');
                rest = after;
            }
        }
    }
    result + rest
}
