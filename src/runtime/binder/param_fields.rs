//! The Rust types a cmdlet's field may have.

use std::rc::Rc;

use super::param::{ParamField, TypeSpec};
use crate::runtime::convert::{self, ConvertError};
use crate::runtime::scriptblock::ScriptBlock;
use crate::runtime::types::TypeRef;
use crate::runtime::types::datetime::DateTime;
use crate::runtime::types::hashtable::Hashtable;
use crate::runtime::types::timespan::TimeSpan;
use crate::runtime::value::{Number, Value};

/// A switch: present or not.
impl ParamField for bool {
    const SPEC: TypeSpec = TypeSpec {
        switch: true,
        ..TypeSpec::of("System.Management.Automation.SwitchParameter")
    };
    const MANDATORY: bool = false;

    fn absent() -> Option<Self> {
        Some(false)
    }

    fn from_value(value: Value) -> Result<Self, ConvertError> {
        to_switch(&value, "System.Management.Automation.SwitchParameter")
    }
}

/// A Boolean parameter takes Booleans and numbers, no words.
pub(in crate::runtime) fn to_switch(value: &Value, wanted: &str) -> Result<bool, ConvertError> {
    match value {
        Value::Bool(b) => Ok(*b),
        Value::Number(_) => Ok(convert::to_bool(value)),
        Value::Null => Ok(false),
        Value::Object(object) => match &object.base {
            Some(base) => to_switch(base, wanted),
            None => Err(not_boolean(value, wanted)),
        },
        _ => Err(not_boolean(value, wanted)),
    }
}

fn not_boolean(value: &Value, wanted: &str) -> ConvertError {
    let given = value.type_ref().map_or("null", TypeRef::full_name);
    ConvertError {
        message: format!(
            "Cannot convert value \"{given}\" to type \"{wanted}\". Boolean parameters accept only Boolean values and numbers, such as $True, $False, 1 or 0."
        ),
        id: "CannotConvertArgument",
    }
}

impl ParamField for String {
    const SPEC: TypeSpec = TypeSpec::of("System.String");
    const MANDATORY: bool = true;

    fn absent() -> Option<Self> {
        None
    }

    fn from_value(value: Value) -> Result<Self, ConvertError> {
        match &value {
            Value::Array(_) | Value::Bytes(_) => Err(ConvertError {
                message: "Specified method is not supported.".to_owned(),
                id: "CannotConvertArgument",
            }),
            _ => Ok(convert::to_text(&value)),
        }
    }
}

impl ParamField for char {
    const SPEC: TypeSpec = TypeSpec::of("System.Char");
    const MANDATORY: bool = true;

    fn absent() -> Option<Self> {
        None
    }

    fn from_value(value: Value) -> Result<Self, ConvertError> {
        match convert::to_type(&value, TypeRef::char())? {
            Value::Char(c) => Ok(c),
            other => Err(ConvertError::no_rule(&other, TypeRef::char())),
        }
    }
}

impl ParamField for Value {
    const SPEC: TypeSpec = TypeSpec::of("System.Object");
    const MANDATORY: bool = true;

    fn absent() -> Option<Self> {
        None
    }

    fn from_value(value: Value) -> Result<Self, ConvertError> {
        Ok(value)
    }
}

impl ParamField for Rc<ScriptBlock> {
    const SPEC: TypeSpec = TypeSpec::of("System.Management.Automation.ScriptBlock");
    const MANDATORY: bool = true;

    fn absent() -> Option<Self> {
        None
    }

    fn from_value(value: Value) -> Result<Self, ConvertError> {
        match convert::to_type(&value, TypeRef::script_block())? {
            Value::ScriptBlock(block) => Ok(block),
            other => Err(ConvertError::no_rule(&other, TypeRef::script_block())),
        }
    }
}

/// A table of names and values.
impl ParamField for Rc<Hashtable> {
    const SPEC: TypeSpec = TypeSpec::of("System.Collections.IDictionary");
    const MANDATORY: bool = true;

    fn absent() -> Option<Self> {
        None
    }

    fn from_value(value: Value) -> Result<Self, ConvertError> {
        match value {
            Value::Hashtable(table) => Ok(table),
            other => Err(ConvertError::no_rule(
                &other,
                TypeRef::named(Self::SPEC.name),
            )),
        }
    }
}

impl ParamField for DateTime {
    const SPEC: TypeSpec = TypeSpec::of("System.DateTime");
    const MANDATORY: bool = true;

    fn absent() -> Option<Self> {
        None
    }

    fn from_value(value: Value) -> Result<Self, ConvertError> {
        convert::to_datetime(&value)
    }
}

