//! Coins are credited as they came, each settled transaction once.

use super::{audit, balance};
use domain::{Plan, payment::PaymentReference};
use namaskah_tests::{Cloud, Customer};
use serde_json::{Value, json};
use std::time::Instant;

async fn started(customer: &Customer, method: &str) -> (PaymentReference, Value) {
    let body = json!({ "amount": "50.00", "currency": "USD", "gateway": "btcpay", "method": method });
    let started = customer.pay(&body, method).await;
    assert_eq!(started.status, 201, "{started:?}");
    (namaskah_tests::reference_of(&started.body), started.body)
}

/// Waits until so much was credited.
async fn credited(customer: &Customer, reference: &PaymentReference, credits: &str) -> Value {
    let since = Instant::now();
    loop {
        let payment = customer.known_payment(reference).await;
        if payment["credited"] == credits {
            return payment;
        }
        assert!(since.elapsed().as_secs() < 60, "not {credits}: {payment:#}");
        namaskah_tests::pause().await;
    }
}

#[tokio::test]
async fn a_wallet_gets_what_it_needs_to_send_coins() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Enterprise, "0").await;
    let (reference, payment) = started(&customer, "bitcoin").await;
    let transfer = &payment["transfer"];
    assert_eq!(transfer["coin"], "BTC", "{payment:#}");
    let (address, amount) = (transfer["address"].as_str().unwrap(), transfer["amount"].as_str().unwrap());
    let uri = transfer["uri"].as_str().unwrap();
    assert!(uri.to_lowercase().contains(&address.to_lowercase()) && uri.contains(amount), "{transfer}");
    let half_an_hour = cloud.now().plus(std::time::Duration::from_mins(31)).to_string();
    assert!(payment["expires_at"].as_str().unwrap() < half_an_hour.as_str(), "{payment:#}");
    cloud.pays("btcpay", &reference, json!({})).await;
    customer.settled(&reference, "succeeded").await;
    assert_eq!(balance(&customer).await, "25.0000");
}

#[tokio::test]
async fn too_much_and_a_second_payment_are_credited_too() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Enterprise, "0").await;
    // All of it is below ₵50, for which one confirmation is enough.
    let body = json!({ "amount": "20.00", "currency": "USD", "gateway": "btcpay", "method": "bitcoin" });
    let reference = customer.started(&body, "k").await;
    cloud.pays("btcpay", &reference, json!({ "outcome": "over", "share": 150 })).await;
    credited(&customer, &reference, "15.0000").await;
    cloud.pays("btcpay", &reference, json!({ "outcome": "second" })).await;
    let since = Instant::now();
    while balance(&customer).await == "15.0000" {
        assert!(since.elapsed().as_secs() < 60, "the second payment is not credited");
        namaskah_tests::pause().await;
    }
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn a_part_is_credited_and_what_comes_late_at_the_lower_rate() {
    let cloud = Cloud::alone().await;
    let customer = cloud.customer(Plan::Enterprise, "0").await;
    let (reference, _) = started(&customer, "bitcoin").await;
    cloud.pays("btcpay", &reference, json!({ "outcome": "partial", "share": 40 })).await;
    let part = credited(&customer, &reference, "10.0000").await;
    assert_eq!(part["status"], "pending", "the rest may come: {part:#}");
    cloud.advance(32 * 60).await;
    let part = customer.settled(&reference, "succeeded").await;
    assert_eq!(part["credited"], "10.0000", "{part:#}");
    cloud.gateway("btcpay", "rates", json!({ "BTC_USD": "1000" })).await;
    cloud.pays("btcpay", &reference, json!({ "outcome": "late" })).await;
    let since = Instant::now();
    let payment = loop {
        cloud.queue_due_payments().await;
        let payment = customer.known_payment(&reference).await;
        if payment["credited"] != "10.0000" {
            break payment;
        }
        assert!(since.elapsed().as_secs() < 60, "the late payment is not credited: {payment:#}");
        namaskah_tests::pause().await;
    };
    let credits: f64 = payment["credited"].as_str().unwrap().parse().unwrap();
    assert!(credits < 25.0, "at the lower rate: {payment:#}");
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn coins_that_are_not_final_are_not_credited() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Enterprise, "0").await;
    let (reference, _) = started(&customer, "bitcoin").await;
    cloud.pays("btcpay", &reference, json!({ "outcome": "unconfirmed" })).await;
    let since = Instant::now();
    while customer.payment(&reference).await["confirming"] != true {
        assert!(since.elapsed().as_secs() < 60, "nobody sees the coins");
        namaskah_tests::pause().await;
    }
    assert_eq!(balance(&customer).await, "0.0000");
    let cancel = customer.post(&format!("/api/v1/payments/{reference}/cancel")).await;
    assert_eq!((cancel.status, &cancel.body["current_status"]), (409, &json!("confirming")), "{cancel:?}");
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn far_more_coins_than_agreed_wait_for_more_blocks() {
    let cloud = Cloud::alone().await;
    let customer = cloud.customer(Plan::Enterprise, "0").await;
    let (reference, _) = started(&customer, "bitcoin").await;
    // ₵62.50, which needs two confirmations instead of the one that the gateway waited for.
    cloud.pays("btcpay", &reference, json!({ "outcome": "over", "share": 250 })).await;
    let since = Instant::now();
    while customer.known_payment(&reference).await["confirming"] != true {
        assert!(since.elapsed().as_secs() < 60, "nobody sees the coins");
        namaskah_tests::pause().await;
    }
    let waiting = customer.known_payment(&reference).await;
    assert_eq!((&waiting["status"], &waiting["credited"]), (&json!("pending"), &json!("0.0000")), "{waiting:#}");
    cloud.advance(61 * 60).await;
    cloud.queue_due_payments().await;
    customer.settled(&reference, "succeeded").await;
    assert_eq!(balance(&customer).await, "62.5000");
    audit(&cloud, &customer).await;
}
