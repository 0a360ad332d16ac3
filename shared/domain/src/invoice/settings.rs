//! What the staff decide about invoices: who sells, at which taxes.

use super::{NotATaxTable, Seller, TaxEntry, TaxPolicy, TaxTable};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The stored settings of invoices.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct InvoicingSettings {
    /// The number of writes.
    pub version: u64,
    /// The company that sells. Without one, no invoice is issued.
    pub seller: Option<Seller>,
    /// How taxes and prices go together.
    pub policy: TaxPolicy,
    /// Rows that are added to the default table, or replace those with the same country and beginning.
    pub rates: Vec<TaxEntry>,
}

/// Why a change of the settings is not possible.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NotASetting {
    /// The row can't be part of a table of taxes.
    #[error(transparent)]
    Rates(#[from] NotATaxTable),
    /// Another code would begin a second series in this year, and its numbers could be taken for gaps.
    #[error("the code of the seller can't change")]
    Code,
}

impl InvoicingSettings {
    /// The table of all taxes: the default rows and the stored ones.
    pub fn taxes(&self) -> Result<TaxTable, NotATaxTable> {
        let is_replaced =
            |row: &TaxEntry| self.rates.iter().any(|new| new.country == row.country && new.from == row.from);
        let defaults = TaxTable::default();
        let kept = defaults.rows().iter().filter(|row| !is_replaced(row)).cloned();
        TaxTable::new(kept.chain(self.rates.iter().cloned()).collect())
    }

    /// The settings with one more row of taxes.
    pub fn with_rate(mut self, row: TaxEntry) -> Result<Self, NotASetting> {
        self.rates.retain(|old| old.country != row.country || old.from != row.from);
        self.rates.push(row);
        self.taxes()?;
        self.version += 1;
        Ok(self)
    }

    /// The settings with this seller.
    pub fn with_seller(mut self, seller: Seller) -> Result<Self, NotASetting> {
        if self.seller.as_ref().is_some_and(|old| old.code != seller.code) {
            return Err(NotASetting::Code);
        }
        self.seller = Some(seller);
        self.version += 1;
        Ok(self)
    }
}
