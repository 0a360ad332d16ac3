//! Our account at the supplier, with 5SIM's rating.

use namaskah_domain::Rating;

const MOST: i64 = 9_600;
/// At zero nothing is sold for a day.
const BLOCKED_MINUTES: i64 = 24 * 60;

/// How an order ends at the supplier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Code,
    TimedOut,
    Cancelled,
    Reported,
}

/// The account, with its rating in hundredths of a point.
pub struct Account {
    rating: i64,
    pub lowest: i64,
    blocked_until: i64,
}

impl Account {
    pub const fn new() -> Self {
        Self { rating: MOST, lowest: MOST, blocked_until: 0 }
    }

    pub fn shown(&self) -> Rating {
        Rating::from_hundredths(u32::try_from(self.rating).unwrap())
    }

    pub const fn sells(&self, minute: i64) -> bool {
        minute >= self.blocked_until
    }

    pub fn ended(&mut self, end: End, minute: i64) {
        let change = match end {
            End::Code => 40,
            End::TimedOut => -15,
            End::Cancelled | End::Reported => -10,
        };
        if !self.sells(minute) {
            return;
        }
        self.rating = (self.rating + change).clamp(0, MOST);
        self.lowest = self.lowest.min(self.rating);
        if self.rating == 0 {
            (self.rating, self.blocked_until) = (MOST, minute + BLOCKED_MINUTES);
        }
    }
}
