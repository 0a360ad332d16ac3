//! Included verifications, the budget of usage-based billing, and the report of usage.

use domain::{
    Credits, Plan,
    ledger::{EntryKind, Grant},
    order::Status,
};
use namaskah_tests::{Answer, Cloud, Customer, at_once};
use serde_json::{Value, json};
use std::{collections::BTreeMap, time::Duration};

const BILLING: &str = "/api/v1/subscriptions/usage-billing";

/// Pays a period with this many included verifications, for a tenth of a credit.
async fn include(cloud: &Cloud, customer: &Customer, units: u32) {
    let now = cloud.now();
    let grant = Grant { units, until: now.plus(Duration::from_hours(24 * 30)), counts_used: false };
    cloud.pay_period(&customer.user, Credits::from_units(1_000), Some(grant), now).await;
}

/// Sends this many concurrent purchases. Returns the number of answers by status and code.
async fn buy_at_once(customer: &Customer, service: &'static str, times: usize) -> BTreeMap<(u16, String), usize> {
    let buy = |n| {
        let customer = customer.clone();
        async move { customer.buy_patiently(service, "GH", &format!("at-once-{n}")).await }
    };
    at_once(times, buy).await
}

async fn subscription(customer: &Customer) -> Value {
    let answer = customer.get("/api/v1/subscription").await;
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.body
}

async fn bill(customer: &Customer, body: Value) -> Answer {
    customer.send("POST", BILLING, Some(&body), &[]).await
}

/// Buys a number that never gets a code, and returns it at once.
async fn refunded(cloud: &Cloud, customer: &Customer, service: &str, key: &str) -> Value {
    cloud.plan(service, "never").await;
    let bought = customer.buy_patiently(service, "GH", key).await;
    assert_eq!(bought.status, 201, "{bought:?}");
    let report = format!("/api/v1/verifications/{}/report", bought.order_id());
    assert!(matches!(customer.post(&report).await.status, 200 | 202));
    customer.wait_for(&bought.order_id(), &["refunded"]).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_buyers_at_once_share_three_included_verifications() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Pro, "2.00").await; // 0.10 for the period, 4 × 0.45 = 1.80
    include(&cloud, &customer, 3).await;
    let answers = buy_at_once(&customer, "twitch", 50).await;
    let expected = [((201, String::new()), 7), ((402, "insufficient_funds".to_owned()), 43)];
    assert_eq!(answers, BTreeMap::from(expected));
    let orders = cloud.audit(&customer).await;
    let bought: Vec<_> = orders.iter().filter(|order| order.status != Status::Failed).collect();
    let included = bought.iter().filter(|order| order.included.is_positive()).count();
    assert_eq!((bought.len(), included), (7, 3));
    assert_eq!(customer.wallet().await.0, "0.1000");
    let used = &subscription(&customer).await["included"];
    assert_eq!((&used["verifications"], &used["used"], &used["left"]), (&json!(3), &json!(3), &json!(0)));
}

#[tokio::test]
async fn an_included_verification_comes_back_with_its_refund() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Pro, "0.10").await;
    include(&cloud, &customer, 1).await;
    let order = refunded(&cloud, &customer, "yahoo", "back").await;
    assert_eq!(
        (&order["price"], &order["included"], &order["cost"]),
        (&json!("0.4500"), &json!("0.4500"), &json!("0.0000"))
    );
    assert_eq!(customer.wallet().await, ("0.0000".to_owned(), "0.0000".to_owned()), "its worth is not paid out");
    assert_eq!(subscription(&customer).await["included"]["used"], json!(0));
    let bought = customer.buy_patiently("telegram", "GH", "used").await;
    assert_eq!(bought.status, 201, "{bought:?}");
    let order = customer.wait_for(&bought.order_id(), &["completed"]).await;
    assert_eq!((&order["cost"], &order["included"]), (&json!("0.0000"), &json!("0.4500")), "{order:#}");
    assert_eq!(subscription(&customer).await["included"]["used"], json!(1));
    let entries = customer.get(&format!("/api/v1/wallet/entries?order_id={}", bought.order_id())).await;
    for entry in entries.body["items"].as_array().unwrap() {
        let line = json!([{ "what": "sms", "amount": "0.4500", "usage": "included" }]);
        assert_eq!((&entry["included"], &entry["lines"]), (&json!("0.4500"), &line), "{entry:#}");
    }
    let refused = customer.buy_patiently("telegram", "GH", "none").await;
    assert_eq!((refused.status, refused.code()), (402, "insufficient_funds"));
    cloud.audit(&customer).await;
}

