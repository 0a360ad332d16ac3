//! The audit trail: who sees which lines, and what happens if somebody changes one.

use crate::operator::done;
use domain::{
    Actor, AuditId, EmailAddress, Plan,
    account::{Allowed, Registration},
    audit::{Action, AuditLine},
};
use namaskah_tests::{Cloud, Customer, PASSWORD, pause, template};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// The account's activity, newest first: action and actor.
async fn activity(customer: &Customer) -> Vec<(String, String)> {
    let answer = customer.get("/api/v1/me/activity").await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let text = |item: &Value, name: &str| item[name].as_str().unwrap_or_default().to_owned();
    answer.body["items"].as_array().unwrap().iter().map(|item| (text(item, "action"), text(item, "actor"))).collect()
}

fn actions(lines: &Value) -> Vec<&str> {
    lines["items"].as_array().unwrap().iter().map(|line| line["action"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn customers_see_what_staff_did_but_not_who() {
    let cloud = Cloud::shared().await;
    let (customer, other) = tokio::join!(cloud.customer(Plan::Starter, "0"), cloud.customer(Plan::Starter, "0"));
    let id = customer.user.as_str();
    done(&["customers", "plan", id, "pro"]).await;
    done(&["customers", "vouch", id, "--reason", "a good friend"]).await;
    let seen = ["customer.trust", "customer.plan"].map(|action| (action.to_owned(), "operator".to_owned()));
    assert_eq!(activity(&customer).await, seen);
    assert_eq!(activity(&other).await, []);

    let first = customer.get("/api/v1/me/activity?limit=1").await.body;
    assert_eq!(actions(&first), ["customer.trust"]);
    for hidden in ["ama", "friend", "vouched"] {
        assert!(!first.to_string().contains(hidden), "{hidden}");
    }
    let cursor = first["next_cursor"].as_str().unwrap();
    let second = customer.get(&format!("/api/v1/me/activity?limit=1&cursor={cursor}")).await.body;
    assert_eq!(actions(&second), ["customer.plan"]);
    let not_mine = other.get(&format!("/api/v1/me/activity?cursor={cursor}")).await.body;
    assert_eq!(actions(&not_mine), Vec::<&str>::new());
}

#[tokio::test]
async fn staff_find_lines_by_account_day_and_person() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Starter, "0").await;
    let (id, day) = (customer.user.as_str(), cloud.now().day());
    done(&["customers", "plan", id, "pro"]).await;
    done(&["customers", "disable", id, "--reason", "asked for it"]).await;
    let of_account = done(&["audit", "--account", id]).await;
    assert_eq!(actions(&of_account), ["customer.plan", "customer.disable"]);
    let line = &of_account["items"][1];
    assert_eq!((&line["before"]["active"], &line["after"]["active"]), (&json!(true), &json!(false)));
    assert_eq!((&line["reason"], &line["actor"]), (&json!("asked for it"), &json!("operator:ama")));
    assert!(!line.to_string().contains('@'), "addresses stay out of the trail: {line}");
    let is_listed = |lines: &Value| lines["items"].as_array().unwrap().contains(line);
    for search in [&["audit", "--day", &day][..], &["audit", "--operator", "ama"], &["audit"]] {
        assert!(is_listed(&done(search).await), "{search:?}");
    }
    assert!(!is_listed(&done(&["audit", "--operator", "somebody"]).await));
    assert!(is_listed(&done(&["audit", "--account", id, "--action", "customer.disable"]).await));
    assert_eq!(actions(&done(&["audit", "--account", id, "--most", "1"]).await), ["customer.disable"]);
    // Lines that are about no account are found by their day, too.
    done(&["catalog", "class", "seen-by-the-trail", "hard"]).await;
    let class = done(&["audit", "--action", "service.class"]).await;
    assert!(class.to_string().contains("seen-by-the-trail"));
}

/// Sends a request without a credential, or with this token.
async fn post(cloud: &Cloud, path: &str, token: Option<&str>, body: Value) -> (u16, Value) {
    let request = cloud.http.post(format!("{}{path}", cloud.api())).json(&body).header("user-agent", "curl/8");
    let request = match token {
        Some(token) => request.bearer_auth(token),
        None => request,
    };
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap_or_default())
}

