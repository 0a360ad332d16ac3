//! Tests of the API: who may call it, what it accepts, what it finds.

use super::{STORE, Server, URL};
use axum::body::Body;
use http::{Method, Request, StatusCode};
use serde_json::{Value, json};

const INVOICES: &str = "/api/v1/stores/local-store/invoices";

#[tokio::test]
async fn only_the_key_of_the_store_is_admitted() {
    let server = Server::new();
    let id = server.invoice("o-1").await;
    let with = |header: Option<&str>, path: &str| {
        let request = Request::get(path);
        let request = header.map_or(Request::get(path), |value| request.header("authorization", value));
        request.body(Body::empty()).unwrap()
    };
    for header in [None, Some("token other"), Some("Basic local-token"), Some("local-token")] {
        let answer = server.send(with(header, INVOICES)).await;
        assert_eq!(answer.error(), (401, "unauthenticated".to_owned()), "{header:?}");
    }
    assert_eq!(server.send(with(Some("Bearer local-token"), INVOICES)).await.status, StatusCode::OK);
    assert_eq!(server.send(with(None, "/api/v1/health")).await.json(), json!({ "synchronized": true }));
    for (path, permission) in [
        ("/api/v1/stores/other/invoices".to_owned(), "btcpay.store.canviewinvoices"),
        (format!("/api/v1/stores/other/invoices/{id}"), "btcpay.store.canviewinvoices"),
        ("/api/v1/stores/other/webhooks".to_owned(), "btcpay.store.webhooks.canmodifywebhooks"),
        ("/api/v1/invoices/unknown".to_owned(), "btcpay.store.canviewinvoices"),
        ("/api/v1/webhooks/unknown".to_owned(), "btcpay.store.webhooks.canmodifywebhooks"),
    ] {
        let answer = server.get(&path).await;
        assert_eq!(answer.error(), (403, "missing-permission".to_owned()), "{path}");
        assert_eq!(answer.json()["missingPermission"], permission, "{path}");
    }
    let unknown = server.get(&format!("{INVOICES}/unknown")).await;
    assert_eq!(unknown.error(), (404, "invoice-not-found".to_owned()));
}

#[tokio::test]
async fn an_invoice_says_what_was_asked_for() {
    let server = Server::new();
    let made = server
        .post(
            INVOICES,
            json!({
                "amount": "1000",
                "currency": "kes",
                "metadata": { "orderId": "o-1", "cart": [1, 2] },
                "checkout": {
                    "speedPolicy": "HighSpeed",
                    "paymentMethods": ["BTC-LightningNetwork", "USDT-TRON"],
                    "defaultPaymentMethod": "USDT-TRON",
                    "expirationMinutes": 60,
                    "monitoringMinutes": 120,
                    "paymentTolerance": 1.5,
                    "redirectURL": " https://shop.example/{OrderId} ",
                    "somethingNew": true,
                },
                "receipt": { "showQR": false },
                "somethingNew": true,
            }),
        )
        .await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.body);
    let made = made.json();
    let seconds = |name: &str| made[name].as_i64().unwrap();
    assert_eq!(
        (&made["amount"], &made["currency"], &made["type"]),
        (&json!("1000"), &json!("KES"), &json!("Standard"))
    );
    assert_eq!(seconds("expirationTime") - seconds("createdTime"), 3_600);
    assert_eq!(seconds("monitoringExpiration") - seconds("expirationTime"), 7_200);
    assert_eq!(made["metadata"], json!({ "orderId": "o-1", "cart": [1, 2] }));
    assert_eq!(made["checkout"]["paymentMethods"], json!(["BTC-LN", "USDT-TRON"]));
    assert_eq!(made["checkout"]["paymentTolerance"], json!(1.5));
    assert_eq!(made["checkout"]["redirectURL"], json!("https://shop.example/{OrderId}"));
    assert_eq!(made["receipt"], json!({ "enabled": true, "showQR": false, "showPayments": true }));
    assert_eq!(made["checkoutLink"], json!(format!("{URL}/i/{}", made["id"].as_str().unwrap())));
    let id = made["id"].as_str().unwrap();
    for path in [format!("{INVOICES}/{id}"), format!("/api/v1/invoices/{id}")] {
        assert_eq!(server.get(&path).await.json(), made);
    }
    let methods = server.get(&format!("/api/v1/invoices/{id}/payment-methods")).await.json();
    assert_eq!((&methods[0]["rate"], &methods[0]["amount"]), (&json!("7770000"), &json!("0.00012871")));
    assert_eq!((&methods[1]["rate"], &methods[1]["amount"]), (&json!("129.5"), &json!("7.722008")));
}