#[tokio::test]
async fn an_order_of_the_last_period_gives_none_back_in_the_next() {
    let cloud = Cloud::alone().await;
    let customer = cloud.customer(Plan::Starter, "100").await;
    let choose = async |plan: &str| {
        let body = json!({ "plan": plan });
        let answer = customer.send("POST", "/api/v1/subscription", Some(&body), &[("idempotency-key", plan)]).await;
        assert_eq!(answer.status, 200, "{answer:?}");
    };
    choose("pro").await;
    cloud.plan("yahoo", "never").await;
    assert_eq!(customer.buy_patiently("yahoo", "GH", "old").await.status, 201);
    choose("enterprise").await;
    let used = subscription(&customer).await["included"].clone();
    assert_eq!((&used["verifications"], &used["used"]), (&json!(200), &json!(1)), "an upgrade counts used ones");
    cloud.credit(&customer.user, "100".parse().unwrap(), "for the next month").await.unwrap();
    let until = cloud.store.ledger().subscription(&customer.user).await.unwrap().unwrap().period.until;
    // Just before the end, so that the order outlives the period.
    cloud.advance((until.millis() - cloud.now().millis()) / 1000 - 600).await;
    for _ in 0..3 {
        cloud.sweep().await;
    }
    cloud.plan("viber", "never").await;
    let last = customer.buy_patiently("viber", "GH", "last").await;
    assert_eq!((last.status, &last.body["included"]), (201, &json!("0.3800")), "{last:?}");
    cloud.advance(700).await;
    let since = std::time::Instant::now();
    while subscription(&customer).await["timeline"].as_array().unwrap().len() < 3 {
        assert!(since.elapsed().as_secs() < 60, "not renewed");
        cloud.queue_due_payments().await;
        namaskah_tests::pause().await;
    }
    let own = customer.wallet().await.0;
    assert_eq!(subscription(&customer).await["included"]["used"], json!(0));
    let report = format!("/api/v1/verifications/{}/report", last.order_id());
    assert!(matches!(customer.post(&report).await.status, 200 | 202));
    customer.wait_for(&last.order_id(), &["refunded"]).await;
    assert_eq!(subscription(&customer).await["included"]["left"], json!(200), "no more than the period has");
    assert_eq!(customer.wallet().await.0, own);
    cloud.audit(&customer).await;
}

/// Kills the purchase at this point. Its included verification is used by one order, or comes back once.
async fn killed_buying(point: &str, service: &str) {
    let cloud = Cloud::alone().await;
    let customer = cloud.customer(Plan::Pro, "0.10").await;
    include(&cloud, &customer, 2).await;
    let file = cloud.kill_at(point);
    let dead = customer.buy(service, "GH", "k").await;
    assert!(dead.status >= 500 && !file.exists(), "{point} {dead:?}");
    assert_eq!(subscription(&customer).await["included"]["used"], json!(1), "{point}");
    for _ in 0..4 {
        cloud.advance(30).await;
        cloud.sweep().await;
    }
    let orders = cloud.all_orders(&customer).await;
    let order = customer.wait_for(&orders[0].id, &["completed", "failed", "refunded"]).await;
    let used = u32::from(order["status"] == "completed");
    assert_eq!(subscription(&customer).await["included"]["used"], json!(used), "{point}: {order:#}");
    assert_eq!(customer.wallet().await.0, "0.0000", "{point}");
    cloud.audit(&customer).await;
}

#[tokio::test]
async fn killed_after_the_hold_of_an_included_verification() {
    killed_buying("after-hold", "twitch").await;
}

