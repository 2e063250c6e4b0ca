//! `System.TimeZoneInfo`: zones by IANA's names and by Windows'.

use std::any::Any;
use std::rc::Rc;

use jiff::tz::{Dst, TimeZone};

use super::args::Args;
use super::datetime::{self, DateKind, DateTime};
use super::table::{Answer, Call, Fault, Method, Property, TypeTable};
use super::timespan::{TICKS_PER_SECOND, TimeSpan};
use super::windows_zones::ZONES;
use super::{TypeRef, datetime_offset};
use crate::runtime::value::{Native, Value};

/// A zone under the name it was asked for by.
struct Zone {
    id: Rc<str>,
    zone: TimeZone,
}

impl Native for Zone {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(TABLE.name)
    }

    fn text(&self) -> String {
        display_name(self)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn equals(&self, other: &dyn Native) -> bool {
        let other = other.as_any().downcast_ref::<Zone>();
        other.is_some_and(|other| other.id == self.id && other.zone == self.zone)
    }
}

/// The zone of a name, Windows' or IANA's, in any letter case.
fn find(id: &str) -> Option<Zone> {
    let windows = ZONES.iter().find(|(name, _)| name.eq_ignore_ascii_case(id));
    let iana = windows.map_or(id, |(_, iana)| iana);
    let zone = match iana.eq_ignore_ascii_case("UTC") || iana == "Etc/UTC" {
        true => TimeZone::UTC,
        false => TimeZone::get(iana).ok()?,
    };
    let id = match windows {
        Some((name, _)) => *name,
        None => zone.iana_name().unwrap_or(id),
    };
    Some(Zone {
        id: Rc::from(id),
        zone: zone.clone(),
    })
}

fn named(id: &str) -> Result<Zone, Fault> {
    find(id).ok_or_else(|| {
        Fault::Exception(
            "System.TimeZoneNotFoundException",
            format!("The time zone ID '{id}' was not found on the local computer."),
        )
    })
}

fn local() -> Zone {
    let zone = TimeZone::system();
    let id = zone.iana_name().unwrap_or("Local");
    Zone {
        id: Rc::from(id),
        zone: zone.clone(),
    }
}

fn utc() -> Zone {
    Zone {
        id: Rc::from("UTC"),
        zone: TimeZone::UTC,
    }
}

/// What a call's argument means as a zone.
fn zone_of(value: &Value) -> Result<&Zone, Fault> {
    value.downcast::<Zone>().ok_or_else(|| {
        Fault::argument("A time zone is needed, such as [TimeZoneInfo]::Local. (Parameter 'destinationTimeZone')")
    })
}

fn of(value: &Value, read: impl FnOnce(&Zone) -> Value) -> Answer {
    Ok(value.downcast::<Zone>().map_or(Value::Null, read))
}

/// Offsets in seconds and abbreviations of standard and summer time, as they hold in the year at work.
struct Rules {
    standard: (i32, String),
    summer: Option<(i32, String)>,
}

fn rules(zone: &TimeZone) -> Rules {
    let year = DateTime::utc_now().parts().year;
    let mut standard = None;
    let mut summer = None;
    for month in 1..=12 {
        let Some(moment) =
            DateTime::of_day(year, month, 1).and_then(|d| datetime::timestamp(d.ticks))
        else {
            continue;
        };
        let info = zone.to_offset_info(moment);
        let found = (info.offset().seconds(), info.abbreviation().to_owned());
        match info.dst() {
            Dst::Yes => summer = Some(found),
            Dst::No => standard = Some(found),
        }
    }
    Rules {
        standard: standard.unwrap_or((0, "UTC".to_owned())),
        summer,
    }
}

fn span(seconds: i32) -> Value {
    Value::TimeSpan(TimeSpan {
        ticks: i64::from(seconds) * TICKS_PER_SECOND,
    })
}

