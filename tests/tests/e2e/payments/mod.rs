//! Payments: money of gateways becomes credits, once.

mod crypto;
mod hooks;
mod lost;
mod refused;
mod starting;

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

/// Checks the books, and that each payment's credits are the top-ups in them.
async fn audit(cloud: &Cloud, customer: &Customer) {
    cloud.audit(customer).await;
    let entries = cloud.store.ledger().all_entries(&customer.user).await.unwrap();
    let payments = cloud.store.ledger().payments(&customer.user, 100, None).await.unwrap().items;
    for payment in payments {
        let cause = domain::ledger::Cause::Payment { payment_id: payment.reference.payment.clone() };
        let topped_up = entries.iter().filter(|entry| entry.cause == cause).map(|entry| entry.amount.units());
        assert_eq!(topped_up.sum::<i64>(), payment.credited.units(), "{payment:#?}");
        let noted: i64 = payment.receipts.iter().map(|receipt| receipt.credits.units()).sum();
        assert_eq!(noted, payment.credited.units(), "{payment:#?}");
    }
}
