//! Sign-in with Google: who gets in, whose account it is, and everything that can be wrong on the way.

use crate::second_factor::Guarded;
use domain::{
    Actor, AuditId, Plan, UserId,
    account::{Allowed, GoogleSubject},
    audit::{Action, AuditLine},
};

use lambda_http::{http::Request, tower::ServiceExt};
use namaskah_tests::{Answer, Cloud, Customer, PASSWORD, Person};
use reqwest::{Url, redirect::Policy};
use serde_json::{Value, json};
use store::{Credentials, NewAccount, Profile, ProfileChange};

/// A browser, with its cookie.
#[derive(Clone)]
struct Browser {
    client: Customer,
    cookie: String,
}

/// A sign-in or a link that was begun, and its code, once the person was at Google.
#[derive(Clone)]
struct Trip {
    state: String,
    code: String,
}

impl Trip {
    /// Lets the person with this address sign in at Google.
    async fn of(cloud: &Cloud, begun: &Answer, email: &str) -> Self {
        assert_eq!(begun.status, 200, "{begun:?}");
        cloud.identity("approvals", json!({ "email": email, "times": 1 })).await;
        let url = format!("{}&login_hint={email}", begun.body["authorization_url"].as_str().unwrap());
        let http = reqwest::Client::builder().redirect(Policy::none()).build().unwrap();
        let answer = http.get(url).send().await.unwrap();
        let location = answer.headers().get("location").unwrap_or_else(|| panic!("{answer:?}")).to_str().unwrap();
        let (page, given) = (format!("{}/sign-in/google?", cloud.api()), Url::parse(location).unwrap());
        assert!(location.starts_with(&page), "{location}");
        let told = |name: &str| given.query_pairs().find(|(known, _)| known == name).unwrap().1.into_owned();
        assert_eq!(told("state"), begun.body["state"].as_str().unwrap());
        Self { state: told("state"), code: told("code") }
    }

    fn body(&self) -> Value {
        json!({ "state": self.state, "code": self.code })
    }
}

impl Browser {
    /// Begins a sign-in.
    async fn new(cloud: &Cloud, body: &Value) -> (Self, Answer) {
        let client = cloud.stranger();
        let begun = client.send("POST", "/api/v1/auth/google/start", Some(body), &[]).await;
        let set = begun.headers.get("set-cookie").map(|value| value.to_str().unwrap()).unwrap_or_default();
        let cookie = set.split(';').next().unwrap_or_default().to_owned();
        (Self { client, cookie }, begun)
    }

    /// Begins a sign-in, and lets the person with this address sign in at Google.
    async fn back(cloud: &Cloud, email: &str) -> (Self, Trip) {
        let (browser, begun) = Self::new(cloud, &json!({ "terms": "2026-11-01", "redirect": "/account" })).await;
        let trip = Trip::of(cloud, &begun, email).await;
        (browser, trip)
    }

    async fn finish(&self, trip: &Trip) -> Answer {
        let headers = [("cookie", self.cookie.as_str())];
        self.client.send("POST", "/api/v1/auth/google/finish", Some(&trip.body()), &headers).await
    }
}

/// The whole sign-in.
pub async fn sign_in(cloud: &Cloud, email: &str) -> Answer {
    let (browser, trip) = Browser::back(cloud, email).await;
    browser.finish(&trip).await
}

pub async fn link(cloud: &Cloud, client: &Customer, email: &str) -> Answer {
    let begun = begin_link(client).await;
    let trip = Trip::of(cloud, &begun, email).await;
    client.send("POST", "/api/v1/me/google/finish", Some(&trip.body()), &[]).await
}

async fn begin_link(client: &Customer) -> Answer {
    client.send("POST", "/api/v1/me/google/start", Some(&json!({ "password": PASSWORD })), &[]).await
}

async fn unlink(client: &Customer, password: &str) -> Answer {
    client.send("DELETE", "/api/v1/me/google", Some(&json!({ "password": password })), &[]).await
}

pub fn signed_in(cloud: &Cloud, answer: &Answer) -> Customer {
    assert_eq!(answer.status, 200, "{answer:?}");
    cloud.customer_of(answer.body["user_id"].as_str().unwrap(), answer.body["access_token"].as_str().unwrap())
}

async fn has_account(cloud: &Cloud, email: &str) -> bool {
    cloud.store.accounts().with_email(&email.parse().unwrap()).await.unwrap().is_some()
}

