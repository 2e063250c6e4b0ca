//! Members, methods and elements of values.

use super::flow::{Flow, Run};
use crate::language::ast::{Access, AccessStep, Expr, MemberName};
use crate::runtime::convert;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::members;
use crate::runtime::shell::Shell;
use crate::runtime::types::TypeRef;
use crate::runtime::value::{Number, Value};

impl Shell {
    /// `target.a[1].b()`; `None` when the last step is a method that gives nothing.
    pub(in crate::runtime) fn access(&mut self, access: &Access) -> Run<Option<Value>> {
        self.steps(&access.target, &access.steps)
    }

    /// Some steps after a value.
    pub(in crate::runtime) fn steps(
        &mut self,
        target: &Expr,
        steps: &[AccessStep],
    ) -> Run<Option<Value>> {
        let mut value = Some(self.expr(target)?);
        for step in steps {
            let current = value.unwrap_or_default();
            value = match step {
                AccessStep::Member {
                    null_conditional: true,
                    ..
                }
                | AccessStep::Call {
                    null_conditional: true,
                    ..
                }
                | AccessStep::Index {
                    null_conditional: true,
                    ..
                } if current.is_null() => {
                    return Ok(Some(Value::Null));
                }
                AccessStep::Member {
                    name, is_static, ..
                } => {
                    let name = self.member_name(name)?;
                    Some(self.member(&current, &name, *is_static)?)
                }
                AccessStep::Call {
                    name,
                    arguments,
                    is_static,
                    ..
                } => {
                    let name = self.member_name(name)?;
                    let arguments = arguments
                        .iter()
                        .map(|argument| self.expr(argument))
                        .collect::<Run<Vec<_>>>()?;
                    self.call_method(&current, &name, arguments, *is_static)?
                }
                AccessStep::Index { index, .. } => {
                    let index = self.expr(index)?;
                    Some(self.index(&current, &index)?)
                }
            };
        }
        Ok(value)
    }

    /// The name of a member, computed when it is written as an expression.
    pub(in crate::runtime) fn member_name(&mut self, name: &MemberName) -> Run<String> {
        match name {
            MemberName::Word { name, .. } => Ok(name.to_string()),
            MemberName::Computed(expr) => Ok(convert::to_text(&self.expr(expr)?)),
        }
    }

    /// The value of a member; `$null` when there is none.
    pub(in crate::runtime) fn member(
        &mut self,
        target: &Value,
        name: &str,
        is_static: bool,
    ) -> Run<Value> {
        if let (true, Value::Type(ty)) = (is_static, target) {
            let found = members::get_static(*ty, name)?;
            return Ok(found
                .or_else(|| members::static_method(*ty, name))
                .unwrap_or_default());
        }
        if is_static && let Some(ty) = target.type_ref() {
            return Ok(members::get_static(ty, name)?.unwrap_or_default());
        }
        if target
            .downcast::<crate::runtime::cmdlet::ps_cmdlet::PsCmdlet>()
            .is_some()
            && name.eq_ignore_ascii_case("MyInvocation")
        {
            return Ok(self.my_invocation());
        }
        match members::get(target, name, self)? {
            Some(value) => Ok(value),
            None if let Some(method) = members::method(target, name) => Ok(method),
            None if self.strict > 1 && !target.is_null() => Err(Flow::error(ErrorRecord::new(
                "System.Management.Automation.PropertyNotFoundException",
                "PropertyNotFoundStrict",
                ErrorCategory::NotSpecified,
                format!(
                    "The property '{name}' cannot be found on this object. Verify that the property exists."
                ),
            ))),
            None => Ok(Value::Null),
        }
    }

    /// A property of an object, computed ones included; `None` when there is none of this name.
    ///
    /// # Errors
    /// What the code of a script property raises.
    pub fn property(&mut self, target: &Value, name: &str) -> Run<Option<Value>> {
        members::get_own(target, name, self)
    }

