//! The interface of every supplier: what we ask of it, one call each.

use crate::{
    error::SupplierError,
    offer::{SupplierCountry, SupplierOffer, SupplierProfile},
    order::{BuyRequest, OrderList, SupplierOrder},
};
use async_trait::async_trait;
use domain::{CountryCode, ServiceName, SupplierId, SupplierOrderId, Timestamp};

/// A supplier of numbers. Every call has a deadline of its own; a call that changes something is sent at most once.
#[async_trait]
pub trait Supplier: Send + Sync {
    /// Which supplier this is.
    fn id(&self) -> SupplierId;

    /// The state of our account.
    async fn profile(&self) -> Result<SupplierProfile, SupplierError>;

    /// The countries it sells; those that we have no code for are left out.
    async fn countries(&self) -> Result<Vec<SupplierCountry>, SupplierError>;

    /// Its offers, narrowed to a country, a service, both or neither. What it does not sell is an empty list.
    async fn prices(
        &self,
        country: Option<&CountryCode>,
        service: Option<&ServiceName>,
    ) -> Result<Vec<SupplierOffer>, SupplierError>;

    /// Buys a number. Sent once and never again: after [`SupplierError::OutcomeUnknown`] look into [`Supplier::orders`].
    async fn buy(&self, request: &BuyRequest) -> Result<SupplierOrder, SupplierError>;

    /// How an order stands, with its messages.
    async fn check(&self, id: &SupplierOrderId) -> Result<SupplierOrder, SupplierError>;

    /// Ends an order that has a message. Prefer [`crate::settle::finish`].
    async fn finish(&self, id: &SupplierOrderId) -> Result<SupplierOrder, SupplierError>;

    /// Cancels an order that has no message. Prefer [`crate::settle::cancel`].
    async fn cancel(&self, id: &SupplierOrderId) -> Result<SupplierOrder, SupplierError>;

    /// Reports the number of an order without a message as bad. Prefer [`crate::settle::ban`].
    async fn ban(&self, id: &SupplierOrderId) -> Result<SupplierOrder, SupplierError>;

    /// Our orders there that were made at `since` or later, by the supplier's clock: leave a margin for its difference.
    async fn orders(&self, since: Timestamp) -> Result<OrderList, SupplierError>;
}
