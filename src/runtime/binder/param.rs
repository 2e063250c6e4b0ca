//! What a cmdlet says about its parameters, and how a value becomes a typed field.

use crate::runtime::convert::ConvertError;
use crate::runtime::value::Value;

/// The type of a parameter as help, completion and the binder see it.
#[derive(Clone, Copy, Debug)]
pub struct TypeSpec {
    /// Full .NET name of the element type, for example `System.String`.
    pub name: &'static str,
    /// Whether the parameter takes several values.
    pub array: bool,
    /// Whether it is a switch: present or not.
    pub switch: bool,
    /// Allowed words of an enumeration, in order; empty otherwise.
    pub values: &'static [&'static str],
    /// What Tab offers: `Path`, `Command`, `Property`, `MigrationBatch`, `Mailbox`, …; empty for nothing.
    pub completes: &'static str,
}

impl TypeSpec {
    /// A single value of a .NET type.
    pub const fn of(name: &'static str) -> TypeSpec {
        TypeSpec {
            name,
            array: false,
            switch: false,
            values: &[],
            completes: "",
        }
    }

    /// A single word out of `values`.
    pub const fn enumeration(name: &'static str, values: &'static [&'static str]) -> TypeSpec {
        TypeSpec {
            values,
            ..TypeSpec::of(name)
        }
    }

    /// A value that Tab completes from live objects of this kind.
    pub const fn completed(name: &'static str, completes: &'static str) -> TypeSpec {
        TypeSpec {
            completes,
            ..TypeSpec::of(name)
        }
    }

    /// The same type, several of them.
    pub const fn many(self) -> TypeSpec {
        TypeSpec {
            array: true,
            ..self
        }
    }

    /// Name as syntax lines show it: `String[]`, `SwitchParameter`.
    pub fn display(&self) -> String {
        let short = self.name.rsplit('.').next().unwrap_or(self.name);
        if self.array {
            format!("{short}[]")
        } else {
            short.to_owned()
        }
    }
}

/// A Rust type that a cmdlet's field may have. `bool` is a switch, `Option<T>` optional, `Vec<T>` an array; a plain `T` is mandatory.
pub trait ParamField: Sized {
    /// How the type looks from outside.
    const SPEC: TypeSpec;
    /// Whether a parameter of this type must be given.
    const MANDATORY: bool;

    /// The field when the parameter was not given; `None` when it must be.
    fn absent() -> Option<Self>;

    /// Converts what was given, as PowerShell would for this parameter type.
    ///
    /// # Errors
    /// The value cannot be converted; the text names the value and the type.
    fn from_value(value: Value) -> Result<Self, ConvertError>;
}

impl<T: ParamField> ParamField for Option<T> {
    const SPEC: TypeSpec = if T::SPEC.switch {
        TypeSpec {
            switch: false,
            ..TypeSpec::of("System.Boolean")
        }
    } else {
        T::SPEC
    };
    const MANDATORY: bool = false;

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn from_value(value: Value) -> Result<Self, ConvertError> {
        T::from_value(value).map(Some)
    }
}

/// Rules for a value beside its type, checked by the binder.
#[derive(Clone, Copy, Debug)]
pub enum Validate {
    /// No rule.
    Any,
    /// Neither `$null` nor empty.
    NotNullOrEmpty,
    /// A number from the first to the second, both included.
    Range(i64, i64),
    /// A text of so many characters.
    Length(usize, usize),
    /// So many elements.
    Count(usize, usize),
    /// One of these words, any case.
    Set(&'static [&'static str]),
    /// A regular expression.
    Pattern(&'static str),
}

/// The check of a field's conversion: what the binder asks before the cmdlet runs.
///
/// # Errors
/// As [`ParamField::from_value`].
pub fn check<T: ParamField>(value: Value) -> Result<(), ConvertError> {
    T::from_value(value).map(drop)
}

/// One parameter of a cmdlet, declared once; binder, help, completion and syntax lines read it.
#[derive(Clone, Copy, Debug)]
pub struct ParamMeta {
    /// Name without the dash.
    pub name: &'static str,
    /// The doc comment of its field.
    pub doc: &'static str,
    /// Its type.
    pub spec: TypeSpec,
    /// Other names.
    pub aliases: &'static [&'static str],
    /// Sets it belongs to; empty means all.
    pub sets: &'static [&'static str],
    /// Whether it must be given, in the sets of `mandatory_in` or, when that is empty, in all of its sets.
    pub mandatory: bool,
    /// Sets in which it must be given; see `mandatory`.
    pub mandatory_in: &'static [&'static str],
    /// Position from 0; `None` when it must be named.
    pub position: Option<u8>,
    /// Takes whole pipeline objects.
    pub by_value: bool,
    /// Takes the property of its name (or alias) from pipeline objects.
    pub by_property_name: bool,
    /// Takes all positional values that are left.
    pub remaining: bool,
    /// `*` and `?` have their meaning in it.
    pub wildcards: bool,
    /// What help prints as the default value.
    pub default_text: &'static str,
    /// Rule for its value.
    pub validate: Validate,
    /// Takes an empty text or an empty list although it must be given.
    pub allow_empty: bool,
    /// Whether a value converts to the field.
    pub check: fn(Value) -> Result<(), ConvertError>,
    /// Why the parameter is refused here; empty when it works. A refused parameter binds to nothing: giving it is an error.
    pub refused: &'static str,
}

