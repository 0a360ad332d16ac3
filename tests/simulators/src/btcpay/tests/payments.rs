//! Tests of the machine: what each payment does to an invoice.

use super::{STORE, Server, state};
use http::StatusCode;
use serde_json::{Value, json};

/// A simulator in which a confirmation takes ten minutes, so that the real time changes nothing.
async fn server() -> Server {
    let server = Server::new();
    server.control("settings", json!({ "confirm_s": 600 })).await;
    server
}

#[tokio::test]
async fn a_payment_is_processing_until_it_is_confirmed() {
    let server = server().await;
    let id = server.invoice("o-1").await;
    assert_eq!(server.state(&id).await, state("New", "None", "0"));
    server.pay("o-1", "success").await;
    assert_eq!(server.state(&id).await, state("Processing", "None", "5.00"));
    let payment = server.payments(&id).await[0].clone();
    assert_eq!((&payment["status"], &payment["value"]), (&json!("Processing"), &json!("0.00008334")));
    let (transaction, output) = payment["id"].as_str().unwrap().split_once('-').unwrap();
    assert_eq!((transaction.len(), output.len()), (64, 1));
    server.advance(580).await;
    assert_eq!(server.state(&id).await, state("Processing", "None", "5.00"));
    server.advance(21).await;
    assert_eq!(server.state(&id).await, state("Settled", "None", "5.00"));
    assert_eq!(server.payments(&id).await[0]["status"], json!("Settled"));
    server.advance(100_000).await;
    assert_eq!(server.state(&id).await, state("Settled", "None", "5.00"));
}

#[tokio::test]
async fn what_is_final_at_once_settles_at_once() {
    let server = server().await;
    let id = server.invoice("o-1").await;
    server.pay("o-1", "lightning").await;
    assert_eq!(server.state(&id).await, state("Settled", "None", "5.00"));
    let id = server.invoice_with("o-2", json!({ "speedPolicy": "HighSpeed" })).await;
    server.pay("o-2", "success").await;
    assert_eq!(server.state(&id).await, state("Settled", "None", "5.00"));
    let nothing = json!({ "amount": "0", "currency": "USD", "metadata": { "orderId": "o-3" } });
    let made = server.post(&format!("{STORE}/invoices"), nothing).await.json();
    assert_eq!((&made["status"], &made["checkout"]["paymentMethods"]), (&json!("Settled"), &json!([])));
}

#[tokio::test]
async fn slower_policies_want_more_confirmations() {
    let server = server().await;
    for (policy, confirmations) in [("MediumSpeed", 1), ("LowMediumSpeed", 2), ("LowSpeed", 6)] {
        let id = server.invoice_with(policy, json!({ "speedPolicy": policy })).await;
        server.pay(policy, "success").await;
        server.advance(confirmations * 600 - 20).await;
        assert_eq!(server.state(&id).await.0, "Processing", "{policy}");
        server.advance(21).await;
        assert_eq!(server.state(&id).await.0, "Settled", "{policy}");
    }
}

#[tokio::test]
async fn half_is_not_enough() {
    let server = server().await;
    let id = server.invoice("o-1").await;
    let before = server.get(&format!("{STORE}/invoices/{id}/payment-methods")).await.json();
    server.pay("o-1", "partial").await;
    assert_eq!(server.state(&id).await, state("New", "PaidPartial", "2.50"));
    let methods = server.get(&format!("{STORE}/invoices/{id}/payment-methods")).await.json();
    assert_eq!(methods[0]["destination"], before[0]["destination"]);
    let lightning =
        [&before, &methods].map(|methods| methods[1]["destination"].as_str().unwrap().starts_with("lnbcrt41670n"));
    assert_eq!(lightning, [false, true], "a Lightning invoice has the amount in it");
    assert_eq!((&methods[0]["due"], &methods[0]["totalPaid"]), (&json!("0.00004167"), &json!("0.00004167")));
    assert_eq!((&methods[4]["due"], &methods[4]["paymentMethodPaid"]), (&json!("2.4998"), &json!("0")));
    server.pay("o-1", "lightning").await;
    assert_eq!(server.state(&id).await, state("Processing", "None", "5.00"), "the half on the chain is not final");
    server.advance(601).await;
    assert_eq!(server.state(&id).await, state("Settled", "None", "5.00"));

    let id = server.invoice("o-2").await;
    server.control("pay/o-2", json!({ "outcome": "partial", "share": 10 })).await;
    server.advance(901).await;
    assert_eq!(server.state(&id).await, state("Expired", "PaidPartial", "0.50"));
    server.pay("o-2", "late").await;
    assert_eq!(server.state(&id).await, state("Expired", "PaidLate", "5.00"));
}

