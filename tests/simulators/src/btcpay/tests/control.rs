//! Tests of `/_sim`.

use super::{STORE, Server};
use http::{Method, StatusCode};
use serde_json::{Value, json};

#[tokio::test]
async fn payments_are_found_by_the_newest_invoice_of_a_reference() {
    let server = Server::new();
    let old = server.invoice("o-1").await;
    let new = server.invoice("o-1").await;
    let paid = server.pay("o-1", "lightning").await;
    assert_eq!((&paid["id"], &paid["reference"], &paid["status"]), (&json!(new), &json!("o-1"), &json!("Settled")));
    assert_eq!(server.get("/_sim/payments/o-1").await.json(), paid);
    assert_eq!(server.get("/_sim/payments/o-2").await.status, StatusCode::NOT_FOUND);
    let all = server.get("/_sim/payments").await.json();
    assert_eq!((&all[0]["id"], &all[1]["id"]), (&json!(old), &json!(new)));
    assert_eq!(all[0]["status"], json!("New"));
}

#[tokio::test]
async fn the_clock_and_the_journal() {
    let server = Server::new();
    let clock = server.get("/_sim/clock").await.json();
    server.control("clock", json!({ "set_offset_s": 100 })).await;
    server.control("clock", json!({ "advance_s": 5 })).await;
    let moved = server.get("/_sim/clock").await.json();
    assert_eq!(moved["offset_s"], json!(105));
    let passed = moved["now_ms"].as_i64().unwrap() - clock["now_ms"].as_i64().unwrap();
    assert!((105_000..110_000).contains(&passed), "{passed}");
    server.get(&format!("{STORE}/invoices?take=1")).await;
    server.get("/api/v1/invoices/unknown").await;
    let calls = server.get(&format!("/_sim/calls?path={STORE}")).await.json();
    assert_eq!((calls.as_array().unwrap().len(), &calls[0]["status"]), (1, &json!(200)));
    assert_eq!(calls[0]["path"], json!(format!("{STORE}/invoices?take=1")));
    server.call(Method::DELETE, "/_sim/calls", Value::Null).await;
    assert_eq!(server.get("/_sim/calls").await.json(), json!([]));
}

#[tokio::test]
async fn wrong_words_are_refused() {
    let server = Server::new();
    for (path, body) in [
        ("plan", json!({ "fault": "no_such_fault" })),
        ("plan", json!({ "fault": "read_502", "person": "ama" })),
        ("rates", json!({ "BTCUSD": "1" })),
        ("rates", json!({ "BTC_USD": "0" })),
        ("rates", json!({ "BTC_USD": [] })),
        ("settings", json!({ "confirm_s": -1 })),
        ("webhook", json!({ "secret": "s" })),
    ] {
        let answer = server.post(&format!("/_sim/{path}"), body.clone()).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path} {body}");
    }
    assert_eq!(server.get("/_sim/rates?pair=BTC_USD").await.json(), json!({ "rate": "60000" }));
}

#[tokio::test]
async fn one_webhook_of_the_control_api_replaces_another() {
    let server = Server::new();
    let mine = json!({ "url": "http://127.0.0.1:1/mine" });
    server.post(&format!("{STORE}/webhooks"), mine).await;
    for url in ["http://127.0.0.1:1/one", "http://127.0.0.1:1/two"] {
        server.control("webhook", json!({ "url": url, "secret": "s" })).await;
    }
    let listed = server.get(&format!("{STORE}/webhooks")).await.json();
    let urls: Vec<_> = listed.as_array().unwrap().iter().map(|webhook| webhook["url"].as_str().unwrap()).collect();
    assert_eq!(urls, ["http://127.0.0.1:1/mine", "http://127.0.0.1:1/two"]);
}

#[tokio::test]
async fn a_reset_forgets_everything() {
    let server = Server::new();
    let id = server.invoice("o-1").await;
    server.control("webhook", json!({ "url": "http://127.0.0.1:1/" })).await;
    server.control("rates", json!({ "BTC_USD": "1" })).await;
    server.control("fault", json!({ "down": true })).await;
    server.advance(60).await;
    server.control("reset", json!({})).await;
    assert_eq!(server.get("/_sim/clock").await.json()["offset_s"], json!(0));
    for path in [format!("{STORE}/invoices"), format!("{STORE}/webhooks"), "/_sim/webhooks".to_owned()] {
        assert_eq!(server.get(&path).await.json(), json!([]), "{path}");
    }
    assert_eq!(server.get(&format!("{STORE}/rates")).await.json()[0]["rate"], json!("60000"));
    assert_ne!(server.invoice("o-1").await, id);
}
