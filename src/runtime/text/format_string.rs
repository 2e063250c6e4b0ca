//! The `-f` operator and `ToString(format)`.

use crate::runtime::convert;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::flow::Run;
use crate::runtime::members;
use crate::runtime::types::culture::{Culture, EN_US};
use crate::runtime::types::{datetime, number_format, timespan};
use crate::runtime::value::{Number, Value};

const BAD: &str = "Input string was not in a correct format.";
const RANGE: &str = "Index (zero based) must be greater than or equal to zero and less than the size of the argument list.";
const SPECIFIER: &str = "Format specifier was invalid.";
/// A field is padded no further than this.
const MAX_ALIGNMENT: usize = 1_000_000;

/// `'{0:N2} {1}' -f values`; a collection on the right gives several values.
///
/// # Errors
/// `FormatError`.
pub fn format_operator(format: &str, values: &Value) -> Run<Value> {
    let list = match values {
        Value::Array(array) => array.items.borrow().clone(),
        other => convert::to_list(other).unwrap_or_else(|| vec![other.clone()]),
    };
    compose(format, &list, &EN_US)
        .map(Value::from)
        .map_err(|why| {
            let message = format!("Error formatting a string: {why}.");
            let runtime = "System.Management.Automation.RuntimeException";
            ErrorRecord::new(
                runtime,
                "FormatError",
                ErrorCategory::InvalidOperation,
                message,
            )
            .with_target(format)
            .into()
        })
}

/// Fills the fields of a composite format.
///
/// # Errors
/// .NET's sentence: a field without a value, or a format that is none.
pub fn compose(format: &str, values: &[Value], culture: &Culture) -> Result<String, String> {
    let mut out = String::new();
    let mut letters = format.chars().peekable();
    while let Some(c) = letters.next() {
        match (c, letters.peek()) {
            ('{', Some('{')) | ('}', Some('}')) => {
                out.push(c);
                letters.next();
            }
            ('{', _) => {
                let mut field = String::new();
                loop {
                    match letters.next() {
                        Some('}') => break,
                        Some('{') | None => return Err(BAD.to_owned()),
                        Some(c) => field.push(c),
                    }
                }
                out.push_str(&fill(&field, values, culture)?);
            }
            ('}', _) => return Err(BAD.to_owned()),
            _ => out.push(c),
        }
    }
    Ok(out)
}

/// One field: `index[,alignment][:format]`.
fn fill(field: &str, values: &[Value], culture: &Culture) -> Result<String, String> {
    let (head, format) = field.split_once(':').unwrap_or((field, ""));
    let (index, alignment) = head.split_once(',').unwrap_or((head, "0"));
    let index = index.trim_end();
    if index.is_empty() || !index.bytes().all(|b| b.is_ascii_digit()) {
        return Err(BAD.to_owned());
    }
    let alignment: i64 = alignment.trim().parse().map_err(|_| BAD.to_owned())?;
    let value = index
        .parse::<usize>()
        .ok()
        .and_then(|i| values.get(i))
        .ok_or_else(|| RANGE.to_owned())?;
    let text = format_value(value, format, culture)?;
    let width = alignment.unsigned_abs() as usize;
    if width > MAX_ALIGNMENT {
        return Err(BAD.to_owned());
    }
    let pad = " ".repeat(width.saturating_sub(text.chars().count()));
    Ok(if alignment < 0 {
        text + &pad
    } else {
        pad + &text
    })
}

/// A value in a format; an empty format is the type's usual text. Types without formats ignore it.
///
/// # Errors
/// .NET's sentence when the format is none of the type's.
pub fn format_value(value: &Value, format: &str, culture: &Culture) -> Result<String, String> {
    let invalid = || SPECIFIER.to_owned();
    match value {
        Value::Number(number) => number_format::format(*number, format, culture).ok_or_else(invalid),
        Value::DateTime(date) => datetime::format::format(*date, format, culture).ok_or_else(|| BAD.to_owned()),
        Value::TimeSpan(span) => timespan::format(*span, format).ok_or_else(|| BAD.to_owned()),
        Value::Enum(member) => match format {
            "d" | "D" => Ok(member.value.to_string()),
            "x" | "X" => Ok(format!("{:08X}", member.value)),
            "" | "g" | "G" | "f" | "F" => Ok(member.name.to_string()),
            _ => Err("Format string can be only \"G\", \"g\", \"X\", \"x\", \"F\", \"f\", \"D\" or \"d\".".to_owned()),
        },
        Value::Native(native) => native.format(format, culture).unwrap_or_else(|| Ok(native.display_text())),
        Value::Object(object) => match &object.base {
            Some(base) => format_value(base, format, culture),
            None => Ok(members::text(value)),
        },
        other => Ok(members::text(other)),
    }
}

/// A number in a format, for those who have one: `None` when the format is none of its type's.
pub fn format_number(number: Number, format: &str) -> Option<String> {
    number_format::format(number, format, &EN_US)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_filled() {
        let values = [Value::int(42), Value::str("a"), Value::Null];
        let table = [
            ("{0}-{1}", "42-a"),
            ("{0:D3}|{0,5}|{0,-5}|", "042|   42|42   |"),
            ("{{}}{0}", "{}42"),
            ("[{2}]", "[]"),
            ("{0:X4} {0:x}", "002A 2a"),
            ("{1,3:N2}", "  a"),
        ];
        for (format, text) in table {
            assert_eq!(
                compose(format, &values, &EN_US).as_deref(),
                Ok(text),
                "{format}"
            );
        }
        assert_eq!(compose("{3}", &values, &EN_US), Err(RANGE.to_owned()));
        for bad in ["{", "}", "{x}", "{0", "{0,x}", "{}"] {
            assert_eq!(compose(bad, &values, &EN_US), Err(BAD.to_owned()), "{bad}");
        }
        assert_eq!(compose("{0:Q}", &values, &EN_US), Err(SPECIFIER.to_owned()));
    }
}
