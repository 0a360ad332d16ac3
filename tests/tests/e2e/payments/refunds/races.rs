//! Many requests at once: what leaves never exceeds what is there.

use super::{Cloud, ask, at_gateway, audit, balance, payer, reaches};
use domain::{
    Credits,
    payment::{PaymentReference, RefundStatus},
};
use namaskah_tests::{Answer, Customer};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Asks again, with the same key, while a busy machine does not answer in time.
async fn ask_until_answered(customer: &Customer, reference: &PaymentReference, body: Value, key: &str) -> Answer {
    loop {
        let answer = ask(customer, reference, body.clone(), key).await;
        if answer.status < 500 {
            return answer;
        }
    }
}

#[tokio::test]
async fn twenty_requests_with_one_key_make_one_refund() {
    let cloud = Cloud::shared().await;
    let (customer, reference) = payer(&cloud, "paystack", json!({})).await;
    let asking = (0..20).map(|_| ask_until_answered(&customer, &reference, json!({}), "same"));
    let answers = futures_util::future::join_all(asking).await;
    let made = answers.iter().filter(|answer| answer.status == 201);
    let ids: BTreeSet<_> = made.map(|answer| answer.body["refund"]["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids.len(), 1, "{answers:?}");
    assert!(answers.iter().all(|answer| answer.status == 201 || answer.code() == "busy"), "{answers:?}");
    reaches(&cloud, &customer, &reference, "processed").await;
    assert_eq!(at_gateway(&cloud, "paystack", &reference).await.len(), 1);
    assert_eq!(balance(&customer).await, "0.0000");
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn twenty_requests_with_different_keys_refund_no_more_than_there_is() {
    let cloud = Cloud::shared().await;
    let (customer, reference) = payer(&cloud, "stripe", json!({})).await;
    let keys: Vec<_> = (0..20).map(|n| format!("k{n}")).collect();
    let asking = keys.iter().map(|key| ask_until_answered(&customer, &reference, json!({ "credits": "5" }), key));
    let answers = futures_util::future::join_all(asking).await;
    for answer in &answers {
        let is_refused = ["payment_refunded", "refund_too_large", "credits_spent", "busy"].contains(&answer.code());
        assert!(answer.status == 201 || answer.status == 409 && is_refused, "{answer:?}");
    }
    let asked = answers.iter().filter(|answer| answer.status == 201).count();
    assert!((1..=5).contains(&asked), "{answers:?}");
    reaches(&cloud, &customer, &reference, "processed").await;
    let left = 25 - 5 * asked;
    assert_eq!(balance(&customer).await, format!("{left}.0000"));
    let payment = cloud.store.record::<domain::payment::Payment>(&customer.user, &reference).await.unwrap().unwrap();
    assert_eq!(payment.refunds.len(), asked);
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn a_refund_that_meets_purchases_leaves_every_credit_once() {
    let cloud = Cloud::shared().await;
    let (customer, reference) = payer(&cloud, "stripe", json!({})).await;
    let buying = (0..8).map(|n| {
        let customer = customer.clone();
        async move { customer.buy("airbnb", "GH", &format!("buy-{n}")).await }
    });
    let all = json!({ "credits": "25.0000" });
    let (bought, refund) =
        tokio::join!(futures_util::future::join_all(buying), ask(&customer, &reference, all, "refund"));
    let orders = bought.iter().filter(|answer| answer.status < 300).count();
    match refund.status {
        201 => assert!(bought.iter().all(|answer| answer.status >= 400), "nothing was left for {orders}: {bought:?}"),
        _ => assert!(["refund_too_large", "busy"].contains(&refund.code()), "{refund:?}"),
    }
    audit(&cloud, &customer).await;
    // What is left goes back; what the purchases took does not.
    let rest = loop {
        let answer = ask(&customer, &reference, json!({}), &format!("rest-{}", cloud.now().millis())).await;
        if answer.code() != "busy" {
            break answer;
        }
    };
    assert!(rest.status == 201 || ["payment_refunded", "credits_spent"].contains(&rest.code()), "{rest:?}");
    let wallet = cloud.store.ledger().wallet(&customer.user).await.unwrap();
    let refunded = payment_refunded(&cloud, &customer, &reference).await;
    let entries = cloud.store.ledger().all_entries(&customer.user).await.unwrap();
    let captured = entries.iter().filter(|entry| entry.kind == domain::ledger::EntryKind::Capture);
    let captured: i64 = captured.map(|entry| entry.amount.units()).sum();
    assert_eq!(
        wallet.available.units() + wallet.held.units() + captured + refunded.units(),
        250_000,
        "{wallet:?} {rest:?}"
    );
    audit(&cloud, &customer).await;
}

/// What left for the gateway, by the payment.
async fn payment_refunded(
    cloud: &Cloud,
    customer: &namaskah_tests::Customer,
    reference: &domain::payment::PaymentReference,
) -> Credits {
    let payment = cloud.store.record::<domain::payment::Payment>(&customer.user, reference).await.unwrap().unwrap();
    assert!(payment.refunds.iter().all(|refund| refund.status != RefundStatus::AwaitingApproval));
    payment.refunded()
}

#[tokio::test]
async fn refunds_of_two_payments_at_once_take_no_credit_twice() {
    let cloud = Cloud::shared().await;
    let (customer, first) = payer(&cloud, "stripe", json!({})).await;
    let second = super::pays(&cloud, &customer, "stripe", json!({})).await;
    // ₵30 are spent, so the first payment is gone, and of the second one ₵20 are left.
    cloud.debit(&customer.user, "30".parse().unwrap(), "spent").await.unwrap();
    let keys: Vec<_> = (0..6).map(|n| format!("k{n}")).collect();
    let asking = keys.iter().enumerate().map(|(n, key)| {
        let reference = if n % 2 == 0 { &first } else { &second };
        ask(&customer, reference, json!({ "credits": "15" }), key)
    });
    let answers = futures_util::future::join_all(asking).await;
    let statuses: Vec<Value> = answers.iter().map(|answer| json!([answer.status, answer.code()])).collect();
    for (n, answer) in answers.iter().enumerate() {
        assert!(n % 2 == 1 || answer.status == 409, "the first payment is spent: {statuses:?}");
    }
    assert!(answers.iter().filter(|answer| answer.status == 201).count() <= 1, "{statuses:?}");
    audit(&cloud, &customer).await;
}
