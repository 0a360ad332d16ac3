//! Refunds of payments in coins: to an address that a letter confirms and a person approves, by one payout.

use super::{
    Cloud, Plan, ask, asked, audit, balance, findings, paid, pays, reaches,
    staff::{awaiting, decide},
};
use crate::staff::colleague;
use domain::{access::StaffRole, payment::PaymentReference};
use namaskah_tests::{Answer, Customer};
use serde_json::{Value, json};
use store::FindingKind;

const BITCOIN: &str = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";

/// A customer with a payment of ₵25 in this coin.
async fn payer(cloud: &Cloud, method: &str) -> (Customer, PaymentReference) {
    let customer = cloud.customer(Plan::Enterprise, "0").await;
    let body = json!({ "amount": "50.00", "currency": "USD", "gateway": "btcpay", "method": method });
    let reference = paid(cloud, &customer, &body, json!({})).await;
    (customer, reference)
}

async fn send_address(customer: &Customer, reference: &PaymentReference, address: &str) -> Answer {
    let path = format!("/api/v1/payments/{reference}/refund-address");
    customer.send("POST", &path, Some(&json!({ "address": address })), &[]).await
}

/// The token of the letter that confirms this address.
async fn confirmed(cloud: &Cloud, customer: &Customer, reference: &PaymentReference, address: &str) -> String {
    let sent = send_address(customer, reference, address).await;
    assert_eq!(sent.status, 202, "{sent:?}");
    let email = format!("{}@example.com", customer.user);
    cloud.letter_with(&email, &[sent.body["address"]["text"].as_str().unwrap()]).await.token()
}

/// A refund of all credits to this address, which a person approved.
async fn approved(cloud: &Cloud, customer: &Customer, reference: &PaymentReference) -> Value {
    let refund = wanted(cloud, customer, reference).await;
    let finance = colleague(cloud, StaffRole::Finance).await.client;
    let approved = decide(&finance, reference, &refund, "approve").await;
    assert_eq!((approved.status, &approved.body["address"]["text"]), (200, &json!(BITCOIN)), "{approved:?}");
    refund
}

async fn wanted(cloud: &Cloud, customer: &Customer, reference: &PaymentReference) -> Value {
    wanted_to(cloud, customer, reference, BITCOIN).await
}

async fn wanted_to(cloud: &Cloud, customer: &Customer, reference: &PaymentReference, address: &str) -> Value {
    let token = confirmed(cloud, customer, reference, address).await;
    asked(customer, reference, json!({ "address_token": token })).await
}

/// The payouts of a refund at the simulator.
async fn payouts(cloud: &Cloud, refund: &Value) -> Vec<Value> {
    let url = format!("{}/_sim/payouts", cloud.simulator("btcpay"));
    let all: Vec<Value> = cloud.http.get(url).send().await.unwrap().json().await.unwrap();
    all.into_iter().filter(|payout| payout["metadata"]["refund"] == refund["id"]).collect()
}

