//! Deletions of accounts: what ends, what stays, and what happens if requests meet or functions die.

use domain::{
    Credits, OrderId,
    account::Tombstone,
    ledger::{Cause, EntryKind},
    order::Order,
};
use namaskah_tests::{Answer, Cloud, PASSWORD, Person, pause};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use store::{Credentials, Profile};

async fn delete(person: &Person, body: Value) -> Answer {
    person.client.send("DELETE", "/api/v1/me", Some(&body), &[]).await
}

/// A key of this person, as its text.
async fn key_of(person: &Person) -> String {
    let made = person.client.make_key(&json!({ "name": "mine", "scopes": ["orders:read", "wallet:read"] })).await;
    made.body["key"].as_str().unwrap_or_else(|| panic!("no key in {made:?}")).to_owned()
}

/// Waits until this is so; fails after a minute.
async fn wait_until(what: &str, is_so: impl AsyncFn() -> bool) {
    let started = Instant::now();
    while !is_so().await {
        assert!(started.elapsed() < Duration::from_mins(1), "never: {what}");
        pause().await;
    }
}

fn erasure(person: &Person) -> Value {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../events/account.erase.json")).unwrap();
    let mut event: Value = serde_json::from_str(&text).unwrap();
    event["Records"][0]["body"] = json!({ "user_id": person.client.user }).to_string().into();
    event
}

#[tokio::test]
async fn a_deleted_account_leads_to_nobody() {
    let cloud = Cloud::shared().await;
    let person = cloud.person().await;
    let (client, user, accounts) = (&person.client, &person.client.user, cloud.store.accounts());
    let credit: Credits = "5".parse().unwrap();
    cloud.credit(user, credit, "more").await.unwrap();
    let key = client.with_key(key_of(&person).await);
    let wrong = delete(&person, json!({ "password": "not the right password" })).await;
    assert_eq!((wrong.status, wrong.code()), (403, "wrong_password"));

    // Orders that are open must end first.
    cloud.plan("deliveroo", "never").await;
    let open = client.buy("deliveroo", "GH", "open").await.order_id();
    let refused = delete(&person, json!({ "password": PASSWORD, "waive_balance": true })).await;
    assert_eq!((refused.status, refused.code(), &refused.body["open_orders"]), (409, "open_orders", &json!(1)));
    client.post(&format!("/api/v1/verifications/{open}/report")).await;
    client.wait_for(&open, &["refunded"]).await;
    let bought = client.buy("glovo", "GH", "done").await.order_id();
    let code = client.wait_for(&bought, &["completed"]).await["code"].as_str().unwrap().to_owned();
    let refused = delete(&person, json!({ "password": PASSWORD })).await;
    assert_eq!((refused.status, refused.code()), (409, "balance_left"), "{refused:?}");
    assert_eq!(refused.body["available"], json!(client.wallet().await.0));
    let profile: Profile = cloud.store.record(user, &()).await.unwrap().unwrap();

    let deleted = delete(&person, json!({ "password": PASSWORD, "waive_balance": true })).await;
    assert_eq!(deleted.status, 204, "{deleted:?}");
    // Sessions and keys end at once, and so does everything that leads to the person.
    for ended in [client, &key] {
        assert_eq!(ended.get("/api/v1/wallet").await.status, 401);
    }
    assert_eq!(delete(&person, json!({ "password": PASSWORD })).await.status, 401, "again");
    let refresh = cloud.auth("refresh", &json!({ "refresh_token": person.refresh })).await;
    assert_eq!(refresh.code(), "session_ended");
    let login = cloud.auth("login", &json!({ "email": person.email, "password": PASSWORD })).await;
    assert_eq!(login.code(), "invalid_credentials");
    assert_eq!(accounts.with_email(&profile.email).await.unwrap(), None);
    assert_eq!(accounts.owner_of_referral(&profile.referral_code.unwrap()).await.unwrap(), None);
    assert_eq!(cloud.store.record::<Profile>(user, &()).await.unwrap(), None);
    assert_eq!(cloud.store.record::<Credentials>(user, &()).await.unwrap(), None);
    let tombstone: Tombstone = cloud.store.record(user, &()).await.unwrap().unwrap();
    assert_eq!((&tombstone.user_id, tombstone.created_at), (user, profile.created_at));

    let first_link = json!({ "token": cloud.letter(&person.email, 1).await.token() });
    assert_eq!(
        cloud.auth("verify-email", &first_link).await.code(),
        "link_not_valid",
        "a used link makes no account again"
    );

    // The money went by an entry of its own.
    let entries = cloud.store.ledger().all_entries(user).await.unwrap();
    let last = entries.last().unwrap();
    assert_eq!((last.kind, &last.cause), (EntryKind::Adjustment, &Cause::Deletion));
    cloud.audit(client).await;

    cloud.letter_with(&person.email, &["was deleted"]).await;
    let order = async || cloud.store.record::<Order>(user, &bought).await.unwrap().unwrap();
    wait_until("the texts are deleted", async || order().await.is_forgotten(cloud.now())).await;
    assert!(!serde_json::to_string(&order().await).unwrap().contains(&code));
    wait_until("sessions and keys are removed", async || {
        accounts.sessions(user, 10).await.unwrap().is_empty() && accounts.keyring(user).await.unwrap().keys.is_empty()
    })
    .await;
    let lines = cloud.store.audit().of_account(user, 1, None).await.unwrap().items;
    assert_eq!(lines[0].action.as_str(), "account_deleted");
    assert!(!serde_json::to_string(&lines).unwrap().contains('@'));

    // The address may register again, without another included verification.
    assert_eq!(cloud.register(&person.email).await.status, 202);
    let proof = cloud.letters_with(&person.email, &["/verify-email#"], 2).await[0].token();
    let made = cloud.auth("verify-email", &json!({ "token": proof })).await;
    assert_eq!(made.status, 201, "{made:?}");
    let newcomer = cloud.signed_in(&person.email, PASSWORD).await;
    assert_ne!(&newcomer.client.user, user);
    assert_eq!(newcomer.client.wallet().await, ("0.0000".into(), "0.0000".into()));
}

