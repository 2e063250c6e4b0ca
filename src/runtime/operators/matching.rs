//! `-match -replace -join`

use std::rc::Rc;

use super::collection;
use crate::runtime::convert;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::flow::{Flow, Run};
use crate::runtime::members::{Invoker, expansion};
use crate::runtime::regex::{Options, Pattern, RegexError};
use crate::runtime::types::hashtable::Hashtable;
use crate::runtime::types::regex as types_regex;
use crate::runtime::value::{Number, Value};

/// `left -match right`, or `-notmatch`. A single left side fills `$Matches`; a collection is filtered.
pub(super) fn match_operator(
    left: &Value,
    right: &Value,
    sensitive: bool,
    wanted: bool,
    host: &mut dyn Invoker,
) -> Run<Value> {
    match collection(left) {
        None => Ok(Value::Bool(
            is_match(left, right, sensitive, host)? == wanted,
        )),
        Some(items) => {
            let pattern = pattern_of(right, sensitive, host)?;
            let mut kept = Vec::new();
            for item in items {
                let text = expansion(&item, host)?;
                if pattern.is_match(&text).map_err(failed)? == wanted {
                    kept.push(item);
                }
            }
            Ok(Value::array(kept))
        }
    }
}

/// Whether a single value matches a regular expression; fills `$Matches` if so.
///
/// # Errors
/// The pattern is no regular expression.
pub fn is_match(
    item: &Value,
    pattern: &Value,
    sensitive: bool,
    host: &mut dyn Invoker,
) -> Run<bool> {
    let pattern = pattern_of(pattern, sensitive, host)?;
    let text = expansion(item, host)?;
    let Some(found) = pattern.find_at(&text, 0).map_err(failed)? else {
        return Ok(false);
    };
    let groups = Hashtable::new();
    for group in &found.groups {
        if let Some((start, end)) = group.span {
            let key = match group.name.parse::<i32>() {
                Ok(number) => Value::Number(Number::Int32(number)),
                Err(_) => Value::Str(group.name.clone()),
            };
            groups.insert(key, Value::str(text.get(start..end).unwrap_or_default()));
        }
    }
    host.set_matches(Value::Hashtable(Rc::new(groups)));
    Ok(true)
}

/// As [`is_match`], leaving `$Matches` as it is.
///
/// # Errors
/// As [`is_match`].
pub fn is_match_quietly(
    item: &Value,
    pattern: &Value,
    sensitive: bool,
    host: &mut dyn Invoker,
) -> Run<bool> {
    let pattern = pattern_of(pattern, sensitive, host)?;
    pattern.is_match(&expansion(item, host)?).map_err(failed)
}

/// The regular expression of a right side: a text, or a `[regex]` with its own options.
pub(super) fn pattern_of(
    value: &Value,
    sensitive: bool,
    host: &mut dyn Invoker,
) -> Run<Rc<Pattern>> {
    if let Some(pattern) = types_regex::pattern_of(value) {
        return Ok(pattern);
    }
    let options = if sensitive {
        Options::default()
    } else {
        Options {
            ignore_case: true,
            ..Options::default()
        }
    };
    Pattern::cached(&expansion(value, host)?, options).map_err(failed)
}

/// The error of a pattern that is no regular expression, or that took too long.
pub fn failed(error: RegexError) -> Flow {
    let class = match error {
        RegexError::Parse(_) => "System.ArgumentException",
        RegexError::TooHard => "System.Text.RegularExpressions.RegexMatchTimeoutException",
    };
    ErrorRecord::new(
        class,
        class,
        ErrorCategory::OperationStopped,
        error.to_string(),
    )
    .into()
}

/// `left -replace pattern, replacement`.
pub(super) fn replace_operator(
    left: &Value,
    right: &Value,
    sensitive: bool,
    host: &mut dyn Invoker,
) -> Run<Value> {
    let parts = collection(right).unwrap_or_else(|| vec![right.clone()]);
    let (pattern, replacement) = match parts.as_slice() {
        [] => return Ok(left.clone()),
        [pattern] => (pattern.clone(), Value::str("")),
        [pattern, replacement] => (pattern.clone(), replacement.clone()),
        more => {
            let message = format!(
                "The -replace operator allows only two elements to follow it, not {}.",
                more.len()
            );
            return Err(ErrorRecord::runtime("BadReplaceArgument", message).into());
        }
    };
    let pattern = pattern_of(&pattern, sensitive, host)?;
    match collection(left) {
        None => replace_one(left, &pattern, &replacement, host),
        Some(items) => {
            let mut out = Vec::with_capacity(items.len());
            for item in &items {
                out.push(replace_one(item, &pattern, &replacement, host)?);
            }
            Ok(Value::array(out))
        }
    }
}

fn replace_one(
    item: &Value,
    pattern: &Pattern,
    replacement: &Value,
    host: &mut dyn Invoker,
) -> Run<Value> {
    let text = expansion(item, host)?;
    let replaced = match replacement {
        Value::ScriptBlock(block) => pattern.replace_with(&text, -1, 0, |found| {
            let object = types_regex::match_object(&text, found, None);
            let results = host.invoke(block, None, Some(object.clone()), vec![object])?;
            join_texts(&results, "", host)
        })?,
        other => {
            let replacement = expansion(other, host)?;
            pattern
                .replace(&text, &replacement, -1, 0)
                .map_err(failed)?
        }
    };
    Ok(replaced.into())
}

/// `left -join separator`.
pub(super) fn join_operator(left: &Value, right: &Value, host: &mut dyn Invoker) -> Run<Value> {
    let separator = expansion(right, host)?;
    join(left, &separator, host).map(Value::from)
}

/// The texts of a collection's elements with a separator between; a single value's text alone.
///
/// # Errors
/// What a script method named `ToString` fails with.
pub fn join(value: &Value, separator: &str, host: &mut dyn Invoker) -> Run<String> {
    match collection(value) {
        Some(items) => join_texts(&items, separator, host),
        None => expansion(value, host),
    }
}

fn join_texts(items: &[Value], separator: &str, host: &mut dyn Invoker) -> Run<String> {
    let mut out = String::new();
    for (i, item) in items.iter().enumerate() {
        if i > 0 {
            out.push_str(separator);
        }
        match item {
            Value::Str(text) => out.push_str(text),
            Value::Array(_) | Value::Bytes(_) => {
                out.push_str(&convert::join(std::slice::from_ref(item), separator))
            }
            other => out.push_str(&expansion(other, host)?),
        }
    }
    Ok(out)
}
