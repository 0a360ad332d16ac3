//! The life of an order at 5SIM: PENDING → RECEIVED → FINISHED, CANCELED, BANNED or TIMEOUT. Pure:
//! time is an argument.

use serde_json::{Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// Lifetime of an activation: 15 minutes.
pub const LIFETIME_MS: i64 = 15 * 60 * 1000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Pending,
    Received,
    Canceled,
    Timeout,
    Finished,
    Banned,
}

impl Status {
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "PENDING",
            Self::Received => "RECEIVED",
            Self::Canceled => "CANCELED",
            Self::Timeout => "TIMEOUT",
            Self::Finished => "FINISHED",
            Self::Banned => "BANNED",
        }
    }
}

#[derive(Clone, Debug)]
pub struct Sms {
    pub at: i64,
    pub sender: String,
    pub text: String,
    pub code: String,
}

#[derive(Clone, Debug)]
pub struct Order {
    pub id: u64,
    pub token: String,
    pub country: String,
    pub operator: String,
    pub product: String,
    pub phone: String,
    pub cents: i64,
    pub status: Status,
    pub created_at: i64,
    pub sms: Vec<Sms>,
    /// Messages that have not arrived yet.
    pub coming: Vec<Sms>,
    /// When it turns from PENDING to RECEIVED.
    pub ready_at: i64,
    /// Cancels are refused before this.
    pub cancel_from: i64,
    /// The code that the default scenario sends, for tests to compare.
    pub expected_code: String,
    /// Whether an empty list of messages is written as `null` instead of `[]`.
    pub null_sms: bool,
    pub lifetime_ms: i64,
    /// Whether the number is rented for hours instead of sold for one activation.
    pub is_hosting: bool,
}

impl Order {
    pub const fn is_open(&self) -> bool {
        matches!(self.status, Status::Pending | Status::Received)
    }

    pub const fn expires_at(&self) -> i64 {
        self.created_at + self.lifetime_ms
    }

    /// Advances the order to `now`: messages arrive, the number becomes ready, the order ends.
    /// Returns whether its price is refunded.
    pub fn tick(&mut self, now: i64) -> bool {
        if !self.is_open() {
            return false;
        }
        let until = now.min(self.expires_at());
        let (due, coming): (Vec<_>, Vec<_>) = self.coming.drain(..).partition(|sms| sms.at <= until);
        self.coming = coming;
        self.sms.extend(due);
        if self.status == Status::Pending && now >= self.ready_at {
            self.status = Status::Received;
        }
        if now < self.expires_at() {
            return false;
        }
        self.status = if self.sms.is_empty() && !self.is_hosting { Status::Timeout } else { Status::Finished };
        self.status == Status::Timeout
    }

    /// The order as 5SIM writes it.
    pub fn json(&self) -> Value {
        let sms: Vec<_> = self.sms.iter().map(Sms::json).collect();
        let sms = if sms.is_empty() && self.null_sms { Value::Null } else { sms.into() };
        let mut shown = json!({
            "id": self.id, "phone": self.phone, "operator": self.operator, "product": self.product,
            "price": price(self.cents), "status": self.status.as_str(), "expires": rfc3339(self.expires_at()), "sms": sms,
            "created_at": rfc3339(self.created_at), "forwarding": false, "forwarding_number": "", "country": self.country,
        });
        if let Some(fields) = shown.as_object_mut().filter(|_| self.is_hosting) {
            fields.retain(|name, _| name != "operator" && name != "country");
        }
        shown
    }
}

impl Sms {
    pub fn json(&self) -> Value {
        json!({
            "created_at": rfc3339(self.at), "date": rfc3339(self.at), "sender": self.sender, "text": self.text, "code": self.code,
        })
    }
}

/// Converts hundredths to the JSON number that 5SIM writes: `12.5`, `7`.
pub fn price(cents: i64) -> Value {
    if cents % 100 == 0 {
        return json!(cents / 100);
    }
    let text = format!("{}.{:02}", cents / 100, cents % 100);
    serde_json::from_str(text.trim_end_matches('0')).unwrap_or(Value::Null)
}

/// RFC 3339 with nine fractional digits, as 5SIM writes it.
pub fn rfc3339(millis: i64) -> String {
    let at = OffsetDateTime::from_unix_timestamp(millis.div_euclid(1000)).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let text = at.format(&Rfc3339).unwrap_or_default();
    format!("{}.{:09}Z", text.trim_end_matches('Z'), millis.rem_euclid(1000) * 1_000_000)
}
