//! The [`Supplier`] implementation of the sandbox: adds the time to what a sale answers.

use super::sale::Sale;
use crate::{
    error::{Excerpt, Fault, RejectedReason, SupplierError},
    offer::{SupplierCountry, SupplierOffer, SupplierProfile},
    order::{BuyRequest, OrderList, SupplierOrder, SupplierOrderStatus},
    supplier::{Supplier, Terms},
};
use async_trait::async_trait;
use domain::{
    CountryCode, ServiceName, SupplierId, SupplierMoney, SupplierOrderId, Timestamp, access::Mode, sandbox::Outcome,
};
use runtime::Clock;

/// The sandbox. All of them answer the same.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sandbox {
    clock: Clock,
}

impl Sandbox {
    /// Ends an order without a message.
    fn end(self, id: &SupplierOrderId, status: SupplierOrderStatus) -> Result<SupplierOrder, SupplierError> {
        let order = self.order(id)?;
        if !order.messages.is_empty() {
            return Err(SupplierError::HasSms);
        }
        if order.status.is_open() { Ok(SupplierOrder { status, ..order }) } else { Err(SupplierError::AlreadyClosed) }
    }

    fn order(self, id: &SupplierOrderId) -> Result<SupplierOrder, SupplierError> {
        Ok(Sale::with_id(id).ok_or(SupplierError::OrderNotFound)?.at(self.clock.now()))
    }
}

/// What the sandbox sells for this request.
fn sale(request: &BuyRequest) -> Result<Sale, SupplierError> {
    if request.reference.mode() == Mode::Live {
        return Err(SupplierError::Rejected { reason: RejectedReason::OrderKind, said: Excerpt::default() });
    }
    let sale = Sale::of(request).ok_or(SupplierError::NoNumbers)?;
    match sale.outcome() {
        Outcome::NoNumbers => Err(SupplierError::NoNumbers),
        _ => Ok(sale),
    }
}

#[async_trait]
impl Supplier for Sandbox {
    fn id(&self) -> SupplierId {
        SupplierId::new(domain::sandbox::SUPPLIER)
    }

    fn terms(&self) -> Terms {
        super::TERMS
    }

    async fn profile(&self) -> Result<SupplierProfile, SupplierError> {
        let none = SupplierMoney::default();
        Ok(SupplierProfile { balance: none, frozen: none, rating: None, active_orders: None })
    }

    async fn countries(&self) -> Result<Vec<SupplierCountry>, SupplierError> {
        Ok(Vec::new())
    }

    async fn prices(
        &self,
        _country: Option<&CountryCode>,
        _service: Option<&ServiceName>,
    ) -> Result<Vec<SupplierOffer>, SupplierError> {
        Ok(Vec::new())
    }

    async fn buy(&self, request: &BuyRequest) -> Result<SupplierOrder, SupplierError> {
        let sale = sale(request)?;
        let sold = SupplierOrder { operator: request.operator.clone(), ..sale.at(self.clock.now()) };
        match sale.outcome() {
            Outcome::Unknown => Err(SupplierError::OutcomeUnknown { fault: Fault::Timeout }),
            Outcome::PriceRose => {
                let cost = request.max_cost.unwrap_or_default().micros().saturating_add(1);
                Ok(SupplierOrder { cost: SupplierMoney::from_micros(cost), ..sold })
            }
            _ => Ok(sold),
        }
    }

    async fn check(&self, id: &SupplierOrderId) -> Result<SupplierOrder, SupplierError> {
        self.order(id)
    }

    async fn finish(&self, id: &SupplierOrderId) -> Result<SupplierOrder, SupplierError> {
        let order = self.order(id)?;
        if order.messages.is_empty() {
            return Err(SupplierError::NoSms);
        }
        Ok(SupplierOrder { status: SupplierOrderStatus::Finished, ..order })
    }

    async fn cancel(&self, id: &SupplierOrderId) -> Result<SupplierOrder, SupplierError> {
        self.end(id, SupplierOrderStatus::Canceled)
    }

    async fn ban(&self, id: &SupplierOrderId) -> Result<SupplierOrder, SupplierError> {
        self.end(id, SupplierOrderStatus::Banned)
    }

    /// Empty and not complete: nothing is stored, so the orders are not known.
    async fn orders(&self, _since: Timestamp) -> Result<OrderList, SupplierError> {
        Ok(OrderList { orders: Vec::new(), complete: false })
    }

    /// The one number that this purchase was sold, if any.
    async fn sales_for(&self, request: &BuyRequest, _since: Timestamp) -> Result<OrderList, SupplierError> {
        let sold = sale(request).ok().filter(|sale| sale.outcome() != Outcome::PriceRose);
        let now = self.clock.now();
        let orders = sold.map(|sale| SupplierOrder { operator: request.operator.clone(), ..sale.at(now) });
        Ok(OrderList { orders: orders.into_iter().collect(), complete: true })
    }
}