#[tokio::test]
async fn sign_ins_sessions_and_passwords_are_in_the_trail() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Starter, "0").await;
    let (user, email) = (&customer.user, format!("{}@example.com", customer.user).to_lowercase());
    let email: EmailAddress = email.parse().unwrap();
    claim(&cloud, &customer, &email).await;

    // A link sets the first password.
    let token = cloud.one_time(&Allowed::ResetPassword { user_id: user.clone(), version: 0 }).await;
    let token = token.expose();
    let reset = json!({ "token": token, "password": PASSWORD });
    assert_eq!(post(&cloud, "/api/v1/auth/reset-password", None, reset).await.0, 204);

    let login = async |password: &str| {
        let body = json!({ "email": email.as_str(), "password": password });
        post(&cloud, "/api/v1/auth/login", None, body).await
    };
    assert_eq!(login("wrong horse battery").await.0, 401);
    let (status, tokens) = login(PASSWORD).await;
    assert_eq!(status, 200, "{tokens}");
    let refresh = json!({ "refresh_token": tokens["refresh_token"] });
    assert_eq!(post(&cloud, "/api/v1/auth/refresh", None, refresh.clone()).await.0, 200);
    assert_eq!(post(&cloud, "/api/v1/auth/refresh", None, refresh).await.0, 401, "an old token");
    let mut session = String::new();
    for path in ["/api/v1/auth/logout", "/api/v1/auth/logout-all"] {
        let (_, tokens) = login(PASSWORD).await;
        tokens["session_id"].as_str().unwrap().clone_into(&mut session);
        assert_eq!(post(&cloud, path, tokens["access_token"].as_str(), json!({})).await.0, 204, "{path}");
    }
    let mine = user.as_str();
    let expected = [
        ("sessions_ended", mine),
        ("sign_in", mine),
        ("sign_out", mine),
        ("sign_in", mine),
        ("refresh_token_reused", "anonymous"),
        ("sign_in", mine),
        ("sign_in_failed", "anonymous"),
        ("password_reset", mine),
    ];
    assert_eq!(activity(&customer).await, expected.map(|(action, actor)| (action.to_owned(), actor.to_owned())));

    let newest = customer.get("/api/v1/me/activity").await.body["items"][1].clone();
    assert_eq!((&newest["target"], &newest["device"]), (&json!(session), &json!("curl")));
    assert!(newest["network"].as_str().unwrap().ends_with(".0/24"), "{newest}");
    assert!(newest["request_id"].as_str().unwrap().starts_with("req_"), "{newest}");
    let trail = done(&["audit", "--account", mine]).await.to_string();
    for secret in [PASSWORD, "wrong horse", token] {
        assert!(!trail.contains(secret), "a secret in the trail");
    }
}

/// Gives an address to a customer that the tests made.
async fn claim(cloud: &Cloud, customer: &Customer, email: &EmailAddress) {
    let item = [("pk", format!("EMAIL#{email}")), ("sk", "EMAIL".to_owned()), ("user_id", customer.user.to_string())];
    cloud.put_item("AccountsTable", item).await;
}

#[tokio::test]
async fn a_new_account_begins_its_trail() {
    let cloud = Cloud::shared().await;
    let Registration { email, registration_id, .. } = cloud.registration(&cloud.new_address()).await;
    let token = cloud.one_time(&Allowed::VerifyEmail { email, registration_id }).await;
    let token = token.expose();
    let (status, account) = post(&cloud, "/api/v1/auth/verify-email", None, json!({ "token": token })).await;
    assert_eq!(status, 201, "{account}");
    let trail = done(&["audit", "--account", account["user_id"].as_str().unwrap()]).await;
    assert_eq!(actions(&trail), ["account_created"]);
    assert_eq!(trail["items"][0]["actor"], account["user_id"]);
}

/// The keys and versions of the bucket's objects with this prefix.
async fn versions(cloud: &Cloud, prefix: &str) -> Vec<(String, String)> {
    let (status, list) = cloud.s3("GET", "AuditBucket", &format!("?versions&prefix={prefix}")).await;
    assert_eq!(status, 200, "{list}");
    let inside = |text: &str, tag: &str| {
        let (_, rest) = text.split_once(&format!("<{tag}>")).unwrap_or_else(|| panic!("no {tag} in {text}"));
        rest.split('<').next().unwrap().to_owned()
    };
    list.split("<Version>").skip(1).map(|version| (inside(version, "Key"), inside(version, "VersionId"))).collect()
}

