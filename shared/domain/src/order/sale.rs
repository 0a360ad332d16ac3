//! Matches a supplier's sale with the order that asked for it.

use super::{BUYING_TAKES, Order, Request};
use crate::{
    CountryCode, OperatorName, PhoneNumber, ServiceName, SupplierId, SupplierMoney, SupplierOrderId, Timestamp,
    calling_codes,
};
use std::time::Duration;

/// The largest tolerated difference between a supplier's clock and ours.
const CLOCK_MARGIN: Duration = Duration::from_secs(10);
/// The age at which a number without an order is an orphan. The check of its purchase has usually run by
/// then.
const ORPHAN_AFTER: Duration = Duration::from_mins(3);

/// A number that a supplier sold. A fact that is missing or unknown is `None`.
///
/// A sold number has three names:
///
/// - `SupplierOrder` (the crate `suppliers`) is the supplier's own order as it is now, with its messages.
/// - `Sale` holds the facts that are compared with an order's request.
/// - [`Number`](super::Number) is a sale that is linked to an order, as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sale {
    /// The supplier that sold it.
    pub supplier: SupplierId,
    /// The supplier's order.
    pub supplier_order: SupplierOrderId,
    /// The phone number.
    pub phone: PhoneNumber,
    /// The service that it was sold for.
    pub service: Option<ServiceName>,
    /// The number's country.
    pub country: Option<CountryCode>,
    /// The number's operator.
    pub operator: Option<OperatorName>,
    /// The supplier's price.
    pub cost: SupplierMoney,
    /// When it was sold, by the supplier's clock.
    pub sold_at: Timestamp,
    /// When it expires, by the supplier's clock.
    pub ends_at: Timestamp,
    /// Whether it is open or has a message.
    pub is_usable: bool,
}

impl Order {
    /// The earliest possible sale for the current attempt, by the supplier's clock.
    pub fn sales_from(&self) -> Timestamp {
        self.attempt.at.minus(CLOCK_MARGIN)
    }

    /// Whether this sale can belong to the current attempt: it has the same request, is within the cap,
    /// and was sold in time.
    pub fn may_own(&self, sale: &Sale) -> bool {
        let until = self.attempt.at.plus(BUYING_TAKES + CLOCK_MARGIN);
        let request = &self.request;
        sale.is_usable
            && sale.service.as_ref() == Some(&request.service)
            && sale.country.as_ref() == Some(&request.country)
            && !calling_codes::is_foreign(&sale.phone, &request.country)
            && (request.operator.is_none() || sale.operator == request.operator)
            && sale.cost <= self.attempt.cap
            && (self.sales_from()..=until).contains(&sale.sold_at)
    }
}

impl Request {
    /// Whether a sale contradicts the request. A fact that the supplier does not report contradicts nothing. The
    /// number itself tells its country, too: a supplier may name the requested one and sell another.
    pub fn is_contradicted_by(&self, sale: &Sale) -> bool {
        fn differs<T: PartialEq>(said: Option<&T>, asked: Option<&T>) -> bool {
            said.zip(asked).is_some_and(|(said, asked)| said != asked)
        }
        differs(sale.service.as_ref(), Some(&self.service))
            || differs(sale.country.as_ref(), Some(&self.country))
            || calling_codes::is_foreign(&sale.phone, &self.country)
            || differs(sale.operator.as_ref(), self.operator.as_ref())
    }
}

/// Whether a number without an order, sold at `sold_at`, will not be adopted any more.
pub fn is_orphaned(sold_at: Timestamp, now: Timestamp) -> bool {
    sold_at.plus(ORPHAN_AFTER) <= now
}