#[tokio::test]
async fn wrong_bodies_are_refused_with_their_paths() {
    let server = Server::new();
    for (body, paths) in [
        (json!({ "amount": "-1" }), "Amount"),
        (json!({ "amount": "18446744073709551616" }), "Amount"),
        (json!({ "amount": "five" }), "amount"),
        (json!({ "amount": true, "metadata": "o-1" }), "amount metadata"),
        (json!({ "checkout": { "expirationMinutes": 0 } }), "Checkout.Expiration"),
        (json!({ "checkout": { "expirationMinutes": "15" } }), "checkout.expirationMinutes"),
        (json!({ "checkout": { "expirationMinutes": 1.5 } }), "checkout.expirationMinutes"),
        (json!({ "checkout": { "paymentTolerance": 101 } }), "Checkout.PaymentTolerance"),
        (json!({ "checkout": { "paymentMethods": ["BTC", "DOGE-CHAIN"] } }), "Checkout.PaymentMethods[1]"),
        (json!({ "checkout": { "speedPolicy": "Fast" } }), "checkout.speedPolicy"),
        (json!([]), ""),
        (Value::Null, ""),
    ] {
        assert_eq!(server.post(INVOICES, body.clone()).await.error(), (422, paths.to_owned()), "{body}");
    }
    let unknown = server.post(INVOICES, json!({ "amount": "5", "currency": "XYZ" })).await;
    assert_eq!(unknown.error(), (400, "generic-error".to_owned()));
    let form = Request::post(INVOICES).header("authorization", "token local-token").body(Body::from("amount=5"));
    assert_eq!(server.send(form.unwrap()).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(server.get(INVOICES).await.json(), json!([]), "nothing was made");
}

#[tokio::test]
async fn a_list_is_filtered() {
    let server = Server::new();
    let before = server.get("/_sim/clock").await.json()["now_ms"].as_i64().unwrap() / 1000;
    for reference in ["o-1", "o-2", "o-3"] {
        server.invoice(reference).await;
        server.advance(60).await;
    }
    server.pay("o-2", "lightning").await;
    let archived = server.invoice("o-4").await;
    assert_eq!(
        server.call(Method::DELETE, &format!("{INVOICES}/{archived}"), Value::Null).await.status,
        StatusCode::OK
    );
    let hash = server.get("/_sim/payments/o-2").await.json()["methods"][1]["payments"][0]["id"].clone();
    for (query, expected) in [
        (String::new(), "o-3 o-2 o-1"),
        ("?includeArchived=true".to_owned(), "o-4 o-3 o-2 o-1"),
        ("?orderId=o-1&orderId=o-3".to_owned(), "o-3 o-1"),
        ("?orderId=o".to_owned(), ""),
        ("?status=settled".to_owned(), "o-2"),
        ("?status=New&status=Settled&take=2".to_owned(), "o-3 o-2"),
        ("?skip=1&take=1".to_owned(), "o-2"),
        (format!("?endDate={}", before + 30), "o-1"),
        (format!("?startDate={}&endDate={}", before + 30, before + 90), "o-2"),
        ("?textSearch=o-3".to_owned(), "o-3"),
        (format!("?textSearch={}", hash.as_str().unwrap()), "o-2"),
    ] {
        let found = server.get(&format!("{INVOICES}{query}")).await.json();
        let found: Vec<_> =
            found.as_array().unwrap().iter().map(|one| one["metadata"]["orderId"].as_str().unwrap()).collect();
        assert_eq!(found.join(" "), expected, "{query}");
    }
    for (query, paths) in
        [("startDate=2&endDate=1", "startDate endDate"), ("take=many", "take"), ("startDate=2026-01-01", "startDate")]
    {
        assert_eq!(server.get(&format!("{INVOICES}?{query}")).await.error(), (422, paths.to_owned()));
    }
    let with_methods = server.get(&format!("{INVOICES}?take=1&includePaymentMethods=true")).await.json();
    assert_eq!(with_methods[0]["paymentMethods"][0]["paymentMethodId"], "BTC-CHAIN");
}

#[tokio::test]
async fn an_invoice_is_changed() {
    let server = Server::new();
    let id = server.invoice("o-1").await;
    let path = format!("/api/v1/invoices/{id}");
    let changed = server.call(Method::PUT, &path, json!({ "metadata": { "orderId": "o-2" } })).await;
    assert_eq!(changed.json()["metadata"], json!({ "orderId": "o-2" }));
    let early = server.post(&format!("{path}/unarchive"), Value::Null).await;
    assert_eq!(early.error(), (400, "already-unarchived".to_owned()));
    assert_eq!(server.call(Method::DELETE, &path, Value::Null).await.body, "");
    assert_eq!(server.post(&format!("{path}/unarchive"), Value::Null).await.json()["archived"], json!(false));
}

#[tokio::test]
async fn a_merchant_marks_invoices_within_bounds() {
    let server = Server::new();
    let id = server.invoice("o-1").await;
    let path = format!("{INVOICES}/{id}/status");
    for (mark, expected) in [
        ("New", Err(())),
        ("Invalid", Ok("Invalid")),
        ("Invalid", Err(())),
        ("settled", Ok("Settled")),
        ("Settled", Err(())),
        ("Invalid", Ok("Invalid")),
    ] {
        let answer = server.post(&path, json!({ "status": mark })).await;
        match expected {
            Ok(status) => {
                let shown = answer.json();
                assert_eq!((&shown["status"], &shown["additionalStatus"]), (&json!(status), &json!("Marked")));
            }
            Err(()) => assert_eq!(answer.error(), (422, "Status".to_owned()), "{mark}"),
        }
    }
    let paid = server.invoice("o-2").await;
    server.pay("o-2", "lightning").await;
    let answer = server.post(&format!("{INVOICES}/{paid}/status"), json!({ "status": "Invalid" })).await;
    assert_eq!(answer.error(), (422, "Status".to_owned()), "a paid invoice stays settled");
}

#[tokio::test]
async fn rates_move_for_new_invoices_only() {
    let server = Server::new();
    let rates = |query: &'static str| {
        let server = server.clone();
        async move { server.get(&format!("{STORE}/rates{query}")).await }
    };
    let btc = json!([{ "currencyPair": "BTC_USD", "rate": "60000", "errors": [] }]);
    assert_eq!(rates("").await.json(), btc);
    let old = server.invoice("o-1").await;
    server.control("rates", json!({ "BTC_USD": "50000", "ETH_USD": null })).await;
    let moved = rates("?currencyPair=btc_usd&currencyPair=ETH_USD").await.json();
    assert_eq!((&moved[0]["rate"], &moved[1]["rate"]), (&json!("50000"), &Value::Null));
    assert_eq!(moved[1]["errors"].as_array().unwrap().len(), 1);
    assert_eq!(rates("?currencyPair=dollars").await.error(), (422, "currencyPair".to_owned()));
    let new = server.invoice("o-2").await;
    for (id, rate, amount, count) in [(&old, "60000", "0.00008334", 6), (&new, "50000", "0.0001", 5)] {
        let methods = server.get(&format!("{INVOICES}/{id}/payment-methods")).await.json();
        assert_eq!((&methods[0]["rate"], &methods[0]["amount"]), (&json!(rate), &json!(amount)));
        assert_eq!(methods.as_array().unwrap().len(), count, "no rate, no way to pay");
    }
}

#[tokio::test]
async fn the_server_describes_itself() {
    let server = Server::new();
    let info = server.get("/api/v1/server/info").await.json();
    assert_eq!((&info["version"], &info["fullySynched"]), (&json!("2.4.1"), &json!(true)));
    let methods = server.get(&format!("{STORE}/payment-methods")).await.json();
    let ids: Vec<_> = methods.as_array().unwrap().iter().map(|method| &method["paymentMethodId"]).collect();
    assert_eq!(json!(ids), info["supportedPaymentMethods"]);
    assert_eq!(server.get(&format!("{STORE}/payment-methods/BTC-LN")).await.json()["enabled"], json!(true));
    let unknown = server.get(&format!("{STORE}/payment-methods/DOGE-CHAIN")).await;
    assert_eq!(unknown.error(), (404, "paymentmethod-not-found".to_owned()));
}
