//! `System.Convert`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::TypeRef;
use super::args::Args;
use super::table::{Answer, Call, Fault, Kind, Method, TypeTable};
use crate::runtime::convert;
use crate::runtime::value::{Number, Value};

/// A number written in base 2, 8, 10 or 16, as bits of the given width.
fn digits(call: &Call<'_>, bits: u32) -> Result<i64, Fault> {
    let (text, base) = (call.text(0), call.int(1));
    if !matches!(base, 2 | 8 | 10 | 16) {
        return Err(Fault::argument("Invalid Base."));
    }
    let bare = if base == 16 {
        text.trim_start_matches("0x").trim_start_matches("0X")
    } else {
        &text
    };
    let value = i128::from_str_radix(bare, base as u32)
        .map_err(|_| Fault::format("Could not find any recognizable digits."))?;
    let overflow = || {
        Fault::Exception(
            "System.OverflowException",
            "Value was either too large or too small for the type.".into(),
        )
    };
    if base == 10 {
        return i64::try_from(value).map_err(|_| overflow());
    }
    // Other bases spell the bits: ffffffff is -1.
    let unsigned = u64::try_from(value).map_err(|_| overflow())?;
    match bits {
        32 => u32::try_from(unsigned)
            .map(|n| i64::from(n as i32))
            .map_err(|_| overflow()),
        _ => Ok(unsigned as i64),
    }
}

fn spelled(call: &Call<'_>, bits: u32) -> Answer {
    let n = call.long(0);
    let unsigned = if bits == 32 {
        u64::from(n as i32 as u32)
    } else {
        n as u64
    };
    let text = match call.int(1) {
        2 => format!("{unsigned:b}"),
        8 => format!("{unsigned:o}"),
        16 => format!("{unsigned:x}"),
        10 => n.to_string(),
        _ => return Err(Fault::argument("Invalid Base.")),
    };
    Ok(Value::from(text))
}

/// Converts by the shell's rules, with `Convert`'s own view of `$null`.
fn to(call: &Call<'_>, name: &'static str) -> Answer {
    let ty = TypeRef::named(name);
    if call.arg(0).is_null() {
        return Ok(super::object::default_of(ty));
    }
    convert::to_type(call.arg(0), ty).map_err(|e| Fault::format(e.message))
}

fn decoded(call: &Call<'_>) -> Answer {
    let text: String = call.text(0).split_whitespace().collect();
    STANDARD.decode(text).map(Value::bytes).map_err(|_| {
        Fault::format(
            "The input is not a valid Base-64 string as it contains a non-base 64 character, more than two padding \
             characters, or an illegal character among the padding characters.",
        )
    })
}

fn bytes(call: &Call<'_>) -> Vec<u8> {
    match call.arg(0) {
        Value::Bytes(bytes) => bytes.borrow().clone(),
        _ => call
            .list(0)
            .iter()
            .map(|v| convert::to_i32(v).unwrap_or_default() as u8)
            .collect(),
    }
}

/// Its declaration.
pub static TABLE: TypeTable = TypeTable {
    name: "System.Convert",
    aliases: &["convert"],
    kind: Kind::Static,
    static_methods: &[
        Method::new("int ToInt32(string value, int fromBase)", |c| {
            digits(c, 32).map(|n| Value::int(n as i32))
        }),
        Method::new("long ToInt64(string value, int fromBase)", |c| {
            digits(c, 64).map(Value::long)
        }),
        Method::new("byte ToByte(string value, int fromBase)", |c| {
            let byte = u8::try_from(digits(c, 64)?);
            byte.map(|n| Value::Number(Number::Byte(n))).map_err(|_| {
                Fault::Exception(
                    "System.OverflowException",
                    "Value was too large for an unsigned byte.".into(),
                )
            })
        }),
        Method::new("int ToInt32(System.Object value)", |c| {
            to(c, "System.Int32")
        }),
        Method::new("long ToInt64(System.Object value)", |c| {
            to(c, "System.Int64")
        }),
        Method::new("int16 ToInt16(System.Object value)", |c| {
            to(c, "System.Int16")
        }),
        Method::new("uint32 ToUInt32(System.Object value)", |c| {
            to(c, "System.UInt32")
        }),
        Method::new("uint64 ToUInt64(System.Object value)", |c| {
            to(c, "System.UInt64")
        }),
        Method::new("byte ToByte(System.Object value)", |c| to(c, "System.Byte")),
        Method::new("double ToDouble(System.Object value)", |c| {
            to(c, "System.Double")
        }),
        Method::new("single ToSingle(System.Object value)", |c| {
            to(c, "System.Single")
        }),
        Method::new("decimal ToDecimal(System.Object value)", |c| {
            to(c, "System.Decimal")
        }),
        Method::new("char ToChar(System.Object value)", |c| to(c, "System.Char")),
        Method::new("datetime ToDateTime(System.Object value)", |c| {
            to(c, "System.DateTime")
        }),
        Method::new("bool ToBoolean(System.Object value)", |c| match c.arg(0) {
            // Unlike a cast, `Convert` reads the words.
            Value::Str(text) if text.trim().eq_ignore_ascii_case("true") => Ok(Value::Bool(true)),
            Value::Str(text) if text.trim().eq_ignore_ascii_case("false") => Ok(Value::Bool(false)),
            Value::Str(text) => Err(Fault::format(format!(
                "String '{text}' was not recognized as a valid Boolean."
            ))),
            other => Ok(Value::Bool(convert::to_bool(other))),
        }),
        Method::new("string ToString(int value, int toBase)", |c| spelled(c, 32)),
        Method::new("string ToString(long value, int toBase)", |c| {
            spelled(c, 64)
        }),
        Method::new("string ToString(System.Object value)", |c| {
            Ok(Value::Str(c.text(0)))
        }),
        Method::new("string ToBase64String(byte[] inArray)", |c| {
            Ok(Value::from(STANDARD.encode(bytes(c))))
        }),
        Method::new("byte[] FromBase64String(string s)", |c| decoded(c)),
        Method::new(
            "System.Object ChangeType(System.Object value, type conversionType)",
            |c| {
                let ty = match c.arg(1) {
                    Value::Type(ty) => *ty,
                    _ => {
                        return Err(Fault::argument(
                            "Value cannot be null. (Parameter 'conversionType')",
                        ));
                    }
                };
                convert::to_type(c.arg(0), ty).map_err(|e| Fault::format(e.message))
            },
        ),
    ],
    ..TypeTable::EMPTY
};
