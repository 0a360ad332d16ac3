//! The only source of the current time.

use domain::Timestamp;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The clock. With the feature `local` it adds the offset that tests write to
/// `$NAMASKAH_LOCAL_DIR/clock-offset` (whole seconds). Release builds do not contain this code.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clock;

impl Clock {
    /// The current time.
    pub fn now(self) -> Timestamp {
        let millis = i64::try_from(since_1970().as_millis()).unwrap_or(i64::MAX);
        Timestamp::from_millis(millis.saturating_add(offset_millis()))
    }

    /// The time left until a moment of Lambda's clock, which tests can't change; zero if it has passed.
    pub fn left_until(epoch_millis: u64) -> Duration {
        Duration::from_millis(epoch_millis).saturating_sub(since_1970())
    }
}

fn since_1970() -> Duration {
    #[expect(clippy::disallowed_methods, reason = "the clock itself")]
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

#[cfg(not(feature = "local"))]
const fn offset_millis() -> i64 {
    0
}

#[cfg(feature = "local")]
fn offset_millis() -> i64 {
    let Ok(dir) = std::env::var("NAMASKAH_LOCAL_DIR") else { return 0 };
    let text = std::fs::read_to_string(std::path::Path::new(&dir).join("clock-offset")).unwrap_or_default();
    text.trim().parse::<i64>().unwrap_or(0).saturating_mul(1000)
}
