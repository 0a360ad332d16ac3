//! The wallet as its owner sees it: balances, the spending of months, and the filtered list of entries.

use domain::{Credits, Plan, Timestamp, UserId, access::Mode, ledger::Entry};
use namaskah_tests::{Cloud, Customer};
use serde_json::{Value, json};
use std::time::Duration;
use store::EntryFilter;

fn credits(text: &str) -> Credits {
    text.parse().unwrap()
}

/// Pays at this time for something without an order.
async fn pay(cloud: &Cloud, user: &UserId, amount: &str, at: Timestamp) {
    cloud.pay_period(user, credits(amount), None, at).await;
}

#[tokio::test]
async fn the_wallet_shows_the_spending_of_this_month_and_the_last() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Starter, "0").await;
    let month = cloud.now().start_of_month();
    let before = month.minus(Duration::from_millis(1));
    cloud.credit_at(before.minus(Duration::from_hours(48)), &customer.user, credits("20"), "credit").await.unwrap();
    pay(&cloud, &customer.user, "3", before).await;
    let seen = async || customer.get("/api/v1/wallet").await.body["spending"].clone();
    let new = seen().await;
    assert_eq!((&new["spent"], &new["last_month"]), (&json!("0.0000"), &json!("3.0000")), "{new}");
    assert_eq!(new["month"], cloud.now().month());

    pay(&cloud, &customer.user, "1.25", month).await;
    cloud.plan("foodpanda", "never").await;
    let bought = customer.buy("foodpanda", "GH", "one").await;
    assert_eq!(bought.status, 201, "{bought:?}");
    let with_hold = seen().await;
    let forecast: Credits = with_hold["forecast"].as_str().unwrap().parse().unwrap();
    let spent = credits("1.25").checked_add(bought.body["price"].as_str().unwrap().parse().unwrap()).unwrap();
    assert_eq!((&with_hold["spent"], &with_hold["last_month"]), (&json!(spent), &json!("3.0000")));
    assert!(forecast >= spent, "{with_hold}");
    let path = format!("/api/v1/verifications/{}/report", bought.order_id());
    assert_eq!(customer.post(&path).await.body["status"], "refunded");
    assert_eq!(seen().await["spent"], "1.2500", "a price that is given back was not spent");
    cloud.audit(&customer).await;
}

#[tokio::test]
async fn promotional_credit_is_shown_and_spent_first() {
    let cloud = Cloud::shared().await;
    let person = cloud.person().await.client;
    cloud.credit(&person.user, credits("5"), "credit").await.unwrap();
    let seen = async || {
        let wallet = person.get("/api/v1/wallet").await.body;
        (wallet["available"].clone(), wallet["promotional"].clone())
    };
    assert_eq!(seen().await, (json!("5.5000"), json!("0.5000")));
    pay(&cloud, &person.user, "0.30", cloud.now()).await;
    assert_eq!(seen().await, (json!("5.2000"), json!("0.2000")));
    pay(&cloud, &person.user, "2", cloud.now().plus(Duration::from_millis(1))).await;
    assert_eq!(seen().await, (json!("3.2000"), json!("0.0000")));
}

/// All entries of the list with this query, page by page.
async fn listed(customer: &Customer, query: &str) -> Vec<Value> {
    let (mut items, mut cursor) = (Vec::new(), String::new());
    loop {
        let page = customer.get(&format!("/api/v1/wallet/entries?{query}{cursor}")).await;
        assert_eq!(page.status, 200, "{query}: {page:?}");
        items.extend(page.body["items"].as_array().unwrap().clone());
        match page.body["next_cursor"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return items,
        }
    }
}

