//! Refunds of payments: the credits leave first, and the customer gets the money once, or the credits back.

mod asking;
mod coins;
mod database;
mod gateways;
mod lost;
mod races;
mod staff;

use super::{audit, balance, fifty_dollars};
use domain::{Plan, payment::PaymentReference};
use namaskah_tests::{Answer, Cloud, Customer};
use serde_json::{Value, json};
use std::time::Instant;

/// A payment of ₵25 that this customer paid in this way.
async fn pays(cloud: &Cloud, customer: &Customer, gateway: &str, how: Value) -> PaymentReference {
    paid(cloud, customer, &fifty_dollars(gateway), how).await
}

async fn paid(cloud: &Cloud, customer: &Customer, body: &Value, how: Value) -> PaymentReference {
    let gateway = body["gateway"].as_str().unwrap();
    let key = format!("pay-{}", cloud.now().millis());
    let reference = customer.started(body, &key).await;
    cloud.pays(gateway, &reference, how).await;
    customer.settled(&reference, "succeeded").await;
    reference
}

/// A new customer with one payment of ₵25 that was paid in this way.
async fn payer(cloud: &Cloud, gateway: &str, how: Value) -> (Customer, PaymentReference) {
    let customer = cloud.customer(Plan::Enterprise, "0").await;
    let reference = pays(cloud, &customer, gateway, how).await;
    (customer, reference)
}

async fn ask(customer: &Customer, reference: &PaymentReference, body: Value, key: &str) -> Answer {
    let path = format!("/api/v1/payments/{reference}/refund");
    customer.send("POST", &path, Some(&body), &[("idempotency-key", key)]).await
}

/// Asks for a refund that must be possible. Returns it.
async fn asked(customer: &Customer, reference: &PaymentReference, body: Value) -> Value {
    let answer = ask(customer, reference, body, "refund").await;
    assert_eq!(answer.status, 201, "{answer:?}");
    answer.body["refund"].clone()
}

/// The payment once its newest refund has this status. Only our workers move it; the simulators go on with each question.
async fn reaches(cloud: &Cloud, customer: &Customer, reference: &PaymentReference, status: &str) -> Value {
    let since = Instant::now();
    loop {
        let payment = customer.known_payment(reference).await;
        let newest = payment["refunds"].as_array().and_then(|refunds| refunds.last());
        if newest.is_some_and(|refund| refund["status"] == status) {
            return payment;
        }
        assert!(since.elapsed().as_secs() < 60, "not {status}: {payment:#}");
        cloud.gateway(payment["gateway"].as_str().unwrap(), "clock", json!({})).await;
        namaskah_tests::pause().await;
    }
}

/// The refunds of a payment at the gateway's simulator.
async fn at_gateway(cloud: &Cloud, gateway: &str, reference: &PaymentReference) -> Vec<Value> {
    let url = format!("{}/_sim/payments/{reference}", cloud.simulator(gateway));
    let payment: Value = cloud.http.get(url).send().await.unwrap().json().await.unwrap();
    payment["refunds"].as_array().unwrap_or_else(|| panic!("no refunds in {payment:#}")).clone()
}

/// The kinds of the findings about a payment.
async fn findings(cloud: &Cloud, reference: &PaymentReference) -> Vec<store::FindingKind> {
    let found = cloud.store.orders().findings_of(cloud.now()).await.unwrap();
    let about_it = |finding: &&store::Finding| finding.payment.as_ref().is_some_and(|of| of.reference == *reference);
    found.iter().filter(about_it).map(|finding| finding.kind).collect()
}
