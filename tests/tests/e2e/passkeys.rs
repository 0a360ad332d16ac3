//! Passkeys: added, used to sign in, removed; and what is refused.

use crate::{
    authenticator::{Device, Forged},
    second_factor::Guarded,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::access::StaffRole;
use futures_util::future::join_all;
use namaskah_tests::{Answer, Cloud, Customer, PASSWORD, Person, pause};
use serde_json::{Value, json};
use std::time::{Duration, Instant};
use store::ProfileChange;

/// The origin of the local pages: browsers make passkeys for `localhost`, and for no network address.
fn origin(cloud: &Cloud) -> String {
    cloud.api().replace("127.0.0.1", "localhost")
}

/// The options for a new passkey of a person without a second factor.
async fn to_add(client: &Customer) -> Value {
    let answer = post(client, "start", json!({ "password": PASSWORD })).await;
    assert_eq!((answer.status, &answer.headers["cache-control"]), (200, &"no-store".parse().unwrap()), "{answer:?}");
    answer.body
}

async fn post(client: &Customer, operation: &str, body: Value) -> Answer {
    client.send("POST", &format!("/api/v1/me/passkey/{operation}"), Some(&body), &[]).await
}

async fn finish(client: &Customer, credential: &Value) -> Answer {
    post(client, "finish", json!({ "credential": credential, "name": "My phone" })).await
}

/// Adds a passkey that this device makes. Returns its identifier.
pub async fn added(cloud: &Cloud, client: &Customer, device: &mut Device) -> String {
    let made = device.create(&origin(cloud), &to_add(client).await).await.expect("a passkey");
    let added = finish(client, &made).await;
    assert_eq!(added.status, 201, "{added:?}");
    added.body["id"].as_str().unwrap().to_owned()
}

async fn list(client: &Customer) -> Vec<Value> {
    let answer = client.get("/api/v1/me/passkeys").await;
    answer.body["items"].as_array().unwrap_or_else(|| panic!("{answer:?}")).clone()
}

async fn remove(client: &Customer, id: &str, body: Value) -> Answer {
    client.send("DELETE", &format!("/api/v1/me/passkeys/{id}"), Some(&body), &[]).await
}

/// The options for a sign-in.
async fn to_sign_in(cloud: &Cloud) -> Value {
    let answer = cloud.stranger().post("/api/v1/auth/passkey/start").await;
    assert_eq!((answer.status, &answer.headers["cache-control"]), (200, &"no-store".parse().unwrap()), "{answer:?}");
    answer.body
}

async fn sign_in(cloud: &Cloud, credential: &Value) -> Answer {
    cloud.auth("passkey/finish", &json!({ "credential": credential })).await
}

/// A sign-in by a correct device on our page.
async fn signed_in_by(cloud: &Cloud, device: &mut Device) -> Answer {
    let signed = device.get(&origin(cloud), &to_sign_in(cloud).await).await;
    sign_in(cloud, &signed).await
}

fn forged<'a>(origin: &'a str, credential: &'a [u8]) -> Forged<'a> {
    Forged { origin, rp_id: "localhost", credential, is_checked: true, is_p384: false }
}

fn challenge(options: &Value) -> &str {
    options["challenge"].as_str().unwrap()
}

fn outcome(answer: &Answer) -> (u16, &str) {
    (answer.status, answer.code())
}

/// An answer with other bytes in one of its fields.
fn changed(answer: &Value, field: &str, change: impl FnOnce(&mut Vec<u8>)) -> Value {
    let mut answer = answer.clone();
    let mut bytes = URL_SAFE_NO_PAD.decode(answer["response"][field].as_str().unwrap()).unwrap();
    change(&mut bytes);
    answer["response"][field] = URL_SAFE_NO_PAD.encode(bytes).into();
    answer
}

#[tokio::test]
async fn a_person_signs_in_with_a_passkey_until_it_is_removed() {
    let cloud = Cloud::shared().await;
    let Person { email, client, .. } = &cloud.person().await;
    let mut device = Device::default();
    let options = to_add(client).await;
    assert_eq!((&options["rp"]["id"], &options["user"]["name"]), (&json!("localhost"), &json!(email)), "{options}");
    assert_eq!(options["authenticatorSelection"]["residentKey"], "required");
    assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
    assert_eq!(options["attestation"], "none");
    let offered: Vec<_> = options["pubKeyCredParams"].as_array().unwrap().iter().map(|one| &one["alg"]).collect();
    assert_eq!(offered, [&json!(-8), &json!(-7), &json!(-257)]);

    let id = added(&cloud, client, &mut device).await;
    let listed = list(client).await;
    assert_eq!(listed.len(), 1);
    assert_eq!((&listed[0]["id"], &listed[0]["name"]), (&json!(id), &json!("My phone")));
    assert_eq!((&listed[0]["backup"], &listed[0]["used_at"]), (&json!("synced"), &Value::Null));
    cloud.letter_with(email, &["A passkey was added", "My phone"]).await;

    // The device has one of the account already.
    assert_eq!(device.create(&origin(&cloud), &to_add(client).await).await, None);

    let request = to_sign_in(&cloud).await;
    assert_eq!((&request["rpId"], &request["allowCredentials"]), (&json!("localhost"), &json!([])), "{request}");
    let answer = signed_in_by(&cloud, &mut device).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.body["user_id"], json!(client.user));
    let again = client.with_key(answer.body["access_token"].as_str().unwrap());
    let sessions = again.get("/api/v1/me/sessions").await;
    assert_eq!(sessions.body["items"][0]["sign_in"], "passkey", "{sessions:?}");
    assert!(list(&again).await[0]["used_at"].is_string());
    let signed = device.get(&origin(&cloud), &to_sign_in(&cloud).await).await;
    let in_cookie = cloud.auth("passkey/finish", &json!({ "credential": signed, "use_cookie": true })).await;
    assert_eq!((in_cookie.status, &in_cookie.body["refresh_token"]), (200, &Value::Null));
    assert!(in_cookie.headers.contains_key("set-cookie"));

    // A sign-out everywhere and a new password leave it in place.
    assert_eq!(again.post("/api/v1/auth/logout-all").await.status, 204);
    let answer = signed_in_by(&cloud, &mut device).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let again = client.with_key(answer.body["access_token"].as_str().unwrap());

    let refused = remove(&again, &id, json!({ "password": "not the right password" })).await;
    assert_eq!(outcome(&refused), (403, "wrong_password"));
    assert_eq!(remove(&again, &id, json!({ "password": PASSWORD })).await.status, 204);
    assert_eq!(outcome(&remove(&again, &id, json!({ "password": PASSWORD })).await), (404, "not_found"));
    assert_eq!(list(&again).await, [] as [Value; 0]);
    cloud.letter_with(email, &["A passkey was removed", "My phone"]).await;
    assert_eq!(outcome(&signed_in_by(&cloud, &mut device).await), (403, "passkey_refused"));
    let activity = again.get("/api/v1/me/activity").await.body.to_string();
    for action in ["passkey_added", "passkey_removed"] {
        assert!(activity.contains(action), "{activity}");
    }
    // Its credential may be registered again, by anybody.
    let credential = URL_SAFE_NO_PAD.decode(&device.keys[0].credential_id).unwrap();
    let other = cloud.person().await.client;
    let answer = forged(&origin(&cloud), &credential).answer(challenge(&to_add(&other).await));
    assert_eq!(finish(&other, &answer).await.status, 201);
}