#[tokio::test]
async fn killed_after_the_sale_of_an_included_verification() {
    killed_buying("after-sale", "twitch").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hard_stop_holds_under_twenty_buyers_at_once() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Pro, "20").await;
    include(&cloud, &customer, 2).await;
    let on = bill(&customer, json!({ "enabled": true, "budget": "1.40", "hard_stop": true })).await;
    assert_eq!((on.status, &on.body["left"]), (200, &json!("1.4000")), "{on:?}");
    let answers = buy_at_once(&customer, "twitch", 20).await;
    // Two are included, and three of ₵0.45 are within ₵1.40.
    let expected = [((201, String::new()), 5), ((409, "usage_budget_reached".to_owned()), 15)];
    assert_eq!(answers, BTreeMap::from(expected));
    let refused = customer.buy_patiently("twitch", "GH", "one-more").await;
    assert_eq!((refused.code(), &refused.body["left"]), ("usage_budget_reached", &json!("0.0500")), "{refused:?}");
    assert!(refused.body["until"].is_string() && refused.body["detail"].as_str().unwrap().contains("0.05"));
    let billing = &subscription(&customer).await["usage_billing"];
    assert_eq!((&billing["spent"], &billing["left"]), (&json!("1.3500"), &json!("0.0500")));
    let entries = cloud.store.ledger().all_entries(&customer.user).await.unwrap();
    let overage = json!([{ "what": "sms", "amount": "0.4500", "usage": "overage" }]);
    let labelled = entries.iter().filter(|entry| entry.kind == EntryKind::Hold && json!(entry.lines) == overage);
    assert!(labelled.count() >= 3);
    // A higher budget sells again, and so does none.
    for (body, key) in [
        (json!({ "enabled": true, "budget": "2", "hard_stop": true }), "higher"),
        (json!({ "enabled": true, "budget": "1", "hard_stop": false }), "soft"),
        (json!({ "enabled": false }), "off"),
    ] {
        assert_eq!(bill(&customer, body).await.status, 200);
        assert_eq!(customer.buy_patiently("twitch", "GH", key).await.status, 201, "{key}");
    }
    cloud.audit(&customer).await;
}

#[tokio::test]
async fn what_is_refunded_is_within_the_budget_again() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Pro, "20").await;
    assert_eq!(bill(&customer, json!({ "enabled": true, "budget": "0.45", "hard_stop": true })).await.status, 200);
    refunded(&cloud, &customer, "yahoo", "first").await;
    assert_eq!(customer.buy_patiently("twitch", "GH", "second").await.status, 201);
    assert_eq!(customer.buy_patiently("twitch", "GH", "third").await.code(), "usage_budget_reached");
    cloud.audit(&customer).await;
}

#[tokio::test]
async fn a_budget_is_needed_and_is_real_money() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Starter, "1").await;
    let refused = bill(&customer, json!({ "enabled": true })).await;
    assert_eq!((refused.status, &refused.body["errors"][0]["field"]), (422, &json!("budget")), "{refused:?}");
    let off = subscription(&customer).await["usage_billing"].clone();
    assert_eq!((&off["enabled"], &off["budget"], &off["left"]), (&json!(false), &json!(null), &json!(null)));
}

#[tokio::test]
async fn each_part_of_a_budget_is_told_once() {
    let cloud = Cloud::shared().await;
    let person = cloud.person().await;
    cloud.credit(&person.client.user, "20".parse().unwrap(), "a credit").await.unwrap();
    assert_eq!(bill(&person.client, json!({ "enabled": true, "budget": "1.20" })).await.status, 200);
    // ₵0.50, ₵1.00, ₵1.50, ₵2.00 of ₵1.20: 80 % at the second, 100 % at the third.
    for n in 0..4 {
        let bought = person.client.buy_patiently("twitch", "GH", &format!("alert-{n}")).await;
        assert_eq!(bought.status, 201, "{bought:?}");
    }
    cloud.letter_with(&person.email, &["80 %", "₵1.00", "₵1.20"]).await;
    cloud.letter_with(&person.email, &["100 %", "₵1.50", "₵1.20"]).await;
    // Later entries of the same wallet are handled after these.
    cloud.debit(&person.client.user, "18.4".parse().unwrap(), "low").await.unwrap();
    cloud.letter_with(&person.email, &["Your balance is low"]).await;
    let alerts = cloud.letters(&person.email).await;
    let alerts = alerts.iter().filter(|letter| letter.text.contains("₵1.20")).count();
    assert_eq!(alerts, 2);
}

