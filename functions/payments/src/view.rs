//! The public form of a payment.

use crate::{
    dispute_view::DisputeView,
    refund_view::{RefundOfferView, RefundView},
};
use domain::{
    Credits, PaymentId, Timestamp,
    payment::{
        CoinTransfer, Failure, GatewayId, Method, Minor, PayCurrency, Payment, PaymentReference, PaymentTimelineItem,
        RefundOffer, Status,
    },
};
use serde::Serialize;
use utoipa::ToSchema;

/// A payment.
#[derive(Serialize, ToSchema)]
pub struct PaymentView {
    /// Identifier in the entries of the wallet.
    id: PaymentId,
    /// Identifier here and at the gateway.
    reference: PaymentReference,
    status: Status,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Failure>,
    gateway: GatewayId,
    method: Method,
    /// What you pay, in `currency`.
    #[schema(value_type = String, examples("50.00"))]
    amount: Minor,
    currency: PayCurrency,
    /// Credits for the amount, fixed when the payment was started.
    credits: Credits,
    /// Credits in the wallet so far. Coins are credited as they come, so it may differ from `credits`.
    credited: Credits,
    /// Whether money was seen that is not confirmed yet.
    confirming: bool,
    /// Page on which you pay; null before it is made.
    #[schema(examples("https://checkout.paystack.com/0peioxfhpn"))]
    checkout_url: Option<String>,
    /// What a wallet needs to send coins, as a text and for a QR code.
    #[serde(skip_serializing_if = "Option::is_none")]
    transfer: Option<CoinTransfer>,
    created_at: Timestamp,
    /// Until when you may pay.
    expires_at: Timestamp,
    completed_at: Option<Timestamp>,
    /// Refunds, oldest first.
    refunds: Vec<RefundView>,
    /// What can be refunded now; absent in lists, and in answers to other requests than GET.
    #[serde(skip_serializing_if = "Option::is_none")]
    refund: Option<RefundOfferView>,
    /// Disputes, oldest first.
    disputes: Vec<DisputeView>,
    timeline: Vec<PaymentTimelineItem>,
}

impl PaymentView {
    /// A payment as its customer sees it.
    pub(crate) fn of(payment: Payment) -> Self {
        let expires_at = payment.expires_at();
        let is_open = payment.status.is_open();
        let (url, coins) = payment.checkout.map_or((None, None), |checkout| (Some(checkout.url), checkout.coins));
        Self {
            id: payment.reference.payment.clone(),
            reference: payment.reference,
            status: payment.status,
            reason: payment.failure,
            gateway: payment.gateway,
            method: payment.method,
            amount: payment.amount.minor,
            currency: payment.amount.currency,
            credits: payment.credits,
            credited: payment.credited,
            confirming: payment.is_confirming,
            checkout_url: url,
            transfer: coins.filter(|_| is_open),
            created_at: payment.created_at,
            expires_at,
            completed_at: payment.completed_at,
            refunds: payment.refunds.into_iter().map(RefundView::from).collect(),
            refund: None,
            disputes: payment.disputes.into_iter().map(DisputeView::from).collect(),
            timeline: payment.timeline,
        }
    }

    /// The same, with what can be refunded.
    pub(crate) fn offering(self, offer: RefundOffer) -> Self {
        Self { refund: Some(offer.into()), ..self }
    }
}
