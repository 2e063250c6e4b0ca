//! A type as a value: interned, so that copying and comparing cost a pointer.

use std::collections::HashMap;
use std::fmt;
use std::rc::Rc;
use std::sync::{LazyLock, Mutex, OnceLock, PoisonError};

use super::signature::Members;
use super::table::{Kind, TypeTable};
use crate::runtime::value::{Number, Value};

/// A .NET type. Types are interned for the life of the process: there are as many as a script names.
#[derive(Clone, Copy)]
pub struct TypeRef(&'static TypeInfo);

/// What is known of a type.
pub struct TypeInfo {
    full_name: String,
    shape: Shape,
    table: &'static TypeTable,
    members: OnceLock<Members>,
}

/// How a type is made of others.
#[derive(Clone)]
pub enum Shape {
    /// Of none.
    Plain,
    /// An array of these, with this many dimensions.
    Array(TypeRef, u32),
    /// An open generic type with these arguments.
    Generic(Vec<TypeRef>),
}

type Interned = HashMap<String, &'static TypeInfo>;

static TYPES: LazyLock<Mutex<Interned>> = LazyLock::new(Mutex::default);
static EMPTY_TABLE: TypeTable = TypeTable::EMPTY;

impl TypeRef {
    /// The type of this full name. A name without a table is a class without members, as the views of cmdlets are.
    pub fn named(full_name: &str) -> TypeRef {
        TypeRef::intern(full_name, || {
            (
                Shape::Plain,
                super::registry::table(full_name).unwrap_or(&EMPTY_TABLE),
            )
        })
    }

    /// An array of this type.
    pub fn array_of(self, rank: u32) -> TypeRef {
        let name = format!(
            "{}[{}]",
            self.full_name(),
            ",".repeat(rank.saturating_sub(1) as usize)
        );
        TypeRef::intern(&name, || {
            (
                Shape::Array(self, rank),
                super::registry::table("System.Array").unwrap_or(&EMPTY_TABLE),
            )
        })
    }

    /// A generic type closed over its arguments. `definition` is the open type's table.
    pub fn generic(definition: &'static TypeTable, arguments: Vec<TypeRef>) -> TypeRef {
        let names: Vec<&str> = arguments.iter().map(TypeRef::full_name_ref).collect();
        let name = format!("{}[{}]", definition.name, names.join(","));
        TypeRef::intern(&name, || (Shape::Generic(arguments.clone()), definition))
    }

    fn intern(name: &str, make: impl FnOnce() -> (Shape, &'static TypeTable)) -> TypeRef {
        let mut types = TYPES.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(info) = types.get(name) {
            return TypeRef(info);
        }
        let (shape, table) = make();
        let info: &'static TypeInfo = Box::leak(Box::new(TypeInfo {
            full_name: name.to_owned(),
            shape,
            table,
            members: OnceLock::new(),
        }));
        types.insert(name.to_owned(), info);
        TypeRef(info)
    }

    /// `System.Int32`.
    pub fn full_name(self) -> &'static str {
        &self.0.full_name
    }

    fn full_name_ref(&self) -> &'static str {
        &self.0.full_name
    }

    /// `Int32`: what follows the namespace.
    pub fn name(self) -> &'static str {
        let full = self.full_name();
        let open = match &self.0.shape {
            Shape::Generic(_) => full.split('[').next().unwrap_or(full),
            Shape::Array(element, _) => {
                let inner = element.name();
                let tail = full.rsplit_once('[').map_or("", |(_, t)| t).len() + 1;
                return full
                    .get(full.len().saturating_sub(tail + inner.len())..)
                    .unwrap_or(full);
            }
            Shape::Plain => full,
        };
        open.rsplit(['.', '+']).next().unwrap_or(open)
    }

    /// `System`: what precedes the name.
    pub fn namespace(self) -> &'static str {
        let full = self.full_name();
        let open = full.split('[').next().unwrap_or(full);
        open.rsplit_once('.').map_or("", |(space, _)| space)
    }

    /// How it is made of others.
    pub fn shape(self) -> &'static Shape {
        &self.0.shape
    }

    /// Its declaration; one without members when the type has none.
    pub fn table(self) -> &'static TypeTable {
        self.0.table
    }

    /// Its members without those of its bases.
    pub fn members(self) -> &'static Members {
        self.0
            .members
            .get_or_init(|| Members::read(self.table(), self.arguments()))
    }

    /// The type and its bases, most specific first.
    pub fn lineage(self) -> impl Iterator<Item = TypeRef> {
        std::iter::successors(Some(self), |ty| ty.base())
    }

    /// The element type of an array.
    pub fn element(self) -> Option<TypeRef> {
        match self.0.shape {
            Shape::Array(element, _) => Some(element),
            _ => None,
        }
    }

    /// The arguments of a generic type.
    pub fn arguments(self) -> &'static [TypeRef] {
        match &self.0.shape {
            Shape::Generic(arguments) => arguments,
            _ => &[],
        }
    }

    /// The type above; `None` for `System.Object` and interfaces.
    pub fn base(self) -> Option<TypeRef> {
        if self.element().is_some() {
            return Some(TypeRef::named("System.Array"));
        }
        let table = self.table();
        if table.name.is_empty() {
            return Some(TypeRef::object());
        }
        (!table.base.is_empty()).then(|| TypeRef::named(table.base))
    }

    /// Whether it is an enumeration.
    pub fn is_enum(self) -> bool {
        self.table().kind == Kind::Enum
    }

    /// Whether a value of this type can stand where `wanted` is asked for.
    pub fn is_a(self, wanted: TypeRef) -> bool {
        if self == wanted || wanted == TypeRef::object() {
            return true;
        }
        let implements = |table: &TypeTable| table.interfaces.contains(&wanted.full_name());
        let mut current = Some(self);
        while let Some(ty) = current {
            if ty == wanted || implements(ty.table()) {
                return true;
            }
            if let Shape::Generic(_) = ty.shape()
                && let Some(open) = wanted.full_name().split('[').next()
                && ty.table().interfaces.contains(&open)
                && ty.arguments() == wanted.arguments()
            {
                return true;
            }
            current = ty.base();
        }
        matches!((self.element(), wanted.element()), (Some(own), Some(other)) if !own.is_value() && own.is_a(other))
    }

    /// Whether it is a value type.
    pub fn is_value(self) -> bool {
        matches!(self.table().kind, Kind::Struct | Kind::Enum)
    }
}

