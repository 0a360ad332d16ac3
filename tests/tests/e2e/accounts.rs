//! Registration, sign-in and sessions.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    EmailAddress, OrderId, RequestId,
    account::{Device, Password},
    audit::Source,
};
use namaskah_tests::{Cloud, PASSWORD, Person};
use serde_json::json;
use std::time::Instant;
use store::ProfileChange;

/// The password that a stranger registers with.
const STRANGERS: &str = "a stranger's horse battery staple";

#[tokio::test]
async fn a_person_registers_and_buys() {
    let cloud = Cloud::shared().await;
    let email = cloud.new_address();
    let asked = cloud.register(&email).await;
    assert_eq!((asked.status, &asked.body["email"]), (202, &json!(email)), "{asked:?}");

    // Nobody has an account before the address is proved, but who knows the password learns why.
    let early = cloud.auth("login", &json!({ "email": email, "password": PASSWORD })).await;
    assert_eq!((early.status, early.code()), (403, "email_not_verified"));
    let wrong = cloud.auth("login", &json!({ "email": email, "password": "something else entirely" })).await;
    assert_eq!((wrong.status, wrong.code()), (401, "invalid_credentials"));

    let token = cloud.letter(&email, 1).await.token();
    let made = cloud.auth("verify-email", &json!({ "token": token })).await;
    assert_eq!((made.status, &made.body["plan"]), (201, &json!("starter")), "{made:?}");
    let again = cloud.auth("verify-email", &json!({ "token": token })).await;
    assert_eq!((again.status, again.code()), (409, "already_verified"));

    let Person { client, .. } = cloud.signed_in(&email, PASSWORD).await;
    // The included verification.
    assert_eq!(client.wallet().await, ("0.5000".into(), "0.0000".into()));
    let entries = client.get("/api/v1/wallet/entries").await;
    let first = &entries.body["items"][0];
    assert_eq!((&first["kind"], &first["cause"]["kind"]), (&json!("promo"), &json!("registration")), "{entries:?}");
    let bought = client.buy("airbnb", "GH", "first").await;
    assert_eq!(bought.status, 201, "{bought:?}");
    client.wait_for(&bought.order_id(), &["completed"]).await;
    assert_eq!(client.wallet().await, ("0.0000".into(), "0.0000".into()));
    cloud.audit(&client).await;
}

#[tokio::test]
async fn a_session_does_what_a_key_does_and_more() {
    let cloud = Cloud::shared().await;
    let Person { client, .. } = cloud.person().await;
    let order = OrderId::new(cloud.now(), 1);
    for (method, path, permission, _) in namaskah_tests::matrix::MATRIX.iter().copied() {
        if path.starts_with("/api/v1/auth/logout") {
            continue;
        }
        let answer = client.send(method, &namaskah_tests::matrix::filled(path, order.as_str()), None, &[]).await;
        let may = domain::access::Permission::OF_SESSIONS.contains(&permission);
        let refused = [401, 403].contains(&answer.status);
        assert_eq!(refused, !may, "{method} {path}: {answer:?}");
    }
}

#[tokio::test]
async fn nothing_tells_whether_an_address_has_an_account() {
    let cloud = Cloud::shared().await;
    let known = cloud.person().await.email;
    let unknown = cloud.new_address();
    // The password of the registration, too, which a stranger has chosen.
    for operation in ["register", "resend-verification", "forgot-password", "login", "login with the registered one"] {
        let mut answers = Vec::new();
        for email in [&known, &unknown] {
            let body = match operation {
                "register" => json!({ "email": email, "password": STRANGERS, "terms": "2026-11-01" }),
                "login" => json!({ "email": email, "password": "not the right password" }),
                "login with the registered one" => json!({ "email": email, "password": STRANGERS }),
                _ => json!({ "email": email }),
            };
            let answer = cloud.auth(operation.split(' ').next().unwrap(), &body).await;
            let mut body = answer.body.clone();
            for own in ["email", "expires_at", "request_id"] {
                if let Some(body) = body.as_object_mut() {
                    body.remove(own);
                }
            }
            answers.push((answer.status, body));
        }
        assert_eq!(answers[0], answers[1], "{operation}");
    }
    // The owner of the known address learns of the registration, and gets the link for a new password.
    let subjects = [cloud.letter(&known, 2).await.subject, cloud.letter(&known, 3).await.subject];
    assert!(subjects.iter().all(|subject| !subject.to_lowercase().contains("verify")), "{subjects:?}");
    cloud.letter(&unknown, 2).await;
    let letters = cloud.letters(&unknown).await;
    assert!(letters.iter().all(|letter| letter.text.contains("/verify-email#")), "{letters:?}");
}

