//! A token bucket: a rate of calls, with a burst. It is plain data, so that whoever keeps it decides where.

use crate::Timestamp;

/// Parts of a token, so that a slow rate is exact.
const WHOLE: u64 = 1000;

/// A bucket that gains `per_second` tokens each second and holds `burst` at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenBucket {
    per_second: u32,
    burst: u32,
    /// Thousandths of tokens.
    left: u64,
    at: Timestamp,
}

impl TokenBucket {
    /// A full bucket.
    pub const fn full(per_second: u32, burst: u32, now: Timestamp) -> Self {
        Self { per_second, burst, left: burst as u64 * WHOLE, at: now }
    }

    /// Takes a token; `false` if none is left. A clock that moves back adds nothing.
    pub fn take(&mut self, now: Timestamp) -> bool {
        // A token a second is a thousandth each millisecond.
        let elapsed = u64::try_from(now.millis().saturating_sub(self.at.millis())).unwrap_or(0);
        let gained = elapsed.saturating_mul(u64::from(self.per_second));
        self.at = now;
        self.left = self.left.saturating_add(gained).min(u64::from(self.burst) * WHOLE);
        let Some(rest) = self.left.checked_sub(WHOLE) else { return false };
        self.left = rest;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_and_then_the_rate() {
        let at = |ms: i64| Timestamp::from_millis(1_000_000 + ms);
        let mut bucket = TokenBucket::full(2, 3, at(0));
        let taken = |bucket: &mut TokenBucket, ms, times| (0..times).filter(|_| bucket.take(at(ms))).count();
        assert_eq!(taken(&mut bucket, 0, 10), 3);
        assert_eq!(taken(&mut bucket, 499, 10), 0);
        assert_eq!(taken(&mut bucket, 500, 10), 1, "half a second is one of two tokens");
        assert_eq!(taken(&mut bucket, 1_500, 10), 2);
        assert_eq!(taken(&mut bucket, 3_600_000, 10), 3, "no more than the burst is kept");
        assert_eq!(taken(&mut bucket, 0, 10), 0, "a clock that moves back adds nothing");
        assert_eq!(taken(&mut bucket, 1_000, 10), 2, "and goes on from there");
    }

    #[test]
    fn extreme_times_do_not_overflow() {
        let mut bucket = TokenBucket::full(u32::MAX, 1, Timestamp::from_millis(i64::MIN));
        assert!(bucket.take(Timestamp::from_millis(i64::MAX)));
        assert!(!bucket.take(Timestamp::from_millis(i64::MIN)));
    }
}
