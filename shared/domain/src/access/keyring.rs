//! The keys of a customer together: how many there may be, and how one is changed, replaced, ended and stopped.
//!
//! A keyring is changed as a whole, so that concurrent changes can't bypass a rule.

use super::{ApiKey, KeyName, Mode};
use crate::{ApiKeyId, Change, Credits, NetworkRange, OrderId, ServiceName, Timestamp};
use serde::{Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};
use thiserror::Error;

/// The largest number of failures that may stop a key. The failed orders are stored by identifier.
pub const MOST_FAILURES: u32 = 20;
/// The keys that a customer may make in a day, rotations included. Each key writes lines that are kept for years, and a
/// letter.
const MOST_NEW_IN_A_DAY: usize = 200;
const DAY: Duration = Duration::from_hours(24);

/// The keys of a customer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keyring {
    /// The keys, with those that ended lately, in no order.
    pub keys: Vec<ApiKey>,
    /// The failures in a row of each family, under its first key.
    pub failures: BTreeMap<ApiKeyId, Failures>,
}

/// The orders of a family of keys that ended without a message, since the last message.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failures {
    /// The orders, in the order in which they were counted.
    pub orders: Vec<OrderId>,
    /// Ends until this time count no more.
    pub since: Timestamp,
}

/// The end of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderEnd {
    /// The order.
    pub order: OrderId,
    /// Its time.
    pub at: Timestamp,
    /// Whether a message came.
    pub delivered: bool,
}

/// A change of a key; what is kept out stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyChanges {
    /// Another name.
    pub name: Option<KeyName>,
    /// Other networks.
    pub networks: Option<Vec<NetworkRange>>,
    /// Other services.
    pub services: Option<Vec<ServiceName>>,
    /// Another cap of the day, or none.
    pub daily_spend_cap: Change<Credits>,
    /// Another number of failures that stops it, or none.
    pub stop_after_failures: Change<u32>,
    /// Another limit of requests per minute, or none.
    pub requests_per_minute: Change<u32>,
    /// Another end, or none.
    pub expires_at: Change<Timestamp>,
    /// Stops it, or starts it again.
    pub stopped: Option<bool>,
}

impl KeyChanges {
    /// Whether it may give the key more than it has, which only the owner of the account may do. A key can be renamed
    /// and stopped by any session.
    pub fn may_widen(&self) -> bool {
        let Self { name: _, networks, services, daily_spend_cap, .. } = self;
        let Self { stop_after_failures, requests_per_minute, expires_at, stopped, .. } = self;
        networks.is_some()
            || services.is_some()
            || *daily_spend_cap != Change::Keep
            || *stop_after_failures != Change::Keep
            || *requests_per_minute != Change::Keep
            || *expires_at != Change::Keep
            || *stopped == Some(false)
    }
}

/// Why a keyring was not changed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum KeyringRefuses {
    /// There is no such key.
    #[error("there is no such key")]
    Missing,
    /// The key has ended.
    #[error("the key has ended")]
    Ended,
    /// Another key replaces it.
    #[error("{by} replaces the key")]
    Replaced {
        /// The successor.
        by: ApiKeyId,
    },
    /// The plan allows no more keys.
    #[error("the plan allows {limit} keys")]
    TooMany {
        /// The number of keys that the plan allows.
        limit: u32,
    },
    /// Too many keys were made in a day.
    #[error("no more new keys until {until}")]
    TooManyNew {
        /// When the next key may be made.
        until: Timestamp,
    },
}

impl Keyring {
    /// The key with this identifier.
    pub fn find(&self, id: &ApiKeyId) -> Option<&ApiKey> {
        self.keys.iter().find(|key| key.key_id == *id)
    }

    /// The number of failures in a row of this key's family.
    pub fn failures_of(&self, key: &ApiKey) -> usize {
        self.failures.get(key.family()).map_or(0, |failures| failures.orders.len())
    }

    /// The number of families of this mode with a key that can be used.
    pub fn open_families(&self, mode: Mode, now: Timestamp) -> usize {
        self.keys
            .iter()
            .filter(|key| key.mode == mode && key.is_open(now))
            .map(ApiKey::family)
            .collect::<BTreeSet<_>>()
            .len()
    }

    /// Adds a new key, if there are fewer than `most` of its mode; staff have no limit.
    pub fn add(&mut self, key: ApiKey, most: Option<u32>, now: Timestamp) -> Result<(), KeyringRefuses> {
        if let Some(limit) = most {
            self.check_new(now)?;
            if self.open_families(key.mode, now) >= limit as usize {
                return Err(KeyringRefuses::TooMany { limit });
            }
        }
        self.keys.push(key);
        Ok(())
    }

    fn check_new(&self, now: Timestamp) -> Result<(), KeyringRefuses> {
        let mut recent: Vec<_> =
            self.keys.iter().map(|key| key.created_at.plus(DAY)).filter(|end| now < *end).collect();
        recent.sort_unstable();
        match recent.len().checked_sub(MOST_NEW_IN_A_DAY) {
            Some(n) => Err(KeyringRefuses::TooManyNew { until: recent[n] }),
            None => Ok(()),
        }
    }

