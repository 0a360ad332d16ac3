//! Timestamps: UTC, in milliseconds, RFC 3339 in JSON and in storage.

use ::time::{OffsetDateTime, format_description::well_known::Rfc3339};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, str::FromStr, time::Duration};

/// A moment in milliseconds since 1970 UTC. Its string has a fixed width, so strings sort like
/// moments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// The string is not an RFC 3339 date and time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a time is written like 2026-11-21T10:00:00Z (RFC 3339)")]
pub struct NotATime;

/// 9999-12-31T23:59:59.999Z, the last moment that RFC 3339 can express.
const LAST_MILLIS: i64 = 253_402_300_799_999;
/// A UTC day in milliseconds. There are no leap seconds in this time.
const DAY_MILLIS: i64 = 24 * 60 * 60 * 1000;

impl Timestamp {
    /// Makes a timestamp from milliseconds since 1970. Values that RFC 3339 can't express (before
    /// 1970 or after the year 9999) are clamped.
    pub fn from_millis(millis: i64) -> Self {
        Self(millis.clamp(0, LAST_MILLIS))
    }

    /// Milliseconds since 1970.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Whole seconds since 1970, the unit of DynamoDB's TTL.
    pub const fn epoch_seconds(self) -> i64 {
        self.0 / 1000
    }

    /// The moment `span` later.
    #[must_use]
    pub fn plus(self, span: Duration) -> Self {
        Self::from_millis(self.0.saturating_add(i64::try_from(span.as_millis()).unwrap_or(i64::MAX)))
    }

    /// The moment `span` earlier.
    #[must_use]
    pub fn minus(self, span: Duration) -> Self {
        Self::from_millis(self.0.saturating_sub(i64::try_from(span.as_millis()).unwrap_or(i64::MAX)))
    }

    /// The time since `earlier`, or zero if this is not later.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(self.0.saturating_sub(earlier.0).max(0).unsigned_abs())
    }

    /// The beginning of a UTC day that is written like `2026-11-21`.
    pub fn of_day(day: &str) -> Result<Self, NotATime> {
        format!("{day}T00:00:00Z").parse()
    }

    /// The end of its UTC day, which is the beginning of the next one.
    #[must_use]
    pub fn end_of_day(self) -> Self {
        Self::from_millis(self.0.saturating_sub(self.0 % DAY_MILLIS).saturating_add(DAY_MILLIS))
    }

    /// The beginning of a UTC month that is written like `2026-11`.
    pub fn of_month(month: &str) -> Result<Self, NotATime> {
        Self::of_day(&format!("{month}-01"))
    }

    /// The beginning of its UTC month.
    #[must_use]
    pub fn start_of_month(self) -> Self {
        let (_, _, day) = self.date();
        let days = i64::from(day) - 1;
        Self::from_millis(self.0.saturating_sub(self.0 % DAY_MILLIS).saturating_sub(days * DAY_MILLIS))
    }

    /// The end of its UTC month, which is the beginning of the next one.
    #[must_use]
    pub fn end_of_month(self) -> Self {
        // 31 days later it is the next month, because a month has 28 to 31 days.
        Self::from_millis(self.start_of_month().0.saturating_add(31 * DAY_MILLIS)).start_of_month()
    }

    /// Year, month and day in UTC.
    pub fn date(self) -> (u16, u8, u8) {
        let at = OffsetDateTime::from_unix_timestamp(self.0 / 1000).unwrap_or(OffsetDateTime::UNIX_EPOCH);
        (at.year().unsigned_abs().try_into().unwrap_or(u16::MAX), at.month().into(), at.day())
    }

    /// The UTC day, such as `2026-11-21`.
    pub fn day(self) -> String {
        self.to_string()[..10].to_owned()
    }

    /// The UTC month, such as `2026-11`.
    pub fn month(self) -> String {
        self.to_string()[..7].to_owned()
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = OffsetDateTime::from_unix_timestamp(self.0 / 1000).map_err(|_| fmt::Error)?;
        write!(
            f,
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
            at.year(),
            u8::from(at.month()),
            at.day(),
            at.hour(),
            at.minute(),
            at.second(),
            self.0 % 1000
        )
    }
}

