//! Exceptions as objects, and which derives from which.

use std::any::Any;
use std::rc::Rc;

use super::TypeRef;
use super::table::{Answer, Call, Method, TypeTable};
use crate::runtime::error::Exception;
use crate::runtime::value::{Native, Value};

/// An exception that a script holds.
struct ExceptionObject {
    exception: Exception,
    /// The name of what was not found, of exceptions that have a property for it.
    about: Value,
    /// The id of its record, and the parameter it is about, of errors of binding.
    binding: Option<(Rc<str>, Option<Rc<str>>)>,
}

impl Native for ExceptionObject {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(&self.exception.type_name)
    }

    fn text(&self) -> String {
        format!("{}: {}", self.exception.type_name, self.exception.message)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn property_names(&self) -> Vec<Rc<str>> {
        [
            "Message",
            "Data",
            "InnerException",
            "HelpLink",
            "Source",
            "HResult",
            "StackTrace",
        ]
        .map(Rc::from)
        .to_vec()
    }

    fn property(&self, name: &str) -> Option<Value> {
        Some(match name.to_ascii_lowercase().as_str() {
            "message" => Value::Str(self.exception.message.clone()),
            "innerexception" => self
                .exception
                .inner
                .as_ref()
                .map_or(Value::Null, |inner| object((**inner).clone())),
            "hresult" => Value::int(-2_146_233_088),
            "data" => Value::Hashtable(Rc::default()),
            "helplink" | "source" | "stacktrace" | "targetsite" => Value::Null,
            "errorrecord" => Value::Error(Rc::new(record_of(&self.exception))),
            "commandname"
                if self
                    .exception
                    .type_name
                    .ends_with(".CommandNotFoundException") =>
            {
                self.about.clone()
            }
            "itemname" if self.exception.type_name.ends_with(".ItemNotFoundException") => {
                self.about.clone()
            }
            "parametername" if let Some((_, parameter)) = &self.binding => {
                parameter.clone().map_or(Value::Null, Value::Str)
            }
            "errorid" if let Some((id, _)) = &self.binding => Value::Str(id.clone()),
            "paramname" if is_a(&self.exception.type_name, "System.ArgumentException") => {
                parameter_of(&self.exception.message).map_or(Value::Null, Value::str)
            }
            "wasthrownfromthrowstatement" => Value::Bool(false),
            _ => return None,
        })
    }

    fn equals(&self, other: &dyn Native) -> bool {
        let other = other.as_any().downcast_ref::<ExceptionObject>();
        other.is_some_and(|other| {
            other.exception.type_name == self.exception.type_name
                && other.exception.message == self.exception.message
        })
    }
}

/// The parameter that an argument's exception is about, which its message names in brackets at the end.
fn parameter_of(message: &str) -> Option<&str> {
    let (_, rest) = message.rsplit_once("(Parameter '")?;
    rest.strip_suffix("')")
}

fn record_of(exception: &Exception) -> crate::runtime::error::ErrorRecord {
    let category = crate::runtime::error::ErrorCategory::NotSpecified;
    let id = exception.type_name.rsplit('.').next().unwrap_or_default();
    let mut record = crate::runtime::error::ErrorRecord::new(
        &exception.type_name,
        id,
        category,
        &exception.message,
    );
    record.exception = exception.clone();
    record
}

/// The object of an exception.
pub fn object(exception: Exception) -> Value {
    Value::native(ExceptionObject {
        exception,
        about: Value::Null,
        binding: None,
    })
}

/// The object of a record's exception; it knows what the record is about.
pub fn object_of(record: &crate::runtime::error::ErrorRecord) -> Value {
    let binds = record
        .exception
        .type_name
        .starts_with("System.Management.Automation.ParameterBinding");
    Value::native(ExceptionObject {
        binding: binds.then(|| (record.id.clone(), record.parameter.clone())),
        exception: record.exception.clone(),
        about: record.target.clone(),
    })
}

/// The exception a value is; `None` for other values.
pub fn of_value(value: &Value) -> Option<Exception> {
    value
        .downcast::<ExceptionObject>()
        .map(|object| object.exception.clone())
}

/// Whether an exception of a type is caught by `catch [wanted]`. Types nobody declared derive from `System.Exception`.
pub fn is_a(type_name: &str, wanted: &str) -> bool {
    let wanted = wanted.to_ascii_lowercase();
    let known = super::registry::table(type_name).is_some();
    let derived = |ty: TypeRef| {
        ty.lineage()
            .any(|ty| ty.full_name().eq_ignore_ascii_case(&wanted))
    };
    derived(TypeRef::named(type_name))
        || !known
            && matches!(
                wanted.as_str(),
                "system.exception" | "system.systemexception"
            )
}