/// The object of the bucket that has this text, with its version.
async fn object_with(cloud: &Cloud, prefix: &str, text: &str) -> (String, String) {
    let started = Instant::now();
    loop {
        for (key, version) in versions(cloud, prefix).await {
            if cloud.s3("GET", "AuditBucket", &format!("/{key}")).await.1.contains(text) {
                return (key, version);
            }
        }
        assert!(started.elapsed() < Duration::from_mins(1), "no object has {text}");
        pause().await;
    }
}

/// A line that is stored, and its account.
async fn stored_line(cloud: &Cloud) -> (AuditLine, Customer) {
    let customer = cloud.customer(Plan::Starter, "0").await;
    let mut random = [0; 16];
    getrandom::fill(&mut random).unwrap();
    let id = AuditId::new(cloud.now(), u128::from_be_bytes(random));
    let line = AuditLine::new(id, Actor::operator("ama"), Action::CustomerPlan, customer.user.as_str());
    let line = line.of(&customer.user);
    cloud.store.audit().add(&line).await.unwrap();
    (line, customer)
}

#[tokio::test]
async fn a_line_is_copied_to_a_bucket_that_keeps_it() {
    let cloud = Cloud::shared().await;
    let (line, customer) = stored_line(&cloud).await;
    cloud.store.audit().add(&AuditLine { target: "other".to_owned(), ..line.clone() }).await.unwrap();
    let stored = cloud.store.audit().of_account(&customer.user, 10, None).await.unwrap().items;
    assert_eq!(stored, std::slice::from_ref(&line), "the first line stays");

    let (key, version) = object_with(&cloud, "lines/", line.id.as_str()).await;
    assert!(key.starts_with(&format!("lines/{}/", line.at.day().replace('-', "/"))), "{key}");
    let path = format!("/{key}?versionId={version}");
    assert_eq!(cloud.s3("DELETE", "AuditBucket", &path).await.0, 403, "a copy can't be deleted");
    assert_eq!(cloud.s3("GET", "AuditBucket", &path).await.0, 200);
}

#[tokio::test]
async fn a_changed_or_removed_line_is_reported() {
    let cloud = Cloud::shared().await;
    let (line, customer) = stored_line(&cloud).await;
    let pk = format!("ACCOUNT#{}", customer.user);
    cloud.remove_attribute("AuditTable", &pk, line.id.as_str(), "operator").await;
    let (key, _) = object_with(&cloud, "tampered/", line.id.as_str()).await;
    let text = cloud.s3("GET", "AuditBucket", &format!("/{key}")).await.1;
    let of_line = text.lines().find(|text| text.contains(line.id.as_str())).unwrap();
    let report: Value = serde_json::from_str(of_line).unwrap();
    assert_eq!((&report["before"]["operator"], &report["after"]["operator"]), (&json!("operator:ama"), &Value::Null));
    cloud.delete_item("AuditTable", &pk, line.id.as_str()).await;
    object_with(&cloud, "tampered/", "\"after\":null").await;
}

#[tokio::test]
async fn a_repeated_batch_writes_the_same_object() {
    let cloud = Cloud::shared().await;
    let (function, event) = template::workers().find(|(_, event)| event == "audit.copy").unwrap();
    let path = format!("{}/../events/{event}.json", env!("CARGO_MANIFEST_DIR"));
    let mut sample: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let number = cloud.now().millis().to_string();
    let record = &mut sample["Records"][0];
    record["dynamodb"]["SequenceNumber"] = number.clone().into();
    record["dynamodb"]["OldImage"] = record["dynamodb"]["NewImage"].clone();
    record["eventName"] = "MODIFY".into();
    for _ in 0..2 {
        assert_eq!(cloud.invoke(&function, &sample).await["batchItemFailures"], json!([]));
    }
    let found = versions(&cloud, "tampered/2026/11/21/").await;
    let of_batch: Vec<_> = found.iter().filter(|(key, _)| key.contains(&format!("{number}-{number}"))).collect();
    assert_eq!(of_batch.len(), 2, "two versions of one object: {found:?}");
    assert_eq!(of_batch[0].0, of_batch[1].0);
}
