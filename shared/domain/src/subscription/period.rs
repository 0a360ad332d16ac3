//! Periods of a subscription: months by the calendar, in UTC.

use crate::Timestamp;
use serde::{Deserialize, Serialize};
use std::time::Duration;
use time::{Date, Month, OffsetDateTime};

/// A paid month. All periods since a start are counted from it, so a start on the 31st ends on the last day of short
/// months, and on the 31st again after them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// When the first of these periods began.
    pub anchor: Timestamp,
    /// How many months after it this one ends; 1 for the first.
    pub months: u32,
    /// When this one begins.
    pub from: Timestamp,
    /// When this one ends, and the next one begins.
    pub until: Timestamp,
}

impl Period {
    /// The first period, which begins now.
    pub fn first(now: Timestamp) -> Self {
        Self { anchor: now, months: 1, from: now, until: months_after(now, 1) }
    }

    /// The period that follows.
    #[must_use]
    pub fn following(self) -> Self {
        let months = self.months.saturating_add(1);
        Self { anchor: self.anchor, months, from: self.until, until: months_after(self.anchor, months) }
    }

    /// Its length.
    pub fn length(self) -> Duration {
        self.until.since(self.from)
    }

    /// What is left of it.
    pub fn left(self, now: Timestamp) -> Duration {
        self.until.since(now.max(self.from))
    }
}

/// The same day and time, so many months later; the last day of the month where it has no such day.
pub fn months_after(at: Timestamp, months: u32) -> Timestamp {
    let last = Timestamp::from_millis(i64::MAX);
    let (year, month, day) = at.date();
    let months = u32::from(month) - 1 + months;
    let year = i32::try_from(u32::from(year) + months / 12).unwrap_or(i32::MAX);
    let month = u8::try_from(months % 12 + 1).ok().and_then(|month| Month::try_from(month).ok());
    let Some(month) = month.filter(|_| year <= 9999) else { return last };
    let Ok(date) = Date::from_calendar_date(year, month, day.min(month.length(year))) else { return last };
    let midnight = OffsetDateTime::new_utc(date, time::Time::MIDNIGHT).unix_timestamp() * 1000;
    Timestamp::from_millis(midnight + at.millis().rem_euclid(24 * 60 * 60 * 1000))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn periods_end_on_the_day_of_the_start_or_on_the_last_of_the_month() {
        for (start, ends) in [
            ("2026-01-31T10:00:00.001Z", ["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]),
            ("2027-12-30T23:59:59.999Z", ["2028-01-30", "2028-02-29", "2028-03-30", "2028-04-30"]),
            ("2028-02-29T00:00:00.000Z", ["2028-03-29", "2028-04-29", "2028-05-29", "2028-06-29"]),
            ("2026-11-30T12:00:00.000Z", ["2026-12-30", "2027-01-30", "2027-02-28", "2027-03-30"]),
            ("2026-12-31T23:59:59.999Z", ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]),
            ("2026-12-01T00:00:00.000Z", ["2027-01-01", "2027-02-01", "2027-03-01", "2027-04-01"]),
        ] {
            let mut period = Period::first(at(start));
            for end in ends {
                let expected = at(&format!("{end}{}", &start[10..]));
                assert_eq!(period.until, expected, "{start}");
                let next = period.following();
                assert_eq!(next.from, expected, "periods follow each other");
                period = next;
            }
        }
        assert_eq!(months_after(at("2028-02-29T01:02:03Z"), 12), at("2029-02-28T01:02:03Z"), "no leap year");
        assert_eq!(months_after(at("2028-02-29T01:02:03Z"), 48), at("2032-02-29T01:02:03Z"), "a leap year");
    }

    proptest! {
        #[test]
        fn a_period_is_between_28_and_31_days(millis in 0..200_000_000_000_000_i64, months in 0..600_u32) {
            let start = Timestamp::from_millis(millis);
            let mut period = Period::first(start);
            period.months = months.max(1);
            period.until = months_after(start, period.months);
            let next = period.following();
            let days = next.length().as_secs() / 86_400;
            prop_assert!((28..=31).contains(&days), "{next:?}");
            prop_assert_eq!(next.until.millis() % 86_400_000, start.millis() % 86_400_000);
            prop_assert!(next.until.date().2 <= start.date().2);
        }
    }
}
