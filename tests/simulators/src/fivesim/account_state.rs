//! The state of an account besides its orders: the rating, its price caps, its payments. Pure: time
//! is an argument.

use super::order::{price, rfc3339};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The best and initial rating, in hundredths of a point.
const BEST: i64 = 9_600;
/// How long an account can't buy after its rating reached zero.
const BLOCKED_MS: i64 = 24 * 60 * 60 * 1000;

/// An event that changes a rating.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    ToppedUp,
    Finished,
    FinishedByItself,
    Canceled,
    Banned,
    TimedOut,
}

impl Event {
    const fn hundredths(self) -> i64 {
        match self {
            Self::ToppedUp => 800,
            Self::Finished => 50,
            Self::FinishedByItself => 40,
            Self::Canceled | Self::Banned => -10,
            Self::TimedOut => -15,
        }
    }
}

/// The state of one account.
#[derive(Clone, Debug)]
pub struct AccountState {
    rating: i64,
    blocked_until: Option<i64>,
    /// By product: the id and time of the cap, and the cap in hundredths.
    caps: BTreeMap<String, (u64, i64, i64)>,
    last_cap: u64,
    /// Top-ups: time, amount, and the balance after it.
    payments: Vec<(i64, i64, i64)>,
}

impl Default for AccountState {
    fn default() -> Self {
        Self { rating: BEST, blocked_until: None, caps: BTreeMap::new(), last_cap: 0, payments: Vec::new() }
    }
}

impl AccountState {
    /// Changes the rating. At zero the account is blocked for a day.
    pub fn note(&mut self, event: Event, now: i64) {
        self.set_rating(self.rating + event.hundredths(), now);
    }

    pub fn set_rating(&mut self, hundredths: i64, now: i64) {
        self.rating = hundredths.clamp(0, BEST);
        self.blocked_until = (self.rating == 0).then(|| self.blocked_until.unwrap_or(now + BLOCKED_MS));
    }

    /// Whether the account may buy. After a blocked day the rating is the best again.
    pub fn may_buy(&mut self, now: i64) -> bool {
        if self.blocked_until.is_some_and(|until| now >= until) {
            *self = Self { rating: BEST, blocked_until: None, ..std::mem::take(self) };
        }
        self.blocked_until.is_none()
    }

    pub fn rating(&self) -> Value {
        price(self.rating)
    }

    pub fn cap(&self, product: &str) -> Option<i64> {
        self.caps.get(product).map(|(_, _, cents)| *cents)
    }

    pub fn set_cap(&mut self, product: &str, cents: i64, now: i64) {
        self.last_cap += 1;
        self.caps.insert(product.to_owned(), (self.last_cap, now, cents));
    }

    /// Removes a cap; returns whether there was one.
    pub fn remove_cap(&mut self, product: &str) -> bool {
        self.caps.remove(product).is_some()
    }

    pub fn caps(&self) -> Value {
        let row = |(product, (id, at, cents)): (&String, &(u64, i64, i64))| json!({ "id": id, "product": product, "price": price(*cents), "created_at": rfc3339(*at) });
        self.caps.iter().map(row).collect::<Vec<_>>().into()
    }

    pub fn pay_in(&mut self, cents: i64, balance: i64, now: i64) {
        self.payments.push((now, cents, balance));
    }

    /// Payments, newest first.
    pub fn payments(&self) -> Vec<Value> {
        let row = |(number, (at, cents, balance)): (usize, &(i64, i64, i64))| {
            json!({
                "ID": number + 1, "TypeName": "charge", "ProviderName": "admin", "Amount": price(*cents), "Balance": price(*balance),
                "CreatedAt": rfc3339(*at),
            })
        };
        self.payments.iter().enumerate().map(row).rev().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rating_of_zero_blocks_for_a_day() {
        let mut state = AccountState::default();
        state.note(Event::Finished, 0);
        assert_eq!(state.rating(), json!(96), "96 is the maximum");
        state.set_rating(20, 0);
        state.note(Event::Canceled, 0);
        assert!(state.may_buy(0));
        state.note(Event::TimedOut, 1_000);
        assert_eq!(state.rating(), json!(0));
        assert!(!state.may_buy(BLOCKED_MS));
        assert!(state.may_buy(BLOCKED_MS + 1_000));
        assert_eq!(state.rating(), json!(96));
    }
}