async fn subject(cloud: &Cloud, client: &Customer) -> GoogleSubject {
    let profile: Profile = cloud.store.record(&client.user, &()).await.unwrap().unwrap();
    profile.google.unwrap().subject
}

#[tokio::test]
async fn a_new_person_gets_an_account_without_a_password() {
    let cloud = Cloud::shared().await;
    let email = cloud.new_address();
    let first = sign_in(&cloud, &email).await;
    assert_eq!(first.body["redirect"], "/account");
    let client = signed_in(&cloud, &first);
    // The included verification, once.
    assert_eq!(client.wallet().await, ("0.5000".into(), "0.0000".into()));
    let bought = client.buy("uber", "GH", "first").await;
    assert_eq!(bought.status, 201, "{bought:?}");
    let profile = client.get("/api/v1/me").await;
    assert_eq!((&profile.body["email"], &profile.body["google"]["email"]), (&json!(email), &json!(email)));
    assert_eq!(profile.body["terms_version"], "2026-11-01");

    let again = signed_in(&cloud, &sign_in(&cloud, &email.to_uppercase()).await);
    assert_eq!(again.user, client.user);
    let sessions = again.get("/api/v1/me/sessions").await;
    let ways: Vec<_> = sessions.body["items"].as_array().unwrap().iter().map(|one| &one["sign_in"]).collect();
    assert_eq!(ways, ["google", "google"]);
    let lines = cloud.store.audit().of_account(&client.user, 10, None).await.unwrap().items;
    let actions: Vec<_> = lines.iter().map(|line| line.action.as_str()).collect();
    assert_eq!(actions, ["sign_in", "sign_in", "account_created"]);

    // Without a password the link can't end, and nobody signs in by an empty one.
    let refused = unlink(&again, PASSWORD).await;
    assert_eq!((refused.status, refused.code()), (403, "wrong_password"));
    let login = cloud.auth("login", &json!({ "email": email, "password": PASSWORD })).await;
    assert_eq!((login.status, login.code()), (401, "invalid_credentials"));
    // A link sets the first password.
    assert_eq!(cloud.auth("forgot-password", &json!({ "email": email })).await.status, 202);
    let token = cloud.letter_with(&email, &["#token="]).await.token();
    let set = cloud.auth("reset-password", &json!({ "token": token, "password": PASSWORD })).await;
    assert!(set.status < 300, "{set:?}");
    let Person { client: by_password, .. } = cloud.signed_in(&email, PASSWORD).await;
    assert_eq!(by_password.user, client.user);
    cloud.audit(&client).await;
}

#[tokio::test]
async fn an_address_with_an_account_is_never_linked_silently() {
    let cloud = Cloud::shared().await;
    let Person { email, client, .. } = cloud.person().await;
    let refused = sign_in(&cloud, &email).await;
    assert_eq!((refused.status, refused.code()), (409, "link_account"), "{refused:?}");

    let wrong =
        client.send("POST", "/api/v1/me/google/start", Some(&json!({ "password": "not the right one" })), &[]).await;
    assert_eq!((wrong.status, wrong.code()), (403, "wrong_password"));
    let none = unlink(&client, PASSWORD).await;
    assert_eq!((none.status, none.code()), (409, "google_not_linked"));
    // An account at Google of any address.
    let other = cloud.new_address();
    let linked = link(&cloud, &client, &other).await;
    assert_eq!(linked.status, 204, "{linked:?}");
    let twice = begin_link(&client).await;
    assert_eq!((twice.status, twice.code()), (409, "google_linked"));
    assert_eq!(signed_in(&cloud, &sign_in(&cloud, &other).await).user, client.user);
    assert!(!has_account(&cloud, &other).await);
    cloud.letter_with(&email, &["linked with an account at Google, which"]).await;

    // It is in use, for everybody else.
    let stranger = cloud.person().await;
    let taken = link(&cloud, &stranger.client, &other).await;
    assert_eq!((taken.status, taken.code()), (409, "google_taken"), "{taken:?}");

    let ended = unlink(&client, PASSWORD).await;
    assert_eq!(ended.status, 204, "{ended:?}");
    cloud.letter_with(&email, &["no longer linked"]).await;
    let refused = sign_in(&cloud, &email).await;
    assert_eq!(refused.code(), "link_account", "its own address is not linked either");
    let linked = link(&cloud, &stranger.client, &other).await;
    assert_eq!(linked.status, 204, "it is free again: {linked:?}");
    let lines = cloud.store.audit().of_account(&client.user, 10, None).await.unwrap().items;
    let actions: Vec<_> = lines.iter().map(|line| line.action.as_str()).collect();
    assert!(actions.starts_with(&["google_unlinked", "sign_in", "google_linked"]), "{actions:?}");
}

