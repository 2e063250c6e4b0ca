//! Whether a wire is so slow that compressing gains.

use tokio::time::Duration;

/// Below so many bytes in a second of waiting a wire is slow: folding and unfolding are several times as fast as this, and a
/// faster wire would mostly wait for the server's processor.
const SLOW: u64 = 2 * 1024 * 1024;
/// A judgement needs so much waiting …
const LONG: Duration = Duration::from_secs(2);
/// … and so many bytes: a wait for an answer says nothing of the wire.
const MANY: u64 = 512 * 1024;

/// Bytes that went over a wire, and how long they were waited for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Pace {
    bytes: u64,
    waited: Duration,
}

impl Pace {
    /// Counts some bytes and the wait for them.
    pub(super) fn add(&mut self, bytes: u64, waited: Duration) {
        self.bytes += bytes;
        self.waited += waited;
        // what was long ago says little: halve both, so that the newest counts most
        if self.waited > 4 * LONG {
            self.bytes /= 2;
            self.waited /= 2;
        }
    }

    /// Whether the wire is slow, as far as can be told.
    pub(super) fn is_slow(&self) -> bool {
        let second = self.waited.as_secs_f64();
        self.waited >= LONG && self.bytes >= MANY && (self.bytes as f64) < SLOW as f64 * second
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_much_waiting_for_many_bytes_is_slow() {
        let pace = |steps: u32, bytes: u64, milliseconds: u64| {
            let mut pace = Pace::default();
            for _ in 0..steps {
                pace.add(bytes, Duration::from_millis(milliseconds));
            }
            pace.is_slow()
        };
        assert!(pace(30, 64 * 1024, 100), "640 KiB/s");
        assert!(pace(3000, 64 * 1024, 100), "640 KiB/s for minutes");
        assert!(!pace(19, 64 * 1024, 100), "not long enough");
        assert!(!pace(100, 100, 100), "answers to small commands");
        assert!(!pace(1000, 64 * 1024, 5), "13 MB/s");
    }
}
