//! Tests of the planned faults.

use super::{STORE, Server, receiver::Receiver, webhooks::is_signed};
use http::StatusCode;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const INVOICES: &str = "/api/v1/stores/local-store/invoices";

fn body() -> Value {
    json!({ "amount": "5", "currency": "USD", "metadata": { "orderId": "o-1" } })
}

async fn plan(server: &Server, plan: Value) {
    server.control("plan", plan).await;
}

async fn made(server: &Server) -> usize {
    server.get(INVOICES).await.json().as_array().unwrap().len()
}

#[tokio::test]
async fn creations_fail_before_or_after_the_invoice_is_made() {
    for (fault, status, count, late) in [
        ("create_502_html", 502, 0, false),
        ("create_502_html_after", 502, 1, false),
        ("create_timeout_before", 504, 0, true),
        ("create_timeout_after", 200, 1, true),
    ] {
        let server = Server::new();
        plan(&server, json!({ "fault": fault, "seconds": 1, "reference": "o-1" })).await;
        let start = Instant::now();
        let answer = server.post(INVOICES, body()).await;
        assert_eq!(answer.status.as_u16(), status, "{fault}");
        assert_eq!(start.elapsed() >= Duration::from_secs(1), late, "{fault}");
        assert_eq!(answer.body.starts_with("<html>"), status != 200, "{fault}");
        assert_eq!(made(&server).await, count, "{fault}");
        assert_eq!(server.post(INVOICES, body()).await.status, StatusCode::OK, "{fault}: only once");
    }
}

#[tokio::test]
async fn another_currency_is_charged() {
    let server = Server::new();
    plan(&server, json!({ "fault": "wrong_rate_currency" })).await;
    assert_eq!(server.post(INVOICES, body()).await.json()["currency"], "EUR");
}

#[tokio::test]
async fn readings_fail() {
    let server = Server::new();
    let id = server.invoice("o-1").await;
    let other = server.invoice("o-2").await;
    for path in
        [format!("{INVOICES}/{id}"), format!("{INVOICES}/{id}/payment-methods"), format!("{INVOICES}?orderId=o-1")]
    {
        for (fault, status, broken, late) in
            [("read_502", 502, true, false), ("read_timeout", 200, false, true), ("read_malformed", 200, true, false)]
        {
            plan(&server, json!({ "fault": fault, "reference": "o-1", "seconds": 1 })).await;
            assert_eq!(server.get(&format!("{INVOICES}/{other}")).await.json()["id"], json!(other));
            let start = Instant::now();
            let answer = server.get(&path).await;
            assert_eq!(answer.status.as_u16(), status, "{fault} {path}");
            assert_eq!(serde_json::from_str::<Value>(&answer.body).is_err(), broken, "{fault} {path}");
            assert_eq!(start.elapsed() >= Duration::from_secs(1), late, "{fault} {path}");
            assert!(server.get(&path).await.json().is_object() || path.contains('-'), "{fault}: only once");
        }
    }
}

#[tokio::test]
async fn calls_are_refused() {
    let server = Server::new();
    for (fault, status) in [("throttled", 429), ("unauthorized", 401)] {
        plan(&server, json!({ "fault": fault, "times": 2 })).await;
        for status in [status, status, 200] {
            assert_eq!(server.get(&format!("{STORE}/rates")).await.status.as_u16(), status, "{fault}");
        }
    }
    server.control("fault", json!({ "down": true })).await;
    let down = server.get("/api/v1/health").await;
    assert_eq!((down.status.as_u16(), down.body.starts_with("<html>")), (503, true));
    server.control("fault", json!({ "down": false })).await;
    assert_eq!(server.get("/api/v1/health").await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_answer_to_a_refund_is_lost() {
    let server = Server::new();
    let id = server.invoice("o-1").await;
    server.pay("o-1", "lightning").await;
    plan(&server, json!({ "fault": "refund_502", "reference": "o-1" })).await;
    let answer = server.post(&format!("{INVOICES}/{id}/refund"), json!({ "refundVariant": "Fiat" })).await;
    assert_eq!(answer.status, StatusCode::BAD_GATEWAY);
    assert_eq!(server.get("/_sim/payments/o-1").await.json()["refunds"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn webhooks_go_wrong() {
    let server = Server::new();
    let receiver = Receiver::of(&server).await;
    plan(&server, json!({ "fault": "webhook_never", "event": "InvoiceCreated", "reference": "o-1" })).await;
    plan(&server, json!({ "fault": "webhook_late", "event": "InvoiceProcessing", "seconds": 30 })).await;
    plan(&server, json!({ "fault": "webhook_twice", "event": "InvoiceReceivedPayment" })).await;
    plan(&server, json!({ "fault": "webhook_wrong_signature", "event": "InvoiceSettled" })).await;
    server.invoice("o-1").await;
    server.pay("o-1", "lightning").await;
    let expected = ["InvoicePaymentSettled", "InvoiceReceivedPayment", "InvoiceReceivedPayment", "InvoiceSettled"];
    let arrived = receiver.wait(4).await;
    assert_eq!(receiver.kinds(4).await, expected);
    assert_eq!(arrived[1].raw, arrived[2].raw);
    assert_eq!((is_signed(&arrived[1], "whisper"), is_signed(&arrived[3], "whisper")), (true, false));
    server.advance(31).await;
    assert_eq!(receiver.kinds(5).await[4], "InvoiceProcessing", "later ones did not wait for it");
    let listed = server.get("/_sim/webhooks").await.json();
    assert_eq!((&listed[0]["event"], &listed[0]["statuses"]), (&json!("InvoiceCreated"), &json!([])));
    server.control("webhooks/1/repeat", Value::Null).await;
    assert_eq!(receiver.wait(6).await[5].body()["isRedelivery"], json!(false), "it was never delivered");
    let settled = listed.as_array().unwrap().iter().find(|one| one["event"] == "InvoiceSettled").unwrap();
    server.control(&format!("webhooks/{}/repeat", settled["id"]), Value::Null).await;
    assert!(is_signed(&receiver.wait(7).await[6], "whisper"), "only the first delivery has a wrong signature");
}

#[tokio::test]
async fn a_webhook_arrives_before_the_answer() {
    let server = Server::new();
    let receiver = Receiver::of(&server).await;
    plan(&server, json!({ "fault": "webhook_before_answer" })).await;
    let answering = server.post(INVOICES, body());
    let id = answering.await.json()["id"].clone();
    let listed = server.get("/_sim/webhooks").await.json();
    assert_eq!(listed[0]["statuses"], json!([200]), "it was delivered before the answer");
    assert_eq!(receiver.wait(1).await[0].body()["invoiceId"], id);
}