/// `(UTC+01:00) Europe/Berlin`
fn display_name(zone: &Zone) -> String {
    let seconds = rules(&zone.zone).standard.0;
    if seconds == 0 {
        return format!("(UTC) {}", zone.id);
    }
    let sign = if seconds < 0 { '-' } else { '+' };
    let minutes = seconds.abs() / 60;
    format!(
        "(UTC{sign}{:02}:{:02}) {}",
        minutes / 60,
        minutes % 60,
        zone.id
    )
}

/// The UTC ticks a date means, its clock being the zone's unless its kind says more.
fn moment(value: &Value, zone: &TimeZone) -> i64 {
    if let Value::Native(native) = value
        && let Some(ticks) = datetime_offset::utc_ticks(&**native)
    {
        return ticks;
    }
    let date = date(value);
    match date.kind {
        DateKind::Utc | DateKind::Local => date.to_utc().ticks,
        DateKind::Unspecified => date.ticks - datetime::offset_in(date, zone),
    }
}

fn date(value: &Value) -> DateTime {
    crate::runtime::convert::to_datetime(value).unwrap_or(DateTime {
        ticks: 0,
        kind: DateKind::Unspecified,
    })
}

/// Seconds from UTC, and whether it is summer time, at a moment.
fn at(zone: &TimeZone, ticks: i64) -> (i64, bool) {
    datetime::timestamp(ticks).map_or((0, false), |moment| {
        let info = zone.to_offset_info(moment);
        (i64::from(info.offset().seconds()), info.dst() == Dst::Yes)
    })
}

/// A moment on the clock of a zone.
fn on_clock(ticks: i64, zone: &Zone) -> Answer {
    let (offset, _) = at(&zone.zone, ticks);
    let kind = match &*zone.id {
        "UTC" => DateKind::Utc,
        id if Some(id) == TimeZone::system().iana_name() => DateKind::Local,
        _ => DateKind::Unspecified,
    };
    DateTime::new(ticks + offset * TICKS_PER_SECOND, kind)
        .map(Value::DateTime)
        .ok_or_else(|| {
            Fault::out_of_range("The date is outside of the years 1 to 9999.", "dateTime")
        })
}

/// The zone of the object and the moment of the first argument.
fn asked(call: &Call<'_>) -> (TimeZone, i64) {
    let zone = call
        .this
        .downcast::<Zone>()
        .map_or(TimeZone::UTC, |zone| zone.zone.clone());
    let ticks = moment(call.arg(0), &zone);
    (zone, ticks)
}

/// How often the clock of a zone shows a time: once, never (spring), or twice (autumn).
fn ambiguity(call: &Call<'_>) -> (bool, bool) {
    let parts = date(call.arg(0)).parts();
    let civil = jiff::civil::DateTime::new(
        parts.year as i16,
        parts.month as i8,
        parts.day as i8,
        parts.hour as i8,
        parts.minute as i8,
        parts.second as i8,
        0,
    );
    let (zone, _) = asked(call);
    civil.map_or((false, false), |civil| {
        let offset = zone.to_ambiguous_timestamp(civil).offset();
        (
            matches!(offset, jiff::tz::AmbiguousOffset::Fold { .. }),
            matches!(offset, jiff::tz::AmbiguousOffset::Gap { .. }),
        )
    })
}

