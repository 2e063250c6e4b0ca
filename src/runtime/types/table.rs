//! What a type declares: its name, its place among types, its members.

use std::rc::Rc;

use super::TypeRef;
use crate::runtime::flow::{Flow, Run};
use crate::runtime::scriptblock::ScriptBlock;
use crate::runtime::value::Value;

/// Runs script blocks for members that need it; the shell implements it.
pub trait Invoker {
    /// Runs a block with `$this`, `$_` (when given) and `$args`, and collects what it writes.
    ///
    /// # Errors
    /// What ended the block early.
    fn invoke(
        &mut self,
        block: &Rc<ScriptBlock>,
        this: Option<Value>,
        underscore: Option<Value>,
        args: Vec<Value>,
    ) -> Run<Vec<Value>>;

    /// The block with the variables of the caller caught in it: `GetNewClosure()`.
    fn closure(&mut self, block: &Rc<ScriptBlock>) -> Rc<ScriptBlock> {
        block.clone()
    }

    /// Sets `$Matches` after a match.
    fn set_matches(&mut self, _groups: Value) {}

    /// `$OFS`, a blank when it is not set.
    fn separator(&mut self) -> String {
        " ".to_owned()
    }

    /// Writes to the person, past the pipeline.
    fn write_host(&mut self, _text: &str) {}

    /// Whether Ctrl-C was pressed.
    fn interrupted(&self) -> bool {
        false
    }

    /// An environment variable of the session.
    fn environment(&self, name: &str) -> Option<String> {
        std::env::var(name).ok()
    }

    /// Sets an environment variable of the session, or takes it away.
    fn set_environment(&mut self, _name: &str, _value: Option<String>) {}

    /// The folder relative paths start from.
    fn location(&self) -> std::path::PathBuf;

    /// The path of this machine that a script's path means.
    fn resolve_path(&self, path: &str) -> std::path::PathBuf {
        self.location().join(path)
    }
}

/// What a member's function gives.
pub type Answer = Result<Value, Fault>;

/// Why a member failed.
pub enum Fault {
    /// A .NET exception: full type name and message. The caller wraps it as PowerShell does.
    Exception(&'static str, String),
    /// Control flow of a script block that the member ran.
    Flow(Flow),
}

impl Fault {
    /// `ArgumentException` with this message.
    pub fn argument(message: impl Into<String>) -> Fault {
        Fault::Exception("System.ArgumentException", message.into())
    }

    /// `ArgumentOutOfRangeException` in .NET's words: a sentence and the parameter's name.
    pub fn out_of_range(sentence: &str, parameter: &str) -> Fault {
        Fault::Exception(
            "System.ArgumentOutOfRangeException",
            format!("{sentence} (Parameter '{parameter}')"),
        )
    }

    /// `FormatException` with this message.
    pub fn format(message: impl Into<String>) -> Fault {
        Fault::Exception("System.FormatException", message.into())
    }

    /// `InvalidOperationException` with this message.
    pub fn invalid_operation(message: impl Into<String>) -> Fault {
        Fault::Exception("System.InvalidOperationException", message.into())
    }
}

impl From<Flow> for Fault {
    fn from(flow: Flow) -> Fault {
        Fault::Flow(flow)
    }
}

/// A call in progress. Arguments were converted to the types of the signature before.
pub struct Call<'a> {
    /// The object; `Null` for static members and constructors.
    pub this: &'a Value,
    /// The type the member was found on, with its generic arguments.
    pub owner: TypeRef,
    /// One a parameter; those of a `params` array are one array.
    pub args: Vec<Value>,
    /// For members that run script blocks.
    pub host: &'a mut dyn Invoker,
}

/// A method or constructor.
#[derive(Clone, Copy)]
pub struct Method {
    /// As `Get-Member` prints it: `string Substring(int startIndex, int length)`. `Params object[] args` takes the rest.
    pub signature: &'static str,
    /// Does it.
    pub call: fn(&mut Call<'_>) -> Answer,
}

impl Method {
    /// A row of a table.
    pub const fn new(signature: &'static str, call: fn(&mut Call<'_>) -> Answer) -> Method {
        Method { signature, call }
    }
}

/// Writes a property.
pub type Setter = fn(&Value, Value) -> Result<(), Fault>;

/// A property.
#[derive(Clone, Copy)]
pub struct Property {
    /// As `Get-Member` prints it: `int Length {get;}`.
    pub signature: &'static str,
    /// Reads it.
    pub get: fn(&Value) -> Answer,
    /// Writes it; `None` when it is read-only.
    pub set: Option<Setter>,
}

impl Property {
    /// A row of a table for a property that can only be read.
    pub const fn read(signature: &'static str, get: fn(&Value) -> Answer) -> Property {
        Property {
            signature,
            get,
            set: None,
        }
    }
}

/// What sort of type it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Kind {
    Class,
    Struct,
    Enum,
    Interface,
    /// Static members only.
    Static,
}

/// A type's declaration.
pub struct TypeTable {
    /// Full name; an open generic type ends in its number of arguments: `` System.Collections.Generic.List`1 ``.
    pub name: &'static str,
    /// Type accelerators, for example `int`.
    pub aliases: &'static [&'static str],
    /// Full name of the base type; empty for `System.Object` and interfaces.
    pub base: &'static str,
    /// Full names of what it implements.
    pub interfaces: &'static [&'static str],
    /// What sort of type it is.
    pub kind: Kind,
    /// Their name in the signature is `new`.
    pub constructors: &'static [Method],
    /// Of an object.
    pub properties: &'static [Property],
    /// Of an object.
    pub methods: &'static [Method],
    /// Of the type.
    pub static_properties: &'static [Property],
    /// Of the type.
    pub static_methods: &'static [Method],
    /// Names and numbers of an enumeration.
    pub members: &'static [(&'static str, i64)],
    /// Whether the enumeration's members may be combined.
    pub flags: bool,
}

impl TypeTable {
    /// A class without members, to fill in.
    pub const EMPTY: TypeTable = TypeTable {
        name: "",
        aliases: &[],
        base: "System.Object",
        interfaces: &[],
        kind: Kind::Class,
        constructors: &[],
        properties: &[],
        methods: &[],
        static_properties: &[],
        static_methods: &[],
        members: &[],
        flags: false,
    };
}
