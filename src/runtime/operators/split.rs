//! `-split`

use super::collection;
use super::matching::{failed, pattern_of};
use crate::runtime::convert;
use crate::runtime::error::ErrorRecord;
use crate::runtime::flow::{Flow, Run};
use crate::runtime::members::{Invoker, expansion};
use crate::runtime::regex::{Options, Pattern};
use crate::runtime::value::Value;

/// The words of a text, or of several.
pub(super) fn unary(value: &Value, host: &mut dyn Invoker) -> Run<Value> {
    let mut out = Vec::new();
    for item in collection(value).unwrap_or_else(|| vec![value.clone()]) {
        out.extend(expansion(&item, host)?.split_whitespace().map(Value::str));
    }
    Ok(Value::array(out))
}

/// `left -split pattern[, limit[, options]]` or `left -split { }`.
pub(super) fn binary(
    left: &Value,
    right: &Value,
    sensitive: bool,
    host: &mut dyn Invoker,
) -> Run<Value> {
    let parts = collection(right).unwrap_or_else(|| vec![right.clone()]);
    let limit = match parts.get(1) {
        None | Some(Value::Null) => 0,
        Some(limit) => convert::to_i32(limit).map_err(|error| Flow::error(error.into()))?,
    };
    let mut out = Vec::new();
    for item in collection(left).unwrap_or_else(|| vec![left.clone()]) {
        let text = expansion(&item, host)?;
        match parts.first() {
            Some(Value::ScriptBlock(block)) => {
                let mut test = |letter: char| {
                    let letter = Value::str(letter.to_string());
                    let results = host.invoke(block, None, Some(letter.clone()), vec![letter])?;
                    Ok(convert::to_bool(&Value::array(results)))
                };
                by_test(&text, limit, &mut test, &mut out)?;
            }
            Some(pattern) => {
                let pattern = pattern_with_options(pattern, parts.get(2), sensitive, host)?;
                out.extend(
                    pattern
                        .split_limited(&text, limit)
                        .map_err(failed)?
                        .into_iter()
                        .map(Value::from),
                );
            }
            None => out.push(Value::from(text)),
        }
    }
    Ok(Value::array(out))
}

/// Cuts at every letter that passes.
fn by_test(
    text: &str,
    limit: i32,
    test: &mut dyn FnMut(char) -> Run<bool>,
    out: &mut Vec<Value>,
) -> Run<()> {
    let mut piece = String::new();
    let mut pieces = 1;
    for letter in text.chars() {
        if (limit <= 0 || pieces < limit) && test(letter)? {
            out.push(Value::from(std::mem::take(&mut piece)));
            pieces += 1;
        } else {
            piece.push(letter);
        }
    }
    out.push(Value::from(piece));
    Ok(())
}

fn pattern_with_options(
    pattern: &Value,
    options: Option<&Value>,
    sensitive: bool,
    host: &mut dyn Invoker,
) -> Run<std::rc::Rc<Pattern>> {
    let words = match options {
        None | Some(Value::Null) => return pattern_of(pattern, sensitive, host),
        Some(value) => expansion(value, host)?,
    };
    let mut regex = Options {
        ignore_case: !sensitive,
        ..Options::default()
    };
    let mut simple = false;
    for word in words.split([',', ' ']).filter(|word| !word.is_empty()) {
        match word.to_ascii_lowercase().as_str() {
            "simplematch" => simple = true,
            "regexmatch" | "none" | "0" | "cultureinvariant" => {}
            "ignorecase" => regex.ignore_case = true,
            "multiline" => regex.multiline = true,
            "singleline" => regex.singleline = true,
            "ignorepatternwhitespace" => regex.ignore_whitespace = true,
            "explicitcapture" => regex.explicit_capture = true,
            other => {
                let message = format!(
                    "Cannot convert value \"{other}\" to type \"System.Management.Automation.SplitOptions\". Known: \
                     SimpleMatch, RegexMatch, CultureInvariant, IgnorePatternWhitespace, Multiline, Singleline, IgnoreCase, \
                     ExplicitCapture."
                );
                return Err(ErrorRecord::runtime("InvalidSplitOptionCombination", message).into());
            }
        }
    }
    let text = expansion(pattern, host)?;
    let text = if simple {
        crate::runtime::regex::escape(&text)
    } else {
        text
    };
    Pattern::cached(&text, regex).map_err(failed)
}