#[tokio::test]
async fn an_address_has_one_spelling() {
    let cloud = Cloud::shared().await;
    let email = cloud.new_address();
    let shouted = email.to_uppercase();
    assert_eq!(cloud.register(&format!(" {shouted} ")).await.status, 202);
    let token = cloud.letter(&email, 1).await.token();
    assert_eq!(cloud.auth("verify-email", &json!({ "token": token })).await.status, 201);
    cloud.signed_in(&shouted, PASSWORD).await;
    for bad in ["kofi", "kofi@", "kofi@example.com\r\nBcc: x@example.com", "\"kofi\"@example.com"] {
        let answer = cloud.register(bad).await;
        assert_eq!((answer.status, &answer.body["errors"][0]["field"]), (422, &json!("email")), "{bad}: {answer:?}");
    }
}

#[tokio::test]
async fn bad_registrations_get_clear_answers() {
    let cloud = Cloud::shared().await;
    let email = cloud.new_address();
    for (body, field, code) in [
        (json!({ "email": email, "password": "short", "terms": "2026-11-01" }), "password", "weak_password"),
        (json!({ "email": email, "password": "password123456", "terms": "2026-11-01" }), "password", "weak_password"),
        (json!({ "email": email, "password": email, "terms": "2026-11-01" }), "password", "weak_password"),
        (json!({ "email": email, "password": PASSWORD, "terms": "2020-01-01" }), "terms", "outdated_terms"),
        (json!({ "email": email, "password": PASSWORD }), "terms", "required"),
        (
            json!({ "email": email, "password": PASSWORD, "terms": "2026-11-01", "language": "xx" }),
            "language",
            "unknown_value",
        ),
        (
            json!({ "email": email, "password": PASSWORD, "terms": "2026-11-01", "plan": "pro" }),
            "plan",
            "unknown_field",
        ),
    ] {
        let answer = cloud.auth("register", &body).await;
        let error = &answer.body["errors"][0];
        assert_eq!((answer.status, &error["field"], &error["code"]), (422, &json!(field), &json!(code)), "{answer:?}");
        assert!(!answer.body.to_string().contains(PASSWORD), "a password is never repeated");
    }
    let stranger = cloud.stranger();
    let deep = format!("{}1{}", "{\"a\":".repeat(5_000), "}".repeat(5_000));
    for (body, status) in
        [("not json".to_owned(), 400), (deep, 400), ("[]".to_owned(), 400), ("a".repeat(300_000), 413)]
    {
        let url = format!("{}/api/v1/auth/register", cloud.api());
        let answer = cloud.http.post(url).header("content-type", "application/json").body(body).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), status);
    }
    let url = format!("{}/api/v1/auth/login", cloud.api());
    let form = cloud.http.post(url).header("content-type", "application/x-www-form-urlencoded").body("email=a").send();
    assert_eq!(form.await.unwrap().status().as_u16(), 415);
    assert_eq!(stranger.get("/api/v1/wallet").await.status, 401);
}

