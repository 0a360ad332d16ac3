//! Subscriptions: paid from the wallet, month by month, with the plan of the profile in the same transaction.

use domain::{Plan, subscription::Subscription};
use futures_util::future::join_all;
use namaskah_tests::{Answer, Cloud, Customer};
use serde_json::{Value, json};
use std::time::Instant;
use store::{Profile, ProfileChange};

const DAY: i64 = 24 * 3600;

async fn choose(customer: &Customer, plan: &str, key: &str) -> Answer {
    let body = json!({ "plan": plan });
    customer.send("POST", "/api/v1/subscription", Some(&body), &[("idempotency-key", key)]).await
}

/// Chooses a plan, which must be possible. Returns what was charged, and the subscription.
async fn chosen(customer: &Customer, plan: &str, key: &str) -> (Value, Value) {
    let answer = choose(customer, plan, key).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    (answer.body["charged"].clone(), answer.body["subscription"].clone())
}

async fn subscription(customer: &Customer) -> Value {
    let answer = customer.get("/api/v1/subscription").await;
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.body
}

/// The seconds until the period is over.
async fn rest(cloud: &Cloud, customer: &Customer) -> i64 {
    let until = stored(cloud, customer).await.period.until;
    (until.millis() - cloud.now().millis()) / 1000 + 2
}

async fn balance(customer: &Customer) -> String {
    customer.wallet().await.0
}

async fn stored(cloud: &Cloud, customer: &Customer) -> Subscription {
    cloud.store.ledger().subscription(&customer.user).await.unwrap().expect("a subscription")
}

/// Moves the clock, and lets the worker look until the subscription is this.
async fn becomes(cloud: &Cloud, customer: &Customer, seconds: i64, is_so: impl Fn(&Value) -> bool) -> Value {
    cloud.advance(seconds).await;
    let since = Instant::now();
    loop {
        cloud.queue_due_payments().await;
        let now = subscription(customer).await;
        if is_so(&now) {
            return now;
        }
        assert!(since.elapsed().as_secs() < 60, "{now:#}");
        namaskah_tests::pause().await;
    }
}

/// Whether the paid plan has ended. A request that reads the plan before the end and the subscription after it shows both.
fn has_ended(now: &Value) -> bool {
    now["status"] == "ended" && now["plan"] == "starter"
}

/// Checks the books, and that the profile has the plan of the subscription.
async fn audit(cloud: &Cloud, customer: &Customer) {
    cloud.audit(customer).await;
    let subscription = stored(cloud, customer).await;
    let profile: Profile = cloud.store.record(&customer.user, &()).await.unwrap().unwrap();
    assert_eq!(profile.plan, subscription.plan_held());
}

#[tokio::test]
async fn plans_are_public_and_cacheable() {
    let cloud = Cloud::shared().await;
    let answer = cloud.http.get(format!("{}/api/v1/plans", cloud.api())).send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 200);
    assert_eq!(answer.headers()["cache-control"], "public, max-age=3600");
    let plans: Value = answer.json().await.unwrap();
    let prices: Vec<_> =
        plans["items"].as_array().unwrap().iter().map(|item| (&item["plan"], &item["month_price"])).collect();
    let expected = json!([["starter", "0.0000"], ["pro", "12.5000"], ["enterprise", "75.0000"]]);
    assert_eq!(json!(prices), expected);
}

