//! `System.DateTimeOffset`: a date with its distance from UTC.

use std::any::Any;
use std::cmp::Ordering;

use super::TypeRef;
use super::args::Args;
use super::culture::{Culture, EN_US, INVARIANT};
use super::culture_info::culture_of;
use super::datetime::format::format_with_offset;
use super::datetime::parse::Zones;
use super::datetime::part::date_part;
use super::datetime::{DateKind, DateTime, UNIX_EPOCH, parse, zones};
use super::enums::EnumValue;
use super::table::{Answer, Fault, Kind, Method, Property, TypeTable};
use super::timespan::{
    TICKS_PER_DAY, TICKS_PER_HOUR, TICKS_PER_MILLISECOND, TICKS_PER_MINUTE, TICKS_PER_SECOND,
    TimeSpan,
};
use crate::runtime::convert;
use crate::runtime::value::{Native, Value};

/// A date as its own clock shows it, and that clock's offset in ticks.
#[derive(Clone, Copy)]
struct DateTimeOffset {
    clock: DateTime,
    offset: i64,
}

impl DateTimeOffset {
    fn of_date(date: DateTime) -> DateTimeOffset {
        let offset = if date.kind == DateKind::Utc {
            0
        } else {
            date.local_offset()
        };
        DateTimeOffset {
            clock: DateTime {
                kind: DateKind::Unspecified,
                ..date
            },
            offset,
        }
    }

    fn utc(self) -> i64 {
        self.clock.ticks - self.offset
    }

    fn show(self, format: &str, culture: &Culture) -> Option<String> {
        if format.is_empty() || format == "G" && culture.name.is_empty() {
            let pattern = format!("{} {} zzz", culture.short_date, culture.long_time);
            return format_with_offset(self.clock, &pattern, culture, Some(self.offset));
        }
        format_with_offset(self.clock, format, culture, Some(self.offset))
    }
}

impl Native for DateTimeOffset {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(TABLE.name)
    }

    fn text(&self) -> String {
        self.show("", &INVARIANT).unwrap_or_default()
    }

    fn display_text(&self) -> String {
        self.show("", &EN_US).unwrap_or_default()
    }

    fn format(&self, format: &str, culture: &Culture) -> Option<Result<String, String>> {
        let bad = || "Input string was not in a correct format.".to_owned();
        Some(self.show(format, culture).ok_or_else(bad))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn equals(&self, other: &dyn Native) -> bool {
        self.order(other) == Some(Ordering::Equal)
    }

    fn order(&self, other: &dyn Native) -> Option<Ordering> {
        other
            .as_any()
            .downcast_ref::<DateTimeOffset>()
            .map(|other| self.utc().cmp(&other.utc()))
    }
}

/// The date of a `DateTimeOffset`; `None` for any other object.
pub fn date_of(native: &dyn Native) -> Option<DateTime> {
    native
        .as_any()
        .downcast_ref::<DateTimeOffset>()
        .map(|value| value.clock)
}

/// UTC ticks of a `DateTimeOffset`; `None` for any other object.
pub fn utc_ticks(native: &dyn Native) -> Option<i64> {
    native
        .as_any()
        .downcast_ref::<DateTimeOffset>()
        .map(|value| value.utc())
}

fn this(value: &Value) -> DateTimeOffset {
    let zero = DateTimeOffset {
        clock: DateTime {
            ticks: 0,
            kind: DateKind::Unspecified,
        },
        offset: 0,
    };
    value.downcast::<DateTimeOffset>().copied().unwrap_or(zero)
}

fn clock(value: &Value) -> DateTime {
    this(value).clock
}

fn made(clock: Option<DateTime>, offset: i64) -> Answer {
    let outside = || {
        Fault::out_of_range(
            "The UTC time represented when the offset is applied must be between year 0 and 10,000.",
            "offset",
        )
    };
    clock
        .filter(|_| offset.abs() <= 14 * TICKS_PER_HOUR)
        .map(|clock| Value::native(DateTimeOffset { clock, offset }))
        .ok_or_else(outside)
}

