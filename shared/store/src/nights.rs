//! What a nightly reconciliation needs: the wallets that moved and the payments that changed on a day, the lists of all
//! wallets, and the parts of a night with their results. All of it is found by queries.

use crate::{
    Ledger, StoreError,
    error::took_effect,
    item::{self, Item},
    keys,
    table::Consistency,
};
use domain::{
    OrderId, Timestamp, UserId,
    order::Order,
    payment::{Payment, PaymentReference},
    reconciliation::{MOVED_SHARDS, Task},
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, time::Duration};

/// How long the lists of a day and the parts of its reconciliation are kept.
const KEPT: Duration = Duration::from_hours(100 * 24);

/// A part of the reconciliation of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NightPart {
    /// What is to be done.
    pub task: Task,
    /// When it was planned, or queued again.
    pub queued_at: Timestamp,
    /// Its result; `None` before its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<PartResult>,
}

/// The result of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartResult {
    /// When it ended.
    pub at: Timestamp,
    /// How many payments or wallets it compared.
    pub compared: u64,
    /// How many differences there are, also those that were found before.
    pub differences: u64,
}

/// A row that is only a key.
#[derive(Serialize)]
struct Listed {}

impl Ledger<'_> {
    /// Notes that a wallet moved today.
    pub async fn note_moved_wallet(self, owner: &UserId, now: Timestamp) -> Result<(), StoreError> {
        self.0.put_expiring(&keys::moved_wallet(owner, now), &Listed {}, kept_from(now)).await
    }

    /// Notes that a payment changed today.
    pub async fn note_changed_payment(self, reference: &PaymentReference, now: Timestamp) -> Result<(), StoreError> {
        self.0.put_expiring(&keys::changed_payment(reference, now), &Listed {}, kept_from(now)).await
    }

    /// Adds a wallet to the lists of all wallets; `false` if it is there.
    pub async fn list_wallet(self, owner: &UserId) -> Result<bool, StoreError> {
        self.0.put_if_absent(&keys::listed_wallet(owner), &Listed {}).await
    }

    /// The owners of the wallets that moved on a day, in one of its lists.
    pub async fn moved_wallets(self, day: Timestamp, shard: u8) -> Result<Vec<UserId>, StoreError> {
        let rows = self.0.query(keys::moved(day, shard)).prefix(keys::MOVED_WALLET_PREFIX).all().await?;
        Ok(rows.iter().filter_map(|row| named(row, keys::MOVED_WALLET_PREFIX)?.parse().ok()).collect())
    }

    /// The payments that changed on a day.
    pub async fn changed_payments(self, day: Timestamp) -> Result<BTreeSet<PaymentReference>, StoreError> {
        let mut found = BTreeSet::new();
        for shard in 0..MOVED_SHARDS {
            let rows = self.0.query(keys::moved(day, shard)).prefix(keys::CHANGED_PAYMENT_PREFIX).all().await?;
            found.extend(rows.iter().filter_map(|row| named(row, keys::CHANGED_PAYMENT_PREFIX)?.parse().ok()));
        }
        Ok(found)
    }

    /// The owners of the wallets of a group.
    pub async fn wallets_of_group(self, group: u8) -> Result<Vec<UserId>, StoreError> {
        let rows = self.0.query(keys::every_wallet(group)).all().await?;
        Ok(rows.iter().filter_map(|row| named(row, "")?.parse().ok()).collect())
    }

    /// Payments, in any order. Those that do not exist are left out.
    pub async fn payments_of(self, references: &BTreeSet<PaymentReference>) -> Result<Vec<Payment>, StoreError> {
        let wanted: Vec<_> = references.iter().map(|one| keys::payment(&one.user, &one.payment)).collect();
        let rows = self.0.get_many(&wanted, Consistency::Strong).await?;
        rows.into_iter().map(item::read).collect()
    }

    /// Writes a part of the reconciliation of a day, without a result. One of that name is replaced.
    pub async fn plan_part(self, day: Timestamp, task: &Task, now: Timestamp) -> Result<(), StoreError> {
        let part = NightPart { task: task.clone(), queued_at: now, result: None };
        self.0.put_expiring(&keys::night_part(day, &task.name()), &part, kept_from(now)).await
    }

    /// Notes the result of a part. Returns `false` if nobody planned it.
    pub async fn end_part(self, day: Timestamp, name: &str, result: PartResult) -> Result<bool, StoreError> {
        let ended = self
            .0
            .update(&keys::night_part(day, name))
            .update_expression("SET #result = :result")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_names("#result", "result")
            .expression_attribute_values(":result", serde_dynamo::to_attribute_value(result)?)
            .send()
            .await;
        took_effect(ended)
    }

    /// The parts of the reconciliation of a day; empty before it began.
    pub async fn night(self, day: Timestamp) -> Result<Vec<NightPart>, StoreError> {
        self.0.query(keys::night(day)).strong().bodies().await
    }
}

impl crate::Orders<'_> {
    /// Orders of a customer, in any order. Those that do not exist are left out.
    pub async fn orders_of(self, owner: &UserId, ids: &BTreeSet<OrderId>) -> Result<Vec<Order>, StoreError> {
        let wanted: Vec<_> = ids.iter().map(|id| keys::order(owner, id)).collect();
        let rows = self.0.get_many(&wanted, Consistency::Strong).await?;
        rows.into_iter().map(item::read).collect()
    }
}

/// The rest of a row's sort key after this prefix.
fn named<'a>(row: &'a Item, prefix: &str) -> Option<&'a str> {
    item::text_of(row, "sk")?.strip_prefix(prefix)
}

fn kept_from(now: Timestamp) -> i64 {
    now.plus(KEPT).epoch_seconds()
}
