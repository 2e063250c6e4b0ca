//! Members of `System.DateTime`.

use super::exact::parse_exact;
use super::format::{format, format_with_offset};
use super::part::date_part;
use super::{DateKind, DateTime, MAX_TICKS, Parts, UNIX_EPOCH, days_in_month, is_leap, parse};
use crate::runtime::types::TypeRef;
use crate::runtime::types::args::Args;
use crate::runtime::types::culture::EN_US;
use crate::runtime::types::culture_info::culture_of;
use crate::runtime::types::enums::{self, EnumValue};
use crate::runtime::types::table::{Answer, Call, Fault, Kind, Method, Property, TypeTable};
use crate::runtime::types::timespan::{
    TICKS_PER_DAY, TICKS_PER_HOUR, TICKS_PER_MILLISECOND, TICKS_PER_MINUTE, TICKS_PER_SECOND,
    TimeSpan,
};
use crate::runtime::value::Value;

/// `System.DayOfWeek`
pub static DAY_OF_WEEK: TypeTable = enums::table(
    "System.DayOfWeek",
    &[
        ("Sunday", 0),
        ("Monday", 1),
        ("Tuesday", 2),
        ("Wednesday", 3),
        ("Thursday", 4),
        ("Friday", 5),
        ("Saturday", 6),
    ],
    false,
);

/// `System.DateTimeKind`
pub static KIND: TypeTable = enums::table(
    "System.DateTimeKind",
    &[("Unspecified", 0), ("Utc", 1), ("Local", 2)],
    false,
);

fn date(this: &Value) -> DateTime {
    match this {
        Value::DateTime(date) => *date,
        Value::Object(object) => object.base.as_ref().map_or(
            DateTime {
                ticks: 0,
                kind: DateKind::Unspecified,
            },
            date,
        ),
        _ => DateTime {
            ticks: 0,
            kind: DateKind::Unspecified,
        },
    }
}

fn made(date: Option<DateTime>) -> Answer {
    let outside = "The added or subtracted value results in an un-representable DateTime.";
    date.map(Value::DateTime)
        .ok_or_else(|| Fault::out_of_range(outside, "value"))
}

fn later(this: &Value, n: f64, unit: i64) -> Answer {
    let ticks = n * unit as f64;
    let ticks =
        (ticks.is_finite() && ticks.abs() < i64::MAX as f64).then_some(ticks.round() as i64);
    made(ticks.and_then(|ticks| date(this).add_ticks(ticks)))
}

fn kind_of(value: &Value) -> DateKind {
    match value {
        Value::Enum(member) if member.value == 1 => DateKind::Utc,
        Value::Enum(member) if member.value == 2 => DateKind::Local,
        _ => DateKind::Unspecified,
    }
}

/// The first so many arguments as year, month, day, hour, minute, second, millisecond.
fn of_parts(call: &Call<'_>, count: usize, kind: DateKind) -> Answer {
    let at = |i: usize| if i < count { call.long(i) } else { 0 };
    let parts = Parts {
        year: at(0),
        month: at(1),
        day: at(2),
        hour: at(3),
        minute: at(4),
        second: at(5),
        fraction: at(6) * TICKS_PER_MILLISECOND,
    };
    let which = if count > 3 && DateTime::of_day(parts.year, parts.month, parts.day).is_some() {
        "Hour, Minute, and Second parameters describe an un-representable DateTime."
    } else {
        "Year, Month, and Day parameters describe an un-representable DateTime."
    };
    let made = DateTime::of_parts(parts, kind);
    made.map(Value::DateTime)
        .ok_or_else(|| Fault::Exception("System.ArgumentOutOfRangeException", which.into()))
}

fn not_a_date(text: &str) -> Fault {
    Fault::format(format!(
        "String '{text}' was not recognized as a valid DateTime."
    ))
}

fn bad_format() -> Fault {
    Fault::format("Input string was not in a correct format.")
}

/// The zones of a `DateTimeStyles`; of anything else, those of no style.
pub(in crate::runtime::types) fn zones(style: &Value) -> parse::Zones {
    let bits = match style {
        Value::Enum(member) => member.value,
        _ => 0,
    };
    parse::Zones {
        adjust_to_universal: bits & 16 != 0,
        assume_local: bits & 32 != 0,
        assume_universal: bits & 64 != 0,
        round_trip: bits & 128 != 0,
    }
}

