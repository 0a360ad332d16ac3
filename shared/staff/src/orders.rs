//! Orders, as support sees them: with the supplier's view.

use crate::{Staff, StaffError};
use domain::{
    OrderId, PhoneNumber, UserId,
    audit::Action,
    ledger::Entry,
    order::{Order, Status},
};
use std::collections::BTreeSet;
use store::{Cursor, Located, first_items};
use suppliers::SupplierOrderStatus;

/// The most orders or entries that one query reads.
pub(crate) const PAGE: usize = 100;

/// An order with everything that answers "where is my money?". It has no number, text or code.
#[derive(Clone, Debug)]
pub struct OrderReport {
    /// The order.
    pub order: Order,
    /// The entries of the customer's wallet about the order, oldest first.
    pub entries: Vec<Entry>,
    /// What the supplier says of the number, or why it says nothing; `None` without a number.
    pub supplier: Option<Result<SupplierView, String>>,
}

/// What the supplier says of a number.
#[derive(Clone, Debug)]
pub struct SupplierView {
    /// The status.
    pub status: SupplierOrderStatus,
    /// The number of messages.
    pub messages: usize,
}

impl Staff<'_> {
    /// The customer of an order.
    pub async fn owner_of(&self, id: &OrderId) -> Result<UserId, StaffError> {
        let owner = self.context.store().orders().owner_of(id).await?;
        owner.ok_or_else(|| StaffError::Missing(format!("order {id}")))
    }

    /// The newest orders of a customer, newest first.
    pub async fn newest_orders(&self, customer: &UserId, most: usize) -> Result<Vec<Order>, StaffError> {
        let orders = self.context.store().orders();
        let read = async |left: usize, after: Option<&Cursor>| orders.all(customer, left.min(PAGE), after).await;
        Ok(first_items(most, read).await?)
    }

    /// The orders that had a number, oldest first.
    pub async fn orders_with_number(&self, number: &PhoneNumber) -> Result<Vec<Located>, StaffError> {
        let mut found = self.context.store().orders().with_number(number).await?;
        found.sort_by(|a, b| a.order.cmp(&b.order));
        Ok(found)
    }

    /// The customers who had the number, in the order of their identifiers.
    pub async fn owners_of_number(&self, number: &PhoneNumber) -> Result<BTreeSet<UserId>, StaffError> {
        let found = self.context.store().orders().with_number(number).await?;
        Ok(found.into_iter().map(|found| found.owner).collect())
    }

    /// An order of a customer, with its entries and the supplier's view.
    pub async fn order(&self, customer: &UserId, id: &OrderId) -> Result<OrderReport, StaffError> {
        let order = self.stored(customer, id).await?;
        let entries = self.entries_of(&order).await?;
        let supplier = self.supplier_view(&order).await;
        Ok(OrderReport { order, entries, supplier })
    }

    /// Settles an open order again, as a check does. A settled order stays as it is.
    pub async fn settle(&self, customer: &UserId, id: &OrderId) -> Result<Order, StaffError> {
        let order = self.stored(customer, id).await?;
        let before = order.status;
        let order = match before {
            Status::Requesting => ::orders::resolve(self.context, order).await?,
            Status::Waiting | Status::Cancelling => ::orders::watch(self.context, order).await?,
            Status::Completed | Status::Refunded | Status::Failed => return Ok(order),
        };
        let line = self.line(Action::OrderSettle, id.as_str()).of(customer);
        self.record(line.changing(before, order.status)).await?;
        Ok(order)
    }

    async fn stored(&self, customer: &UserId, id: &OrderId) -> Result<Order, StaffError> {
        let order = self.context.store().record::<Order>(customer, id).await?;
        order.ok_or_else(|| StaffError::Missing(format!("order {id} of {customer}")))
    }

    async fn entries_of(&self, order: &Order) -> Result<Vec<Entry>, StaffError> {
        let (mut found, mut cursor) = (Vec::new(), None);
        let books = self.context.store().ledger().of(order.mode());
        loop {
            let page = books.entries(&order.user_id, PAGE, cursor.as_ref()).await?;
            let is_older = page.items.last().is_some_and(|entry| entry.at < order.created_at);
            found.extend(page.items.into_iter().filter(|entry| entry.cause.verification_id() == Some(&order.id)));
            cursor = page.next;
            // Entries come newest first, so nothing about the order follows older ones.
            if is_older || cursor.is_none() {
                found.reverse();
                return Ok(found);
            }
        }
    }

    async fn supplier_view(&self, order: &Order) -> Option<Result<SupplierView, String>> {
        let number = order.number.as_ref()?;
        let client = match suppliers::supplier_for(self.context, order.mode(), &number.supplier).await {
            Ok(client) => client,
            Err(error) => return Some(Err(error.to_string())),
        };
        let said = client.check(&number.supplier_order).await;
        Some(match said {
            Ok(said) => Ok(SupplierView { status: said.status, messages: said.messages.len() }),
            Err(error) => Err(error.to_string()),
        })
    }
}