    /// Replaces a key by one with the same name, permissions and limits. The old one ends after `overlap`, and what it
    /// replaced ends now, so a family has two keys at most.
    pub fn rotate(
        &mut self,
        id: &ApiKeyId,
        (new_id, last_four): (ApiKeyId, String),
        overlap: Duration,
        now: Timestamp,
    ) -> Result<ApiKey, KeyringRefuses> {
        self.check_new(now)?;
        let old = self.changeable(id, now)?.clone();
        let new = ApiKey {
            key_id: new_id.clone(),
            family: Some(old.family().clone()),
            last_four: Some(last_four),
            created_at: now,
            ..old.clone()
        };
        for key in self.open_family(old.family(), now) {
            let (replaces, end) = if key.key_id == *id { (true, now.plus(overlap)) } else { (false, now) };
            key.expires_at = Some(key.expires_at.map_or(end, |before| before.min(end)));
            if replaces {
                key.replaced_by = Some(new_id.clone());
            }
        }
        self.keys.push(new.clone());
        Ok(new)
    }

    /// Changes a key. The name, the limits and a stop apply to the key that it replaced, too, as long as that can be
    /// used. A start forgets the failures before it.
    pub fn change(&mut self, id: &ApiKeyId, changes: &KeyChanges, now: Timestamp) -> Result<ApiKey, KeyringRefuses> {
        let family = self.changeable(id, now)?.family().clone();
        for key in self.open_family(&family, now) {
            changes.apply(key, now);
            if key.key_id == *id {
                changes.expires_at.apply(&mut key.expires_at);
            }
        }
        if changes.stopped == Some(false) {
            self.failures.insert(family, Failures { orders: Vec::new(), since: now });
        }
        self.forget_failures(now);
        self.find(id).cloned().ok_or(KeyringRefuses::Missing)
    }

    /// Ends a key now. One that has ended stays as it is.
    pub fn end(&mut self, id: &ApiKeyId, now: Timestamp) -> Result<ApiKey, KeyringRefuses> {
        let key = self.keys.iter_mut().find(|key| key.key_id == *id).ok_or(KeyringRefuses::Missing)?;
        if !key.is_open(now) {
            return Ok(key.clone());
        }
        (key.expires_at, key.revoked_at) = (Some(now), Some(now));
        let ended = key.clone();
        self.forget_failures(now);
        Ok(ended)
    }

    /// Counts an end for a family. Returns the key that it stops. Counting an end again changes nothing, if ends are
    /// repeated in their order.
    pub fn count(&mut self, family: &ApiKeyId, end: &OrderEnd, now: Timestamp) -> Option<ApiKey> {
        let stops_at = self.open_family(family, now).find_map(|key| key.limits.stop_after_failures)?;
        let failures = self.failures.entry(family.clone()).or_default();
        failures.count(end);
        let count = failures.orders.len();
        if count == 0 && failures.since == Timestamp::default() {
            // Most ends, which then write nothing.
            self.failures.remove(family);
        }
        if count < stops_at as usize {
            return None;
        }
        let running = self.open_family(family, now).filter(|key| key.stopped_at.is_none());
        running
            .map(|key| {
                key.stopped_at = Some(now);
                key.clone()
            })
            .max_by_key(|key| key.created_at)
    }

    /// A key that may be changed: it can be used, and nothing replaces it.
    fn changeable(&self, id: &ApiKeyId, now: Timestamp) -> Result<&ApiKey, KeyringRefuses> {
        let key = self.find(id).ok_or(KeyringRefuses::Missing)?;
        match &key.replaced_by {
            _ if !key.is_open(now) => Err(KeyringRefuses::Ended),
            Some(by) => Err(KeyringRefuses::Replaced { by: by.clone() }),
            None => Ok(key),
        }
    }

    fn open_family(&mut self, family: &ApiKeyId, now: Timestamp) -> impl Iterator<Item = &mut ApiKey> {
        self.keys.iter_mut().filter(move |key| key.is_open(now) && key.family() == family)
    }

    /// Forgets the failures of families that do not count them any more.
    fn forget_failures(&mut self, now: Timestamp) {
        let counts = |key: &&ApiKey| key.is_open(now) && key.limits.stop_after_failures.is_some();
        let counting: BTreeSet<_> = self.keys.iter().filter(counts).map(ApiKey::family).collect();
        self.failures.retain(|family, _| counting.contains(family));
    }
}

impl KeyChanges {
    /// Changes all but the end.
    fn apply(&self, key: &mut ApiKey, now: Timestamp) {
        let limits = &mut key.limits;
        if let Some(name) = &self.name {
            key.name = name.clone();
        }
        if let Some(networks) = &self.networks {
            limits.networks.clone_from(networks);
        }
        if let Some(services) = &self.services {
            limits.services.clone_from(services);
        }
        self.daily_spend_cap.apply(&mut limits.daily_spend_cap);
        self.stop_after_failures.apply(&mut limits.stop_after_failures);
        self.requests_per_minute.apply(&mut limits.requests_per_minute);
        match self.stopped {
            Some(true) => key.stopped_at = key.stopped_at.or(Some(now)),
            Some(false) => key.stopped_at = None,
            None => {}
        }
    }
}

impl Failures {
    fn count(&mut self, end: &OrderEnd) {
        if end.delivered {
            if !self.orders.is_empty() {
                self.orders.clear();
                self.since = self.since.max(end.at);
            }
        } else if end.at > self.since && !self.orders.contains(&end.order) && self.orders.len() < MOST_FAILURES as usize
        {
            self.orders.push(end.order.clone());
        }
    }
}

#[cfg(test)]
mod tests;
