//! Lost answers and functions that die between any two steps: the refund is paid out once.

use super::{Cloud, ask, asked, at_gateway, audit, balance, payer, reaches};
use domain::payment::Payment;
use serde_json::json;
use std::time::Instant;

/// Lets the workers look until the refund is paid out.
async fn look_until_paid_out(cloud: &Cloud, customer: &namaskah_tests::Customer, what: &str) {
    let since = Instant::now();
    loop {
        let payments = customer.get("/api/v1/payments").await.body;
        if payments["items"][0]["refunds"][0]["status"] == "processed" {
            return;
        }
        assert!(since.elapsed().as_secs() < 90, "{what}: never paid out: {payments:#}");
        cloud.wake("PaymentsQueue").await;
        cloud.advance(130).await;
        cloud.queue_due_payments().await;
        namaskah_tests::pause().await;
    }
}

/// Kills a function at this point while a payment is refunded at Paystack, which makes a refund for every request.
async fn killed_at(point: &str) {
    let cloud = Cloud::alone().await;
    let (customer, reference) = payer(&cloud, "paystack", json!({})).await;
    let file = cloud.kill_at(point);
    let first = ask(&customer, &reference, json!({}), "k").await;
    if first.status != 201 {
        assert!(first.status >= 500 && !file.exists(), "{point} {first:?}");
    }
    let again = ask(&customer, &reference, json!({}), "k").await;
    assert_eq!(again.status, 201, "{point} {again:?}");
    look_until_paid_out(&cloud, &customer, point).await;
    assert!(!file.exists(), "{point} was not reached");
    assert_eq!(at_gateway(&cloud, "paystack", &reference).await.len(), 1, "{point}: paid out once");
    assert_eq!(balance(&customer).await, "0.0000", "{point}");
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn killed_before_the_refund_was_written() {
    killed_at("before-refund-asked").await;
}

#[tokio::test]
async fn killed_after_the_refund_was_written() {
    killed_at("after-refund-asked").await;
}

#[tokio::test]
async fn killed_before_the_refund_was_sent() {
    killed_at("before-refund-sent").await;
}

#[tokio::test]
async fn killed_after_the_refund_was_sent() {
    killed_at("after-refund-sent").await;
}

#[tokio::test]
async fn killed_after_the_gateway_reported_the_refund() {
    killed_at("after-refund-report").await;
}

#[tokio::test]
async fn killed_before_the_report_was_noted() {
    killed_at("before-refund-noted").await;
}

#[tokio::test]
async fn killed_after_the_report_was_noted() {
    killed_at("after-refund-noted").await;
}

#[tokio::test]
async fn a_lost_answer_leaves_one_refund() {
    let cloud = Cloud::alone().await;
    for (gateway, fault) in [
        ("paystack", "refund_timeout_after"),
        ("stripe", "refund_timeout_after"),
        ("paystack", "refund_502"),
        ("stripe", "refund_502"),
    ] {
        let (customer, reference) = payer(&cloud, gateway, json!({})).await;
        let plan = json!({ "fault": fault, "reference": reference.to_string(), "seconds": 8, "times": 1 });
        cloud.gateway(gateway, "plan", plan).await;
        asked(&customer, &reference, json!({})).await;
        look_until_paid_out(&cloud, &customer, fault).await;
        reaches(&cloud, &customer, &reference, "processed").await;
        assert_eq!(at_gateway(&cloud, gateway, &reference).await.len(), 1, "{gateway} {fault}");
        audit(&cloud, &customer).await;
    }
}

#[tokio::test]
async fn a_refund_without_an_answer_is_not_sent_again_at_once() {
    let cloud = Cloud::alone().await;
    let (customer, reference) = payer(&cloud, "paystack", json!({})).await;
    cloud.gateway("paystack", "plan", json!({ "fault": "refund_502", "reference": reference.to_string() })).await;
    asked(&customer, &reference, json!({})).await;
    let since = Instant::now();
    let stored = async || {
        let payment = cloud.store.record::<Payment>(&customer.user, &reference).await.unwrap();
        payment.expect("the payment")
    };
    let tried = async || stored().await.refunds[0].tried.map(|tried| tried.at);
    while tried().await.is_none() {
        assert!(since.elapsed().as_secs() < 60, "never sent");
        namaskah_tests::pause().await;
    }
    let first = tried().await;
    // Paystack says that it does not know the refund, and is not believed yet.
    cloud.advance(130).await;
    cloud.queue_due_payments().await;
    cloud.wake("PaymentsQueue").await;
    while stored().await.is_due(cloud.now()) {
        assert!(since.elapsed().as_secs() < 60, "never looked at");
        namaskah_tests::pause().await;
    }
    assert_eq!(tried().await, first, "it was not sent again");
    assert_eq!(customer.known_payment(&reference).await["refunds"][0]["status"], "requested");
    assert_eq!(balance(&customer).await, "0.0000", "and the credits did not come back");
    look_until_paid_out(&cloud, &customer, "after the pause").await;
    assert!(tried().await > first);
    assert_eq!(at_gateway(&cloud, "paystack", &reference).await.len(), 1);
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn a_refund_that_never_arrived_comes_back_when_the_payment_is_disputed() {
    let cloud = Cloud::alone().await;
    let (customer, reference) = payer(&cloud, "paystack", json!({})).await;
    cloud.gateway("paystack", "plan", json!({ "fault": "refund_502", "reference": reference.to_string() })).await;
    asked(&customer, &reference, json!({ "credits": "10" })).await;
    let since = Instant::now();
    let stored = async || {
        let payment = cloud.store.record::<Payment>(&customer.user, &reference).await.unwrap();
        payment.expect("the payment")
    };
    while stored().await.refunds[0].tried.is_none() {
        assert!(since.elapsed().as_secs() < 60, "never sent");
        namaskah_tests::pause().await;
    }
    for state in ["create", "lost"] {
        cloud.gateway("paystack", &format!("dispute/{reference}"), json!({ "state": state })).await;
    }
    let returned = async || stored().await.refunds[0].status.is_returned();
    while !returned().await {
        assert!(since.elapsed().as_secs() < 90, "the credits never come back: {:#?}", stored().await);
        cloud.wake("PaymentsQueue").await;
        cloud.advance(130).await;
        cloud.queue_due_payments().await;
        namaskah_tests::pause().await;
    }
    assert!(at_gateway(&cloud, "paystack", &reference).await.is_empty(), "the bank has all of the money");
    let owed = async || cloud.store.ledger().wallet(&customer.user).await.unwrap().owed;
    while !owed().await.is_zero() {
        assert!(since.elapsed().as_secs() < 120, "what came back pays the debt");
        cloud.advance(130).await;
        cloud.queue_due_payments().await;
        namaskah_tests::pause().await;
    }
    audit(&cloud, &customer).await;
}
