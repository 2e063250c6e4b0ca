//! The modules whose cmdlets are built in.

use crate::runtime::{PsObject, Value};

/// What answers to Import-Module: name, version, and words that stand for it in scripts.
pub const MODULES: &[(&str, &str, &[&str])] = &[
    (
        "ExchangePowerShell",
        "1.0",
        &[
            "ExchangeOnlineManagement",
            "ExchangeOnline",
            "Exchange",
            "Microsoft.Exchange.Management.PowerShell.E2010",
            "Microsoft.Exchange.Management.PowerShell.SnapIn",
            "RemoteExchange.ps1",
        ],
    ),
    ("Microsoft.PowerShell.Core", "7.4", &[]),
    ("Microsoft.PowerShell.Management", "7.4", &[]),
    ("Microsoft.PowerShell.Security", "7.4", &[]),
    ("Microsoft.PowerShell.Utility", "7.4", &[]),
];

/// The built-in module that a name stands for.
pub fn find(name: &str) -> Option<&'static (&'static str, &'static str, &'static [&'static str])> {
    let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let bare = last
        .strip_suffix(".psd1")
        .or_else(|| last.strip_suffix(".psm1"))
        .unwrap_or(last);
    MODULES.iter().find(|(module, _, others)| {
        module.eq_ignore_ascii_case(bare)
            || others.iter().any(|other| other.eq_ignore_ascii_case(bare))
    })
}

/// A module as an object.
pub fn describe(name: &str, version: &str, commands: Vec<String>) -> Value {
    let commands = Value::array(commands.into_iter().map(Value::from).collect());
    PsObject::view(
        "System.Management.Automation.PSModuleInfo",
        vec![
            ("ModuleType", Value::str("Manifest")),
            ("Version", Value::str(version)),
            ("Name", Value::str(name)),
            ("ExportedCommands", commands),
        ],
    )
}
