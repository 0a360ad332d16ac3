//! The API key of a caller: what it may buy.

use super::{ApiKey, KeyLimits};
use crate::{ApiKeyId, Credits, ServiceName, Timestamp, ledger::Usage};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The API key of a caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsedKey {
    /// The key.
    pub id: ApiKeyId,
    /// The first key of its family.
    pub family: ApiKeyId,
    /// Its limits.
    pub limits: KeyLimits,
    /// Whether it is stopped: it reads, but buys nothing.
    pub is_stopped: bool,
}

/// The API key that bought an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderKey {
    /// The first key of its family, so that the orders of a replaced key count for its successor.
    pub family: ApiKeyId,
    /// Whether ends of its orders are counted.
    pub counts_failures: bool,
}

/// Why a key may not buy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum KeyRefuses {
    /// It is stopped.
    #[error("the key is stopped")]
    Stopped,
    /// It is for other services.
    #[error("the key is for other services")]
    Service,
    /// The price is above what is left of its cap of the day.
    #[error("{left} of the key's daily cap is left until {until}")]
    DailyCap {
        /// What is left.
        left: Credits,
        /// The end of the day.
        until: Timestamp,
    },
}

impl From<&ApiKey> for UsedKey {
    fn from(key: &ApiKey) -> Self {
        Self {
            id: key.key_id.clone(),
            family: key.family().clone(),
            limits: key.limits.clone(),
            is_stopped: key.stopped_at.is_some(),
        }
    }
}

impl UsedKey {
    /// Checks whether it may buy this service.
    pub fn may_buy(&self, service: &ServiceName) -> Result<(), KeyRefuses> {
        if self.is_stopped {
            return Err(KeyRefuses::Stopped);
        }
        let services = &self.limits.services;
        if services.is_empty() || services.contains(service) { Ok(()) } else { Err(KeyRefuses::Service) }
    }

    /// Checks whether this price is within the cap of the day. The counters must be those of the wallet that pays.
    pub fn may_spend(&self, price: Credits, usage: &Usage, now: Timestamp) -> Result<(), KeyRefuses> {
        let Some(cap) = self.limits.daily_spend_cap else { return Ok(()) };
        let left = cap.counted_down(usage.spent_by_key(&self.family, now));
        if price <= left { Ok(()) } else { Err(KeyRefuses::DailyCap { left, until: now.end_of_day() }) }
    }

    /// What an order remembers of it.
    pub fn of_order(&self) -> OrderKey {
        OrderKey { family: self.family.clone(), counts_failures: self.limits.stop_after_failures.is_some() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Actor, OrderId,
        ledger::{Cause, EntryKind, Movement, Settlement, Wallet},
        policy::RefundRule,
    };
    use std::time::Duration;

    fn now() -> Timestamp {
        "2026-11-21T23:30:00Z".parse().unwrap()
    }

    fn key(limits: KeyLimits) -> UsedKey {
        let id = ApiKeyId::new(now(), 1);
        UsedKey { id: ApiKeyId::new(now(), 2), family: id, limits, is_stopped: false }
    }

    fn capped(cap: i64) -> UsedKey {
        key(KeyLimits { daily_spend_cap: Some(Credits::from_units(cap)), ..KeyLimits::default() })
    }

    fn movement(kind: EntryKind, key: &UsedKey, units: i64) -> Movement {
        let cause = Cause::Verification { verification_id: OrderId::new(now(), 1) };
        let movement = Movement::new(kind, Credits::from_units(units), cause, Actor::system("test"));
        Movement { key: Some(key.family.clone()), ..movement }
    }

    fn held(wallet: &Wallet, key: &UsedKey, units: i64, at: Timestamp) -> Wallet {
        wallet.post(&movement(EntryKind::Hold, key, units), at).unwrap().0
    }

    fn released(wallet: &Wallet, key: &UsedKey, hold: u64, units: i64, at: Timestamp) -> Wallet {
        let settles = Some(Settlement { hold, closes: true });
        let rule = Some(RefundRule::NoCode.id());
        wallet.post(&Movement { settles, rule, ..movement(EntryKind::Release, key, units) }, at).unwrap().0
    }

    fn left(key: &UsedKey, wallet: &Wallet, at: Timestamp) -> i64 {
        match key.may_spend(Credits::MAX, &wallet.usage, at) {
            Err(KeyRefuses::DailyCap { left, .. }) => left.units(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_key_buys_its_services_until_it_is_stopped() {
        let service = |name: &str| name.parse::<ServiceName>().unwrap();
        let one = key(KeyLimits { services: vec![service("whatsapp")], ..KeyLimits::default() });
        assert_eq!(one.may_buy(&service("whatsapp")), Ok(()));
        assert_eq!(one.may_buy(&service("telegram")), Err(KeyRefuses::Service));
        assert_eq!(key(KeyLimits::default()).may_buy(&service("telegram")), Ok(()));
        let stopped = UsedKey { is_stopped: true, ..one };
        assert_eq!(stopped.may_buy(&service("whatsapp")), Err(KeyRefuses::Stopped));
    }

    #[test]
    fn the_cap_counts_the_holds_of_its_family_less_refunds_of_the_day() {
        let (one, other) = (capped(100), UsedKey { family: ApiKeyId::new(now(), 9), ..capped(100) });
        let wallet = Wallet { available: Credits::from_units(1_000), ..Wallet::default() };
        assert_eq!(left(&one, &wallet, now()), 100);
        let wallet = held(&wallet, &one, 60, now());
        assert_eq!((left(&one, &wallet, now()), left(&other, &wallet, now())), (40, 100));
        assert_eq!(one.may_spend(Credits::from_units(40), &wallet.usage, now()), Ok(()));
        let refused = KeyRefuses::DailyCap { left: Credits::from_units(40), until: now().end_of_day() };
        assert_eq!(one.may_spend(Credits::from_units(41), &wallet.usage, now()), Err(refused));
        let refunded = released(&wallet, &one, 1, 60, now());
        assert_eq!(left(&one, &refunded, now()), 100);
        assert!(!serde_json::to_string(&refunded).unwrap().contains("spent_by_key"), "nothing is left to count");
    }

    #[test]
    fn a_refund_of_yesterday_gives_nothing_back_today() {
        let one = capped(100);
        let wallet = Wallet { available: Credits::from_units(1_000), ..Wallet::default() };
        let tomorrow = now().plus(Duration::from_hours(1));
        let wallet = held(&held(&wallet, &one, 60, now()), &one, 70, tomorrow);
        assert_eq!(left(&one, &wallet, tomorrow), 30);
        assert_eq!(left(&one, &released(&wallet, &one, 1, 60, tomorrow), tomorrow), 30);
        assert_eq!(left(&one, &released(&wallet, &one, 2, 70, tomorrow), tomorrow), 100);
    }

    #[test]
    fn a_new_day_begins_with_the_whole_cap() {
        let one = capped(100);
        let wallet = Wallet { available: Credits::from_units(1_000), ..Wallet::default() };
        let wallet = held(&wallet, &one, 60, now());
        assert_eq!(left(&one, &wallet, now().end_of_day()), 100);
    }
}
