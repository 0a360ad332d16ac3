//! What a stolen session must not do: only the owner deletes the account, moves it, or changes how it is protected.

use crate::{
    google,
    second_factor::Guarded,
    staff::{self, colleague},
};
use domain::access::StaffRole;
use namaskah_tests::{Answer, Cloud, Customer, PASSWORD};
use serde_json::{Value, json};

/// Everything that needs the owner, with the fields that its request has besides the proof.
const GUARDED: [Guard; 8] = [EMAIL, ENABLE, DISABLE, BACKUP_CODES, PASSKEY, LINK, UNLINK, DELETION];
const EMAIL: Guard = ("POST", "/api/v1/me/email", r#"{"new_email": "somebody-else@example.com"}"#);
const ENABLE: Guard = ("POST", "/api/v1/me/2fa/enable", "{}");
const DISABLE: Guard = ("POST", "/api/v1/me/2fa/disable", "{}");
const BACKUP_CODES: Guard = ("POST", "/api/v1/me/2fa/backup-codes", "{}");
const PASSKEY: Guard = ("POST", "/api/v1/me/passkey/start", "{}");
const LINK: Guard = ("POST", "/api/v1/me/google/start", "{}");
const UNLINK: Guard = ("DELETE", "/api/v1/me/google", "{}");
const DELETION: Guard = ("DELETE", "/api/v1/me", "{}");

type Guard = (&'static str, &'static str, &'static str);

async fn ask(client: &Customer, (method, path, fields): Guard, proof: Value) -> Answer {
    let mut body: Value = serde_json::from_str(fields).unwrap();
    body.as_object_mut().unwrap().extend(proof.as_object().unwrap().clone());
    client.send(method, path, Some(&body), &[]).await
}

#[tokio::test]
async fn a_session_alone_proves_nothing_where_there_is_a_password() {
    let cloud = Cloud::shared().await;
    let person = cloud.person().await;
    for guarded in GUARDED {
        let refused = ask(&person.client, guarded, json!({})).await;
        let fault = &refused.body["errors"][0];
        assert_eq!((refused.status, &fault["field"], &fault["code"]), (422, &json!("password"), &json!("required")));
    }
    assert_eq!(person.client.get("/api/v1/me").await.status, 200);
}

#[tokio::test]
async fn with_a_second_factor_a_password_alone_changes_nothing() {
    let cloud = Cloud::shared().await;
    let Guarded { person, backup_codes, .. } = &Guarded::new(&cloud).await;
    let client = &person.client;
    let password = json!({ "password": PASSWORD });
    let new_password = json!({ "current_password": PASSWORD, "new_password": "another horse entirely" });
    for guarded in [EMAIL, DISABLE, BACKUP_CODES, PASSKEY, LINK, UNLINK, DELETION] {
        let refused = ask(client, guarded, password.clone()).await;
        assert_eq!((refused.status, refused.code()), (403, "code_required"), "{guarded:?}");
    }
    let refused = client.send("POST", "/api/v1/me/password", Some(&new_password), &[]).await;
    assert_eq!((refused.status, refused.code()), (403, "code_required"));
    let wrong = ask(client, DELETION, json!({ "password": PASSWORD, "code": "ABCD-EFGH-JKMN-PQRS" })).await;
    assert_eq!((wrong.status, wrong.code()), (403, "wrong_code"));

    // Each code works once.
    let with = |n: usize| json!({ "password": PASSWORD, "code": backup_codes[n] });
    assert_eq!(ask(client, EMAIL, with(0)).await.status, 202);
    assert_eq!(ask(client, EMAIL, with(0)).await.code(), "wrong_code");
    let mut changed = new_password;
    changed["code"] = json!(backup_codes[1]);
    let tokens = client.send("POST", "/api/v1/me/password", Some(&changed), &[]).await;
    assert_eq!(tokens.status, 200, "{tokens:?}");
    let client = cloud.customer_of(client.user.as_str(), tokens.body["access_token"].as_str().unwrap());
    let sessions = client.get("/api/v1/me/sessions").await;
    assert_eq!(sessions.body["items"][0]["second_factor"], "backup_code", "{sessions:?}");
    let deletion = json!({ "password": "another horse entirely", "code": backup_codes[2], "waive_balance": true });
    let deleted = client.send("DELETE", "/api/v1/me", Some(&deletion), &[]).await;
    assert_eq!(deleted.status, 204, "{deleted:?}");
}

#[tokio::test]
async fn without_a_password_a_fresh_sign_in_proves_the_owner() {
    let cloud = Cloud::alone().await;
    let email = cloud.new_address();
    let client = google::signed_in(&cloud, &google::sign_in(&cloud, &email).await);
    // A wrong password is refused although none is needed.
    assert_eq!(ask(&client, ENABLE, json!({ "password": PASSWORD })).await.code(), "wrong_password");
    assert_eq!(ask(&client, ENABLE, json!({})).await.status, 200);
    assert_eq!(ask(&client, PASSKEY, json!({})).await.status, 200);
    let only_way = ask(&client, UNLINK, json!({})).await;
    assert_eq!((only_way.status, only_way.code()), (409, "only_sign_in"), "{only_way:?}");

    cloud.advance(601).await;
    for guarded in GUARDED {
        let refused = ask(&client, guarded, json!({})).await;
        assert_eq!((refused.status, refused.code()), (403, "sign_in_again"), "{guarded:?}: {refused:?}");
    }
    let again = google::signed_in(&cloud, &google::sign_in(&cloud, &email).await);
    let deleted = ask(&again, DELETION, json!({ "waive_balance": true })).await;
    assert_eq!(deleted.status, 204, "{deleted:?}");
}

#[tokio::test]
async fn staff_keep_their_second_factor() {
    let cloud = Cloud::alone().await;
    let staff::Colleague { email, app, .. } = colleague(&cloud, StaffRole::Analyst).await;
    let needed = cloud.auth("login", &json!({ "email": email, "password": PASSWORD })).await;
    let challenge = needed.body["challenge"].as_str().unwrap().to_owned();
    let code = app.code(cloud.now(), 1);
    let tokens = cloud.auth("second-factor", &json!({ "challenge": challenge, "code": code })).await;
    let client = google::signed_in(&cloud, &tokens);
    cloud.advance(60).await;
    let body = json!({ "password": PASSWORD, "code": app.code(cloud.now(), 0) });
    let refused = client.send("POST", "/api/v1/me/2fa/disable", Some(&body), &[]).await;
    assert_eq!((refused.status, refused.code()), (409, "staff_need_second_factor"), "{refused:?}");
}

#[tokio::test]
async fn an_old_session_makes_and_widens_no_keys() {
    const KEYS: &str = "/api/v1/api-keys";
    let cloud = Cloud::alone().await;
    let person = cloud.person().await;
    let client = &person.client;
    let new = json!({ "name": "CRM", "scopes": ["orders:read"], "daily_spend_cap": "1" });
    let made = client.make_key(&new).await;
    assert_eq!(made.status, 201, "{made:?}");
    let key = format!("{KEYS}/{}", made.body["id"].as_str().unwrap());

    cloud.advance(601).await;
    let send = async |method: &str, path: &str, body: Value| client.send(method, path, Some(&body), &[]).await;
    let refused = [
        client.make_key(&new).await,
        send("POST", &format!("{key}/rotate"), json!({})).await,
        send("PATCH", &key, json!({ "daily_spend_cap": null })).await,
        send("PATCH", &key, json!({ "name": "ERP", "networks": [] })).await,
        send("PATCH", &key, json!({ "stopped": false })).await,
    ];
    for answer in refused {
        assert_eq!((answer.status, answer.code()), (403, "sign_in_again"), "{answer:?}");
    }
    let stopped = send("PATCH", &key, json!({ "name": "ERP", "stopped": true })).await;
    assert_eq!((stopped.status, &stopped.body["daily_spend_cap"]), (200, &json!("1.0000")), "{stopped:?}");
    let again = cloud.signed_in(&person.email, PASSWORD).await.client;
    assert_eq!(again.send("PATCH", &key, Some(&json!({ "stopped": false })), &[]).await.status, 200);
    assert_eq!(client.send("DELETE", &key, None, &[]).await.status, 204);
}