#[tokio::test]
async fn the_account_at_google_decides_not_its_address() {
    let cloud = Cloud::shared().await;
    let email = cloud.new_address();
    let client = signed_in(&cloud, &sign_in(&cloud, &email).await);
    // The address was given to somebody else at Google.
    cloud.identity("plan", json!({ "fault": "another_subject", "email": email })).await;
    let other = sign_in(&cloud, &email).await;
    assert_eq!((other.status, other.code()), (409, "link_account"), "{other:?}");
    // An account that staff made has no password, and is not taken over either.
    let (made, now) = (cloud.new_address(), cloud.now());
    let random = || u128::from_be_bytes(runtime::random_bytes());
    let id = UserId::new(now, random());
    let profile = Profile::new(id.clone(), made.parse().unwrap(), Plan::Pro, now);
    let action = Action::CustomerCreate;
    let line = AuditLine::new(AuditId::new(now, random()), Actor::operator("ama"), action, id.as_str()).of(&id);
    cloud.store.create_customer(NewAccount { profile, credentials: None }, &line).await.unwrap();
    let refused = sign_in(&cloud, &made).await;
    assert_eq!((refused.status, refused.code()), (409, "link_account"));
    assert_eq!(signed_in(&cloud, &sign_in(&cloud, &email).await).user, client.user);
}

#[tokio::test]
async fn a_second_factor_is_asked_for() {
    let cloud = Cloud::shared().await;
    let Guarded { person, backup_codes, .. } = Guarded::new(&cloud).await;
    let proof = json!({ "password": PASSWORD, "code": backup_codes[1] });
    let begun = person.client.send("POST", "/api/v1/me/google/start", Some(&proof), &[]).await;
    let trip = Trip::of(&cloud, &begun, &person.email).await;
    let linked = person.client.send("POST", "/api/v1/me/google/finish", Some(&trip.body()), &[]).await;
    assert_eq!(linked.status, 204, "{linked:?}");
    let first = sign_in(&cloud, &person.email).await;
    assert_eq!((first.status, first.code()), (403, "second_factor_required"), "{first:?}");
    assert!(first.body["access_token"].is_null() && first.body["redirect"] == "/account");
    let step = json!({ "challenge": first.body["challenge"], "code": backup_codes[0] });
    let client = signed_in(&cloud, &cloud.auth("second-factor", &step).await);
    assert_eq!(client.user, person.client.user);
    let sessions = client.get("/api/v1/me/sessions").await;
    let newest = &sessions.body["items"][0];
    assert_eq!((&newest["sign_in"], &newest["second_factor"]), (&json!("google"), &json!("backup_code")));
    // A blocked account stays blocked.
    let blocked = cloud.store.accounts().change_profile(&client.user, ProfileChange::Active(false)).await;
    assert!(blocked.unwrap().is_some());
    let refused = sign_in(&cloud, &person.email).await;
    assert_eq!((refused.status, refused.code()), (403, "account_disabled"));
}

#[tokio::test]
async fn a_deleted_account_frees_the_account_at_google() {
    let cloud = Cloud::shared().await;
    let person = cloud.person().await;
    assert_eq!(link(&cloud, &person.client, &person.email).await.status, 204);
    let subject = subject(&cloud, &person.client).await;
    let body = json!({ "password": PASSWORD, "waive_balance": true });
    let deleted = person.client.send("DELETE", "/api/v1/me", Some(&body), &[]).await;
    assert_eq!(deleted.status, 204, "{deleted:?}");
    assert_eq!(cloud.store.accounts().with_google(&subject).await.unwrap(), None);
    let newcomer = signed_in(&cloud, &sign_in(&cloud, &person.email).await);
    assert_ne!(newcomer.user, person.client.user);
    assert_eq!(newcomer.wallet().await.0, "0.0000", "the address had its included verification");
}

