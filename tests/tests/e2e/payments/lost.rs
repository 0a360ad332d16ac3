//! Lost events, lost answers, gateways that are down, and functions that die: the money comes all the same, once.

use super::{audit, balance, fifty_dollars};
use domain::{Plan, payment::PaymentReference};
use namaskah_tests::{Cloud, Customer};
use serde_json::json;
use std::time::Instant;

/// Moves the clock past the next look, and lets the workers look.
async fn look_later(cloud: &Cloud, seconds: i64) {
    cloud.advance(seconds).await;
    cloud.queue_due_payments().await;
}

/// A payment of which no event comes.
async fn without_events(cloud: &Cloud, customer: &Customer, gateway: &str) -> PaymentReference {
    let reference = customer.started(&fifty_dollars(gateway), gateway).await;
    let plan = json!({ "fault": "webhook_never", "reference": reference.to_string(), "times": 99 });
    cloud.gateway(gateway, "plan", plan).await;
    reference
}

#[tokio::test]
async fn a_lost_event_is_found_by_a_look() {
    let cloud = Cloud::alone().await;
    for gateway in ["paystack", "stripe"] {
        let customer = cloud.customer(Plan::Enterprise, "0").await;
        let reference = without_events(&cloud, &customer, gateway).await;
        cloud.pays(gateway, &reference, json!({})).await;
        look_later(&cloud, 125).await;
        customer.settled(&reference, "succeeded").await;
        assert_eq!(balance(&customer).await, "25.0000");
        audit(&cloud, &customer).await;
    }
}

