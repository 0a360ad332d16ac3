//! Events of gateways at their function URLs: forged, doubled, replayed, reordered, early.

use super::{audit, balance, fifty_dollars};
use aws_lc_rs::hmac;
use domain::{Plan, payment::PaymentReference};
use namaskah_tests::Cloud;
use serde_json::json;

const KEY: &str = "sk_test_local";

/// An event of Paystack about a payment.
fn charged(reference: &PaymentReference) -> String {
    json!({ "event": "charge.success", "data": { "id": 4_294_967_301_u64, "reference": reference.to_string(),
        "status": "success", "amount": 5_000_000, "currency": "USD" } })
    .to_string()
}

fn signature(body: &[u8], key: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA512, key.as_bytes());
    hex::encode(hmac::sign(&key, body))
}

async fn send(cloud: &Cloud, body: Vec<u8>, signature: Option<&str>) -> u16 {
    let request = cloud.http.post(cloud.webhook("paystack")).header("content-type", "application/json").body(body);
    let request = signature.into_iter().fold(request, |request, text| request.header("x-paystack-signature", text));
    request.send().await.unwrap().status().as_u16()
}

/// Sends an event until it is accepted, as gateways do: a slow machine answers some copies with 502 or 503.
async fn delivered(cloud: &Cloud, body: &[u8], signature: &str) {
    for _ in 0..20 {
        match send(cloud, body.to_vec(), Some(signature)).await {
            200 => return,
            502 | 503 => namaskah_tests::pause().await,
            status => panic!("answered with {status}"),
        }
    }
    panic!("never accepted");
}

/// How many events of gateways we know.
async fn known_events(cloud: &Cloud, reference: &PaymentReference) -> usize {
    let events = cloud.store.ledger().gateway_events_of(cloud.now()).await.unwrap();
    events.iter().filter(|event| event.reference.as_ref() == Some(reference)).count()
}

#[tokio::test]
async fn a_forged_event_is_rejected_and_leaves_no_trace() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Enterprise, "0").await;
    let reference = customer.started(&fifty_dollars("paystack"), "k").await;
    let body = charged(&reference).into_bytes();
    let good = signature(&body, KEY);
    let tampered = String::from_utf8(body.clone()).unwrap().replace("5000000", "9000000").into_bytes();
    for (what, body, signature, status) in [
        ("no signature", body.clone(), None, 401),
        ("an empty one", body.clone(), Some(String::new()), 401),
        ("no hexadecimal digits", body.clone(), Some("zz".repeat(64)), 401),
        ("that of another key", body.clone(), Some(signature(&body, "sk_live_other")), 401),
        ("that of another body", tampered, Some(good.clone()), 401),
        ("half of it", body.clone(), Some(good[..64].to_owned()), 401),
        ("too much", vec![b' '; 65 * 1024], Some(good.clone()), 413),
        ("no text", vec![0xff; 20], Some(signature(&[0xff; 20], KEY)), 401),
    ] {
        assert_eq!(send(&cloud, body, signature.as_deref()).await, status, "{what}");
    }
    let elsewhere = cloud.http.post(cloud.webhook("paystack")).header("x-paystack-signature", &good);
    let elsewhere = elsewhere.header("x-local-client-address", "203.0.113.7").body(body.clone()).send().await.unwrap();
    assert_eq!(elsewhere.status(), 403, "not from a network of Paystack");
    assert_eq!(known_events(&cloud, &reference).await, 0);

    // The genuine one asks Paystack, which says that nobody paid.
    assert_eq!(send(&cloud, body, Some(&good)).await, 200);
    let since = std::time::Instant::now();
    while known_events(&cloud, &reference).await == 0 {
        assert!(since.elapsed().as_secs() < 60, "the event is not kept");
        namaskah_tests::pause().await;
    }
    assert_eq!(customer.known_payment(&reference).await["status"], "pending");
    assert_eq!(balance(&customer).await, "0.0000");
}