#[tokio::test]
async fn a_refresh_token_works_once_and_its_reuse_ends_the_session() {
    let cloud = Cloud::shared().await;
    let person = cloud.person().await;
    let refresh = |token: String| {
        let cloud = &cloud;
        async move { cloud.auth("refresh", &json!({ "refresh_token": token })).await }
    };
    let next = refresh(person.refresh.clone()).await;
    assert_eq!(next.status, 200, "{next:?}");
    let newest = next.body["refresh_token"].as_str().unwrap().to_owned();
    let client = person.client.with_key(next.body["access_token"].as_str().unwrap());
    assert_eq!(client.get("/api/v1/wallet").await.status, 200);

    let reused = refresh(person.refresh.clone()).await;
    assert_eq!((reused.status, reused.code()), (401, "session_ended"), "{reused:?}");
    // The family has ended: its newest tokens, too.
    assert_eq!(refresh(newest).await.code(), "session_ended");
    for ended in [&client, &person.client] {
        let answer = ended.get("/api/v1/wallet").await;
        assert_eq!((answer.status, answer.code()), (401, "unauthenticated"), "{answer:?}");
    }
    for bad in ["", "nsr_x", &person.refresh[1..]] {
        assert_eq!(refresh(bad.to_owned()).await.status, 422, "{bad}");
    }
    let nobodys = person.refresh.replace(&person.client.user.ulid()[..4], "7ZZZ");
    assert_eq!(refresh(nobodys).await.code(), "session_ended");
    // Who knows only the names of person and session can't end it.
    let other = cloud.signed_in(&person.email, PASSWORD).await;
    let made_up = format!("{}{}", &other.refresh[..56], "0".repeat(52));
    assert_eq!(refresh(made_up).await.code(), "session_ended");
    assert_eq!(other.client.get("/api/v1/wallet").await.status, 200);
    assert_eq!(cloud.auth("refresh", &json!({})).await.code(), "session_ended", "no token at all");
}

#[tokio::test]
async fn two_refreshes_at_once_end_the_session() {
    let cloud = Cloud::shared().await;
    let person = cloud.person().await;
    let body = json!({ "refresh_token": person.refresh });
    let (one, two) = tokio::join!(cloud.auth("refresh", &body), cloud.auth("refresh", &body));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 401], "{one:?} {two:?}");
    let winner = if one.status == 200 { one } else { two };
    let next = json!({ "refresh_token": winner.body["refresh_token"] });
    assert_eq!(cloud.auth("refresh", &next).await.code(), "session_ended");
}

/// The header that only our own pages send.
const OUR_PAGE: (&str, &str) = ("x-csrf-protection", "1");