#[tokio::test]
async fn a_passkey_is_added_with_password_and_code() {
    let cloud = Cloud::shared().await;
    let guarded = Guarded::new(&cloud).await;
    let client = &guarded.person.client;
    for (body, refusal) in [
        (json!({ "password": "not the right password", "code": guarded.backup_codes[0] }), "wrong_password"),
        (json!({ "password": PASSWORD }), "code_required"),
        (json!({ "password": PASSWORD, "code": "000000" }), "wrong_code"),
    ] {
        assert_eq!(outcome(&post(client, "start", body).await), (403, refusal));
    }
    let options = post(client, "start", json!({ "password": PASSWORD, "code": guarded.backup_codes[0] })).await;
    assert_eq!(options.status, 200, "{options:?}");
    let mut device = Device::default();
    let made = device.create(&origin(&cloud), &options.body).await.unwrap();
    let added = finish(client, &made).await;
    assert_eq!(added.status, 201, "{added:?}");
    let id = added.body["id"].as_str().unwrap();

    // It is two factors, so no code is asked for.
    let answer = signed_in_by(&cloud, &mut device).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(outcome(&remove(client, id, json!({ "password": PASSWORD })).await), (403, "code_required"));
    let removed = remove(client, id, json!({ "password": PASSWORD, "code": guarded.backup_codes[1] })).await;
    assert_eq!(removed.status, 204, "{removed:?}");
}

