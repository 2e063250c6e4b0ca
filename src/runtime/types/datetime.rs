//! `System.DateTime`.

/// Whether a date is of this place, of the world, or of neither.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum DateKind {
    Unspecified,
    Utc,
    Local,
}

/// A date and time of day.
#[derive(Clone, Copy, Debug)]
pub struct DateTime {
    /// Ticks of 100 ns since 0001-01-01T00:00:00 in the proleptic Gregorian calendar.
    pub ticks: i64,
    /// Whose clock it shows.
    pub kind: DateKind,
}

impl PartialEq for DateTime {
    /// As .NET does: the kind is of no account.
    fn eq(&self, other: &DateTime) -> bool {
        self.ticks == other.ticks
    }
}

impl Eq for DateTime {}
