//! How long test orders are kept. They are of use for as long as somebody reads the report of a test.

use crate::{Timestamp, access::Mode};
use std::time::Duration;

/// How long a test order is kept, with its messages, the claim of its number, and its movements of play money.
pub const KEPT: Duration = Duration::from_hours(7 * 24);

/// When what began at this time is deleted; `None` for what is real, which other rules keep.
pub fn kept_until(mode: Mode, began: Timestamp) -> Option<Timestamp> {
    match mode {
        Mode::Live => None,
        Mode::Test => Some(began.plus(KEPT)),
    }
}
