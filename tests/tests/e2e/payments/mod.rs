//! Payments: money of gateways becomes credits, once.

mod crypto;
mod disputes;
mod hooks;
mod lost;
mod refunds;
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

/// Checks the books.
async fn audit(cloud: &Cloud, customer: &Customer) {
    cloud.audit(customer).await;
}
