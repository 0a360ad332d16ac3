//! A finding as staff see it.

use api::{
    Parse,
    parse::{At, Value, name},
};
use domain::{
    FindingId, OrderId, RefundId, SupplierId, SupplierOrderId, Timestamp, UserId,
    finding::{Correction, FindingState, Note, Owner, Resolution},
    payment::{DisputeId, GatewayId, PaymentReference, ReceiptId},
};
use serde::Serialize;
use store::{Finding, FindingKind};
use utoipa::ToSchema;

/// A finding: something that does not match, and needs a person.
#[derive(Serialize, ToSchema)]
pub struct FindingView {
    id: FindingId,
    /// Kind. More may be added.
    #[schema(value_type = String, examples("payment_not_the_amount"))]
    kind: FindingKind,
    state: FindingState,
    /// Time of the order or sale; for money of a payment, when it was found, or when a gateway or a payment had what a
    /// reconciliation found; for a wallet, when the account was made.
    at: Timestamp,
    /// Order, if it is about one.
    order_id: Option<OrderId>,
    /// Supplier, if it is about one.
    #[schema(value_type = Option<String>)]
    provider: Option<SupplierId>,
    /// Order of the supplier, if it is about one.
    #[schema(value_type = Option<String>)]
    supplier_order: Option<SupplierOrderId>,
    /// Money of a payment, if it is about one.
    payment: Option<FindingMoney>,
    /// Money or a refund in the list of a gateway, if it is about one.
    listed: Option<FindingListed>,
    /// Customer, if it is about the wallet of one.
    user_id: Option<UserId>,
    /// What else is known, in English.
    detail: Option<String>,
    /// Who works on it; null if nobody does.
    owner: Option<Owner>,
    /// What was noted, oldest first.
    notes: Vec<Note>,
    /// Correction of a wallet, if one was proposed.
    correction: Option<Correction>,
    /// How it ended; null before.
    resolved: Option<Resolution>,
}

/// Money of a payment that a finding is about.
#[derive(Serialize, ToSchema)]
pub struct FindingMoney {
    /// Payment.
    reference: PaymentReference,
    gateway: GatewayId,
    /// Identifier of the money at the gateway.
    #[schema(value_type = String)]
    receipt: ReceiptId,
    /// Amount with its currency; null if nobody can pay in its currency here.
    #[schema(examples("150.00 GHS"))]
    amount: Option<String>,
    /// Refund, if it is about one.
    refund_id: Option<RefundId>,
    /// Dispute at the gateway, if it is about one.
    #[schema(value_type = Option<String>)]
    dispute: Option<DisputeId>,
}

/// Money or a refund as a gateway lists it.
#[derive(Serialize, ToSchema)]
pub struct FindingListed {
    gateway: GatewayId,
    /// Identifier of the money at the gateway.
    #[schema(value_type = String)]
    receipt: ReceiptId,
    /// Identifier of the refund at the gateway, if it is about one.
    refund: Option<String>,
    /// Amount with its currency; null if nobody can pay in its currency here.
    #[schema(examples("150.00 GHS"))]
    amount: Option<String>,
}

/// The name of a kind of finding.
#[derive(Clone, Copy, Debug)]
pub struct Kind(pub(crate) FindingKind);

/// The name of a state of a finding.
#[derive(Clone, Copy, Debug)]
pub struct State(pub(crate) FindingState);

impl Parse for Kind {
    fn parse(value: Value, at: &mut At) -> Option<Self> {
        name(value, at).map(Self)
    }
}

impl Parse for State {
    fn parse(value: Value, at: &mut At) -> Option<Self> {
        name(value, at).map(Self)
    }
}

impl From<Finding> for FindingView {
    fn from(finding: Finding) -> Self {
        Self {
            id: finding.id,
            kind: finding.kind,
            state: finding.work.state(),
            at: finding.at,
            order_id: finding.order_id,
            provider: finding.supplier,
            supplier_order: finding.supplier_order,
            payment: finding.payment.map(|money| FindingMoney {
                reference: money.reference,
                gateway: money.gateway,
                receipt: money.receipt,
                amount: money.amount.map(|amount| amount.to_string()),
                refund_id: money.refund,
                dispute: money.dispute,
            }),
            listed: finding.listed.map(|listed| FindingListed {
                gateway: listed.gateway,
                receipt: listed.receipt,
                refund: listed.refund,
                amount: listed.amount.map(|amount| amount.to_string()),
            }),
            user_id: finding.customer,
            detail: finding.detail,
            owner: finding.work.owner,
            notes: finding.work.notes,
            correction: finding.work.correction,
            resolved: finding.work.resolved,
        }
    }
}
