//! Staff: the sign-in in two steps, roles, and what they may do to customers.

use crate::app::App;
use accounts::Passwords;
use domain::{Actor, access::StaffRole, account::Password};
use namaskah_tests::{Answer, Cloud, Customer, PASSWORD, Person, matrix::MATRIX};
use serde_json::{Value, json};
use staff::{NewColleague, Staff};
use std::time::Duration;

/// A person of the staff with a session.
pub struct Colleague {
    pub email: String,
    pub client: Customer,
    refresh: String,
    pub app: App,
}

async fn ask(cloud: &Cloud, operation: &str, body: Value) -> Answer {
    cloud.stranger().send("POST", &format!("/api/v1/admin/auth/{operation}"), Some(&body), &[]).await
}

/// The first step of a sign-in: what is next, and its challenge.
async fn begin(cloud: &Cloud, email: &str, password: &str) -> (String, String) {
    let answer = ask(cloud, "login", json!({ "email": email, "password": password })).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let text = |name: &str| answer.body[name].as_str().unwrap().to_owned();
    (text("next"), text("challenge"))
}

/// Hires somebody without an account. Returns the address and the first password.
async fn hire(cloud: &Cloud, role: StaffRole) -> (String, String) {
    let (email, first) = (cloud.new_address(), Password::first(runtime::random_bytes()));
    let context = cloud.context().await;
    let new = NewColleague {
        email: email.parse().unwrap(),
        role,
        password: Passwords::default().hash(&first),
        replace_until: Some(cloud.now().plus(Duration::from_hours(72))),
    };
    Staff::new(&context, Actor::operator("test")).hire(new, "a test").await.unwrap();
    (email, first.expose().to_owned())
}

/// Somebody who replaced the first password, turned the second factor on, and is signed in.
pub async fn colleague(cloud: &Cloud, role: StaffRole) -> Colleague {
    let (email, first) = hire(cloud, role).await;
    let (next, challenge) = begin(cloud, &email, &first).await;
    assert_eq!(next, "replace_password");
    let replaced = ask(cloud, "first-password", json!({ "challenge": challenge, "new_password": PASSWORD })).await;
    assert_eq!(replaced.status, 204, "{replaced:?}");
    let (next, challenge) = begin(cloud, &email, PASSWORD).await;
    assert_eq!(next, "enable_second_factor");
    let proposed = ask(cloud, "enable-2fa", json!({ "challenge": challenge })).await;
    let app = App::with(proposed.body["secret"].as_str().unwrap());
    let code = app.code(cloud.now(), 0);
    let confirmed = ask(cloud, "confirm-2fa", json!({ "challenge": challenge, "code": code })).await;
    assert_eq!(confirmed.status, 200, "{confirmed:?}");
    assert_eq!(confirmed.body["backup_codes"].as_array().map(Vec::len), Some(10));
    let text = |name: &str| confirmed.body[name].as_str().unwrap().to_owned();
    let client = cloud.customer_of(&text("user_id"), &text("access_token"));
    Colleague { email, client, refresh: text("refresh_token"), app }
}

async fn change(by: &Customer, of: &Customer, operation: &str, body: Value) -> Answer {
    by.send("POST", &format!("/api/v1/admin/users/{}/{operation}", of.user), Some(&body), &[]).await
}

