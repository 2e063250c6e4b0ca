//! The numeric types: their limits, `Parse`, `TryParse`, `CompareTo`.

use super::args::Args;
use super::reference::PsReference;
use super::table::{Answer, Call, Fault, Kind, Method, Property, TypeTable};
use super::{TypeRef, number_format};
use crate::runtime::compare::number_order;
use crate::runtime::convert::{self, scan_number};
use crate::runtime::types::culture_info::culture_of;
use crate::runtime::value::{Number, Value};

use rust_decimal::Decimal;

fn number(value: &Value) -> Number {
    convert::to_number(value).unwrap_or(Number::Int32(0))
}

/// Why a text is no number.
enum Bad {
    Format,
    Range,
}

/// Reads a text as .NET's `Parse` does: no suffixes, no multipliers; hex only when the style says so.
fn read(text: &str, ty: TypeRef, hex: bool, provider: &Value) -> Result<Value, Bad> {
    let culture = culture_of(provider);
    let trimmed = text.trim();
    if hex {
        let valid = !trimmed.is_empty() && trimmed.bytes().all(|b| b.is_ascii_hexdigit());
        let prefixed = Value::from(format!("0x{trimmed}"));
        return if valid {
            convert::to_type(&prefixed, ty).map_err(|_| Bad::Range)
        } else {
            Err(Bad::Format)
        };
    }
    let real = matches!(ty.name(), "Double" | "Single" | "Decimal");
    let word = matches!(
        trimmed.to_ascii_lowercase().as_str(),
        "nan" | "infinity" | "-infinity" | "∞" | "-∞"
    );
    if real && word && ty != TypeRef::decimal() {
        return convert::to_type(&Value::str(trimmed), ty).map_err(|_| Bad::Format);
    }
    let plain = if real {
        trimmed
            .replace(culture.group_separator, "")
            .replace(culture.decimal_point, ".")
    } else {
        trimmed.to_owned()
    };
    let digits = plain.strip_prefix(['+', '-']).unwrap_or(&plain);
    let allowed =
        |b: u8| b.is_ascii_digit() || real && matches!(b, b'.' | b'e' | b'E' | b'+' | b'-');
    let valid = digits
        .bytes()
        .next()
        .is_some_and(|b| b.is_ascii_digit() || b == b'.')
        && digits.bytes().all(allowed);
    if !valid || scan_number(&plain).is_none() {
        return Err(Bad::Format);
    }
    convert::to_type(&Value::from(plain), ty).map_err(|_| Bad::Range)
}

fn is_hex(style: &Value) -> bool {
    matches!(style, Value::Enum(member) if member.value & 512 != 0)
}

fn parse(call: &mut Call<'_>) -> Answer {
    if call.arg(0).is_null() {
        return Err(Fault::Exception(
            "System.ArgumentNullException",
            "Value cannot be null. (Parameter 's')".into(),
        ));
    }
    let provider = call.args.last().cloned().unwrap_or_default();
    read(&call.text(0), call.owner, is_hex(call.arg(1)), &provider).map_err(|bad| match bad {
        Bad::Format => Fault::format("Input string was not in a correct format."),
        Bad::Range => {
            let error = convert::ConvertError::out_of_range("", call.owner);
            let why = error
                .message
                .rsplit("Error: ")
                .next()
                .unwrap_or_default()
                .trim_matches('"')
                .to_owned();
            Fault::Exception("System.OverflowException", why)
        }
    })
}

fn try_parse(call: &mut Call<'_>) -> Answer {
    let provider = call.args.get(2).cloned().unwrap_or_default();
    let found = read(&call.text(0), call.owner, is_hex(call.arg(1)), &provider).ok();
    let ok = found.is_some();
    let value = found.unwrap_or_else(|| convert::blank(call.owner));
    if let Some(reference) = call
        .args
        .iter()
        .find_map(|arg| arg.downcast::<PsReference>())
    {
        reference.set(value);
    }
    Ok(Value::Bool(ok))
}

fn to_string(call: &mut Call<'_>) -> Answer {
    let (format, provider) = match call.args.as_slice() {
        [format @ Value::Str(_)] => (convert::to_text(format), Value::Null),
        [provider] => (String::new(), provider.clone()),
        [format, provider] => (convert::to_text(format), provider.clone()),
        _ => (String::new(), Value::Null),
    };
    number_format::format(number(call.this), &format, culture_of(&provider))
        .map(Value::from)
        .ok_or_else(|| Fault::format("Format specifier was invalid."))
}