impl FromStr for Timestamp {
    type Err = NotATime;

    fn from_str(text: &str) -> Result<Self, NotATime> {
        // Not moved to UTC first: that panics for a moment whose UTC year is above 9999.
        let at = OffsetDateTime::parse(text, &Rfc3339).map_err(|_| NotATime)?;
        let millis = at.unix_timestamp_nanos() / 1_000_000;
        i64::try_from(millis).ok().filter(|m| (0..=LAST_MILLIS).contains(m)).map(Self).ok_or(NotATime)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        std::borrow::Cow::<'de, str>::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

impl utoipa::PartialSchema for Timestamp {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .format(Some(utoipa::openapi::SchemaFormat::KnownFormat(utoipa::openapi::KnownFormat::DateTime)))
            .examples(["2026-11-21T10:00:00.000Z"])
            .into()
    }
}

impl utoipa::ToSchema for Timestamp {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_any_precision_and_offset_are_read() {
        let at: Timestamp = "2026-11-21T10:00:00Z".parse().unwrap();
        assert_eq!("2026-11-21T12:00:00.000000001+02:00".parse(), Ok(at));
        assert_eq!(at.to_string(), "2026-11-21T10:00:00.000Z");
        assert_eq!(at.day(), "2026-11-21");
        assert_eq!(at.date(), (2026, 11, 21));
        assert_eq!(Timestamp::from_millis(LAST_MILLIS).date(), (9999, 12, 31));
        assert_eq!(Timestamp::of_day("2026-11-21").map(Timestamp::end_of_day), Ok(at.end_of_day()));
        assert_eq!(at.end_of_day().to_string(), "2026-11-22T00:00:00.000Z");
        assert_eq!(at.end_of_day().end_of_day().to_string(), "2026-11-23T00:00:00.000Z");
        assert_eq!("2026-11-21 10:00".parse::<Timestamp>(), Err(NotATime));
        assert_eq!("0001-01-01T00:00:00Z".parse::<Timestamp>(), Err(NotATime));
        for no_day in ["", "2026-11-31", "2026-11-21T10:00:00Z", "1969-12-31"] {
            assert_eq!(Timestamp::of_day(no_day), Err(NotATime), "{no_day}");
        }
        for beyond in ["9999-12-31T23:59:59-00:01", "9999-12-31T23:59:59-23:59", "0000-01-01T00:00:00+23:59"] {
            assert_eq!(beyond.parse::<Timestamp>(), Err(NotATime), "{beyond}");
        }
    }

    #[test]
    fn a_month_begins_and_ends_at_midnight_in_utc() {
        for (at, start, end) in [
            ("2026-11-30T23:59:59.999Z", "2026-11-01", "2026-12-01"),
            ("2026-12-31T23:59:59.999Z", "2026-12-01", "2027-01-01"),
            ("2027-01-01T00:00:00Z", "2027-01-01", "2027-02-01"),
            ("2027-02-28T12:00:00Z", "2027-02-01", "2027-03-01"),
            ("2028-02-29T23:59:59Z", "2028-02-01", "2028-03-01"),
            ("1970-01-01T00:00:00Z", "1970-01-01", "1970-02-01"),
        ] {
            let at: Timestamp = at.parse().unwrap();
            assert_eq!(Ok(at.start_of_month()), Timestamp::of_day(start), "{at}");
            assert_eq!(Ok(at.end_of_month()), Timestamp::of_day(end), "{at}");
            assert_eq!(at.month(), start[..7]);
            assert_eq!(Timestamp::of_month(&at.month()), Ok(at.start_of_month()));
        }
        assert_eq!(Timestamp::of_month("2026-13"), Err(NotATime));
    }

    proptest::proptest! {
        #[test]
        fn texts_sort_as_moments_do(a in 0..=LAST_MILLIS, b in 0..=LAST_MILLIS) {
            let (a, b) = (Timestamp::from_millis(a), Timestamp::from_millis(b));
            proptest::prop_assert_eq!(a.cmp(&b), a.to_string().cmp(&b.to_string()));
            proptest::prop_assert_eq!(a.to_string().parse(), Ok(a));
        }
    }
}
