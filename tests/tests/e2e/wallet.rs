//! The wallet as its owner sees it: balances and the spending of months.

use domain::{
    Actor, Credits, Plan, SubscriptionId, Timestamp, UserId,
    ledger::{Cause, EntryKind, Movement},
};
use namaskah_tests::Cloud;
use serde_json::json;
use std::time::Duration;
use store::{IdempotencyKey, Transaction};

fn credits(text: &str) -> Credits {
    text.parse().unwrap()
}

/// Pays at this time for something without an order.
async fn pay(cloud: &Cloud, user: &UserId, amount: &str, at: Timestamp) {
    let cause = Cause::Subscription { subscription_id: SubscriptionId::new(at, 1) };
    let movement = Movement::new(EntryKind::Purchase, credits(amount), cause, Actor::system("test"));
    let (operation, key) = ("pay".to_owned(), at.to_string());
    let key = IdempotencyKey { user: user.clone(), operation, key, fingerprint: amount.to_owned() };
    cloud.store.commit(Transaction::alone(user.clone(), movement, &key), at).await.unwrap();
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
