//! Each worker with its sample from `events/`, and duplicate queue messages.

use domain::{OrderId, Plan, Timestamp};
use namaskah_tests::{Cloud, template};
use serde_json::{Value, json};

fn sample(name: &str) -> Value {
    let path = format!("{}/../events/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))).unwrap()
}

#[tokio::test]
async fn every_worker_accepts_its_sample_event() {
    let cloud = Cloud::alone().await;
    for (function, event) in template::workers() {
        let answer = cloud.invoke(&function, &sample(&event)).await;
        let failures = answer["batchItemFailures"].as_array().map_or(0, Vec::len);
        assert_eq!(failures, 0, "{function}: {answer}");
    }
}

fn poll_event(message: &str, order: &Value) -> Value {
    json!({ "Records": [{
        "messageId": message, "receiptHandle": "none", "eventSource": "aws:sqs", "awsRegion": "us-east-1",
        "attributes": {}, "messageAttributes": {},
        "body": json!({ "user_id": order["user_id"], "order_id": order["id"] }).to_string(),
    }] })
}

#[tokio::test]
async fn a_duplicate_poll_message_ends() {
    let cloud = Cloud::alone().await;
    let customer = cloud.customer(Plan::Pro, "5").await;
    cloud.plan("yandex", "late_code").await;
    let bought = customer.buy("yandex", "GH", "k").await;
    // The real message claims the order at its first poll.
    let started = std::time::Instant::now();
    while cloud.all_orders(&customer).await[0].poller.is_none() {
        assert!(started.elapsed().as_secs() < 20, "never polled");
    }
    for double in ["double-1", "double-2"] {
        let answer = cloud.invoke("VerificationsPollFunction", &poll_event(double, &bought.body)).await;
        assert_eq!(answer["batchItemFailures"], json!([]), "a duplicate must end: {answer}");
    }
    customer.wait_for(&bought.order_id(), &["completed"]).await;
    cloud.audit(&customer).await;
}

#[tokio::test]
async fn killed_pollers_leave_one_message_per_order() {
    let cloud = Cloud::alone().await;
    let customer = cloud.customer(Plan::Pro, "5").await;
    let mut open = Vec::new();
    for n in 0..3 {
        cloud.plan("wechat", "never").await;
        open.push(customer.buy("wechat", "GH", &format!("k{n}")).await.body);
    }
    let started = std::time::Instant::now();
    let pollers: Vec<_> = loop {
        let orders = cloud.all_orders(&customer).await;
        let pollers: Vec<_> = orders.iter().filter_map(|order| order.poller.clone()).collect();
        if pollers.len() == open.len() {
            break pollers;
        }
        assert!(started.elapsed().as_secs() < 20, "never polled");
    };
    for n in 0..20 {
        let file = cloud.kill_at("poll-after-supplier");
        // The same message is delivered again; one of the two pollers dies after the supplier answered.
        let event = poll_event(&pollers[n % open.len()], &open[n % open.len()]);
        cloud.deliver("VerificationsPollFunction", &event).await;
        assert!(!file.exists(), "no poller was killed");
        cloud.invoke("VerificationsPollFunction", &poll_event("double", &open[n % open.len()])).await;
    }
    for order in cloud.audit(&customer).await {
        assert_eq!(cloud.polls_of(&order.id).await, 1, "{order:#?}");
        assert!(order.status.is_open());
    }
    cloud.advance(15 * 60 + 1).await;
    cloud.sweep().await;
    for order in cloud.all_orders(&customer).await {
        customer.wait_for(&order.id, &["refunded"]).await;
    }
    cloud.audit(&customer).await;
}

#[tokio::test]
async fn a_due_order_is_leased_to_one_worker() {
    let cloud = Cloud::alone().await;
    let customer = cloud.customer(Plan::Pro, "5").await;
    cloud.plan("line", "never").await;
    let id = customer.buy("line", "GH", "k").await.order_id();
    let before = customer.wait_for(&id, &["waiting"]).await;
    cloud.advance(151).await;
    let now = cloud.now();
    let due = due_of(&cloud, &id, now).await.expect("the order is never due");
    let until = now.plus(std::time::Duration::from_mins(4));
    let (one, two) = tokio::join!(cloud.store.orders().lease(&due, until), cloud.store.orders().lease(&due, until));
    assert_eq!(u8::from(one.unwrap()) + u8::from(two.unwrap()), 1, "exactly one worker gets the lease");
    assert_eq!(due_of(&cloud, &id, now).await, None, "no other worker finds it");
    assert!(due_of(&cloud, &id, until).await.is_some(), "it is due again after its worker was lost");
    assert_eq!(customer.order(&id).await["timeline"], before["timeline"], "the order itself stays unchanged");
    cloud.audit(&customer).await;
}

#[tokio::test]
async fn unknown_kinds_of_order_do_not_hide_known_ones() {
    let cloud = Cloud::alone().await;
    let customer = cloud.customer(Plan::Pro, "5").await;
    cloud.plan("viber", "never").await;
    let id = customer.buy("viber", "GH", "k").await.order_id();
    customer.wait_for(&id, &["waiting"]).await;
    cloud.advance(151).await;
    let rentals = ["rnt_1", "rnt_2", "rnt_3"];
    for shard in store::Orders::due_shards() {
        for rental in rentals {
            let (pk, sk) = (format!("USER#{}", customer.user), format!("{rental}_{shard}"));
            let due = [("due_pk", format!("DUE#{shard}")), ("due_sk", "2020-01-01T00:00:00.000Z".to_owned())];
            cloud.put_item("OrdersTable", [("pk", pk), ("sk", sk)].into_iter().chain(due)).await;
        }
    }
    let mut found = Vec::new();
    for shard in store::Orders::due_shards() {
        // One order at most, and the unknown ones come first.
        let due = cloud.store.orders().due(shard, cloud.now(), 1).await.unwrap();
        assert_eq!(due.unknown.get("rnt"), Some(&3), "shard {shard}");
        found.extend(due.orders);
        for rental in rentals {
            cloud.delete_item("OrdersTable", &format!("USER#{}", customer.user), &format!("{rental}_{shard}")).await;
        }
    }
    assert!(!found.is_empty(), "the order of this test is due");
}

async fn due_of(cloud: &Cloud, id: &OrderId, now: Timestamp) -> Option<store::Due> {
    for shard in store::Orders::due_shards() {
        let due = cloud.store.orders().due(shard, now, 200).await.unwrap();
        let wanted = store::DueOrder::Verification(id.clone());
        if let Some(due) = due.orders.into_iter().find(|due| due.order == wanted) {
            return Some(due);
        }
    }
    None
}

#[tokio::test]
async fn a_refresh_replaces_an_unreadable_offer() {
    let cloud = Cloud::alone().await;
    let customer = cloud.customer(Plan::Pro, "5").await;
    let damaged = [("pk", "OFFERS#viber".to_owned()), ("sk", "GH#5sim".to_owned()), ("country", "GH".to_owned())];
    cloud.put_item("CatalogTable", damaged).await;
    let refused = customer.buy("viber", "GH", "before").await;
    assert_eq!((refused.status, refused.code()), (409, "no_offer"), "{refused:?}");
    cloud.invoke("CatalogRefreshFunction", &sample("catalog.refresh")).await;
    assert_eq!(customer.buy("viber", "GH", "after").await.status, 201);
}