fn compare_to(call: &mut Call<'_>) -> Answer {
    if call.arg(0).is_null() {
        return Ok(Value::int(1));
    }
    Ok(Value::int(
        number_order(number(call.this), number(call.arg(0))).map_or(-1, |order| order as i32),
    ))
}

fn double(value: &Value) -> f64 {
    convert::double_of(number(value))
}

const METHODS: &[Method] = &[
    Method::new("int CompareTo(System.Object value)", compare_to),
    Method::new("string ToString()", to_string),
    Method::new("string ToString(string format)", to_string),
    Method::new(
        "string ToString(System.IFormatProvider provider)",
        to_string,
    ),
    Method::new(
        "string ToString(string format, System.IFormatProvider provider)",
        to_string,
    ),
];

const INTERFACES: &[&str] = &[
    "System.IComparable",
    "System.IFormattable",
    "System.IConvertible",
];

macro_rules! constant {
    ($signature:literal, $value:expr) => {
        Property::read($signature, |_| Ok(Value::Number($value)))
    };
}

macro_rules! parsers {
    ($($extra:expr),* $(,)?) => {
        &[
            Method::new("System.Object Parse(string s)", parse),
            Method::new("System.Object Parse(string s, System.IFormatProvider provider)", parse),
            Method::new("System.Object Parse(string s, System.Globalization.NumberStyles style)", parse),
            Method::new("System.Object Parse(string s, System.Globalization.NumberStyles style, System.IFormatProvider provider)", parse),
            Method::new("bool TryParse(string s, [ref] System.Object result)", try_parse),
            Method::new("bool TryParse(string s, System.Globalization.NumberStyles style, System.IFormatProvider provider, [ref] System.Object result)", try_parse),
            $($extra,)*
        ]
    };
}

macro_rules! integers {
    ($($static:ident $full:literal [$($alias:literal),*] $variant:ident $rust:ident;)*) => {
        $(
            #[doc = $full]
            pub static $static: TypeTable = TypeTable {
                name: $full,
                aliases: &[$($alias),*],
                base: "System.ValueType",
                interfaces: INTERFACES,
                kind: Kind::Struct,
                methods: METHODS,
                static_properties: &[
                    constant!("System.Object MaxValue {get;}", Number::$variant($rust::MAX)),
                    constant!("System.Object MinValue {get;}", Number::$variant($rust::MIN)),
                ],
                static_methods: parsers!(),
                ..TypeTable::EMPTY
            };
        )*

        /// The whole-number types.
        pub static INTEGERS: &[&TypeTable] = &[$(&$static),*];
    };
}

integers! {
    SBYTE "System.SByte" ["sbyte"] SByte i8;
    BYTE "System.Byte" ["byte"] Byte u8;
    INT16 "System.Int16" ["short", "int16"] Int16 i16;
    UINT16 "System.UInt16" ["ushort", "uint16"] UInt16 u16;
    INT32 "System.Int32" ["int", "int32"] Int32 i32;
    UINT32 "System.UInt32" ["uint", "uint32"] UInt32 u32;
    INT64 "System.Int64" ["long", "int64"] Int64 i64;
    UINT64 "System.UInt64" ["ulong", "uint64"] UInt64 u64;
}

const TESTS: [Method; 5] = [
    Method::new("bool IsNaN(double d)", |c| {
        Ok(Value::Bool(double(c.arg(0)).is_nan()))
    }),
    Method::new("bool IsInfinity(double d)", |c| {
        Ok(Value::Bool(double(c.arg(0)).is_infinite()))
    }),
    Method::new("bool IsPositiveInfinity(double d)", |c| {
        Ok(Value::Bool(double(c.arg(0)) == f64::INFINITY))
    }),
    Method::new("bool IsNegativeInfinity(double d)", |c| {
        Ok(Value::Bool(double(c.arg(0)) == f64::NEG_INFINITY))
    }),
    Method::new("bool IsFinite(double d)", |c| {
        Ok(Value::Bool(double(c.arg(0)).is_finite()))
    }),
];

