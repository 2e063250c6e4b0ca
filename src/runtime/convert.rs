//! Values of one type made into another, by PowerShell's rules.

use super::error::{ErrorCategory, ErrorRecord, Exception};

/// Why a value cannot become another type.
#[derive(Clone, Debug, PartialEq)]
pub struct ConvertError {
    /// PowerShell's sentence: `Cannot convert value "abc" to type "System.Int32". Error: "…"`.
    pub message: String,
    /// The error id, for example `InvalidCastFromStringToInteger`.
    pub id: &'static str,
}

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