#[tokio::test]
async fn a_tolerance_accepts_a_little_less() {
    let server = server().await;
    let id = server.invoice_with("o-1", json!({ "paymentTolerance": 5 })).await;
    server.control("pay/o-1", json!({ "outcome": "partial", "share": "94" })).await;
    assert_eq!(server.state(&id).await.0, "New");
    let id = server.invoice_with("o-2", json!({ "paymentTolerance": 5 })).await;
    server.control("pay/o-2", json!({ "outcome": "partial", "share": "95.1" })).await;
    assert_eq!(server.state(&id).await, state("Processing", "None", "4.76"));
}

#[tokio::test]
async fn too_much_is_paid_over() {
    let server = server().await;
    let id = server.invoice("o-1").await;
    server.pay("o-1", "over").await;
    assert_eq!(server.state(&id).await, state("Processing", "PaidOver", "7.50"));
    server.advance(601).await;
    assert_eq!(server.state(&id).await, state("Settled", "PaidOver", "7.50"));
    let methods = server.get(&format!("{STORE}/invoices/{id}/payment-methods")).await.json();
    assert_eq!(methods[0]["due"], json!("-0.00004167"));
}

#[tokio::test]
async fn a_second_payment_has_an_identifier_of_its_own() {
    let server = server().await;
    let id = server.invoice("o-1").await;
    server.pay("o-1", "success").await;
    server.pay("o-1", "second").await;
    assert_eq!(server.state(&id).await, state("Processing", "PaidOver", "10.00"));
    let settled = server.invoice("o-2").await;
    server.pay("o-2", "lightning").await;
    server.pay("o-2", "second").await;
    server.advance(601).await;
    assert_eq!(
        server.state(&settled).await,
        state("Settled", "None", "10.00"),
        "the status of a settled invoice stays"
    );
    let mut ids: Vec<String> = Vec::new();
    for invoice in [&id, &settled] {
        ids.extend(server.payments(invoice).await.iter().map(|payment| payment["id"].to_string()));
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 4);
}

#[tokio::test]
async fn a_late_payment_leaves_the_invoice_expired() {
    let server = server().await;
    let id = server.invoice("o-1").await;
    server.advance(901).await;
    assert_eq!(server.state(&id).await, state("Expired", "None", "0"));
    server.pay("o-1", "late").await;
    assert_eq!(server.state(&id).await, state("Expired", "PaidLate", "5.00"));
    server.advance(601).await;
    assert_eq!(server.state(&id).await, state("Expired", "PaidLate", "5.00"));
    assert_eq!(server.payments(&id).await[0]["status"], json!("Settled"));
    let id = server.invoice("o-2").await;
    server.pay("o-2", "late").await;
    assert_eq!(server.state(&id).await.1, "PaidLate", "an open invoice expires first");
}