/// Its declaration.
pub static TABLE: TypeTable = TypeTable {
    name: "System.TimeZoneInfo",
    properties: &[
        Property::read("string Id {get;}", |v| of(v, |z| Value::Str(z.id.clone()))),
        Property::read("string DisplayName {get;}", |v| {
            of(v, |z| display_name(z).into())
        }),
        Property::read("string StandardName {get;}", |v| {
            of(v, |z| rules(&z.zone).standard.1.into())
        }),
        Property::read("string DaylightName {get;}", |v| {
            of(v, |z| {
                let rules = rules(&z.zone);
                rules.summer.unwrap_or(rules.standard).1.into()
            })
        }),
        Property::read("timespan BaseUtcOffset {get;}", |v| {
            of(v, |z| span(rules(&z.zone).standard.0))
        }),
        Property::read("bool SupportsDaylightSavingTime {get;}", |v| {
            of(v, |z| Value::Bool(rules(&z.zone).summer.is_some()))
        }),
    ],
    methods: &[
        Method::new("timespan GetUtcOffset(System.Object dateTime)", |c| {
            let (zone, ticks) = asked(c);
            Ok(span(at(&zone, ticks).0 as i32))
        }),
        Method::new("bool IsDaylightSavingTime(System.Object dateTime)", |c| {
            let (zone, ticks) = asked(c);
            Ok(Value::Bool(at(&zone, ticks).1))
        }),
        Method::new("bool IsAmbiguousTime(datetime dateTime)", |c| {
            Ok(Value::Bool(ambiguity(c).0))
        }),
        Method::new("bool IsInvalidTime(datetime dateTime)", |c| {
            Ok(Value::Bool(ambiguity(c).1))
        }),
    ],
    static_properties: &[
        Property::read("System.TimeZoneInfo Local {get;}", |_| {
            Ok(Value::native(local()))
        }),
        Property::read("System.TimeZoneInfo Utc {get;}", |_| {
            Ok(Value::native(utc()))
        }),
    ],
    static_methods: &[
        Method::new(
            "System.TimeZoneInfo FindSystemTimeZoneById(string id)",
            |c| named(&c.text(0)).map(Value::native),
        ),
        Method::new(
            "System.Collections.ObjectModel.ReadOnlyCollection[System.TimeZoneInfo] GetSystemTimeZones()",
            |_| {
                let mut all: Vec<Zone> = jiff::tz::db()
                    .available()
                    .filter_map(|name| find(&name.to_string()))
                    .collect();
                all.sort_by_cached_key(|zone| (rules(&zone.zone).standard.0, zone.id.clone()));
                Ok(Value::array(all.into_iter().map(Value::native).collect()))
            },
        ),
        Method::new("void ClearCachedData()", |_| Ok(Value::Null)),
        Method::new(
            "datetime ConvertTime(datetime dateTime, System.TimeZoneInfo destinationTimeZone)",
            |c| {
                let ticks = moment(c.arg(0), &TimeZone::system());
                on_clock(ticks, zone_of(c.arg(1))?)
            },
        ),
        Method::new(
            "datetime ConvertTime(datetime dateTime, System.TimeZoneInfo sourceTimeZone, System.TimeZoneInfo destinationTimeZone)",
            |c| {
                let ticks = moment(c.arg(0), &zone_of(c.arg(1))?.zone);
                on_clock(ticks, zone_of(c.arg(2))?)
            },
        ),
        Method::new(
            "datetime ConvertTimeFromUtc(datetime dateTime, System.TimeZoneInfo destinationTimeZone)",
            |c| on_clock(moment(c.arg(0), &TimeZone::UTC), zone_of(c.arg(1))?),
        ),
        Method::new("datetime ConvertTimeToUtc(datetime dateTime)", |c| {
            on_clock(moment(c.arg(0), &TimeZone::system()), &utc())
        }),
        Method::new(
            "datetime ConvertTimeToUtc(datetime dateTime, System.TimeZoneInfo sourceTimeZone)",
            |c| on_clock(moment(c.arg(0), &zone_of(c.arg(1))?.zone), &utc()),
        ),
        Method::new(
            "datetime ConvertTimeBySystemTimeZoneId(datetime dateTime, string destinationTimeZoneId)",
            |c| on_clock(moment(c.arg(0), &TimeZone::system()), &named(&c.text(1))?),
        ),
        Method::new(
            "datetime ConvertTimeBySystemTimeZoneId(datetime dateTime, string sourceTimeZoneId, string destinationTimeZoneId)",
            |c| {
                let ticks = moment(c.arg(0), &named(&c.text(1))?.zone);
                on_clock(ticks, &named(&c.text(2))?)
            },
        ),
    ],
    ..TypeTable::EMPTY
};
