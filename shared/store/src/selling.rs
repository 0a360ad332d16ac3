//! What operators decide about selling, stored in one item with the price rules. Each decision changes only its
//! own part, so two at once lose nothing.

use crate::{
    Catalog, StoreError,
    error::took_effect,
    item,
    keys::{self, RULES},
    table::Consistency,
};
use domain::{
    Currency, SupplierId, Timestamp,
    payment::PayCurrency,
    price_change::PriceChange,
    pricing::ExchangeRate,
    selling::{AccountCurrency, ListedCreditPrice, SalesRules, Switch, SwitchedOff},
};

impl Catalog<'_> {
    /// The rules of selling as they are at this moment. Without stored ones, these are the defaults of the price list.
    pub async fn sales_rules(self, now: Timestamp) -> Result<SalesRules, StoreError> {
        Ok(self.stored_sales_rules().await?.at(now))
    }

    /// The rules of selling as they are stored, before any change of prices has begun.
    pub async fn stored_sales_rules(self) -> Result<SalesRules, StoreError> {
        Ok(self.0.get(&keys::catalog(RULES), Consistency::Strong).await?.unwrap_or_default())
    }

    /// Lets a change of prices begin at a moment; replaces another one of the same moment.
    pub async fn put_price_change(self, from: Timestamp, change: &PriceChange) -> Result<(), StoreError> {
        self.0.put_in_map(&keys::catalog(RULES), "price_changes", &from.to_string(), change).await
    }

    /// Removes a change of prices. Returns whether there was one.
    pub async fn remove_price_change(self, from: Timestamp) -> Result<bool, StoreError> {
        let removed = self
            .0
            .update(&keys::catalog(RULES))
            .update_expression("REMOVE #changes.#from")
            .condition_expression("attribute_exists(#changes.#from)")
            .expression_attribute_names("#changes", "price_changes")
            .expression_attribute_names("#from", from.to_string())
            .send()
            .await;
        took_effect(removed)
    }

    /// Sets the exchange rate of a currency.
    pub async fn set_rate(self, currency: &Currency, rate: &ExchangeRate) -> Result<(), StoreError> {
        self.0.put_in_map(&keys::catalog(RULES), "rates", currency.as_str(), rate).await
    }

    /// Sets the price of a credit in a currency.
    pub async fn set_credit_price(self, currency: PayCurrency, listed: &ListedCreditPrice) -> Result<(), StoreError> {
        self.0.put_in_map(&keys::catalog(RULES), "credit_prices", currency.as_str(), listed).await
    }

    /// Sets the currency of our account at a supplier.
    pub async fn set_account(self, supplier: &SupplierId, account: &AccountCurrency) -> Result<(), StoreError> {
        self.0.put_in_map(&keys::catalog(RULES), "accounts", supplier.as_str(), account).await
    }

    /// Switches something off; replaces an earlier reason.
    pub async fn switch_off(self, switch: &Switch, off: &SwitchedOff) -> Result<(), StoreError> {
        self.0.put_in_map(&keys::catalog(RULES), "off", &switch.to_string(), off).await
    }

    /// Switches something on again, if it is off as of `read`. Returns whether it was.
    pub async fn switch_on(self, switch: &Switch, read: &SwitchedOff) -> Result<bool, StoreError> {
        let removed = self
            .0
            .update(&keys::catalog(RULES))
            .update_expression("REMOVE #off.#switch")
            .condition_expression("#off.#switch.#at = :at AND #off.#switch.#by = :by")
            .expression_attribute_names("#off", "off")
            .expression_attribute_names("#switch", switch.to_string())
            .expression_attribute_names("#at", "at")
            .expression_attribute_names("#by", "by")
            .expression_attribute_values(":at", serde_dynamo::to_attribute_value(read.at)?)
            .expression_attribute_values(":by", item::text(read.by.as_str()))
            .send()
            .await;
        took_effect(removed)
    }
}