fn construct(call: &mut Call<'_>) -> Answer {
    let name = call.owner.full_name();
    let inner = call.args.iter().find_map(of_value).map(Rc::new);
    let texts: Vec<Rc<str>> = call
        .args
        .iter()
        .filter_map(|arg| {
            if let Value::Str(text) = arg {
                Some(text.clone())
            } else {
                None
            }
        })
        .collect();
    let message = match texts.as_slice() {
        [] => Rc::from(format!("Exception of type '{name}' was thrown.")),
        [parameter] if name == "System.ArgumentNullException" => {
            Rc::from(format!("Value cannot be null. (Parameter '{parameter}')"))
        }
        [parameter] if name == "System.ArgumentOutOfRangeException" => Rc::from(format!(
            "Specified argument was out of the range of valid values. (Parameter '{parameter}')"
        )),
        [message] => message.clone(),
        [message, parameter, ..] if name.starts_with("System.Argument") => {
            let (message, parameter) = if name == "System.ArgumentException" {
                (message, parameter)
            } else {
                (parameter, message)
            };
            Rc::from(format!("{message} (Parameter '{parameter}')"))
        }
        [message, ..] => message.clone(),
    };
    Ok(object(Exception {
        type_name: Rc::from(name),
        message,
        inner,
    }))
}

/// Constructors every exception has.
const CONSTRUCTORS: &[Method] = &[
    Method::new("System.Exception new()", construct),
    Method::new("System.Exception new(string message)", construct),
    Method::new(
        "System.Exception new(string message, System.Exception innerException)",
        construct,
    ),
    Method::new(
        "System.Exception new(string message, string paramName)",
        construct,
    ),
];

const GET_BASE: &[Method] = &[Method::new("System.Exception GetBaseException()", |c| {
    let mut exception = of_value(c.this).map(Rc::new);
    while let Some(inner) = exception.as_ref().and_then(|e| e.inner.clone()) {
        exception = Some(inner);
    }
    Ok(exception.map_or(Value::Null, |e| object((*e).clone())))
})];

macro_rules! exceptions {
    ($($name:literal : $base:literal),* $(,)?) => {
        /// Every exception with a place in the tree.
        pub static ALL: &[&TypeTable] = &[
            $(&TypeTable { name: $name, base: $base, constructors: CONSTRUCTORS, methods: GET_BASE, ..TypeTable::EMPTY }),*
        ];
    };
}

