//! How often callers call: one update of one item a call.
//!
//! An item holds one counter for each minute in which its caller called (`r29384712` requests, `b29384712` purchases). The
//! update adds to the running minute, drops minutes that no window covers any more, and answers with the minute before.

use crate::{
    Store, StoreError,
    item::{self, Item},
    keys::Key,
};
use aws_sdk_dynamodb::types::ReturnValue;
use domain::{
    Timestamp, UserId,
    rate_limit::{WindowCounts, minute_of},
};
use std::net::IpAddr;

/// Whose calls are counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallerId {
    /// A customer, over all keys.
    User(UserId),
    /// A network address, for calls without a key.
    Address(IpAddr),
}

/// What was counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CallCounts {
    /// All requests.
    pub requests: WindowCounts,
    /// Purchases among them.
    pub buys: WindowCounts,
}

/// Older minutes dropped by each call: enough for pauses of ten minutes; longer ones end by TTL.
const DROPPED: std::ops::RangeInclusive<i64> = 2..=10;

impl CallerId {
    fn key(&self) -> Key {
        let who = match self {
            Self::User(user) => user.to_string(),
            // One IPv6 customer has a whole /64.
            Self::Address(IpAddr::V6(address)) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
            Self::Address(IpAddr::V4(address)) => address.to_string(),
        };
        (format!("CALLS#{who}"), "CALLS".to_owned())
    }
}

impl Store {
    /// Counts a call, and as a purchase where it is one; returns the counts with this call in them.
    pub async fn count_call(&self, caller: &CallerId, is_buy: bool, now: Timestamp) -> Result<CallCounts, StoreError> {
        let minute = minute_of(now);
        let dropped = DROPPED.flat_map(|age| [format!("r{}", minute - age), format!("b{}", minute - age)]);
        let buys = if is_buy { format!(", b{minute} :one") } else { String::new() };
        let update = format!(
            "ADD r{minute} :one{buys} SET expires_at_epoch = :expires REMOVE {}",
            dropped.collect::<Vec<_>>().join(", ")
        );
        let row = self
            .client
            .update_item()
            .table_name(&self.tables.limits)
            .set_key(Some(item::key_item(&caller.key())))
            .update_expression(update)
            .expression_attribute_values(":one", item::number(1))
            .expression_attribute_values(":expires", item::number(now.epoch_seconds() + 600))
            .return_values(ReturnValue::AllNew)
            .send()
            .await?
            .attributes
            .unwrap_or_default();
        let counts = |kind: char| WindowCounts {
            current: counter(&row, kind, minute),
            previous: counter(&row, kind, minute - 1),
        };
        Ok(CallCounts { requests: counts('r'), buys: counts('b') })
    }
}

fn counter(row: &Item, kind: char, minute: i64) -> u32 {
    item::number_of(row, &format!("{kind}{minute}")).unwrap_or(0)
}
