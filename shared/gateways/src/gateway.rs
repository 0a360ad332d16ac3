//! The interface of a gateway.

use crate::GatewayError;
use async_trait::async_trait;
use domain::{
    EmailAddress, Timestamp,
    payment::{Checkout, DisputeReport, Payment, Refund, RefundReport, Report},
    reconciliation::GatewayList,
};

use std::time::Duration;

/// What a gateway needs to know of the customer.
#[derive(Clone, Debug)]
pub struct Customer {
    /// Where the gateway sends its own receipt.
    pub email: EmailAddress,
    /// The page to which the gateway sends the customer back.
    pub return_url: String,
}

/// A payment gateway. Every call has its own deadline; a call that changes something is sent at most once.
#[async_trait]
pub trait PaymentGateway: Send + Sync {
    /// Makes a checkout for a payment that was started. The payment's reference makes it once: a repeated call answers
    /// the same checkout, or [`GatewayError::Refused`].
    async fn open(&self, payment: &Payment, customer: &Customer, now: Timestamp) -> Result<Checkout, GatewayError>;

    /// What the gateway says about a payment. A payment that it does not know is a report, too.
    async fn report(&self, payment: &Payment) -> Result<Report, GatewayError>;

    /// Closes the checkout, so that nobody pays it any more. A gateway that can't do so does nothing.
    async fn close(&self, payment: &Payment) -> Result<(), GatewayError>;

    /// Sends a refund of a credited payment, under the refund's identifier.
    ///
    /// After [`GatewayError::OutcomeUnknown`], ask for its report; send it again only if the gateway does not know it.
    /// A gateway may refuse the second request because of the first one, so that refusal does not say that there is no
    /// refund.
    async fn refund(&self, payment: &Payment, refund: &Refund) -> Result<RefundReport, GatewayError>;

    /// What the gateway says about a refund, also if the answer to [`Self::refund`] was lost. A refund that it does not
    /// know is a report, too. An error says nothing about the refund.
    async fn refund_report(&self, payment: &Payment, refund: &Refund) -> Result<RefundReport, GatewayError>;

    /// The disputes of a credited payment, also those that are over. An error says nothing about them.
    async fn disputes(&self, payment: &Payment) -> Result<Vec<DisputeReport>, GatewayError>;

    /// All money that settled in this time, and all refunds that were made in it and did not fail, by the gateway's
    /// clock. A list that is too long is an error, and never a part of it. `until` lies some hours back, because money
    /// that came before may settle later.
    ///
    /// Gateways list by the time of the checkout, so money of an older checkout is missing if [`LISTED_BACK`] passed
    /// between both. [`Self::report`] has it.
    async fn list(&self, from: Timestamp, until: Timestamp) -> Result<GatewayList, GatewayError>;
}

/// How much older than its money the checkout in a list may be. Coins are watched for a day, and settle later.
pub const LISTED_BACK: Duration = Duration::from_hours(3 * 24);
