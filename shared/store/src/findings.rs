//! Findings: faults at suppliers and gateways that need a person or a later reconciliation. Each is found once.

use crate::idempotency::number_of;
use domain::{
    FindingId, OrderId, RefundId, SupplierId, SupplierOrderId, Timestamp, UserId,
    access::Mode,
    finding::Work,
    order::Order,
    payment::{
        Amount, DisputeId, DisputeReport, GatewayId, Payment, PaymentReference, Receipt, ReceiptId, Refund, RefundFault,
    },
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The kind of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// A supplier order that no order owns. It was cancelled, or has a message and expires.
    OrphanedSupplierOrder,
    /// The customer was refunded while the supplier was unreachable, so it may owe us a refund.
    SupplierUnreachable,
    /// The supplier's price exceeded the cap; the number was returned.
    DearerThanCap,
    /// The supplier sold a number of another country, service or operator; it was returned.
    WrongNumber,
    /// The supplier closed an order without a message, or with one that can't be read, and without a refund.
    ChargedWithoutMessage,
    /// The supplier did not know a number that it had sold, before its time was over. The customer was refunded.
    LostNumber,
    /// Another amount or currency than agreed was paid. It was not credited.
    PaymentNotTheAmount,
    /// A payment was paid twice. The second time was not credited.
    PaymentPaidTwice,
    /// A gateway says that one payment's money belongs to another one, too. It was credited once.
    PaymentNotItsMoney,
    /// Money came for a customer whose account was deleted. It was not credited.
    PaymentOfDeletedAccount,
    /// More receipts came for a payment than it can note. This one and all later ones were not credited.
    PaymentTooManyReceipts,
    /// A gateway paid a refund out, although its credits are back in the wallet.
    RefundPaidAfterReturn,
    /// A gateway took a refund back after it was paid out. The customer has neither the money nor the credits.
    RefundFailedAfterPaid,
    /// A gateway has a refund that nobody approved.
    RefundNotApproved,
    /// A refund is not paid out for two weeks.
    RefundOverdue,
    /// A refund failed, and its credits are in the wallet of an account that was deleted meanwhile.
    RefundOfDeleted,
    /// A customer's bank asks for the money of a payment back. Somebody must answer it.
    PaymentDisputed,
    /// A gateway says that a dispute ended otherwise, after its money was settled.
    DisputeReversed,
    /// A gateway lists money that no payment noted.
    GatewayMoneyNotCredited,
    /// Money was credited, and its gateway does not list it.
    GatewayMoneyNotThere,
    /// A gateway lists another amount or currency than was credited.
    GatewayMoneyOtherAmount,
    /// The same money of a gateway was credited for several payments.
    GatewayMoneyCreditedTwice,
    /// A gateway lists a refund that no payment has.
    GatewayRefundUnknown,
    /// A gateway lists a refund whose credits are back in the wallet.
    GatewayRefundAfterReturn,
    /// A gateway lists another amount or currency than that of the refund.
    GatewayRefundOtherAmount,
    /// A refund was sent, and its gateway does not list it.
    GatewayRefundNotThere,
    /// A wallet is not what its entries say.
    WalletAgainstEntries,
    /// A payment is credited or refunded otherwise than its entries say.
    PaymentAgainstEntries,
    /// The entries of an order are not those of its status.
    OrderAgainstEntries,
}

/// A fault that needs attention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Identifier.
    pub id: FindingId,
    /// Kind of fault.
    pub kind: FindingKind,
    /// Time of the order or sale; for money of a payment, when it was found, or when a gateway or a payment had what a
    /// reconciliation found; for a wallet, when the account was made.
    pub at: Timestamp,
    /// The affected order, if any.
    pub order_id: Option<OrderId>,
    /// The supplier, if any.
    pub supplier: Option<SupplierId>,
    /// The supplier's order, if any.
    pub supplier_order: Option<SupplierOrderId>,
    /// The money of a payment, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment: Option<PaymentMoney>,
    /// Money or a refund in the list of a gateway, if it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub listed: Option<ListedAtGateway>,
    /// The customer, if it is about the books of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<UserId>,
    /// What else is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The number of changes since it was found.
    #[serde(default)]
    pub version: u64,
    /// What was done about it.
    #[serde(flatten)]
    pub work: Work,
}

/// Money of a payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentMoney {
    /// The payment.
    pub reference: PaymentReference,
    /// Its gateway.
    pub gateway: GatewayId,
    /// The gateway's identifier of the money.
    pub receipt: ReceiptId,
    /// How much; `None` if nobody can pay in its currency here.
    pub amount: Option<Amount>,
    /// The refund of it, if the finding is about one. Then the amount is that of the refund.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refund: Option<RefundId>,
    /// The dispute of it, if the finding is about one. Then the amount is the disputed one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dispute: Option<DisputeId>,
}

/// Money or a refund as a gateway lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedAtGateway {
    /// The gateway.
    pub gateway: GatewayId,
    /// The gateway's identifier of the money.
    pub receipt: ReceiptId,
    /// The gateway's identifier of the refund, if it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refund: Option<String>,
    /// How much; `None` if nobody can pay in its currency here.
    pub amount: Option<Amount>,
}

