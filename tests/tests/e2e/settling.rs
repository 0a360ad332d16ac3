//! Orders without a code: the price is refunded once, however often a customer asks.

use domain::Plan;
use namaskah_tests::{Cloud, Customer};
use serde_json::{Value, json};
use std::time::Duration;
use store::FindingKind;

#[tokio::test]
async fn a_cancel_is_possible_after_two_minutes_and_refunds_once() {
    let cloud = Cloud::alone().await;
    let customer = cloud.customer(Plan::Pro, "5").await;
    cloud.plan("tinder", "never").await;
    let id = customer.buy("tinder", "GH", "k").await.order_id();
    let path = format!("/api/v1/verifications/{id}/cancel");
    let early = customer.post(&path).await;
    assert_eq!((early.status, early.code()), (409, "too_early"));
    assert_eq!(early.body["from"], customer.order(&id).await["actions"]["cancel"]["from"]);

    cloud.advance(121).await;
    let (one, two) = tokio::join!(customer.post(&path), customer.post(&path));
    for answer in [&one, &two] {
        assert_eq!((answer.status, answer.body["status"].as_str()), (200, Some("refunded")), "{answer:?}");
    }
    assert_eq!(one.body["reason"], "cancelled");
    assert_eq!(customer.post(&path).await.body["status"], "refunded");
    assert_eq!(customer.wallet().await, ("5.0000".into(), "0.0000".into()));
    cloud.audit(&customer).await;
}

#[tokio::test]
async fn a_code_at_the_instant_of_the_cancel_wins() {
    let cloud = Cloud::alone().await;
    let customer = cloud.customer(Plan::Pro, "5").await;
    cloud.plan("signal", "cancel_has_sms").await;
    let id = customer.buy("signal", "GH", "k").await.order_id();
    cloud.advance(121).await;
    let answer = customer.post(&format!("/api/v1/verifications/{id}/cancel")).await;
    assert_eq!((answer.status, answer.body["status"].as_str()), (200, Some("completed")), "{answer:?}");
    assert!(answer.body["code"].is_string());
    cloud.audit(&customer).await;
}

/// Buys a number to which nothing comes but an operator's greeting. Returns the order and the supplier's one.
async fn greeted(cloud: &Cloud, customer: &Customer) -> (domain::OrderId, u64) {
    cloud.plan("vkontakte", "never").await;
    let bought = customer.buy_patiently("vkontakte", "GH", "greeted").await;
    let (id, phone) = (bought.order_id(), bought.body["phone_number"].as_str().unwrap());
    let sold = cloud.sold("vkontakte").await;
    let sale = sold.iter().find(|order| order["phone"] == phone).unwrap()["id"].as_u64().unwrap();
    let greeting = json!({ "sender": "MTN", "text": "Welcome to MTN! Your balance is GHS 0.00. Dial *124#" });
    cloud.sim(&format!("orders/{sale}/sms"), greeting).await;
    (id, sale)
}

fn has_event(order: &Value, event: &str) -> bool {
    order["timeline"].as_array().unwrap().iter().any(|item| item["event"] == event)
}

#[tokio::test]
async fn an_operator_s_greeting_does_not_end_the_wait() {
    let cloud = Cloud::alone().await;
    let customer = cloud.customer(Plan::Pro, "5").await;
    let (id, sale) = greeted(&cloud, &customer).await;
    cloud.advance(30).await;
    let greeted = customer.wait_until(&id, |order| has_event(order, "greeting_ignored")).await;
    assert_eq!((&greeted["status"], &greeted["code"]), (&json!("waiting"), &Value::Null));
    let message = &greeted["messages"][0];
    assert_eq!((&message["ignored"], &message["ignored_because"]), (&json!(true), &json!("operator_greeting")));
    assert!(message["text"].is_null(), "nothing is paid");

    cloud.sim(&format!("orders/{sale}/sms"), json!({ "sender": "VK", "text": "VK: 482913 is your code" })).await;
    cloud.advance(30).await;
    let completed = customer.wait_for(&id, &["completed"]).await;
    assert_eq!(completed["code"], "482913");
    assert!(completed["messages"][0]["text"].as_str().unwrap().contains("Welcome"), "{completed}");
    cloud.audit(&customer).await;
}

