//! Parts of .NET that scripts touch and that have little to do here: assemblies, memory, who runs the process.

use std::any::Any;

use super::TypeRef;
use super::args::Args;
use super::enums;
use super::table::{Fault, Kind, Method, Property, TypeTable};
use crate::runtime::value::{Native, Value};

/// `System.Reflection.Assembly`: the types of this shell are built in, and there are no others to load.
pub static ASSEMBLY: TypeTable = TypeTable {
    name: "System.Reflection.Assembly",
    static_methods: &[
        // As in .NET, `$null` when there is no assembly of this name.
        Method::new(
            "System.Reflection.Assembly LoadWithPartialName(string partialName)",
            |_| Ok(Value::Null),
        ),
        Method::new(
            "System.Reflection.Assembly LoadFrom(string assemblyFile)",
            |c| {
                Err(Fault::Exception(
                    "System.NotSupportedException",
                    format!(
                        "'{}' cannot be loaded: this shell has its types built in and runs no other .NET code.",
                        c.text(0)
                    ),
                ))
            },
        ),
    ],
    ..TypeTable::EMPTY
};

/// `System.GC`: values are freed when nobody holds them; there is nothing to collect.
pub static GC: TypeTable = TypeTable {
    name: "System.GC",
    kind: Kind::Static,
    static_methods: &[
        Method::new("void Collect()", |_| Ok(Value::Null)),
        Method::new("void WaitForPendingFinalizers()", |_| Ok(Value::Null)),
    ],
    ..TypeTable::EMPTY
};

/// The user of the process.
struct Identity;

impl Native for Identity {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(IDENTITY.name)
    }

    fn text(&self) -> String {
        IDENTITY.name.to_owned()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

fn user() -> String {
    let name = ["USER", "LOGNAME"]
        .iter()
        .find_map(|name| std::env::var(name).ok());
    name.unwrap_or_else(|| if is_root() { "root" } else { "" }.to_owned())
}

/// `System.Security.Principal.WindowsIdentity`
pub static IDENTITY: TypeTable = TypeTable {
    name: "System.Security.Principal.WindowsIdentity",
    properties: &[
        Property::read("string Name {get;}", |_| Ok(user().into())),
        Property::read("bool IsSystem {get;}", |_| Ok(Value::Bool(is_root()))),
        Property::read("bool IsAuthenticated {get;}", |_| Ok(Value::Bool(true))),
    ],
    static_methods: &[Method::new(
        "System.Security.Principal.WindowsIdentity GetCurrent()",
        |_| Ok(Value::native(Identity)),
    )],
    ..TypeTable::EMPTY
};

/// What the user may do.
struct Principal;

impl Native for Principal {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(PRINCIPAL.name)
    }

    fn text(&self) -> String {
        PRINCIPAL.name.to_owned()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// `System.Security.Principal.WindowsBuiltInRole`
pub static ROLE: TypeTable = enums::table(
    "System.Security.Principal.WindowsBuiltInRole",
    &[("Administrator", 544), ("User", 545), ("Guest", 546)],
    false,
);

/// `System.Security.Principal.WindowsPrincipal`: root is the administrator.
pub static PRINCIPAL: TypeTable = TypeTable {
    name: "System.Security.Principal.WindowsPrincipal",
    constructors: &[Method::new(
        "System.Security.Principal.WindowsPrincipal new(System.Security.Principal.WindowsIdentity ntIdentity)",
        |_| Ok(Value::native(Principal)),
    )],
    properties: &[Property::read(
        "System.Security.Principal.WindowsIdentity Identity {get;}",
        |_| Ok(Value::native(Identity)),
    )],
    methods: &[Method::new("bool IsInRole(System.Object role)", |c| {
        let role = c.text(0).to_lowercase();
        let administrator = role.ends_with("administrator") || role.ends_with("administrators");
        Ok(Value::Bool(match administrator {
            true => is_root(),
            false => role.ends_with("user") || role.ends_with("users"),
        }))
    })],
    ..TypeTable::EMPTY
};
