//! Values of the engine as values of the shell.

use std::any::Any;
use std::rc::Rc;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::runtime::types::datetime::{DateKind, DateTime};
use crate::runtime::types::guid::Guid;
use crate::runtime::types::timespan::TimeSpan;
use crate::runtime::value::Native;
use crate::runtime::{TypeRef, Value};

/// Ticks of 100 ns between year 1 and 1970.
const EPOCH_TICKS: i64 = 621_355_968_000_000_000;

fn ticks(at: Timestamp, zone: &TimeZone) -> i64 {
    let offset = i64::from(zone.to_offset(at).seconds());
    EPOCH_TICKS + at.as_microsecond() * 10 + offset * 10_000_000
}

/// A moment on this machine's clock.
pub fn local(at: Timestamp) -> Value {
    Value::DateTime(DateTime {
        ticks: ticks(at, &TimeZone::system()),
        kind: DateKind::Local,
    })
}

/// A moment in UTC.
pub fn utc(at: Timestamp) -> Value {
    Value::DateTime(DateTime {
        ticks: ticks(at, &TimeZone::UTC),
        kind: DateKind::Utc,
    })
}

/// The moment of a date: one of no zone is taken as UTC, as Exchange does.
pub fn moment(date: DateTime) -> Option<Timestamp> {
    let micros = (date.ticks - EPOCH_TICKS) / 10;
    let at = Timestamp::from_microsecond(micros).ok()?;
    if date.kind != DateKind::Local {
        return Some(at);
    }
    let civil = TimeZone::UTC.to_datetime(at);
    TimeZone::system().to_timestamp(civil).ok()
}

/// The moment of a date that is in a zone where it says none.
pub fn moment_in(date: DateTime, zone: &TimeZone) -> Option<Timestamp> {
    if date.kind != DateKind::Unspecified {
        return moment(date);
    }
    let civil = TimeZone::UTC.to_datetime(moment(date)?);
    zone.to_timestamp(civil).ok()
}

/// A length of time.
pub fn span(length: Duration) -> Value {
    let ticks = i64::try_from(length.as_nanos() / 100).unwrap_or(i64::MAX);
    Value::TimeSpan(TimeSpan { ticks })
}

/// The same the other way; a negative time is none.
pub fn length(span: TimeSpan) -> Duration {
    Duration::from_nanos(u64::try_from(span.ticks).unwrap_or(0).saturating_mul(100))
}

/// A unique id.
pub fn guid(id: uuid::Uuid) -> Value {
    Value::native(Guid(id))
}

/// A list of texts.
pub fn texts<T: ToString>(items: &[T]) -> Value {
    Value::array(
        items
            .iter()
            .map(|item| Value::from(item.to_string()))
            .collect(),
    )
}

/// A number, or `Unlimited`.
pub fn unlimited(limit: Option<u32>) -> Value {
    limit.map_or_else(|| Value::str("Unlimited"), |n| Value::long(i64::from(n)))
}

/// A count.
pub fn count(n: u64) -> Value {
    Value::long(i64::try_from(n).unwrap_or(i64::MAX))
}

/// A number of users or rows.
pub fn few(n: u32) -> Value {
    i32::try_from(n).map_or_else(|_| Value::long(i64::from(n)), Value::int)
}

/// A small object inside a view: fields to look into, and a text of its own where it stands in a list or a string.
pub struct Record {
    type_name: &'static str,
    fields: Vec<(&'static str, Value)>,
    text: String,
}

impl Record {
    /// The value of a record.
    pub fn value(
        type_name: &'static str,
        text: String,
        fields: Vec<(&'static str, Value)>,
    ) -> Value {
        Value::native(Record {
            type_name,
            fields,
            text,
        })
    }
}

impl Native for Record {
    fn type_ref(&self) -> TypeRef {
        TypeRef::named(self.type_name)
    }

    fn property_names(&self) -> Vec<Rc<str>> {
        self.fields
            .iter()
            .map(|(name, _)| Rc::from(*name))
            .collect()
    }

    fn property(&self, name: &str) -> Option<Value> {
        self.fields
            .iter()
            .find(|(field, _)| field.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.clone())
    }

    fn text(&self) -> String {
        self.text.clone()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    #[test]
    fn a_moment_comes_back_as_it_was() {
        let at: Timestamp = "2026-03-29T01:30:00.5Z".parse().unwrap();
        for value in [local(at), utc(at)] {
            let Value::DateTime(date) = value else {
                panic!("no date")
            };
            assert_eq!(moment(date), Some(at));
        }
        let Value::DateTime(date) = utc(Timestamp::UNIX_EPOCH) else {
            panic!("no date")
        };
        assert_eq!(date.ticks, EPOCH_TICKS);
    }
}