#[tokio::test]
async fn a_browser_keeps_the_refresh_token_in_a_cookie() {
    let cloud = Cloud::shared().await;
    let email = cloud.person().await.email;
    let body = json!({ "email": email, "password": PASSWORD, "use_cookie": true });
    let from_elsewhere = cloud.auth("login", &body).await;
    assert_eq!((from_elsewhere.status, from_elsewhere.code()), (403, "csrf_header_required"), "{from_elsewhere:?}");
    let signed_in = cloud.stranger().send("POST", "/api/v1/auth/login", Some(&body), &[OUR_PAGE]).await;
    assert_eq!((signed_in.status, &signed_in.body["refresh_token"]), (200, &json!(null)), "{signed_in:?}");
    let cookie = signed_in.headers["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.ends_with("HttpOnly; Secure; SameSite=Strict"), "{cookie}");
    let cookie = cookie.split(';').next().unwrap().to_owned();
    let send = |headers: Vec<(&'static str, String)>| {
        let stranger = cloud.stranger();
        async move {
            let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
            stranger.send("POST", "/api/v1/auth/refresh", Some(&json!({})), &headers).await
        }
    };
    let forged = send(vec![("cookie", cookie.clone())]).await;
    assert_eq!((forged.status, forged.code()), (403, "csrf_header_required"), "another site can send only the cookie");
    let refreshed = send(vec![("cookie", cookie), ("x-csrf-protection", "1".to_owned())]).await;
    assert_eq!((refreshed.status, &refreshed.body["refresh_token"]), (200, &json!(null)), "{refreshed:?}");
    assert!(refreshed.headers.contains_key("set-cookie"));
}

#[tokio::test]
async fn a_person_signs_out_with_the_refresh_token_alone() {
    let cloud = Cloud::shared().await;
    let person = cloud.person().await;
    let next = cloud.auth("refresh", &json!({ "refresh_token": person.refresh })).await;
    assert_eq!(next.status, 200, "{next:?}");
    // One that was invented ends nothing, and gets the same answer.
    let invented = format!("{}{}", &person.refresh[..56], "0".repeat(52));
    assert_eq!(cloud.auth("logout", &json!({ "refresh_token": invented })).await.status, 204);
    let client = person.client.with_key(next.body["access_token"].as_str().unwrap());
    assert_eq!(client.get("/api/v1/wallet").await.status, 200);
    for _ in 0..2 {
        let left = cloud.auth("logout", &json!({ "refresh_token": next.body["refresh_token"] })).await;
        assert_eq!(left.status, 204, "{left:?}");
        assert!(left.headers["set-cookie"].to_str().unwrap().contains("Max-Age=0"));
    }
    assert_eq!(client.get("/api/v1/wallet").await.code(), "unauthenticated");
    assert_eq!(cloud.auth("logout", &json!({})).await.status, 401, "nothing says which session");

    // A browser sends the cookie, and its header; a refused refresh removes the cookie.
    let body = json!({ "email": person.email, "password": PASSWORD, "use_cookie": true });
    let signed_in = cloud.stranger().send("POST", "/api/v1/auth/login", Some(&body), &[OUR_PAGE]).await;
    let cookie = signed_in.headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
    let send = async |operation: &str, headers: &[(&str, &str)]| {
        let path = format!("/api/v1/auth/{operation}");
        cloud.stranger().send("POST", &path, Some(&json!({})), headers).await
    };
    let forged = send("logout", &[("cookie", &cookie)]).await;
    assert_eq!((forged.status, forged.code()), (403, "csrf_header_required"), "another site can't sign anybody out");
    let own = [("cookie", cookie.as_str()), OUR_PAGE];
    assert_eq!(send("logout", &own).await.status, 204);
    let refused = send("refresh", &own).await;
    assert_eq!((refused.status, refused.code()), (401, "session_ended"));
    assert!(refused.headers["set-cookie"].to_str().unwrap().contains("Max-Age=0"), "{refused:?}");
    let forged = send("refresh", &own[..1]).await;
    assert!(!forged.headers.contains_key("set-cookie"), "another site can't remove the cookie");
}

#[tokio::test]
async fn a_sign_in_on_a_new_device_is_told() {
    let cloud = Cloud::shared().await;
    let email = cloud.person().await.email;
    let body = json!({ "email": email, "password": PASSWORD });
    let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0";
    let signed_in = cloud.stranger().send("POST", "/api/v1/auth/login", Some(&body), &[("user-agent", firefox)]).await;
    assert_eq!(signed_in.status, 200, "{signed_in:?}");
    let told = cloud.letter(&email, 2).await;
    assert!(told.text.contains("Firefox on Linux") && told.text.contains(".0/24"), "{told:?}");
}

#[tokio::test]
async fn whatever_ends_a_session_ends_its_access_token_at_once() {
    let cloud = Cloud::shared().await;
    let person = cloud.person().await;
    let sign_in = || cloud.signed_in(&person.email, PASSWORD);
    let ended = |client: namaskah_tests::Customer, code: &'static str| async move {
        let started = Instant::now();
        let answer = client.get("/api/v1/wallet").await;
        assert_eq!(answer.code(), code, "{answer:?}");
        assert!(started.elapsed().as_secs() < 5);
    };
    // One session, then all.
    let (one, two) = (sign_in().await, sign_in().await);
    assert_eq!(one.client.post("/api/v1/auth/logout").await.status, 204);
    ended(one.client.clone(), "unauthenticated").await;
    assert_eq!(cloud.auth("refresh", &json!({ "refresh_token": one.refresh })).await.code(), "session_ended");
    assert_eq!(two.client.get("/api/v1/wallet").await.status, 200);
    let three = sign_in().await;
    assert_eq!(three.client.post("/api/v1/auth/logout-all").await.status, 204);
    for client in [&two.client, &three.client, &person.client] {
        ended(client.clone(), "unauthenticated").await;
    }
    // A ban.
    let four = sign_in().await;
    let accounts = cloud.store.accounts();
    accounts.change_profile(&four.client.user, ProfileChange::Active(false)).await.unwrap();
    ended(four.client.clone(), "account_disabled").await;
    let banned = cloud.auth("login", &json!({ "email": person.email, "password": PASSWORD })).await;
    assert_eq!((banned.status, banned.code()), (403, "account_disabled"));
    assert_eq!(cloud.auth("refresh", &json!({ "refresh_token": four.refresh })).await.code(), "session_ended");
    // The end of the ban does not bring the sessions back.
    accounts.change_profile(&four.client.user, ProfileChange::Active(true)).await.unwrap();
    ended(four.client, "unauthenticated").await;
}

