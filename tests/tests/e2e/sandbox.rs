//! Test keys: each outcome of the sandbox, and that nothing of a test reaches what is real, and the other way round.

use crate::in_process;
use domain::{
    Actor, Credits, OrderId, Plan, SupplierId, SupplierOrderId, UserId,
    access::Mode,
    ledger::{Cause, EntryKind, Movement},
    order::Order,
    sandbox::{KEPT, Outcome},
};
use namaskah_tests::{Answer, Cloud, Customer, at_once, metrics};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};
use store::{IdempotencyKey, ProfileChange, Transaction};

/// A person on this plan.
async fn person(cloud: &Cloud, plan: Plan) -> Customer {
    let client = cloud.person().await.client;
    cloud.store.accounts().change_profile(&client.user, ProfileChange::Plan(plan)).await.unwrap();
    client
}

/// Makes a key of this mode that may do all that keys may. Returns its identifier and a client that sends it.
async fn key(owner: &Customer, mode: &str, limits: Value) -> (String, Customer) {
    let scopes = ["orders:read", "orders:write", "wallet:read", "account:read"];
    let mut body = json!({ "name": "test", "mode": mode, "scopes": scopes });
    body.as_object_mut().unwrap().extend(limits.as_object().unwrap().clone());
    let answer = owner.make_key(&body).await;
    assert_eq!((answer.status, &answer.body["mode"]), (201, &json!(mode)), "{answer:?}");
    let text = |name: &str| answer.body[name].as_str().unwrap().to_owned();
    assert!(text("key").starts_with(&format!("nsk_{mode}_")) && text("key").ends_with(&text("last_four")));
    (text("id"), owner.with_key(text("key")))
}

/// Buys in the United Kingdom, under a key of its own. As a client would, it repeats what a busy wallet refused.
async fn buy(buyer: &Customer, service: &str, max_price: Option<&str>) -> Answer {
    let body = json!({ "service_name": service, "country_code": "GB", "max_price": max_price });
    let body =
        Value::Object(body.as_object().unwrap().clone().into_iter().filter(|(_, value)| !value.is_null()).collect());
    let key = format!("{service} {max_price:?}").replace([' ', '"', '(', ')'], "-");
    loop {
        let answer = buyer.send("POST", "/api/v1/verifications", Some(&body), &[("idempotency-key", &key)]).await;
        if answer.code() != "busy" {
            return answer;
        }
    }
}

/// The identifier of an order that was bought at once.
fn bought(answer: &Answer) -> OrderId {
    assert_eq!((answer.status, &answer.body["live"]), (201, &json!(false)), "{answer:?}");
    assert_eq!(
        (&answer.body["status"], &answer.body["provider"]),
        (&json!("waiting"), &json!("sandbox")),
        "{answer:?}"
    );
    let number = answer.body["phone_number"].as_str().unwrap();
    assert!(number.starts_with("+447700900"), "{number}");
    answer.order_id()
}