#[tokio::test]
async fn coins_go_back_to_a_confirmed_address_after_an_approval() {
    let cloud = Cloud::alone().await;
    let (customer, reference) = payer(&cloud, "bitcoin").await;
    let offer = customer.payment(&reference).await["refund"].clone();
    assert_eq!((&offer["address_on"], &offer["needs_approval"]), (&json!("bitcoin"), &json!(true)), "{offer:#}");
    let nowhere = ask(&customer, &reference, json!({}), "nowhere").await;
    assert_eq!((nowhere.status, nowhere.code()), (409, "refund_address_needed"), "{nowhere:?}");

    // Upper case is the same address.
    let token = confirmed(&cloud, &customer, &reference, &BITCOIN.to_uppercase()).await;
    assert_eq!(balance(&customer).await, "25.0000", "a letter moves no credits");
    let refund = asked(&customer, &reference, json!({ "credits": "10", "address_token": token })).await;
    assert_eq!(
        (&refund["status"], &refund["address"]),
        (&json!("awaiting_approval"), &json!({ "network": "bitcoin", "text": BITCOIN }))
    );
    assert_eq!(balance(&customer).await, "15.0000");
    let finance = colleague(&cloud, StaffRole::Finance).await.client;
    assert_eq!(awaiting(&finance, &refund).await.unwrap()["address"]["text"], BITCOIN);
    assert!(payouts(&cloud, &refund).await.is_empty());
    assert_eq!(decide(&finance, &reference, &refund, "approve").await.status, 200);
    reaches(&cloud, &customer, &reference, "pending").await;
    let sent = payouts(&cloud, &refund).await;
    assert_eq!((sent.len(), &sent[0]["destination"]), (1, &json!(BITCOIN)), "{sent:#?}");
    let url = format!("{}/_sim/rates?pair=BTC_USD", cloud.simulator("btcpay"));
    let rate: Value = cloud.http.get(url).send().await.unwrap().json().await.unwrap();
    let number = |value: &Value| value.as_str().unwrap().parse::<f64>().unwrap();
    let exact = 20.0 / number(&rate["rate"]);
    let coins = number(&sent[0]["payoutAmount"]);
    assert!(coins <= exact && exact - coins < 0.000_000_01, "{sent:#?} at {rate}");
    assert_eq!(sent[0]["metadata"]["amount"], json!({ "minor": "20.00", "currency": "USD" }));
    cloud.advance(180).await;
    cloud.queue_due_payments().await;
    let done = reaches(&cloud, &customer, &reference, "processed").await;
    assert_eq!(done["status"], "partly_refunded");

    // The token serves for the rest of the payment, too.
    let rest = ask(&customer, &reference, json!({ "address_token": token }), "rest").await;
    assert_eq!((rest.status, &rest.body["refund"]["credits"]), (201, &json!("15.0000")), "{rest:?}");
    let rest = rest.body["refund"].clone();
    assert_eq!(decide(&finance, &reference, &rest, "refuse").await.status, 200);
    assert_eq!(balance(&customer).await, "15.0000");
    cloud.advance(2 * 3600).await;
    let late = ask(&customer, &reference, json!({ "address_token": token }), "late").await;
    assert_eq!((late.status, late.code()), (409, "refund_address_not_confirmed"), "{late:?}");
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn an_address_that_can_t_get_the_coins_is_refused() {
    let cloud = Cloud::shared().await;
    let (customer, reference) = payer(&cloud, "usdt_tron").await;
    for (address, detail) in [
        ("TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6u", "has a wrong or missing character"),
        (BITCOIN, "is not an address of the network"),
        ("0x52908400098527886E0F7030069857D2E4169EE7", "is not an address of the network"),
        ("T9yD14Nj9j7xAB4dbGeiX9h8unkKHxuWwb", "nobody can send"),
        ("", "is not an address of the network"),
    ] {
        let answer = send_address(&customer, &reference, address).await;
        let error = &answer.body["errors"][0];
        assert_eq!((answer.status, &error["field"]), (422, &json!("address")), "{answer:?}");
        assert_eq!(error["code"], "not_a_coin_address", "{answer:?}");
        assert!(error["detail"].as_str().unwrap().contains(detail), "{answer:?}");
    }
    let card = pays(&cloud, &customer, "stripe", json!({})).await;
    let answer = send_address(&customer, &card, BITCOIN).await;
    assert_eq!((answer.status, answer.code()), (409, "refund_address_not_needed"), "{answer:?}");
    let unpaid = json!({ "amount": "50.00", "currency": "USD", "gateway": "btcpay", "method": "bitcoin" });
    let unpaid = customer.started(&unpaid, "unpaid").await;
    let answer = send_address(&customer, &unpaid, BITCOIN).await;
    assert_eq!((answer.status, answer.code()), (409, "payment_not_paid"), "{answer:?}");
}

#[tokio::test]
async fn a_token_is_for_one_payment_and_letters_are_limited() {
    let cloud = Cloud::shared().await;
    let ((customer, reference), (other, theirs)) = (payer(&cloud, "bitcoin").await, payer(&cloud, "bitcoin").await);
    let token = confirmed(&cloud, &customer, &reference, BITCOIN).await;
    let foreign = ask(&other, &theirs, json!({ "address_token": token }), "k").await;
    assert_eq!((foreign.status, foreign.code()), (409, "refund_address_not_confirmed"), "{foreign:?}");
    let card = pays(&cloud, &customer, "stripe", json!({})).await;
    let card = ask(&customer, &card, json!({ "address_token": token }), "card").await;
    assert_eq!((card.status, card.code()), (409, "refund_address_not_confirmed"), "{card:?}");
    let invented = format!("nso_{}", "0".repeat(32));
    let invented = ask(&customer, &reference, json!({ "address_token": invented }), "invented").await;
    assert_eq!(invented.code(), "refund_address_not_confirmed");
    for _ in 0..4 {
        assert_eq!(send_address(&customer, &reference, BITCOIN).await.status, 202);
    }
    let sixth = send_address(&customer, &reference, BITCOIN).await;
    assert_eq!((sixth.status, sixth.code()), (429, "too_many_attempts"), "{sixth:?}");
    // A key with another token is another request.
    asked(&customer, &reference, json!({ "address_token": token })).await;
    let reused =
        ask(&customer, &reference, json!({ "address_token": format!("nso_{}", "1".repeat(32)) }), "refund").await;
    assert_eq!((reused.status, reused.code()), (422, "idempotency_key_reused"), "{reused:?}");
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn a_cancelled_payout_brings_the_credits_back() {
    let cloud = Cloud::alone().await;
    let (customer, reference) = payer(&cloud, "bitcoin").await;
    let refund = wanted(&cloud, &customer, &reference).await;
    let plan = json!({ "fault": "payout_cancelled", "reference": refund["id"] });
    cloud.gateway("btcpay", "plan", plan).await;
    let finance = colleague(&cloud, StaffRole::Finance).await.client;
    assert_eq!(decide(&finance, &reference, &refund, "approve").await.status, 200);
    reaches(&cloud, &customer, &reference, "pending").await;
    cloud.advance(180).await;
    cloud.queue_due_payments().await;
    reaches(&cloud, &customer, &reference, "failed").await;
    assert_eq!(balance(&customer).await, "25.0000");
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn a_payout_whose_answer_is_lost_is_made_once() {
    let cloud = Cloud::alone().await;
    for fault in ["payout_502_after", "payout_502"] {
        let (customer, reference) = payer(&cloud, "bitcoin").await;
        let refund = wanted(&cloud, &customer, &reference).await;
        cloud.gateway("btcpay", "plan", json!({ "fault": fault, "reference": refund["id"] })).await;
        let finance = colleague(&cloud, StaffRole::Finance).await.client;
        assert_eq!(decide(&finance, &reference, &refund, "approve").await.status, 200);
        let since = std::time::Instant::now();
        while customer.payment(&reference).await["refunds"][0]["status"] != "processed" {
            assert!(since.elapsed().as_secs() < 90, "{fault}: not processed");
            cloud.advance(180).await;
            cloud.wake("PaymentsQueue").await;
            cloud.queue_due_payments().await;
            namaskah_tests::pause().await;
        }
        assert_eq!(payouts(&cloud, &refund).await.len(), 1, "{fault}");
        assert_eq!(balance(&customer).await, "0.0000");
        audit(&cloud, &customer).await;
    }
}

#[tokio::test]
async fn killed_after_the_payout_was_made() {
    let cloud = Cloud::alone().await;
    let (customer, reference) = payer(&cloud, "bitcoin").await;
    let file = cloud.kill_at("after-refund-sent");
    let refund = approved(&cloud, &customer, &reference).await;
    let since = std::time::Instant::now();
    while file.exists() || customer.payment(&reference).await["refunds"][0]["status"] != "processed" {
        assert!(since.elapsed().as_secs() < 90, "not processed");
        cloud.advance(180).await;
        cloud.wake("PaymentsQueue").await;
        cloud.queue_due_payments().await;
        namaskah_tests::pause().await;
    }
    assert_eq!(payouts(&cloud, &refund).await.len(), 1);
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn a_payout_that_nobody_pays_becomes_a_finding() {
    let cloud = Cloud::alone().await;
    let (customer, reference) = payer(&cloud, "bitcoin").await;
    // It keeps its address busy.
    let refund = wanted_to(&cloud, &customer, &reference, "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa").await;
    cloud.gateway("btcpay", "plan", json!({ "fault": "payout_stuck", "reference": refund["id"] })).await;
    let finance = colleague(&cloud, StaffRole::Finance).await.client;
    assert_eq!(decide(&finance, &reference, &refund, "approve").await.status, 200);
    reaches(&cloud, &customer, &reference, "pending").await;
    cloud.advance(14 * 86_400 + 60).await;
    cloud.queue_due_payments().await;
    let since = std::time::Instant::now();
    while !findings(&cloud, &reference).await.contains(&FindingKind::RefundOverdue) {
        assert!(since.elapsed().as_secs() < 60, "no finding");
        namaskah_tests::pause().await;
    }
    audit(&cloud, &customer).await;
}