/// A date in a format of the shell's culture.
fn shown(call: &Call<'_>, pattern: &str) -> Answer {
    format(date(call.this), pattern, &EN_US)
        .map(Value::from)
        .ok_or_else(bad_format)
}

/// The date of the first argument in the culture of the second and the style of the third.
fn parsed(call: &Call<'_>) -> Option<DateTime> {
    let style = call.args.get(2).map(zones).unwrap_or_default();
    parse::read(&call.text(0), culture_of(call.arg(1)))?.in_zone(style)
}

/// The date of the first argument by the formats of the second, in the culture of the third and the style of the fourth.
fn exact(call: &Call<'_>) -> Option<DateTime> {
    let text = call.text(0);
    let culture = culture_of(call.arg(2));
    let style = call.args.get(3).map(zones).unwrap_or_default();
    let read = |format: &Value| {
        parse_exact(
            text.trim(),
            &crate::runtime::convert::to_text(format),
            culture,
        )
    };
    call.list(1).iter().find_map(read)?.in_zone(style)
}

/// Puts what was read into a `[ref]`, and says whether it was.
fn give(call: &mut Call<'_>, at: usize, found: Option<DateTime>) -> Answer {
    let nothing = DateTime {
        ticks: 0,
        kind: DateKind::Unspecified,
    };
    call.give(at, Value::DateTime(found.unwrap_or(nothing)));
    Ok(Value::Bool(found.is_some()))
}

macro_rules! part {
    ($signature:literal, $d:ident => $value:expr) => {
        Property::read($signature, |this| {
            let $d = date(this);
            Ok($value)
        })
    };
}