#[tokio::test]
async fn a_person_sees_and_changes_the_account() {
    let cloud = Cloud::shared().await;
    let person = cloud.person().await;
    let me = person.client.get("/api/v1/me").await;
    assert_eq!(
        (me.status, &me.body["email"], &me.body["language"]),
        (200, &json!(person.email), &json!("en")),
        "{me:?}"
    );
    let changed = person.client.send("PATCH", "/api/v1/me", Some(&json!({ "language": "fr" })), &[]).await;
    assert_eq!((changed.status, &changed.body["language"]), (200, &json!("fr")), "{changed:?}");
    let nothing = person.client.send("PATCH", "/api/v1/me", Some(&json!({})), &[]).await;
    assert_eq!((nothing.status, &nothing.body["language"]), (200, &json!("fr")));

    let other = cloud.signed_in(&person.email, PASSWORD).await;
    let sessions = person.client.get("/api/v1/me/sessions").await;
    let current = |session: &str| {
        let items = sessions.body["items"].as_array().unwrap();
        items.iter().find(|item| item["id"] == session).map(|item| item["current"].clone())
    };
    assert_eq!(current(&person.session), Some(json!(true)), "{sessions:?}");
    assert_eq!(current(&other.session), Some(json!(false)), "{sessions:?}");
    let path = format!("/api/v1/me/sessions/{}", other.session);
    assert_eq!(person.client.send("DELETE", &path, None, &[]).await.status, 204);
    assert_eq!(other.client.get("/api/v1/me").await.code(), "unauthenticated");
    assert_eq!(person.client.send("DELETE", &path, None, &[]).await.status, 204, "again");
    let sessions = person.client.get("/api/v1/me/sessions").await;
    assert_eq!(sessions.body["items"].as_array().unwrap().len(), 1, "{sessions:?}");
    // Letters come in the new language.
    cloud.auth("forgot-password", &json!({ "email": person.email })).await;
    let letters = cloud.letters(&person.email).await.len();
    let newest = cloud.letter(&person.email, letters.max(2)).await;
    assert!(newest.subject.contains("mot de passe"), "{newest:?}");
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_once() {
    let cloud = Cloud::shared().await;
    let person = cloud.person().await;
    for _ in 0..2 {
        assert_eq!(cloud.auth("forgot-password", &json!({ "email": person.email })).await.status, 202);
    }
    let (first, second) = (cloud.letter(&person.email, 2).await.token(), cloud.letter(&person.email, 3).await.token());
    assert_ne!(first, second);
    let weak = cloud.auth("reset-password", &json!({ "token": first, "password": "short" })).await;
    assert_eq!((weak.status, &weak.body["errors"][0]["code"]), (422, &json!("weak_password")), "the link still works");
    let personal = cloud.auth("reset-password", &json!({ "token": first, "password": person.email })).await;
    assert_eq!((personal.status, &personal.body["errors"][0]["code"]), (422, &json!("weak_password")), "{personal:?}");
    let new = |n: u32| format!("another horse battery staple {n}");
    let reset = |token: &str, n: u32| {
        let body = json!({ "token": token, "password": new(n) });
        let cloud = &cloud;
        async move { cloud.auth("reset-password", &body).await }
    };
    let (one, two) = tokio::join!(reset(&first, 1), reset(&first, 2));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 410], "{one:?} {two:?}");
    assert_eq!(reset(&second, 3).await.code(), "link_not_valid", "a new password ends all other links");
    assert_eq!(person.client.get("/api/v1/wallet").await.status, 401, "and all sessions");
    let old = cloud.auth("login", &json!({ "email": person.email, "password": PASSWORD })).await;
    assert_eq!(old.code(), "invalid_credentials");
    cloud.signed_in(&person.email, &new(if one.status == 204 { 1 } else { 2 })).await;
    let told = cloud.letter(&person.email, 4).await;
    assert!(told.subject.to_lowercase().contains("password"), "{told:?}");
}