#[tokio::test]
async fn of_two_deletions_one_takes_effect() {
    let cloud = Cloud::shared().await;
    let person = cloud.person().await;
    let body = json!({ "password": PASSWORD, "waive_balance": true });
    let (one, two) = tokio::join!(delete(&person, body.clone()), delete(&person, body.clone()));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses[0], 204, "{one:?} {two:?}");
    assert!([204, 401, 403, 409].contains(&statuses[1]), "{one:?} {two:?}");
    let entries = cloud.store.ledger().all_entries(&person.client.user).await.unwrap();
    assert_eq!(entries.iter().filter(|entry| entry.cause == Cause::Deletion).count(), 1);
    cloud.letter_with(&person.email, &["was deleted"]).await;
}

#[tokio::test]
async fn what_comes_in_after_a_deletion_is_removed_too() {
    let cloud = Cloud::shared().await;
    let (person, customer) = (cloud.person().await, cloud.customer(domain::Plan::Pro, "5").await);
    let user = &person.client.user;
    let bought = customer.buy("grabtaxi", "GH", "k").await.order_id();
    customer.wait_for(&bought, &["completed"]).await;
    cloud.copy_order((&customer, &bought), &person.client, 120).await;
    let deleted = delete(&person, json!({ "password": PASSWORD, "waive_balance": true })).await;
    assert_eq!(deleted.status, 204, "{deleted:?}");
    cloud.credit(user, "0.75".parse().unwrap(), "too late").await.unwrap();
    wait_until("all pages are forgotten", async || {
        let orders = cloud.all_orders(&person.client).await;
        orders.len() == 120 && orders.iter().all(|order| order.is_forgotten(cloud.now()))
    })
    .await;
    assert!(!cloud.store.ledger().wallet(user).await.unwrap().available.is_positive());
    let entries = cloud.store.ledger().all_entries(user).await.unwrap();
    assert_eq!(entries.iter().filter(|entry| entry.cause == Cause::Deletion).count(), 2);
    // A repeated message changes nothing.
    cloud.invoke("AccountEraseFunction", &erasure(&person)).await;
    assert_eq!(cloud.store.ledger().all_entries(user).await.unwrap().len(), entries.len());
}

#[tokio::test]
async fn a_deletion_that_dies_deletes_nothing() {
    let cloud = Cloud::alone().await;
    let person = cloud.person().await;
    let key = person.client.with_key(key_of(&person).await);
    let file = cloud.kill_at("before-deletion");
    let body = json!({ "password": PASSWORD, "waive_balance": true });
    let crashed = delete(&person, body.clone()).await;
    assert!(!file.exists() && crashed.status >= 500, "{crashed:?}");
    // What was ordered for afterwards looks first.
    cloud.invoke("AccountEraseFunction", &erasure(&person)).await;
    for client in [&person.client, &key] {
        assert_eq!(client.get("/api/v1/wallet").await.status, 200);
    }
    assert_eq!(person.client.wallet().await.0, "0.5000");
    assert_eq!(delete(&person, body).await.status, 204, "and it can be repeated");
    let order = OrderId::new(cloud.now(), 1);
    assert_eq!(key.get(&format!("/api/v1/verifications/{order}")).await.status, 401);
    cloud.letter_with(&person.email, &["was deleted"]).await;
    let letters = cloud.letters(&person.email).await;
    assert_eq!(letters.iter().filter(|letter| letter.text.contains("was deleted")).count(), 1, "{letters:?}");
}
