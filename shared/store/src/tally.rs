//! House accounts as sums over entries: by account and day, spread over shards, each entry counted once.

use crate::{Store, StoreError, item, keys};
use aws_sdk_dynamodb::types::{Put, TransactWriteItem, Update};
use domain::{
    Credits, Timestamp, UserId,
    ledger::{Account, Entry},
};
use std::time::Duration;

/// How long a marker is kept: longer than a stream keeps its records (24 h).
const MARKERS_KEPT: Duration = Duration::from_hours(7 * 24);

/// What a house account received and paid on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HouseSum {
    /// What it received.
    pub received: Credits,
    /// What it paid.
    pub paid: Credits,
}

/// The part of a key that names a house account; `None` for the customer's own accounts.
fn house_name(account: Account) -> Option<&'static str> {
    match account {
        Account::Available | Account::Held => None,
        Account::Revenue => Some("revenue"),
        Account::GatewayClearing => Some("gateway_clearing"),
        Account::Adjustments => Some("adjustments"),
    }
}

impl Store {
    /// Adds an entry to the house accounts that it touches. Repeats change nothing; entries between the customer's own
    /// accounts touch none.
    pub async fn tally(&self, owner: &UserId, entry: &Entry) -> Result<(), StoreError> {
        let (account, attribute) = match (house_name(entry.debit), house_name(entry.credit)) {
            (Some(account), _) => (account, "paid"),
            (_, Some(account)) => (account, "received"),
            (None, None) => return Ok(()),
        };
        let marker_key = (format!("TALLIED#{owner}"), keys::entry_sk(entry.seq));
        let kept = entry.at.plus(MARKERS_KEPT).epoch_seconds();
        let marker = Put::builder()
            .table_name(&self.tables.ledger)
            .set_item(Some(item::write(&marker_key, &item::Marker {}, Some(kept))?))
            .condition_expression("attribute_not_exists(pk)")
            .build()?;
        let shard = keys::shard(owner.as_str(), keys::COUNTER_SHARDS);
        let sum = Update::builder()
            .table_name(&self.tables.ledger)
            .set_key(Some(item::key_item(&(keys::house(account), format!("{}#{shard}", entry.at.day())))))
            .update_expression("ADD #side :units")
            .expression_attribute_names("#side", attribute)
            .expression_attribute_values(":units", item::number(entry.amount.units()))
            .build()?;
        let writes =
            vec![TransactWriteItem::builder().put(marker).build(), TransactWriteItem::builder().update(sum).build()];
        self.count_once(writes).await?;
        Ok(())
    }

    /// What a house account received and paid on the day of `day`; nothing for the customer's own accounts.
    pub async fn house_sum(&self, account: Account, day: Timestamp) -> Result<HouseSum, StoreError> {
        let Some(name) = house_name(account) else { return Ok(HouseSum::default()) };
        let answer = self
            .client
            .query()
            .table_name(&self.tables.ledger)
            .key_condition_expression("pk = :pk AND begins_with(sk, :day)")
            .expression_attribute_values(":pk", item::text(keys::house(name)))
            .expression_attribute_values(":day", item::text(format!("{}#", day.day())))
            .send()
            .await?;
        let rows = answer.items.unwrap_or_default();
        let sum = |side| Credits::from_units(rows.iter().filter_map(|row| item::number_of::<i64>(row, side)).sum());
        Ok(HouseSum { received: sum("received"), paid: sum("paid") })
    }
}
