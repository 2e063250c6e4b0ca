use crate::cmdlet;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::error::{ErrorCategory, ErrorRecord};
use crate::runtime::types::datetime::DateTime;
use crate::runtime::types::timespan::TimeSpan;
use crate::runtime::{Run, Value};

cmdlet! {
    /// Gives a length of time: between two dates, or of so many days, hours, minutes and seconds.
    pub struct NewTimeSpan("New", "TimeSpan").default_set("Date").module("Microsoft.PowerShell.Utility") {
        /// The beginning; now when none is given.
        start: Option<DateTime> = param("Start").position(0).aliases(&["LastWriteTime"]).by_value().by_property_name().in_sets(&["Date"]),
        /// The end; now when none is given.
        end: Option<DateTime> = param("End").position(1).by_property_name().in_sets(&["Date"]),
        /// Days.
        days: Option<i32> = param("Days").in_sets(&["Time"]),
        /// Hours.
        hours: Option<i32> = param("Hours").in_sets(&["Time"]),
        /// Minutes.
        minutes: Option<i32> = param("Minutes").in_sets(&["Time"]),
        /// Seconds.
        seconds: Option<i32> = param("Seconds").in_sets(&["Time"]),
        /// Milliseconds.
        milliseconds: Option<i32> = param("Milliseconds").in_sets(&["Time"]),
    }
    example "(New-TimeSpan -Start '2017-12-04' -End '2017-12-05 12:00').TotalHours" => "Gives the hours between two dates.";
    example "New-TimeSpan -Minutes 90 | Format-Table Hours,Minutes" => "Gives one and a half hours.";
}

impl Cmdlet for NewTimeSpan {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let ticks = match cx.parameter_set() {
            "Time" => {
                let parts = [
                    (self.days, 864_000_000_000),
                    (self.hours, 36_000_000_000),
                    (self.minutes, 600_000_000),
                    (self.seconds, 10_000_000),
                    (self.milliseconds, 10_000),
                ];
                parts.iter().try_fold(0_i64, |sum, (count, ticks)| {
                    sum.checked_add(i64::from(count.unwrap_or(0)).checked_mul(*ticks)?)
                })
            }
            _ => {
                let now = DateTime::now();
                self.end
                    .unwrap_or(now)
                    .ticks
                    .checked_sub(self.start.unwrap_or(now).ticks)
            }
        };
        match ticks {
            Some(ticks) => cx.write(Value::TimeSpan(TimeSpan { ticks })),
            None => Err(ErrorRecord::new(
                "System.OverflowException",
                "Overflow",
                ErrorCategory::InvalidArgument,
                "TimeSpan overflowed because the duration is too long.",
            )
            .into()),
        }
    }
}