/// The types every value has at hand.
macro_rules! well_known {
    ($($(#[$doc:meta])* $name:ident = $full:literal;)*) => {
        impl TypeRef {
            $(
                $(#[$doc])*
                pub fn $name() -> TypeRef {
                    static TYPE: LazyLock<TypeRef> = LazyLock::new(|| TypeRef::named($full));
                    *TYPE
                }
            )*
        }
    };
}

well_known! {
    /// `System.Object`
    object = "System.Object";
    /// `System.String`
    string = "System.String";
    /// `System.Char`
    char = "System.Char";
    /// `System.Boolean`
    boolean = "System.Boolean";
    /// `System.SByte`
    sbyte = "System.SByte";
    /// `System.Byte`
    byte = "System.Byte";
    /// `System.Int16`
    int16 = "System.Int16";
    /// `System.UInt16`
    uint16 = "System.UInt16";
    /// `System.Int32`
    int32 = "System.Int32";
    /// `System.UInt32`
    uint32 = "System.UInt32";
    /// `System.Int64`
    int64 = "System.Int64";
    /// `System.UInt64`
    uint64 = "System.UInt64";
    /// `System.Single`
    single = "System.Single";
    /// `System.Double`
    double = "System.Double";
    /// `System.Decimal`
    decimal = "System.Decimal";
    /// `System.DateTime`
    datetime = "System.DateTime";
    /// `System.TimeSpan`
    timespan = "System.TimeSpan";
    /// `System.Collections.Hashtable`
    hashtable = "System.Collections.Hashtable";
    /// `System.Collections.Specialized.OrderedDictionary`
    ordered_dictionary = "System.Collections.Specialized.OrderedDictionary";
    /// `System.Management.Automation.ScriptBlock`
    script_block = "System.Management.Automation.ScriptBlock";
    /// `System.RuntimeType`, the type of types
    runtime_type = "System.RuntimeType";
    /// `System.Management.Automation.ErrorRecord`
    error_record = "System.Management.Automation.ErrorRecord";
    /// `System.Management.Automation.PSCustomObject`
    ps_custom_object = "System.Management.Automation.PSCustomObject";
    /// `System.Void`
    void = "System.Void";
}

impl PartialEq for TypeRef {
    fn eq(&self, other: &TypeRef) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for TypeRef {}

impl fmt::Display for TypeRef {
    /// The full name.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.full_name())
    }
}

impl fmt::Debug for TypeRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{}]", self.full_name())
    }
}

