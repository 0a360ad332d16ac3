//! Disputes: the money is held until the bank has decided, what the wallet did not have is owed, and each entry is made
//! once.

use super::{audit, balance, fifty_dollars};
use domain::{Plan, payment::PaymentReference};
use namaskah_tests::{Cloud, Customer};
use serde_json::{Value, json};
use std::time::Instant;
use store::FindingKind;

/// A customer who paid ₵25 at this gateway.
async fn payer(cloud: &Cloud, gateway: &str) -> (Customer, PaymentReference) {
    let customer = cloud.customer(Plan::Enterprise, "0").await;
    let reference = customer.started(&fifty_dollars(gateway), gateway).await;
    cloud.pays(gateway, &reference, json!({})).await;
    customer.settled(&reference, "succeeded").await;
    (customer, reference)
}

/// The state at the gateway: `open`, `won` or `lost`.
async fn bank_says(cloud: &Cloud, gateway: &str, reference: &PaymentReference, what: &str) {
    let state = match (gateway, what) {
        ("paystack", "open") => "create",
        ("stripe", "open") => "created",
        _ => what,
    };
    cloud.gateway(gateway, &format!("dispute/{reference}"), json!({ "state": state })).await;
}

/// What the wallet has: available, held, owed.
async fn balances(cloud: &Cloud, customer: &Customer) -> [String; 3] {
    let wallet = cloud.store.ledger().wallet(&customer.user).await.unwrap();
    [wallet.available, wallet.held, wallet.owed].map(|amount| amount.to_string())
}

/// Spends something of the ₵25. Returns what is left, and what was spent.
async fn spend(customer: &Customer) -> (String, String) {
    let bought = customer.buy("telegram", "GH", "spent").await;
    assert_eq!(bought.status, 201, "{bought:?}");
    customer.wait_for(&bought.order_id(), &["completed"]).await;
    let left = balance(customer).await;
    let spent = format!("{:.4}", 25.0 - left.parse::<f64>().unwrap());
    (left, spent)
}

/// Lets time pass until dead workers are followed by others.
async fn later(cloud: &Cloud) {
    cloud.wake("PaymentsQueue").await;
    cloud.advance(130).await;
    cloud.queue_due_payments().await;
    namaskah_tests::pause().await;
}

/// Waits until the wallet has these balances: available, held, owed.
async fn reaches(cloud: &Cloud, customer: &Customer, wanted: [&str; 3]) {
    let since = Instant::now();
    loop {
        let balances = balances(cloud, customer).await;
        if balances == wanted {
            return;
        }
        assert!(since.elapsed().as_secs() < 60, "{balances:?} is not {wanted:?}");
        namaskah_tests::pause().await;
    }
}

async fn disputes(customer: &Customer, reference: &PaymentReference) -> Value {
    customer.known_payment(reference).await["disputes"].clone()
}

/// The findings about this payment.
async fn findings(cloud: &Cloud, reference: &PaymentReference) -> Vec<FindingKind> {
    let findings = cloud.store.orders().findings_of(cloud.now()).await.unwrap();
    let of_payment =
        findings.iter().filter(|finding| finding.payment.as_ref().is_some_and(|money| money.reference == *reference));
    of_payment.map(|finding| finding.kind).collect()
}