#[tokio::test]
async fn staff_sign_in_with_a_second_factor() {
    let cloud = Cloud::shared().await;
    let owner = colleague(&cloud, StaffRole::Owner).await;
    let me = owner.client.get("/api/v1/admin/me").await;
    assert_eq!((&me.body["role"], &me.body["email"]), (&json!("owner"), &json!(owner.email)), "{me:?}");

    let (next, challenge) = begin(&cloud, &owner.email, PASSWORD).await;
    assert_eq!(next, "enter_code");
    // A challenge of staff does not sign a customer in, and the other way round.
    let code = owner.app.code(cloud.now(), 1);
    let elsewhere = cloud.auth("second-factor", &json!({ "challenge": challenge, "code": code })).await;
    assert_eq!((elsewhere.status, elsewhere.code()), (410, "challenge_over"));
    let signed_in = ask(&cloud, "second-factor", json!({ "challenge": challenge, "code": code })).await;
    assert_eq!(signed_in.status, 200, "{signed_in:?}");
    let refreshed = ask(&cloud, "refresh", json!({ "refresh_token": owner.refresh })).await;
    assert_eq!(refreshed.status, 200, "{refreshed:?}");
    let token = json!({ "refresh_token": signed_in.body["refresh_token"] });
    let as_customer = cloud.auth("refresh", &token).await;
    assert_eq!((as_customer.status, as_customer.code()), (401, "session_ended"));
    assert_eq!(ask(&cloud, "refresh", token.clone()).await.status, 200);
    let reused = ask(&cloud, "refresh", token).await;
    assert_eq!((reused.status, reused.code()), (401, "session_ended"), "an old token ends its session");
    assert_eq!(owner.client.post("/api/v1/admin/auth/logout").await.status, 204);
    assert_eq!(owner.client.get("/api/v1/admin/me").await.code(), "unauthenticated");
}

#[tokio::test]
async fn a_role_may_what_its_table_says_at_every_endpoint() {
    let cloud = Cloud::shared().await;
    for &role in StaffRole::ALL {
        let client = colleague(&cloud, role).await.client;
        for (method, path, permission, _) in MATRIX.iter().filter(|row| !row.1.ends_with("/logout")) {
            let path = path.replace("{id}", "usr_00000000000000000000000000");
            let body = json!({});
            let answer = client.send(method, &path, (*method == "POST").then_some(&body), &[]).await;
            let is_refused = answer.code() == "missing_scope";
            assert_eq!(is_refused, !role.grants().contains(*permission), "{role}: {method} {path}: {answer:?}");
        }
    }
}

#[tokio::test]
async fn a_first_password_opens_nothing_but_its_replacement() {
    let cloud = Cloud::alone().await;
    let (email, first) = hire(&cloud, StaffRole::Support).await;
    let customers = cloud.auth("login", &json!({ "email": email, "password": first })).await;
    assert_eq!((customers.status, customers.code()), (401, "invalid_credentials"));
    let (_, challenge) = begin(&cloud, &email, &first).await;
    for operation in ["enable-2fa", "second-factor"] {
        let answer = ask(&cloud, operation, json!({ "challenge": challenge, "code": "123456" })).await;
        assert!(answer.status >= 400, "{operation}: {answer:?}");
    }
    let weak = ask(&cloud, "first-password", json!({ "challenge": challenge, "new_password": "password123" })).await;
    assert_eq!(weak.body["errors"][0]["code"], "weak_password");
    let body = json!({ "challenge": challenge, "new_password": PASSWORD });
    assert_eq!(ask(&cloud, "first-password", body.clone()).await.status, 204);
    assert_eq!(ask(&cloud, "first-password", body).await.code(), "link_not_valid", "it works once");
    let old = ask(&cloud, "login", json!({ "email": email, "password": first })).await;
    assert_eq!(old.code(), "invalid_credentials");

    let (late, first) = hire(&cloud, StaffRole::Support).await;
    cloud.advance(72 * 3600 + 1).await;
    let too_late = ask(&cloud, "login", json!({ "email": late, "password": first })).await;
    assert_eq!(too_late.code(), "invalid_credentials", "a first password ends after three days");
}

#[tokio::test]
async fn customers_and_keys_are_not_staff() {
    let cloud = Cloud::shared().await;
    let Person { email, client, .. } = cloud.person().await;
    let refused = ask(&cloud, "login", json!({ "email": email, "password": PASSWORD })).await;
    assert_eq!((refused.status, refused.code()), (401, "invalid_credentials"));
    // A session of a customer who is of the staff has no rights of staff.
    let owner = colleague(&cloud, StaffRole::Owner).await;
    for client in [&client, &cloud.customer(domain::Plan::Pro, "0").await] {
        let answer = client.get("/api/v1/admin/me").await;
        assert_eq!((answer.status, answer.code()), (403, "missing_scope"), "{answer:?}");
    }
    // And a session of staff has no right of customers.
    for path in ["/api/v1/wallet", "/api/v1/me", "/api/v1/verifications"] {
        let answer = owner.client.get(path).await;
        assert_eq!((answer.status, answer.code()), (403, "missing_scope"), "{path}: {answer:?}");
    }
}