impl ParamMeta {
    /// A named, optional parameter of all sets.
    pub const fn new(
        name: &'static str,
        doc: &'static str,
        spec: TypeSpec,
        mandatory: bool,
        check: fn(Value) -> Result<(), ConvertError>,
    ) -> ParamMeta {
        ParamMeta {
            name,
            doc,
            spec,
            aliases: &[],
            sets: &[],
            mandatory,
            mandatory_in: &[],
            position: None,
            by_value: false,
            by_property_name: false,
            remaining: false,
            wildcards: false,
            default_text: "",
            validate: Validate::Any,
            allow_empty: false,
            check,
            refused: "",
        }
    }

    /// A parameter that Exchange has and this product refuses by name, with the reason.
    pub const fn refused(name: &'static str, reason: &'static str) -> ParamMeta {
        ParamMeta {
            refused: reason,
            ..ParamMeta::new(name, reason, TypeSpec::of("System.Object"), false, anything)
        }
    }

    /// Can be given without its name, at this position from 0.
    pub const fn position(self, position: u8) -> ParamMeta {
        ParamMeta {
            position: Some(position),
            ..self
        }
    }

    /// Belongs to these sets only.
    pub const fn in_sets(self, sets: &'static [&'static str]) -> ParamMeta {
        ParamMeta { sets, ..self }
    }

    /// Must be given (in all of its sets).
    pub const fn mandatory(self) -> ParamMeta {
        ParamMeta {
            mandatory: true,
            ..self
        }
    }

    /// Must be given in these sets only.
    pub const fn mandatory_in(self, sets: &'static [&'static str]) -> ParamMeta {
        ParamMeta {
            mandatory: true,
            mandatory_in: sets,
            ..self
        }
    }

    /// Has other names.
    pub const fn aliases(self, aliases: &'static [&'static str]) -> ParamMeta {
        ParamMeta { aliases, ..self }
    }

    /// Takes whole pipeline objects.
    pub const fn by_value(self) -> ParamMeta {
        ParamMeta {
            by_value: true,
            ..self
        }
    }

    /// Takes a property of pipeline objects.
    pub const fn by_property_name(self) -> ParamMeta {
        ParamMeta {
            by_property_name: true,
            ..self
        }
    }

    /// Takes the rest of the positional values.
    pub const fn remaining(self) -> ParamMeta {
        ParamMeta {
            remaining: true,
            ..self
        }
    }

    /// Wildcards have their meaning in it.
    pub const fn wildcards(self) -> ParamMeta {
        ParamMeta {
            wildcards: true,
            ..self
        }
    }

    /// What help prints as the default.
    pub const fn default_text(self, text: &'static str) -> ParamMeta {
        ParamMeta {
            default_text: text,
            ..self
        }
    }

    /// Takes an empty text or an empty list although it must be given.
    pub const fn allow_empty(self) -> ParamMeta {
        ParamMeta {
            allow_empty: true,
            ..self
        }
    }

    /// Adds a rule.
    pub const fn validate(self, validate: Validate) -> ParamMeta {
        ParamMeta { validate, ..self }
    }

    /// Tab completes it from objects of this kind.
    pub const fn completes(self, kind: &'static str) -> ParamMeta {
        ParamMeta {
            spec: TypeSpec {
                completes: kind,
                ..self.spec
            },
            ..self
        }
    }

    /// Whether the parameter belongs to the set.
    pub fn is_in(&self, set: &str) -> bool {
        self.sets.is_empty() || self.sets.iter().any(|s| s.eq_ignore_ascii_case(set))
    }

    /// Whether it must be given when the set is used.
    pub fn is_mandatory_in(&self, set: &str) -> bool {
        self.mandatory
            && self.is_in(set)
            && (self.mandatory_in.is_empty()
                || self
                    .mandatory_in
                    .iter()
                    .any(|s| s.eq_ignore_ascii_case(set)))
    }
}

/// The check of a refused parameter: there is nothing to convert to.
fn anything(_value: Value) -> Result<(), ConvertError> {
    Ok(())
}
