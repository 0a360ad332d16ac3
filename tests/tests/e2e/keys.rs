//! API keys that customers make: their limits, also under concurrency, their rotation, and their end.

use domain::{Credits, Plan, Trust};
use namaskah_tests::{Answer, Cloud, Customer, Person, at_once, pause};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};
use store::ProfileChange;

const KEYS: &str = "/api/v1/api-keys";

/// A person with this plan and balance, whom an operator vouches for.
async fn owner(cloud: &Cloud, plan: Plan, credits: &str) -> Person {
    let person = cloud.person().await;
    let accounts = cloud.store.accounts();
    for change in [ProfileChange::Plan(plan), ProfileChange::Trust(Trust::Vouched)] {
        accounts.change_profile(&person.client.user, change).await.unwrap();
    }
    cloud.credit(&person.client.user, credits.parse().unwrap(), "credit").await.unwrap();
    person
}

/// Makes a key that may do all that keys may, with these limits. Returns its identifier and a client that sends it.
async fn key(owner: &Customer, limits: Value) -> (String, Customer) {
    let mut body = json!({ "name": "test", "scopes": ["orders:read", "orders:write", "wallet:read", "account:read"] });
    body.as_object_mut().unwrap().extend(limits.as_object().unwrap().clone());
    let made = owner.make_key(&body).await;
    assert_eq!(made.status, 201, "{made:?}");
    used(owner, &made)
}

/// The identifier of a new key, and a client that sends it.
fn used(owner: &Customer, made: &Answer) -> (String, Customer) {
    let text = |name: &str| made.body[name].as_str().unwrap().to_owned();
    (text("id"), owner.with_key(text("key")))
}

async fn change(owner: &Customer, id: &str, changes: Value) -> Answer {
    owner.send("PATCH", &format!("{KEYS}/{id}"), Some(&changes), &[]).await
}

async fn rotate(owner: &Customer, id: &str, hours: u32) -> Answer {
    owner.send("POST", &format!("{KEYS}/{id}/rotate"), Some(&json!({ "overlap_hours": hours })), &[]).await
}

async fn end(owner: &Customer, id: &str) -> u16 {
    owner.send("DELETE", &format!("{KEYS}/{id}"), None, &[]).await.status
}

async fn shown(owner: &Customer, id: &str) -> Value {
    let answer = owner.get(&format!("{KEYS}/{id}")).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.body
}

fn units(amount: &Value) -> i64 {
    amount.as_str().unwrap().parse::<Credits>().unwrap().units()
}

