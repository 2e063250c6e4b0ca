//! Error records: what goes wrong, where, with which stable id.

use std::cell::RefCell;
use std::rc::Rc;

use crate::language::{Source, Span};
use crate::runtime::value::Value;

macro_rules! categories {
    ($($name:ident),* $(,)?) => {
        /// `System.Management.Automation.ErrorCategory`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs)]
        pub enum ErrorCategory {
            $($name),*
        }

        impl ErrorCategory {
            /// Every category with its name, by its number.
            pub const ALL: &[(&str, i64)] = &[$((stringify!($name), Self::$name as i64)),*];

            /// The category of a name in any letter case.
            pub fn named(name: &str) -> Option<Self> {
                $(if name.eq_ignore_ascii_case(stringify!($name)) { return Some(Self::$name); })*
                None
            }
        }
    };
}

categories!(
    NotSpecified,
    OpenError,
    CloseError,
    DeviceError,
    DeadlockDetected,
    InvalidArgument,
    InvalidData,
    InvalidOperation,
    InvalidResult,
    InvalidType,
    MetadataError,
    NotImplemented,
    NotInstalled,
    ObjectNotFound,
    OperationStopped,
    OperationTimeout,
    SyntaxError,
    ParserError,
    PermissionDenied,
    ResourceBusy,
    ResourceExists,
    ResourceUnavailable,
    ReadError,
    WriteError,
    FromStdErr,
    SecurityError,
    ProtocolError,
    ConnectionError,
    AuthenticationError,
    LimitsExceeded,
    QuotaExceeded,
    NotEnabled,
);

/// A .NET-style exception: its type name, its message, and the one beneath.
#[derive(Clone, Debug)]
pub struct Exception {
    /// Full type name, for example `System.Management.Automation.RuntimeException`.
    pub type_name: Rc<str>,
    /// What a person reads.
    pub message: Rc<str>,
    /// The cause.
    pub inner: Option<Rc<Exception>>,
}

/// An error as PowerShell keeps it: printed, caught, and stored in `$Error`.
pub struct ErrorRecord {
    /// What went wrong.
    pub exception: Exception,
    /// First part of the FullyQualifiedErrorId.
    pub id: Rc<str>,
    /// Its category.
    pub category: ErrorCategory,
    /// The object it is about.
    pub target: Value,
    /// `ErrorDetails.Message`: what a person reads instead of the exception's message.
    pub details: Option<Rc<str>>,
    /// What to do next, printed under the message; empty when the message says it.
    pub recommendation: Option<Rc<str>>,
    /// The parameter that an error of binding is about.
    pub parameter: Option<Rc<str>>,
    /// Where and under which command; filled in by the runtime when the record is raised.
    pub place: RefCell<Place>,
    /// All messages of a text that does not parse, and where they point; empty for other errors.
    pub syntax: RefCell<Vec<(Rc<str>, Span)>>,
}

/// The command and the source position of an error.
#[derive(Clone, Default)]
pub struct Place {
    /// Name of the running command (`CategoryInfo.Activity`); empty at script level.
    pub activity: Rc<str>,
    /// `-CategoryReason` of Write-Error, instead of the exception's name.
    pub reason: Option<Rc<str>>,
    /// `-CategoryTargetName` of Write-Error, instead of the target's text.
    pub target_name: Option<Rc<str>>,
    /// `-CategoryTargetType` of Write-Error, instead of the target's type.
    pub target_type: Option<Rc<str>>,
    /// What stands before the message: the command as it was typed; empty at script level.
    pub command: Rc<str>,
    /// What follows the comma in the FullyQualifiedErrorId: the cmdlet's class or the function's name.
    pub class: Rc<str>,
    /// The id stays without a class whatever runs: the error of a script's own `Write-Error`.
    pub no_class: bool,
    /// The text that failed.
    pub position: Option<Position>,
    /// Calls from the innermost outwards, `at name, file: line n`.
    pub stack: Rc<str>,
}

/// A piece of source text.
#[derive(Clone)]
pub struct Position {
    /// The whole text, with its file.
    pub source: Rc<Source>,
    /// The piece.
    pub span: Span,
}

impl ErrorRecord {
    /// A record with an exception type, id, category and message; the rest by the builder methods.
    pub fn new(
        exception: &str,
        id: &str,
        category: ErrorCategory,
        message: impl AsRef<str>,
    ) -> ErrorRecord {
        ErrorRecord {
            exception: Exception {
                type_name: Rc::from(exception),
                message: Rc::from(message.as_ref()),
                inner: None,
            },
            id: Rc::from(id),
            category,
            target: Value::Null,
            details: None,
            recommendation: None,
            parameter: None,
            place: RefCell::default(),
            syntax: RefCell::default(),
        }
    }

    /// A `RuntimeException` of category InvalidOperation, the usual error of an expression.
    pub fn runtime(id: &str, message: impl AsRef<str>) -> ErrorRecord {
        ErrorRecord::new(
            "System.Management.Automation.RuntimeException",
            id,
            ErrorCategory::InvalidOperation,
            message,
        )
    }

    /// Names the object the error is about.
    pub fn with_target(mut self, target: impl Into<Value>) -> ErrorRecord {
        self.target = target.into();
        self
    }

    /// Says it in other words than the exception's.
    pub fn with_details(mut self, text: impl AsRef<str>) -> ErrorRecord {
        self.details = Some(Rc::from(text.as_ref()));
        self
    }

    /// Says what to do next.
    pub fn with_recommendation(mut self, text: impl AsRef<str>) -> ErrorRecord {
        self.recommendation = Some(Rc::from(text.as_ref()));
        self
    }

    /// Names the parameter it is about.
    pub fn with_parameter(mut self, name: &str) -> ErrorRecord {
        self.parameter = Some(Rc::from(name));
        self
    }

    /// Puts a cause beneath the exception.
    pub fn with_inner(mut self, inner: Exception) -> ErrorRecord {
        self.exception.inner = Some(Rc::new(inner));
        self
    }

    /// The same error with another exception.
    #[must_use]
    pub fn with_exception(&self, exception: Exception) -> ErrorRecord {
        ErrorRecord {
            exception,
            id: self.id.clone(),
            category: self.category,
            target: self.target.clone(),
            details: self.details.clone(),
            recommendation: self.recommendation.clone(),
            place: self.place.clone(),
            syntax: self.syntax.clone(),
            parameter: self.parameter.clone(),
        }
    }

    /// `Id,Class`, or the id alone outside commands.
    pub fn fully_qualified_id(&self) -> String {
        let place = self.place.borrow();
        if place.class.is_empty() {
            self.id.to_string()
        } else {
            format!("{},{}", self.id, place.class)
        }
    }
}
