//! The only source of the present moment.

use domain::Timestamp;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Tells the time. In builds for the local cloud (feature `local`) it adds the offset that tests write into
/// `$NAMASKAH_LOCAL_DIR/clock-offset` (whole seconds); release builds have no such code.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clock;

impl Clock {
    /// This moment.
    pub fn now(self) -> Timestamp {
        let millis = i64::try_from(since_1970().as_millis()).unwrap_or(i64::MAX);
        Timestamp::from_millis(millis.saturating_add(offset_millis()))
    }

    /// How long it is until this moment of Lambda's clock, which no test moves; nothing where it has passed.
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
