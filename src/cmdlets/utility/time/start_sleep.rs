use std::time::{Duration, Instant};

use crate::cmdlet;
use crate::runtime::Run;
use crate::runtime::cmdlet::Cmdlet;
use crate::runtime::cx::Cx;
use crate::runtime::types::timespan::TimeSpan;

cmdlet! {
    /// Waits.
    pub struct StartSleep("Start", "Sleep").default_set("Seconds").aliases(&["sleep"]).module("Microsoft.PowerShell.Utility") {
        /// How many seconds; fractions are allowed.
        seconds: Option<f64> = param("Seconds").position(0).by_value().by_property_name().in_sets(&["Seconds"]).mandatory(),
        /// How many milliseconds.
        milliseconds: Option<i32> = param("Milliseconds").aliases(&["ms"]).by_property_name().in_sets(&["Milliseconds"]).mandatory(),
        /// How long, as a time span.
        duration: Option<TimeSpan> = param("Duration").aliases(&["ts"]).by_property_name().in_sets(&["FromTimeSpan"]).mandatory(),
    }
    example "Start-Sleep -Milliseconds 5" => "Waits for a moment.";
}

/// How often Ctrl-C is looked for.
const STEP: Duration = Duration::from_millis(50);

impl Cmdlet for StartSleep {
    type State = ();

    fn process(&self, _state: &mut (), cx: &mut Cx<'_>) -> Run<()> {
        let seconds = match (self.seconds, self.milliseconds, self.duration) {
            (Some(seconds), _, _) => seconds,
            (_, Some(milliseconds), _) => f64::from(milliseconds) / 1000.0,
            (_, _, Some(span)) => span.total_seconds(),
            _ => 0.0,
        };
        let whole = Duration::try_from_secs_f64(seconds.max(0.0)).unwrap_or(Duration::MAX);
        let begun = Instant::now();
        loop {
            cx.check_interrupt()?;
            let left = whole.saturating_sub(begun.elapsed());
            if left.is_zero() {
                return Ok(());
            }
            std::thread::sleep(left.min(STEP));
        }
    }
}
