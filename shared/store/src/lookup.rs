//! The index `lookup` of the orders' table: orders by identifier, and by the number that a supplier sold. It is for
//! support, who know neither the customer nor the partition; requests of customers never use it.

use crate::{Orders, StoreError, claims, item, keys, keys::Key, table::Consistency};
use aws_sdk_dynamodb::types::AttributeValue;
use domain::{OrderId, PhoneNumber, UserId};

/// The attribute that puts an item into the index.
pub(crate) const LOOKUP: &str = "lookup";

/// An order, with its owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// The customer.
    pub owner: UserId,
    /// The order.
    pub order: OrderId,
}

/// The attribute by which an item is found.
pub(crate) fn attribute(text: &str) -> (String, AttributeValue) {
    (LOOKUP.to_owned(), item::text(text))
}

impl Orders<'_> {
    /// The owner of an order; `None` if there is no such order. A new order may be missing for a moment.
    pub async fn owner_of(self, id: &OrderId) -> Result<Option<UserId>, StoreError> {
        let keys = self.looked_up(id.as_str()).await?;
        Ok(keys.iter().find_map(|key| key.pk.strip_prefix(keys::USER_PREFIX)?.parse().ok()))
    }

    /// The orders that had this number, in no order.
    pub async fn with_number(self, number: &PhoneNumber) -> Result<Vec<Located>, StoreError> {
        let claims = self.looked_up(number.as_str()).await?;
        let rows = self.0.get_many(&claims, Consistency::Strong).await?;
        Ok(rows.into_iter().filter_map(claims::located).collect())
    }

    async fn looked_up(self, text: &str) -> Result<Vec<Key>, StoreError> {
        let query = self.0.client().query().table_name(self.0.name()).index_name(LOOKUP);
        let query = query.key_condition_expression("#lookup = :text").expression_attribute_names("#lookup", LOOKUP);
        // One page has thousands of keys; no order and no number has so many.
        let found = query.expression_attribute_values(":text", item::text(text)).send().await?;
        Ok(found.items.unwrap_or_default().iter().filter_map(item::key_of).collect())
    }
}
