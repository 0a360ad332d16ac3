//! Vouchers: made by staff, redeemed by customers, and never more often than they say.

use crate::{operator, staff::colleague};
use domain::{Credits, Plan, Timestamp, access::StaffRole, ledger::EntryKind, voucher::VoucherCode};
use namaskah_tests::{Answer, Cloud, Customer, at_once};
use serde_json::{Value, json};
use staff::Staff;
use std::time::Duration;

/// Makes a voucher, as a person of the staff would. Returns its code.
async fn voucher(cloud: &Cloud, credits: &str, uses: u32, until: Timestamp) -> (domain::voucher::Voucher, VoucherCode) {
    let context = cloud.context().await;
    let staff = Staff::new(&context, domain::Actor::operator("test"));
    let reason = "a test".to_owned();
    let new = domain::voucher::NewVoucher { credits: credits.parse().unwrap(), uses, from: None, until, reason };
    let made = staff.make_voucher(new, None).await.unwrap();
    (made.voucher, made.code)
}

/// Redeems a code under this idempotency key.
async fn redeem(customer: &Customer, code: &str, key: &str) -> Answer {
    customer.send("POST", "/api/v1/wallet/vouchers", Some(&json!({ "code": code })), &[("idempotency-key", key)]).await
}

/// The same, as a client does: it repeats what others made wait.
async fn redeem_patiently(customer: Customer, code: String, key: String) -> Answer {
    loop {
        let answer = redeem(&customer, &code, &key).await;
        if answer.status < 500 && answer.code() != "busy" {
            return answer;
        }
    }
}

/// What vouchers gave this customer.
async fn given(cloud: &Cloud, customer: &Customer) -> Vec<Credits> {
    cloud.audit(customer).await;
    let entries = cloud.store.ledger().all_entries(&customer.user).await.unwrap();
    let gifts = entries.iter().filter(|entry| entry.kind == EntryKind::Promo);
    gifts.map(|entry| entry.amount).collect()
}

fn in_days(cloud: &Cloud, days: u64) -> Timestamp {
    cloud.now().plus(Duration::from_hours(24 * days))
}

#[tokio::test]
async fn staff_make_list_and_end_vouchers() {
    let cloud = Cloud::shared().await;
    let finance = colleague(&cloud, StaffRole::Finance).await.client;
    let ask = async |body: Value| finance.send("POST", "/api/v1/admin/vouchers", Some(&body), &[]).await;
    let until = in_days(&cloud, 30);
    let chosen = format!("spring-{}", cloud.now().millis());
    let body = json!({"credits": "2.5", "uses": 3, "until": until, "code": chosen, "reason": "the spring campaign"});
    let made = ask(body.clone()).await;
    assert_eq!(made.status, 201, "{made:?}");
    assert_eq!((&made.body["credits"], &made.body["used"]), (&json!("2.5000"), &json!(0)));
    assert_eq!(made.body["code"], chosen.replace('-', "").to_uppercase());
    let taken = ask(body).await;
    assert_eq!((taken.status, taken.code()), (409, "voucher_code_taken"));
    let random = ask(json!({"credits": "1", "uses": 1, "until": until, "reason": "one more"})).await;
    assert_eq!(random.body["code"].as_str().map(str::len), Some(19), "{random:?}");
    for (body, field) in [
        (json!({"credits": "0", "uses": 1, "until": until, "reason": "none"}), "credits"),
        (json!({"credits": "100.0001", "uses": 1, "until": until, "reason": "too much"}), "credits"),
        (json!({"credits": "1", "uses": 0, "until": until, "reason": "no use"}), "uses"),
        (json!({"credits": "1", "uses": 1, "until": cloud.now(), "reason": "over"}), "until"),
        (json!({"credits": "1", "uses": 1, "until": until, "code": "hi", "reason": "short"}), "code"),
    ] {
        let refused = ask(body.clone()).await;
        assert_eq!((refused.status, &refused.body["errors"][0]["field"]), (422, &json!(field)), "{body}: {refused:?}");
    }

    let customer = cloud.customer(Plan::Starter, "0").await;
    let redeemed = redeem(&customer, &chosen.to_uppercase(), "k").await;
    assert_eq!((redeemed.status, &redeemed.body["credits"]), (201, &json!("2.5000")), "{redeemed:?}");
    let wallet = customer.get("/api/v1/wallet").await.body;
    assert_eq!((&wallet["available"], &wallet["promotional"]), (&json!("2.5000"), &json!("2.5000")));
    let entry = &customer.get("/api/v1/wallet/entries").await.body["items"][0];
    assert_eq!(entry["cause"], json!({"kind": "voucher", "voucher_id": made.body["id"]}));
    let listed = finance.get("/api/v1/admin/vouchers?limit=100").await.body;
    let of =
        |id: &Value| listed["items"].as_array().unwrap().iter().find(|voucher| voucher["id"] == *id).unwrap().clone();
    assert_eq!(of(&made.body["id"])["used"], 1);
    assert!(listed["items"].as_array().unwrap().iter().all(|voucher| voucher["code"].is_null()), "{listed}");

    let path = format!("/api/v1/admin/vouchers/{}/stop", made.body["id"].as_str().unwrap());
    for _ in 0..2 {
        let stopped = finance.send("POST", &path, Some(&json!({"reason": "it leaked"})), &[]).await;
        assert_eq!((stopped.status, stopped.body["stopped_at"].is_string()), (200, true), "{stopped:?}");
    }
    let other = cloud.customer(Plan::Starter, "0").await;
    let late = redeem(&other, &chosen, "k").await;
    assert_eq!((late.status, late.code()), (409, "voucher_not_valid"), "{late:?}");
    let again = redeem(&customer, &chosen, "another").await;
    assert_eq!((again.status, again.code()), (409, "voucher_used"), "{again:?}");
    let lines = cloud.store.audit().of_day(cloud.now(), 1000, None).await.unwrap().items;
    let about = |action: &str| {
        lines.iter().filter(|line| line.target == made.body["id"] && line.action.as_str() == action).count()
    };
    assert_eq!((about("voucher.create"), about("voucher.stop")), (1, 1));
    let support = colleague(&cloud, StaffRole::Support).await.client;
    assert_eq!(support.get("/api/v1/admin/vouchers").await.code(), "missing_scope");
}

