//! Whose number is it? What a supplier sold, judged by what an order asked for.

use super::{BUYING_TAKES, Order, Request};
use crate::{
    CountryCode, OperatorName, PhoneNumber, ServiceName, SupplierId, SupplierMoney, SupplierOrderId, Timestamp,
};
use std::time::Duration;

/// How far a supplier's clock may be from ours.
const CLOCK_MARGIN: Duration = Duration::from_secs(10);
/// A number that nobody owns is an orphan once the check of its purchase must have run.
const ORPHAN_AFTER: Duration = Duration::from_mins(3);

/// A number that a supplier sold. What the supplier does not say, or says in words that we do not know, is `None`.
///
/// A sold number has three names:
///
/// - `SupplierOrder` (the crate `suppliers`) is the supplier's own order as it is now, with its messages.
/// - `Sale` holds the facts by which an order judges whether the number is what it asked for.
/// - [`Number`](super::Number) is the sale that became an order's own, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sale {
    /// Who sold it.
    pub supplier: SupplierId,
    /// The supplier's order.
    pub supplier_order: SupplierOrderId,
    /// The number itself.
    pub phone: PhoneNumber,
    /// What it is for.
    pub service: Option<ServiceName>,
    /// Where it is from.
    pub country: Option<CountryCode>,
    /// Its operator.
    pub operator: Option<OperatorName>,
    /// What it cost.
    pub cost: SupplierMoney,
    /// When it was sold, by the supplier's clock.
    pub sold_at: Timestamp,
    /// When it ends, by the supplier's clock.
    pub ends_at: Timestamp,
    /// Whether it still listened or had a message when the supplier was asked.
    pub is_usable: bool,
}

impl Order {
    /// From when on, by the supplier's clock, a number can have been sold for the current attempt.
    pub fn sales_from(&self) -> Timestamp {
        self.attempt.at.minus(CLOCK_MARGIN)
    }

    /// Whether this sale can be what the current attempt asked for: the same thing, not too dear, and in its time.
    pub fn may_own(&self, sale: &Sale) -> bool {
        let until = self.attempt.at.plus(BUYING_TAKES + CLOCK_MARGIN);
        let request = &self.request;
        sale.is_usable
            && sale.service.as_ref() == Some(&request.service)
            && sale.country.as_ref() == Some(&request.country)
            && (request.operator.is_none() || sale.operator == request.operator)
            && sale.cost <= self.attempt.cap
            && (self.sales_from()..=until).contains(&sale.sold_at)
    }
}

impl Request {
    /// Whether a sale is openly of something else than was asked for. What the supplier does not say is not held against it.
    pub fn is_contradicted_by(&self, sale: &Sale) -> bool {
        fn differs<T: PartialEq>(said: Option<&T>, asked: Option<&T>) -> bool {
            said.zip(asked).is_some_and(|(said, asked)| said != asked)
        }
        differs(sale.service.as_ref(), Some(&self.service))
            || differs(sale.country.as_ref(), Some(&self.country))
            || differs(sale.operator.as_ref(), self.operator.as_ref())
    }
}

/// Whether a number sold at this moment that belongs to no order will not get an owner any more.
pub fn is_orphaned(sold_at: Timestamp, now: Timestamp) -> bool {
    sold_at.plus(ORPHAN_AFTER) <= now
}