#[tokio::test]
async fn money_is_held_until_the_bank_has_decided() {
    let cloud = Cloud::shared().await;
    for gateway in ["paystack", "stripe"] {
        for (end, available) in [("won", "25.0000"), ("lost", "0.0000")] {
            let (customer, reference) = payer(&cloud, gateway).await;
            bank_says(&cloud, gateway, &reference, "open").await;
            reaches(&cloud, &customer, ["0.0000", "25.0000", "0.0000"]).await;
            let payment = customer.known_payment(&reference).await;
            assert_eq!((&payment["status"], &payment["disputes"][0]["status"]), (&json!("disputed"), &json!("open")));
            assert_eq!(findings(&cloud, &reference).await, [FindingKind::PaymentDisputed], "{gateway}");
            let path = format!("/api/v1/payments/{reference}/refund");
            let refund = customer.send("POST", &path, Some(&json!({})), &[("idempotency-key", "k")]).await;
            assert_eq!((refund.status, refund.code()), (409, "payment_disputed"), "{refund:?}");

            bank_says(&cloud, gateway, &reference, end).await;
            reaches(&cloud, &customer, [available, "0.0000", "0.0000"]).await;
            assert_eq!(disputes(&customer, &reference).await[0]["status"], end, "{gateway}");
            let status = if end == "won" { "succeeded" } else { "disputed" };
            assert_eq!(customer.known_payment(&reference).await["status"], status, "{gateway}");
            audit(&cloud, &customer).await;
        }
    }
}

