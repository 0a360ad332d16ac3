//! What becomes of a refund at its gateway.

use super::{Cloud, ask, asked, at_gateway, audit, balance, findings, payer, reaches};
use domain::Plan;
use serde_json::json;
use std::time::Instant;
use store::FindingKind;

#[tokio::test]
async fn the_credits_of_a_refund_that_fails_come_back_once() {
    let cloud = Cloud::alone().await;
    for (gateway, outcome) in [("paystack", "refund_fails"), ("stripe", "success_refund_pending_fails")] {
        let (customer, reference) = payer(&cloud, gateway, json!({ "outcome": outcome })).await;
        let twice = json!({ "fault": "webhook_twice", "reference": reference.to_string(), "times": 99 });
        cloud.gateway(gateway, "plan", twice).await;
        asked(&customer, &reference, json!({})).await;
        reaches(&cloud, &customer, &reference, "pending").await;
        assert_eq!(balance(&customer).await, "0.0000");
        cloud.advance(61).await;
        let failed = reaches(&cloud, &customer, &reference, "failed").await;
        assert_eq!(
            (&failed["status"], balance(&customer).await.as_str()),
            (&json!("succeeded"), "25.0000"),
            "{gateway}"
        );
        let entry = customer.get("/api/v1/wallet/entries?limit=1").await.body["items"][0].clone();
        assert_eq!((&entry["kind"], &entry["rule"]), (&json!("refund_return"), &json!("refund_failed")), "{entry:#}");
        assert_eq!(customer.payment(&reference).await["refund"]["possible"], "25.0000", "it may be tried again");
        audit(&cloud, &customer).await;
    }
}

#[tokio::test]
async fn a_gateway_that_refuses_a_refund_gives_the_credits_back() {
    let cloud = Cloud::shared().await;
    let (customer, reference) = payer(&cloud, "stripe", json!({})).await;
    // Stripe refunds no charge that is disputed, and we have not heard of it yet.
    let unheard = json!({ "fault": "webhook_never", "reference": reference.to_string(), "times": 9 });
    cloud.gateway("stripe", "plan", unheard).await;
    cloud.gateway("stripe", &format!("dispute/{reference}"), json!({ "state": "created" })).await;
    asked(&customer, &reference, json!({ "credits": "10" })).await;
    reaches(&cloud, &customer, &reference, "failed").await;
    assert_eq!(balance(&customer).await, "25.0000");
    assert!(at_gateway(&cloud, "stripe", &reference).await.is_empty());
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn a_refund_that_needs_the_customer_s_account_waits_and_goes_on() {
    let cloud = Cloud::alone().await;
    let (customer, reference) = payer(&cloud, "paystack", json!({ "outcome": "refund_needs_attention" })).await;
    asked(&customer, &reference, json!({})).await;
    cloud.advance(7).await;
    reaches(&cloud, &customer, &reference, "needs_attention").await;
    assert_eq!(balance(&customer).await, "0.0000", "the credits stay away");
    let refund = at_gateway(&cloud, "paystack", &reference).await[0]["id"].clone();
    cloud.gateway("paystack", &format!("refunds/{refund}"), json!({ "status": "processed" })).await;
    let done = reaches(&cloud, &customer, &reference, "processed").await;
    let events: Vec<_> = done["timeline"].as_array().unwrap().iter().map(|item| item["event"].clone()).collect();
    assert!(events.contains(&json!("refund_needs_attention")), "{events:?}");
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn a_refund_that_fails_after_it_was_paid_out_is_a_finding() {
    let cloud = Cloud::alone().await;
    let (customer, reference) = payer(&cloud, "stripe", json!({ "outcome": "success_refund_fails" })).await;
    asked(&customer, &reference, json!({})).await;
    reaches(&cloud, &customer, &reference, "processed").await;
    assert!(findings(&cloud, &reference).await.is_empty());
    cloud.advance(61).await;
    let since = Instant::now();
    while findings(&cloud, &reference).await.is_empty() {
        assert!(since.elapsed().as_secs() < 60, "nobody was told");
        namaskah_tests::pause().await;
    }
    // Stripe sends three events of it.
    cloud.wake("PaymentsQueue").await;
    namaskah_tests::pause().await;
    assert_eq!(findings(&cloud, &reference).await, [FindingKind::RefundFailedAfterPaid]);
    let payment = customer.known_payment(&reference).await;
    assert_eq!((&payment["refunds"][0]["status"], balance(&customer).await.as_str()), (&json!("processed"), "0.0000"));
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn a_refund_of_the_gateway_s_dashboard_is_noted_at_its_payment_and_moves_nothing() {
    let cloud = Cloud::shared().await;
    let (customer, reference) = payer(&cloud, "stripe", json!({})).await;
    let url = format!("{}/_sim/payments/{reference}", cloud.simulator("stripe"));
    let shown: serde_json::Value = cloud.http.get(url).send().await.unwrap().json().await.unwrap();
    let intent = shown["payment_intent"].as_str().unwrap();
    let made = cloud.http.post(format!("{}/v1/refunds", cloud.simulator("stripe"))).bearer_auth("sk_test_local");
    let made = made.form(&[("payment_intent", intent), ("amount", "500")]).send().await.unwrap();
    assert_eq!(made.status(), 200, "{:?}", made.text().await);
    let since = Instant::now();
    loop {
        let events = cloud.store.ledger().gateway_events_of(cloud.now()).await.unwrap();
        let mine = events.iter().filter(|event| event.kind.as_deref() == Some("refund.created"));
        if let Some(event) = mine.into_iter().find(|event| event.reference.as_ref() == Some(&reference)) {
            assert!(event.outcome.starts_with("nothing new"), "{event:?}");
            break;
        }
        assert!(since.elapsed().as_secs() < 60, "its payment was not found");
        namaskah_tests::pause().await;
    }
    assert_eq!(balance(&customer).await, "25.0000");
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn a_refund_waits_for_a_gateway_that_is_down() {
    let cloud = Cloud::alone().await;
    let (customer, reference) = payer(&cloud, "paystack", json!({})).await;
    cloud.gateway("paystack", "fault", json!({ "down": true })).await;
    let answer = ask(&customer, &reference, json!({}), "k").await;
    assert_eq!((answer.status, balance(&customer).await.as_str()), (201, "0.0000"), "{answer:?}");
    cloud.advance(130).await;
    cloud.queue_due_payments().await;
    cloud.gateway("paystack", "fault", json!({ "down": false })).await;
    cloud.advance(600).await;
    cloud.queue_due_payments().await;
    cloud.wake("PaymentsQueue").await;
    reaches(&cloud, &customer, &reference, "processed").await;
    assert_eq!(at_gateway(&cloud, "paystack", &reference).await.len(), 1);
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn lost_events_of_a_refund_are_found_by_looks() {
    let cloud = Cloud::alone().await;
    for (gateway, how) in [("paystack", json!({})), ("stripe", json!({ "outcome": "success_refund_pending" }))] {
        let customer = cloud.customer(Plan::Enterprise, "0").await;
        let reference = super::pays(&cloud, &customer, gateway, how).await;
        let never = json!({ "fault": "webhook_never", "reference": reference.to_string(), "times": 99 });
        cloud.gateway(gateway, "plan", never).await;
        asked(&customer, &reference, json!({})).await;
        reaches(&cloud, &customer, &reference, "pending").await;
        cloud.advance(125).await;
        cloud.queue_due_payments().await;
        reaches(&cloud, &customer, &reference, "processed").await;
        audit(&cloud, &customer).await;
    }
}