    /// Sets a member.
    pub(in crate::runtime) fn set_member(
        &mut self,
        target: &Value,
        name: &str,
        is_static: bool,
        value: Value,
    ) -> Run<()> {
        if let (true, Value::Type(ty)) = (is_static, target) {
            return members::set_static(*ty, name, value);
        }
        members::set(target, name, value, self)
    }

    /// Calls a method; `None` when it gives nothing.
    pub(in crate::runtime) fn call_method(
        &mut self,
        target: &Value,
        name: &str,
        arguments: Vec<Value>,
        is_static: bool,
    ) -> Run<Option<Value>> {
        if let (true, Value::Type(ty)) = (is_static, target) {
            if name.eq_ignore_ascii_case("new") {
                return members::construct(*ty, arguments, self).map(Some);
            }
            return members::call_static(*ty, name, arguments, self);
        }
        if let Some(result) = self.own_method(target, name, &arguments) {
            return result;
        }
        members::call(target, name, arguments, self)
    }

    /// `target[index]`; what is not there is `$null`.
    pub(in crate::runtime) fn index(&mut self, target: &Value, index: &Value) -> Run<Value> {
        if let Value::Object(object) = target
            && let Some(base) = &object.base
        {
            return self.index(base, index);
        }
        if target.is_null() {
            return Err(Flow::error(ErrorRecord::runtime(
                "NullArray",
                "Cannot index into a null array.",
            )));
        }
        if index.is_null() {
            return Err(Flow::error(ErrorRecord::runtime(
                "NullArrayIndex",
                "Index operation failed; the array index evaluated to null.",
            )));
        }
        if let Value::Array(indexes) = index {
            let indexes = indexes.items.borrow().clone();
            let mut found = Vec::with_capacity(indexes.len());
            for index in &indexes {
                found.extend(self.element(target, index)?);
            }
            return Ok(Value::array(found));
        }
        Ok(self.element(target, index)?.unwrap_or_default())
    }

    /// One element; `None` when it is not there.
    fn element(&mut self, target: &Value, index: &Value) -> Run<Option<Value>> {
        match target {
            Value::Hashtable(table) => {
                if table.is_ordered()
                    && let Value::Number(_) = index
                    && !table.contains(index)
                {
                    let (length, at) = (table.len(), whole(index));
                    return Ok(at
                        .and_then(|at| position(at, length))
                        .and_then(|at| table.at(at))
                        .map(|(_, value)| value));
                }
                Ok(Some(table.get(index).unwrap_or_default()))
            }
            Value::Array(array) => {
                let Some(at) = number_of(index) else {
                    return Ok(None);
                };
                let items = array.items.borrow();
                Ok(position(at, items.len()).and_then(|at| items.get(at).cloned()))
            }
            Value::Bytes(bytes) => {
                let Some(at) = number_of(index) else {
                    return Ok(None);
                };
                let bytes = bytes.borrow();
                Ok(position(at, bytes.len())
                    .and_then(|at| bytes.get(at))
                    .map(|&b| Value::Number(Number::Byte(b))))
            }
            Value::Str(text) => {
                let Some(at) = number_of(index) else {
                    return Ok(None);
                };
                let count = text.chars().count();
                Ok(position(at, count)
                    .and_then(|at| text.chars().nth(at))
                    .map(Value::Char))
            }
            Value::Native(native) => {
                if let (Some(at), Some(count)) = (whole(index), native.count())
                    && !members::has_method(target, "ContainsKey")
                {
                    let item = position(at, count).and_then(|at| native.at(at));
                    if item.is_some() || position(at, count).is_none() {
                        return Ok(item);
                    }
                }
                if let (Value::Number(_), Some(items)) = (index, native.elements())
                    && let Some(at) = whole(index)
                    && !members::has_method(target, "ContainsKey")
                {
                    return Ok(position(at, items.len()).and_then(|at| items.get(at).cloned()));
                }
                members::call(target, "get_Item", vec![index.clone()], self)
            }
            _ => match whole(index) {
                Some(0 | -1) => Ok(Some(target.clone())),
                Some(_) => Ok(None),
                None => Err(Flow::error(ErrorRecord::runtime(
                    "CannotIndex",
                    format!(
                        "Unable to index into an object of type {}.",
                        target.type_ref().map_or("", TypeRef::full_name)
                    ),
                ))),
            },
        }
    }

