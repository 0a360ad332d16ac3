//! A refund of a payment as staff see it.

use domain::{
    Credits, RefundId, Timestamp, UserId,
    payment::{CoinAddress, GatewayId, Method, Minor, PayCurrency, PaymentReference, RefundStatus},
};
use serde::Serialize;
use staff::PaymentRefund;
use utoipa::ToSchema;

/// A refund of a payment.
#[derive(Serialize, ToSchema)]
pub struct StaffRefundView {
    id: RefundId,
    /// Payment that it takes back.
    reference: PaymentReference,
    /// Customer.
    user_id: UserId,
    status: RefundStatus,
    /// Credits that left the wallet.
    credits: Credits,
    /// What the customer gets, in `currency`.
    #[schema(value_type = String, examples("150.00"))]
    amount: Minor,
    currency: PayCurrency,
    gateway: GatewayId,
    method: Method,
    /// Where coins go, as the customer confirmed it by a letter; null if it goes back to the card or wallet that paid.
    address: Option<CoinAddress>,
    /// Why the customer asks for it; null if nothing was said, and after its end.
    reason: Option<String>,
    /// Credits of the whole payment.
    credited: Credits,
    /// Credits of all its refunds together, this one included.
    refunded: Credits,
    created_at: Timestamp,
    /// Time of the approval.
    approved_at: Option<Timestamp>,
    /// When the status became final.
    completed_at: Option<Timestamp>,
}

impl From<PaymentRefund> for StaffRefundView {
    fn from(PaymentRefund { payment, refund }: PaymentRefund) -> Self {
        Self {
            id: refund.id,
            user_id: payment.reference.user.clone(),
            status: refund.status,
            credits: refund.credits,
            amount: refund.amount.minor,
            currency: refund.amount.currency,
            method: payment.method,
            address: refund.address,
            reason: refund.reason.map(String::from),
            credited: payment.credited,
            refunded: payment.refunded(),
            created_at: refund.created_at,
            approved_at: refund.approved_at,
            completed_at: refund.completed_at,
            gateway: payment.gateway,
            reference: payment.reference,
        }
    }
}