#[tokio::test]
async fn entries_are_listed_by_kind_order_and_label() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Pro, "5").await;
    cloud.plan("foodpanda", "never").await;
    let mut orders = Vec::new();
    for (key, tags) in [("a", json!({"project": "crm"})), ("b", json!({"project": "shop"})), ("c", json!({}))] {
        let body = json!({"service_name": "foodpanda", "country_code": "GH", "tags": tags});
        let bought = customer.send("POST", "/api/v1/verifications", Some(&body), &[("idempotency-key", key)]).await;
        assert_eq!(bought.status, 201, "{bought:?}");
        orders.push(bought.order_id());
    }
    for order in &orders {
        let reported = customer.post(&format!("/api/v1/verifications/{order}/report")).await;
        assert_eq!(reported.body["status"], "refunded", "{reported:?}");
    }
    let stranger = cloud.customer(Plan::Pro, "5").await;
    let of = |n: usize| format!("order_id={}", orders[n]);
    let seqs = |items: &[Value]| items.iter().map(|item| item["seq"].as_u64().unwrap()).collect::<Vec<_>>();
    for (query, expected) in [
        (String::new(), vec![7, 6, 5, 4, 3, 2, 1]),
        ("kind=hold".to_owned(), vec![4, 3, 2]),
        ("kind=adjustment".to_owned(), vec![1]),
        ("kind=top_up".to_owned(), vec![]),
        (of(1), vec![6, 3]),
        (format!("{}&kind=release", of(1)), vec![6]),
        ("tag=project:crm".to_owned(), vec![5, 2]),
        ("tag=project:shop&kind=hold".to_owned(), vec![3]),
        ("tag=project:none".to_owned(), vec![]),
        (format!("tag=project:crm&{}", of(1)), vec![]),
    ] {
        for limit in [1, 2, 100] {
            let items = listed(&customer, &format!("{query}&limit={limit}")).await;
            assert_eq!(seqs(&items), expected, "{query} by {limit}");
        }
        let foreign = listed(&stranger, &query).await;
        let shown: Vec<_> = foreign.iter().filter(|item| !item["order_id"].is_null()).collect();
        assert!(shown.is_empty(), "a stranger sees {shown:?} by {query}");
    }
    for (query, field) in [("kind=gift", "kind"), ("tag=crm", "tag"), ("order_id=x", "order_id"), ("from=x", "from")] {
        let refused = customer.get(&format!("/api/v1/wallet/entries?{query}")).await;
        assert_eq!((refused.status, &refused.body["errors"][0]["field"]), (422, &json!(field)), "{refused:?}");
    }
    let costly = customer.get("/api/v1/wallet/entries?tag=project:crm").await;
    assert_eq!(costly.status, 200);
}

/// The numbers that the filter finds, page by page.
async fn found(cloud: &Cloud, user: &UserId, filter: &EntryFilter, limit: usize) -> Vec<u64> {
    let newest = cloud.store.ledger().wallet(user).await.unwrap().seq;
    let (mut seqs, mut after) = (Vec::new(), None);
    loop {
        let whose = (user, Mode::Live);
        let page = cloud.store.filtered_entries(whose, newest, filter, limit, after.as_ref()).await.unwrap();
        assert!(page.items.len() <= limit);
        seqs.extend(page.items.iter().map(|entry| entry.seq));
        after = page.next;
        if after.is_none() {
            return seqs;
        }
    }
}

#[tokio::test]
async fn a_range_of_times_has_exactly_its_entries() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Starter, "0").await;
    let start = cloud.now().minus(Duration::from_hours(60 * 24));
    // Days without entries, days with many, and times that disagree with the numbers by minutes.
    for n in 0_u64..60 {
        let hours = [0, 0, 1, 2, 26, 26, 27, 140][usize::try_from(n % 8).unwrap()] + (n / 8) * 150;
        let minutes = [9, 3, 0, 12, 5, 1, 14, 7][usize::try_from(n % 8).unwrap()];
        let at = start.plus(Duration::from_mins(hours * 60 + minutes));
        cloud.credit_at(at, &customer.user, credits("0.01"), &format!("n{n}")).await.unwrap();
    }
    let entries = cloud.store.ledger().all_entries(&customer.user).await.unwrap();
    let mut bounds: Vec<_> = entries.iter().step_by(7).map(|entry| entry.at).collect();
    bounds.extend([start.minus(Duration::from_hours(1)), cloud.now()]);
    for from in bounds.iter().copied().map(Some).chain([None]) {
        for before in bounds.iter().copied().map(Some).chain([None]) {
            let is_within = |entry: &&Entry| {
                from.is_none_or(|from| entry.at >= from) && before.is_none_or(|before| entry.at < before)
            };
            let expected: Vec<_> = entries.iter().rev().filter(is_within).map(|entry| entry.seq).collect();
            let filter = EntryFilter { from, before, ..EntryFilter::default() };
            assert_eq!(found(&cloud, &customer.user, &filter, 20).await, expected, "{from:?} to {before:?}");
        }
    }
    let (from, to) = (entries[20].at, entries[40].at);
    let items = listed(&customer, &format!("from={from}&to={to}&limit=7")).await;
    let times: Vec<Timestamp> = items.iter().map(|item| item["at"].as_str().unwrap().parse().unwrap()).collect();
    assert!(!times.is_empty() && times.iter().all(|at| (from..to).contains(at)), "{times:?}");
}

