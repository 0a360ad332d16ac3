//! The real time, to which each simulator adds its own offset.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Milliseconds since 1970.
#[expect(clippy::disallowed_methods, reason = "the simulators' own clock")]
pub fn real_ms() -> i64 {
    let real = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
    i64::try_from(real.as_millis()).unwrap_or(0)
}