#[tokio::test]
async fn without_confirmations_an_invoice_becomes_invalid_when_the_monitoring_ends() {
    let server = server().await;
    let id = server.invoice_with("o-1", json!({ "monitoringMinutes": 60 })).await;
    server.pay("o-1", "unconfirmed").await;
    server.advance(900 + 3_590).await;
    assert_eq!(server.state(&id).await, state("Processing", "None", "5.00"));
    server.advance(20).await;
    assert_eq!(server.state(&id).await, state("Invalid", "None", "5.00"));
    let id = server.invoice("o-2").await;
    server.pay("o-2", "invalid").await;
    assert_eq!(server.state(&id).await.0, "Processing");
    server.advance(601).await;
    assert_eq!(server.state(&id).await, state("Invalid", "None", "0"));
    assert_eq!(server.payments(&id).await[0]["status"], json!("Invalid"));
    let methods = server.get(&format!("{STORE}/invoices/{id}/payment-methods")).await.json();
    assert_eq!(methods[0]["payments"], json!([]), "a double-spent payment is left out by default");
}

#[tokio::test]
async fn a_double_spent_payment_opens_the_invoice_again() {
    let server = server().await;
    let id = server.invoice("o-1").await;
    server.pay("o-1", "double_spent").await;
    assert_eq!(server.state(&id).await, state("Processing", "None", "5.00"));
    server.advance(601).await;
    assert_eq!(server.state(&id).await, state("New", "None", "0"));
    server.advance(300).await;
    assert_eq!(server.state(&id).await, state("Expired", "None", "0"));
}

#[tokio::test]
async fn every_method_pays_in_its_own_coin() {
    let server = server().await;
    for (method, value, paid) in [
        ("BTC-CHAIN", "0.00008334", "5.00"),
        ("BTC-LN", "0.00008334", "5.00"),
        ("ETH-CHAIN", "0.002", "5.00"),
        ("SOL-CHAIN", "0.033333334", "5.00"),
        ("USDT-TRON", "5", "5"),
        ("USDT-ETHEREUM", "5", "5"),
    ] {
        let id = server.invoice(method).await;
        server.control(&format!("pay/{method}"), json!({ "method": method })).await;
        assert_eq!(server.payments(&id).await[0]["value"], json!(value), "{method}");
        server.advance(601).await;
        assert_eq!(server.state(&id).await, state("Settled", "None", paid), "{method}");
    }
}

#[tokio::test]
async fn any_amount_is_the_price_of_a_top_up() {
    let server = server().await;
    let body = json!({ "currency": "USD", "metadata": { "orderId": "o-1" } });
    let made = server.post(&format!("{STORE}/invoices"), body).await.json();
    assert_eq!((&made["type"], &made["amount"]), (&json!("TopUp"), &json!("0")));
    server.control("pay/o-1", json!({ "amount": "0.0002" })).await;
    let id = made["id"].as_str().unwrap();
    assert_eq!(server.state(id).await, state("Processing", "None", "12.00"));
    assert_eq!(server.get(&format!("/api/v1/invoices/{id}")).await.json()["amount"], json!("12"));
}

#[tokio::test]
async fn what_can_not_be_paid_is_refused() {
    let server = server().await;
    let pay = |reference: &'static str, body: Value| {
        let server = server.clone();
        async move { server.post(&format!("/_sim/pay/{reference}"), body).await.status.as_u16() }
    };
    assert_eq!(pay("nobody", json!({})).await, 404);
    server.invoice_with("o-1", json!({ "paymentMethods": ["BTC"] })).await;
    for impossible in [
        json!({ "outcome": "lightning" }),
        json!({ "method": "USDT-TRON" }),
        json!({ "amount": 0 }),
        json!({ "share": "-5" }),
        json!({ "outcome": "never" }),
        json!({ "amounts": 1 }),
    ] {
        assert_eq!(pay("o-1", impossible.clone()).await, StatusCode::UNPROCESSABLE_ENTITY, "{impossible}");
    }
    assert_eq!(pay("o-1", json!({ "outcome": "second" })).await, 409);
    assert_eq!(pay("o-1", json!({})).await, 200);
    assert_eq!(pay("o-1", json!({})).await, 409);
    assert_eq!(pay("o-1", json!({ "outcome": "expired" })).await, 409);
    server.advance(900 + 86_401).await;
    assert_eq!(pay("o-1", json!({ "outcome": "second" })).await, 409, "nobody looks for payments any more");
}
