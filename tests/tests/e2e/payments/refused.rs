//! Money that is not what was agreed is never credited, and becomes a finding.

use super::{audit, balance, fifty_dollars};
use domain::Plan;
use namaskah_tests::{Cloud, Customer, PASSWORD};
use serde_json::{Value, json};
use std::time::Instant;
use store::FindingKind;

/// Pays in this way, and returns the payment when our workers have seen it.
async fn pays(cloud: &Cloud, customer: &Customer, gateway: &str, how: Value) -> Value {
    let reference = customer
        .started(
            &fifty_dollars(gateway),
            &format!("{gateway}{how}").replace(|sign: char| !sign.is_ascii_alphanumeric(), "-"),
        )
        .await;
    cloud.pays(gateway, &reference, how).await;
    let payment = customer.settled(&reference, "failed").await;
    let findings = cloud.store.orders().findings_of(cloud.now()).await.unwrap();
    let of_payment =
        findings.iter().filter(|finding| finding.payment.as_ref().is_some_and(|money| money.reference == reference));
    let kinds: Vec<_> = of_payment.map(|finding| finding.kind).collect();
    assert_eq!(kinds, [FindingKind::PaymentNotTheAmount], "{payment:#}");
    payment
}

#[tokio::test]
async fn another_amount_or_currency_is_a_finding_and_no_credit() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Enterprise, "0").await;
    for gateway in ["paystack", "stripe"] {
        for how in [
            json!({ "outcome": "wrong_amount", "amount": 4900 }),
            json!({ "outcome": "wrong_amount", "amount": 500_000 }),
            json!({ "outcome": "wrong_currency" }),
        ] {
            // Paystack's usual other currency is that of the payment.
            let how = if gateway == "paystack" && how["amount"].is_null() {
                json!({ "outcome": "wrong_currency", "currency": "NGN" })
            } else {
                how
            };
            let payment = pays(&cloud, &customer, gateway, how.clone()).await;
            assert_eq!(
                (&payment["reason"], &payment["credited"]),
                (&json!("not_the_amount"), &json!("0.0000")),
                "{how}"
            );
        }
    }
    assert_eq!(balance(&customer).await, "0.0000");
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn a_declined_card_may_be_tried_again() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Enterprise, "0").await;
    let reference = customer.started(&fifty_dollars("paystack"), "k").await;
    cloud.pays("paystack", &reference, json!({ "outcome": "failed" })).await;
    let declined = customer.payment(&reference).await;
    assert_eq!((&declined["status"], &declined["reason"]), (&json!("failed"), &json!("declined")), "{declined:#}");
    cloud.pays("paystack", &reference, json!({})).await;
    let paid = customer.settled(&reference, "succeeded").await;
    assert_eq!((&paid["reason"], &paid["credited"]), (&json!(null), &json!("25.0000")), "{paid:#}");
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn money_for_a_deleted_account_is_a_finding() {
    let cloud = Cloud::shared().await;
    let person = cloud.person().await;
    let customer = &person.client;
    let reference = customer.started(&fifty_dollars("paystack"), "k").await;
    let body = json!({ "password": PASSWORD, "waive_balance": true });
    let deleted = customer.send("DELETE", "/api/v1/me", Some(&body), &[]).await;
    assert_eq!(deleted.status, 204, "{deleted:?}");
    let before = cloud.store.ledger().wallet(&customer.user).await.unwrap();
    // The gateway's page is still open.
    cloud.pays("paystack", &reference, json!({})).await;
    let since = Instant::now();
    let found = loop {
        let findings = cloud.store.orders().findings_of(cloud.now()).await.unwrap();
        let of_payment = |finding: &store::Finding| {
            finding.payment.as_ref().is_some_and(|money| money.reference == reference).then_some(finding.kind)
        };
        let found: Vec<_> = findings.iter().filter_map(of_payment).collect();
        if !found.is_empty() {
            break found;
        }
        assert!(since.elapsed().as_secs() < 60, "nobody learns of the money");
        namaskah_tests::pause().await;
    };
    assert_eq!(found, [FindingKind::PaymentOfDeletedAccount]);
    let wallet = cloud.store.ledger().wallet(&customer.user).await.unwrap();
    assert_eq!(wallet, before, "nothing was credited");
}
