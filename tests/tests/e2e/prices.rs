//! Prices and taxes that begin at a moment, as staff set them.

use crate::{operator::done, staff::colleague};
use domain::{Plan, access::StaffRole, audit::Action};
use namaskah_tests::{Answer, Cloud, Customer};
use serde_json::{Value, json};
use std::time::Duration;

async fn change(by: &Customer, body: Value) -> Answer {
    by.send("POST", "/api/v1/admin/prices", Some(&body), &[]).await
}

async fn withdraw(by: &Customer, from: &Value) -> Answer {
    let body = json!({ "from": from, "reason": "a test" });
    by.send("POST", "/api/v1/admin/prices/withdraw", Some(&body), &[]).await
}

/// What a common service in Ghana costs this customer now.
async fn price(customer: &Customer) -> String {
    let quote = customer.get("/api/v1/pricing/quote?service_name=whatsapp&country_code=GH").await;
    quote.body["price"].as_str().unwrap_or_else(|| panic!("{quote:?}")).to_owned()
}

#[tokio::test]
async fn a_price_begins_at_its_moment_and_holds_keep_theirs() {
    let cloud = Cloud::alone().await;
    let finance = colleague(&cloud, StaffRole::Finance).await.client;
    let customer = cloud.customer(Plan::Starter, "5").await;
    let before = price(&customer).await;
    let from = cloud.now().plus(Duration::from_mins(10));
    let made = change(&finance, json!({ "from": from, "sms_list": "3.0000", "reason": "a test" })).await;
    assert_eq!((made.status, &made.body["sms_list"]), (201, &json!("3.0000")), "{made:?}");
    assert_eq!(price(&customer).await, before);
    let held = customer.buy("whatsapp", "GH", "k").await;
    assert_eq!(held.status, 201, "{held:?}");
    cloud.advance(601).await;
    assert_eq!(price(&customer).await, "3.0000");
    let order = customer.order(&held.order_id()).await;
    assert_eq!(order["price"], json!(before), "what is held keeps its price");
    let list = finance.get("/api/v1/admin/prices").await.body;
    assert_eq!(list["now"]["sms_list"], "3.0000", "{list:#}");

    // A change that has begun is a part of the prices.
    let late = withdraw(&finance, &json!(from)).await;
    assert_eq!((late.status, &late.body["errors"][0]["code"]), (422, &json!("not_a_price_change")), "{late:?}");
    // Another one follows it.
    let back = change(&finance, json!({ "sms_list": "0.5000", "reason": "a test" })).await;
    assert_eq!(back.status, 201, "{back:?}");
    assert_eq!(price(&customer).await, before);
    cloud.audit(&customer).await;
}

#[tokio::test]
async fn a_change_is_withdrawn_before_it_begins() {
    let cloud = Cloud::shared().await;
    let finance = colleague(&cloud, StaffRole::Finance).await.client;
    let from = json!(cloud.now().plus(Duration::from_hours(24 * 3_650)));
    let made = change(&finance, json!({ "from": from, "markup_percent": 190, "reason": "a test" })).await;
    assert_eq!(made.status, 201, "{made:?}");
    let listed = |list: &Value| list["changes"].as_array().unwrap().iter().any(|change| change["from"] == from);
    assert!(listed(&finance.get("/api/v1/admin/prices").await.body));
    assert!(done(&["catalog", "prices"]).await.to_string().contains("190"));
    let withdrawn = withdraw(&finance, &from).await;
    assert_eq!((withdrawn.status, &withdrawn.body["markup_percent"]), (200, &json!(190)), "{withdrawn:?}");
    assert!(!listed(&finance.get("/api/v1/admin/prices").await.body));
    let again = withdraw(&finance, &from).await;
    assert_eq!(again.status, 404, "{again:?}");
    let day = cloud.store.audit().of_day(cloud.now(), 1000, None).await.unwrap().items;
    let actions = day.iter().filter(|line| from == json!(line.target)).map(|line| &line.action);
    let actions: Vec<_> = actions.collect();
    assert!(actions.contains(&&Action::PriceChange) && actions.contains(&&Action::PriceWithdraw), "{actions:?}");
}

#[tokio::test]
async fn prices_that_make_no_sense_are_refused() {
    let cloud = Cloud::shared().await;
    let finance = colleague(&cloud, StaffRole::Finance).await.client;
    let future = cloud.now().plus(Duration::from_hours(24 * 3_650));
    for (body, field, detail) in [
        (json!({ "reason": "a test" }), "sms_list", "changes nothing"),
        (json!({ "from": future, "sms_list": "0.0001", "reason": "a test" }), "sms_list", "must be positive"),
        (json!({ "from": future, "step": "0.6", "reason": "a test" }), "sms_list", "must be positive"),
        (
            json!({ "from": "2020-01-01T00:00:00Z", "sms_list": "0.6", "reason": "a test" }),
            "from",
            "must be in the future",
        ),
    ] {
        let refused = change(&finance, body.clone()).await;
        let error = &refused.body["errors"][0];
        assert_eq!((refused.status, &error["field"]), (422, &json!(field)), "{body}");
        assert_eq!(error["code"], "not_a_price_change", "{body}");
        assert!(error["detail"].as_str().unwrap().contains(detail), "{refused:?}");
    }
}

#[tokio::test]
async fn taxes_begin_at_a_moment() {
    let cloud = Cloud::shared().await;
    let finance = colleague(&cloud, StaffRole::Finance).await.client;
    let body = json!({
        "country": "ZM", "from": "2090-01-01T00:00:00.000Z", "taxes": [{ "name": "VAT", "rate": "16.5" }],
        "reverse_charge": false, "reason": "the law",
    });
    let set = finance.send("POST", "/api/v1/admin/taxes", Some(&body), &[]).await;
    assert_eq!((set.status, &set.body["taxes"][0]["rate"]), (201, &json!("16.5")), "{set:?}");
    let listed = finance.get("/api/v1/admin/taxes?country=ZM").await.body;
    let rows = listed["items"].as_array().unwrap();
    assert!(rows.contains(&set.body), "{listed:#}");
    for (field, wrong) in [
        ("taxes[0].rate", json!([{ "name": "VAT", "rate": "101" }])),
        ("taxes[0].name", json!([{ "name": "VAT!", "rate": "1" }])),
        ("taxes", json!([{ "name": "VAT", "rate": "1" }, { "name": "VAT", "rate": "2" }])),
    ] {
        let mut body = body.clone();
        body["taxes"] = wrong;
        let refused = finance.send("POST", "/api/v1/admin/taxes", Some(&body), &[]).await;
        assert_eq!((refused.status, &refused.body["errors"][0]["field"]), (422, &json!(field)), "{refused:?}");
    }
}
