//! Concurrent requests, where the original product made mistakes.

use domain::{
    Plan,
    order::{Order, Status},
};
use namaskah_tests::{Cloud, Customer, at_once};
use std::{collections::BTreeMap, sync::Arc};

/// Sends this many concurrent purchases, with keys from `key`. Returns the number of answers by status and
/// code.
async fn buy_at_once(
    customer: &Customer,
    service: &'static str,
    times: usize,
    key: fn(usize) -> String,
) -> BTreeMap<(u16, String), usize> {
    let buy = |n| {
        let customer = customer.clone();
        async move { customer.buy_patiently(service, "GH", &key(n)).await }
    };
    at_once(times, buy).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_buyers_on_a_wallet_that_pays_for_seven() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Enterprise, "2.70").await; // 7 × 0.38 = 2.66
    let answers = buy_at_once(&customer, "twitch", 50, |n| format!("buyer-{n}")).await;
    let expected = [((201, String::new()), 7), ((402, "insufficient_funds".to_owned()), 43)];
    assert_eq!(answers, BTreeMap::from(expected));
    let orders = cloud.audit(&customer).await;
    assert_eq!(orders.iter().filter(|order| order.status != Status::Failed).count(), 7);
    assert_eq!(customer.wallet().await.0, "0.0400");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_key_twenty_times_at_once_is_one_order() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Enterprise, "100").await;
    let before = cloud.sold("steam").await.len();
    let answers = buy_at_once(&customer, "steam", 20, |_| "the-same".to_owned()).await;
    let bought_or_busy = |(status, code): &(u16, String)| *status == 201 || code == "in_progress";
    assert!(answers.keys().all(bought_or_busy), "{answers:?}");
    assert_eq!(cloud.audit(&customer).await.len(), 1);
    assert_eq!(cloud.sold("steam").await.len(), before + 1);
    let replay = customer.buy("steam", "GH", "the-same").await;
    assert_eq!(replay.status, 201);
    assert_eq!(replay.headers["idempotent-replayed"], "true");
    let other = customer.buy("uber", "GH", "the-same").await;
    assert_eq!((other.status, other.code()), (422, "idempotency_key_reused"));
}

/// Sends two actions at the same time, once per round, to a new order that holds all held money and never gets
/// a code.
async fn two_actions_at_once(
    cloud: &Cloud,
    customer: &Customer,
    service: &'static str,
    actions: [&'static str; 2],
    rounds: usize,
) {
    for round in 0..rounds {
        cloud.plan(service, "never").await;
        let bought = customer.buy_patiently(service, "GH", &format!("{}-{round}", actions.join("-"))).await;
        let path = format!("/api/v1/verifications/{}", bought.order_id());
        let barrier = Arc::new(tokio::sync::Barrier::new(actions.len()));
        let both = actions.map(|action| {
            let (customer, barrier, path) = (customer.clone(), Arc::clone(&barrier), format!("{path}/{action}"));
            tokio::spawn(async move {
                barrier.wait().await;
                customer.post(&path).await
            })
        });
        for answer in both {
            let answer = answer.await.unwrap();
            assert!(matches!(answer.status, 200 | 202 | 409), "round {round}: {answer:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_actions_on_one_order_never_fail() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Enterprise, "100").await;
    two_actions_at_once(&cloud, &customer, "snapchat", ["report", "report"], 15).await;
    two_actions_at_once(&cloud, &customer, "snapchat", ["report", "cancel"], 10).await;
    two_actions_at_once(&cloud, &customer, "snapchat", ["report", "finish"], 5).await;
    let orders = cloud.audit(&customer).await;
    let given_back = |order: &Order| matches!(order.status, Status::Refunded | Status::Cancelling);
    assert!(orders.iter().all(given_back), "{orders:#?}");
}

#[tokio::test]
async fn a_repeated_request_is_answered_even_without_funds() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Starter, "0.50").await;
    let first = customer.buy("viber", "GH", "all-my-money").await;
    let again = customer.buy("viber", "GH", "all-my-money").await;
    assert_eq!((first.status, again.status), (201, 201), "{again:?}");
    assert_eq!(first.order_id(), again.order_id());
}

#[tokio::test]
async fn open_orders_are_limited_by_plan() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Starter, "20").await;
    for n in 0..5 {
        cloud.plan("line", "never").await;
        assert_eq!(customer.buy("line", "GH", &format!("open-{n}")).await.status, 201);
    }
    let sixth = customer.buy("line", "GH", "open-5").await;
    assert_eq!((sixth.status, sixth.code()), (409, "too_many_open_orders"));
    cloud.audit(&customer).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn finishes_and_reports_at_once_all_succeed() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Enterprise, "5").await;
    let id = customer.buy_patiently("foodpanda", "GH", "to-finish").await.order_id();
    customer.wait_for(&id, &["completed"]).await;
    let actions = (0..10).map(|n| {
        let action = ["finish", "report"][n % 2];
        let (customer, path) = (customer.clone(), format!("/api/v1/verifications/{id}/{action}"));
        tokio::spawn(async move { customer.post(&path).await })
    });
    for answer in actions.collect::<Vec<_>>() {
        let answer = answer.await.unwrap();
        assert_eq!(answer.status, 200, "{answer:?}");
    }
    let order = customer.order(&id).await;
    let noted =
        |event: &str| order["timeline"].as_array().unwrap().iter().filter(|line| line["event"] == event).count();
    assert_eq!((noted("finished"), noted("reported")), (1, 1), "{order}");
    cloud.audit(&customer).await;
}
