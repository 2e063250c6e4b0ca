//! `System.Math`.

use rust_decimal::{Decimal, RoundingStrategy};

use super::args::Args;
use super::table::{Answer, Call, Fault, Kind, Method, Property, TypeTable};
use crate::runtime::compare;
use crate::runtime::convert;
use crate::runtime::value::{Number, Value};

/// The number of an argument with the type it came with; texts count as Double.
fn number(call: &Call<'_>, index: usize) -> Number {
    convert::to_number(call.arg(index)).unwrap_or(Number::Double(f64::NAN))
}

/// Applies the function of the argument's kind: whole numbers, decimals, or the rest as Double.
fn by_kind(
    n: Number,
    whole: fn(i128) -> i128,
    decimal: fn(Decimal) -> Decimal,
    double: fn(f64) -> f64,
) -> Answer {
    let ty = n.type_ref();
    match n {
        Number::Decimal(d) => Ok(Value::Number(Number::Decimal(decimal(d)))),
        Number::Single(f) => Ok(Value::Number(Number::Single(double(f64::from(f)) as f32))),
        Number::Double(f) => Ok(Value::double(double(f))),
        _ => {
            let n = whole(convert::integral(n).unwrap_or_default());
            let overflow = || {
                Fault::Exception(
                    "System.OverflowException",
                    "Negating the minimum value of a twos complement number is invalid.".into(),
                )
            };
            convert::from_i128(n, ty)
                .map(Value::Number)
                .ok_or_else(overflow)
        }
    }
}

/// The larger or the smaller of two, in the wider of their types.
fn pick(call: &Call<'_>, larger: bool) -> Answer {
    let (a, b) = (
        Value::Number(number(call, 0)),
        Value::Number(number(call, 1)),
    );
    let order = compare::compare(&a, &b, true)?;
    let first = if larger { order.is_ge() } else { order.is_le() };
    // Adding a zero of the other's type widens as the ladder of numbers does.
    let (winner, other) = if first { (a, b) } else { (b, a) };
    Ok(widen(winner, &other))
}

fn widen(winner: Value, other: &Value) -> Value {
    match (&winner, other) {
        (Value::Number(n), Value::Number(Number::Double(_))) => {
            Value::double(convert::double_of(*n))
        }
        (Value::Number(n), Value::Number(Number::Decimal(_))) => {
            convert::decimal_of(*n).map_or(winner, |d| Value::Number(Number::Decimal(d)))
        }
        (Value::Number(Number::Int32(n)), Value::Number(Number::Int64(_))) => {
            Value::long(i64::from(*n))
        }
        _ => winner,
    }
}

/// Rounds to `digits` places; half to even unless `away` says otherwise.
fn round(call: &Call<'_>, digits: i32, away: bool) -> Answer {
    if !(0..=28).contains(&digits) {
        return Err(Fault::out_of_range(
            "Rounding digits must be between 0 and 15, inclusive.",
            "digits",
        ));
    }
    if let Number::Decimal(d) = number(call, 0) {
        let strategy = if away {
            RoundingStrategy::MidpointAwayFromZero
        } else {
            RoundingStrategy::MidpointNearestEven
        };
        return Ok(Value::Number(Number::Decimal(
            d.round_dp_with_strategy(digits as u32, strategy),
        )));
    }
    let n = convert::double_of(number(call, 0));
    let power = 10f64.powi(digits);
    let scaled = n * power;
    if !scaled.is_finite() {
        return Ok(Value::double(n));
    }
    let rounded = if away {
        scaled.round()
    } else {
        convert::round_half_even(scaled)
    };
    Ok(Value::double(rounded / power))
}

fn is_away(call: &Call<'_>, index: usize) -> bool {
    call.text(index).eq_ignore_ascii_case("AwayFromZero") || &*call.text(index) == "1"
}

macro_rules! doubles {
    ($($name:literal => $function:expr;)*) => {
        &[$(Method::new(concat!("double ", $name, "(double d)"), |c| Ok(Value::double($function(c.double(0)))))),*]
    };
}

const FUNCTIONS: &[Method] = doubles! {
    "Sqrt" => f64::sqrt;
    "Exp" => f64::exp;
    "Log10" => f64::log10;
    "Log2" => f64::log2;
    "Sin" => f64::sin;
    "Cos" => f64::cos;
    "Tan" => f64::tan;
    "Asin" => f64::asin;
    "Acos" => f64::acos;
    "Atan" => f64::atan;
    "Cbrt" => f64::cbrt;
};

/// The rounding modes.
pub static MODES: TypeTable = TypeTable {
    name: "System.MidpointRounding",
    base: "System.Enum",
    kind: Kind::Enum,
    members: &[
        ("ToEven", 0),
        ("AwayFromZero", 1),
        ("ToZero", 2),
        ("ToNegativeInfinity", 3),
        ("ToPositiveInfinity", 4),
    ],
    ..TypeTable::EMPTY
};

