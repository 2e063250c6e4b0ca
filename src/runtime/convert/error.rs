//! Why a value cannot become another type.

use crate::runtime::error::{ErrorCategory, ErrorRecord, Exception};
use crate::runtime::types::TypeRef;
use crate::runtime::value::Value;

/// Why a value cannot become another type.
#[derive(Clone, Debug, PartialEq)]
pub struct ConvertError {
    /// PowerShell's sentence: `Cannot convert value "abc" to type "System.Int32". Error: "…"`.
    pub message: String,
    /// The error id, for example `InvalidCastFromStringToInteger`.
    pub id: &'static str,
}

impl ConvertError {
    /// `Cannot convert value "x" to type "T". Error: "why"`.
    pub fn because(value: &str, wanted: TypeRef, why: &str, id: &'static str) -> ConvertError {
        ConvertError {
            message: format!(
                "Cannot convert value \"{value}\" to type \"{wanted}\". Error: \"{why}\""
            ),
            id,
        }
    }

    /// The conversion that no rule knows.
    pub fn no_rule(value: &Value, wanted: TypeRef) -> ConvertError {
        let text = super::text::plain_text(value);
        let own = value.type_ref().map_or("null", TypeRef::full_name);
        ConvertError {
            message: format!(
                "Cannot convert the \"{text}\" value of type \"{own}\" to type \"{wanted}\"."
            ),
            id: "ConvertToFinalInvalidCastException",
        }
    }

    /// `$null` where a value type is wanted.
    pub fn null(wanted: TypeRef) -> ConvertError {
        ConvertError {
            message: format!("Cannot convert null to type \"{wanted}\"."),
            id: "nullToObjectInvalidCast",
        }
    }

    /// A text that is no number of the wanted type.
    pub fn not_a_number(text: &str, wanted: TypeRef) -> ConvertError {
        let id = if wanted == TypeRef::double()
            || wanted == TypeRef::single()
            || wanted == TypeRef::decimal()
        {
            "InvalidCastFromStringToDoubleOrSingle"
        } else {
            "InvalidCastFromStringToInteger"
        };
        ConvertError::because(
            text,
            wanted,
            "Input string was not in a correct format.",
            id,
        )
    }

    /// A number outside the wanted type's range.
    pub fn out_of_range(text: &str, wanted: TypeRef) -> ConvertError {
        let name = match wanted.name() {
            "Byte" => "an unsigned byte".to_owned(),
            "SByte" => "a signed byte".to_owned(),
            "Char" => "a character".to_owned(),
            "Int16" | "Int32" | "Int64" => format!("an {}", wanted.name()),
            other => format!("a {other}"),
        };
        let why = format!("Value was either too large or too small for {name}.");
        ConvertError::because(text, wanted, &why, "InvalidCastIConvertible")
    }
}

impl std::fmt::Display for ConvertError {
    /// The sentence.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ConvertError {}

impl From<ConvertError> for ErrorRecord {
    /// The error of an expression: a `RuntimeException` over the cast's own exception, so that a typed `catch` of either fits.
    fn from(error: ConvertError) -> ErrorRecord {
        let inner = Exception {
            type_name: "System.Management.Automation.PSInvalidCastException".into(),
            message: error.message.as_str().into(),
            inner: None,
        };
        let runtime = "System.Management.Automation.RuntimeException";
        ErrorRecord::new(
            runtime,
            error.id,
            ErrorCategory::InvalidArgument,
            error.message,
        )
        .with_inner(inner)
    }
}