#[tokio::test]
async fn a_plan_is_paid_at_once_and_its_terms_hold_at_once() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Starter, "20").await;
    let before = subscription(&customer).await;
    assert_eq!(
        (&before["plan"], &before["status"], &before["period"]),
        (&json!("starter"), &json!(null), &json!(null))
    );
    let (charged, after) = chosen(&customer, "pro", "k").await;
    assert_eq!(
        (&charged["price"], &charged["unused"], &charged["amount"]),
        (&json!("12.5000"), &json!("0.0000"), &json!("12.5000"))
    );
    assert_eq!(
        (&after["plan"], &after["status"], &after["next_plan"]),
        (&json!("pro"), &json!("active"), &json!("pro"))
    );
    let wallet = customer.get("/api/v1/wallet").await;
    assert_eq!((&wallet.body["plan"], &wallet.body["available"]), (&json!("pro"), &json!("7.5000")));
    assert_eq!(wallet.headers["ratelimit-policy"], "\"requests\";q=500;w=60", "the limit of the new plan");
    // The same request again shows the same charge.
    let again = choose(&customer, "pro", "k").await;
    assert_eq!(
        (again.status, &again.body["charged"], &again.headers["idempotent-replayed"]),
        (200, &charged, &"true".parse().unwrap())
    );
    let other = choose(&customer, "enterprise", "k").await;
    assert_eq!(other.code(), "idempotency_key_reused", "{other:?}");
    let same = choose(&customer, "pro", "other").await;
    assert_eq!((same.status, same.code()), (409, "already_on_plan"), "{same:?}");
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn what_can_not_be_paid_says_how_much_is_missing() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Starter, "12.4").await;
    let refused = choose(&customer, "pro", "k").await;
    assert_eq!(
        (refused.status, refused.code(), &refused.body["missing"]),
        (402, "insufficient_funds", &json!("0.1000"))
    );
    assert_eq!(subscription(&customer).await["status"], json!(null));
    cloud.credit(&customer.user, "1".parse().unwrap(), "more").await.unwrap();
    chosen(&customer, "pro", "k").await;
    assert_eq!(balance(&customer).await, "0.9000");
    let upgrade = choose(&customer, "enterprise", "up").await;
    assert_eq!((upgrade.status, upgrade.code()), (402, "insufficient_funds"), "{upgrade:?}");
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn a_plan_that_the_staff_set_is_not_sold() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Pro, "100").await;
    let refused = choose(&customer, "enterprise", "k").await;
    assert_eq!((refused.status, refused.code()), (409, "plan_granted"), "{refused:?}");
    let nothing = customer.send("DELETE", "/api/v1/subscription", None, &[]).await;
    assert_eq!((nothing.status, &nothing.body["plan"]), (200, &json!("pro")), "{nothing:?}");
    assert_eq!(balance(&customer).await, "100.0000");
}