impl FindingKind {
    /// The name in records and metrics.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OrphanedSupplierOrder => "orphaned_supplier_order",
            Self::SupplierUnreachable => "supplier_unreachable",
            Self::DearerThanCap => "dearer_than_cap",
            Self::WrongNumber => "wrong_number",
            Self::ChargedWithoutMessage => "charged_without_message",
            Self::LostNumber => "lost_number",
            Self::PaymentNotTheAmount => "payment_not_the_amount",
            Self::PaymentPaidTwice => "payment_paid_twice",
            Self::PaymentNotItsMoney => "payment_not_its_money",
            Self::PaymentOfDeletedAccount => "payment_of_deleted_account",
            Self::PaymentTooManyReceipts => "payment_too_many_receipts",
            Self::RefundPaidAfterReturn => "refund_paid_after_return",
            Self::RefundFailedAfterPaid => "refund_failed_after_paid",
            Self::RefundNotApproved => "refund_not_approved",
            Self::RefundOverdue => "refund_overdue",
            Self::RefundOfDeleted => "refund_of_deleted",
            Self::PaymentDisputed => "payment_disputed",
            Self::DisputeReversed => "dispute_reversed",
            Self::GatewayMoneyNotCredited => "gateway_money_not_credited",
            Self::GatewayMoneyNotThere => "gateway_money_not_there",
            Self::GatewayMoneyOtherAmount => "gateway_money_other_amount",
            Self::GatewayMoneyCreditedTwice => "gateway_money_credited_twice",
            Self::GatewayRefundUnknown => "gateway_refund_unknown",
            Self::GatewayRefundAfterReturn => "gateway_refund_after_return",
            Self::GatewayRefundOtherAmount => "gateway_refund_other_amount",
            Self::GatewayRefundNotThere => "gateway_refund_not_there",
            Self::WalletAgainstEntries => "wallet_against_entries",
            Self::PaymentAgainstEntries => "payment_against_entries",
            Self::OrderAgainstEntries => "order_against_entries",
        }
    }
}

impl From<RefundFault> for FindingKind {
    fn from(fault: RefundFault) -> Self {
        match fault {
            RefundFault::PaidAfterReturn => Self::RefundPaidAfterReturn,
            RefundFault::FailedAfterPaid => Self::RefundFailedAfterPaid,
            RefundFault::NotApproved => Self::RefundNotApproved,
            RefundFault::Overdue => Self::RefundOverdue,
        }
    }
}

impl Finding {
    /// A finding about an order and its number. Finding it again gives the same identifier.
    pub fn about_order(kind: FindingKind, order: &Order) -> Self {
        Self {
            order_id: Some(order.id.clone()),
            supplier: Some(order.attempt.supplier.clone()),
            supplier_order: order.number.as_ref().map(|number| number.supplier_order.clone()),
            ..Self::about(kind, order.id.as_str(), order.created_at)
        }
    }

    /// A finding about nothing yet. The same kind, subject and time give the same identifier.
    pub(crate) fn about(kind: FindingKind, subject: &str, at: Timestamp) -> Self {
        Self {
            id: id_of(kind, subject, at),
            kind,
            at,
            order_id: None,
            supplier: None,
            supplier_order: None,
            payment: None,
            listed: None,
            customer: None,
            detail: None,
            version: 0,
            work: Work::default(),
        }
    }

    /// A finding about a supplier's sale. Finding it again gives the same identifier.
    pub fn about_sale(kind: FindingKind, supplier: &SupplierId, sale: &SupplierOrderId, sold_at: Timestamp) -> Self {
        Self {
            supplier: Some(supplier.clone()),
            supplier_order: Some(sale.clone()),
            ..Self::about(kind, &format!("{supplier}#{sale}"), sold_at)
        }
    }

    /// A finding about money of a payment, which is found once, now.
    pub fn about_payment(kind: FindingKind, payment: &Payment, receipt: &Receipt, now: Timestamp) -> Self {
        let money = PaymentMoney {
            reference: payment.reference.clone(),
            gateway: payment.gateway.clone(),
            receipt: receipt.id.clone(),
            amount: receipt.amount,
            refund: None,
            dispute: None,
        };
        Self::about_money(kind, &format!("{}#{}", money.reference, money.receipt), money, now)
    }

    /// A finding about a refund of a payment, which is found once, now.
    pub fn about_refund(kind: FindingKind, payment: &Payment, refund: &Refund, now: Timestamp) -> Self {
        let money = PaymentMoney { refund: Some(refund.id.clone()), ..credited(payment, Some(refund.amount)) };
        Self::about_money(kind, refund.id.as_str(), money, now)
    }

    /// A finding about a dispute of a payment, which is found once, now.
    pub fn about_dispute(kind: FindingKind, payment: &Payment, dispute: &DisputeReport, now: Timestamp) -> Self {
        let money = PaymentMoney { dispute: Some(dispute.id.clone()), ..credited(payment, dispute.amount) };
        let subject = format!("{}#{}", money.reference, dispute.id);
        Self::about_money(kind, &subject, money, now)
    }

    fn about_money(kind: FindingKind, subject: &str, money: PaymentMoney, now: Timestamp) -> Self {
        Self { payment: Some(money), ..Self::about(kind, subject, now) }
    }

    /// Whether it is about a test order, which concerns nobody but its customer.
    pub fn is_of_test(&self) -> bool {
        self.order_id.as_ref().is_some_and(|order| order.mode() == Mode::Test)
    }
}

/// So much of the money that a payment was credited for.
pub(crate) fn credited(payment: &Payment, amount: Option<Amount>) -> PaymentMoney {
    let credited = payment.receipts.iter().find(|noted| noted.credits.is_positive());
    PaymentMoney {
        reference: payment.reference.clone(),
        gateway: payment.gateway.clone(),
        // What goes back was credited, so there is a receipt.
        receipt: credited.map_or_else(|| ReceiptId::new(""), |noted| noted.id.clone()),
        amount,
        refund: None,
        dispute: None,
    }
}

fn id_of(kind: FindingKind, subject: &str, at: Timestamp) -> FindingId {
    let hash = Sha256::new().chain_update(kind.as_str()).chain_update([0]).chain_update(subject);
    FindingId::new(at, number_of(hash))
}