exceptions! {
    "System.Exception": "System.Object",
    "System.SystemException": "System.Exception",
    "System.ApplicationException": "System.Exception",
    "System.AggregateException": "System.Exception",
    "System.ArgumentException": "System.SystemException",
    "System.ArgumentNullException": "System.ArgumentException",
    "System.ArgumentOutOfRangeException": "System.ArgumentException",
    "System.ArithmeticException": "System.SystemException",
    "System.DivideByZeroException": "System.ArithmeticException",
    "System.OverflowException": "System.ArithmeticException",
    "System.FormatException": "System.SystemException",
    "System.UriFormatException": "System.FormatException",
    "System.IndexOutOfRangeException": "System.SystemException",
    "System.InvalidCastException": "System.SystemException",
    "System.InvalidOperationException": "System.SystemException",
    "System.ObjectDisposedException": "System.InvalidOperationException",
    "System.NotImplementedException": "System.SystemException",
    "System.NotSupportedException": "System.SystemException",
    "System.PlatformNotSupportedException": "System.NotSupportedException",
    "System.NullReferenceException": "System.SystemException",
    "System.OperationCanceledException": "System.SystemException",
    "System.OutOfMemoryException": "System.SystemException",
    "System.RankException": "System.SystemException",
    "System.TimeoutException": "System.SystemException",
    "System.TimeZoneNotFoundException": "System.Exception",
    "System.TypeInitializationException": "System.SystemException",
    "System.UnauthorizedAccessException": "System.SystemException",
    "System.Collections.Generic.KeyNotFoundException": "System.SystemException",
    "System.ComponentModel.Win32Exception": "System.SystemException",
    "System.Data.DataException": "System.SystemException",
    "System.Globalization.CultureNotFoundException": "System.ArgumentException",
    "System.IO.IOException": "System.SystemException",
    "System.IO.DirectoryNotFoundException": "System.IO.IOException",
    "System.IO.DriveNotFoundException": "System.IO.IOException",
    "System.IO.EndOfStreamException": "System.IO.IOException",
    "System.IO.FileNotFoundException": "System.IO.IOException",
    "System.IO.PathTooLongException": "System.IO.IOException",
    "System.IO.InvalidDataException": "System.SystemException",
    "System.Net.WebException": "System.InvalidOperationException",
    "System.Net.Mail.SmtpException": "System.Exception",
    "System.Net.Sockets.SocketException": "System.ComponentModel.Win32Exception",
    "System.Security.SecurityException": "System.SystemException",
    "System.Security.Authentication.AuthenticationException": "System.SystemException",
    "System.Security.Cryptography.CryptographicException": "System.SystemException",
    "System.Text.RegularExpressions.RegexParseException": "System.ArgumentException",
    "System.Xml.XmlException": "System.SystemException",
    "System.Xml.XPath.XPathException": "System.SystemException",
    "System.Management.Automation.RuntimeException": "System.SystemException",
    "System.Management.Automation.ActionPreferenceStopException": "System.Management.Automation.RuntimeException",
    "System.Management.Automation.CmdletInvocationException": "System.Management.Automation.RuntimeException",
    "System.Management.Automation.CommandNotFoundException": "System.Management.Automation.RuntimeException",
    "System.Management.Automation.ExtendedTypeSystemException": "System.Management.Automation.RuntimeException",
    "System.Management.Automation.GetValueException": "System.Management.Automation.ExtendedTypeSystemException",
    "System.Management.Automation.GetValueInvocationException": "System.Management.Automation.GetValueException",
    "System.Management.Automation.SetValueException": "System.Management.Automation.ExtendedTypeSystemException",
    "System.Management.Automation.SetValueInvocationException": "System.Management.Automation.SetValueException",
    "System.Management.Automation.MethodException": "System.Management.Automation.ExtendedTypeSystemException",
    "System.Management.Automation.MethodInvocationException": "System.Management.Automation.MethodException",
    "System.Management.Automation.MetadataException": "System.Management.Automation.RuntimeException",
    "System.Management.Automation.ArgumentTransformationMetadataException": "System.Management.Automation.MetadataException",
    "System.Management.Automation.ValidationMetadataException": "System.Management.Automation.MetadataException",
    "System.Management.Automation.ParameterBindingException": "System.Management.Automation.RuntimeException",
    "System.Management.Automation.ParameterBindingValidationException": "System.Management.Automation.ParameterBindingException",
    "System.Management.Automation.ParameterBindingArgumentTransformationException": "System.Management.Automation.ParameterBindingException",
    "System.Management.Automation.ParseException": "System.Management.Automation.RuntimeException",
    "System.Management.Automation.IncompleteParseException": "System.Management.Automation.ParseException",
    "System.Management.Automation.ParentContainsErrorRecordException": "System.SystemException",
    "System.Management.Automation.PipelineStoppedException": "System.Management.Automation.RuntimeException",
    "System.Management.Automation.PSArgumentException": "System.ArgumentException",
    "System.Management.Automation.PSArgumentNullException": "System.ArgumentNullException",
    "System.Management.Automation.PSArgumentOutOfRangeException": "System.ArgumentOutOfRangeException",
    "System.Management.Automation.PSInvalidCastException": "System.InvalidCastException",
    "System.Management.Automation.PSInvalidOperationException": "System.InvalidOperationException",
    "System.Management.Automation.PSNotImplementedException": "System.NotImplementedException",
    "System.Management.Automation.PSNotSupportedException": "System.NotSupportedException",
    "System.Management.Automation.PSSecurityException": "System.Management.Automation.RuntimeException",
    "System.Management.Automation.ScriptCallDepthException": "System.SystemException",
    "System.Management.Automation.SessionStateException": "System.Management.Automation.RuntimeException",
    "System.Management.Automation.ItemNotFoundException": "System.Management.Automation.SessionStateException",
    "System.Management.Automation.DriveNotFoundException": "System.Management.Automation.SessionStateException",
    "System.Management.Automation.ProviderNotFoundException": "System.Management.Automation.SessionStateException",
    "System.Management.Automation.SessionStateUnauthorizedAccessException": "System.Management.Automation.SessionStateException",
    "System.Management.Automation.WildcardPatternException": "System.Management.Automation.RuntimeException",
    "System.Management.Automation.Host.HostException": "System.Management.Automation.RuntimeException",
    "System.Management.Automation.Host.PromptingException": "System.Management.Automation.Host.HostException",
    "Microsoft.PowerShell.Commands.WriteErrorException": "System.SystemException",
    "Microsoft.PowerShell.Commands.HelpNotFoundException": "System.SystemException",
    "Microsoft.PowerShell.Commands.HttpResponseException": "System.Exception",
}

#[cfg(test)]
mod tests {
    use super::is_a;

    #[test]
    fn who_catches_what() {
        assert!(is_a(
            "System.DivideByZeroException",
            "System.ArithmeticException"
        ));
        assert!(is_a(
            "System.Management.Automation.ItemNotFoundException",
            "System.Management.Automation.RuntimeException"
        ));
        assert!(is_a(
            "Microsoft.Exchange.Unheard.OfException",
            "System.Exception"
        ));
        assert!(!is_a("System.ArgumentException", "System.IO.IOException"));
    }
}