#[tokio::test]
async fn costs_are_reported_with_refunds_and_failed_tries() {
    let cloud = Cloud::shared().await;
    let owner = cloud.person().await.client;
    let scopes = ["orders:read", "orders:write", "wallet:read"];
    let made = owner.make_key(&json!({ "name": "t", "mode": "test", "scopes": scopes })).await;
    let (key, buyer) = (made.body["id"].clone(), owner.with_key(made.body["key"].as_str().unwrap()));
    let buy = async |service: &str, tags: Value| {
        let body = json!({ "service_name": service, "country_code": "GB", "tags": tags });
        buyer.send("POST", "/api/v1/verifications", Some(&body), &[("idempotency-key", service)]).await
    };
    let code = buy("sandbox_code_now", json!({ "project": "crm", "team": "a" })).await.order_id();
    let silent = buy("sandbox_silent", json!({ "project": "crm" })).await.order_id();
    assert_eq!(buy("sandbox_never", json!({})).await.status, 201, "it stays open for half a minute");
    assert_eq!(buy("sandbox_no_numbers", json!({})).await.code(), "no_numbers");
    let price: Credits = buyer.wait_for(&code, &["completed"]).await["price"].as_str().unwrap().parse().unwrap();
    let reported = buyer.post(&format!("/api/v1/verifications/{silent}/report")).await;
    assert_eq!(reported.body["status"], "refunded", "{reported:?}");

    let report = async |query: &str| buyer.get(&format!("/api/v1/wallet/costs?{query}")).await.body;
    let by_service = report("by=service").await;
    let group = |report: &Value, name: Value| {
        let groups = report["items"].as_array().unwrap();
        groups.iter().find(|group| group["group"] == name).unwrap_or_else(|| panic!("{name} in {report:#}")).clone()
    };
    let delivered = group(&by_service, json!("sandbox_code_now"));
    assert_eq!((&delivered["delivered"], &delivered["spent"]), (&json!(1), &json!(price)), "{by_service:#}");
    let failed = group(&by_service, json!("sandbox_no_numbers"));
    assert_eq!((&failed["failed_orders"], &failed["spent"]), (&json!(1), &json!("0.0000")), "{by_service:#}");
    assert_ne!(failed["refunded"], "0.0000");
    assert_eq!(group(&by_service, json!("sandbox_silent"))["refunded_orders"], 1);
    let total = &by_service["total"];
    assert_eq!((&total["orders"], &total["spent"]), (&json!(4), &json!(price)), "{by_service:#}");
    let by_tag = report("by=tag").await;
    assert_eq!(group(&by_tag, json!("project:crm"))["orders"], 2);
    assert_eq!(
        (&group(&by_tag, json!("team:a"))["orders"], &group(&by_tag, Value::Null)["orders"]),
        (&json!(1), &json!(2))
    );
    assert_eq!(group(&report("by=key").await, key)["orders"], 4);
    assert_eq!(group(&report("by=country").await, json!("GB"))["spent"], json!(price));
    let future = format!("by=service&from={}", cloud.now().plus(Duration::from_hours(1)));
    assert_eq!(report(&future).await["total"]["orders"], 0, "a period that ends before it begins is empty");
    let past = format!("by=service&from=2020-01-01T00:00:00Z&to={}", cloud.now().minus(Duration::from_hours(1)));
    assert_eq!(report(&past).await["total"]["orders"], 0);
    let of_owner = owner.get("/api/v1/wallet/costs?by=service").await.body;
    assert_eq!(of_owner["total"]["orders"], 0, "tests are not among real orders");
    let refused = buyer.get("/api/v1/wallet/costs?by=colour").await;
    assert_eq!((refused.status, &refused.body["errors"][0]["field"]), (422, &json!("by")), "{refused:?}");
}