#[tokio::test]
async fn tokens_that_are_not_for_us_are_refused() {
    let cloud = Cloud::shared().await;
    for (fault, detail) in [
        ("email_unverified", "verified"),
        ("email_missing", "verified"),
        ("not_hosted", "whose this address is"),
        ("wrong_nonce", "not valid"),
        ("wrong_audience", "not valid"),
        ("wrong_issuer", "not valid"),
        ("expired_token", "not valid"),
        ("not_yet_valid", "not valid"),
        ("unknown_key", "not valid"),
        ("wrong_signature", "not valid"),
        ("alg_none", "not valid"),
        ("hs256_with_public_key", "not valid"),
    ] {
        let email = cloud.new_address();
        cloud.identity("plan", json!({ "fault": fault, "email": email })).await;
        let (browser, trip) = Browser::back(&cloud, &email).await;
        let refused = browser.finish(&trip).await;
        assert_eq!((refused.status, refused.code()), (403, "google_refused"), "{fault}: {refused:?}");
        assert!(refused.body["detail"].as_str().unwrap().contains(detail), "{fault}: {refused:?}");
        assert!(!refused.headers.contains_key("set-cookie") && !has_account(&cloud, &email).await, "{fault}");
        assert_eq!(browser.finish(&trip).await.code(), "google_sign_in_over", "{fault}: a definite answer ends it");
    }
}

#[tokio::test]
async fn a_sign_in_is_finished_once_by_its_own_browser() {
    let cloud = Cloud::shared().await;
    let email = cloud.new_address();
    let over = |answer: &Answer| (answer.status, answer.code() == "google_sign_in_over") == (410, true);

    // A victim's browser with its own cookie, or none, can't finish what somebody else began.
    let (attacker, trip) = Browser::back(&cloud, &email).await;
    let (victim, other) = Browser::back(&cloud, &cloud.new_address()).await;
    let foreign = victim.finish(&trip).await;
    assert!(over(&foreign), "{foreign:?}");
    let without = Browser { cookie: String::new(), ..victim.clone() }.finish(&trip).await;
    assert!(over(&without) && !has_account(&cloud, &email).await, "{without:?}");

    // A code of another sign-in is of no use: its verifier is another.
    let mixed = victim.finish(&Trip { code: trip.code.clone(), ..other.clone() }).await;
    assert_eq!((mixed.status, mixed.code()), (403, "google_refused"), "{mixed:?}");
    let (browser, good) = Browser::back(&cloud, &email).await;
    signed_in(&cloud, &browser.finish(&good).await);
    let again = browser.finish(&good).await;
    assert!(over(&again), "{again:?}");
    let (browser, late) = Browser::back(&cloud, &email).await;
    let used = browser.finish(&Trip { code: good.code, ..late }).await;
    assert_eq!(used.code(), "google_refused", "a code works once: {used:?}");
    assert!(over(&attacker.finish(&Trip { state: format!("nso_{}", "0".repeat(32)), ..trip.clone() }).await));

    // Tokens of other purposes are no states, and stay what they are.
    let user_id = cloud.person().await.client.user;
    let reset = Allowed::ResetPassword { user_id: user_id.clone(), version: 1 };
    let token = cloud.one_time(&reset).await;
    assert!(over(&attacker.finish(&Trip { state: token.expose().to_owned(), ..trip.clone() }).await));
    assert_eq!(cloud.store.accounts().allowed_by(&token, cloud.now()).await.unwrap(), Some(reset));
    let cookie = attacker.cookie.split_once('=').unwrap().1;
    assert_eq!(cookie.len(), 64);

    for (body, field) in [
        (json!({ "terms": "2020-01-01" }), "terms"),
        (json!({}), "terms"),
        (json!({ "terms": "2026-11-01", "redirect": "//evil.example" }), "redirect"),
    ] {
        let (_, answer) = Browser::new(&cloud, &body).await;
        assert_eq!((answer.status, &answer.body["errors"][0]["field"]), (422, &json!(field)), "{answer:?}");
    }
}

#[tokio::test]
async fn a_link_is_finished_by_who_began_it() {
    let cloud = Cloud::shared().await;
    let (ama, kofi) = (cloud.person().await, cloud.person().await);
    let trip = Trip::of(&cloud, &begin_link(&ama.client).await, &cloud.new_address()).await;
    let finish = async |client: &Customer, trip: &Trip| {
        client.send("POST", "/api/v1/me/google/finish", Some(&trip.body()), &[]).await
    };
    let foreign = finish(&kofi.client, &trip).await;
    assert_eq!((foreign.status, foreign.code()), (410, "google_sign_in_over"), "{foreign:?}");
    // A sign-in is no link, and a link no sign-in.
    let (browser, sign_in) = Browser::back(&cloud, &cloud.new_address()).await;
    assert_eq!(finish(&ama.client, &sign_in).await.code(), "google_sign_in_over");
    assert_eq!(browser.finish(&trip).await.code(), "google_sign_in_over");
    assert_eq!(finish(&ama.client, &trip).await.status, 204);
    assert_eq!(finish(&ama.client, &trip).await.code(), "google_sign_in_over", "once");

    // All sessions ended in between: the link that was begun before counts no more.
    let late = Trip::of(&cloud, &begin_link(&kofi.client).await, &cloud.new_address()).await;
    assert_eq!(kofi.client.post("/api/v1/auth/logout-all").await.status, 204);
    let kofi = cloud.signed_in(&kofi.email, PASSWORD).await;
    let refused = finish(&kofi.client, &late).await;
    assert_eq!((refused.status, refused.code()), (409, "busy"), "{refused:?}");
    assert!(kofi.client.get("/api/v1/me").await.body["google"].is_null());
}

