//! Tests of refunds.

use super::{STORE, Server};
use http::Method;
use serde_json::{Value, json};

async fn paid(server: &Server, reference: &str, outcome: &str) -> String {
    let id = server.invoice(reference).await;
    server.control(&format!("pay/{reference}"), json!({ "outcome": outcome, "after_s": 0 })).await;
    id
}

#[tokio::test]
async fn each_variant_has_its_amount() {
    let server = Server::new();
    let id = paid(&server, "o-1", "over").await;
    server.control("rates", json!({ "BTC_USD": "30000" })).await;
    let path = format!("{STORE}/invoices/{id}/refund");
    for (body, currency, amount, approves) in [
        (json!({ "refundVariant": "RateThen" }), "BTC", "0.00012501", true),
        (json!({ "refundVariant": "CurrentRate" }), "BTC", "0.00025", true),
        (json!({ "refundVariant": "OverpaidAmount" }), "BTC", "0.00004167", true),
        (json!({ "refundVariant": "Fiat" }), "USD", "7.5", false),
        (json!({ "refundVariant": "Fiat", "subtractPercentage": "10" }), "USD", "6.75", false),
        (json!({ "refundVariant": "Custom", "customAmount": "2", "customCurrency": "USD" }), "USD", "2", false),
        (json!({ "refundVariant": "RateThen", "payoutMethods": ["USDT-TRON"] }), "USDt", "7.5006", true),
    ] {
        let made = server.post(&path, body.clone()).await;
        let made = made.json();
        assert_eq!((&made["currency"], &made["amount"]), (&json!(currency), &json!(amount)), "{body}");
        assert_eq!(made["autoApproveClaims"], json!(approves), "{body}");
        let read = server.get(&format!("/api/v1/pull-payments/{}", made["id"].as_str().unwrap())).await;
        assert_eq!(read.json(), made);
    }
    assert_eq!(server.get("/_sim/payments/o-1").await.json()["refunds"].as_array().unwrap().len(), 7);
    let unknown = server.get("/api/v1/pull-payments/unknown").await;
    assert_eq!(unknown.error(), (404, "pullpayment-not-found".to_owned()));
}

#[tokio::test]
async fn wrong_refunds_are_refused() {
    let server = Server::new();
    let open = server.invoice("o-1").await;
    let path = format!("/api/v1/invoices/{open}/refund");
    let early = server.post(&path, json!({ "refundVariant": "Fiat" })).await;
    assert_eq!(early.error(), (400, "non-refundable".to_owned()));
    let id = paid(&server, "o-2", "lightning").await;
    for (body, path) in [
        (json!({}), "RefundVariant"),
        (json!({ "refundVariant": "All" }), "refundVariant"),
        (json!({ "refundVariant": "OverpaidAmount" }), "RefundVariant"),
        (json!({ "refundVariant": "Fiat", "customAmount": 1 }), "CustomAmount"),
        (json!({ "refundVariant": "Fiat", "customCurrency": "USD" }), "CustomCurrency"),
        (json!({ "refundVariant": "Fiat", "subtractPercentage": 101 }), "SubtractPercentage"),
        (json!({ "refundVariant": "Custom", "customCurrency": "USD" }), "CustomAmount"),
        (json!({ "refundVariant": "Custom", "customAmount": 1, "customCurrency": "XYZ" }), "CustomCurrency"),
        (json!({ "refundVariant": "Fiat", "payoutMethods": ["DOGE-CHAIN"] }), "PayoutMethods"),
        (json!({ "refundVariant": "Fiat", "payoutMethodId": "DOGE-CHAIN" }), "PayoutMethodId"),
    ] {
        let answer = server.post(&format!("/api/v1/invoices/{id}/refund"), body.clone()).await;
        assert_eq!(answer.error(), (422, path.to_owned()), "{body}");
    }
    let unknown =
        server.call(Method::POST, "/api/v1/invoices/unknown/refund", json!({ "refundVariant": "Fiat" })).await;
    assert_eq!(unknown.error(), (403, "missing-permission".to_owned()));
    assert_eq!(server.get("/_sim/payments/o-2").await.json()["refunds"], Value::Array(Vec::new()));
}