impl ParamField for TimeSpan {
    const SPEC: TypeSpec = TypeSpec::of("System.TimeSpan");
    const MANDATORY: bool = true;

    fn absent() -> Option<Self> {
        None
    }

    fn from_value(value: Value) -> Result<Self, ConvertError> {
        convert::to_timespan(&value)
    }
}

/// Numbers: every type through `convert`, its name as .NET's.
macro_rules! number_fields {
    ($($ty:ty = $name:literal, $variant:ident;)*) => {
        $(
            impl ParamField for $ty {
                const SPEC: TypeSpec = TypeSpec::of($name);
                const MANDATORY: bool = true;

                fn absent() -> Option<Self> {
                    None
                }

                fn from_value(value: Value) -> Result<Self, ConvertError> {
                    let wanted = TypeRef::named($name);
                    match convert::to_type(&value, wanted)? {
                        Value::Number(Number::$variant(n)) => Ok(n),
                        other => Err(ConvertError::no_rule(&other, wanted)),
                    }
                }
            }
        )*
    };
}

number_fields! {
    i32 = "System.Int32", Int32;
    i64 = "System.Int64", Int64;
    u16 = "System.UInt16", UInt16;
    u32 = "System.UInt32", UInt32;
    u64 = "System.UInt64", UInt64;
    f64 = "System.Double", Double;
    u8 = "System.Byte", Byte;
}

impl<T: ParamField> ParamField for Vec<T> {
    const SPEC: TypeSpec = T::SPEC.many();
    const MANDATORY: bool = true;

    fn absent() -> Option<Self> {
        None
    }

    fn from_value(value: Value) -> Result<Self, ConvertError> {
        match crate::runtime::enumerate::elements(&value) {
            Some(items) => items.into_iter().map(T::from_value).collect(),
            None => Ok(vec![T::from_value(value)?]),
        }
    }
}

/// Declares an enumeration that is the type of a parameter: its words in order, any letter case, unique beginnings too.
///
/// ```ignore
/// param_enum! {
///     /// How to sort.
///     pub enum Order = "Example.Order" { Ascending, Descending }
/// }
/// ```
#[macro_export]
macro_rules! param_enum {
    (
        $(#[$attribute:meta])*
        pub enum $name:ident = $full:literal { $( $(#[$word_attribute:meta])* $word:ident ),* $(,)? }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum $name { $( $(#[$word_attribute])* $word ),* }

        #[allow(dead_code)]
        impl $name {
            /// Its words in order.
            pub const WORDS: &'static [&'static str] = &[ $( stringify!($word) ),* ];

            /// Its word.
            pub fn word(self) -> &'static str {
                Self::WORDS[self as usize]
            }
        }

        impl $crate::runtime::param::ParamField for $name {
            const SPEC: $crate::runtime::param::TypeSpec =
                $crate::runtime::param::TypeSpec::enumeration($full, Self::WORDS);
            const MANDATORY: bool = true;

            fn absent() -> Option<Self> {
                None
            }

            fn from_value(value: $crate::runtime::Value) -> Result<Self, $crate::runtime::convert::ConvertError> {
                const ALL: &[$name] = &[ $( $name::$word ),* ];
                $crate::runtime::param_fields::word_index(&value, $full, Self::WORDS).map(|index| ALL[index])
            }
        }
    };
}

/// The index of the word a value names; used by [`param_enum!`](crate::param_enum).
///
/// # Errors
/// The value names none, or several; the text lists the words.
pub fn word_index(value: &Value, type_name: &str, words: &[&str]) -> Result<usize, ConvertError> {
    let text = convert::to_text(value);
    let text = text.trim();
    if let Some(index) = words
        .iter()
        .position(|word| word.eq_ignore_ascii_case(text))
    {
        return Ok(index);
    }
    if let Value::Number(_) = value
        && let Ok(index) = text.parse::<usize>()
        && index < words.len()
    {
        return Ok(index);
    }
    let starts = |word: &&str| {
        !text.is_empty()
            && word
                .get(..text.len())
                .is_some_and(|w| w.eq_ignore_ascii_case(text))
    };
    let mut fitting = words.iter().enumerate().filter(|(_, word)| starts(word));
    if let (Some((index, _)), None) = (fitting.next(), fitting.next()) {
        return Ok(index);
    }
    Err(ConvertError {
        message: format!(
            "Cannot convert value \"{text}\" to type \"{type_name}\". Error: \"Unable to match the identifier name {text} to a valid enumerator name. Specify one of the following enumerator names and try again:\n{}\"",
            words.join(", ")
        ),
        id: "CannotConvertArgument",
    })
}