#[tokio::test]
async fn a_passkey_is_the_second_step_in_place_of_a_code() {
    let cloud = Cloud::shared().await;
    let guarded = Guarded::new(&cloud).await;
    let client = &guarded.person.client;
    let mut device = Device::default();
    let proof = json!({ "password": PASSWORD, "code": guarded.backup_codes[0] });
    let made = device.create(&origin(&cloud), &post(client, "start", proof).await.body).await.unwrap();
    assert_eq!(finish(client, &made).await.status, 201);
    let mut stranger = Device::default();
    added(&cloud, &cloud.person().await.client, &mut stranger).await;

    let challenge = guarded.challenge(&cloud).await;
    let step = async |credential: &Value| {
        cloud.auth("second-factor", &json!({ "challenge": challenge, "credential": credential })).await
    };
    let foreign = stranger.get(&origin(&cloud), &to_sign_in(&cloud).await).await;
    assert_eq!(outcome(&step(&foreign).await), (403, "passkey_refused"), "another person's");
    let signed = device.get(&origin(&cloud), &to_sign_in(&cloud).await).await;
    for body in [
        json!({ "challenge": challenge }),
        json!({ "challenge": challenge, "code": guarded.backup_codes[1], "credential": signed }),
    ] {
        let answer = cloud.auth("second-factor", &body).await;
        assert_eq!((answer.status, &answer.body["errors"][0]["code"]), (422, &json!("code_or_credential")));
    }
    let entered = step(&signed).await;
    assert_eq!(entered.status, 200, "{entered:?}");
    assert_eq!(outcome(&step(&signed).await), (410, "challenge_over"), "both work once");
    let next = device.get(&origin(&cloud), &to_sign_in(&cloud).await).await;
    assert_eq!(outcome(&step(&next).await), (410, "challenge_over"));
    let other = guarded.challenge(&cloud).await;
    let reused = cloud.auth("second-factor", &json!({ "challenge": other, "credential": signed })).await;
    assert_eq!(outcome(&reused), (410, "passkey_challenge_over"));
    let sessions = client.get("/api/v1/me/sessions").await;
    let newest = &sessions.body["items"][0];
    assert_eq!((&newest["sign_in"], &newest["second_factor"]), (&json!("password"), &json!("passkey")), "{sessions:?}");
}

