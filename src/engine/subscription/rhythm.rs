//! When a subscription is polled next, and what its last poll makes of it: pure.

use std::time::Duration;

use super::{SubscriptionDetail as Detail, SubscriptionStatus as Status};
use crate::transport::ErrorClass;

/// Bounds of the time between two polls (document of 2009: "between 15 minutes and one hour").
const BOUNDS: (Duration, Duration) = (Duration::from_secs(15 * 60), Duration::from_secs(60 * 60));

/// What follows from a poll.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Next {
    pub(super) status: Status,
    pub(super) detail: Detail,
    /// Until the next poll; `None` = not before somebody changes the subscription.
    pub(super) wait: Option<Duration>,
}

/// After a poll that went well. `chance` is 0 to 1: polls of many subscriptions spread by themselves over time.
pub(super) fn after_success(usual: Duration, chance: f64) -> Next {
    Next {
        status: Status::Succeeded,
        detail: Detail::None,
        wait: Some(spread(usual, chance)),
    }
}

/// After `attempts` polls in a row that failed (1 = the first).
pub(super) fn after_failure(
    class: ErrorClass,
    asked: Option<Duration>,
    attempts: u32,
    unit: Duration,
) -> Next {
    let doubled = unit
        .saturating_mul(1 << attempts.saturating_sub(1).min(20))
        .min(BOUNDS.1);
    let soon = asked.map_or(doubled, |asked| doubled.max(asked));
    let (detail, wait) = match class {
        // repeated wrong passwords lock accounts and ban addresses
        ErrorClass::Auth => (Detail::AuthenticationError, None),
        ErrorClass::Tls | ErrorClass::Config => (Detail::ConnectionError, Some(soon)),
        ErrorClass::Quota | ErrorClass::Storage => (Detail::MailboxError, Some(soon)),
        _ => (Detail::CommunicationError, Some(soon)),
    };
    Next {
        status: if wait.is_some() {
            Status::Delayed
        } else {
            Status::Disabled
        },
        detail,
        wait,
    }
}

/// A quarter more or less than usual, within the bounds unless the usual time itself is outside.
fn spread(usual: Duration, chance: f64) -> Duration {
    let spread = usual.mul_f64(0.75 + 0.5 * chance.clamp(0.0, 1.0));
    spread.clamp(BOUNDS.0.min(usual), BOUNDS.1.max(usual))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HALF_AN_HOUR: Duration = Duration::from_secs(30 * 60);
    const UNIT: Duration = Duration::from_secs(2);

    #[test]
    fn polls_spread_within_a_quarter_to_a_whole_hour() {
        let wait = |usual, chance| after_success(usual, chance).wait;
        assert_eq!(wait(HALF_AN_HOUR, 0.0), Some(Duration::from_secs(1350)));
        assert_eq!(wait(HALF_AN_HOUR, 0.5), Some(HALF_AN_HOUR));
        assert_eq!(wait(HALF_AN_HOUR, 1.0), Some(Duration::from_secs(2250)));
        assert_eq!(
            wait(Duration::from_secs(3600), 1.0),
            Some(Duration::from_secs(3600))
        );
        assert_eq!(
            wait(Duration::from_secs(900), 0.0),
            Some(Duration::from_secs(900))
        );
        assert_eq!(
            wait(Duration::from_millis(10), 0.0),
            Some(Duration::from_millis(10))
        );
    }

    #[test]
    fn failures_back_off_and_a_wrong_password_waits_for_a_person() {
        let next = |class, asked: Option<u64>, attempts| {
            let asked = asked.map(Duration::from_secs);
            let next = after_failure(class, asked, attempts, UNIT);
            (next.status, next.wait.map(|wait| wait.as_secs()))
        };
        assert_eq!(next(ErrorClass::Auth, None, 1), (Status::Disabled, None));
        assert_eq!(next(ErrorClass::Tls, None, 1), (Status::Delayed, Some(2)));
        assert_eq!(
            next(ErrorClass::Transport, None, 1),
            (Status::Delayed, Some(2))
        );
        assert_eq!(
            next(ErrorClass::Transport, None, 4),
            (Status::Delayed, Some(16))
        );
        assert_eq!(
            next(ErrorClass::Transport, None, 99),
            (Status::Delayed, Some(3600))
        );
        assert_eq!(
            next(ErrorClass::Throttle, Some(900), 1),
            (Status::Delayed, Some(900))
        );
        assert_eq!(next(ErrorClass::Quota, None, 1), (Status::Delayed, Some(2)));
    }
}
