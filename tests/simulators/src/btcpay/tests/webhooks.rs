//! Tests of webhooks: their content, receivers, order and schedule.

use super::{
    STORE, Server,
    receiver::{Arrived, Receiver, wait_ms},
};
use aws_lc_rs::hmac;
use http::Method;
use serde_json::{Value, json};

const HOOKS: &str = "/api/v1/stores/local-store/webhooks";

/// Whether a delivery is signed with a secret.
pub fn is_signed(arrived: &Arrived, secret: &str) -> bool {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let signature = arrived.signature.strip_prefix("sha256=").and_then(|text| hex::decode(text).ok());
    signature.is_some_and(|signature| hmac::verify(&key, &arrived.raw, &signature).is_ok())
}

#[tokio::test]
async fn events_say_what_happened() {
    let server = Server::new();
    server.control("settings", json!({ "confirm_s": 600 })).await;
    let receiver = Receiver::of(&server).await;
    let id = server.invoice("o-1").await;
    server.pay("o-1", "over").await;
    server.advance(601).await;
    let arrived = receiver.wait(5).await;
    let bodies: Vec<_> = arrived.iter().map(Arrived::body).collect();
    for (one, body) in arrived.iter().zip(&bodies) {
        assert!(is_signed(one, "whisper") && !is_signed(one, "other"));
        assert_eq!((&body["storeId"], &body["invoiceId"]), (&json!("local-store"), &json!(id)));
        assert_eq!(body["metadata"], json!({ "orderId": "o-1" }));
        assert_eq!((&body["originalDeliveryId"], &body["isRedelivery"]), (&body["deliveryId"], &json!(false)));
        assert!(body["timestamp"].is_i64() && body["webhookId"].is_string());
    }
    let kinds: Vec<_> = arrived.iter().map(Arrived::kind).collect();
    let expected =
        ["InvoiceCreated", "InvoiceReceivedPayment", "InvoiceProcessing", "InvoicePaymentSettled", "InvoiceSettled"];
    assert_eq!(kinds, expected);
    assert_eq!((&bodies[1]["paymentMethodId"], &bodies[1]["afterExpiration"]), (&json!("BTC-CHAIN"), &json!(false)));
    assert_eq!(
        (&bodies[1]["payment"]["status"], &bodies[3]["payment"]["status"]),
        (&json!("Processing"), &json!("Settled"))
    );
    assert_eq!(bodies[1]["payment"]["id"], bodies[3]["payment"]["id"]);
    assert_eq!((&bodies[2]["overPaid"], &bodies[4]["overPaid"]), (&json!(true), &json!(true)));
    assert_eq!(bodies[4]["manuallyMarked"], json!(false));
}

#[tokio::test]
async fn each_path_has_its_events() {
    let server = Server::new();
    server.control("settings", json!({ "confirm_s": 600 })).await;
    let receiver = Receiver::of(&server).await;
    let mut before = 0;
    for (outcome, wait_s, expected) in [
        ("lightning", 0, "Created PaymentSettled ReceivedPayment Processing Settled"),
        ("expired", 0, "Created Expired"),
        ("partial", 901, "Created ReceivedPayment PaymentSettled Expired ExpiredPaidPartial"),
        ("late", 601, "Created Expired ReceivedPayment PaidAfterExpiration PaymentSettled"),
        ("invalid", 601, "Created ReceivedPayment Processing Invalid"),
    ] {
        server.invoice(outcome).await;
        server.pay(outcome, outcome).await;
        server.advance(wait_s).await;
        let count = before + expected.split(' ').count();
        let kinds = receiver.kinds(count).await;
        let expected: Vec<_> = expected.split(' ').map(|kind| format!("Invoice{kind}")).collect();
        assert_eq!(kinds[before..], expected, "{outcome}");
        before = count;
    }
    let all = receiver.wait(before).await;
    let of = |outcome: &str, kind: &str| {
        let fits = |one: &&Arrived| one.body()["metadata"]["orderId"] == outcome && one.kind() == kind;
        all.iter().find(fits).unwrap().body()
    };
    assert_eq!(of("partial", "InvoiceExpired")["partiallyPaid"], json!(true));
    assert_eq!(of("expired", "InvoiceExpired")["partiallyPaid"], json!(false));
    assert_eq!(of("late", "InvoiceReceivedPayment")["afterExpiration"], json!(true));
    assert_eq!(of("invalid", "InvoiceInvalid")["manuallyMarked"], json!(false));
}

