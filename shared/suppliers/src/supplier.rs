//! The interface of a supplier.

use crate::{
    error::SupplierError,
    offer::{SupplierCountry, SupplierOffer, SupplierProfile},
    order::{BuyRequest, OrderList, SupplierOrder},
};
use async_trait::async_trait;
use domain::{CountryCode, ServiceName, SupplierId, SupplierOrderId, Timestamp};
use std::time::Duration;

/// The terms of a supplier: limits that callers must keep. They are constants, known before its client is
/// connected. The currency of our account is not among them, because an operator sets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The calls per second that polls may make. The rest of what the account may call is for purchases
    /// and cancels. `None` for a supplier without a limit.
    pub polls_per_second: Option<u32>,
    /// The longest time that [`Supplier::buy`] takes to answer.
    pub buys_within: Duration,
    /// The age from which the supplier accepts a cancel.
    pub cancels_from: Duration,
}

/// A supplier of numbers. Every call has its own deadline; a call that changes something is sent at most
/// once.
#[async_trait]
pub trait Supplier: Send + Sync {
    /// The supplier's identifier.
    fn id(&self) -> SupplierId;

    /// The supplier's terms.
    fn terms(&self) -> Terms;

    /// The state of our account.
    async fn profile(&self) -> Result<SupplierProfile, SupplierError>;

    /// The supplier's countries. Those without a known code are skipped.
    async fn countries(&self) -> Result<Vec<SupplierCountry>, SupplierError>;

    /// The supplier's offers, optionally of one country, one service, or both. Empty if it sells none.
    async fn prices(
        &self,
        country: Option<&CountryCode>,
        service: Option<&ServiceName>,
    ) -> Result<Vec<SupplierOffer>, SupplierError>;

    /// Buys a number. The request is sent only once. After [`SupplierError::OutcomeUnknown`], read
    /// [`Supplier::sales_for`].
    async fn buy(&self, request: &BuyRequest) -> Result<SupplierOrder, SupplierError>;

    /// The state of an order, with its messages.
    async fn check(&self, id: &SupplierOrderId) -> Result<SupplierOrder, SupplierError>;

    /// Finishes an order that has a message. Prefer [`crate::settle::finish`].
    async fn finish(&self, id: &SupplierOrderId) -> Result<SupplierOrder, SupplierError>;

    /// Cancels an order that has no message. Prefer [`crate::settle::cancel`].
    async fn cancel(&self, id: &SupplierOrderId) -> Result<SupplierOrder, SupplierError>;

    /// Reports the number of an order without a message as bad. Prefer [`crate::settle::ban`].
    async fn ban(&self, id: &SupplierOrderId) -> Result<SupplierOrder, SupplierError>;

    /// Our orders since `since` by the supplier's clock; allow a margin for clock differences.
    async fn orders(&self, since: Timestamp) -> Result<OrderList, SupplierError>;

    /// The orders since `since` among which that of this purchase is, if it was sold. A supplier that does not know
    /// our references answers all of them.
    async fn sales_for(&self, _request: &BuyRequest, since: Timestamp) -> Result<OrderList, SupplierError> {
        self.orders(since).await
    }
}
