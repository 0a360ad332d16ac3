//! Whose number is it? Sales that a supplier's list tells of, for orders that lost the answer to their purchase.

use super::{BUYING_TAKES, Order, Request};
use crate::{CountryCode, OperatorName, ServiceName, SupplierMoney, Timestamp};
use std::time::Duration;

/// How far a supplier's clock may be from ours.
const CLOCK_MARGIN: Duration = Duration::from_secs(10);
/// A number that nobody owns is an orphan once the check of its purchase must have run.
const ORPHAN_AFTER: Duration = Duration::from_mins(3);

/// A sale in a supplier's list. What the supplier does not say, or says in a way that can't be ours, is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sale<'a> {
    /// What the number is for.
    pub service: Option<&'a ServiceName>,
    /// Where it is from.
    pub country: Option<&'a CountryCode>,
    /// Whose it is.
    pub operator: Option<&'a OperatorName>,
    /// What it cost.
    pub cost: SupplierMoney,
    /// When it was sold, by the supplier's clock.
    pub sold_at: Timestamp,
    /// Whether it still listens or has a message.
    pub is_usable: bool,
}

impl Order {
    /// From when on, by the supplier's clock, a number can have been sold for the attempt that runs.
    pub fn sales_from(&self) -> Timestamp {
        self.attempt.at.minus(CLOCK_MARGIN)
    }

    /// Whether this sale can be what the attempt that runs asked for: the same thing, not too dear, and in its time.
    pub fn may_own(&self, sale: &Sale<'_>) -> bool {
        let until = self.attempt.at.plus(BUYING_TAKES + CLOCK_MARGIN);
        let request = &self.request;
        sale.is_usable
            && sale.service == Some(&request.service)
            && sale.country == Some(&request.country)
            && (request.operator.is_none() || sale.operator == request.operator.as_ref())
            && sale.cost <= self.attempt.cap
            && (self.sales_from()..=until).contains(&sale.sold_at)
    }
}

impl Request {
    /// Whether a sale is openly of something else than was asked for. What the supplier does not say is not held against it.
    pub fn is_contradicted_by(&self, sale: &Sale<'_>) -> bool {
        fn differs<T: PartialEq>(said: Option<&T>, asked: Option<&T>) -> bool {
            said.zip(asked).is_some_and(|(said, asked)| said != asked)
        }
        differs(sale.service, Some(&self.service))
            || differs(sale.country, Some(&self.country))
            || differs(sale.operator, self.operator.as_ref())
    }
}

/// Whether a number sold at this moment that belongs to no order will not get an owner any more.
pub fn is_orphaned(sold_at: Timestamp, now: Timestamp) -> bool {
    sold_at.plus(ORPHAN_AFTER) <= now
}