#[tokio::test]
async fn the_operators_program_makes_vouchers() {
    let cloud = Cloud::shared().await;
    let until = in_days(&cloud, 1).to_string();
    let made = operator::done(&[
        "vouchers",
        "create",
        "--credits",
        "0.75",
        "--uses",
        "1",
        "--until",
        &until,
        "--reason",
        "a test",
    ])
    .await;
    let customer = cloud.customer(Plan::Starter, "0").await;
    assert_eq!(redeem(&customer, made["code"].as_str().unwrap(), "k").await.status, 201);
    let id = made["id"].as_str().unwrap();
    let listed = operator::done(&["vouchers", "list", "--most", "1000"]).await;
    let found = listed["items"].as_array().unwrap().iter().find(|voucher| voucher["id"] == id).unwrap();
    assert_eq!((&found["used"], &found["uses"]), (&json!(1), &json!(1)));
    let stopped = operator::done(&["vouchers", "stop", id, "--reason", "a test"]).await;
    assert!(stopped["stopped_at"].is_string(), "{stopped}");
    let wrong = ["vouchers", "create", "--credits", "101", "--uses", "1", "--until", &until, "--reason", "a test"];
    assert!(operator::refused(&wrong).await.contains("at most ₵100"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_customers_at_once_get_no_more_than_the_uses() {
    let cloud = Cloud::shared().await;
    let (voucher, code) = voucher(&cloud, "1", 7, in_days(&cloud, 1)).await;
    let mut customers = Vec::new();
    for _ in 0..50 {
        customers.push(cloud.customer(Plan::Starter, "0").await);
    }
    let answers = at_once(50, |n| redeem_patiently(customers[n].clone(), code.expose(), format!("fifty-{n}"))).await;
    let count = |status: u16, code: &str| answers.get(&(status, code.to_owned())).copied().unwrap_or(0);
    assert_eq!((count(201, ""), count(409, "voucher_not_valid")), (7, 43), "{answers:?}");
    let mut all = Vec::new();
    for customer in &customers {
        all.extend(given(&cloud, customer).await);
    }
    assert_eq!(all, vec!["1".parse::<Credits>().unwrap(); 7]);
    let stored = cloud.store.ledger().voucher(&voucher.code).await.unwrap().unwrap();
    assert_eq!(stored.used, 7);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_customer_uses_a_voucher_once() {
    let cloud = Cloud::shared().await;
    let (voucher, code) = voucher(&cloud, "1.5", 100, in_days(&cloud, 1)).await;
    let customer = cloud.customer(Plan::Pro, "0").await;
    let keys = at_once(8, |n| redeem_patiently(customer.clone(), code.expose(), format!("key-{n}"))).await;
    assert_eq!(keys, [((201, String::new()), 1), ((409, "voucher_used".to_owned()), 7)].into(), "{keys:?}");
    assert_eq!(given(&cloud, &customer).await.len(), 1);

    let other = cloud.customer(Plan::Pro, "0").await;
    let one_key = at_once(8, |_| redeem_patiently(other.clone(), code.expose(), "same".to_owned())).await;
    assert_eq!(one_key, [((201, String::new()), 8)].into(), "the same answer for the same request");
    assert_eq!(given(&cloud, &other).await.len(), 1);
    let replay = redeem(&other, &code.expose(), "same").await;
    assert_eq!(replay.headers.get("idempotent-replayed").map(|value| value.to_str().unwrap()), Some("true"));
    let reused = redeem(&other, "ANOTHERCODE", "same").await;
    assert_eq!((reused.status, reused.code()), (422, "idempotency_key_reused"));
    assert_eq!(cloud.store.ledger().voucher(&voucher.code).await.unwrap().unwrap().used, 2);
}

#[tokio::test]
async fn vouchers_give_within_their_time_and_real_money_only() {
    let cloud = Cloud::alone().await;
    let (_, code) = voucher(&cloud, "1", 10, cloud.now().plus(Duration::from_mins(5))).await;
    let context = cloud.context().await;
    let staff = Staff::new(&context, domain::Actor::operator("test"));
    let from = Some(cloud.now().plus(Duration::from_mins(3)));
    let (credits, reason) = ("2".parse().unwrap(), "later".to_owned());
    let later = domain::voucher::NewVoucher { credits, uses: 1, from, until: in_days(&cloud, 1), reason };
    let later = staff.make_voucher(later, None).await.unwrap().code.expose();
    let person = cloud.person().await.client;
    let made = person.make_key(&json!({"name": "t", "mode": "test", "scopes": ["payments:write"]})).await;
    let test_key = person.with_key(made.body["key"].as_str().unwrap());
    let refused = redeem(&test_key, &code.expose(), "k").await;
    assert_eq!((refused.status, refused.code()), (403, "live_only"));
    let early = redeem(&person, &later, "early").await;
    assert_eq!(early.code(), "voucher_not_valid");
    assert!(early.body["detail"].as_str().unwrap().contains("no voucher"), "nobody learns of it: {early:?}");

    cloud.advance(301).await;
    let ended = redeem(&person, &code.expose(), "ended").await;
    assert!(ended.body["detail"].as_str().unwrap().contains("has ended"), "{ended:?}");
    assert_eq!(redeem(&person, &later, "later").await.status, 201);
}

#[tokio::test]
async fn codes_can_t_be_guessed() {
    let cloud = Cloud::alone().await;
    let (_, code) = voucher(&cloud, "1", 10, in_days(&cloud, 1)).await;
    let customer = cloud.customer(Plan::Enterprise, "0").await;
    for n in 0..10 {
        let wrong = redeem(&customer, &format!("GUESS{n}"), &format!("guess-{n}")).await;
        assert_eq!((wrong.status, wrong.code()), (409, "voucher_not_valid"), "{wrong:?}");
    }
    let refused = redeem(&customer, &code.expose(), "right").await;
    assert_eq!((refused.status, refused.code()), (429, "too_many_attempts"), "{refused:?}");
    assert!(refused.headers.contains_key("retry-after"));
    let other = cloud.customer(Plan::Enterprise, "0").await;
    assert_eq!(redeem(&other, &code.expose(), "right").await.status, 201, "others are not affected");
    cloud.advance(15 * 60 + 1).await;
    assert_eq!(redeem(&customer, &code.expose(), "right").await.status, 201);
    assert_eq!(given(&cloud, &customer).await.len(), 1);
}

#[tokio::test]
async fn a_function_that_dies_gives_a_voucher_once() {
    for point in ["before-redeem", "after-redeem"] {
        let cloud = Cloud::alone().await;
        let (voucher, code) = voucher(&cloud, "1", 10, in_days(&cloud, 1)).await;
        let customer = cloud.customer(Plan::Pro, "0").await;
        let file = cloud.kill_at(point);
        let killed = redeem(&customer, &code.expose(), "k").await;
        assert!(killed.status >= 500 && !file.exists(), "{point}: {killed:?}");
        let again = redeem(&customer, &code.expose(), "k").await;
        assert_eq!((again.status, &again.body["credits"]), (201, &json!("1.0000")), "{point}: {again:?}");
        assert_eq!(given(&cloud, &customer).await.len(), 1, "{point}");
        assert_eq!(cloud.store.ledger().voucher(&voucher.code).await.unwrap().unwrap().used, 1, "{point}");
    }
}