#[tokio::test]
async fn a_changed_password_ends_all_other_sessions() {
    let cloud = Cloud::shared().await;
    let person = cloud.person().await;
    let other = cloud.signed_in(&person.email, PASSWORD).await;
    let change = |current: &str, new: &str| {
        let body = json!({ "current_password": current, "new_password": new });
        let client = person.client.clone();
        async move { client.send("POST", "/api/v1/me/password", Some(&body), &[]).await }
    };
    let wrong = change("not my password", "another horse battery staple").await;
    assert_eq!((wrong.status, wrong.code()), (403, "wrong_password"));
    let weak = change(PASSWORD, "1234567890").await;
    assert_eq!((weak.status, &weak.body["errors"][0]["field"]), (422, &json!("new_password")));
    let changed = change(PASSWORD, "another horse battery staple").await;
    assert_eq!(changed.status, 200, "{changed:?}");
    let client = person.client.with_key(changed.body["access_token"].as_str().unwrap());
    assert_eq!(client.get("/api/v1/wallet").await.status, 200);
    for ended in [&person, &other] {
        assert_eq!(ended.client.get("/api/v1/wallet").await.code(), "unauthenticated");
        assert_eq!(cloud.auth("refresh", &json!({ "refresh_token": ended.refresh })).await.code(), "session_ended");
    }
    cloud.signed_in(&person.email, "another horse battery staple").await;
}

#[tokio::test]
async fn links_and_tokens_expire() {
    let cloud = Cloud::alone().await;
    let person = cloud.person().await;
    let email = cloud.new_address();
    cloud.register(&email).await;
    cloud.auth("forgot-password", &json!({ "email": person.email })).await;
    let (proof, reset) = (cloud.letter(&email, 1).await.token(), cloud.letter(&person.email, 2).await.token());
    cloud.advance(901).await;
    let expired = person.client.get("/api/v1/wallet").await;
    assert_eq!((expired.status, expired.code()), (401, "token_expired"), "{expired:?}");
    let refreshed = cloud.auth("refresh", &json!({ "refresh_token": person.refresh })).await;
    assert_eq!(refreshed.status, 200, "{refreshed:?}");
    cloud.advance(2_700).await;
    let late = cloud.auth("reset-password", &json!({ "token": reset, "password": "another horse battery" })).await;
    assert_eq!((late.status, late.code()), (410, "link_not_valid"));
    cloud.advance(24 * 3600).await;
    assert_eq!(cloud.auth("verify-email", &json!({ "token": proof })).await.code(), "link_not_valid");
    cloud.advance(30 * 24 * 3600).await;
    let over = cloud.auth("refresh", &json!({ "refresh_token": refreshed.body["refresh_token"] })).await;
    assert_eq!(over.code(), "session_ended");
}