    /// `target[index] = value`.
    pub(in crate::runtime) fn set_index(
        &mut self,
        target: &Value,
        index: &Value,
        value: Value,
    ) -> Run<()> {
        match target {
            Value::Null => Err(Flow::error(ErrorRecord::runtime(
                "NullArray",
                "Cannot index into a null array.",
            ))),
            Value::Object(object) if object.base.is_some() => {
                let base = object.base.clone().unwrap_or_default();
                self.set_index(&base, index, value)
            }
            Value::Hashtable(table) => {
                if table.is_ordered()
                    && let Value::Number(_) = index
                    && !table.contains(index)
                    && let Some(at) = whole(index).and_then(|at| usize::try_from(at).ok())
                    && table.set_at(at, value.clone())
                {
                    return Ok(());
                }
                if index.is_null() {
                    return Err(Flow::error(ErrorRecord::new(
                        "System.ArgumentNullException",
                        "System.ArgumentNullException",
                        ErrorCategory::OperationStopped,
                        "Value cannot be null. (Parameter 'key')",
                    )));
                }
                table.insert(index.clone(), value);
                Ok(())
            }
            Value::Array(array) => {
                let value = convert::to_type(&value, array.element).map_err(ErrorRecord::from)?;
                let mut items = array.items.borrow_mut();
                let at = number_of(index).and_then(|at| position(at, items.len()));
                match at.and_then(|at| items.get_mut(at)) {
                    Some(slot) => {
                        *slot = value;
                        Ok(())
                    }
                    None => Err(out_of_range()),
                }
            }
            Value::Bytes(bytes) => {
                let value = convert::to_type(&value, TypeRef::byte()).map_err(ErrorRecord::from)?;
                let mut bytes = bytes.borrow_mut();
                let length = bytes.len();
                let at = number_of(index).and_then(|at| position(at, length));
                match (at.and_then(|at| bytes.get_mut(at)), value) {
                    (Some(slot), Value::Number(Number::Byte(b))) => {
                        *slot = b;
                        Ok(())
                    }
                    _ => Err(out_of_range()),
                }
            }
            _ => {
                if target
                    .downcast::<crate::runtime::types::reference::PsReference>()
                    .is_none()
                    && members::has_method(target, "set_Item")
                {
                    let index = match (&target, whole(index)) {
                        // Lists count from the end as arrays do.
                        (Value::Native(native), Some(at)) if at < 0 => {
                            let length = native.elements().map_or(0, |items| items.len());
                            position(at, length)
                                .and_then(|at| i32::try_from(at).ok())
                                .map_or(index.clone(), Value::int)
                        }
                        _ => index.clone(),
                    };
                    members::call(target, "set_Item", vec![index, value], self)?;
                    return Ok(());
                }
                Err(Flow::error(ErrorRecord::runtime(
                    "CannotIndex",
                    format!(
                        "Unable to index into an object of type {}.",
                        target.type_ref().map_or("", TypeRef::full_name)
                    ),
                )))
            }
        }
    }
}

/// An index as a number: what converts to one counts.
fn number_of(index: &Value) -> Option<i64> {
    convert::to_i32(index).ok().map(i64::from)
}

/// A value that is a whole number already.
fn whole(index: &Value) -> Option<i64> {
    match index {
        Value::Number(_) => number_of(index),
        _ => None,
    }
}

/// The place of an index that may count from the end.
fn position(index: i64, length: usize) -> Option<usize> {
    let length = i64::try_from(length).ok()?;
    let at = if index < 0 { index + length } else { index };
    (0..length)
        .contains(&at)
        .then(|| usize::try_from(at).ok())
        .flatten()
}

fn out_of_range() -> Flow {
    Flow::error(ErrorRecord::new(
        "System.IndexOutOfRangeException",
        "System.IndexOutOfRangeException",
        ErrorCategory::OperationStopped,
        "Index was outside the bounds of the array.",
    ))
}
