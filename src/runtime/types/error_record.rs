//! Members of `ErrorRecord`, and the objects that hang on it.

use std::any::Any;
use std::rc::Rc;

use super::TypeRef;
use super::args::Args;
use super::enums::EnumValue;
use super::exception;
use super::table::{Answer, Fault, Method, Property, TypeTable};
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::members::category_info;
use crate::runtime::object::PsObject;
use crate::runtime::value::{Native, Value};

fn record(this: &Value) -> Option<&Rc<ErrorRecord>> {
    match this {
        Value::Error(record) => Some(record),
        Value::Object(object) => object.base.as_ref().and_then(record),
        _ => None,
    }
}

fn of(this: &Value, read: impl FnOnce(&Rc<ErrorRecord>) -> Value) -> Answer {
    Ok(record(this).map_or(Value::Null, read))
}

/// `CategoryInfo`
struct CategoryInfo(Rc<ErrorRecord>);

impl Native for CategoryInfo {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named("System.Management.Automation.ErrorCategoryInfo")
    }

    fn text(&self) -> String {
        category_info(&self.0)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn property_names(&self) -> Vec<Rc<str>> {
        ["Category", "Activity", "Reason", "TargetName", "TargetType"]
            .map(Rc::from)
            .to_vec()
    }

    fn property(&self, name: &str) -> Option<Value> {
        let record = &self.0;
        Some(match name.to_ascii_lowercase().as_str() {
            "category" => category_value(record.category),
            "activity" => Value::Str(record.place.borrow().activity.clone()),
            "reason" => record
                .exception
                .type_name
                .rsplit('.')
                .next()
                .unwrap_or_default()
                .into(),
            "targetname" => crate::runtime::convert::to_text(&record.target).into(),
            "targettype" => record.target.type_ref().map_or("", TypeRef::name).into(),
            _ => return None,
        })
    }
}

/// `InvocationInfo` of where a record stands.
pub fn invocation(record: Rc<ErrorRecord>) -> Value {
    Value::native(InvocationInfo(record))
}

/// `InvocationInfo` of an error.
struct InvocationInfo(Rc<ErrorRecord>);

impl Native for InvocationInfo {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named("System.Management.Automation.InvocationInfo")
    }

    fn text(&self) -> String {
        self.type_ref().full_name().to_owned()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn property_names(&self) -> Vec<Rc<str>> {
        [
            "MyCommand",
            "BoundParameters",
            "UnboundArguments",
            "ScriptLineNumber",
            "OffsetInLine",
            "ScriptName",
            "Line",
            "PositionMessage",
            "PSScriptRoot",
            "PSCommandPath",
            "InvocationName",
            "PipelineLength",
            "PipelinePosition",
            "ExpectingInput",
        ]
        .map(Rc::from)
        .to_vec()
    }

    fn property(&self, name: &str) -> Option<Value> {
        let place = self.0.place.borrow();
        let position = place.position.as_ref();
        let file = position.and_then(|p| p.source.file()).unwrap_or_default();
        Some(match name.to_ascii_lowercase().as_str() {
            "mycommand" if place.activity.is_empty() => Value::Null,
            "mycommand" => PsObject::view(
                "System.Management.Automation.CmdletInfo",
                vec![("Name", Value::Str(place.activity.clone()))],
            ),
            "boundparameters" => Value::Hashtable(Rc::default()),
            "unboundarguments" => Value::array(Vec::new()),
            "scriptlinenumber" => {
                Value::int(position.map_or(0, |p| p.source.position(p.span.start).line as i32))
            }
            "offsetinline" => {
                Value::int(position.map_or(0, |p| p.source.position(p.span.start).column as i32))
            }
            "scriptname" | "pscommandpath" => file.into(),
            "psscriptroot" => std::path::Path::new(file)
                .parent()
                .map_or_else(String::new, |p| p.display().to_string())
                .into(),
            "line" => position
                .map_or_else(String::new, |p| {
                    let line = p.source.position(p.span.start).line;
                    let text = p.source.text();
                    let last = u32::try_from(text.len())
                        .map_or(u32::MAX, |end| p.source.position(end).line);
                    let end = if line < last { "\n" } else { "" };
                    format!("{}{end}", p.source.line(line))
                })
                .into(),
            "positionmessage" => position.map_or_else(String::new, |p| p.message()).into(),
            "invocationname" => Value::Str(place.command.clone()),
            "pipelinelength" | "pipelineposition" => Value::int(1),
            "expectinginput" => Value::Bool(false),
            _ => return None,
        })
    }
}

/// `System.Management.Automation.ErrorCategory`
pub static CATEGORY: TypeTable = super::enums::table(
    "System.Management.Automation.ErrorCategory",
    ErrorCategory::ALL,
    false,
);

/// The category of a number or name; `NotSpecified` for others.
pub fn category_of(value: &Value) -> ErrorCategory {
    ErrorCategory::named(&crate::runtime::convert::to_text(value))
        .unwrap_or(ErrorCategory::NotSpecified)
}

fn category_value(category: ErrorCategory) -> Value {
    EnumValue::any_number(TypeRef::named(CATEGORY.name), category as i64)
}

/// `System.Management.Automation.ErrorRecord`
pub static TABLE: TypeTable = TypeTable {
    name: "System.Management.Automation.ErrorRecord",
    constructors: &[Method::new(
        "System.Management.Automation.ErrorRecord new(System.Exception exception, string errorId, System.Management.Automation.ErrorCategory errorCategory, System.Object targetObject)",
        |c| {
            let exception = exception::of_value(c.arg(0))
                .ok_or_else(|| Fault::argument("The first argument must be an exception."))?;
            let mut record = ErrorRecord::new(
                &exception.type_name,
                &c.text(1),
                category_of(c.arg(2)),
                &exception.message,
            );
            record.exception = exception;
            record.target = c.arg(3).clone();
            Ok(Value::Error(Rc::new(record)))
        },
    )],
    properties: &[
        Property::read("System.Exception Exception {get;}", |v| {
            of(v, |record| exception::object_of(record))
        }),
        Property::read("System.Object TargetObject {get;}", |v| {
            of(v, |record| record.target.clone())
        }),
        Property::read(
            "System.Management.Automation.ErrorCategoryInfo CategoryInfo {get;}",
            |v| of(v, |record| Value::native(CategoryInfo(record.clone()))),
        ),
        Property::read("string FullyQualifiedErrorId {get;}", |v| {
            of(v, |record| record.fully_qualified_id().into())
        }),
        Property::read(
            "System.Management.Automation.ErrorDetails ErrorDetails {get;set;}",
            |v| {
                of(v, |record| {
                    if record.details.is_none() && record.recommendation.is_none() {
                        return Value::Null;
                    }
                    let text =
                        |text: &Option<Rc<str>>| text.clone().map_or(Value::Null, Value::Str);
                    PsObject::view(
                        "System.Management.Automation.ErrorDetails",
                        vec![
                            ("Message", text(&record.details)),
                            ("RecommendedAction", text(&record.recommendation)),
                        ],
                    )
                })
            },
        ),
        Property::read(
            "System.Management.Automation.InvocationInfo InvocationInfo {get;}",
            |v| of(v, |record| Value::native(InvocationInfo(record.clone()))),
        ),
        Property::read("string ScriptStackTrace {get;}", |v| {
            of(v, |record| Value::Str(record.place.borrow().stack.clone()))
        }),
        Property::read(
            "System.Collections.ObjectModel.ReadOnlyCollection[int] PipelineIterationInfo {get;}",
            |_| Ok(Value::array(Vec::new())),
        ),
    ],
    ..TypeTable::EMPTY
};
