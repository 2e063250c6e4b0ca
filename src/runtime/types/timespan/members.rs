//! Members of `System.TimeSpan`.

use super::{
    TICKS_PER_DAY, TICKS_PER_HOUR, TICKS_PER_MILLISECOND, TICKS_PER_MINUTE, TICKS_PER_SECOND,
    TimeSpan, format,
};
use crate::runtime::types::args::Args;
use crate::runtime::types::table::{Answer, Fault, Kind, Method, Property, TypeTable};
use crate::runtime::value::Value;

fn span(this: &Value) -> TimeSpan {
    match this {
        Value::TimeSpan(span) => *span,
        Value::Object(object) => object.base.as_ref().map_or_else(TimeSpan::default, span),
        _ => TimeSpan::default(),
    }
}

/// `unit` ticks counted, the rest cut, within the next larger unit.
const fn part(ticks: i64, unit: i64, of: i64) -> i32 {
    (ticks / unit % of) as i32
}

fn total(this: &Value, unit: i64) -> Answer {
    Ok(Value::double(span(this).ticks as f64 / unit as f64))
}

fn made(ticks: Option<i64>) -> Answer {
    let too_long = || {
        Fault::Exception(
            "System.OverflowException",
            "TimeSpan overflowed because the duration is too long.".into(),
        )
    };
    ticks
        .map(|ticks| Value::TimeSpan(TimeSpan { ticks }))
        .ok_or_else(too_long)
}

/// From a number of units; .NET rounds to the tick.
fn of_units(n: f64, unit: i64) -> Answer {
    let ticks = n * unit as f64;
    made((ticks.is_finite() && ticks.abs() < i64::MAX as f64).then_some(ticks.round() as i64))
}

fn of_parts(args: &[(i64, i64)]) -> Answer {
    let sum = args.iter().try_fold(0_i64, |sum, (n, unit)| {
        sum.checked_add(n.checked_mul(*unit)?)
    });
    made(sum)
}

fn parse(text: &str) -> Answer {
    let failed = || {
        Fault::format(format!(
            "String '{text}' was not recognized as a valid TimeSpan."
        ))
    };
    TimeSpan::parse(text)
        .map(Value::TimeSpan)
        .ok_or_else(failed)
}

macro_rules! constant {
    ($name:literal, $value:expr) => {
        Property::read($name, |_| Ok($value))
    };
}