impl Number {
    /// Its type.
    pub fn type_ref(self) -> TypeRef {
        match self {
            Number::SByte(_) => TypeRef::sbyte(),
            Number::Byte(_) => TypeRef::byte(),
            Number::Int16(_) => TypeRef::int16(),
            Number::UInt16(_) => TypeRef::uint16(),
            Number::Int32(_) => TypeRef::int32(),
            Number::UInt32(_) => TypeRef::uint32(),
            Number::Int64(_) => TypeRef::int64(),
            Number::UInt64(_) => TypeRef::uint64(),
            Number::Single(_) => TypeRef::single(),
            Number::Double(_) => TypeRef::double(),
            Number::Decimal(_) => TypeRef::decimal(),
        }
    }
}

impl Value {
    /// The type `GetType()` gives; `None` for `$null`.
    pub fn type_ref(&self) -> Option<TypeRef> {
        Some(match self {
            Value::Null => return None,
            Value::Bool(_) => TypeRef::boolean(),
            Value::Char(_) => TypeRef::char(),
            Value::Number(number) => number.type_ref(),
            Value::Str(_) => TypeRef::string(),
            Value::DateTime(_) => TypeRef::datetime(),
            Value::TimeSpan(_) => TypeRef::timespan(),
            Value::Array(array) => array.element.array_of(1),
            Value::Bytes(_) => TypeRef::byte().array_of(1),
            Value::Hashtable(table) if table.is_ordered() => TypeRef::ordered_dictionary(),
            Value::Hashtable(_) => TypeRef::hashtable(),
            Value::ScriptBlock(_) => TypeRef::script_block(),
            Value::Type(_) => TypeRef::runtime_type(),
            Value::Enum(member) => member.type_ref(),
            Value::Error(_) => TypeRef::error_record(),
            Value::Native(native) => native.type_ref(),
            Value::Object(object) => match &object.base {
                Some(base) => return base.type_ref(),
                None => object_type(&object.type_names.borrow()),
            },
        })
    }
}

/// The type of an object without a base: the custom object if its names say so, else the most specific name.
fn object_type(names: &[Rc<str>]) -> TypeRef {
    let custom = TypeRef::ps_custom_object();
    match names.first() {
        Some(first) if !names.iter().any(|name| **name == *custom.full_name()) => {
            TypeRef::named(first)
        }
        _ => custom,
    }
}

/// The names of a value's type and its bases, most specific first, as views are chosen by them; empty for `$null`.
pub fn type_names(value: &Value) -> Vec<Rc<str>> {
    if let Value::Object(object) = value {
        let mut names = object.type_names.borrow().clone();
        if let Some(base) = &object.base {
            names.extend(
                type_names(base)
                    .into_iter()
                    .filter(|n| !object.type_names.borrow().contains(n)),
            );
        } else if names.last().is_none_or(|name| **name != *"System.Object") {
            names.push(Rc::from("System.Object"));
        }
        return names;
    }
    let mut names = Vec::new();
    let mut current = value.type_ref();
    while let Some(ty) = current {
        names.push(Rc::from(ty.full_name()));
        current = ty.base();
    }
    names
}
