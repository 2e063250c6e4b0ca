//! `System.Console` and `System.Threading.Thread`, as far as scripts use them.

use std::time::Duration;

use super::args::Args;
use super::encoding::Encoding;
use super::table::{Answer, Call, Kind, Method, Property, TypeTable};
use crate::runtime::types::culture::EN_US;
use crate::runtime::value::Value;
use crate::runtime::{format_string, members};

/// Writes the arguments as `Write-Host` does: a composite format when there are several.
fn write(call: &mut Call<'_>, end: &str) -> Answer {
    let text = match call.args.as_slice() {
        [] => String::new(),
        [only] => members::text(only),
        [format, ..] => {
            let format = members::text(format);
            format_string::compose(&format, &call.list(1), &EN_US).map_err(super::Fault::format)?
        }
    };
    call.host.write_host(&format!("{text}{end}"));
    Ok(Value::Null)
}

/// `System.Console`
pub static TABLE: TypeTable = TypeTable {
    name: "System.Console",
    kind: Kind::Static,
    static_properties: &[
        Property {
            signature: "System.Text.Encoding OutputEncoding {get;set;}",
            get: |_| Ok(Value::native(Encoding::Utf8)),
            set: Some(|_, _| Ok(())),
        },
        Property {
            signature: "System.Text.Encoding InputEncoding {get;set;}",
            get: |_| Ok(Value::native(Encoding::Utf8)),
            set: Some(|_, _| Ok(())),
        },
        Property {
            signature: "string Title {get;set;}",
            get: |_| Ok("".into()),
            set: Some(|_, _| Ok(())),
        },
        Property {
            signature: "bool CursorVisible {get;set;}",
            get: |_| Ok(Value::Bool(true)),
            set: Some(|_, _| Ok(())),
        },
    ],
    static_methods: &[
        Method::new("void WriteLine()", |c| write(c, "\n")),
        Method::new("void WriteLine(System.Object value)", |c| write(c, "\n")),
        Method::new(
            "void WriteLine(string format, Params System.Object[] arg)",
            |c| write(c, "\n"),
        ),
        Method::new("void Write(System.Object value)", |c| write(c, "")),
        Method::new(
            "void Write(string format, Params System.Object[] arg)",
            |c| write(c, ""),
        ),
        Method::new("void Beep()", |c| {
            c.host.write_host("\u{7}");
            Ok(Value::Null)
        }),
        Method::new("void ResetColor()", |_| Ok(Value::Null)),
    ],
    ..TypeTable::EMPTY
};

/// `System.Threading.Thread`
pub static THREAD: TypeTable = TypeTable {
    name: "System.Threading.Thread",
    static_properties: &[Property::read(
        "System.Threading.Thread CurrentThread {get;}",
        |_| {
            let culture = super::culture_info::object(&EN_US);
            Ok(crate::runtime::object::PsObject::view(
                "System.Threading.Thread",
                vec![
                    ("ManagedThreadId", Value::int(1)),
                    ("CurrentCulture", culture.clone()),
                    ("CurrentUICulture", culture),
                    ("Name", Value::Null),
                ],
            ))
        },
    )],
    static_methods: &[
        Method::new("void Sleep(int millisecondsTimeout)", sleep),
        Method::new("void Sleep(timespan timeout)", sleep),
    ],
    ..TypeTable::EMPTY
};

/// Sleeps in short naps, so that Ctrl-C ends it.
fn sleep(call: &mut Call<'_>) -> Answer {
    let milliseconds = match call.arg(0) {
        Value::TimeSpan(span) => span.ticks / super::timespan::TICKS_PER_MILLISECOND,
        _ => call.long(0),
    };
    let mut left = u64::try_from(milliseconds).unwrap_or(0);
    while left > 0 {
        if call.host.interrupted() {
            return Err(crate::runtime::flow::Flow::Interrupted.into());
        }
        let nap = left.min(50);
        std::thread::sleep(Duration::from_millis(nap));
        left -= nap;
    }
    Ok(Value::Null)
}
