//! Rate-limit windows, with one update of one item per call.
//!
//! A caller's item has one counter per action and minute (`r29384712` requests, `b29384712` purchases). The
//! update increments the current minute, removes minutes that no window covers, and returns the counters.

use crate::{
    Limits, StoreError, item,
    keys::{self, Key},
};
use aws_sdk_dynamodb::types::ReturnValue;
use domain::{
    ApiKeyId, Network, Timestamp, UserId,
    rate_limit::{LimitedAction, WindowCounts, minute_of},
};
use std::net::IpAddr;

/// The caller whose calls are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallerId {
    /// A customer, with all keys together.
    User(UserId),
    /// The keys of one family, by the first of them.
    Key(ApiKeyId),
    /// A network address, for anonymous calls.
    Address(IpAddr),
    /// A network, for anonymous calls.
    Network(Network),
}

/// The ages of minutes that each call removes. After a longer pause, the item has expired by its TTL.
const DROPPED: std::ops::RangeInclusive<i64> = 2..=10;

impl CallerId {
    fn key(&self) -> Key {
        let who = match self {
            Self::User(user) => user.to_string(),
            Self::Key(key) => key.to_string(),
            Self::Network(network) => network.to_string(),
            // An IPv6 customer typically has a whole /64.
            Self::Address(IpAddr::V6(address)) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
            Self::Address(IpAddr::V4(address)) => address.to_string(),
        };
        keys::calls(&who)
    }
}

impl Limits<'_> {
    /// Counts a call as each of these actions, `times` times. Returns their counts in the same order, including this
    /// call.
    pub async fn count_call(
        self,
        caller: &CallerId,
        actions: &[LimitedAction],
        times: u32,
        now: Timestamp,
    ) -> Result<Vec<WindowCounts>, StoreError> {
        let minute = minute_of(now);
        let row = self
            .0
            .update(&caller.key())
            .update_expression(expression(actions, minute))
            .expression_attribute_values(":times", item::number(times))
            .expression_attribute_values(":expires", item::number(now.epoch_seconds() + 600))
            .return_values(ReturnValue::AllNew)
            .send()
            .await?
            .attributes
            .unwrap_or_default();
        let count = |action: &LimitedAction, minute| item::number_of(&row, &counter(action, minute)).unwrap_or(0);
        let counts = |action| WindowCounts { current: count(action, minute), previous: count(action, minute - 1) };
        Ok(actions.iter().map(counts).collect())
    }
}

/// Increments the minute's counters of these actions, and removes old counters of all actions.
fn expression(actions: &[LimitedAction], minute: i64) -> String {
    let added: Vec<_> = actions.iter().map(|action| format!("{} :times", counter(action, minute))).collect();
    let old = |action| DROPPED.map(move |age| counter(action, minute - age));
    let dropped: Vec<_> = LimitedAction::ALL.iter().flat_map(old).collect();
    format!("ADD {} SET expires_at_epoch = :expires REMOVE {}", added.join(", "), dropped.join(", "))
}

fn counter(action: &LimitedAction, minute: i64) -> String {
    format!("{}{minute}", action.counter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::rate_limit::{PURCHASES, REQUESTS};

    #[test]
    fn one_update_counts_every_action_and_removes_old_minutes_of_all() {
        let text = expression(&[REQUESTS, PURCHASES], 100);
        assert!(text.starts_with("ADD r100 :times, b100 :times SET "), "{text}");
        let text = expression(&[REQUESTS], 100);
        assert!(text.starts_with("ADD r100 :times SET "), "{text}");
        let (_, dropped) = text.split_once(" REMOVE ").unwrap();
        let dropped: Vec<_> = dropped.split(", ").collect();
        assert!(["r98", "r90", "b98", "b90"].iter().all(|old| dropped.contains(old)), "{text}");
        assert!(!dropped.contains(&"r99") && !dropped.contains(&"b99"), "the window covers it: {text}");
    }
}