#[tokio::test]
async fn twenty_requests_with_one_key_pay_once() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Starter, "100").await;
    let answers = join_all((0..20).map(|_| choose(&customer, "pro", "same"))).await;
    assert!(answers.iter().all(|answer| answer.status == 200 || answer.code() == "busy"), "{answers:?}");
    assert!(answers.iter().any(|answer| answer.status == 200), "{answers:?}");
    assert_eq!(balance(&customer).await, "87.5000");
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn twenty_requests_with_different_keys_pay_once() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Starter, "100").await;
    let keys: Vec<_> = (0..20).map(|n| format!("k{n}")).collect();
    let answers = join_all(keys.iter().map(|key| choose(&customer, "pro", key))).await;
    let paid = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(paid, 1, "{answers:?}");
    let refused = answers.iter().filter(|answer| answer.status != 200);
    assert!(refused.clone().all(|answer| ["already_on_plan", "busy"].contains(&answer.code())), "{answers:?}");
    assert_eq!(balance(&customer).await, "87.5000");
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn an_upgrade_in_mid_period_pays_the_exact_difference() {
    let cloud = Cloud::alone().await;
    let customer = cloud.customer(Plan::Starter, "100").await;
    chosen(&customer, "pro", "pro").await;
    let pro = stored(&cloud, &customer).await.period;
    cloud.advance(10 * DAY).await;
    let (charged, after) = chosen(&customer, "enterprise", "up").await;
    let upgraded = stored(&cloud, &customer).await.period;
    let left = i128::from(pro.until.millis() - upgraded.from.millis());
    let length = i128::from(pro.until.millis() - pro.from.millis());
    let unused = (125_000 * left + length - 1) / length;
    let credits = |units: i128| json!(domain::Credits::from_units(i64::try_from(units).unwrap()));
    assert_eq!((&charged["price"], &charged["unused"]), (&json!("75.0000"), &credits(unused)));
    assert_eq!(charged["amount"], credits(750_000 - unused));
    assert_eq!((&after["plan"], &after["period"]["from"]), (&json!("enterprise"), &json!(upgraded.from)));
    assert_eq!(json!(balance(&customer).await), credits(1_000_000 - 125_000 - 750_000 + unused));
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn a_downgrade_and_the_end_wait_for_the_end_of_the_period() {
    let cloud = Cloud::alone().await;
    let customer = cloud.customer(Plan::Starter, "100").await;
    chosen(&customer, "enterprise", "up").await;
    let (charged, after) = chosen(&customer, "pro", "down").await;
    assert_eq!(
        (&charged, &after["plan"], &after["next_plan"], &after["next_price"]),
        (&json!(null), &json!("enterprise"), &json!("pro"), &json!("12.5000"))
    );
    cloud.queue_due_payments().await;
    let after = becomes(&cloud, &customer, rest(&cloud, &customer).await, |now| now["plan"] == "pro").await;
    assert_eq!((&after["status"], &after["timeline"][1]["event"]), (&json!("active"), &json!("renewed")));
    assert_eq!(balance(&customer).await, "12.5000");
    let ends = customer.send("DELETE", "/api/v1/subscription", None, &[]).await;
    assert_eq!((ends.status, &ends.body["plan"], &ends.body["next_plan"]), (200, &json!("pro"), &json!("starter")));
    let again = customer.send("DELETE", "/api/v1/subscription", None, &[]).await;
    assert_eq!((again.status, &again.body), (200, &ends.body), "no effect");
    let ended = becomes(&cloud, &customer, rest(&cloud, &customer).await, has_ended).await;
    assert_eq!(
        (&ended["plan"], &ended["period"], balance(&customer).await.as_str()),
        (&json!("starter"), &json!(null), "12.5000")
    );
    // It can begin again.
    let (charged, _) = chosen(&customer, "pro", "again").await;
    assert_eq!(charged["amount"], "12.5000");
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn a_month_is_renewed_once_however_often_the_worker_looks() {
    let cloud = Cloud::alone().await;
    let customer = cloud.customer(Plan::Starter, "30").await;
    chosen(&customer, "pro", "k").await;
    let first = stored(&cloud, &customer).await.period;
    becomes(&cloud, &customer, rest(&cloud, &customer).await, |now| {
        now["timeline"].as_array().is_some_and(|lines| lines.len() == 2)
    })
    .await;
    let task = json!({ "why": "period", "owner": customer.user.to_string() }).to_string();
    let record = json!({ "messageId": "m", "receiptHandle": "h", "body": task, "attributes": {}, "messageAttributes": {}, "md5OfBody": "", "eventSource": "aws:sqs", "eventSourceARN": "arn:aws:sqs:us-east-1:000000000000:q", "awsRegion": "us-east-1" });
    let event = json!({ "Records": [record] });
    join_all((0..5).map(|_| cloud.invoke("PaymentsSettleFunction", &event))).await;
    assert_eq!(stored(&cloud, &customer).await.period, first.following());
    assert_eq!(balance(&customer).await, "5.0000");
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn without_money_the_plan_goes_on_for_three_days_and_money_saves_it() {
    let cloud = Cloud::alone().await;
    let (poor, saved) = (cloud.customer(Plan::Starter, "12.5").await, cloud.customer(Plan::Starter, "12.5").await);
    for customer in [&poor, &saved] {
        chosen(customer, "pro", "k").await;
    }
    let period = stored(&cloud, &saved).await.period;
    let failed = |times: u64| {
        move |now: &Value| {
            let lines = now["timeline"].as_array().unwrap();
            lines.iter().filter(|line| line["event"] == "renewal_failed").count() as u64 == times
        }
    };
    let in_grace = becomes(&cloud, &poor, rest(&cloud, &poor).await, failed(1)).await;
    assert_eq!((&in_grace["plan"], &in_grace["status"]), (&json!("pro"), &json!("grace")));
    assert!(in_grace["grace_until"].is_string());
    becomes(&cloud, &saved, 0, failed(1)).await;
    // One customer does not wait for the next try.
    cloud.credit(&saved.user, "20".parse().unwrap(), "more").await.unwrap();
    let (charged, after) = chosen(&saved, "pro", "pay").await;
    assert_eq!((&charged["amount"], &after["status"]), (&json!("12.5000"), &json!("active")));
    assert_eq!(stored(&cloud, &saved).await.period, period.following());
    becomes(&cloud, &poor, DAY, failed(2)).await;
    becomes(&cloud, &poor, DAY, failed(3)).await;
    let ended = becomes(&cloud, &poor, DAY, has_ended).await;
    assert_eq!((&ended["plan"], &ended["timeline"][4]["event"]), (&json!("starter"), &json!("ended_unpaid")));
    for customer in [&poor, &saved] {
        audit(&cloud, customer).await;
    }
    let profile: Profile = cloud.store.record(&poor.user, &()).await.unwrap().unwrap();
    let address = profile.email.to_string();
    for subject in ["Your plan could not be renewed", "Your plan has ended"] {
        cloud.letter_with(&address, &[subject]).await;
    }
}

#[tokio::test]
async fn a_plan_that_the_staff_changed_is_not_renewed() {
    let cloud = Cloud::alone().await;
    let customer = cloud.customer(Plan::Starter, "100").await;
    chosen(&customer, "pro", "k").await;
    cloud.store.accounts().change_profile(&customer.user, ProfileChange::Plan(Plan::Enterprise)).await.unwrap();
    let ended = becomes(&cloud, &customer, rest(&cloud, &customer).await, |now| now["status"] == "ended").await;
    assert_eq!((&ended["plan"], balance(&customer).await.as_str()), (&json!("enterprise"), "87.5000"));
    cloud.audit(&customer).await;
}

/// Kills the function that takes a choice at this point. The same request then does it, once.
async fn killed_choosing(point: &str) {
    let cloud = Cloud::alone().await;
    let customer = cloud.customer(Plan::Starter, "20").await;
    let file = cloud.kill_at(point);
    let dead = choose(&customer, "pro", "k").await;
    assert!(dead.status >= 500 && !file.exists(), "{point} {dead:?}");
    let (charged, after) = chosen(&customer, "pro", "k").await;
    assert_eq!((&charged["amount"], &after["plan"]), (&json!("12.5000"), &json!("pro")), "{point}");
    assert_eq!(balance(&customer).await, "7.5000", "{point}");
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn killed_before_the_choice_is_written() {
    killed_choosing("before-subscription").await;
}

#[tokio::test]
async fn killed_after_the_choice_is_written() {
    killed_choosing("after-subscription").await;
}

/// Kills the worker at this point. The period is renewed all the same, once.
async fn killed_renewing(point: &str) {
    let cloud = Cloud::alone().await;
    let customer = cloud.customer(Plan::Starter, "30").await;
    chosen(&customer, "pro", "k").await;
    let period = stored(&cloud, &customer).await.period;
    let file = cloud.kill_at(point);
    cloud.advance(rest(&cloud, &customer).await).await;
    cloud.queue_due_payments().await;
    let since = Instant::now();
    while file.exists() || stored(&cloud, &customer).await.period != period.following() {
        assert!(since.elapsed().as_secs() < 90, "{point}: not renewed");
        // The lease ends, and what the dead worker took comes back.
        cloud.advance(300).await;
        cloud.wake("PaymentsQueue").await;
        cloud.queue_due_payments().await;
        namaskah_tests::pause().await;
    }
    cloud.queue_due_payments().await;
    assert_eq!(balance(&customer).await, "5.0000", "{point}");
    audit(&cloud, &customer).await;
}

#[tokio::test]
async fn killed_before_a_renewal() {
    killed_renewing("before-renewal").await;
}

#[tokio::test]
async fn killed_after_a_renewal() {
    killed_renewing("after-renewal").await;
}
