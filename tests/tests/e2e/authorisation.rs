//! The authorisation matrix: every endpoint with every kind of caller, with a wrong key, another customer's object and
//! a bad body; and rate limits.

use crate::authenticator::Device;
use domain::{
    Plan,
    access::{Grants, Permission, StaffRole},
};
use namaskah_tests::{
    Cloud,
    matrix::{MATRIX, filled},
};
use serde_json::{Value, json};

/// An account that does not exist.
const NOBODY: &str = "usr_00000000000000000000000000";

#[tokio::test]
async fn unauthorised_requests_are_rejected() {
    let cloud = Cloud::shared().await;
    let owner = cloud.customer(Plan::Pro, "5").await;
    let stranger = cloud.customer(Plan::Pro, "5").await;
    let person = cloud.person().await.client;
    let id = owner.buy("airbnb", "GH", "owner").await.order_id();
    let colleague = crate::staff::colleague(&cloud, StaffRole::Owner).await.client;
    let (signed_in, other_person) = (cloud.person().await, cloud.person().await.client);
    let key_owner = cloud.person().await.client;
    let key = key_owner.make_key(&json!({ "name": "matrix", "scopes": ["wallet:read"] })).await;
    let key = key.body["id"].as_str().unwrap().to_owned();
    let passkey = crate::passkeys::added(&cloud, &key_owner, &mut Device::default()).await;
    let body = json!({ "amount": "50.00", "currency": "USD", "gateway": "paystack" });
    let payment = owner.started(&body, "owner").await.to_string();
    let paid = owner.started(&body, "paid").await;
    cloud.pays("paystack", &paid, json!({})).await;
    let invoice = owner.invoiced(&paid, 1).await[0]["id"].as_str().unwrap().to_owned();
    for (method, path, permission, bad_body) in MATRIX.iter().copied() {
        let is_staff = path.starts_with("/api/v1/admin/");
        let (id, owner, stranger) = if path.contains("/sessions/") {
            (signed_in.session.as_str(), &signed_in.client, &other_person)
        } else if path.contains("/api-keys/") {
            (key.as_str(), &key_owner, &other_person)
        } else if path.contains("/passkeys/{") {
            (passkey.as_str(), &key_owner, &other_person)
        } else if path.contains("/payments/{") {
            (payment.as_str(), &owner, &stranger)
        } else if path.contains("/invoices/{") {
            (invoice.as_str(), &owner, &stranger)
        } else if path.contains("/vouchers/{") {
            ("vch_00000000000000000000000000", &owner, &stranger)
        } else if is_staff {
            (NOBODY, &owner, &stranger)
        } else {
            (id.as_str(), &owner, &stranger)
        };
        let path = filled(path, id);
        let others: Vec<_> = Permission::ALL.iter().copied().filter(|other| *other != permission).collect();
        let weak = cloud.customer_with(Plan::Pro, "0", &others).await;
        let body = json!({});
        let headers = [("idempotency-key", "matrix")];
        let of = |customer: namaskah_tests::Customer| {
            let (path, body) = (path.clone(), body.clone());
            async move { customer.send(method, &path, (method == "POST").then_some(&body), &headers).await }
        };
        // Each from an address of its own: so many rejected requests of one address are limited.
        assert_eq!(of(cloud.stranger()).await.status, 401, "{method} {path} without a key");
        let wrong = stranger.key.replace(&stranger.key[40..44], "0000");
        assert_eq!(
            of(cloud.customer_of(stranger.user.as_str(), &wrong)).await.status,
            401,
            "{method} {path} with a wrong key"
        );
        let refused = of(weak).await;
        assert_eq!((refused.status, refused.code()), (403, "missing_scope"), "{method} {path}");
        assert!(refused.body["request_id"].is_string());
        // The permission is checked first, and no customer has that of the metrics.
        let reader = cloud.customer_with(Plan::Pro, "0", &[permission]).await;
        let able = match permission {
            _ if is_staff => &colleague,
            _ if path.contains(id) => owner,
            Permission::AccountWrite => &person,
            _ => &reader,
        };
        let misspelt =
            able.send(method, &format!("{path}?limmit=2"), (method == "POST").then_some(&body), &headers).await;
        let faults = misspelt.body["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
        assert!(faults.iter().any(|fault| fault["code"] == "unknown_field"), "{method} {path}: {misspelt:?}");
        if is_staff && method == "GET" {
            let unknown = of(colleague.clone()).await;
            assert_eq!(path.contains(id), unknown.status == 404, "{method} {path}: {unknown:?}");
        } else if path.contains(id) && !is_staff {
            let foreign = of(stranger.clone()).await;
            assert_eq!((foreign.status, foreign.code()), (404, "not_found"), "{method} {path}");
            assert_ne!(of(owner.clone()).await.status, 404, "the owner finds it: {method} {path}");
        }
        if let Some((text, field)) = bad_body {
            let wrong: Value = serde_json::from_str(text).unwrap();
            let answer = able.send(method, &path, Some(&wrong), &headers).await;
            assert_eq!(answer.status, 422, "{answer:?}");
            let fields = answer.body["errors"].as_array().unwrap();
            assert!(fields.iter().any(|error| error["field"] == field), "{answer:?}");
        }
    }
    cloud.audit(&owner).await;
}

/// Who calls, and what the tables of permissions say of them.
struct Who {
    name: String,
    client: namaskah_tests::Customer,
    may: Grants,
    /// The problem of one who may not.
    refused: (u16, &'static str),
}

impl Who {
    fn new(name: impl Into<String>, client: &namaskah_tests::Customer, may: Grants) -> Self {
        // So many refused requests of one address are limited, but not of a trusted one.
        Self { name: name.into(), client: client.at("198.18.7.7"), may, refused: (403, "missing_scope") }
    }
}

/// A request with an unknown parameter passes all checks of the caller, is refused after them, and changes nothing.
#[tokio::test]
async fn every_kind_of_caller_may_what_the_tables_say() {
    let cloud = Cloud::shared().await;
    let of = |permissions: &[Permission]| permissions.iter().copied().collect::<Grants>();
    let nothing = Grants::default();
    let person = cloud.person().await.client;
    let keys = cloud.customer_with(Plan::Pro, "0", &Permission::OF_KEYS).await;
    let with_all_scopes = cloud.customer_with(Plan::Pro, "0", Permission::ALL).await;
    let banned = cloud.person().await.client;
    let scopes: Vec<_> = Permission::OF_KEYS.iter().map(|permission| permission.as_str()).collect();
    let made = banned.make_key(&json!({ "name": "matrix", "scopes": scopes })).await;
    let made_for_tests = person.make_key(&json!({ "name": "matrix", "scopes": scopes, "mode": "test" })).await;
    let test_key = person.with_key(made_for_tests.body["key"].as_str().unwrap());
    let banned_key = banned.with_key(made.body["key"].as_str().unwrap());
    cloud.store.accounts().change_profile(&banned.user, store::ProfileChange::Active(false)).await.unwrap();
    let disabled = |who: Who| Who { refused: (403, "account_disabled"), ..who };
    let mut everybody = vec![
        Who { refused: (401, "unauthenticated"), ..Who::new("nobody", &cloud.stranger(), nothing.clone()) },
        Who::new("a session", &person, of(&Permission::OF_SESSIONS)),
        Who::new("a key", &keys, of(&Permission::OF_KEYS)),
        Who::new("a test key", &test_key, of(&Permission::OF_KEYS)),
        // An operator's mistake gives a key no more than a key may have.
        Who::new("a key with all scopes", &with_all_scopes, of(Permission::ALL).of_key()),
        disabled(Who::new("a session of a banned account", &banned, nothing.clone())),
        disabled(Who::new("a key of a banned account", &banned_key, nothing)),
    ];
    for role in StaffRole::ALL.iter().copied() {
        let colleague = crate::staff::colleague(&cloud, role).await.client;
        everybody.push(Who::new(role.as_str(), &colleague, role.grants()));
    }
    let mut wrong = Vec::new();
    for (method, path, permission, _) in MATRIX.iter().copied() {
        let id = if path.contains("/sessions/") {
            "ses_00000000000000000000000000"
        } else if path.contains("/api-keys/") {
            "key_00000000000000000000000000"
        } else if path.starts_with("/api/v1/admin/") {
            NOBODY
        } else {
            "vrf_00000000000000000000000000"
        };
        let target = format!("{}?limmit=2", filled(path, id));
        let (body, headers) = (json!({}), [("idempotency-key", "matrix")]);
        for Who { name, client, may, refused } in &everybody {
            let answer = client.send(method, &target, (method == "POST").then_some(&body), &headers).await;
            let seen = (answer.status, answer.code());
            let is_right = if may.contains(permission) {
                matches!(seen, (422, "validation_failed")) || (path.contains('{') && seen == (404, "not_found"))
            } else {
                seen == *refused
            };
            if !is_right {
                wrong.push(format!("{name}: {method} {path}: {seen:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn strange_requests_get_clear_answers() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Pro, "5").await;
    let good = json!({ "service_name": "whatsapp", "country_code": "GH" });
    let without = customer.send("POST", "/api/v1/verifications", Some(&good), &[]).await;
    assert_eq!((without.status, without.code()), (400, "idempotency_key_required"));
    for (body, field) in [
        (json!({ "service_name": "whatsapp", "country_code": "GH", "user_id": "usr_1" }), "user_id"),
        (json!({ "service_name": "whatsapp", "country_code": "GH", "cost": "0" }), "cost"),
        (json!({ "service_name": "whatsapp", "country_code": "GH", "max_price": -1 }), "max_price"),
        (json!({ "service_name": "whatsapp", "country_code": "GH", "max_price": "1e9" }), "max_price"),
        (json!({ "service_name": "whatsapp", "country_code": "GH", "capability": "fax" }), "capability"),
        (json!({ "service_name": "whatsapp", "country_code": "GH", "tags": { "a": 1 } }), "tags.a"),
    ] {
        let answer = customer.send("POST", "/api/v1/verifications", Some(&body), &[("idempotency-key", "x")]).await;
        assert_eq!((answer.status, &answer.body["errors"][0]["field"]), (422, &json!(field)), "{body}: {answer:?}");
    }
    for twice in [
        r#"{"service_name": "whatsapp", "country_code": "GH", "max_price": "0.01", "max_price": "9"}"#,
        r#"{"service_name": "whatsapp", "country_code": "GH", "tags": {"a": "1", "a": "2"}}"#,
    ] {
        let answer = customer.send_text("/api/v1/verifications", twice, "twice").await;
        assert_eq!((answer.status, answer.code()), (400, "bad_request"), "a repeated name is ambiguous: {answer:?}");
    }
    let marked = "\u{feff}{\"service_name\": \"WhatsApp\"}";
    let answer = customer.send_text("/api/v1/verifications", marked, "marked").await;
    assert_eq!((answer.status, answer.code()), (422, "validation_failed"), "a byte order mark is skipped: {answer:?}");
    for path in ["/api/v1/verifications/vrf_x", "/api/v1/verifications/vrf_%00"] {
        assert!((400..500).contains(&customer.get(path).await.status), "{path}");
    }
    let page = customer.get("/api/v1/verifications?limit=0").await;
    assert_eq!(page.status, 422);
    let cursor = customer.get("/api/v1/wallet/entries?cursor=%00").await;
    assert_eq!((cursor.status, &cursor.body["errors"][0]["field"]), (422, &json!("cursor")));
    assert!(cloud.audit(&customer).await.is_empty());
}

#[tokio::test]
async fn invalid_uris_get_problems() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Pro, "5").await;
    let id = customer.buy("whatsapp", "GH", "raw").await.order_id();
    for (target, status) in [
        ("/api/v1/health?\"<>".to_owned(), 200),
        ("/api/v1/countries?\"".to_owned(), 422),
        (format!("/api/v1/verifications/{id}?<x>=1"), 422),
        (format!("/api/v1/verifications/{id}%23x"), 404),
        (format!("/api/v1/verifications/{id}%3Fwait=1"), 404),
        ("/no\"where".to_owned(), 404),
    ] {
        let answer = customer.get_raw(&target).await;
        assert_eq!(answer.status, status, "{target}: {answer:?}");
        if status >= 400 {
            assert!(answer.headers.contains_key("x-request-id"), "{target}: {answer:?}");
            assert_eq!(answer.body["request_id"], answer.headers["x-request-id"].to_str().unwrap(), "{target}");
        }
    }
}

#[tokio::test]
async fn requests_per_minute_are_limited() {
    let cloud = Cloud::shared().await;
    let customer = cloud.customer(Plan::Starter, "0").await;
    let mut refused = None;
    for n in 1..=230 {
        let answer = customer.get("/api/v1/wallet").await;
        assert!(answer.headers.contains_key("ratelimit") && answer.headers.contains_key("ratelimit-policy"));
        if answer.status == 429 {
            refused = Some((n, answer));
            break;
        }
    }
    let (n, answer) = refused.expect("never rejected");
    assert!(n > 50, "rejected at {n}");
    assert_eq!(answer.code(), "rate_limited");
    assert!(answer.headers.contains_key("retry-after"));
}

#[tokio::test]
async fn rejected_calls_count_too() {
    let cloud = Cloud::shared().await;
    let reader = cloud.customer_with(Plan::Starter, "0", &[Permission::OrdersRead]).await;
    let mut statuses = std::collections::BTreeSet::new();
    for _ in 1..=230 {
        statuses.insert(reader.get("/api/v1/wallet").await.status);
        if statuses.contains(&429) {
            break;
        }
    }
    assert_eq!(statuses, [403, 429].into(), "a key without the scope is limited, too");
}
