//! Payments: money of gateways becomes credits, once.

mod crypto;
mod disputes;
mod hooks;
mod lost;
mod refunds;
mod refused;
mod starting;

use domain::{
    ledger::EntryKind,
    payment::{DisputeStatus, Refund},
};
use namaskah_tests::{Cloud, Customer};
use serde_json::{Value, json};

/// A top-up of ₵25 by card.
fn fifty_dollars(gateway: &str) -> Value {
    json!({ "amount": "50.00", "currency": "USD", "gateway": gateway, "method": "card" })
}

/// The spendable balance.
async fn balance(customer: &Customer) -> String {
    customer.wallet().await.0
}

/// Checks the books: the top-ups in them are the credits of payments, and what left and came back are their refunds.
async fn audit(cloud: &Cloud, customer: &Customer) {
    cloud.audit(customer).await;
    let entries = cloud.store.ledger().all_entries(&customer.user).await.unwrap();
    for payment in cloud.store.ledger().all_payments(&customer.user).await.unwrap() {
        let cause = domain::ledger::Cause::Payment { payment_id: payment.reference.payment.clone() };
        let moved = |kind| {
            let mine = entries.iter().filter(move |entry| entry.kind == kind);
            let mine = mine.filter(|entry| entry.cause == cause).map(|entry| entry.amount.units());
            mine.collect::<Vec<_>>()
        };
        assert_eq!(moved(EntryKind::TopUp).iter().sum::<i64>(), payment.credited.units(), "{payment:#?}");
        let refunds = |is_wanted: fn(&Refund) -> bool| {
            let wanted = payment.refunds.iter().filter(|refund| is_wanted(refund));
            wanted.map(|refund| refund.credits.units()).collect::<Vec<_>>()
        };
        assert_eq!(moved(EntryKind::Refund), refunds(|_| true), "each left once: {payment:#?}");
        let mut returned = (moved(EntryKind::RefundReturn), refunds(|refund| refund.status.is_returned()));
        returned.0.sort_unstable();
        returned.1.sort_unstable();
        assert_eq!(returned.0, returned.1, "each came back once, or not at all: {payment:#?}");
        let lost = payment.disputes.iter().filter(|dispute| dispute.status == DisputeStatus::Lost);
        let charged_back = lost.map(|dispute| dispute.credits.units() - dispute.held().units());
        assert_eq!(moved(EntryKind::Chargeback).iter().sum::<i64>(), charged_back.sum::<i64>(), "{payment:#?}");
        let noted: i64 = payment.receipts.iter().map(|receipt| receipt.credits.units()).sum();
        assert_eq!(noted, payment.credited.units(), "{payment:#?}");
    }
}