fn later(value: &Value, n: f64, unit: i64) -> Answer {
    let old = this(value);
    made(
        old.clock.add_ticks((n * unit as f64).round() as i64),
        old.offset,
    )
}

fn parsed(text: &str, culture: &Culture, zones: Zones) -> Answer {
    let failed = || {
        Fault::format(format!(
            "String '{text}' was not recognized as a valid DateTime."
        ))
    };
    let read = parse::read(text, culture).ok_or_else(failed)?;
    let offset = read.offset.or(zones.assume_universal.then_some(0));
    match offset {
        Some(offset) if zones.adjust_to_universal => made(read.date.add_ticks(-offset), 0),
        Some(offset) => made(Some(read.date), offset),
        None => Ok(Value::native(DateTimeOffset::of_date(read.date))),
    }
}

fn ticks(value: &Value) -> i64 {
    convert::to_timespan(value).unwrap_or_default().ticks
}

fn shown(text: Option<String>) -> Answer {
    text.map(Value::from)
        .ok_or_else(|| Fault::format("Input string was not in a correct format."))
}

macro_rules! part {
    ($signature:literal, $d:ident => $value:expr) => {
        Property::read($signature, |value| {
            let $d = this(value);
            Ok($value)
        })
    };
}

/// Its declaration.
pub static TABLE: TypeTable = TypeTable {
    name: "System.DateTimeOffset",
    aliases: &["datetimeoffset"],
    base: "System.ValueType",
    interfaces: &["System.IComparable", "System.IFormattable"],
    kind: Kind::Struct,
    constructors: &[
        Method::new("datetimeoffset new(datetime dateTime)", |c| {
            Ok(Value::native(DateTimeOffset::of_date(
                convert::to_datetime(c.arg(0)).map_err(|e| Fault::argument(e.message))?,
            )))
        }),
        Method::new(
            "datetimeoffset new(datetime dateTime, timespan offset)",
            |c| {
                let date =
                    convert::to_datetime(c.arg(0)).map_err(|e| Fault::argument(e.message))?;
                made(
                    Some(DateTime {
                        kind: DateKind::Unspecified,
                        ..date
                    }),
                    ticks(c.arg(1)),
                )
            },
        ),
        Method::new(
            "datetimeoffset new(int year, int month, int day, int hour, int minute, int second, timespan offset)",
            |c| {
                let parts = super::datetime::Parts {
                    year: c.long(0),
                    month: c.long(1),
                    day: c.long(2),
                    hour: c.long(3),
                    minute: c.long(4),
                    second: c.long(5),
                    fraction: 0,
                };
                made(
                    DateTime::of_parts(parts, DateKind::Unspecified),
                    ticks(c.arg(6)),
                )
            },
        ),
    ],
    properties: &[
        part!("datetime DateTime {get;}", d => Value::DateTime(d.clock)),
        part!("datetime UtcDateTime {get;}", d => Value::DateTime(DateTime { ticks: d.utc(), kind: DateKind::Utc })),
        part!("datetime LocalDateTime {get;}", d => Value::DateTime(DateTime { ticks: d.utc(), kind: DateKind::Utc }.to_local())),
        date_part!(clock, Date),
        date_part!(clock, Day),
        date_part!(clock, DayOfWeek),
        date_part!(clock, DayOfYear),
        date_part!(clock, Hour),
        date_part!(clock, Millisecond),
        date_part!(clock, Minute),
        date_part!(clock, Month),
        part!("timespan Offset {get;}", d => Value::TimeSpan(TimeSpan { ticks: d.offset })),
        date_part!(clock, Second),
        date_part!(clock, Ticks),
        part!("long UtcTicks {get;}", d => Value::long(d.utc())),
        date_part!(clock, TimeOfDay),
        date_part!(clock, Year),
    ],
    methods: &[
        Method::new("datetimeoffset AddDays(double days)", |c| {
            later(c.this, c.double(0), TICKS_PER_DAY)
        }),
        Method::new("datetimeoffset AddHours(double hours)", |c| {
            later(c.this, c.double(0), TICKS_PER_HOUR)
        }),
        Method::new("datetimeoffset AddMinutes(double minutes)", |c| {
            later(c.this, c.double(0), TICKS_PER_MINUTE)
        }),
        Method::new("datetimeoffset AddSeconds(double seconds)", |c| {
            later(c.this, c.double(0), TICKS_PER_SECOND)
        }),
        Method::new("datetimeoffset AddMonths(int months)", |c| {
            made(
                this(c.this).clock.add_months(c.long(0)),
                this(c.this).offset,
            )
        }),
        Method::new("datetimeoffset ToOffset(timespan offset)", |c| {
            let offset = ticks(c.arg(0));
            made(
                DateTime::new(
                    this(c.this).utc().saturating_add(offset),
                    DateKind::Unspecified,
                ),
                offset,
            )
        }),
        Method::new("datetimeoffset ToUniversalTime()", |c| {
            made(DateTime::new(this(c.this).utc(), DateKind::Unspecified), 0)
        }),
        Method::new("datetimeoffset ToLocalTime()", |c| {
            Ok(Value::native(DateTimeOffset::of_date(
                DateTime {
                    ticks: this(c.this).utc(),
                    kind: DateKind::Utc,
                }
                .to_local(),
            )))
        }),
        Method::new("long ToUnixTimeSeconds()", |c| {
            Ok(Value::long(
                (this(c.this).utc() - UNIX_EPOCH).div_euclid(TICKS_PER_SECOND),
            ))
        }),
        Method::new("long ToUnixTimeMilliseconds()", |c| {
            Ok(Value::long(
                (this(c.this).utc() - UNIX_EPOCH).div_euclid(TICKS_PER_MILLISECOND),
            ))
        }),
        Method::new("timespan Subtract(datetimeoffset value)", |c| {
            Ok(Value::TimeSpan(TimeSpan {
                ticks: this(c.this).utc() - this(c.arg(0)).utc(),
            }))
        }),
        Method::new("string ToString()", |c| {
            shown(this(c.this).show("", &EN_US))
        }),
        Method::new("string ToString(string format)", |c| {
            shown(this(c.this).show(&c.text(0), &EN_US))
        }),
        Method::new(
            "string ToString(string format, System.IFormatProvider provider)",
            |c| shown(this(c.this).show(&c.text(0), culture_of(c.arg(1)))),
        ),
    ],
    static_properties: &[
        Property::read("datetimeoffset Now {get;}", |_| {
            Ok(Value::native(DateTimeOffset::of_date(DateTime::now())))
        }),
        Property::read("datetimeoffset UtcNow {get;}", |_| {
            Ok(Value::native(DateTimeOffset::of_date(DateTime::utc_now())))
        }),
    ],
    static_methods: &[
        Method::new("datetimeoffset Parse(string input)", |c| {
            parsed(&c.text(0), &INVARIANT, Zones::default())
        }),
        Method::new(
            "datetimeoffset Parse(string input, System.IFormatProvider formatProvider)",
            |c| parsed(&c.text(0), culture_of(c.arg(1)), Zones::default()),
        ),
        Method::new(
            "datetimeoffset Parse(string input, System.IFormatProvider formatProvider, System.Globalization.DateTimeStyles styles)",
            |c| parsed(&c.text(0), culture_of(c.arg(1)), zones(c.arg(2))),
        ),
        Method::new("datetimeoffset FromUnixTimeSeconds(long seconds)", |c| {
            made(DateTime::of_unix_seconds(c.long(0)), 0)
        }),
        Method::new(
            "datetimeoffset FromUnixTimeMilliseconds(long milliseconds)",
            |c| {
                let ticks = c
                    .long(0)
                    .checked_mul(TICKS_PER_MILLISECOND)
                    .and_then(|t| t.checked_add(UNIX_EPOCH));
                made(ticks.and_then(|t| DateTime::new(t, DateKind::Utc)), 0)
            },
        ),
        Method::new(
            "bool TryParse(string input, [ref] datetimeoffset result)",
            |c| {
                let found = parsed(&c.text(0), &INVARIANT, Zones::default()).ok();
                let ok = found.is_some();
                c.give(1, found.unwrap_or_default());
                Ok(Value::Bool(ok))
            },
        ),
    ],
    ..TypeTable::EMPTY
};