#[tokio::test]
async fn an_answer_signs_in_only_as_it_was_asked_for() {
    let cloud = Cloud::shared().await;
    let person = cloud.person().await;
    let mut device = Device::default();
    added(&cloud, &person.client, &mut device).await;
    let home = origin(&cloud);

    let elsewhere = device.get("http://localhost:1", &to_sign_in(&cloud).await).await;
    assert_eq!(outcome(&sign_in(&cloud, &elsewhere).await), (403, "passkey_refused"), "another origin");
    // A page of another host makes the same device sign for that host, with our challenge.
    let mut phished = device.clone();
    phished.keys[0].rp_id = "example.com".to_owned();
    let mut options = to_sign_in(&cloud).await;
    options["rpId"] = "example.com".into();
    let for_another = phished.get("https://example.com", &options).await;
    assert_eq!(outcome(&sign_in(&cloud, &for_another).await), (403, "passkey_refused"), "another host");
    let mut careless = device.clone();
    careless.checks = false;
    let mut options = to_sign_in(&cloud).await;
    options["userVerification"] = "discouraged".into();
    let unchecked = careless.get(&home, &options).await;
    assert_eq!(outcome(&sign_in(&cloud, &unchecked).await), (403, "passkey_refused"), "nobody was checked");
    // These were signed by the passkey, so its owner sees them.
    let lines = cloud.store.audit().of_account(&person.client.user, 10, None).await.unwrap().items;
    let refused = lines.iter().filter(|line| line.action.as_str() == "sign_in_failed");
    assert_eq!(refused.count(), 3, "{lines:?}");

    let options = to_sign_in(&cloud).await;
    let good = device.get(&home, &options).await;
    let broken = changed(&good, "signature", |bytes| bytes[20] ^= 1);
    assert_eq!(outcome(&sign_in(&cloud, &broken).await), (403, "passkey_refused"), "another signature");
    let broken = changed(&good, "authenticatorData", |bytes| bytes.truncate(36));
    assert_eq!(outcome(&sign_in(&cloud, &broken).await), (403, "passkey_refused"), "what was signed is cut off");
    let other = cloud.person().await;
    let mut renamed = good.clone();
    renamed["response"]["userHandle"] = URL_SAFE_NO_PAD.encode(other.client.user.to_bytes()).into();
    assert_eq!(outcome(&sign_in(&cloud, &renamed).await), (403, "passkey_refused"), "another account");
    let no_json = changed(&good, "clientDataJSON", |bytes| bytes.truncate(10));
    let mut odd = good.clone();
    odd["response"] = json!({ "signature": 5 });
    for unreadable in [no_json, odd, json!({}), json!({ "id": "AA" })] {
        let answer = sign_in(&cloud, &unreadable).await;
        assert_eq!((answer.status, &answer.body["errors"][0]["code"]), (422, &json!("not_a_credential")), "{answer:?}");
    }
    let lines = cloud.store.audit().of_account(&person.client.user, 10, None).await.unwrap().items;
    let refused = lines.iter().filter(|line| line.action.as_str() == "sign_in_failed");
    assert_eq!(refused.count(), 3, "nobody can fill another person's trail: {lines:?}");

    // The challenge of another ceremony, and one that nobody made.
    let mut options = to_add(&person.client).await;
    options["rpId"] = "localhost".into();
    let of_another = device.get(&home, &options).await;
    assert_eq!(outcome(&sign_in(&cloud, &of_another).await), (410, "passkey_challenge_over"));
    options["challenge"] = URL_SAFE_NO_PAD.encode([7; 16]).into();
    let invented = device.get(&home, &options).await;
    assert_eq!(outcome(&sign_in(&cloud, &invented).await), (410, "passkey_challenge_over"));

    assert_eq!(sign_in(&cloud, &good).await.status, 200, "refusals use nothing up");
    assert_eq!(outcome(&sign_in(&cloud, &good).await), (410, "passkey_challenge_over"), "it works once");
    let mut unknown = device.clone();
    unknown.keys[0].credential_id = URL_SAFE_NO_PAD.encode([9; 16]);
    assert_eq!(outcome(&signed_in_by(&cloud, &mut unknown).await), (403, "passkey_refused"), "unknown");
}

#[tokio::test]
async fn a_passkey_is_added_only_as_it_was_asked_for() {
    let cloud = Cloud::shared().await;
    let (person, other) = (cloud.person().await.client, cloud.person().await.client);
    let home = origin(&cloud);
    let options = to_add(&person).await;
    let id: [u8; 16] = runtime::random_bytes();
    for (what, wrong) in [
        ("another origin", Forged { origin: "http://localhost:1", ..forged(&home, &id) }),
        ("another host", Forged { rp_id: "example.com", ..forged(&home, &id) }),
        ("nobody was checked", Forged { is_checked: false, ..forged(&home, &id) }),
        ("an algorithm that was not offered", Forged { is_p384: true, ..forged(&home, &id) }),
    ] {
        let refused = finish(&person, &wrong.answer(challenge(&options))).await;
        assert_eq!(outcome(&refused), (403, "passkey_refused"), "{what}: {refused:?}");
    }
    let good = forged(&home, &id).answer(challenge(&options));
    let cut = changed(&good, "attestationObject", |bytes| bytes.truncate(40));
    let answer = finish(&person, &cut).await;
    assert_eq!((answer.status, &answer.body["errors"][0]["code"]), (422, &json!("not_a_credential")), "broken CBOR");
    let cut = changed(&good, "clientDataJSON", |bytes| bytes.truncate(10));
    let answer = finish(&person, &cut).await;
    assert_eq!((answer.status, &answer.body["errors"][0]["code"]), (422, &json!("not_a_credential")), "broken JSON");

    assert_eq!(outcome(&finish(&other, &good).await), (410, "passkey_challenge_over"), "another person's challenge");
    let of_sign_in = forged(&home, &id).answer(challenge(&to_sign_in(&cloud).await));
    assert_eq!(outcome(&finish(&person, &of_sign_in).await), (410, "passkey_challenge_over"), "another ceremony's");
    assert_eq!(finish(&person, &good).await.status, 201, "refusals use nothing up");
    assert_eq!(outcome(&finish(&person, &good).await), (410, "passkey_challenge_over"), "it works once");
    for client in [&other, &person] {
        let again = forged(&home, &id).answer(challenge(&to_add(client).await));
        assert_eq!(outcome(&finish(client, &again).await), (409, "passkey_taken"));
    }
    let listed = (list(&person).await.len(), list(&other).await.len());
    assert_eq!(listed, (1, 0));
}