/// `System.Double`
pub static DOUBLE: TypeTable = TypeTable {
    name: "System.Double",
    aliases: &["double"],
    base: "System.ValueType",
    interfaces: INTERFACES,
    kind: Kind::Struct,
    methods: METHODS,
    static_properties: &[
        constant!("double MaxValue {get;}", Number::Double(f64::MAX)),
        constant!("double MinValue {get;}", Number::Double(f64::MIN)),
        constant!("double Epsilon {get;}", Number::Double(5e-324)),
        constant!("double NaN {get;}", Number::Double(f64::NAN)),
        constant!(
            "double PositiveInfinity {get;}",
            Number::Double(f64::INFINITY)
        ),
        constant!(
            "double NegativeInfinity {get;}",
            Number::Double(f64::NEG_INFINITY)
        ),
    ],
    static_methods: parsers!(TESTS[0], TESTS[1], TESTS[2], TESTS[3], TESTS[4]),
    ..TypeTable::EMPTY
};

/// `System.Single`
pub static SINGLE: TypeTable = TypeTable {
    name: "System.Single",
    aliases: &["float", "single"],
    base: "System.ValueType",
    interfaces: INTERFACES,
    kind: Kind::Struct,
    methods: METHODS,
    static_properties: &[
        constant!("float MaxValue {get;}", Number::Single(f32::MAX)),
        constant!("float MinValue {get;}", Number::Single(f32::MIN)),
        constant!("float Epsilon {get;}", Number::Single(1e-45)),
        constant!("float NaN {get;}", Number::Single(f32::NAN)),
        constant!(
            "float PositiveInfinity {get;}",
            Number::Single(f32::INFINITY)
        ),
        constant!(
            "float NegativeInfinity {get;}",
            Number::Single(f32::NEG_INFINITY)
        ),
    ],
    static_methods: parsers!(TESTS[0], TESTS[1]),
    ..TypeTable::EMPTY
};

fn decimal(call: &Call<'_>, index: usize) -> Decimal {
    convert::to_decimal(call.arg(index)).unwrap_or_default()
}

fn of(n: Decimal) -> Answer {
    Ok(Value::Number(Number::Decimal(n)))
}

/// `System.Decimal`
pub static DECIMAL: TypeTable = TypeTable {
    name: "System.Decimal",
    aliases: &["decimal"],
    base: "System.ValueType",
    interfaces: INTERFACES,
    kind: Kind::Struct,
    constructors: &[Method::new("decimal new(decimal value)", |c| {
        of(decimal(c, 0))
    })],
    methods: METHODS,
    static_properties: &[
        constant!("decimal MaxValue {get;}", Number::Decimal(Decimal::MAX)),
        constant!("decimal MinValue {get;}", Number::Decimal(Decimal::MIN)),
        constant!("decimal Zero {get;}", Number::Decimal(Decimal::ZERO)),
        constant!("decimal One {get;}", Number::Decimal(Decimal::ONE)),
        constant!(
            "decimal MinusOne {get;}",
            Number::Decimal(Decimal::NEGATIVE_ONE)
        ),
    ],
    static_methods: parsers!(
        Method::new(
            "decimal Round(decimal d)",
            |c| of(decimal(c, 0).round_dp(0))
        ),
        Method::new(
            "decimal Round(decimal d, int decimals)",
            |c| match u32::try_from(c.long(1)) {
                Ok(places @ ..=28) => of(decimal(c, 0).round_dp(places)),
                _ => Err(Fault::out_of_range(
                    "Decimal can only round to between 0 and 28 digits of precision.",
                    "decimals"
                )),
            }
        ),
        Method::new("decimal Truncate(decimal d)", |c| of(decimal(c, 0).trunc())),
        Method::new("decimal Floor(decimal d)", |c| of(decimal(c, 0).floor())),
        Method::new("decimal Ceiling(decimal d)", |c| of(decimal(c, 0).ceil())),
        Method::new("double ToDouble(decimal d)", |c| Ok(Value::double(double(
            c.arg(0)
        )))),
        Method::new("int ToInt32(decimal d)", |c| {
            let whole = Value::Number(Number::Decimal(decimal(c, 0).trunc()));
            convert::to_i32(&whole)
                .map(Value::int)
                .map_err(|e| Fault::Exception("System.OverflowException", e.message))
        }),
    ),
    ..TypeTable::EMPTY
};