#[tokio::test]
async fn a_customer_makes_uses_and_ends_a_key() {
    let cloud = Cloud::shared().await;
    let Person { client, email, .. } = owner(&cloud, Plan::Pro, "2").await;
    let body = json!({ "name": " My shop ", "scopes": ["wallet:read", "orders:write", "orders:write"], "networks": [],
        "services": ["whatsapp"], "daily_spend_cap": "3", "stop_after_failures": 4, "expires_at": "2090-01-01T00:00:00Z" });
    let made = client.make_key(&body).await;
    assert_eq!((made.status, &made.headers["cache-control"]), (201, &"no-store".parse().unwrap()), "{made:?}");
    let (id, with_key) = used(&client, &made);
    assert_eq!(made.headers["location"].to_str().unwrap(), format!("{KEYS}/{id}"));
    assert_eq!(made.body["scopes"], json!(["orders:write", "wallet:read"]));
    for (field, value) in [
        ("name", json!("My shop")),
        ("mode", json!("live")),
        ("status", json!("active")),
        ("services", json!(["whatsapp"])),
        ("daily_spend_cap", json!("3.0000")),
        ("spent_today", json!("0.0000")),
        ("stop_after_failures", json!(4)),
        ("expires_at", json!("2090-01-01T00:00:00.000Z")),
        ("last_used_at", Value::Null),
    ] {
        assert_eq!(made.body[field], value, "{field}");
    }
    assert!(with_key.key.ends_with(made.body["last_four"].as_str().unwrap()));
    let letter = cloud.letter(&email, 2).await;
    assert_eq!(letter.subject, "A new API key was created");
    assert!(!letter.text.contains(&with_key.key) && letter.text.contains("My shop"), "{letter:?}");

    assert_eq!(with_key.get("/api/v1/wallet").await.status, 200);
    assert_eq!(with_key.get("/api/v1/verifications").await.code(), "missing_scope");
    assert_eq!(with_key.make_key(&body).await.code(), "missing_scope", "a key makes no keys");
    assert_eq!(end(&with_key, &id).await, 403);
    let listed = client.get(KEYS).await.body;
    assert_eq!(listed["items"].as_array().unwrap().len(), 1, "{listed}");
    assert!(!listed.to_string().contains(&with_key.key), "shown once");
    let last_used = shown(&client, &id).await["last_used_at"].clone();
    assert!(last_used.as_str() > made.body["created_at"].as_str(), "{last_used}");

    assert_eq!(end(&client, &id).await, 204);
    let refused = with_key.get("/api/v1/wallet").await;
    assert_eq!((refused.status, refused.code()), (401, "unauthenticated"));
    assert_eq!(end(&client, &id).await, 204, "again");
    let ended = shown(&client, &id).await;
    assert_eq!((&ended["status"], &ended["expires_at"]), (&json!("ended"), &ended["revoked_at"]), "{ended}");
    let late = change(&client, &id, json!({ "name": "x" })).await;
    assert_eq!((late.status, late.code()), (409, "key_ended"));
    assert_eq!(rotate(&client, &id, 0).await.code(), "key_ended");

    let activity = client.get("/api/v1/me/activity").await.body;
    let of_key = activity["items"].as_array().unwrap().iter().filter(|line| line["target"] == id.as_str());
    let actions: Vec<_> = of_key.map(|line| line["action"].clone()).collect();
    assert_eq!(actions, ["key_revoked", "key_created"]);
    let trail = cloud.store.audit().of_account(&client.user, 50, None).await.unwrap();
    assert!(!serde_json::to_string(&trail.items).unwrap().contains(&with_key.key), "no key in the trail");
}

#[tokio::test]
async fn a_key_has_its_own_limit_of_requests_and_its_successor_shares_it() {
    let cloud = Cloud::shared().await;
    let client = owner(&cloud, Plan::Pro, "1").await.client;
    let (id, with_key) = key(&client, json!({ "requests_per_minute": 3 })).await;
    assert_eq!(shown(&client, &id).await["requests_per_minute"], 3);
    let first = with_key.get("/api/v1/wallet").await;
    assert_eq!(first.headers["ratelimit-policy"], "\"requests-of-key\";q=3;w=60", "{first:?}");
    let rotated = rotate(&client, &id, 1).await;
    let (new_id, successor) = used(&client, &rotated);
    let mut passed = 1;
    let refused = loop {
        let answer = if passed % 2 == 0 { &with_key } else { &successor }.get("/api/v1/wallet").await;
        if answer.status != 200 {
            break answer;
        }
        passed += 1;
        // The window slides, so a few more may pass on a slow machine.
        assert!(passed < 12, "never rejected");
    };
    assert_eq!((refused.status, refused.code()), (429, "rate_limited"), "{refused:?}");
    assert!(refused.body["detail"].as_str().unwrap().contains("requests-of-key"), "{refused:?}");
    assert_eq!(client.get("/api/v1/wallet").await.status, 200, "others of the account are not affected");
    assert_eq!(change(&client, &new_id, json!({ "requests_per_minute": null })).await.status, 200);
    let free = successor.get("/api/v1/wallet").await;
    assert_eq!((free.status, &free.headers["ratelimit-policy"]), (200, &"\"requests\";q=500;w=60".parse().unwrap()));
}