#[tokio::test]
async fn an_answer_that_is_sent_twice_at_once_counts_once() {
    let cloud = Cloud::shared().await;
    let client = cloud.person().await.client;
    let mut device = Device::default();
    let made = device.create(&origin(&cloud), &to_add(&client).await).await.unwrap();
    let answers = join_all((0..6).map(|_| finish(&client, &made))).await;
    let added = answers.iter().filter(|answer| answer.status == 201).count();
    assert_eq!((added, list(&client).await.len()), (1, 1), "{answers:?}");

    let signed = device.get(&origin(&cloud), &to_sign_in(&cloud).await).await;
    let answers = join_all((0..6).map(|_| sign_in(&cloud, &signed))).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1, "{answers:?}");
    // Two answers at once sign in twice: the second one decides again.
    let mut both = Vec::new();
    for _ in 0..2 {
        both.push(device.get(&origin(&cloud), &to_sign_in(&cloud).await).await);
    }
    let answers = join_all(both.iter().map(|signed| sign_in(&cloud, signed))).await;
    assert!(answers.iter().all(|answer| answer.status == 200), "{answers:?}");
}

#[tokio::test]
async fn a_counter_that_goes_back_is_refused_and_noted() {
    let cloud = Cloud::shared().await;
    let client = cloud.person().await.client;
    let mut device = Device { counts: true, ..Device::default() };
    added(&cloud, &client, &mut device).await;
    let mut copy = device.clone();
    for _ in 0..2 {
        assert_eq!(signed_in_by(&cloud, &mut device).await.status, 200);
    }
    assert_eq!(outcome(&signed_in_by(&cloud, &mut copy).await), (403, "passkey_refused"));
    let lines = cloud.store.audit().of_account(&client.user, 10, None).await.unwrap().items;
    let line =
        serde_json::to_string(lines.iter().find(|line| line.action.as_str() == "sign_in_failed").unwrap()).unwrap();
    assert!(line.contains("old counter"), "{line}");
    assert_eq!(signed_in_by(&cloud, &mut device).await.status, 200, "the newer one goes on");
}

#[tokio::test]
async fn an_account_has_ten_passkeys_at_most() {
    let cloud = Cloud::shared().await;
    let client = cloud.person().await.client;
    let home = origin(&cloud);
    let late = to_add(&client).await;
    for _ in 0..10 {
        let id: [u8; 16] = runtime::random_bytes();
        let added = finish(&client, &forged(&home, &id).answer(challenge(&to_add(&client).await))).await;
        assert_eq!(added.status, 201, "{added:?}");
    }
    let full = post(&client, "start", json!({ "password": PASSWORD })).await;
    assert_eq!((outcome(&full), &full.body["most"]), ((409, "too_many_passkeys"), &json!(10)));
    let id: [u8; 16] = runtime::random_bytes();
    let full = finish(&client, &forged(&home, &id).answer(challenge(&late))).await;
    assert_eq!(outcome(&full), (409, "too_many_passkeys"));
}