#[tokio::test]
async fn what_was_spent_is_owed_and_paid_first() {
    let cloud = Cloud::shared().await;
    let (customer, reference) = payer(&cloud, "paystack").await;
    let (left, spent) = spend(&customer).await;
    bank_says(&cloud, "paystack", &reference, "open").await;
    reaches(&cloud, &customer, ["0.0000", "25.0000", &spent]).await;
    let refused = customer.buy("telegram", "GH", "debtor").await;
    assert_eq!((refused.status, refused.code(), &refused.body["owed"]), (402, "money_owed", &json!(spent)));
    // The next top-up pays the debt first.
    let second = customer.started(&fifty_dollars("stripe"), "second").await;
    cloud.pays("stripe", &second, json!({})).await;
    customer.settled(&second, "succeeded").await;
    reaches(&cloud, &customer, [&left, "25.0000", "0.0000"]).await;
    assert_eq!(customer.buy("telegram", "GH", "free").await.status, 201);
    bank_says(&cloud, "paystack", &reference, "lost").await;
    let since = Instant::now();
    while disputes(&customer, &reference).await[0]["status"] != "lost" {
        assert!(since.elapsed().as_secs() < 60, "the dispute is not over");
        namaskah_tests::pause().await;
    }
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn lost_events_of_disputes_are_found_by_looks() {
    let cloud = Cloud::alone().await;
    let (customer, reference) = payer(&cloud, "stripe").await;
    bank_says(&cloud, "stripe", &reference, "open").await;
    reaches(&cloud, &customer, ["0.0000", "25.0000", "0.0000"]).await;
    cloud
        .gateway("stripe", "plan", json!({ "fault": "webhook_never", "reference": reference.to_string(), "times": 9 }))
        .await;
    bank_says(&cloud, "stripe", &reference, "won").await;
    cloud.advance(25 * 3_600).await;
    cloud.queue_due_payments().await;
    reaches(&cloud, &customer, ["25.0000", "0.0000", "0.0000"]).await;
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn money_that_comes_back_from_an_order_pays_what_is_owed() {
    let cloud = Cloud::alone().await;
    let (customer, reference) = payer(&cloud, "paystack").await;
    cloud.plan("deliveroo", "never").await;
    let order = customer.buy("deliveroo", "GH", "open").await.order_id();
    let left = balance(&customer).await;
    let price = format!("{:.4}", 25.0 - left.parse::<f64>().unwrap());
    bank_says(&cloud, "paystack", &reference, "open").await;
    let held = format!("{:.4}", 25.0 + price.parse::<f64>().unwrap());
    reaches(&cloud, &customer, ["0.0000", &held, &price]).await;
    bank_says(&cloud, "paystack", &reference, "lost").await;
    reaches(&cloud, &customer, ["0.0000", &price, &price]).await;
    customer.post(&format!("/api/v1/verifications/{order}/report")).await;
    customer.wait_for(&order, &["refunded"]).await;
    reaches(&cloud, &customer, [&price, "0.0000", &price]).await;
    cloud.advance(25 * 3_600).await;
    cloud.queue_due_payments().await;
    reaches(&cloud, &customer, ["0.0000", "0.0000", "0.0000"]).await;
    audit(&cloud, &customer).await;
}

/// Kills a worker at this point of a dispute that the wallet can't pay alone.
async fn killed_at(point: &str) {
    let cloud = Cloud::alone().await;
    let (customer, reference) = payer(&cloud, "paystack").await;
    let (left, spent) = spend(&customer).await;
    for (what, wanted) in [("open", ["0.0000", "25.0000", &spent]), ("won", [&left, "0.0000", "0.0000"])] {
        let file = cloud.kill_at(point);
        bank_says(&cloud, "paystack", &reference, what).await;
        let since = Instant::now();
        loop {
            let balances = balances(&cloud, &customer).await;
            if balances == wanted {
                break;
            }
            assert!(since.elapsed().as_secs() < 90, "{point}: {balances:?} is not {wanted:?}");
            later(&cloud).await;
        }
        assert!(!file.exists(), "{point} was not reached while it was {what}");
    }
    assert_eq!(disputes(&customer, &reference).await.as_array().unwrap().len(), 1);
    assert_eq!(findings(&cloud, &reference).await.len(), 1, "{point}");
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn killed_after_the_gateway_reported_the_dispute() {
    killed_at("after-dispute-report").await;
}

#[tokio::test]
async fn killed_before_a_step_of_the_dispute() {
    killed_at("before-dispute-step").await;
}

#[tokio::test]
async fn killed_after_a_step_of_the_dispute() {
    killed_at("after-dispute-step").await;
}

#[tokio::test]
async fn a_look_goes_on_with_what_a_dead_worker_left_of_a_won_dispute() {
    let cloud = Cloud::alone().await;
    let (customer, reference) = payer(&cloud, "paystack").await;
    let (left, spent) = spend(&customer).await;
    bank_says(&cloud, "paystack", &reference, "open").await;
    reaches(&cloud, &customer, ["0.0000", "25.0000", &spent]).await;
    // No event comes again.
    let never = json!({ "fault": "webhook_never", "reference": reference.to_string(), "times": 9 });
    cloud.gateway("paystack", "plan", never).await;
    bank_says(&cloud, "paystack", &reference, "won").await;
    let file = cloud.kill_at("after-dispute-step");
    cloud.advance(25 * 3_600).await;
    cloud.queue_due_payments().await;
    let since = Instant::now();
    while balances(&cloud, &customer).await != [left.as_str(), "0.0000", "0.0000"] {
        assert!(since.elapsed().as_secs() < 90, "the money stays frozen");
        later(&cloud).await;
    }
    assert!(!file.exists(), "a worker died between two steps");
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn killed_before_the_debt_was_paid() {
    let cloud = Cloud::alone().await;
    let (customer, reference) = payer(&cloud, "paystack").await;
    let (left, spent) = spend(&customer).await;
    bank_says(&cloud, "paystack", &reference, "open").await;
    reaches(&cloud, &customer, ["0.0000", "25.0000", &spent]).await;
    bank_says(&cloud, "paystack", &reference, "lost").await;
    reaches(&cloud, &customer, ["0.0000", "0.0000", &spent]).await;
    let second = customer.started(&fifty_dollars("paystack"), "second").await;
    let file = cloud.kill_at("before-repayment");
    cloud.pays("paystack", &second, json!({})).await;
    customer.settled(&second, "succeeded").await;
    let since = Instant::now();
    while balance(&customer).await != left {
        assert!(since.elapsed().as_secs() < 90, "the debt is not paid");
        later(&cloud).await;
    }
    assert!(!file.exists(), "a worker died");
    reaches(&cloud, &customer, [&left, "0.0000", "0.0000"]).await;
    audit(&cloud, &customer).await;
}