#[tokio::test]
async fn a_number_that_got_only_a_greeting_is_refunded() {
    let cloud = Cloud::alone().await;
    let customer = cloud.customer(Plan::Pro, "5").await;
    let (id, _) = greeted(&cloud, &customer).await;
    cloud.advance(121).await;
    let answer = customer.post(&format!("/api/v1/verifications/{id}/cancel")).await;
    assert_eq!((answer.status, answer.body["status"].as_str()), (200, Some("refunded")), "{answer:?}");
    assert!(has_event(&answer.body, "greeting_ignored"), "{answer:?}");
    assert_eq!(customer.wallet().await, ("5.0000".into(), "0.0000".into()));
    let findings = cloud.store.orders().findings_of(id.made_at()).await.unwrap();
    let kinds: Vec<_> =
        findings.iter().filter(|finding| finding.order_id.as_ref() == Some(&id)).map(|f| f.kind).collect();
    assert_eq!(kinds, [FindingKind::ChargedWithoutMessage], "the supplier keeps our money");
    cloud.audit(&customer).await;
}

#[tokio::test]
async fn a_reported_number_is_banned_and_refunded() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Pro, "5").await;
    cloud.plan("snapchat", "never").await;
    let id = customer.buy("snapchat", "KE", "k").await.order_id();
    let answer = customer.post(&format!("/api/v1/verifications/{id}/report")).await;
    assert_eq!((answer.status, answer.body["reason"].as_str()), (200, Some("reported")), "{answer:?}");
    assert!(cloud.sold("snapchat").await.iter().any(|order| order["status"] == "BANNED"));
    cloud.audit(&customer).await;
}

#[tokio::test]
async fn an_order_without_a_code_is_refunded_at_its_deadline() {
    let cloud = Cloud::alone().await;
    let customer = cloud.customer(Plan::Pro, "5").await;
    cloud.plan("netflix", "never").await;
    let id = customer.buy("netflix", "GH", "k").await.order_id();
    cloud.advance(15 * 60 + 1).await;
    let order = customer.wait_for(&id, &["refunded"]).await;
    assert_eq!(order["reason"], "timeout");
    assert_eq!(order["timeline"].as_array().unwrap().last().unwrap()["rule"], "no_code");
    assert_eq!(order["cost"], "0.0000");
    cloud.audit(&customer).await;
}

#[tokio::test]
async fn a_message_older_than_the_order_does_not_count() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Pro, "5").await;
    cloud.plan("bolt", "recycled").await;
    let id = customer.buy("bolt", "GH", "k").await.order_id();
    let started = std::time::Instant::now();
    let order = loop {
        let order = customer.order(&id).await;
        if !order["messages"].as_array().unwrap().is_empty() || started.elapsed().as_secs() > 20 {
            break order;
        }
    };
    assert_eq!(order["messages"][0]["ignored"], true, "{order:#}");
    assert_eq!((order["status"].as_str(), order["code"].as_str()), (Some("waiting"), None));
    cloud.audit(&customer).await;
}

#[tokio::test]
async fn an_unreachable_supplier_does_not_keep_the_money() {
    let cloud = Cloud::alone().await;
    let customer = cloud.customer(Plan::Pro, "5").await;
    cloud.plan("ebay", "check_502").await;
    // A finding is stored under the day of its order, and the order may end a day later.
    let day = cloud.now();
    let id = customer.buy("ebay", "GH", "k").await.order_id();
    cloud.sim("fault", serde_json::json!({ "down": true })).await;
    cloud.advance(15 * 60 + 30 * 60 + 1).await;
    cloud.sweep().await;
    let order = customer.wait_for(&id, &["refunded"]).await;
    assert_eq!(order["reason"], "supplier_unreachable");
    let findings = cloud.store.orders().findings_of(day).await.unwrap();
    assert!(findings.iter().any(|finding| finding.order_id.as_ref() == Some(&id)), "{findings:?}");
    cloud.sim("fault", serde_json::json!({ "down": false })).await;
    cloud.audit(&customer).await;
}