#[tokio::test]
async fn passkeys_sign_in_neither_staff_nor_the_banned() {
    let cloud = Cloud::shared().await;
    let person = cloud.person().await;
    let mut device = Device::default();
    added(&cloud, &person.client, &mut device).await;
    let accounts = cloud.store.accounts();
    accounts.change_profile(&person.client.user, ProfileChange::Active(false)).await.unwrap();
    assert_eq!(outcome(&signed_in_by(&cloud, &mut device).await), (403, "account_disabled"));
    accounts.change_profile(&person.client.user, ProfileChange::Active(true)).await.unwrap();
    assert_eq!(signed_in_by(&cloud, &mut device).await.status, 200);

    // With a role, too, a passkey opens the own account and nothing of staff.
    let Guarded { person, backup_codes, .. } = Guarded::new(&cloud).await;
    let mut device = Device::default();
    let proof = json!({ "password": PASSWORD, "code": backup_codes[0] });
    let options = post(&person.client, "start", proof).await.body;
    let made = device.create(&origin(&cloud), &options).await.unwrap();
    assert_eq!(finish(&person.client, &made).await.status, 201);
    let owner = crate::staff::colleague(&cloud, StaffRole::Owner).await.client;
    let body = json!({ "role": "support", "reason": "a test" });
    let given = owner.send("POST", &format!("/api/v1/admin/users/{}/role", person.client.user), Some(&body), &[]).await;
    assert!(given.status < 300, "{given:?}");
    let answer = signed_in_by(&cloud, &mut device).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let client = person.client.with_key(answer.body["access_token"].as_str().unwrap());
    assert_eq!(client.get("/api/v1/me").await.status, 200);
    assert_eq!(client.get("/api/v1/admin/me").await.status, 403);
    let signed = device.get(&origin(&cloud), &to_sign_in(&cloud).await).await;
    let body = json!({ "challenge": format!("nso_{}", "0".repeat(32)), "credential": signed });
    let step = cloud.stranger().send("POST", "/api/v1/admin/auth/second-factor", Some(&body), &[]).await;
    let faults = step.body["errors"].to_string();
    assert!(step.status == 422 && faults.contains("unknown_field"), "{step:?}");
    let login = json!({ "email": person.email, "password": PASSWORD });
    let first = cloud.stranger().send("POST", "/api/v1/admin/auth/login", Some(&login), &[]).await;
    assert_eq!(first.body["next"], "enter_code", "{first:?}");
    let body = json!({ "challenge": first.body["challenge"], "credential": signed });
    assert_eq!(outcome(&cloud.auth("second-factor", &body).await), (410, "challenge_over"));
}

#[tokio::test]
async fn passkeys_are_exported_and_end_with_the_account() {
    let cloud = Cloud::shared().await;
    let person = cloud.person().await;
    let mut device = Device::default();
    added(&cloud, &person.client, &mut device).await;
    let text = crate::exports::text_of_export(&cloud, &person).await;
    assert!(text.contains("My phone"), "{text}");
    let credential = device.keys[0].credential_id.clone();
    for secret in ["public_key", "transports", &credential] {
        assert!(!text.contains(secret), "{secret}");
    }
    let body = json!({ "password": PASSWORD, "waive_balance": true });
    assert_eq!(person.client.send("DELETE", "/api/v1/me", Some(&body), &[]).await.status, 204);
    assert_eq!(outcome(&signed_in_by(&cloud, &mut device).await), (403, "passkey_refused"));
    // Once the rest is removed, the credential belongs to nobody.
    let id = URL_SAFE_NO_PAD.decode(&credential).unwrap();
    let other = cloud.person().await.client;
    let started = Instant::now();
    loop {
        let answer = forged(&origin(&cloud), &id).answer(challenge(&to_add(&other).await));
        let added = finish(&other, &answer).await;
        if added.status == 201 {
            break;
        }
        assert_eq!(outcome(&added), (409, "passkey_taken"));
        assert!(started.elapsed() < Duration::from_mins(1), "the claim was never released");
        pause().await;
    }
}

#[tokio::test]
async fn a_challenge_ends_after_five_minutes() {
    let cloud = Cloud::alone().await;
    let client = cloud.person().await.client;
    let mut device = Device::default();
    added(&cloud, &client, &mut device).await;
    let id: [u8; 16] = runtime::random_bytes();
    let late = forged(&origin(&cloud), &id).answer(challenge(&to_add(&client).await));
    let signed = device.get(&origin(&cloud), &to_sign_in(&cloud).await).await;
    cloud.advance(301).await;
    assert_eq!(outcome(&finish(&client, &late).await), (410, "passkey_challenge_over"));
    assert_eq!(outcome(&sign_in(&cloud, &signed).await), (410, "passkey_challenge_over"));
    assert_eq!(signed_in_by(&cloud, &mut device).await.status, 200);
}