/// Its declaration. Functions of one Double are in `FUNCTIONS`.
pub static TABLE: TypeTable = TypeTable {
    name: "System.Math",
    aliases: &["math"],
    kind: Kind::Static,
    static_properties: &[
        Property::read("double PI {get;}", |_| {
            Ok(Value::double(std::f64::consts::PI))
        }),
        Property::read("double E {get;}", |_| {
            Ok(Value::double(std::f64::consts::E))
        }),
    ],
    static_methods: &[
        Method::new("System.Object Abs(System.Object value)", |c| {
            by_kind(number(c, 0), i128::abs, |d| d.abs(), f64::abs)
        }),
        Method::new("int Sign(System.Object value)", |c| {
            let n = convert::double_of(number(c, 0));
            Ok(Value::int(if n > 0.0 {
                1
            } else if n < 0.0 {
                -1
            } else {
                0
            }))
        }),
        Method::new(
            "System.Object Max(System.Object val1, System.Object val2)",
            |c| pick(c, true),
        ),
        Method::new(
            "System.Object Min(System.Object val1, System.Object val2)",
            |c| pick(c, false),
        ),
        Method::new("System.Object Ceiling(System.Object d)", |c| {
            fraction(number(c, 0), |d| d.ceil(), f64::ceil)
        }),
        Method::new("System.Object Floor(System.Object d)", |c| {
            fraction(number(c, 0), |d| d.floor(), f64::floor)
        }),
        Method::new("System.Object Truncate(System.Object d)", |c| {
            fraction(number(c, 0), |d| d.trunc(), f64::trunc)
        }),
        Method::new("System.Object Round(System.Object value)", |c| {
            round(c, 0, false)
        }),
        Method::new(
            "System.Object Round(System.Object value, int digits)",
            |c| round(c, c.int(1), false),
        ),
        Method::new(
            "System.Object Round(System.Object value, System.MidpointRounding mode)",
            |c| round(c, 0, is_away(c, 1)),
        ),
        Method::new(
            "System.Object Round(System.Object value, int digits, System.MidpointRounding mode)",
            |c| round(c, c.int(1), is_away(c, 2)),
        ),
        Method::new("double Pow(double x, double y)", |c| {
            Ok(Value::double(c.double(0).powf(c.double(1))))
        }),
        Method::new("double Log(double d)", |c| {
            Ok(Value::double(c.double(0).ln()))
        }),
        Method::new("double Log(double a, double newBase)", |c| {
            Ok(Value::double(c.double(0).log(c.double(1))))
        }),
        Method::new("double Atan2(double y, double x)", |c| {
            Ok(Value::double(c.double(0).atan2(c.double(1))))
        }),
        Method::new("int DivRem(int a, int b, [ref] int result)", |c| {
            let (a, b) = (c.int(0), c.int(1));
            let zero = || {
                Fault::Exception(
                    "System.DivideByZeroException",
                    "Attempted to divide by zero.".into(),
                )
            };
            let quotient = a.checked_div(b).ok_or_else(zero)?;
            c.give(2, Value::int(a.wrapping_rem(b)));
            Ok(Value::int(quotient))
        }),
        Method::new("long DivRem(long a, long b, [ref] long result)", |c| {
            let (a, b) = (c.long(0), c.long(1));
            let zero = || {
                Fault::Exception(
                    "System.DivideByZeroException",
                    "Attempted to divide by zero.".into(),
                )
            };
            let quotient = a.checked_div(b).ok_or_else(zero)?;
            c.give(2, Value::long(a.wrapping_rem(b)));
            Ok(Value::long(quotient))
        }),
        Method::new("long BigMul(int a, int b)", |c| {
            Ok(Value::long(i64::from(c.int(0)) * i64::from(c.int(1))))
        }),
        FUNCTIONS[0],
        FUNCTIONS[1],
        FUNCTIONS[2],
        FUNCTIONS[3],
        FUNCTIONS[4],
        FUNCTIONS[5],
        FUNCTIONS[6],
        FUNCTIONS[7],
        FUNCTIONS[8],
        FUNCTIONS[9],
        FUNCTIONS[10],
    ],
    ..TypeTable::EMPTY
};

/// Ceiling and its kin: decimals stay decimals, everything else is a Double.
fn fraction(n: Number, decimal: fn(Decimal) -> Decimal, double: fn(f64) -> f64) -> Answer {
    match n {
        Number::Decimal(d) => Ok(Value::Number(Number::Decimal(decimal(d)))),
        other => Ok(Value::double(double(convert::double_of(other)))),
    }
}
