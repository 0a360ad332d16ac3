//! Sums of the house accounts by day, spread over shards. Each entry is counted once.

use crate::{Ledger, StoreError, counting, item, keys};
use domain::{
    Credits, Timestamp, UserId,
    ledger::{Account, Entry},
};

/// The sums of a house account on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HouseSum {
    /// Sum of the amounts received.
    pub received: Credits,
    /// Sum of the amounts paid.
    pub paid: Credits,
}

impl Ledger<'_> {
    /// Adds an entry to the sums of its house accounts. Repeats change nothing, nor do entries between the
    /// customer's own accounts.
    pub async fn tally(self, owner: &UserId, entry: &Entry) -> Result<(), StoreError> {
        let sides = entry.legs().flat_map(|(debit, credit, amount)| {
            let paid = debit.house_name().map(|account| (account, "paid", amount));
            let received = credit.house_name().map(|account| (account, "received", amount));
            paid.into_iter().chain(received)
        });
        let sides: Vec<_> = sides.collect();
        if sides.is_empty() {
            return Ok(());
        }
        let marker = counting::marker(self.0, &keys::tallied(owner, entry.seq), entry.at)?;
        let shard = keys::shard(owner.as_str(), keys::COUNTER_SHARDS);
        let sum = |(account, side, amount): (&str, &str, Credits)| {
            self.0
                .update_write(&keys::house_sum(account, entry.at, shard))
                .update_expression("ADD #side :units")
                .expression_attribute_names("#side", side)
                .expression_attribute_values(":units", item::number(amount.units()))
                .build()
        };
        let sums = sides.into_iter().map(sum).collect::<Result<_, _>>()?;
        counting::count_once(self.0, marker, sums).await?;
        Ok(())
    }

    /// The sums of a house account on the day of `day`; zero for a customer's accounts.
    pub async fn house_sum(self, account: Account, day: Timestamp) -> Result<HouseSum, StoreError> {
        let Some(name) = account.house_name() else { return Ok(HouseSum::default()) };
        let rows = self.0.query(keys::house(name)).prefix(&format!("{}#", day.day())).all().await?;
        let sum = |side| Credits::from_units(rows.iter().filter_map(|row| item::number_of::<i64>(row, side)).sum());
        Ok(HouseSum { received: sum("received"), paid: sum("paid") })
    }
}
