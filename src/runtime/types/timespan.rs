//! `System.TimeSpan`.

/// A length of time in ticks of 100 ns, negative when it goes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct TimeSpan {
    /// Ticks of 100 ns.
    pub ticks: i64,
}