#[tokio::test]
async fn the_customer_s_question_asks_the_gateway() {
    let cloud = Cloud::alone().await;
    let customer = cloud.customer(Plan::Enterprise, "0").await;
    let reference = without_events(&cloud, &customer, "paystack").await;
    assert_eq!(customer.payment(&reference).await["status"], "pending");
    cloud.pays("paystack", &reference, json!({})).await;
    assert_eq!(customer.payment(&reference).await["status"], "pending", "Paystack was asked just now");
    cloud.advance(6).await;
    assert_eq!(customer.payment(&reference).await["status"], "succeeded");
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn nobody_pays_and_the_payment_is_abandoned_after_a_day_but_late_money_counts() {
    let cloud = Cloud::alone().await;
    let customer = cloud.customer(Plan::Enterprise, "0").await;
    let reference = customer.started(&fifty_dollars("paystack"), "k").await;
    look_later(&cloud, 23 * 3600).await;
    assert_eq!(customer.payment(&reference).await["status"], "pending");
    look_later(&cloud, 3660).await;
    let given_up = customer.settled(&reference, "abandoned").await;
    assert!(given_up["completed_at"].is_string());
    cloud.pays("paystack", &reference, json!({})).await;
    customer.settled(&reference, "succeeded").await;
    assert_eq!(balance(&customer).await, "25.0000");
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn a_gateway_that_is_down_delays_and_loses_nothing() {
    let cloud = Cloud::alone().await;
    let customer = cloud.customer(Plan::Enterprise, "0").await;
    let reference = customer.started(&fifty_dollars("paystack"), "paid").await;
    cloud.pays("paystack", &reference, json!({})).await;
    cloud.gateway("paystack", "fault", json!({ "down": true })).await;
    let refused = customer.pay(&fifty_dollars("paystack"), "down").await;
    assert_eq!((refused.status, refused.code()), (503, "gateway_unavailable"), "{refused:?}");
    assert!(refused.headers.contains_key("retry-after"));
    look_later(&cloud, 3600).await;
    let known = customer.payment(&reference).await;
    assert!(["pending", "succeeded"].contains(&known["status"].as_str().unwrap()), "{known:#}");
    cloud.gateway("paystack", "fault", json!({ "down": false })).await;
    look_later(&cloud, 3 * 3600).await;
    cloud.wake("PaymentsQueue").await;
    customer.settled(&reference, "succeeded").await;
    // The request that failed may be repeated.
    let again = customer.pay(&fifty_dollars("paystack"), "down").await;
    assert_eq!(again.status, 201, "{again:?}");
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn a_lost_answer_of_the_start_leaves_a_payment_that_can_be_paid_or_given_up() {
    let cloud = Cloud::alone().await;
    // Stripe answers the same session to the same key.
    let customer = cloud.customer(Plan::Enterprise, "0").await;
    cloud.gateway("stripe", "plan", json!({ "fault": "create_timeout_after", "seconds": 20, "times": 1 })).await;
    let lost = customer.pay(&fifty_dollars("stripe"), "k").await;
    assert_eq!((lost.status, lost.code()), (503, "gateway_unavailable"), "{lost:?}");
    let early = customer.pay(&fifty_dollars("stripe"), "k").await;
    assert_eq!((early.status, early.code()), (409, "payment_starting"), "{early:?}");
    cloud.advance(21).await;
    let again = customer.pay(&fifty_dollars("stripe"), "k").await;
    assert_eq!((again.status, &again.body["status"]), (201, &json!("pending")), "{again:?}");
    let reference = namaskah_tests::reference_of(&again.body);
    cloud.pays("stripe", &reference, json!({})).await;
    customer.settled(&reference, "succeeded").await;
    audit(&cloud, &customer).await;

    // Paystack takes a reference once, so the payment failed, and another one can be started.
    let customer = cloud.customer(Plan::Enterprise, "0").await;
    cloud.gateway("paystack", "plan", json!({ "fault": "initialize_timeout_after", "seconds": 20, "times": 1 })).await;
    let lost = customer.pay(&fifty_dollars("paystack"), "k").await;
    assert_eq!(lost.status, 503, "{lost:?}");
    cloud.advance(21).await;
    let again = customer.pay(&fifty_dollars("paystack"), "k").await;
    assert_eq!((again.status, again.code()), (409, "payment_refused"), "{again:?}");
    let payments = customer.get("/api/v1/payments").await.body;
    assert_eq!(
        (&payments["items"][0]["status"], &payments["items"][0]["reason"]),
        (&json!("failed"), &json!("not_opened"))
    );
}

/// Kills a function at this point while a payment is started, paid and settled.
async fn killed_at(point: &str) {
    let cloud = Cloud::alone().await;
    let customer = cloud.customer(Plan::Enterprise, "0").await;
    let file = cloud.kill_at(point);
    let started = customer.pay(&fifty_dollars("stripe"), "k").await;
    if started.status != 201 {
        assert!(started.status >= 500 && !file.exists(), "{point} {started:?}");
        cloud.advance(21).await;
    }
    let again = customer.pay(&fifty_dollars("stripe"), "k").await;
    assert_eq!(again.status, 201, "{point} {again:?}");
    let reference = namaskah_tests::reference_of(&again.body);
    cloud.pays("stripe", &reference, json!({})).await;
    let since = Instant::now();
    while customer.known_payment(&reference).await["status"] != "succeeded" {
        assert!(since.elapsed().as_secs() < 60, "{point}: never credited");
        cloud.wake("PaymentsQueue").await;
        look_later(&cloud, 130).await;
        namaskah_tests::pause().await;
    }
    assert!(!file.exists(), "{point} was not reached");
    assert_eq!(balance(&customer).await, "25.0000", "{point}");
    assert_eq!(customer.get("/api/v1/payments").await.body["items"].as_array().unwrap().len(), 1, "{point}");
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn killed_after_the_payment_was_written() {
    killed_at("after-start").await;
}

#[tokio::test]
async fn killed_after_the_gateway_made_the_checkout() {
    killed_at("after-open").await;
}

#[tokio::test]
async fn killed_after_the_gateway_said_that_it_was_paid() {
    killed_at("after-report").await;
}

#[tokio::test]
async fn killed_before_the_credit() {
    killed_at("before-credit").await;
}

#[tokio::test]
async fn killed_after_the_credit() {
    killed_at("after-credit").await;
}