#[tokio::test]
async fn a_role_counts_and_ends_at_the_next_request() {
    let cloud = Cloud::shared().await;
    let owner = colleague(&cloud, StaffRole::Owner).await;
    let support = colleague(&cloud, StaffRole::Support).await;
    let audit = format!("/api/v1/admin/audit?account={}", support.client.user);
    assert_eq!(support.client.get(&audit).await.code(), "missing_scope");
    let body = |role: Option<&str>| json!({ "role": role, "reason": "a test" });
    let changed = change(&owner.client, &support.client, "role", body(Some("compliance"))).await;
    assert_eq!((changed.status, &changed.body["role"]), (200, &json!("compliance")), "{changed:?}");
    let lines = support.client.get(&audit).await;
    let line = &lines.body["items"][0];
    assert_eq!(
        (&line["action"], &line["actor"]),
        (&json!("customer.role"), &json!(format!("operator:{}", owner.client.user)))
    );
    assert_eq!((&line["before"]["role"], &line["after"]["role"]), (&json!("support"), &json!("compliance")));
    let listed = owner.client.get("/api/v1/admin/staff").await;
    let has = |email: &str| listed.body["items"].as_array().unwrap().iter().any(|one| one["email"] == email);
    assert!(has(&support.email) && has(&owner.email), "{listed:?}");

    assert_eq!(change(&owner.client, &support.client, "role", body(None)).await.status, 200);
    let after = support.client.get(&audit).await;
    assert_eq!((after.status, after.code()), (401, "unauthenticated"), "a session without a role has ended");
    let refreshed = ask(&cloud, "refresh", json!({ "refresh_token": support.refresh })).await;
    assert_eq!(refreshed.status, 403, "{refreshed:?}");

    // Nobody becomes staff out of nothing.
    let Person { client, .. } = cloud.person().await;
    let early = change(&owner.client, &client, "role", body(Some("support"))).await;
    assert_eq!((early.status, early.code()), (409, "no_second_factor"));
    let own = change(&owner.client, &owner.client, "role", body(None)).await;
    assert_eq!((own.status, own.code()), (403, "account_off_limits"), "so the last owner stays");
}

#[tokio::test]
async fn a_ban_ends_sessions_and_keys_at_the_next_request() {
    let cloud = Cloud::shared().await;
    let support = colleague(&cloud, StaffRole::Support).await;
    let (customer, person) = (cloud.customer(domain::Plan::Pro, "5").await, cloud.person().await);
    let reason = json!({ "reason": "resells numbers" });
    for client in [&customer, &person.client] {
        assert_eq!(client.get("/api/v1/wallet").await.status, 200);
        let banned = change(&support.client, client, "ban", reason.clone()).await;
        assert_eq!((banned.status, &banned.body["active"]), (200, &json!(false)), "{banned:?}");
        let refused = client.get("/api/v1/wallet").await;
        assert_eq!((refused.status, refused.code()), (403, "account_disabled"));
        assert_eq!(change(&support.client, client, "unban", reason.clone()).await.status, 200);
    }
    assert_eq!(customer.get("/api/v1/wallet").await.status, 200, "a key works again");
    assert_eq!(person.client.get("/api/v1/wallet").await.code(), "unauthenticated", "a session does not");
    let again = cloud.signed_in(&person.email, PASSWORD).await;
    assert_eq!(change(&support.client, &again.client, "sign-out", reason.clone()).await.status, 200);
    assert_eq!(again.client.get("/api/v1/wallet").await.code(), "unauthenticated");
    // The customer sees what happened, and not by whom or why.
    let person = cloud.signed_in(&person.email, PASSWORD).await;
    let activity = person.client.get("/api/v1/me/activity").await;
    let line = activity.body["items"].as_array().unwrap().iter().find(|line| line["action"] == "customer.disable");
    assert_eq!(line.unwrap()["actor"], "operator", "{activity:?}");
    assert!(!activity.body.to_string().contains("resells"), "{activity:?}");
    // Colleagues are off limits.
    let analyst = colleague(&cloud, StaffRole::Analyst).await;
    let refused = change(&support.client, &analyst.client, "ban", reason.clone()).await;
    assert_eq!((refused.status, refused.code()), (403, "account_off_limits"));
}

