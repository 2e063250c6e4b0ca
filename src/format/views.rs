//! The looks of the shell's own types.

use crate::runtime::{Value, convert, members};

use super::view::{Column, Group, View, column};

/// Views that are always there. For a type with several, the first is the default.
pub const BUILT_IN: &[View] = &[
    View::table(ENTRY, &[column("Name").width(30), column("Value")]),
    View::list(ENTRY, &["Name", "Value"]),
    View::table(
        "Microsoft.PowerShell.Commands.GroupInfo",
        &[
            column("Count").width(5).right(),
            column("Name").width(25),
            column("Group"),
        ],
    ),
    View::table(
        "Microsoft.PowerShell.Commands.GroupInfoNoElement",
        &[column("Count").width(5).right(), column("Name").width(25)],
    ),
    View::table(
        "System.RuntimeType",
        &[
            column("IsPublic").width(8),
            column("IsSerializable").label("IsSerial").width(8),
            column("Name").width(40),
            column("BaseType"),
        ],
    ),
    View::list("System.TimeSpan", TIME_SPAN),
    View::table(
        "System.TimeSpan",
        &[
            column("Days"),
            column("Hours"),
            column("Minutes"),
            column("Seconds"),
            column("Milliseconds"),
        ],
    ),
    View::text("System.DateTime", date),
    View::apart("System.Management.Automation.ScriptBlock", members::text),
    View::apart("System.Exception", message),
    View::table("System.IO.FileSystemInfo", FILES).grouped(Group {
        property: "PSParentPath",
        label: "Directory",
        indent: 4,
        spaced: true,
    }),
    View::table("System.Management.Automation.CommandInfo", COMMANDS),
    View::table(
        "System.Management.Automation.PSVariable",
        &[column("Name").width(30), column("Value")],
    ),
    View::table(
        "Microsoft.PowerShell.Commands.HistoryInfo",
        &[column("Id").width(4).right(), column("CommandLine")],
    ),
    View::table(
        "Microsoft.PowerShell.Commands.MemberDefinition",
        &[column("Name"), column("MemberType"), column("Definition")],
    )
    .grouped(Group {
        property: "TypeName",
        label: "TypeName",
        indent: 3,
        spaced: false,
    }),
    View::text("Microsoft.PowerShell.Commands.MatchInfo", members::text),
    View::table(
        "Microsoft.PowerShell.Commands.ByteCollection",
        &[
            column("HexOffset").label("Offset").width(16).right(),
            column("HexBytes").label("Bytes").width(47),
            column("Ascii"),
        ],
    )
    .grouped(Group {
        property: "Label",
        label: "Label",
        indent: 3,
        spaced: false,
    }),
    View::table(
        "System.Management.Automation.PSModuleInfo",
        &[
            column("ModuleType").width(10),
            column("Version").width(10),
            column("Name").width(35),
            column("ExportedCommands"),
        ],
    ),
    View::table("System.Management.Automation.PathInfo", &[column("Path")]),
    View::table(
        "System.Globalization.CultureInfo",
        &[
            column("LCID").width(16),
            column("Name").width(16),
            column("DisplayName"),
        ],
    ),
    View::table(
        "System.Version",
        &[
            column("Major").width(6),
            column("Minor").width(6),
            column("Build").width(6),
            column("Revision").width(8),
        ],
    ),
    View::table(
        "System.Management.Automation.PSCredential",
        &[column("UserName").width(28), column("Password")],
    ),
];

/// The type of a hashtable's pairs.
pub const ENTRY: &str = "System.Collections.DictionaryEntry";

const TIME_SPAN: &[&str] = &[
    "Days",
    "Hours",
    "Minutes",
    "Seconds",
    "Milliseconds",
    "Ticks",
    "TotalDays",
    "TotalHours",
    "TotalMinutes",
    "TotalSeconds",
    "TotalMilliseconds",
];

const FILES: &[Column] = &[
    column("Mode").width(7),
    column("LastWriteTime").width(25).right(),
    column("Length").width(14).right(),
    column("Name"),
];

const COMMANDS: &[Column] = &[
    column("CommandType").width(15),
    column("Name").width(50),
    column("Version").width(10),
    column("Source"),
];

/// What an exception says.
fn message(value: &Value) -> String {
    match members::as_exception(value) {
        Some(exception) => exception.message.to_string(),
        None => members::text(value),
    }
}

/// A date in full, or the part that -DisplayHint asked for.
fn date(value: &Value) -> String {
    if let Value::Object(object) = value
        && let Some(hinted) = object.find("DateTime")
        && let crate::runtime::object::PropertyKind::Note(text) = hinted.kind
    {
        return convert::to_text(&text);
    }
    members::format_value(value, "F").unwrap_or_else(|_| members::text(value))
}