/// Its declaration.
pub static TABLE: TypeTable = TypeTable {
    name: "System.DateTime",
    aliases: &["datetime"],
    base: "System.ValueType",
    interfaces: &[
        "System.IComparable",
        "System.IFormattable",
        "System.IConvertible",
    ],
    kind: Kind::Struct,
    constructors: &[
        Method::new("datetime new()", |_| {
            made(DateTime::new(0, DateKind::Unspecified))
        }),
        Method::new("datetime new(long ticks)", |c| {
            made(DateTime::new(c.long(0), DateKind::Unspecified))
        }),
        Method::new("datetime new(long ticks, System.DateTimeKind kind)", |c| {
            made(DateTime::new(c.long(0), kind_of(c.arg(1))))
        }),
        Method::new("datetime new(int year, int month, int day)", |c| {
            of_parts(c, 3, DateKind::Unspecified)
        }),
        Method::new(
            "datetime new(int year, int month, int day, int hour, int minute, int second)",
            |c| of_parts(c, 6, DateKind::Unspecified),
        ),
        Method::new(
            "datetime new(int year, int month, int day, int hour, int minute, int second, System.DateTimeKind kind)",
            |c| of_parts(c, 6, kind_of(c.arg(6))),
        ),
        Method::new(
            "datetime new(int year, int month, int day, int hour, int minute, int second, int millisecond)",
            |c| of_parts(c, 7, DateKind::Unspecified),
        ),
        Method::new(
            "datetime new(int year, int month, int day, int hour, int minute, int second, int millisecond, System.DateTimeKind kind)",
            |c| of_parts(c, 7, kind_of(c.arg(7))),
        ),
    ],
    properties: &[
        date_part!(date, Date),
        date_part!(date, Day),
        date_part!(date, DayOfWeek),
        date_part!(date, DayOfYear),
        date_part!(date, Hour),
        part!("System.DateTimeKind Kind {get;}", d => {
            let n = match d.kind { DateKind::Unspecified => 0, DateKind::Utc => 1, DateKind::Local => 2 };
            EnumValue::any_number(TypeRef::named("System.DateTimeKind"), n)
        }),
        date_part!(date, Millisecond),
        date_part!(date, Minute),
        date_part!(date, Month),
        date_part!(date, Second),
        date_part!(date, Ticks),
        date_part!(date, TimeOfDay),
        date_part!(date, Year),
        // What the console shows of a date; PowerShell adds it to the type.
        part!("string DateTime {get;}", d => Value::str(long_form(d))),
    ],
    methods: &[
        Method::new("datetime Add(timespan value)", |c| {
            made(
                date(c.this).add_ticks(
                    crate::runtime::convert::to_timespan(c.arg(0))
                        .unwrap_or_default()
                        .ticks,
                ),
            )
        }),
        Method::new("datetime AddDays(double value)", |c| {
            later(c.this, c.double(0), TICKS_PER_DAY)
        }),
        Method::new("datetime AddHours(double value)", |c| {
            later(c.this, c.double(0), TICKS_PER_HOUR)
        }),
        Method::new("datetime AddMilliseconds(double value)", |c| {
            later(c.this, c.double(0), TICKS_PER_MILLISECOND)
        }),
        Method::new("datetime AddMinutes(double value)", |c| {
            later(c.this, c.double(0), TICKS_PER_MINUTE)
        }),
        Method::new("datetime AddMonths(int months)", |c| {
            made(date(c.this).add_months(c.long(0)))
        }),
        Method::new("datetime AddSeconds(double value)", |c| {
            later(c.this, c.double(0), TICKS_PER_SECOND)
        }),
        Method::new("datetime AddTicks(long value)", |c| {
            made(date(c.this).add_ticks(c.long(0)))
        }),
        Method::new("datetime AddYears(int value)", |c| {
            made(date(c.this).add_months(c.long(0).saturating_mul(12)))
        }),
        Method::new("timespan Subtract(datetime value)", |c| {
            Ok(Value::TimeSpan(TimeSpan {
                ticks: date(c.this).ticks - date(c.arg(0)).ticks,
            }))
        }),
        Method::new("datetime Subtract(timespan value)", |c| {
            let span = crate::runtime::convert::to_timespan(c.arg(0)).unwrap_or_default();
            made(
                span.ticks
                    .checked_neg()
                    .and_then(|ticks| date(c.this).add_ticks(ticks)),
            )
        }),
        Method::new("datetime ToLocalTime()", |c| {
            Ok(Value::DateTime(date(c.this).to_local()))
        }),
        Method::new("datetime ToUniversalTime()", |c| {
            Ok(Value::DateTime(date(c.this).to_utc()))
        }),
        Method::new("string ToString()", |c| {
            format(date(c.this), "G", &EN_US)
                .map(Value::from)
                .ok_or_else(bad_format)
        }),
        Method::new("string ToString(string format)", |c| {
            format(date(c.this), &c.text(0), &EN_US)
                .map(Value::from)
                .ok_or_else(bad_format)
        }),
        Method::new("string ToString(System.IFormatProvider provider)", |c| {
            format(date(c.this), "G", culture_of(c.arg(0)))
                .map(Value::from)
                .ok_or_else(bad_format)
        }),
        Method::new(
            "string ToString(string format, System.IFormatProvider provider)",
            |c| {
                format_with_offset(date(c.this), &c.text(0), culture_of(c.arg(1)), None)
                    .map(Value::from)
                    .ok_or_else(bad_format)
            },
        ),
        Method::new("string ToShortDateString()", |c| shown(c, "d")),
        Method::new("string ToLongDateString()", |c| shown(c, "D")),
        Method::new("string ToShortTimeString()", |c| shown(c, "t")),
        Method::new("string ToLongTimeString()", |c| shown(c, "T")),
        Method::new("bool IsDaylightSavingTime()", |c| {
            Ok(Value::Bool(is_summer(date(c.this))))
        }),
        Method::new("long ToFileTime()", |c| {
            Ok(Value::long(date(c.this).to_utc().ticks - FILE_EPOCH))
        }),
        Method::new("long ToFileTimeUtc()", |c| {
            Ok(Value::long(date(c.this).to_utc().ticks - FILE_EPOCH))
        }),
        Method::new("double ToOADate()", |c| {
            Ok(Value::double(
                (date(c.this).ticks - OA_EPOCH) as f64 / TICKS_PER_DAY as f64,
            ))
        }),
        Method::new("long ToBinary()", |c| Ok(Value::long(date(c.this).ticks))),
    ],
    static_properties: &[
        Property::read("datetime Now {get;}", |_| {
            Ok(Value::DateTime(DateTime::now()))
        }),
        Property::read("datetime UtcNow {get;}", |_| {
            Ok(Value::DateTime(DateTime::utc_now()))
        }),
        Property::read("datetime Today {get;}", |_| {
            Ok(Value::DateTime(DateTime::now().date()))
        }),
        Property::read("datetime MinValue {get;}", |_| {
            made(DateTime::new(0, DateKind::Unspecified))
        }),
        Property::read("datetime MaxValue {get;}", |_| {
            made(DateTime::new(MAX_TICKS, DateKind::Unspecified))
        }),
        Property::read("datetime UnixEpoch {get;}", |_| {
            made(DateTime::new(UNIX_EPOCH, DateKind::Utc))
        }),
    ],
    static_methods: &[
        Method::new("datetime Parse(string s)", |c| {
            parse::date(&c.text(0))
                .map(Value::DateTime)
                .ok_or_else(|| not_a_date(&c.text(0)))
        }),
        Method::new(
            "datetime Parse(string s, System.IFormatProvider provider)",
            |c| {
                parsed(c)
                    .map(Value::DateTime)
                    .ok_or_else(|| not_a_date(&c.text(0)))
            },
        ),
        Method::new(
            "datetime Parse(string s, System.IFormatProvider provider, System.Globalization.DateTimeStyles styles)",
            |c| {
                parsed(c)
                    .map(Value::DateTime)
                    .ok_or_else(|| not_a_date(&c.text(0)))
            },
        ),
        Method::new(
            "datetime ParseExact(string s, string format, System.IFormatProvider provider)",
            |c| {
                exact(c)
                    .map(Value::DateTime)
                    .ok_or_else(|| not_a_date(&c.text(0)))
            },
        ),
        Method::new(
            "datetime ParseExact(string s, string[] formats, System.IFormatProvider provider, System.Globalization.DateTimeStyles style)",
            |c| {
                exact(c)
                    .map(Value::DateTime)
                    .ok_or_else(|| not_a_date(&c.text(0)))
            },
        ),
        Method::new("bool TryParse(string s, [ref] datetime result)", |c| {
            let found = parse::date(&c.text(0));
            give(c, 1, found)
        }),
        Method::new(
            "bool TryParse(string s, System.IFormatProvider provider, System.Globalization.DateTimeStyles styles, [ref] datetime result)",
            |c| {
                let found = parsed(c);
                give(c, 3, found)
            },
        ),
        Method::new(
            "bool TryParseExact(string s, string[] format, System.IFormatProvider provider, System.Globalization.DateTimeStyles style, [ref] datetime result)",
            |c| {
                let found = exact(c);
                give(c, 4, found)
            },
        ),
        Method::new(
            "datetime SpecifyKind(datetime value, System.DateTimeKind kind)",
            |c| {
                Ok(Value::DateTime(DateTime {
                    kind: kind_of(c.arg(1)),
                    ..date(c.arg(0))
                }))
            },
        ),
        Method::new("int DaysInMonth(int year, int month)", |c| {
            match c.long(1) {
                month @ 1..=12 => Ok(Value::int(days_in_month(c.long(0), month) as i32)),
                _ => Err(Fault::out_of_range(
                    "Month must be between one and twelve.",
                    "month",
                )),
            }
        }),
        Method::new("bool IsLeapYear(int year)", |c| {
            Ok(Value::Bool(is_leap(c.long(0))))
        }),
        Method::new("int Compare(datetime t1, datetime t2)", |c| {
            Ok(Value::int(date(c.arg(0)).cmp(&date(c.arg(1))) as i32))
        }),
        Method::new("datetime FromFileTime(long fileTime)", |c| {
            made(
                DateTime::new(c.long(0).saturating_add(FILE_EPOCH), DateKind::Utc)
                    .map(DateTime::to_local),
            )
        }),
        Method::new("datetime FromFileTimeUtc(long fileTime)", |c| {
            made(DateTime::new(
                c.long(0).saturating_add(FILE_EPOCH),
                DateKind::Utc,
            ))
        }),
        Method::new("datetime FromOADate(double d)", |c| {
            made(DateTime::new(
                ((c.double(0) * TICKS_PER_DAY as f64).round() as i64).saturating_add(OA_EPOCH),
                DateKind::Unspecified,
            ))
        }),
    ],
    ..TypeTable::EMPTY
};

/// Ticks of 1601-01-01.
const FILE_EPOCH: i64 = 504_911_232_000_000_000;
/// Ticks of 1899-12-30.
const OA_EPOCH: i64 = 599_264_352_000_000_000;

/// Whether the machine's clock is ahead of its smallest offset of the year.
fn is_summer(date: DateTime) -> bool {
    if date.kind == DateKind::Utc {
        return false;
    }
    let year = date.parts().year;
    let least = [1, 7]
        .iter()
        .filter_map(|month| DateTime::of_day(year, *month, 1))
        .map(DateTime::local_offset)
        .min();
    least.is_some_and(|least| date.local_offset() > least)
}

/// `Monday, December 4, 2017 8:30:00 AM`
fn long_form(date: DateTime) -> String {
    super::format::format(date, "F", &crate::runtime::types::culture::EN_US).unwrap_or_default()
}