#[tokio::test]
async fn of_several_at_once_one_makes_the_account() {
    let cloud = Cloud::shared().await;
    let email = cloud.new_address();
    let (browser, trip) = Browser::back(&cloud, &email).await;
    let (other, elsewhere) = Browser::back(&cloud, &email).await;
    let answers = tokio::join!(browser.finish(&trip), browser.finish(&trip), other.finish(&elsewhere));
    let answers = [answers.0, answers.1, answers.2];
    let good: Vec<_> = answers.iter().filter(|answer| answer.status == 200).collect();
    assert_eq!(good.len(), 2, "one for each sign-in: {answers:?}");
    assert_eq!(good[0].body["user_id"], good[1].body["user_id"]);
    let client = signed_in(&cloud, good[0]);
    assert_eq!(client.wallet().await.0, "0.5000");
    cloud.audit(&client).await;
    let credentials: Credentials = cloud.store.record(&client.user, &()).await.unwrap().unwrap();
    assert_eq!((credentials.version, credentials.password), (1, None));
}

#[tokio::test]
async fn a_sign_in_can_be_repeated_while_google_does_not_answer() {
    let cloud = Cloud::shared().await;
    let email = cloud.new_address();
    for fault in [
        json!({ "fault": "token_500", "email": email }),
        json!({ "fault": "token_slow", "seconds": 7, "email": email }),
    ] {
        let (browser, trip) = Browser::back(&cloud, &email).await;
        cloud.identity("plan", fault.clone()).await;
        let down = browser.finish(&trip).await;
        assert_eq!((down.status, down.code()), (503, "unavailable"), "{fault}: {down:?}");
        assert!(down.headers.contains_key("retry-after"));
        signed_in(&cloud, &browser.finish(&trip).await);
    }
}

#[tokio::test]
async fn keys_are_read_again_when_their_time_is_over_or_one_is_unknown() {
    let cloud = Cloud::alone().await;
    let email = cloud.new_address();
    signed_in(&cloud, &sign_in(&cloud, &email).await);
    // Their time is over, and they can't be read: the code is still good afterwards.
    cloud.advance(3_700).await;
    let (browser, trip) = Browser::back(&cloud, &email).await;
    cloud.identity("plan", json!({ "fault": "jwks_500" })).await;
    let down = browser.finish(&trip).await;
    assert_eq!((down.status, down.code()), (503, "unavailable"), "{down:?}");
    signed_in(&cloud, &browser.finish(&trip).await);
    // A new key.
    cloud.advance(61).await;
    cloud.identity("plan", json!({ "fault": "rotate_keys", "email": email })).await;
    signed_in(&cloud, &sign_in(&cloud, &email).await);

    // The time of the state is over, before that of the code's minute matters.
    let (browser, begun) = Browser::new(&cloud, &json!({ "terms": "2026-11-01" })).await;
    cloud.advance(601).await;
    let trip = Trip::of(&cloud, &begun, &email).await;
    let late = browser.finish(&trip).await;
    assert_eq!((late.status, late.code()), (410, "google_sign_in_over"), "{late:?}");
}

#[tokio::test]
async fn a_stage_without_a_client_at_google_has_no_sign_in() {
    let cloud = Cloud::shared().await;
    let endpoints = auth::DOMAIN.endpoints.iter().copied();
    let request = Request::post("/api/v1/auth/google/finish").header("content-type", "application/json");
    let body = json!({ "state": format!("nso_{}", "0".repeat(32)), "code": "4/0A" });
    let request = request.body(api::axum::body::Body::from(body.to_string())).unwrap();
    let answer = api::router(cloud.context().await, endpoints).oneshot(request).await.unwrap();
    let bytes = api::axum::body::to_bytes(answer.into_body(), 10_000).await.unwrap();
    let body: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!((&body["status"], &body["code"]), (&json!(404), &json!("google_not_configured")));
}
