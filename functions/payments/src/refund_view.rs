//! The public form of refunds: those of a payment, and what can be refunded of it.

use domain::{
    Credits, RefundId, Timestamp,
    payment::{CoinAddress, CoinNetwork, Minor, PayCurrency, Refund, RefundOffer, RefundStatus},
};
use serde::Serialize;
use utoipa::ToSchema;

/// A refund of a payment.
#[derive(Serialize, ToSchema)]
pub struct RefundView {
    id: RefundId,
    status: RefundStatus,
    /// Credits that left the wallet. They come back if the refund is `failed` or `refused`.
    credits: Credits,
    /// What you get, in `currency`.
    #[schema(value_type = String, examples("50.00"))]
    amount: Minor,
    currency: PayCurrency,
    /// Where coins go; absent if it goes back to the card or wallet that paid.
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<CoinAddress>,
    created_at: Timestamp,
    /// Time of the approval; null if none was needed, or none was given yet.
    approved_at: Option<Timestamp>,
    /// When the status became final.
    completed_at: Option<Timestamp>,
}

/// What can be refunded of a payment.
#[derive(Serialize, ToSchema)]
pub struct RefundOfferView {
    /// Credits that can be refunded; null if none.
    possible: Option<Credits>,
    /// What you get for them, in `currency` of the payment; null if nothing.
    #[schema(value_type = Option<String>, examples("50.00"))]
    amount: Option<Minor>,
    /// Whether a person must approve a refund of all of them.
    needs_approval: bool,
    /// Network of the address that coins need, which you confirm by `refund-address`; null if the refund goes back to the
    /// card or wallet that paid.
    address_on: Option<CoinNetwork>,
    /// Until when you may ask; null if the payment was not paid.
    until: Option<Timestamp>,
    /// Why nothing can be refunded: the `code` of the problem that a request gets. Null if something can.
    #[schema(value_type = Option<String>, examples("credits_spent"))]
    reason: Option<&'static str>,
}

impl From<Refund> for RefundView {
    fn from(refund: Refund) -> Self {
        Self {
            id: refund.id,
            status: refund.status,
            credits: refund.credits,
            amount: refund.amount.minor,
            currency: refund.amount.currency,
            address: refund.address,
            created_at: refund.created_at,
            approved_at: refund.approved_at,
            completed_at: refund.completed_at,
        }
    }
}

impl From<RefundOffer> for RefundOfferView {
    fn from(offer: RefundOffer) -> Self {
        Self {
            possible: offer.possible,
            amount: offer.amount.map(|amount| amount.minor),
            needs_approval: offer.needs_approval,
            address_on: offer.address_on,
            until: offer.until,
            reason: offer.reason.map(domain::payment::NotRefundable::as_str),
        }
    }
}