/// Buys the outcome, and checks that it is as the documents say.
async fn meet(outcome: Outcome, buyer: Customer) {
    let service = outcome.service();
    let max_price = (outcome == Outcome::Dear).then_some("1");
    let answer = buy(&buyer, service, max_price).await;
    let refused = (answer.status, answer.code().to_owned(), answer.body["reason"].clone());
    let refusal = |status: u16, code: &str, reason: Value| (status, code.to_owned(), reason);
    match outcome {
        Outcome::Code | Outcome::CodeNow => {
            let done = buyer.wait_for(&bought(&answer), &["completed"]).await;
            assert_eq!(done["code"].as_str().map(str::len), Some(6), "{done:#}");
        }
        Outcome::TwoMessages => {
            let two = |order: &Value| order["messages"].as_array().unwrap().len() == 2;
            let done = buyer.wait_until(&bought(&answer), two).await;
            assert_ne!(done["messages"][0]["code"], done["messages"][1]["code"], "{done:#}");
        }
        Outcome::NoCode => {
            let done = buyer.wait_for(&bought(&answer), &["completed"]).await;
            assert_eq!((&done["code"], done["messages"][0]["text"].is_string()), (&Value::Null, true), "{done:#}");
        }
        Outcome::Never | Outcome::SupplierClosed => {
            let done = buyer.wait_for(&bought(&answer), &["refunded"]).await;
            let reason = if outcome == Outcome::Never { "timeout" } else { "supplier" };
            assert_eq!((&done["reason"], &done["cost"]), (&json!(reason), &json!("0.0000")), "{done:#}");
        }
        Outcome::Silent => {
            let path = |id: &OrderId, action: &str| format!("/api/v1/verifications/{id}/{action}");
            let reported = buyer.post(&path(&bought(&answer), "report")).await;
            assert_eq!((&reported.body["status"], &reported.body["reason"]), (&json!("refunded"), &json!("reported")));
            let second = bought(&buy(&buyer, service, Some("1")).await);
            assert_eq!(buyer.post(&path(&second, "cancel")).await.code(), "too_early");
            buyer.wait_until(&second, |order| order["actions"]["cancel"]["possible"] == true).await;
            let cancelled = buyer.post(&path(&second, "cancel")).await;
            assert_eq!(
                (&cancelled.body["status"], &cancelled.body["reason"]),
                (&json!("refunded"), &json!("cancelled"))
            );
        }
        Outcome::Unknown => {
            assert_eq!((answer.status, &answer.body["status"]), (202, &json!("requesting")), "{answer:?}");
            let done = buyer.wait_for(&answer.order_id(), &["completed"]).await;
            assert!(done["code"].is_string(), "{done:#}");
        }
        Outcome::NoNumbers => assert_eq!(refused, refusal(409, "no_numbers", json!("no_numbers"))),
        Outcome::PriceRose => assert_eq!(refused, refusal(409, "no_numbers", json!("price_rose"))),
        Outcome::Dear => {
            assert_eq!(refused, refusal(409, "price_above_max", Value::Null));
            let paid = buy(&buyer, service, None).await;
            buyer.wait_for(&bought(&paid), &["completed"]).await;
        }
        Outcome::Unaffordable => assert_eq!(refused, refusal(402, "insufficient_funds", Value::Null)),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn each_outcome_is_as_documented() {
    let cloud = Cloud::shared().await;
    let owner = person(&cloud, Plan::Pro).await;
    let (_, buyer) = key(&owner, "test", json!({})).await;
    let met: Vec<_> = Outcome::ALL.iter().map(|outcome| tokio::spawn(meet(*outcome, buyer.clone()))).collect();
    for outcome in met {
        outcome.await.unwrap();
    }
    let orders = cloud.audit_of(Mode::Test, &buyer).await;
    assert!(orders.iter().all(|order| order.mode() == Mode::Test && !order.status.is_open()), "{orders:#?}");
    assert!(cloud.audit(&buyer).await.is_empty());
    assert_eq!(owner.wallet().await, ("0.5000".into(), "0.0000".into()), "the included verification is left");

    // Nothing of it is counted, and nobody has to look at it.
    let counts = cloud.store.catalog().order_counts().await.unwrap();
    assert!(counts.iter().all(|count| !count.service.starts_with("sandbox_")), "{counts:?}");
    let findings = cloud.store.orders().findings_of(cloud.now()).await.unwrap();
    assert!(findings.iter().all(|finding| finding.supplier.as_ref().is_none_or(|of| of.as_str() != "sandbox")));
}

#[tokio::test]
async fn test_and_live_keys_do_not_see_each_other() {
    let cloud = Cloud::shared().await;
    let owner = person(&cloud, Plan::Pro).await;
    cloud.credit(&owner.user, "5".parse().unwrap(), "credit").await.unwrap();
    let (_, test) = key(&owner, "test", json!({})).await;
    let (_, live) = key(&owner, "live", json!({})).await;
    assert_eq!(test.wallet().await, ("1000.0000".into(), "0.0000".into()), "before the first purchase");
    let before = live.wallet().await;

    // One idempotency key, two orders; the test's number is nobody's.
    let [of_live, of_test] =
        [live.buy_patiently("discord", "GB", "same").await, test.buy("discord", "GB", "same").await];
    assert_eq!((of_live.status, &of_live.body["live"]), (201, &json!(true)), "{of_live:?}");
    assert_eq!(of_live.body["provider"], "5sim");
    let (live_id, test_id) = (of_live.order_id(), bought(&of_test));
    assert_eq!((live_id.mode(), test_id.mode()), (Mode::Live, Mode::Test));
    let replay = test.buy("discord", "GB", "same").await;
    assert_eq!((replay.order_id(), replay.headers.contains_key("idempotent-replayed")), (test_id.clone(), true));
    let sold = cloud.sold("discord").await;
    assert!(sold.iter().all(|order| order["phone"] != of_test.body["phone_number"]), "{sold:?}");

    for (id, stranger) in [(&live_id, &test), (&test_id, &live), (&test_id, &owner)] {
        let order = format!("/api/v1/verifications/{id}");
        for (method, path) in
            [("GET", ""), ("GET", "/messages"), ("POST", "/cancel"), ("POST", "/report"), ("POST", "/finish")]
        {
            let answer = stranger.send(method, &format!("{order}{path}"), None, &[]).await;
            assert_eq!((answer.status, answer.code()), (404, "not_found"), "{method} {order}{path}");
        }
    }
    for (client, own) in [(&live, &live_id), (&owner, &live_id), (&test, &test_id)] {
        for query in
            ["", "?service_name=discord", "?created_from=2020-01-01T00:00:00Z", "?created_before=2090-01-01T00:00:00Z"]
        {
            let listed = client.get(&format!("/api/v1/verifications{query}")).await.body;
            let ids: Vec<_> = listed["items"].as_array().unwrap().iter().map(|order| &order["id"]).collect();
            assert_eq!(ids, [&json!(own)], "{query}");
        }
    }
    test.wait_for(&test_id, &["completed"]).await;
    live.wait_for(&live_id, &["completed"]).await;
    let entries = test.get("/api/v1/wallet/entries").await.body;
    let of: Vec<_> =
        entries["items"].as_array().unwrap().iter().map(|one| (&one["kind"], &one["credit"], &one["debit"])).collect();
    let expected = json!([
        ["capture", "house:sandbox", "wallet:held"],
        ["hold", "wallet:held", "wallet:available"],
        ["promo", "wallet:available", "house:sandbox"],
    ]);
    assert_eq!(json!(of.into_iter().map(|(a, b, c)| json!([a, b, c])).collect::<Vec<_>>()), expected);
    assert_eq!(test.wallet().await, ("999.5500".into(), "0.0000".into()));
    let spent = |wallet: (String, String)| wallet.0.parse::<domain::Credits>().unwrap();
    let paid = spent(before).checked_take(spent(live.wallet().await)).unwrap();
    assert_eq!(of_live.body["price"], paid.to_string(), "for the live order only");
    let live_entries = live.get("/api/v1/wallet/entries").await.body.to_string();
    assert!(!live_entries.contains("sandbox") && !live_entries.contains("vrf_test_"), "{live_entries}");
    for mode in [Mode::Live, Mode::Test] {
        assert_eq!(cloud.audit_of(mode, &owner).await.len(), 1, "{mode:?}");
    }

    let quote = "/api/v1/pricing/quote?service_name=sandbox_dear&country_code=GB";
    let quoted = test.get(quote).await;
    assert_eq!((&quoted.body["price"], &quoted.body["provider"]), (&json!("4.5000"), &json!("sandbox")), "{quoted:?}");
    assert_eq!(live.get(quote).await.status, 404);
    let unknown = live.buy("sandbox_code", "GB", "unknown").await;
    assert_eq!(unknown.body["errors"][0]["code"], "unknown_service", "{unknown:?}");
    assert_eq!(test.buy("whatsapp", "ZZ", "nowhere").await.code(), "no_offer");
}

#[tokio::test]
async fn limits_hold_for_test_keys_by_themselves() {
    let cloud = Cloud::shared().await;
    let owner = person(&cloud, Plan::Starter).await;
    let (id, test) = key(&owner, "test", json!({ "stop_after_failures": 1, "daily_spend_cap": "10" })).await;
    let (_, live) = key(&owner, "live", json!({})).await;
    for mode in ["test", "live"] {
        let refused = owner.make_key(&json!({ "name": "more", "mode": mode, "scopes": ["orders:read"] })).await;
        assert_eq!(refused.code(), "too_many_keys", "{mode}");
    }
    for n in 0..5 {
        bought(&test.buy("sandbox_silent", "GB", &format!("open-{n}")).await);
    }
    let refused = test.buy("sandbox_silent", "GB", "open-5").await;
    assert_eq!((refused.code(), &refused.body["limit"]), ("too_many_open_orders", &json!(5)), "{refused:?}");
    assert_eq!(live.get("/api/v1/wallet").await.body["open_orders_limit"], 5, "no test order counts");
    assert_eq!(live.buy_patiently("uber", "GB", "live").await.status, 201);

    let shown = async || owner.get(&format!("/api/v1/api-keys/{id}")).await.body;
    assert_eq!((&shown().await["mode"], &shown().await["spent_today"]), (&json!("test"), &json!("2.5000")));
    let rotated = owner.send("POST", &format!("/api/v1/api-keys/{id}/rotate"), Some(&json!({})), &[]).await;
    let secret = rotated.body["key"].as_str().unwrap().to_owned();
    assert!(secret.starts_with("nsk_test_") && rotated.body["mode"] == "test", "{rotated:?}");
    let test = owner.with_key(secret);
    let orders = cloud.audit_of(Mode::Test, &owner).await;
    let report = format!("/api/v1/verifications/{}/report", orders[0].id);
    assert_eq!(test.post(&report).await.body["status"], "refunded");
    let closed = bought(&test.buy("sandbox_supplier_closed", "GB", "closed").await);
    test.wait_for(&closed, &["refunded"]).await;
    let started = Instant::now();
    while shown().await["status"] != "stopped" {
        assert!(started.elapsed() < Duration::from_secs(40), "a failure of a test does not stop its key");
        namaskah_tests::pause().await;
    }
    assert_eq!(test.buy("sandbox_code", "GB", "stopped").await.code(), "key_stopped");
    cloud.audit_of(Mode::Test, &owner).await;
    cloud.audit(&owner).await;
}

#[tokio::test]
async fn a_test_order_whose_function_dies_is_settled() {
    let cloud = Cloud::alone().await;
    let owner = person(&cloud, Plan::Pro).await;
    let (_, test) = key(&owner, "test", json!({})).await;
    for (point, service, status) in [
        ("after-hold", "sandbox_code_now", "completed"),
        ("after-sale", "sandbox_no_numbers", "failed"),
        ("after-bought", "sandbox_code_now", "completed"),
    ] {
        let file = cloud.kill_at(point);
        let crashed = test.buy(service, "GB", point).await;
        assert!(crashed.status >= 500 && !file.exists(), "{point}: {crashed:?}");
        let id = cloud.audit_of(Mode::Test, &test).await.pop().unwrap().id;
        for _ in 0..2 {
            cloud.advance(31).await;
            cloud.sweep().await;
        }
        test.wait_for(&id, &[status]).await;
    }
    assert_eq!(cloud.audit_of(Mode::Test, &test).await.len(), 3);
}

/// Sends purchases of this service at once, half of them with each key. Returns the number of answers by status and
/// code.
async fn buy_at_once(keys: [&Customer; 2], service: &'static str, times: usize) -> BTreeMap<(u16, String), usize> {
    let buy = |n: usize| {
        let buyer = keys[n % 2].clone();
        async move { buyer.buy_patiently(service, "GB", &format!("{service}-{times}-{n}")).await }
    };
    at_once(times, buy).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_test_keys_at_once_share_one_wallet_and_one_limit_of_the_day() {
    let cloud = Cloud::shared().await;
    let owner = person(&cloud, Plan::Pro).await;
    let [(_, one), (_, other)] = [key(&owner, "test", json!({})).await, key(&owner, "test", json!({})).await];

    // All of them find an empty play wallet. One of them fills it.
    let answers = buy_at_once([&one, &other], "openai", 10).await;
    assert_eq!(answers, BTreeMap::from([((201, String::new()), 10)]));
    let entries = cloud.store.ledger().of(Mode::Test).all_entries(&owner.user).await.unwrap();
    assert_eq!(entries.iter().filter(|entry| entry.kind == EntryKind::Promo).count(), 1, "{entries:#?}");
    assert_eq!(one.wallet().await, other.wallet().await);

    let most = Plan::Pro.terms().test_orders_per_day;
    cloud.set_test_orders_of_today(&owner.user, most - 3).await;
    let answers = buy_at_once([&one, &other], "openai", 16).await;
    let expected = [((201, String::new()), 3), ((409, "too_many_test_orders".to_owned()), 13)];
    assert_eq!(answers, BTreeMap::from(expected));
    let refused = one.buy("sandbox_no_numbers", "GB", "one-more").await;
    let until = json!(cloud.now().end_of_day());
    assert_eq!((&refused.body["limit"], &refused.body["until"]), (&json!(most), &until), "{refused:?}");
    let replay = one.buy("openai", "GB", "openai-10-0").await;
    assert_eq!((replay.status, replay.headers.contains_key("idempotent-replayed")), (201, true), "{replay:?}");
    assert_eq!(cloud.audit_of(Mode::Test, &owner).await.len(), 13);

    // What is real knows nothing of it: the money, the supplier, the limits and the statistics.
    assert_eq!(owner.wallet().await, ("0.5000".into(), "0.0000".into()));
    assert!(cloud.audit(&owner).await.is_empty() && cloud.sold("openai").await.is_empty());
    let (_, live) = key(&owner, "live", json!({})).await;
    assert_eq!(live.buy_patiently("uber", "GB", "live").await.status, 201);
    for order in cloud.audit_of(Mode::Test, &owner).await {
        one.wait_for(&order.id, &["completed"]).await;
    }
    let counts = cloud.store.catalog().order_counts().await.unwrap();
    assert!(counts.iter().all(|count| count.service != "openai"), "{counts:?}");
}

/// The first order of this customer.
async fn first_order(cloud: &Cloud, mode: Mode, owner: &Customer) -> Order {
    cloud.audit_of(mode, owner).await.swap_remove(0)
}

#[tokio::test]
async fn what_belongs_to_a_test_is_deleted_after_some_days() {
    let cloud = Cloud::alone().await;
    let owner = person(&cloud, Plan::Pro).await;
    cloud.credit(&owner.user, "5".parse().unwrap(), "credit").await.unwrap();
    let [(_, test), (_, live)] = [key(&owner, "test", json!({})).await, key(&owner, "live", json!({})).await];
    let old = bought(&test.buy("sandbox_code_now", "GB", "old").await);
    test.wait_for(&old, &["completed"]).await;
    let real = live.buy_patiently("discord", "GB", "real").await.order_id();
    live.wait_for(&real, &["completed"]).await;
    let claim = |order: Order| order.number.map(|number| (number.supplier, number.supplier_order)).unwrap();
    let claims =
        [claim(first_order(&cloud, Mode::Test, &owner).await), claim(first_order(&cloud, Mode::Live, &owner).await)];
    let is_claimed = async |(supplier, id): &(SupplierId, SupplierOrderId)| {
        cloud.store.orders().claimed(supplier, std::slice::from_ref(id)).await.unwrap().len()
    };
    let entries =
        async |client: &Customer| client.get("/api/v1/wallet/entries").await.body["items"].as_array().unwrap().len();
    let before = entries(&live).await;
    let open = bought(&test.buy("sandbox_silent", "GB", "open").await);

    let all = cloud.now().plus(KEPT);
    for (at, left) in [(cloud.now().plus(KEPT).minus(Duration::from_hours(1)), 4), (all, 0)] {
        for table in ["OrdersTable", "LedgerTable"] {
            cloud.expire(table, at).await;
        }
        assert_eq!(entries(&test).await, left);
    }
    assert_eq!(test.get(&format!("/api/v1/verifications/{old}")).await.status, 404);
    let listed = test.get("/api/v1/verifications").await.body;
    assert_eq!(listed["items"].as_array().unwrap().len(), 1, "an open order is kept: {listed}");
    assert_eq!(test.order(&open).await["status"], "waiting");
    assert_eq!((is_claimed(&claims[0]).await, is_claimed(&claims[1]).await), (0, 1));
    assert_eq!((entries(&live).await, live.order(&real).await["status"].as_str()), (before, Some("completed")));

    // The play wallet goes on, and is proven from its oldest entry.
    test.wait_until(&open, |order| order["actions"]["cancel"]["possible"] == true).await;
    assert_eq!(test.post(&format!("/api/v1/verifications/{open}/cancel")).await.body["status"], "refunded");
    assert_eq!(test.wallet().await, ("999.5500".into(), "0.0000".into()));
    let new = bought(&test.buy("sandbox_code_now", "GB", "new").await);
    test.wait_for(&new, &["completed"]).await;
    cloud.delete_item("OrdersTable", &format!("USER#{}", owner.user), open.as_str()).await;
    assert_eq!(cloud.audit_of(Mode::Test, &owner).await.len(), 1);
}

#[tokio::test]
async fn waits_for_test_orders_leave_room_for_real_ones() {
    let cloud = Cloud::alone().await;
    let owner = person(&cloud, Plan::Pro).await;
    let (_, test) = key(&owner, "test", json!({})).await;
    let id = bought(&test.buy("sandbox_silent", "GB", "silent").await);
    metrics::start();
    // With four executions three may wait, with two of them one; and half of one is no place.
    for (ceiling, waits) in [("4", true), ("2", false)] {
        let context = cloud.context_with([("WAITING_CONCURRENCY", ceiling.to_owned())]).await;
        let started = Instant::now();
        assert_eq!(in_process::wait(context, &test, &id, 5).await.as_u16(), 200);
        assert_eq!(started.elapsed() > Duration::from_secs(2), waits, "{ceiling}");
    }
    let names: Vec<_> = metrics::take().into_iter().map(|metric| metric["name"].clone()).collect();
    assert_eq!(names, ["Requests", "Requests"], "nobody needs more executions for tests");
    cloud.plan("grindr", "never").await;
    cloud.credit(&owner.user, "5".parse().unwrap(), "credit").await.unwrap();
    let (_, live) = key(&owner, "live", json!({})).await;
    let real = live.buy_patiently("grindr", "GB", "real").await.order_id();
    let started = Instant::now();
    let context = cloud.context_with([("WAITING_CONCURRENCY", "2".to_owned())]).await;
    assert_eq!(in_process::wait(context, &live, &real, 5).await.as_u16(), 200);
    assert!(started.elapsed() > Duration::from_secs(2), "a real one waits");
}

#[tokio::test]
async fn requests_of_test_keys_are_not_timed_whatever_they_answer() {
    let cloud = Cloud::shared().await;
    let owner = person(&cloud, Plan::Pro).await;
    let [(_, test), (_, live)] = [key(&owner, "test", json!({})).await, key(&owner, "live", json!({})).await];
    for (buyer, service, status, is_timed) in [
        (&test, "sandbox_code_now", 201, false),
        (&test, "sandbox_no_numbers", 409, false),
        (&test, "no_such_service", 422, false),
        (&live, "no_such_service", 422, true),
    ] {
        metrics::start();
        let context = cloud.context().await;
        assert_eq!(in_process::buy(context, buyer, service, service, 20).await.as_u16(), status, "{service}");
        let requests: Vec<_> = metrics::take().into_iter().filter(|metric| metric["name"] == "Requests").collect();
        assert_eq!(requests.len(), 1, "{requests:?}");
        assert_eq!(requests[0].contains_key("took"), is_timed, "{requests:?}");
    }
}

/// Posts a movement on a wallet as it was before another one, and returns how many conflicts were counted.
async fn conflicts(cloud: &Cloud, user: &UserId, cause: &Cause) -> usize {
    let post = async |key: &str, on| {
        let movement = Movement::new(EntryKind::Promo, Credits::from_units(1), cause.clone(), Actor::system("test"));
        let (user, operation, fingerprint) = (user.clone(), "test".to_owned(), String::new());
        let key = IdempotencyKey { user: user.clone(), operation, key: format!("{key} {cause:?}"), fingerprint };
        cloud.store.commit(Transaction::alone(user, movement, &key).on(on), cloud.now()).await.unwrap();
    };
    let before = cloud.store.ledger().of(cause.mode()).wallet(user).await.unwrap();
    post("first", None).await;
    metrics::start();
    post("second", Some(before)).await;
    metrics::take().iter().filter(|metric| metric["name"] == "LedgerConflicts").count()
}

#[tokio::test]
async fn conflicts_about_play_money_are_not_counted() {
    let cloud = Cloud::shared().await;
    let owner = cloud.customer(Plan::Pro, "0").await;
    assert_eq!(conflicts(&cloud, &owner.user, &Cause::Operator { reason: "test".to_owned() }).await, 1);
    assert_eq!(conflicts(&cloud, &owner.user, &Cause::Sandbox).await, 0);
    let play = cloud.store.ledger().of(Mode::Test).wallet(&owner.user).await.unwrap();
    assert_eq!((play.seq, play.available), (2, Credits::from_units(2)), "it was posted at the second try");
}