#[tokio::test]
async fn customers_are_found_by_what_they_tell_support() {
    let cloud = Cloud::shared().await;
    let support = colleague(&cloud, StaffRole::Support).await;
    let person = cloud.person().await;
    let order = person.client.buy("discord", "GH", "first").await;
    assert_eq!(order.status, 201, "{order:?}");
    let number = order.body["phone_number"].as_str().unwrap().replace('+', "%2B");
    let id = person.client.user.as_str();
    for q in [id, &person.email, order.order_id().as_str(), &number] {
        let found = support.client.get(&format!("/api/v1/admin/users?q={q}")).await;
        let ids: Vec<_> = found.body["items"].as_array().unwrap().iter().map(|user| &user["id"]).collect();
        assert!(ids.contains(&&json!(id)), "{q}: {found:?}");
    }
    let nobody = support.client.get("/api/v1/admin/users?q=nobody@example.com").await;
    assert_eq!((nobody.status, &nobody.body["items"]), (200, &json!([])));
    let shown = support.client.get(&format!("/api/v1/admin/users/{id}")).await;
    assert_eq!((shown.status, &shown.body["email"]), (200, &json!(person.email)), "{shown:?}");
    assert_eq!(shown.body["sessions"].as_array().map(Vec::len), Some(1));
    let missing = support.client.get("/api/v1/admin/users/usr_00000000000000000000000000").await;
    assert_eq!(missing.code(), "not_found");
}

#[tokio::test]
async fn the_trail_is_searched_by_account_day_and_operator_in_pages() {
    let cloud = Cloud::shared().await;
    let compliance = colleague(&cloud, StaffRole::Compliance).await;
    let person = cloud.person().await;
    for operation in ["ban", "unban", "ban", "unban"] {
        change(&compliance.client, &person.client, operation, json!({ "reason": "a test" })).await;
    }
    let mut seen = Vec::new();
    let mut path = format!("/api/v1/admin/audit?operator={}&limit=3", compliance.client.user);
    loop {
        let page = compliance.client.get(&path).await;
        assert_eq!(page.status, 200, "{page:?}");
        seen.extend(page.body["items"].as_array().unwrap().iter().map(|line| line["id"].as_str().unwrap().to_owned()));
        let Some(next) = page.body["next_cursor"].as_str() else { break };
        path = format!("/api/v1/admin/audit?operator={}&limit=3&cursor={next}", compliance.client.user);
    }
    let mut sorted = seen.clone();
    sorted.sort_by(|a, b| b.cmp(a));
    sorted.dedup();
    assert_eq!((seen.len(), &sorted), (4, &seen), "each line once, newest first");
    let today = compliance.client.get(&format!("/api/v1/admin/audit?day={}&limit=100", cloud.now().day())).await;
    assert!(today.body["items"].as_array().unwrap().iter().any(|line| line["id"] == json!(seen[0])), "{today:?}");
    for bad in ["", "?day=today", "?day=2026-11-21&operator=x"] {
        let answer = compliance.client.get(&format!("/api/v1/admin/audit{bad}")).await;
        assert_eq!(answer.status, 422, "{bad}: {answer:?}");
    }
}

#[tokio::test]
async fn an_idle_session_of_staff_ends() {
    let cloud = Cloud::alone().await;
    let owner = colleague(&cloud, StaffRole::Owner).await;
    cloud.advance(25 * 60).await;
    let refreshed = ask(&cloud, "refresh", json!({ "refresh_token": owner.refresh })).await;
    assert_eq!(refreshed.status, 200, "{refreshed:?}");
    cloud.advance(30 * 60 + 1).await;
    let over = ask(&cloud, "refresh", json!({ "refresh_token": refreshed.body["refresh_token"] })).await;
    assert_eq!((over.status, over.code()), (401, "session_ended"));
}
