//! Lists: which page and which time a request asks for, and the `meta` of an answer.

use super::answer::Refusal;
use axum::extract::Query;
use serde_json::{Value, json};
use std::collections::HashMap;
use time::{
    Date, OffsetDateTime, Time, format_description::well_known::Iso8601, format_description::well_known::Rfc3339,
};

/// The parameters of a query.
pub type Asked = Query<HashMap<String, String>>;

/// What a list of any kind can be asked for.
pub struct Listing {
    per_page: usize,
    page: usize,
    from_ms: i64,
    to_ms: i64,
}

impl Listing {
    /// Reads the common parameters. Paystack's API description says `per_page` for transactions, its guide `perPage`.
    pub fn read(asked: &HashMap<String, String>) -> Result<Self, Refusal> {
        if asked.contains_key("use_cursor") {
            return Err(Refusal::Invalid("The simulator does not know use_cursor".to_owned()));
        }
        let per_page = count(asked, "perPage")?.or(count(asked, "per_page")?);
        Ok(Self {
            per_page: per_page.unwrap_or(50),
            page: count(asked, "page")?.unwrap_or(1),
            from_ms: instant(asked, "from")?.unwrap_or(i64::MIN),
            to_ms: instant(asked, "to")?.unwrap_or(i64::MAX),
        })
    }

    /// Whether something that was made at this time is asked for.
    pub const fn includes(&self, created_ms: i64) -> bool {
        created_ms >= self.from_ms && created_ms <= self.to_ms
    }

    /// The page of these objects, newest first, and the `meta` of the answer.
    pub fn page<T>(&self, oldest_first: Vec<T>) -> (Vec<T>, Value) {
        let (total, skipped) = (oldest_first.len(), (self.page - 1).saturating_mul(self.per_page));
        let page = oldest_first.into_iter().rev().skip(skipped).take(self.per_page).collect();
        let meta = json!({
            "total": total, "skipped": skipped, "perPage": self.per_page, "page": self.page,
            "pageCount": total.div_ceil(self.per_page),
        });
        (page, meta)
    }
}

/// A whole number of the query.
pub fn number(asked: &HashMap<String, String>, name: &str) -> Result<Option<i64>, Refusal> {
    asked.get(name).map(|text| text.parse().map_err(|_| invalid(name))).transpose()
}

fn count(asked: &HashMap<String, String>, name: &str) -> Result<Option<usize>, Refusal> {
    let read = |text: &String| text.parse().ok().filter(|count| *count > 0).ok_or_else(|| invalid(name));
    asked.get(name).map(read).transpose()
}

/// A time of the query, or the begin of a day.
fn instant(asked: &HashMap<String, String>, name: &str) -> Result<Option<i64>, Refusal> {
    let read = |text: &String| {
        let time = OffsetDateTime::parse(text, &Rfc3339);
        let day = || Date::parse(text, &Iso8601::DATE).map(|date| date.with_time(Time::MIDNIGHT).assume_utc());
        let at = time.or_else(|_| day()).map_err(|_| invalid(name))?;
        i64::try_from(at.unix_timestamp_nanos() / 1_000_000).map_err(|_| invalid(name))
    };
    asked.get(name).map(read).transpose()
}

fn invalid(name: &str) -> Refusal {
    Refusal::Invalid(format!("Invalid value of {name}"))
}