#[tokio::test]
async fn an_order_that_expired_at_the_supplier_is_refunded() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Pro, "5").await;
    let day = cloud.now();
    cloud.plan("tiktok", "check_expired").await;
    let id = customer.buy("tiktok", "GH", "k").await.order_id();
    let order = customer.wait_for(&id, &["refunded"]).await;
    assert_eq!(order["reason"], "supplier", "long before the deadline: {order:#}");
    assert_eq!(order["timeline"].as_array().unwrap().last().unwrap()["rule"], "supplier_closed");
    assert_eq!(customer.wallet().await, ("5.0000".into(), "0.0000".into()));
    let findings = cloud.store.orders().findings_of(day).await.unwrap();
    assert!(!findings.iter().any(|finding| finding.order_id.as_ref() == Some(&id)), "{findings:?}");
    cloud.audit(&customer).await;
}

/// Waits until this many looks missed the number of the customer's only order.
async fn missed(cloud: &Cloud, customer: &Customer, looks: u32) -> domain::order::Missing {
    let started = std::time::Instant::now();
    loop {
        let order = cloud.all_orders(customer).await.remove(0);
        if let Some(missing) = order.missing.filter(|missing| missing.looks == looks) {
            return missing;
        }
        assert!(started.elapsed().as_secs() < 30, "never missed {looks} times: {order:#?}");
        runtime::pause(Duration::from_millis(200)).await;
    }
}

#[tokio::test]
async fn a_number_that_the_supplier_lost_is_refunded_after_three_looks() {
    let cloud = Cloud::alone().await;
    let customer = cloud.customer(Plan::Pro, "5").await;
    let day = cloud.now();
    cloud.plan("alibaba", "check_not_found").await;
    let id = customer.buy("alibaba", "GH", "k").await.order_id();
    let first = missed(&cloud, &customer, 1).await;
    let version = cloud.all_orders(&customer).await[0].version;
    // A poll later, nothing more is written.
    customer.get(&format!("/api/v1/verifications/{id}?wait=5")).await;
    assert_eq!(missed(&cloud, &customer, 1).await, first, "looks within 15 seconds count once");
    assert_eq!(cloud.all_orders(&customer).await[0].version, version);
    cloud.advance(15).await;
    missed(&cloud, &customer, 2).await;
    assert_eq!(customer.order(&id).await["status"], "waiting");
    cloud.advance(15).await;
    let order = customer.wait_for(&id, &["refunded"]).await;
    assert_eq!((&order["reason"], &order["cost"]), (&"supplier".into(), &"0.0000".into()), "{order:#}");
    let findings = cloud.store.orders().findings_of(day).await.unwrap();
    let about_it = findings.iter().find(|finding| finding.order_id.as_ref() == Some(&id)).unwrap();
    assert_eq!(about_it.kind, FindingKind::LostNumber);
    cloud.audit(&customer).await;
}

#[tokio::test]
async fn message_texts_are_deleted_after_their_retention() {
    let cloud = Cloud::alone().await;
    let customer = cloud.customer(Plan::Starter, "5").await;
    let id = customer.buy("steam", "GH", "k").await.order_id();
    let order = customer.wait_for(&id, &["completed"]).await;
    let (code, text) = (order["code"].as_str().unwrap(), order["messages"][0]["text"].as_str().unwrap());
    assert!(text.contains(code), "{order:#}");

    // A starter's messages are kept for 72 hours.
    cloud.advance(72 * 3600 + 60).await;
    cloud.sweep().await;
    let started = std::time::Instant::now();
    loop {
        let stored = format!("{:?}", cloud.all_orders(&customer).await);
        if !stored.contains(code) && !stored.contains(text) {
            break;
        }
        assert!(started.elapsed().as_secs() < 30, "the text is still there: {stored}");
        runtime::pause(Duration::from_millis(200)).await;
    }
    let order = customer.order(&id).await;
    assert_eq!(
        (&order["status"], &order["code"], &order["messages"][0]["text"]),
        (&"completed".into(), &Value::Null, &Value::Null)
    );
    cloud.audit(&customer).await;
}
