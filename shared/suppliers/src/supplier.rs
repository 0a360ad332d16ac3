//! The interface of every supplier, and how an order is settled there whatever the answers are.

use crate::{
    error::{Fault, SupplierError},
    offer::{SupplierCountry, SupplierOffer, SupplierProduct, SupplierProfile},
    order::{BuyRequest, OrderList, SupplierOrder, SupplierOrderStatus},
};
use async_trait::async_trait;
use domain::{CountryCode, OperatorName, ServiceName, SupplierId, SupplierMoney, SupplierOrderId, Timestamp};

/// A supplier of numbers. Every call has a deadline of its own; a call that changes something is sent at most once.
#[async_trait]
pub trait Supplier: Send + Sync {
    /// Which supplier this is.
    fn id(&self) -> SupplierId;

    /// The state of our account.
    async fn profile(&self) -> Result<SupplierProfile, SupplierError>;

    /// What is left to spend.
    async fn balance(&self) -> Result<SupplierMoney, SupplierError> {
        Ok(self.profile().await?.balance)
    }

    /// The countries it sells; those that we have no code for are left out.
    async fn countries(&self) -> Result<Vec<SupplierCountry>, SupplierError>;

    /// What it sells in a country and of an operator; `None` means any.
    async fn products(
        &self,
        country: Option<&CountryCode>,
        operator: Option<&OperatorName>,
    ) -> Result<Vec<SupplierProduct>, SupplierError>;

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

    /// Ends an order that has a message. Prefer [`Supplier::settle_finish`].
    async fn finish(&self, id: &SupplierOrderId) -> Result<SupplierOrder, SupplierError>;

    /// Cancels an order that has no message. Prefer [`Supplier::settle_cancel`].
    async fn cancel(&self, id: &SupplierOrderId) -> Result<SupplierOrder, SupplierError>;

    /// Reports the number of an order without a message as bad. Prefer [`Supplier::settle_ban`].
    async fn ban(&self, id: &SupplierOrderId) -> Result<SupplierOrder, SupplierError>;

    /// Our orders there that were made at `since` or later, by the supplier's clock: leave a margin for its difference.
    async fn orders(&self, since: Timestamp) -> Result<OrderList, SupplierError>;

    /// Cancels an order and finds out what became of it. May be repeated: an order that is cancelled already is `Cancelled`.
    ///
    /// An error means that nothing is settled yet; the same call may be made again later.
    async fn settle_cancel(&self, id: &SupplierOrderId) -> Result<CancelOutcome, SupplierError> {
        let answer = self.cancel(id).await;
        self.settle_unused(id, answer, &SupplierOrderStatus::Canceled).await
    }

    /// Reports the number of an order as bad and finds out what became of it. May be repeated, like
    /// [`Supplier::settle_cancel`]; `Cancelled` then holds a banned order.
    async fn settle_ban(&self, id: &SupplierOrderId) -> Result<CancelOutcome, SupplierError> {
        let answer = self.ban(id).await;
        self.settle_unused(id, answer, &SupplierOrderStatus::Banned).await
    }

    /// Ends an order that has a message and finds out what became of it. May be repeated, like
    /// [`Supplier::settle_cancel`].
    async fn settle_finish(&self, id: &SupplierOrderId) -> Result<FinishOutcome, SupplierError> {
        let answer = self.finish(id).await;
        let (order, doubt) = self.read_after(id, answer).await?;
        match order.status {
            SupplierOrderStatus::Finished => Ok(FinishOutcome::Finished(order)),
            _ if !order.status.is_open() => Ok(FinishOutcome::AlreadyClosed(order)),
            _ => match doubt {
                Some(SupplierError::NoSms) => Ok(FinishOutcome::NoSms(order)),
                doubt => Err(unsettled(doubt)),
            },
        }
    }

    /// What `answer` to a cancel or a ban means for the order. Not to be called from outside.
    #[doc(hidden)]
    async fn settle_unused(
        &self,
        id: &SupplierOrderId,
        answer: Result<SupplierOrder, SupplierError>,
        wanted: &SupplierOrderStatus,
    ) -> Result<CancelOutcome, SupplierError> {
        if matches!(answer, Err(SupplierError::TooEarly)) {
            return Ok(CancelOutcome::TooEarly);
        }
        let (order, doubt) = self.read_after(id, answer).await?;
        if order.status == *wanted {
            Ok(CancelOutcome::Cancelled(order))
        } else if order.status.is_refunded() {
            Ok(CancelOutcome::AlreadyClosed(order))
        } else if !order.messages.is_empty() || doubt == Some(SupplierError::HasSms) {
            Ok(CancelOutcome::HasSms(order))
        } else if !order.status.is_open() {
            Ok(CancelOutcome::AlreadyClosed(order))
        } else {
            Err(unsettled(doubt))
        }
    }

    /// The order after `answer` to a change of it, and the error where the order had to be read because of one. Errors that
    /// say that the change was not made, and nothing of the order, are passed on. Not to be called from outside.
    #[doc(hidden)]
    async fn read_after(
        &self,
        id: &SupplierOrderId,
        answer: Result<SupplierOrder, SupplierError>,
    ) -> Result<(SupplierOrder, Option<SupplierError>), SupplierError> {
        match answer {
            Ok(order) if !order.status.is_open() => Ok((order, None)),
            // Accepted, but not yet shown: one more look.
            Ok(_) => Ok((self.check(id).await?, None)),
            Err(
                doubt @ (SupplierError::HasSms
                | SupplierError::NoSms
                | SupplierError::AlreadyClosed
                | SupplierError::OrderNotFound
                | SupplierError::OutcomeUnknown { .. }),
            ) => Ok((self.check(id).await?, Some(doubt))),
            Err(error) => Err(error),
        }
    }
}

/// Why an order that is still open did not settle. What the supplier said of a state that the order is not in is no
/// reason that a caller can act on, so it becomes "unknown".
fn unsettled(doubt: Option<SupplierError>) -> SupplierError {
    match doubt {
        Some(error @ SupplierError::OutcomeUnknown { .. }) => error,
        _ => SupplierError::OutcomeUnknown { fault: Fault::Unreadable },
    }
}

/// What became of an order that was to be cancelled or banned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CancelOutcome {
    /// It is cancelled (banned), by this call or an earlier one: the supplier gave the money back.
    Cancelled(SupplierOrder),
    /// A message came first; its code is to be delivered. The list may lag behind and still be empty: read on.
    HasSms(SupplierOrder),
    /// It had ended in another way, without a message: see its status (`Timeout`, `Banned` and `Canceled` are refunded).
    AlreadyClosed(SupplierOrder),
    /// It is too young; try again later.
    TooEarly,
}

/// What became of an order that was to be finished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FinishOutcome {
    /// It is finished, by this call, an earlier one or its end.
    Finished(SupplierOrder),
    /// It has no message, so it can't be finished; it still listens.
    NoSms(SupplierOrder),
    /// It had ended without being finished: see its status.
    AlreadyClosed(SupplierOrder),
}
