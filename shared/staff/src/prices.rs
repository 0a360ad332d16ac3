//! The price rules: what they are now, and which changes begin when.

use crate::{Staff, StaffError};
use domain::{
    Timestamp,
    audit::Action,
    price_change::{MOST_PRICE_CHANGES, NotAPriceChange, PriceChange},
    pricing::PriceRules,
};
use std::collections::BTreeMap;

/// The price rules of this moment, with all changes, by the moment at which each begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PriceList {
    /// The rules now.
    pub rules: PriceRules,
    /// The changes, those that began included.
    pub changes: BTreeMap<Timestamp, PriceChange>,
}

impl Staff<'_> {
    /// The price rules, and their changes.
    pub async fn price_list(&self) -> Result<PriceList, StaffError> {
        let rules = self.sales_rules().await?;
        Ok(PriceList { rules: rules.prices, changes: rules.price_changes })
    }

    /// Lets a change of the price rules begin at a moment; now, if none is given. Purchases follow it from that moment on,
    /// and what is held keeps its price.
    pub async fn change_prices(
        &self,
        from: Option<Timestamp>,
        change: PriceChange,
        reason: &str,
    ) -> Result<(Timestamp, PriceChange), StaffError> {
        let (now, catalog) = (self.context.now(), self.context.store().catalog());
        let from = from.unwrap_or(now);
        if from < now {
            return Err(NotAPriceChange::Past.into());
        }
        let stored = catalog.stored_sales_rules().await?;
        let before = stored.price_changes.get(&from).cloned();
        if stored.price_changes.len() >= MOST_PRICE_CHANGES && before.is_none() {
            return Err(NotAPriceChange::TooMany.into());
        }
        change.check(&stored.at(from).prices)?;
        catalog.put_price_change(from, &change).await?;
        self.sold_differently().await?;
        let line = self.line(Action::PriceChange, from.to_string()).changing(before, &change);
        self.record(line.because(Some(reason))).await?;
        Ok((from, change))
    }

    /// Withdraws a change that has not begun. One that began is a part of the prices: another change follows it.
    pub async fn withdraw_prices(&self, from: Timestamp, reason: &str) -> Result<PriceChange, StaffError> {
        if from <= self.context.now() {
            return Err(NotAPriceChange::Past.into());
        }
        let catalog = self.context.store().catalog();
        let missing = || StaffError::Missing(format!("change of prices from {from} on"));
        let before = catalog.stored_sales_rules().await?.price_changes.remove(&from).ok_or_else(missing)?;
        if !catalog.remove_price_change(from).await? {
            return Err(missing());
        }
        self.sold_differently().await?;
        let line = self.line(Action::PriceWithdraw, from.to_string()).changing(&before, ());
        self.record(line.because(Some(reason))).await?;
        Ok(before)
    }
}