#[tokio::test]
async fn a_hundred_copies_of_an_event_credit_once() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Enterprise, "0").await;
    let reference = customer.started(&fifty_dollars("paystack"), "k").await;
    let plan = json!({ "fault": "webhook_never", "reference": reference.to_string(), "times": 9 });
    cloud.gateway("paystack", "plan", plan).await;
    cloud.pays("paystack", &reference, json!({})).await;
    let body = charged(&reference).into_bytes();
    let signed = signature(&body, KEY);
    futures_util::future::join_all((0..100).map(|_| delivered(&cloud, &body, &signed))).await;
    customer.settled(&reference, "succeeded").await;
    let since = std::time::Instant::now();
    while known_events(&cloud, &reference).await < 100 {
        assert!(since.elapsed().as_secs() < 120, "{} events", known_events(&cloud, &reference).await);
        namaskah_tests::pause().await;
    }
    assert_eq!(balance(&customer).await, "25.0000");
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn an_event_that_comes_before_the_start_is_answered_credits_once() {
    let cloud = Cloud::alone().await;
    for gateway in ["paystack", "stripe", "btcpay"] {
        let customer = cloud.customer(Plan::Enterprise, "0").await;
        cloud.gateway(gateway, "plan", json!({ "fault": "webhook_before_answer", "times": 1 })).await;
        let method = if gateway == "btcpay" { "bitcoin" } else { "card" };
        let body = json!({ "amount": "50.00", "currency": "USD", "gateway": gateway, "method": method });
        let reference = customer.started(&body, "k").await;
        // BTCPay tells of the new invoice, and the others of the money.
        if gateway == "btcpay" {
            cloud.pays(gateway, &reference, json!({})).await;
        }
        customer.settled(&reference, "succeeded").await;
        assert_eq!(balance(&customer).await, "25.0000", "{gateway}");
        audit(&cloud, &customer).await;
    }
}

#[tokio::test]
async fn doubled_and_late_events_credit_once() {
    let cloud = Cloud::shared().await;
    for gateway in ["paystack", "stripe"] {
        let customer = cloud.customer(Plan::Enterprise, "0").await;
        let reference = customer.started(&fifty_dollars(gateway), "k").await;
        cloud.plan_payment(gateway, "webhook_twice", &reference).await;
        cloud.pays(gateway, &reference, json!({})).await;
        customer.settled(&reference, "succeeded").await;
        let url = format!("{}/_sim/webhooks", cloud.simulator(gateway));
        let sent: Vec<serde_json::Value> = cloud.http.get(&url).send().await.unwrap().json().await.unwrap();
        let ours = sent.iter().filter(|message| message["about"] == reference.to_string().as_str());
        for message in ours {
            cloud.gateway(gateway, &format!("webhooks/{}/repeat", message["id"]), json!({})).await;
        }
        namaskah_tests::pause().await;
        assert_eq!(balance(&customer).await, "25.0000", "{gateway}");
        audit(&cloud, &customer).await;
    }
}

#[tokio::test]
async fn an_event_of_one_gateway_says_nothing_about_a_payment_of_another() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Enterprise, "0").await;
    let reference = customer.started(&fifty_dollars("stripe"), "k").await;
    let body = charged(&reference).into_bytes();
    let signed = signature(&body, KEY);
    assert_eq!(send(&cloud, body, Some(&signed)).await, 200);
    let since = std::time::Instant::now();
    let event = loop {
        let events = cloud.store.ledger().gateway_events_of(cloud.now()).await.unwrap();
        if let Some(event) = events.into_iter().find(|event| event.reference.as_ref() == Some(&reference)) {
            break event;
        }
        assert!(since.elapsed().as_secs() < 60, "the event is not kept");
        namaskah_tests::pause().await;
    };
    assert_eq!(event.outcome, "there is no such payment");
    assert_eq!(customer.known_payment(&reference).await["status"], "pending");
}