#[tokio::test]
async fn marks_and_refunds_are_events() {
    let server = Server::new();
    let receiver = Receiver::of(&server).await;
    let id = server.invoice("o-1").await;
    let path = format!("{STORE}/invoices/{id}");
    server.post(&format!("{path}/status"), json!({ "status": "Settled" })).await;
    let made = server.post(&format!("{path}/refund"), json!({ "refundVariant": "Fiat" })).await.json();
    assert_eq!((&made["currency"], &made["amount"]), (&json!("USD"), &json!("5")), "a marked invoice counts as paid");
    let arrived = receiver.wait(3).await;
    assert_eq!(arrived[1].body()["manuallyMarked"], json!(true));
    assert_eq!(arrived[2].body()["pullPaymentId"], made["id"]);
}

#[tokio::test]
async fn failed_deliveries_are_repeated_on_schedule_and_hold_up_later_ones() {
    let server = Server::new();
    let receiver = Receiver::of(&server).await;
    receiver.answer(&[500; 9]);
    server.invoice_with("o-1", json!({ "expirationMinutes": 600 })).await;
    receiver.wait(1).await;
    server.invoice_with("o-2", json!({ "expirationMinutes": 600 })).await;
    let mut count = 1;
    for pause in [10, 60, 600, 600, 600, 600, 600, 600] {
        server.advance(pause / 2).await;
        receiver.wait(count).await;
        server.advance(pause / 2).await;
        count += 1;
        // Only the last one lets the other invoice's event through.
        receiver.wait(if count == 9 { 10 } else { count }).await;
    }
    let arrived = receiver.wait(10).await;
    let first = arrived[0].body();
    for (at, one) in arrived[1..9].iter().enumerate() {
        let body = one.body();
        assert_eq!(body["originalDeliveryId"], first["deliveryId"]);
        assert_ne!(body["deliveryId"], arrived[at].body()["deliveryId"]);
        assert_eq!((&body["isRedelivery"], &body["timestamp"]), (&json!(true), &first["timestamp"]));
        assert!(is_signed(one, "whisper"));
    }
    assert_eq!(arrived[9].body()["metadata"]["orderId"], "o-2");
    let listed = server.get("/_sim/webhooks").await.json();
    assert_eq!((&listed[0]["statuses"], &listed[0]["due_ms"]), (&json!(vec![500; 9]), &Value::Null));
    assert_eq!((&listed[1]["about"], &listed[1]["statuses"]), (&json!("o-2"), &json!([200])));
}

#[tokio::test]
async fn only_some_answers_are_repeated() {
    let server = Server::new();
    let receiver = Receiver::of(&server).await;
    let mut count = 0;
    for (status, repeated) in [(204, 0), (302, 0), (400, 0), (401, 0), (404, 0), (408, 1), (429, 1), (503, 1)] {
        receiver.answer(&[status]);
        server.invoice(&status.to_string()).await;
        receiver.wait(count + 1).await;
        server.advance(11).await;
        count += 1 + repeated;
        receiver.wait(count).await;
    }
}

#[tokio::test]
async fn a_receiver_that_does_not_answer_is_tried_again() {
    let server = Server::new();
    server.control("webhook", json!({ "url": "http://127.0.0.1:1/" })).await;
    server.invoice("o-1").await;
    let mut statuses = Value::Null;
    for _ in 0..60 {
        statuses = server.get("/_sim/webhooks").await.json()[0]["statuses"].clone();
        if statuses == json!([0]) {
            break;
        }
        wait_ms(50).await;
    }
    assert_eq!(statuses, json!([0]));
    assert!(server.get("/_sim/webhooks").await.json()[0]["due_ms"].is_i64());
}

