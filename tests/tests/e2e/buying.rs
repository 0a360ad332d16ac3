//! The main job: a number, a code, one price.

use domain::Plan;
use namaskah_tests::Cloud;
use serde_json::json;

#[tokio::test]
async fn a_number_is_bought_the_code_arrives_and_it_is_paid_once() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Enterprise, "10").await;
    let bought = customer.buy("whatsapp", "GH", "first").await;
    assert_eq!(bought.status, 201, "{bought:?}");
    let body = &bought.body;
    assert_eq!(body["status"], "waiting");
    assert_eq!(body["cost"], "0.3800");
    assert!(body["phone_number"].as_str().unwrap().starts_with("+233"));
    assert_eq!(customer.wallet().await, ("9.6200".into(), "0.3800".into()));

    let done = customer.wait_for(&bought.order_id(), &["completed"]).await;
    let sold = cloud.sold("whatsapp").await;
    let sold = sold.iter().find(|order| order["phone"] == body["phone_number"]).unwrap();
    assert_eq!(done["code"], sold["expected_code"]);
    assert_eq!(done["messages"][0]["text"], sold["sms"][0]["text"]);
    let events: Vec<_> = done["timeline"].as_array().unwrap().iter().map(|item| item["event"].clone()).collect();
    assert_eq!(events, ["held", "number_bought", "message_received", "captured"]);
    assert_eq!(customer.wallet().await, ("9.6200".into(), "0.0000".into()));
    cloud.audit(&customer).await;

    let finished = customer.post(&format!("/api/v1/verifications/{}/finish", bought.order_id())).await;
    assert_eq!(finished.status, 200);
    assert_eq!(finished.body["actions"]["finish"]["possible"], false);
}

#[tokio::test]
async fn a_long_poll_answers_when_the_code_comes() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Pro, "5").await;
    let bought = customer.buy("telegram", "NG", "wait").await;
    let answer = customer.get(&format!("/api/v1/verifications/{}?wait=25", bought.order_id())).await;
    assert_eq!(answer.body["status"], "completed", "{answer:?}");
    assert!(answer.headers.get("retry-after").is_none());
}

#[tokio::test]
async fn a_code_without_a_text_is_the_provider_s() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Pro, "5").await;
    cloud.plan("linkedin", "never").await;
    let bought = customer.buy("linkedin", "GH", "k").await;
    assert_eq!(bought.body["code_source"], json!(null), "{bought:?}");
    let sold = cloud.sold("linkedin").await;
    let sold = sold.iter().find(|order| order["phone"] == bought.body["phone_number"]).unwrap();
    let sms = format!("orders/{}/sms", sold["id"]);
    cloud.sim(&sms, json!({ "text": "", "sender": "Viber", "code": "551022" })).await;
    let done = customer.wait_for(&bought.order_id(), &["completed"]).await;
    assert_eq!((&done["code"], &done["code_source"]), (&json!("551022"), &json!("provider")), "{done:#}");

    // Two messages without a text are two messages, and our own reading is better than the provider's.
    cloud.sim(&sms, json!({ "text": "", "sender": "Viber", "code": "771033" })).await;
    cloud.sim(&sms, json!({ "text": "Your code is 483920", "sender": "Viber", "code": "920" })).await;
    let order = customer.wait_until(&bought.order_id(), |order| order["code"] == "483920").await;
    let codes: Vec<_> =
        order["messages"].as_array().unwrap().iter().map(|one| (&one["code"], &one["code_source"])).collect();
    let expected =
        [("551022", "provider"), ("771033", "provider"), ("483920", "text")].map(|(a, b)| (json!(a), json!(b)));
    assert_eq!(codes, expected.iter().map(|(code, source)| (code, source)).collect::<Vec<_>>());
    cloud.audit(&customer).await;
}

#[tokio::test]
async fn lists_have_filters_and_pages() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Pro, "10").await;
    for (service, country, tag) in [("discord", "GH", "a"), ("discord", "NG", "b"), ("uber", "GH", "a")] {
        let body = json!({ "service_name": service, "country_code": country, "tags": { "project": tag } });
        let key = format!("{service}{country}");
        let bought = customer.send("POST", "/api/v1/verifications", Some(&body), &[("idempotency-key", &key)]).await;
        assert_eq!(bought.status, 201, "{bought:?}");
    }
    for (query, count) in [
        ("", 3),
        ("?service_name=discord", 2),
        ("?country_code=GH", 2),
        ("?tag=project:a", 2),
        ("?tag=project:a&service_name=uber", 1),
        ("?created_before=2020-01-01T00:00:00Z", 0),
        ("?created_from=2020-01-02T00:00:00Z&created_before=2020-01-01T00:00:00Z", 0),
        ("?status=failed", 0),
    ] {
        let page = customer.get(&format!("/api/v1/verifications{query}")).await;
        assert_eq!(page.body["items"].as_array().unwrap().len(), count, "{query}: {page:?}");
    }
    let newest = customer.get("/api/v1/verifications?limit=1").await.body["items"][0].clone();
    let since =
        customer.get(&format!("/api/v1/verifications?created_from={}", newest["created_at"].as_str().unwrap())).await;
    assert_eq!(since.body["items"][0]["id"], newest["id"], "`created_from` is inclusive");
    let first = customer.get("/api/v1/verifications?limit=2").await.body;
    let cursor = first["next_cursor"].as_str().unwrap();
    let second = customer.get(&format!("/api/v1/verifications?limit=2&cursor={cursor}")).await.body;
    assert_eq!(second["items"].as_array().unwrap().len(), 1);
    let entries = customer.get("/api/v1/wallet/entries?limit=2").await.body;
    assert_eq!(entries["items"].as_array().unwrap().len(), 2);
    assert!(entries["next_cursor"].is_string());
}

#[tokio::test]
async fn a_failed_purchase_says_why_and_costs_nothing() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Starter, "0.40").await;
    let poor = customer.buy("whatsapp", "GH", "poor").await;
    assert_eq!((poor.status, poor.code()), (402, "insufficient_funds"));
    assert_eq!(poor.body["missing"], "0.1000");
    let unknown = customer.buy("nosuchservice", "GH", "unknown").await;
    assert_eq!((unknown.status, &unknown.body["errors"][0]["field"]), (422, &json!("service_name")));
    let body = json!({ "service_name": "whatsapp", "country_code": "GH", "max_price": "0.10" });
    let capped = customer.send("POST", "/api/v1/verifications", Some(&body), &[("idempotency-key", "cap")]).await;
    assert_eq!((capped.status, capped.code()), (409, "price_above_max"));
    assert!(cloud.audit(&customer).await.is_empty());
}
