//! What an export shows of payments. What gateways told us of a card stays with them.

use domain::{
    Credits, RefundId, Timestamp,
    payment::{
        CoinAddress, Dispute, DisputeStatus, GatewayId, Method, Minor, PayCurrency, Payment, PaymentReference,
        PaymentTimelineItem, Refund, RefundReason, RefundStatus, Status,
    },
};
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct PaymentRecord {
    reference: PaymentReference,
    status: Status,
    gateway: GatewayId,
    method: Method,
    amount: Minor,
    currency: PayCurrency,
    credits: Credits,
    credited: Credits,
    created_at: Timestamp,
    completed_at: Option<Timestamp>,
    refunds: Vec<RefundRecord>,
    disputes: Vec<DisputeRecord>,
    timeline: Vec<PaymentTimelineItem>,
}

#[derive(Serialize)]
struct DisputeRecord {
    status: DisputeStatus,
    credits: Credits,
    opened_at: Timestamp,
    closed_at: Option<Timestamp>,
}

#[derive(Serialize)]
struct RefundRecord {
    id: RefundId,
    status: RefundStatus,
    credits: Credits,
    amount: Minor,
    currency: PayCurrency,
    address: Option<CoinAddress>,
    reason: Option<RefundReason>,
    created_at: Timestamp,
    completed_at: Option<Timestamp>,
}

impl From<Refund> for RefundRecord {
    fn from(refund: Refund) -> Self {
        Self {
            id: refund.id,
            status: refund.status,
            credits: refund.credits,
            amount: refund.amount.minor,
            currency: refund.amount.currency,
            address: refund.address,
            reason: refund.reason,
            created_at: refund.created_at,
            completed_at: refund.completed_at,
        }
    }
}

impl From<Dispute> for DisputeRecord {
    fn from(dispute: Dispute) -> Self {
        let Dispute { status, credits, opened_at, closed_at, .. } = dispute;
        Self { status, credits, opened_at, closed_at }
    }
}

impl PaymentRecord {
    pub(crate) const TABLE: [&str; 8] =
        ["reference", "created_at", "status", "gateway", "amount", "currency", "credits", "credited"];

    pub(crate) fn of(payment: Payment) -> Self {
        Self {
            reference: payment.reference,
            status: payment.status,
            gateway: payment.gateway,
            method: payment.method,
            amount: payment.amount.minor,
            currency: payment.amount.currency,
            credits: payment.credits,
            credited: payment.credited,
            created_at: payment.created_at,
            completed_at: payment.completed_at,
            refunds: payment.refunds.into_iter().map(RefundRecord::from).collect(),
            disputes: payment.disputes.into_iter().map(DisputeRecord::from).collect(),
            timeline: payment.timeline,
        }
    }

    pub(crate) fn cells(&self) -> [String; 8] {
        [
            self.reference.to_string(),
            self.created_at.to_string(),
            self.status.as_str().to_owned(),
            self.gateway.to_string(),
            self.amount.to_string(),
            self.currency.to_string(),
            self.credits.to_string(),
            self.credited.to_string(),
        ]
    }
}
