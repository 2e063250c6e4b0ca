//! `System.Environment`.

use super::args::Args;
use super::enums;
use super::table::{Answer, Call, Fault, Kind, Method, Property, TypeTable};
use super::version;
use crate::runtime::flow::Flow;
use crate::runtime::value::Value;

fn variable(call: &mut Call<'_>) -> Answer {
    let found = call.host.environment(&call.text(0));
    Ok(found.map_or(Value::Null, Value::from))
}

fn set_variable(call: &mut Call<'_>) -> Answer {
    let (name, value) = (call.text(0), call.text(1));
    let value = (!value.is_empty()).then(|| value.to_string());
    call.host.set_environment(&name, value);
    Ok(Value::Null)
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

/// `System.Environment+SpecialFolder`
pub static SPECIAL_FOLDER: TypeTable = enums::table(
    "System.Environment+SpecialFolder",
    &[
        ("Desktop", 0),
        ("Personal", 5),
        ("MyDocuments", 5),
        ("DesktopDirectory", 16),
        ("ApplicationData", 26),
        ("LocalApplicationData", 28),
        ("CommonApplicationData", 35),
        ("UserProfile", 40),
    ],
    false,
);

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
        Method::new("string GetEnvironmentVariable(string variable)", variable),
        Method::new(
            "string GetEnvironmentVariable(string variable, System.Object target)",
            variable,
        ),
        Method::new(
            "void SetEnvironmentVariable(string variable, string value)",
            set_variable,
        ),
        Method::new(
            "void SetEnvironmentVariable(string variable, string value, System.Object target)",
            set_variable,
        ),
        Method::new("void Exit(int exitCode)", |c| {
            Err(Fault::Flow(Flow::Exit(c.int(0))))
        }),
        Method::new("string GetFolderPath(string folder)", |c| {
            Ok(Value::from(special_folder(&c.text(0))))
        }),
        Method::new("string ExpandEnvironmentVariables(string name)", |c| {
            let text = c.text(0);
            Ok(Value::from(expanded(&text, &|name| {
                c.host.environment(name)
            })))
        }),
    ],
    ..TypeTable::EMPTY
};

/// Replaces `%NAME%` where such a variable exists.
fn expanded(text: &str, variable: &dyn Fn(&str) -> Option<String>) -> String {
    let mut result = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        result.push_str(before);
        let known = after
            .split_once('%')
            .and_then(|(name, tail)| Some((variable(name)?, tail)));
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
