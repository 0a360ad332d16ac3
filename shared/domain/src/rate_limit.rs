//! How many calls a caller may make: a sliding window of one minute over per-minute counters.

use crate::Timestamp;

/// The window's length in milliseconds.
pub const WINDOW_MILLIS: i64 = 60_000;

/// Requests a minute for a network address without a key.
pub const ANONYMOUS_REQUESTS_PER_MINUTE: u32 = 60;

/// How often a caller called in this minute (the present call included) and in the one before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WindowCounts {
    /// In the minute that runs.
    pub current: u32,
    /// In the minute before.
    pub previous: u32,
}

/// What a caller is told of a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// The quota for a window.
    pub limit: u32,
    /// What is left of it.
    pub remaining: u32,
    /// Seconds until the running minute ends.
    pub reset_seconds: u32,
    /// Whether the present call may go on.
    pub allowed: bool,
}

/// The number of the minute that `at` is in.
pub fn minute_of(at: Timestamp) -> i64 {
    at.millis() / WINDOW_MILLIS
}

/// Judges a call: the running minute in full, the one before by the share of it that the sliding window still covers.
pub fn judge(counts: WindowCounts, limit: u32, at: Timestamp) -> Allowance {
    let elapsed = u64::try_from(at.millis() % WINDOW_MILLIS).unwrap_or(0);
    let window = WINDOW_MILLIS.unsigned_abs();
    let carried = u64::from(counts.previous) * (window - elapsed) / window;
    let used = u32::try_from(carried + u64::from(counts.current)).unwrap_or(u32::MAX);
    let reset_seconds = u32::try_from((window - elapsed).div_ceil(1000)).unwrap_or(60);
    Allowance { limit, remaining: limit.saturating_sub(used), reset_seconds, allowed: used <= limit }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_slides() {
        let at = |ms: i64| Timestamp::from_millis(600_000 + ms);
        let counts = |current, previous| WindowCounts { current, previous };
        assert!(judge(counts(100, 0), 100, at(0)).allowed);
        assert!(!judge(counts(101, 0), 100, at(59_999)).allowed);
        // A full minute before weighs in full at first, by half after 30 s, hardly at the end.
        assert!(!judge(counts(1, 100), 100, at(0)).allowed);
        assert!(judge(counts(50, 100), 100, at(30_000)).allowed);
        assert!(!judge(counts(51, 100), 100, at(30_000)).allowed);
        assert!(judge(counts(99, 100), 100, at(59_900)).allowed);
        assert_eq!(judge(counts(40, 100), 100, at(30_000)).remaining, 10);
        assert_eq!(judge(counts(1, 0), 100, at(58_500)).reset_seconds, 2);
    }
}