#[tokio::test]
async fn the_report_of_usage_adds_up() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Pro, "10").await;
    include(&cloud, &customer, 2).await;
    assert_eq!(bill(&customer, json!({ "enabled": true, "budget": "5" })).await.status, 200);
    refunded(&cloud, &customer, "yahoo", "r").await;
    for n in 0..3 {
        let bought = customer.buy_patiently("telegram", "GH", &format!("u-{n}")).await;
        customer.wait_for(&bought.order_id(), &["completed"]).await;
    }
    let usage = async |query: &str| customer.get(&format!("/api/v1/usage?{query}")).await;
    let by_day = usage("").await;
    assert_eq!(by_day.status, 200, "{by_day:?}");
    let total = &by_day.body["total"];
    assert_eq!(
        [&total["delivered"], &total["refunded_orders"], &total["included_orders"]],
        [&json!(3), &json!(1), &json!(2)]
    );
    assert_eq!(
        [&total["included"], &total["overage"], &total["spent"], &total["refunded"]],
        [&json!("0.9000"), &json!("0.4500"), &json!("0.4500"), &json!("0.0000")]
    );
    assert_eq!((&by_day.body["by"], &by_day.body["items"][0]["group"]), (&json!("day"), &json!(cloud.now().day())));
    assert_eq!(
        (&by_day.body["included"]["used"], &by_day.body["budget"]["left"], &by_day.body["month"]["orders"]),
        (&json!(2), &json!("4.5500"), &json!("0.4500"))
    );
    let (spent, forecast) = (&by_day.body["month"]["spent"], &by_day.body["month"]["forecast"]);
    let units = |value: &Value| value.as_str().unwrap().parse::<Credits>().unwrap().units();
    assert!(units(spent) == 5_500 && units(forecast) >= 5_500, "{:#}", by_day.body);
    let by_service = usage("by=service").await.body;
    let groups: Vec<_> = by_service["items"].as_array().unwrap().iter().map(|item| &item["group"]).collect();
    assert_eq!(groups, ["telegram", "yahoo"]);
    let before = usage("by=key&to=2026-01-01T00:00:00Z&from=2025-12-01T00:00:00Z").await.body;
    assert_eq!((&before["total"]["orders"], &before["month"]), (&json!(0), &by_day.body["month"]));
    assert_eq!(usage("by=colour").await.status, 422);
}

#[tokio::test]
async fn the_limits_of_the_plan_are_shown_with_their_use() {
    let cloud = Cloud::shared().await;
    for plan in Plan::ALL {
        let customer = cloud.customer(*plan, "5").await;
        cloud.plan("line", "never").await;
        assert_eq!(customer.buy_patiently("line", "GH", "open").await.status, 201);
        let limits = subscription(&customer).await["limits"].clone();
        let (terms, used) = (plan.terms(), |most: u32, used: u32| json!({ "most": most, "used": used }));
        let expected = json!({
            "open_orders": used(terms.open_orders, 1),
            "api_keys": used(terms.api_keys, 1),
            "test_orders_per_day": used(terms.test_orders_per_day, 0),
            "requests_per_minute": terms.requests_per_minute,
            "buys_per_minute": terms.buys_per_minute,
            "concurrent_waits": terms.concurrent_waits,
            "messages_kept_h": terms.messages_kept.as_secs() / 3600,
            "chooses_operator": terms.chooses_operator,
            "discount_percent": terms.discount_percent,
        });
        assert_eq!(limits, expected, "{plan:?}");
        let body = json!({ "service_name": "twitch", "country_code": "GH", "operator": "virtual4" });
        let named = customer.send("POST", "/api/v1/verifications", Some(&body), &[("idempotency-key", "named")]).await;
        assert_eq!(named.code() == "operator_not_in_plan", *plan == Plan::Starter, "{plan:?} {named:?}");
    }
}
