//! Methods that every value has.

use super::read::{base_of, one_or_many};
use super::{failure, text};
use crate::runtime::compare;
use crate::runtime::convert;
use crate::runtime::flow::{Flow, Run};
use crate::runtime::types::invoke::Failure;
use crate::runtime::types::{Fault, Invoker, key};
use crate::runtime::value::{Number, Value};

/// Whether every value answers to this name (lower case).
pub(super) fn is_one(lower: &str) -> bool {
    matches!(
        lower,
        "tostring"
            | "gettype"
            | "equals"
            | "gethashcode"
            | "compareto"
            | "where"
            | "foreach"
            | "gettypecode"
    )
}

/// Calls it.
pub(super) fn call(
    value: &Value,
    lower: &str,
    name: &str,
    args: Vec<Value>,
    host: &mut dyn Invoker,
) -> Run<Option<Value>> {
    let base = base_of(value);
    let count = args.len();
    let wrong_count = || failure::call_failed(name, count, Failure::Count);
    Ok(Some(match (lower, args.as_slice()) {
        ("tostring", []) => text::text_of(value, host)?.into(),
        ("tostring", [format, rest @ ..]) if rest.len() < 2 => {
            let culture = rest.first().unwrap_or(format);
            let pattern = match format {
                Value::Str(pattern) => pattern.to_string(),
                Value::Null => String::new(),
                _ if rest.is_empty() => String::new(),
                other => convert::to_text(other),
            };
            let culture = crate::runtime::types::culture_info::culture_of(culture);
            crate::runtime::format_string::format_value(base, &pattern, culture)
                .map_err(|message| {
                    failure::call_failed(name, count, Failure::Fault(Fault::format(message)))
                })?
                .into()
        }
        ("gettype", []) => base.type_ref().map_or(Value::Null, Value::Type),
        ("gettypecode", []) => base
            .type_ref()
            .map_or_else(|| Value::str("Empty"), |ty| Value::str(ty.name())),
        ("equals", [other]) => Value::Bool(key::same(base, base_of(other), true)),
        ("gethashcode", []) => Value::Number(Number::Int32(hash(base))),
        ("compareto", [other]) => match compare::compare(base, base_of(other), true) {
            Ok(order) => Value::int(order as i32),
            Err(Flow::Error { record, .. }) => {
                let message = record.exception.message.to_string();
                return Err(failure::call_failed(
                    name,
                    count,
                    Failure::Fault(Fault::argument(message)),
                ));
            }
            Err(flow) => return Err(flow),
        },
        ("where", [Value::ScriptBlock(block), rest @ ..]) if rest.len() < 3 => {
            where_method(value, block, rest, host)?
        }
        ("foreach", [first, rest @ ..]) => return for_each(value, first, rest, host).map(Some),
        _ => return Err(wrong_count()),
    }))
}

fn hash(value: &Value) -> i32 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    if let Value::Number(Number::Int32(n)) = value {
        return *n;
    }
    let mut hasher = DefaultHasher::new();
    key::Key {
        value: value.clone(),
        sensitive: true,
    }
    .hash(&mut hasher);
    hasher.finish() as i32
}

fn elements(value: &Value) -> Vec<Value> {
    convert::to_list(value).unwrap_or_else(|| vec![value.clone()])
}

/// `.Where({ }, mode, count)`: the modes of `WhereOperatorSelectionMode`.
fn where_method(
    value: &Value,
    block: &std::rc::Rc<crate::runtime::scriptblock::ScriptBlock>,
    rest: &[Value],
    host: &mut dyn Invoker,
) -> Run<Value> {
    let mode = rest.first().map_or_else(
        || "default".to_owned(),
        |mode| convert::to_text(mode).to_lowercase(),
    );
    let count = rest.get(1).map_or(0, |n| convert::to_usize(n).unwrap_or(0));
    let mut yes = Vec::new();
    let mut no = Vec::new();
    let mut decided = false;
    for item in elements(value) {
        let skip_test = decided && matches!(mode.as_str(), "skipuntil" | "until");
        let holds = !skip_test && {
            let results = host.invoke(block, None, Some(item.clone()), vec![item.clone()])?;
            convert::to_bool(&one_or_many(results))
        };
        match mode.as_str() {
            "default" | "last" if holds => yes.push(item),
            "first" if holds => {
                yes.push(item);
                if yes.len() >= count.max(1) {
                    break;
                }
            }
            "split" if holds && (count == 0 || yes.len() < count) => yes.push(item),
            "split" => no.push(item),
            "skipuntil" if decided || holds => {
                decided = true;
                yes.push(item);
                if count > 0 && yes.len() >= count {
                    break;
                }
            }
            "until" if holds => break,
            "until" => {
                yes.push(item);
                if count > 0 && yes.len() >= count {
                    break;
                }
            }
            _ => {}
        }
    }
    Ok(match mode.as_str() {
        "last" => Value::array(yes.split_off(yes.len().saturating_sub(count.max(1)))),
        "split" => Value::array(vec![Value::array(yes), Value::array(no)]),
        _ => Value::array(yes),
    })
}

/// `.ForEach({ })`, `.ForEach('Member', …)`, `.ForEach([type])`.
fn for_each(value: &Value, first: &Value, rest: &[Value], host: &mut dyn Invoker) -> Run<Value> {
    let mut out = Vec::new();
    for item in elements(value) {
        match first {
            Value::ScriptBlock(block) => {
                out.extend(host.invoke(block, None, Some(item), rest.to_vec())?)
            }
            Value::Type(ty) => {
                out.push(convert::to_type(&item, *ty).map_err(|e| Flow::error(e.into()))?);
            }
            name => {
                let name = convert::to_text(name);
                if super::has_method(&item, &name) {
                    out.extend(super::call(&item, &name, rest.to_vec(), host)?);
                } else if let Some(new) = rest.first() {
                    super::set(&item, &name, new.clone(), host)?;
                } else {
                    out.extend(super::get(&item, &name, host)?);
                }
            }
        }
    }
    Ok(Value::array(out))
}
