//! Automatic variables: those every session has, and those that follow the call at work.

use std::rc::Rc;

use super::scope::{Variable, VariableOptions};
use crate::runtime::convert;
use crate::runtime::object::PsObject;
use crate::runtime::shell::Shell;
use crate::runtime::types::hashtable::Hashtable;
use crate::runtime::value::Value;

/// The version of the language that `$PSVersionTable` names.
const LANGUAGE_VERSION: &str = "7.4.0";

/// Puts the variables of a new session into its global scope.
pub(in crate::runtime) fn declare(shell: &mut Shell) {
    let global = shell.global.clone();
    for (name, value) in [
        ("ErrorActionPreference", "Continue"),
        ("WarningPreference", "Continue"),
        ("VerbosePreference", "SilentlyContinue"),
        ("DebugPreference", "SilentlyContinue"),
        ("InformationPreference", "SilentlyContinue"),
        ("ProgressPreference", "Continue"),
        ("ConfirmPreference", "High"),
        ("ErrorView", "NormalView"),
        ("PSEmailServer", ""),
    ] {
        global.set_own(name, Value::str(value));
    }
    global.set_own("WhatIfPreference", Value::Bool(false));
    global.set_own("MaximumHistoryCount", Value::int(4096));
    global.set_own("FormatEnumerationLimit", Value::int(4));
    global.set_own(
        "PSDefaultParameterValues",
        Value::Hashtable(Rc::new(Hashtable::new())),
    );
    global.set_own("OutputEncoding", Value::str("utf-8"));
    for (name, value) in [
        ("true", Value::Bool(true)),
        ("false", Value::Bool(false)),
        ("null", Value::Null),
    ] {
        global.declare(constant(name, value));
    }
    let os = std::env::consts::OS;
    for (name, value) in [
        (
            "PID",
            Value::int(i32::try_from(std::process::id()).unwrap_or(i32::MAX)),
        ),
        ("HOME", Value::str(shell.home_folder().to_string_lossy())),
        ("ShellId", Value::str("Microsoft.PowerShell")),
        ("PSCulture", Value::str("en-US")),
        ("PSUICulture", Value::str("en-US")),
        ("PSEdition", Value::str("Core")),
        ("IsLinux", Value::Bool(os == "linux")),
        ("IsMacOS", Value::Bool(os == "macos")),
        ("IsWindows", Value::Bool(os == "windows")),
        ("IsCoreCLR", Value::Bool(true)),
        ("PSVersionTable", version_table()),
    ] {
        global.declare(constant(name, value));
    }
    global.declare(Variable::new("Error", shell.errors.value()));
}

fn constant(name: &str, value: Value) -> Rc<Variable> {
    let variable = Variable::constant(name, value);
    variable.options.set(VariableOptions {
        constant: true,
        all_scope: true,
        ..VariableOptions::default()
    });
    variable
}

fn version_table() -> Value {
    let version = |text: &str| {
        let ty = crate::runtime::types::TypeRef::named("System.Version");
        convert::to_type(&Value::str(text), ty).unwrap_or_else(|_| Value::str(text))
    };
    let table = Hashtable::ordered();
    table.insert_name("PSVersion", version(LANGUAGE_VERSION));
    table.insert_name("PSEdition", Value::str("Core"));
    table.insert_name("Product", Value::str("Mailtern"));
    table.insert_name("ProductVersion", version(env!("CARGO_PKG_VERSION")));
    table.insert_name("OS", Value::str(std::env::consts::OS));
    table.insert_name("Platform", Value::str("Unix"));
    Value::Hashtable(Rc::new(table))
}

impl Shell {
    /// The automatic variables that no scope holds.
    pub(in crate::runtime) fn automatic(&self, name: &str) -> Option<Value> {
        let is = |other: &str| name.eq_ignore_ascii_case(other);
        match name.len() {
            1 if name == "?" => Some(Value::Bool(self.success)),
            1 if name == "$" || name == "^" => Some(Value::str("")),
            3 if is("PWD") => Some(self.location_value()),
            4 if is("args") => Some(Value::array(Vec::new())),
            5 if is("input") => Some(crate::runtime::types::enumerator::input(Vec::new())),
            12 if is("MyInvocation") => Some(self.my_invocation()),
            12 if is("PSScriptRoot") => Some(self.script_folder()),
            13 if is("PSCommandPath") => Some(Value::str(self.script_path().unwrap_or_default())),
            17 if is("PSBoundParameters") => self
                .frames
                .iter()
                .rev()
                .find_map(|frame| frame.bound.clone()),
            4 if is("Host") => Some(self.host_value()),
            _ => None,
        }
    }

    /// `$PWD`: a path with its provider, which prints as the path.
    pub(in crate::runtime) fn location_value(&self) -> Value {
        let text: Rc<str> = Rc::from(self.location.to_string_lossy());
        let path = Value::Str(text.clone());
        PsObject::named(
            "System.Management.Automation.PathInfo",
            vec![
                ("Drive", Value::Null),
                ("Provider", Value::str("FileSystem")),
                ("ProviderPath", path.clone()),
                ("Path", path),
            ],
            text,
        )
    }

    /// The script file that the text at work was read from.
    pub(in crate::runtime) fn script_path(&self) -> Option<String> {
        self.source.file().map(str::to_owned)
    }

    fn script_folder(&self) -> Value {
        let path = self.script_path();
        let folder = path
            .as_deref()
            .and_then(|path| std::path::Path::new(path).parent());
        Value::str(
            folder
                .map(|folder| folder.to_string_lossy().into_owned())
                .unwrap_or_default(),
        )
    }
}