/// Its declaration.
pub static TABLE: TypeTable = TypeTable {
    name: "System.TimeSpan",
    aliases: &["timespan"],
    base: "System.ValueType",
    interfaces: &["System.IComparable", "System.IFormattable"],
    kind: Kind::Struct,
    constructors: &[
        Method::new("timespan new(long ticks)", |c| made(Some(c.long(0)))),
        Method::new("timespan new(int hours, int minutes, int seconds)", |c| {
            of_parts(&[
                (c.long(0), TICKS_PER_HOUR),
                (c.long(1), TICKS_PER_MINUTE),
                (c.long(2), TICKS_PER_SECOND),
            ])
        }),
        Method::new(
            "timespan new(int days, int hours, int minutes, int seconds)",
            |c| {
                of_parts(&[
                    (c.long(0), TICKS_PER_DAY),
                    (c.long(1), TICKS_PER_HOUR),
                    (c.long(2), TICKS_PER_MINUTE),
                    (c.long(3), TICKS_PER_SECOND),
                ])
            },
        ),
        Method::new(
            "timespan new(int days, int hours, int minutes, int seconds, int milliseconds)",
            |c| {
                of_parts(&[
                    (c.long(0), TICKS_PER_DAY),
                    (c.long(1), TICKS_PER_HOUR),
                    (c.long(2), TICKS_PER_MINUTE),
                    (c.long(3), TICKS_PER_SECOND),
                    (c.long(4), TICKS_PER_MILLISECOND),
                ])
            },
        ),
    ],
    properties: &[
        Property::read("int Days {get;}", |v| {
            Ok(Value::int((span(v).ticks / TICKS_PER_DAY) as i32))
        }),
        Property::read("int Hours {get;}", |v| {
            Ok(Value::int(part(span(v).ticks, TICKS_PER_HOUR, 24)))
        }),
        Property::read("int Minutes {get;}", |v| {
            Ok(Value::int(part(span(v).ticks, TICKS_PER_MINUTE, 60)))
        }),
        Property::read("int Seconds {get;}", |v| {
            Ok(Value::int(part(span(v).ticks, TICKS_PER_SECOND, 60)))
        }),
        Property::read("int Milliseconds {get;}", |v| {
            Ok(Value::int(part(span(v).ticks, TICKS_PER_MILLISECOND, 1000)))
        }),
        Property::read("long Ticks {get;}", |v| Ok(Value::long(span(v).ticks))),
        Property::read("double TotalDays {get;}", |v| total(v, TICKS_PER_DAY)),
        Property::read("double TotalHours {get;}", |v| total(v, TICKS_PER_HOUR)),
        Property::read("double TotalMilliseconds {get;}", |v| {
            total(v, TICKS_PER_MILLISECOND)
        }),
        Property::read("double TotalMinutes {get;}", |v| total(v, TICKS_PER_MINUTE)),
        Property::read("double TotalSeconds {get;}", |v| total(v, TICKS_PER_SECOND)),
    ],
    methods: &[
        Method::new("timespan Add(timespan ts)", |c| {
            made(span(c.this).ticks.checked_add(span(c.arg(0)).ticks))
        }),
        Method::new("timespan Subtract(timespan ts)", |c| {
            made(span(c.this).ticks.checked_sub(span(c.arg(0)).ticks))
        }),
        Method::new("timespan Duration()", |c| {
            made(span(c.this).ticks.checked_abs())
        }),
        Method::new("timespan Negate()", |c| {
            made(span(c.this).ticks.checked_neg())
        }),
        Method::new("timespan Multiply(double factor)", |c| {
            of_units(span(c.this).ticks as f64 * c.double(0), 1)
        }),
        Method::new("timespan Divide(double divisor)", |c| {
            of_units(span(c.this).ticks as f64 / c.double(0), 1)
        }),
        Method::new("string ToString(string format)", |c| {
            let text = format(span(c.this), &c.text(0));
            text.map(Value::from)
                .ok_or_else(|| Fault::format("Input string was not in a correct format."))
        }),
    ],
    static_properties: &[
        constant!(
            "timespan Zero {get;}",
            Value::TimeSpan(TimeSpan { ticks: 0 })
        ),
        constant!(
            "timespan MaxValue {get;}",
            Value::TimeSpan(TimeSpan { ticks: i64::MAX })
        ),
        constant!(
            "timespan MinValue {get;}",
            Value::TimeSpan(TimeSpan { ticks: i64::MIN })
        ),
        constant!("long TicksPerDay {get;}", Value::long(TICKS_PER_DAY)),
        constant!("long TicksPerHour {get;}", Value::long(TICKS_PER_HOUR)),
        constant!("long TicksPerMinute {get;}", Value::long(TICKS_PER_MINUTE)),
        constant!("long TicksPerSecond {get;}", Value::long(TICKS_PER_SECOND)),
        constant!(
            "long TicksPerMillisecond {get;}",
            Value::long(TICKS_PER_MILLISECOND)
        ),
    ],
    static_methods: &[
        Method::new("timespan FromDays(double value)", |c| {
            of_units(c.double(0), TICKS_PER_DAY)
        }),
        Method::new("timespan FromHours(double value)", |c| {
            of_units(c.double(0), TICKS_PER_HOUR)
        }),
        Method::new("timespan FromMinutes(double value)", |c| {
            of_units(c.double(0), TICKS_PER_MINUTE)
        }),
        Method::new("timespan FromSeconds(double value)", |c| {
            of_units(c.double(0), TICKS_PER_SECOND)
        }),
        Method::new("timespan FromMilliseconds(double value)", |c| {
            of_units(c.double(0), TICKS_PER_MILLISECOND)
        }),
        Method::new("timespan FromTicks(long value)", |c| made(Some(c.long(0)))),
        Method::new("timespan Parse(string s)", |c| parse(&c.text(0))),
        Method::new("bool TryParse(string s, [ref] timespan result)", |c| {
            let found = TimeSpan::parse(&c.text(0));
            c.give(1, Value::TimeSpan(found.unwrap_or_default()));
            Ok(Value::Bool(found.is_some()))
        }),
        Method::new("int Compare(timespan t1, timespan t2)", |c| {
            Ok(Value::int(span(c.arg(0)).cmp(&span(c.arg(1))) as i32))
        }),
    ],
    ..TypeTable::EMPTY
};
