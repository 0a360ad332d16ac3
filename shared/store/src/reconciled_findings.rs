//! The findings of a reconciliation. The same difference gives the same identifier each night, so it is found once.

use crate::{
    Finding, FindingKind, PaymentMoney,
    findings::{ListedAtGateway, credited},
};
use domain::{
    RefundId, UserId,
    payment::{GatewayId, Payment, PaymentReference, ReceiptId},
    reconciliation::{BooksFault, Difference, ListedMoney, ListedRefund},
};

impl Finding {
    /// A finding about a difference between a gateway's list and these payments, which were compared with it. `None` if
    /// the payment of the difference is not among them, or if the difference was found before the reconciliation.
    pub fn about_difference(difference: &Difference, gateway: &GatewayId, payments: &[Payment]) -> Option<Self> {
        let payment = |reference: &PaymentReference| payments.iter().find(|payment| payment.reference == *reference);
        match difference {
            Difference::NotCredited(money) => Some(listed_money(FindingKind::GatewayMoneyNotCredited, gateway, money)),
            Difference::NotThere { reference, receipt } => {
                let payment = payment(reference)?;
                Some(noted_money(FindingKind::GatewayMoneyNotThere, payment, receipt))
            }
            Difference::OtherAmount { reference, listed } => {
                let found = noted_money(FindingKind::GatewayMoneyOtherAmount, payment(reference)?, &listed.receipt);
                Some(Self { listed: Some(as_listed(gateway, listed)), ..found })
            }
            Difference::CreditedTwice { receipt, references } => {
                let first = payment(references.first()?)?;
                let all: Vec<_> = references.iter().map(ToString::to_string).collect();
                let found = noted_money(FindingKind::GatewayMoneyCreditedTwice, first, receipt);
                Some(Self { detail: Some(all.join(", ")), ..found })
            }
            Difference::UnknownRefund(refund) => Some(listed_refund(gateway, refund)),
            Difference::RefundAfterReturn { reference, refund } => {
                // Whoever followed the refund may have noticed it first.
                let found = sent_refund(FindingKind::GatewayRefundAfterReturn, payment(reference)?, refund)?;
                Some(found).filter(|_| !has_fault(payments, refund))
            }
            Difference::OtherRefund { reference, refund } => {
                sent_refund(FindingKind::GatewayRefundOtherAmount, payment(reference)?, refund)
            }
            Difference::RefundNotThere { reference, refund } => {
                sent_refund(FindingKind::GatewayRefundNotThere, payment(reference)?, refund)
            }
        }
    }

    /// A finding about a contradiction in the books of a customer.
    pub fn about_books(customer: &UserId, fault: &BooksFault) -> Self {
        let kind = match fault {
            BooksFault::Wallet(_) => FindingKind::WalletAgainstEntries,
            BooksFault::Payment { .. } | BooksFault::NoPayment(_) => FindingKind::PaymentAgainstEntries,
            BooksFault::Order { .. } | BooksFault::NoOrder(_) | BooksFault::OpenOrders { .. } => {
                FindingKind::OrderAgainstEntries
            }
        };
        let order_id = match fault {
            BooksFault::Order { order, .. } | BooksFault::NoOrder(order) => Some(order.clone()),
            _ => None,
        };
        let at = customer.made_at();
        let found = Self::about(kind, &format!("{customer}#{}", fault.subject()), at);
        Self { customer: Some(customer.clone()), order_id, detail: Some(fault.to_string()), ..found }
    }
}

fn has_fault(payments: &[Payment], refund: &RefundId) -> bool {
    payments.iter().flat_map(|payment| &payment.refunds).any(|one| one.id == *refund && one.fault.is_some())
}

fn as_listed(gateway: &GatewayId, money: &ListedMoney) -> ListedAtGateway {
    let ListedMoney { receipt, amount, .. } = money;
    ListedAtGateway { gateway: gateway.clone(), receipt: receipt.clone(), refund: None, amount: *amount }
}

fn listed_money(kind: FindingKind, gateway: &GatewayId, money: &ListedMoney) -> Finding {
    let found = Finding::about(kind, &format!("{gateway}#{}", money.receipt), money.at);
    Finding { listed: Some(as_listed(gateway, money)), ..found }
}

fn listed_refund(gateway: &GatewayId, refund: &ListedRefund) -> Finding {
    let ListedRefund { at, id, receipt, amount } = refund;
    let found = Finding::about(FindingKind::GatewayRefundUnknown, &format!("{gateway}#{id}"), *at);
    let refund = Some(id.clone());
    let listed = ListedAtGateway { gateway: gateway.clone(), receipt: receipt.clone(), refund, amount: *amount };
    Finding { listed: Some(listed), ..found }
}

/// A finding about money that a payment noted.
fn noted_money(kind: FindingKind, payment: &Payment, receipt: &ReceiptId) -> Finding {
    let noted = payment.receipts.iter().find(|noted| noted.id == *receipt);
    let money = PaymentMoney { receipt: receipt.clone(), ..credited(payment, noted.and_then(|noted| noted.amount)) };
    let found = Finding::about(kind, &format!("{}#{receipt}", money.reference), payment.created_at);
    Finding { payment: Some(money), ..found }
}

/// A finding about a refund of a payment.
fn sent_refund(kind: FindingKind, payment: &Payment, refund: &RefundId) -> Option<Finding> {
    let amount = payment.refunds.iter().find(|one| one.id == *refund)?.amount;
    let money = PaymentMoney { refund: Some(refund.clone()), ..credited(payment, Some(amount)) };
    Some(Finding { payment: Some(money), ..Finding::about(kind, refund.as_str(), payment.created_at) })
}
