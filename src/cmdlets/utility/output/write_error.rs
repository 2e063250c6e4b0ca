use std::rc::Rc;

use crate::cmdlet;
use crate::param_enum;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::error::{ErrorCategory, ErrorRecord, Exception};
use crate::runtime::{Run, Value, members};

param_enum! {
    /// `System.Management.Automation.ErrorCategory`
    pub enum Category = "System.Management.Automation.ErrorCategory" {
        NotSpecified, OpenError, CloseError, DeviceError, DeadlockDetected, InvalidArgument, InvalidData,
        InvalidOperation, InvalidResult, InvalidType, MetadataError, NotImplemented, NotInstalled, ObjectNotFound,
        OperationStopped, OperationTimeout, SyntaxError, ParserError, PermissionDenied, ResourceBusy, ResourceExists,
        ResourceUnavailable, ReadError, WriteError, FromStdErr, SecurityError, ProtocolError, ConnectionError,
        AuthenticationError, LimitsExceeded, QuotaExceeded, NotEnabled,
    }
}

cmdlet! {
    /// Reports an error and goes on.
    ///
    /// The error stands in $Error and shows as one of the function or script that called Write-Error. With -ErrorAction Stop
    /// it ends the script unless it is caught.
    pub struct WriteError("Write", "Error").default_set("NoException").module("Microsoft.PowerShell.Utility") {
        /// What went wrong.
        message: Option<String> = param("Message").position(0).aliases(&["Msg"]).by_value().in_sets(&["NoException", "WithException"]).mandatory_in(&["NoException"]).allow_empty(),
        /// An exception to report.
        exception: Option<Value> = param("Exception").aliases(&["ErrorException"]).in_sets(&["WithException"]).mandatory(),
        /// An error to report again, as $_ in a catch block.
        error_record: Option<Value> = param("ErrorRecord").in_sets(&["ErrorRecord"]).mandatory(),
        /// What kind of error it is.
        category: Option<Category> = param("Category").in_sets(&["NoException", "WithException"]).default_text("NotSpecified"),
        /// A stable name of the error, the first part of its FullyQualifiedErrorId.
        error_id: Option<String> = param("ErrorId").in_sets(&["NoException", "WithException"]),
        /// The object it is about.
        target_object: Option<Value> = param("TargetObject").in_sets(&["NoException", "WithException"]),
        /// What a person should do next.
        recommended_action: Option<String> = param("RecommendedAction"),
        /// The activity that failed.
        activity: Option<String> = param("CategoryActivity").aliases(&["Activity"]),
        /// Why it failed, in a word.
        reason: Option<String> = param("CategoryReason").aliases(&["Reason"]),
        /// How the object it is about is called.
        target_name: Option<String> = param("CategoryTargetName").aliases(&["TargetName"]),
        /// The type of the object it is about.
        target_type: Option<String> = param("CategoryTargetType").aliases(&["TargetType"]),
    }
    example "Write-Error 'The mailbox is locked.' -Category ResourceBusy -ErrorId MailboxLocked -ErrorAction SilentlyContinue; $Error[0].CategoryInfo.Category" => "Reports an error with a category and a name.";
}

impl Cmdlet for WriteError {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let mut record = match &self.error_record {
            Some(given) => again(given),
            None => self.record(),
        };
        if let Some(action) = &self.recommended_action {
            let message = record.exception.message.clone();
            record = record.with_details(message).with_recommendation(action);
        }
        {
            let mut place = record.place.borrow_mut();
            let word = |text: &Option<String>| text.as_deref().map(Rc::from);
            if let Some(activity) = word(&self.activity) {
                place.activity = activity;
            }
            place.reason = word(&self.reason);
            place.target_name = word(&self.target_name);
            place.target_type = word(&self.target_type);
        }
        cx.error_of_caller(record)
    }
}

impl WriteError {
    fn record(&self) -> ErrorRecord {
        let own = "Microsoft.PowerShell.Commands.WriteErrorException";
        let given = self.exception.as_ref().and_then(members::as_exception);
        let exception = given.unwrap_or_else(|| Exception {
            type_name: Rc::from(own),
            message: Rc::from(self.message.as_deref().unwrap_or_default()),
            inner: None,
        });
        let id = self
            .error_id
            .clone()
            .unwrap_or_else(|| exception.type_name.to_string());
        let category = ALL[self.category.unwrap_or(Category::NotSpecified) as usize];
        let text = self
            .message
            .clone()
            .unwrap_or_else(|| exception.message.to_string());
        let mut record = ErrorRecord::new(&exception.type_name, &id, category, text);
        record.exception.inner = exception.inner;
        record.with_target(self.target_object.clone().unwrap_or_default())
    }
}

/// A record like another, to be placed anew.
fn again(given: &Value) -> ErrorRecord {
    let Value::Error(given) = given else {
        let text = crate::runtime::convert::to_text(given);
        return ErrorRecord::new(
            "System.Exception",
            "Exception",
            ErrorCategory::NotSpecified,
            text,
        );
    };
    let mut record = ErrorRecord::new(
        &given.exception.type_name,
        &given.id,
        given.category,
        &given.exception.message,
    );
    record.exception.inner = given.exception.inner.clone();
    record.target = given.target.clone();
    record.recommendation = given.recommendation.clone();
    record
}

/// The categories in the order of their words.
const ALL: [ErrorCategory; 32] = [
    ErrorCategory::NotSpecified,
    ErrorCategory::OpenError,
    ErrorCategory::CloseError,
    ErrorCategory::DeviceError,
    ErrorCategory::DeadlockDetected,
    ErrorCategory::InvalidArgument,
    ErrorCategory::InvalidData,
    ErrorCategory::InvalidOperation,
    ErrorCategory::InvalidResult,
    ErrorCategory::InvalidType,
    ErrorCategory::MetadataError,
    ErrorCategory::NotImplemented,
    ErrorCategory::NotInstalled,
    ErrorCategory::ObjectNotFound,
    ErrorCategory::OperationStopped,
    ErrorCategory::OperationTimeout,
    ErrorCategory::SyntaxError,
    ErrorCategory::ParserError,
    ErrorCategory::PermissionDenied,
    ErrorCategory::ResourceBusy,
    ErrorCategory::ResourceExists,
    ErrorCategory::ResourceUnavailable,
    ErrorCategory::ReadError,
    ErrorCategory::WriteError,
    ErrorCategory::FromStdErr,
    ErrorCategory::SecurityError,
    ErrorCategory::ProtocolError,
    ErrorCategory::ConnectionError,
    ErrorCategory::AuthenticationError,
    ErrorCategory::LimitsExceeded,
    ErrorCategory::QuotaExceeded,
    ErrorCategory::NotEnabled,
];
