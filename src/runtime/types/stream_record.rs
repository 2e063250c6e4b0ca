//! Records of the warning, verbose, debug and information streams, as `3>&1`, `6>&1` and `-WarningVariable` give them.

use std::any::Any;
use std::rc::Rc;

use super::TypeRef;
use super::datetime::DateTime;
use super::table::{Answer, Property, TypeTable};
use crate::runtime::convert;
use crate::runtime::ui::{ConsoleColor, Stream};
use crate::runtime::value::{Native, Value};

/// A message that was written to a stream.
pub struct StreamRecord {
    stream: Stream,
    /// The text; of the information stream what was written, whatever it is.
    data: Value,
    /// Of the information stream.
    tags: Vec<Rc<str>>,
    /// The script or command it came from.
    source: Rc<str>,
    time: DateTime,
    /// Where it was written, as an error's `InvocationInfo`.
    invocation: Value,
}

impl StreamRecord {
    /// A record of the warning, verbose or debug stream.
    pub fn message(stream: Stream, text: &str, invocation: Value) -> Value {
        Value::native(StreamRecord {
            stream,
            data: Value::str(text),
            tags: Vec::new(),
            source: Rc::from(""),
            time: DateTime::now(),
            invocation,
        })
    }

    /// A record of the information stream.
    pub fn information(data: Value, tags: &[&str], source: Rc<str>) -> Value {
        Value::native(StreamRecord {
            stream: Stream::Information,
            data,
            tags: tags.iter().map(|tag| Rc::from(*tag)).collect(),
            source,
            time: DateTime::now(),
            invocation: Value::Null,
        })
    }

    fn table(&self) -> &'static TypeTable {
        match self.stream {
            Stream::Verbose => &VERBOSE,
            Stream::Debug => &DEBUG,
            Stream::Information => &INFORMATION,
            _ => &WARNING,
        }
    }
}

impl Native for StreamRecord {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(self.table().name)
    }

    fn text(&self) -> String {
        convert::to_text(&self.data)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    /// A record that is shown says which stream it is of, as the stream itself would.
    fn page(&self, _width: usize) -> Option<String> {
        let prefix = match self.stream {
            Stream::Verbose => "VERBOSE: ",
            Stream::Debug => "DEBUG: ",
            Stream::Information => "",
            _ => "WARNING: ",
        };
        Some(format!("{prefix}{}\n", self.text()))
    }
}

/// What `Write-Host` puts into the information stream.
pub struct HostMessage {
    text: Rc<str>,
    ends_line: bool,
    foreground: Option<ConsoleColor>,
    background: Option<ConsoleColor>,
}

impl HostMessage {
    /// The text that was shown, its line end apart, and its colours.
    pub fn value(
        text: &str,
        foreground: Option<ConsoleColor>,
        background: Option<ConsoleColor>,
    ) -> Value {
        let line = text.strip_suffix('\n');
        Value::native(HostMessage {
            text: Rc::from(line.unwrap_or(text)),
            ends_line: line.is_some(),
            foreground,
            background,
        })
    }
}

impl Native for HostMessage {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(HOST_MESSAGE.name)
    }

    fn text(&self) -> String {
        self.text.to_string()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn of(value: &Value, read: impl FnOnce(&StreamRecord) -> Value) -> Answer {
    Ok(value.downcast::<StreamRecord>().map_or(Value::Null, read))
}

fn host(value: &Value, read: impl FnOnce(&HostMessage) -> Value) -> Answer {
    Ok(value.downcast::<HostMessage>().map_or(Value::Null, read))
}

fn colour(colour: Option<ConsoleColor>) -> Value {
    let named = |name: ConsoleColor| {
        convert::to_type(&Value::str(name), TypeRef::named("System.ConsoleColor"))
            .unwrap_or_else(|_| Value::str(name))
    };
    colour.map_or(Value::Null, named)
}

const MESSAGE: Property = Property::read("string Message {get;}", |v| of(v, |r| r.data.clone()));
const INVOCATION: Property = Property::read(
    "System.Management.Automation.InvocationInfo InvocationInfo {get;}",
    |v| of(v, |r| r.invocation.clone()),
);
const ITERATION: Property = Property::read(
    "System.Collections.ObjectModel.ReadOnlyCollection[int] PipelineIterationInfo {get;}",
    |_| Ok(Value::array(Vec::new())),
);

/// `System.Management.Automation.WarningRecord`
pub static WARNING: TypeTable = TypeTable {
    name: "System.Management.Automation.WarningRecord",
    base: "System.Management.Automation.InformationalRecord",
    properties: &[
        Property::read("string FullyQualifiedWarningId {get;}", |_| Ok("".into())),
        MESSAGE,
        INVOCATION,
        ITERATION,
    ],
    ..TypeTable::EMPTY
};

/// `System.Management.Automation.VerboseRecord`
pub static VERBOSE: TypeTable = TypeTable {
    name: "System.Management.Automation.VerboseRecord",
    base: "System.Management.Automation.InformationalRecord",
    properties: &[MESSAGE, INVOCATION, ITERATION],
    ..TypeTable::EMPTY
};

/// `System.Management.Automation.DebugRecord`
pub static DEBUG: TypeTable = TypeTable {
    name: "System.Management.Automation.DebugRecord",
    base: "System.Management.Automation.InformationalRecord",
    properties: &[MESSAGE, INVOCATION, ITERATION],
    ..TypeTable::EMPTY
};

/// `System.Management.Automation.InformationalRecord`, which the three derive from.
pub static INFORMATIONAL: TypeTable = TypeTable {
    name: "System.Management.Automation.InformationalRecord",
    ..TypeTable::EMPTY
};

/// `System.Management.Automation.InformationRecord`
pub static INFORMATION: TypeTable = TypeTable {
    name: "System.Management.Automation.InformationRecord",
    properties: &[
        Property::read("System.Object MessageData {get;}", |v| {
            of(v, |r| r.data.clone())
        }),
        Property::read("string Source {get;}", |v| {
            of(v, |r| Value::Str(r.source.clone()))
        }),
        Property::read("datetime TimeGenerated {get;}", |v| {
            of(v, |r| Value::DateTime(r.time))
        }),
        Property::read("System.Collections.Generic.List[string] Tags {get;}", |v| {
            of(v, |r| {
                let tags = r.tags.iter().cloned().map(Value::Str).collect();
                super::list::List::generic(TypeRef::string(), tags)
            })
        }),
        Property::read("string User {get;}", |_| {
            Ok(std::env::var("USER").unwrap_or_default().into())
        }),
        Property::read("string Computer {get;}", |_| {
            Ok(super::environment::machine_name().into())
        }),
        Property::read("uint ProcessId {get;}", |_| {
            Ok(Value::Number(crate::runtime::value::Number::UInt32(
                std::process::id(),
            )))
        }),
    ],
    ..TypeTable::EMPTY
};

/// `System.Management.Automation.HostInformationMessage`
pub static HOST_MESSAGE: TypeTable = TypeTable {
    name: "System.Management.Automation.HostInformationMessage",
    properties: &[
        Property::read("string Message {get;}", |v| {
            host(v, |m| Value::Str(m.text.clone()))
        }),
        Property::read("bool NoNewLine {get;}", |v| {
            host(v, |m| Value::Bool(!m.ends_line))
        }),
        Property::read("System.ConsoleColor ForegroundColor {get;}", |v| {
            host(v, |m| colour(m.foreground))
        }),
        Property::read("System.ConsoleColor BackgroundColor {get;}", |v| {
            host(v, |m| colour(m.background))
        }),
    ],
    ..TypeTable::EMPTY
};