#[tokio::test]
async fn webhooks_are_made_changed_and_deleted() {
    let server = Server::new();
    let receiver = Receiver::of(&server).await;
    server.control("reset", json!({})).await;
    for body in [json!({}), json!({ "url": "/hook" }), json!({ "url": "ftp://host/" })] {
        assert_eq!(server.post(HOOKS, body).await.error(), (422, "Url".to_owned()));
    }
    let events = json!({ "everything": false, "specificEvents": ["InvoiceSettled"] });
    let made = server.post(HOOKS, json!({ "url": receiver.url, "authorizedEvents": events })).await.json();
    assert_eq!((&made["enabled"], &made["automaticRedelivery"]), (&json!(true), &json!(true)));
    let secret = made["secret"].as_str().unwrap().to_owned();
    let path = format!("{HOOKS}/{}", made["id"].as_str().unwrap());
    let mut shown = made.clone();
    shown.as_object_mut().unwrap().remove("secret");
    assert_eq!(server.get(&path).await.json(), shown);
    assert_eq!(server.get(HOOKS).await.json(), json!([shown]));
    server.invoice("o-1").await;
    server.pay("o-1", "lightning").await;
    let arrived = receiver.wait(1).await;
    assert!(arrived[0].kind() == "InvoiceSettled" && is_signed(&arrived[0], &secret));

    let changed = json!({ "url": receiver.url, "automaticRedelivery": false, "secret": "" });
    let changed = server.call(Method::PUT, &path, changed).await.json();
    assert_eq!((&changed["authorizedEvents"]["everything"], &changed["secret"]), (&json!(true), &Value::Null));
    receiver.answer(&[500]);
    server.invoice("o-2").await;
    let arrived = receiver.wait(2).await;
    assert!(is_signed(&arrived[1], &secret), "without a new secret, the old one is valid");
    server.advance(11).await;
    receiver.wait(2).await;

    server.call(Method::PUT, &path, json!({ "url": receiver.url, "enabled": false })).await;
    server.invoice("o-3").await;
    receiver.wait(2).await;
    let listed = server.get("/_sim/webhooks").await.json();
    assert!(listed.as_array().unwrap().iter().all(|message| message["about"] != "o-3"), "{listed}");
    assert_eq!(server.call(Method::DELETE, &path, Value::Null).await.status, 200);
    assert_eq!(server.get(&path).await.error(), (404, "webhook-not-found".to_owned()));
}

#[tokio::test]
async fn deliveries_are_listed_and_redelivered() {
    let server = Server::new();
    let receiver = Receiver::of(&server).await;
    receiver.answer(&[410]);
    server.invoice("o-1").await;
    server.invoice("o-2").await;
    let arrived = receiver.wait(2).await;
    let webhook = arrived[0].body()["webhookId"].as_str().unwrap().to_owned();
    let path = format!("/api/v1/webhooks/{webhook}/deliveries");
    let listed = server.get(&path).await.json();
    assert_eq!((&listed[0]["status"], &listed[0]["httpCode"]), (&json!("HttpSuccess"), &json!(200)));
    assert_eq!(
        (&listed[1]["status"], &listed[1]["errorMessage"]),
        (&json!("HttpError"), &json!("HTTP Error Code 410"))
    );
    assert_eq!(server.get(&format!("{path}?count=1")).await.json(), json!([listed[0]]));
    let failed = format!("{path}/{}", listed[1]["id"].as_str().unwrap());
    assert_eq!(server.get(&failed).await.json(), listed[1]);
    assert_eq!(server.get(&format!("{failed}/request")).await.body.as_bytes(), arrived[0].raw);
    let next = server.post(&format!("{failed}/redeliver"), Value::Null).await.json();
    let again = receiver.wait(3).await[2].body();
    assert_eq!((&again["deliveryId"], &again["originalDeliveryId"]), (&next, &listed[1]["id"]));
    assert_eq!(again["isRedelivery"], json!(true));
    let unknown = server.get(&format!("{HOOKS}/{webhook}/deliveries/unknown")).await;
    assert_eq!(unknown.error(), (404, "webhookdelivery-not-found".to_owned()));
    server.control("webhooks/2/repeat", Value::Null).await;
    let repeated = receiver.wait(4).await[3].body();
    assert_eq!(repeated["originalDeliveryId"], arrived[1].body()["deliveryId"]);
    assert_eq!(server.post("/_sim/webhooks/9/repeat", Value::Null).await.status, 404);
}
