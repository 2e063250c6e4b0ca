//! The common and risk parameters, which no command declares.

/// One of them.
pub struct Common {
    /// Without the dash.
    pub name: &'static str,
    /// Its short name.
    pub alias: &'static str,
    /// Full name of its type; empty for a switch.
    pub type_name: &'static str,
    /// Allowed words, where there is a list.
    pub values: &'static [&'static str],
}

const ACTIONS: &[&str] = &["SilentlyContinue", "Stop", "Continue", "Inquire", "Ignore"];
const PREFERENCE: &str = "System.Management.Automation.ActionPreference";

const fn switch(name: &'static str, alias: &'static str) -> Common {
    Common {
        name,
        alias,
        type_name: "",
        values: &[],
    }
}

const fn action(name: &'static str, alias: &'static str) -> Common {
    Common {
        name,
        alias,
        type_name: PREFERENCE,
        values: ACTIONS,
    }
}

const fn variable(name: &'static str, alias: &'static str) -> Common {
    Common {
        name,
        alias,
        type_name: "System.String",
        values: &[],
    }
}

/// What every cmdlet and advanced function takes, in PowerShell's order.
pub const COMMON: [Common; 11] = [
    switch("Verbose", "vb"),
    switch("Debug", "db"),
    action("ErrorAction", "ea"),
    action("WarningAction", "wa"),
    action("InformationAction", "infa"),
    variable("ErrorVariable", "ev"),
    variable("WarningVariable", "wv"),
    variable("InformationVariable", "iv"),
    variable("OutVariable", "ov"),
    Common {
        name: "OutBuffer",
        alias: "ob",
        type_name: "System.Int32",
        values: &[],
    },
    variable("PipelineVariable", "pv"),
];

/// What a command takes that changes something.
pub const RISK: [Common; 2] = [switch("WhatIf", "wi"), switch("Confirm", "cf")];

/// What the page of a command says about them.
pub fn summary() -> String {
    let names: Vec<&str> = COMMON.iter().map(|common| common.name).collect();
    let (last, first) = names
        .split_last()
        .map_or(("", &[][..]), |(last, first)| (*last, first));
    format!(
        "This cmdlet supports the common parameters: {}, and {last}. For more information, see about_CommonParameters.",
        first.join(", ")
    )
}
