use crate::cmdlet;
use crate::param_enum;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::param::Validate;
use crate::runtime::types::datetime::{DateKind, DateTime, Parts};
use crate::runtime::{Run, Value, members};

use super::uformat;

param_enum! {
    /// Which part of a date is shown.
    pub enum Hint = "Microsoft.PowerShell.Commands.DisplayHintType" { Date, Time, DateTime }
}

cmdlet! {
    /// Gives the current date and time, or another.
    pub struct GetDate("Get", "Date").default_set("net").module("Microsoft.PowerShell.Utility") {
        /// The date; now when none is given.
        date: Option<DateTime> = param("Date").position(0).aliases(&["LastWriteTime"]).by_value().by_property_name(),
        /// The date as seconds since 1970.
        unix_seconds: Option<i64> = param("UnixTimeSeconds").aliases(&["UnixTime"]),
        /// The year, 1 to 9999.
        year: Option<i32> = param("Year").validate(Validate::Range(1, 9999)),
        /// The month, 1 to 12.
        month: Option<i32> = param("Month").validate(Validate::Range(1, 12)),
        /// The day, 1 to 31.
        day: Option<i32> = param("Day").validate(Validate::Range(1, 31)),
        /// The hour, 0 to 23.
        hour: Option<i32> = param("Hour").validate(Validate::Range(0, 23)),
        /// The minute, 0 to 59.
        minute: Option<i32> = param("Minute").validate(Validate::Range(0, 59)),
        /// The second, 0 to 59.
        second: Option<i32> = param("Second").validate(Validate::Range(0, 59)),
        /// The millisecond, 0 to 999.
        millisecond: Option<i32> = param("Millisecond").validate(Validate::Range(0, 999)),
        /// Which part is shown.
        display_hint: Option<Hint> = param("DisplayHint"),
        /// Gives a text in the form of Unix, for example %Y-%m-%d.
        u_format: Option<String> = param("UFormat").in_sets(&["UFormat"]),
        /// Gives a text in the form of .NET, for example yyyy-MM-dd.
        format: Option<String> = param("Format").in_sets(&["net"]),
        /// Gives the time in UTC.
        as_utc: bool = param("AsUTC"),
    }
    example "Get-Date '2017-12-04 20:05:09' -Format 'yyyy-MM-ddTHH:mm:ss'" => "Gives a date in a form of one's own.";
    example "(Get-Date).AddDays(-7) -lt (Get-Date)" => "Calculates with dates.";
}

impl Cmdlet for GetDate {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let start = match (self.date, self.unix_seconds) {
            (Some(date), _) => date,
            (None, Some(seconds)) => DateTime::of_unix_seconds(seconds)
                .ok_or_else(no_date)?
                .to_local(),
            (None, None) => DateTime::now(),
        };
        let mut date = self.changed(start).ok_or_else(no_date)?;
        if self.as_utc {
            date = date.to_utc();
        }
        if let Some(format) = &self.u_format {
            return cx.write(uformat::format(date, format));
        }
        if let Some(format) = &self.format {
            let unix = [
                "FileDate",
                "FileDateUniversal",
                "FileDateTime",
                "FileDateTimeUniversal",
            ];
            let (date, format) = match unix
                .iter()
                .position(|name| name.eq_ignore_ascii_case(format))
            {
                Some(0) => (date, "yyyyMMdd"),
                Some(1) => (date.to_utc(), "yyyyMMddZ"),
                Some(2) => (date, "yyyyMMddTHHmmssffff"),
                Some(3) => (date.to_utc(), "yyyyMMddTHHmmssffffZ"),
                _ => (date, format.as_str()),
            };
            let text = members::format_value(&Value::DateTime(date), format).map_err(bad_format)?;
            return cx.write(text);
        }
        match self.display_hint {
            Some(hint) if hint != Hint::DateTime => {
                let format = if hint == Hint::Date { "D" } else { "T" };
                let text =
                    members::format_value(&Value::DateTime(date), format).map_err(bad_format)?;
                let hinted =
                    crate::cmdlets::utility::object::members::extended(&Value::DateTime(date));
                if let Value::Object(object) = &hinted {
                    object.set_note("DisplayHint", Value::str(hint.word()));
                    object.set_note("DateTime", Value::str(text));
                }
                cx.write(hinted)
            }
            _ => cx.write(Value::DateTime(date)),
        }
    }
}

impl GetDate {
    /// The date with the parts that were given.
    fn changed(&self, date: DateTime) -> Option<DateTime> {
        let given = [
            self.year,
            self.month,
            self.day,
            self.hour,
            self.minute,
            self.second,
            self.millisecond,
        ];
        if given.iter().all(Option::is_none) {
            return Some(date);
        }
        let own = date.parts();
        let or = |given: Option<i32>, own: i64| given.map_or(own, i64::from);
        let parts = Parts {
            year: or(self.year, own.year),
            month: or(self.month, own.month),
            day: or(self.day, own.day),
            hour: or(self.hour, own.hour),
            minute: or(self.minute, own.minute),
            second: or(self.second, own.second),
            ..own
        };
        let whole = DateTime::of_parts(parts, date.kind)?;
        let Some(millisecond) = self.millisecond else {
            return Some(whole);
        };
        let second = whole.ticks - whole.ticks.rem_euclid(10_000_000);
        DateTime::new(second + i64::from(millisecond) * 10_000, whole.kind)
    }
}

fn no_date() -> ErrorRecord {
    let _ = DateKind::Utc;
    ErrorRecord::new(
        "System.ArgumentOutOfRangeException",
        "ArgumentOutOfRange",
        ErrorCategory::InvalidArgument,
        "Year, month and day name no date: there is no such day.",
    )
}

fn bad_format(message: String) -> ErrorRecord {
    ErrorRecord::new(
        "System.FormatException",
        "FormatException",
        ErrorCategory::NotSpecified,
        message,
    )
}