#[tokio::test]
async fn a_key_gets_nothing_that_a_customer_may_not_give() {
    let cloud = Cloud::shared().await;
    let client = owner(&cloud, Plan::Pro, "1").await.client;
    let with = |field: &str, value: Value| {
        let mut body = json!({ "name": "a", "scopes": ["orders:read"] });
        body[field] = value;
        body
    };
    for (field, value, at, code) in [
        ("scopes", json!(["account:write"]), "scopes[0]", "unknown_value"),
        ("scopes", json!(["orders:read", "metrics:read"]), "scopes[1]", "unknown_value"),
        ("scopes", json!(["*"]), "scopes[0]", "unknown_value"),
        ("scopes", json!([]), "scopes", "out_of_range"),
        ("name", json!("a\nb"), "name", "malformed"),
        ("expires_at", json!("2020-01-01T00:00:00Z"), "expires_at", "in_the_past"),
        ("networks", json!(["198.51.100.0/33"]), "networks[0]", "malformed"),
        ("services", json!(["WhatsApp"]), "services[0]", "malformed"),
        ("daily_spend_cap", json!("-1"), "daily_spend_cap", "malformed"),
        ("stop_after_failures", json!(0), "stop_after_failures", "out_of_range"),
        ("stop_after_failures", json!(21), "stop_after_failures", "out_of_range"),
        ("requests_per_minute", json!(0), "requests_per_minute", "out_of_range"),
        ("mode", json!("play"), "mode", "unknown_value"),
        ("user_id", json!("usr_01M7Q1JNMW0KW9JVD7CEVTJTDH"), "user_id", "unknown_field"),
        ("key", json!("nsk_live_x"), "key", "unknown_field"),
        ("family", json!("key_01M7YRRTMW7VNQX5Q5KKJ0Z75H"), "family", "unknown_field"),
        ("spent_today", json!("0"), "spent_today", "unknown_field"),
    ] {
        let answer = client.make_key(&with(field, value.clone())).await;
        let error = &answer.body["errors"][0];
        assert_eq!(
            (answer.status, &error["field"], &error["code"]),
            (422, &json!(at), &json!(code)),
            "{field} {value}"
        );
    }
    let (id, _) = key(&client, json!({})).await;
    for field in ["scopes", "mode", "replaced_by", "stopped_at", "failures", "created_at"] {
        let answer = change(&client, &id, json!({ field: "x" })).await;
        assert_eq!((answer.status, &answer.body["errors"][0]["code"]), (422, &json!("unknown_field")), "{field}");
    }
    let past = change(&client, &id, json!({ "expires_at": "2020-01-01T00:00:00Z" })).await;
    assert_eq!(past.body["errors"][0]["code"], "in_the_past");

    // Another customer's key does not exist.
    let other = cloud.person().await.client;
    for answer in [
        other.get(&format!("{KEYS}/{id}")).await,
        change(&other, &id, json!({ "stopped": true })).await,
        rotate(&other, &id, 0).await,
        other.send("DELETE", &format!("{KEYS}/{id}"), None, &[]).await,
    ] {
        assert_eq!((answer.status, answer.code()), (404, "not_found"), "{answer:?}");
    }
    assert_eq!(shown(&client, &id).await["status"], "active");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_plan_s_keys_are_limited_also_at_once() {
    let cloud = Cloud::shared().await;
    let client = cloud.person().await.client;
    let body = json!({ "name": "one of ten", "scopes": ["wallet:read"] });
    let answers = at_once(10, |_| {
        let (client, body) = (client.clone(), body.clone());
        async move { client.make_key(&body).await }
    })
    .await;
    assert_eq!(answers, BTreeMap::from([((201, String::new()), 1), ((409, "too_many_keys".to_owned()), 9)]));
    let listed = client.get(KEYS).await.body;
    let [made] = listed["items"].as_array().unwrap().as_slice() else { panic!("one key: {listed}") };

    // A rotation makes a pair, which counts once; ten at once make one.
    let id = made["id"].as_str().unwrap().to_owned();
    let answers = at_once(10, |_| {
        let (client, id) = (client.clone(), id.clone());
        async move { rotate(&client, &id, 1).await }
    })
    .await;
    assert_eq!(answers, BTreeMap::from([((201, String::new()), 1), ((409, "key_replaced".to_owned()), 9)]));
    let new = shown(&client, &id).await["replaced_by"].as_str().unwrap().to_owned();
    let more = client.make_key(&body).await;
    assert_eq!((more.status, more.code(), &more.body["limit"]), (409, "too_many_keys", &json!(1)), "{more:?}");
    assert_eq!(end(&client, &new).await, 204);
    assert_eq!(client.make_key(&body).await.code(), "too_many_keys", "the old one is still valid");
    assert_eq!(end(&client, &id).await, 204);
    assert_eq!(client.make_key(&body).await.status, 201, "ended keys do not count");
}

#[tokio::test]
async fn a_key_is_for_its_networks_and_services() {
    let cloud = Cloud::shared().await;
    let client = owner(&cloud, Plan::Pro, "5").await.client;
    let limits = json!({ "networks": ["203.0.113.0/24", "2001:db8::/32"], "services": ["dropbox"] });
    let (id, with_key) = key(&client, limits).await;
    for inside in ["203.0.113.9", "2001:db8::9"] {
        assert_eq!(with_key.at(inside).get("/api/v1/wallet").await.status, 200, "{inside}");
    }
    let outside = with_key.at("203.0.114.9");
    for path in ["/api/v1/wallet", "/api/v1/services"] {
        let refused = outside.get(path).await;
        let found = (refused.status, refused.code(), &refused.body["address"]);
        assert_eq!(found, (403, "network_not_allowed", &json!("203.0.114.9")), "{path}");
    }
    let inside = with_key.at("203.0.113.9");
    let refused = inside.buy("whatsapp", "ZA", "other").await;
    assert_eq!((refused.status, refused.code()), (403, "service_not_allowed"), "{refused:?}");
    assert_eq!(inside.buy_patiently("dropbox", "ZA", "mine").await.status, 201);

    assert_eq!(change(&client, &id, json!({ "networks": [], "services": [] })).await.status, 200);
    assert_eq!(outside.get("/api/v1/wallet").await.status, 200, "at the next request");
    assert_eq!(outside.buy_patiently("dropbox", "IN", "now").await.status, 201);
    cloud.audit(&client).await;
}

#[tokio::test]
async fn a_stopped_key_reads_and_buys_nothing() {
    let cloud = Cloud::shared().await;
    let client = owner(&cloud, Plan::Pro, "5").await.client;
    let (id, with_key) = key(&client, json!({})).await;
    let bought = with_key.buy_patiently("dropbox", "BR", "first").await;
    let stopped = change(&client, &id, json!({ "stopped": true })).await;
    assert_eq!((stopped.status, &stopped.body["status"]), (200, &json!("stopped")), "{stopped:?}");
    let refused = with_key.buy("dropbox", "BR", "second").await;
    assert_eq!((refused.status, refused.code()), (403, "key_stopped"), "{refused:?}");
    let replay = with_key.buy("dropbox", "BR", "first").await;
    assert_eq!((replay.status, replay.order_id()), (201, bought.order_id()), "a repeated request is answered");
    with_key.wait_for(&bought.order_id(), &["completed"]).await;
    assert_eq!(change(&client, &id, json!({ "stopped": false })).await.body["status"], "active");
    assert_eq!(with_key.buy_patiently("dropbox", "BR", "second").await.status, 201);
    cloud.audit(&client).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_cap_for_two_holds_against_twenty() {
    let cloud = Cloud::shared().await;
    let client = owner(&cloud, Plan::Enterprise, "50").await.client;
    let price = units(&client.buy_patiently("dropbox", "RU", "price").await.body["price"]);
    let cap = |purchases: i64| json!({ "daily_spend_cap": Credits::from_units(purchases * price + 100) });
    let (id, with_key) = key(&client, cap(2)).await;
    cloud.sim("scenario", json!({ "scenario": "never", "product": "dropbox", "country": "russia", "times": 2 })).await;
    let answers = at_once(20, |n| {
        let with_key = with_key.clone();
        async move { with_key.buy_patiently("dropbox", "RU", &format!("capped-{n}")).await }
    })
    .await;
    let refused = (409, "daily_cap_reached".to_owned());
    assert_eq!(answers, BTreeMap::from([((201, String::new()), 2), (refused, 18)]));
    let spent = async |id: &str| units(&shown(&client, id).await["spent_today"]);
    assert_eq!(spent(&id).await, 2 * price);
    let third = with_key.buy("dropbox", "RU", "third").await;
    assert_eq!(third.body["left"], "0.0100");
    let until: domain::Timestamp = third.body["until"].as_str().unwrap().parse().unwrap();
    assert!(until > cloud.now() && until.to_string().ends_with("T00:00:00.000Z"), "{until}");
    assert_eq!(client.buy_patiently("dropbox", "RU", "session").await.status, 201, "the cap is the key's");

    // What is refunded counts no more, once.
    let open = cloud.audit(&client).await.into_iter().rev().find(|order| order.key.is_some()).unwrap();
    let report = format!("/api/v1/verifications/{}/report", open.id);
    for _ in 0..2 {
        assert_eq!(with_key.post(&report).await.body["status"], "refunded");
    }
    assert_eq!(spent(&id).await, price);
    assert_eq!(with_key.buy_patiently("dropbox", "RU", "after-the-refund").await.status, 201);
    assert_eq!(with_key.buy("dropbox", "RU", "no-more").await.code(), "daily_cap_reached");

    // Neither a rotation nor a session lifts it; its owner does.
    let (new, with_new) = used(&client, &rotate(&client, &id, 1).await);
    assert_eq!(with_new.buy("dropbox", "RU", "rotated").await.code(), "daily_cap_reached");
    assert_eq!(with_key.buy("dropbox", "RU", "old").await.code(), "daily_cap_reached");
    assert_eq!(change(&client, &new, cap(3)).await.status, 200);
    assert_eq!(with_key.buy_patiently("dropbox", "RU", "old").await.status, 201, "the old key has the new cap, too");
    assert_eq!(with_new.buy("dropbox", "RU", "rotated").await.code(), "daily_cap_reached", "together");
    let changed = change(&client, &new, json!({ "daily_spend_cap": null })).await;
    assert_eq!((&changed.body["daily_spend_cap"], changed.status), (&Value::Null, 200));
    assert_eq!(with_new.buy_patiently("dropbox", "RU", "rotated").await.status, 201);
    assert_eq!(spent(&new).await, 4 * price);
    cloud.audit(&client).await;
}

#[tokio::test]
async fn a_key_that_is_ended_in_mid_use_leaves_no_loose_end() {
    let cloud = Cloud::shared().await;
    let client = owner(&cloud, Plan::Pro, "5").await.client;
    let (id, with_key) = key(&client, json!({ "daily_spend_cap": "5", "stop_after_failures": 1 })).await;
    let bought = with_key.buy_patiently("dropbox", "UA", "mid-use").await;
    assert_eq!(bought.status, 201, "{bought:?}");
    let waiting = tokio::spawn({
        let (with_key, path) = (with_key.clone(), format!("/api/v1/verifications/{}?wait=20", bought.order_id()));
        async move { with_key.get(&path).await }
    });
    assert_eq!(end(&client, &id).await, 204);
    assert_eq!(with_key.buy("dropbox", "UA", "mid-use").await.status, 401, "even a repeated request");
    let answered = waiting.await.unwrap();
    assert!(matches!(answered.status, 200 | 401), "{answered:?}");
    let done = client.wait_for(&bought.order_id(), &["completed"]).await;
    assert!(done["code"].is_string(), "{done}");
    cloud.audit(&client).await;
}

/// Buys a number that the supplier ends without a message.
async fn fail(cloud: &Cloud, buyer: &Customer, number: usize) {
    cloud.sim("scenario", json!({ "scenario": "check_expired", "product": "dropbox", "country": "poland" })).await;
    let bought = buyer.buy_patiently("dropbox", "PL", &format!("fails-{number}")).await;
    assert_eq!(bought.status, 201, "{bought:?}");
    buyer.wait_for(&bought.order_id(), &["refunded"]).await;
}

/// Waits until a key has this status and this number of failures.
async fn wait_for(owner: &Customer, id: &str, status: &str, failures: u64) -> Value {
    let started = Instant::now();
    loop {
        let key = shown(owner, id).await;
        if key["status"] == status && key["failures"] == failures {
            return key;
        }
        assert!(started.elapsed() < Duration::from_secs(40), "never {status} with {failures} failures: {key}");
        pause().await;
    }
}

#[tokio::test]
async fn failures_in_a_row_stop_a_key() {
    let cloud = Cloud::shared().await;
    let Person { client, email, .. } = owner(&cloud, Plan::Pro, "9").await;
    let (id, with_key) = key(&client, json!({ "stop_after_failures": 2 })).await;
    fail(&cloud, &with_key, 1).await;
    wait_for(&client, &id, "active", 1).await;
    let bought = with_key.buy_patiently("dropbox", "PL", "succeeds").await;
    with_key.wait_for(&bought.order_id(), &["completed"]).await;
    wait_for(&client, &id, "active", 0).await;
    // An early return is nobody's failure. Nothing is known yet of the codes from this country, so half a minute is early.
    cloud.sim("scenario", json!({ "scenario": "never", "product": "dropbox", "country": "france" })).await;
    let returned = with_key.buy_patiently("dropbox", "FR", "returned").await.order_id();
    assert_eq!(with_key.post(&format!("/api/v1/verifications/{returned}/report")).await.body["status"], "refunded");
    fail(&cloud, &with_key, 2).await;
    wait_for(&client, &id, "active", 1).await;

    // A session's orders do not count for a key, and a rotation keeps the count.
    fail(&cloud, &client, 3).await;
    let (new, with_new) = used(&client, &rotate(&client, &id, 1).await);
    wait_for(&client, &new, "active", 1).await;
    fail(&cloud, &with_new, 4).await;
    let stopped = wait_for(&client, &new, "stopped", 2).await;
    assert!(stopped["stopped_at"].is_string());
    let letter = cloud.letter_with(&email, &["key was stopped", stopped["last_four"].as_str().unwrap()]).await;
    assert_eq!(letter.subject, "Your API key was stopped");
    for (key, which) in [(&with_new, "new"), (&with_key, "old")] {
        assert_eq!(key.buy("dropbox", "PL", which).await.code(), "key_stopped", "{which}");
        assert_eq!(key.get("/api/v1/wallet").await.status, 200, "{which}");
    }
    let activity = client.get("/api/v1/me/activity").await.body;
    let line = activity["items"].as_array().unwrap().iter().find(|line| line["action"] == "key_stopped").unwrap();
    assert_eq!((&line["target"], &line["actor"]), (&json!(new), &json!("system:orders")), "{line}");

    let started = change(&client, &new, json!({ "stopped": false })).await;
    assert_eq!((&started.body["status"], &started.body["failures"]), (&json!("active"), &json!(0)), "{started:?}");
    assert_eq!(with_new.buy_patiently("dropbox", "PL", "again").await.status, 201);
    cloud.audit(&client).await;
}

#[tokio::test]
async fn a_replaced_key_ends_after_the_overlap() {
    let cloud = Cloud::alone().await;
    let client = owner(&cloud, Plan::Pro, "1").await.client;
    let (id, with_key) = key(&client, json!({ "expires_at": "2090-01-01T00:00:00Z" })).await;
    let rotated = rotate(&client, &id, 1).await;
    let (new, with_new) = used(&client, &rotated);
    assert_eq!(rotated.body["expires_at"], "2090-01-01T00:00:00.000Z", "as long as the old key");
    let old = shown(&client, &id).await;
    assert_eq!((&old["replaced_by"], &old["status"]), (&json!(new), &json!("active")), "{old}");
    let refused = change(&client, &id, json!({ "name": "x" })).await;
    assert_eq!((refused.code(), &refused.body["replaced_by"]), ("key_replaced", &json!(new)), "{refused:?}");
    for one in [&with_key, &with_new] {
        assert_eq!(one.get("/api/v1/wallet").await.status, 200);
    }
    cloud.advance(3_601).await;
    assert_eq!(with_key.get("/api/v1/wallet").await.status, 401);
    assert_eq!(with_new.get("/api/v1/wallet").await.status, 200);
}