#[tokio::test]
async fn a_new_key_signs_and_the_old_one_still_verifies() {
    let cloud = Cloud::alone().await;
    let person = cloud.person().await;
    let kids = || async {
        let set = cloud.stranger().get("/.well-known/jwks.json").await;
        assert_eq!(set.status, 200, "{set:?}");
        set.body["keys"]
            .as_array()
            .unwrap()
            .iter()
            .map(|key| key["kid"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    cloud.invoke("AuthRotateKeysFunction", &json!({})).await;
    let published = kids().await;
    let next = published.last().unwrap().clone();
    assert_eq!(person.client.get("/api/v1/wallet").await.status, 200, "a token of the old key");
    cloud.advance(3_601 + 600).await;
    // The key that was published as the next one signs now.
    cloud.invoke("AuthRotateKeysFunction", &json!({})).await;
    let rotated = kids().await;
    assert!(rotated.contains(&next) && rotated.last() != Some(&next), "{published:?} {rotated:?}");
    // Functions read the secret again within ten minutes.
    cloud.advance(601).await;
    let refreshed = cloud.auth("refresh", &json!({ "refresh_token": person.refresh })).await;
    let token = refreshed.body["access_token"].as_str().unwrap();
    assert_eq!(kid_of(token), next, "a token of the new key");
    assert_eq!(person.client.with_key(token).get("/api/v1/wallet").await.status, 200);
    cloud.advance(3_601).await;
    assert_eq!(kids().await.len(), 2, "the old keys have ended; the one that signs and the next one are there");
}

/// The name of the key in a token's header.
fn kid_of(token: &str) -> String {
    let header = URL_SAFE_NO_PAD.decode(token.split('.').next().unwrap()).unwrap();
    let header: serde_json::Value = serde_json::from_slice(&header).unwrap();
    header["kid"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn failures_lock_a_network_and_never_the_owner() {
    let cloud = Cloud::shared().await;
    let person = cloud.person().await;
    let context = cloud.context().await;
    let email: EmailAddress = person.email.parse().unwrap();
    let try_from = |network: &str, password: &str| {
        let (context, email, password) = (context.clone(), email.clone(), password.parse::<Password>().unwrap());
        let request_id = RequestId::new(cloud.now(), 1);
        let client: accounts::Client =
            Source { address: network.parse().unwrap(), device: Device::of(""), request_id }.into();
        async move {
            accounts::sign_in(&context, &email, &password, &client).await.map(|_| ()).map_err(|error| error.to_string())
        }
    };
    // Thirty at once: no more than five are tried.
    let thirty = (0..30).map(|_| try_from("203.0.113.7", "not the right password"));
    let results = futures_util::future::join_all(thirty).await;
    let tried = results.iter().filter(|result| **result == Err("wrong address or password".to_owned())).count();
    assert_eq!(tried, 5, "{results:?}");
    let locked = try_from("203.0.113.200", PASSWORD).await;
    assert!(locked.is_err_and(|error| error.contains("too many")), "the whole network, even with the right password");
    assert_eq!(try_from("198.51.100.7", PASSWORD).await, Ok(()), "the owner in another network");
    // Successes do not count.
    for _ in 0..8 {
        assert_eq!(try_from("192.0.2.7", PASSWORD).await, Ok(()));
    }
}

#[tokio::test]
async fn forged_tokens_are_refused() {
    let cloud = Cloud::shared().await;
    let person = cloud.person().await;
    let parts: Vec<_> = person.client.key.split('.').map(str::to_owned).collect();
    let [header, body, signature] = parts.as_slice() else { panic!("not a token") };
    // {"alg":"none","typ":"JWT"} and {"alg":"HS256","typ":"JWT"}
    let none = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0";
    let shared = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9";
    let flipped = format!("{}{}", &signature[..signature.len() - 4], "AAAA");
    for forged in [
        format!("{none}.{body}."),
        format!("{none}.{body}.{signature}"),
        format!("{shared}.{body}.{signature}"),
        format!("{header}.{body}.{flipped}"),
        format!("{header}.{body}"),
        format!("{header}.{body}.{signature}.{signature}"),
        format!("{header}.{}.{signature}", body.replace(&body[10..14], "AAAA")),
    ] {
        let answer = person.client.with_key(&forged).get("/api/v1/wallet").await;
        assert_eq!((answer.status, answer.code()), (401, "unauthenticated"), "{forged}");
    }
    assert_eq!(person.client.get("/api/v1/wallet").await.status, 200);
}
