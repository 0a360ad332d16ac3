//! The second factor: sign-ins with codes of an app and backup codes, each of which works once.

use crate::app::App;
use domain::{
    Timestamp,
    account::{Device, FactorCode, Realm},
    audit::Source,
};
use namaskah_tests::{Answer, Cloud, PASSWORD, Person};
use serde_json::{Value, json};
use store::ProfileChange;

/// A person with a second factor, whose first code was that of `at`.
pub struct Guarded {
    pub person: Person,
    app: App,
    at: Timestamp,
    pub backup_codes: Vec<String>,
}

impl Guarded {
    pub async fn new(cloud: &Cloud) -> Self {
        let person = cloud.person().await;
        let proposed = post(&person, "enable", json!({ "password": PASSWORD })).await;
        assert_eq!(proposed.status, 200, "{proposed:?}");
        let app = App::with(proposed.body["secret"].as_str().unwrap());
        let at = cloud.now();
        let confirmed = post(&person, "confirm", json!({ "code": app.code(at, 0) })).await;
        assert_eq!(confirmed.status, 200, "{confirmed:?}");
        let codes = confirmed.body["backup_codes"].as_array().unwrap();
        let backup_codes = codes.iter().map(|code| code.as_str().unwrap().to_owned()).collect();
        Self { person, app, at, backup_codes }
    }

    /// The first step of a sign-in: its challenge.
    pub async fn challenge(&self, cloud: &Cloud) -> String {
        let answer = cloud.auth("login", &json!({ "email": self.person.email, "password": PASSWORD })).await;
        assert_eq!((answer.status, answer.code()), (403, "second_factor_required"), "{answer:?}");
        assert!(answer.body["access_token"].is_null());
        answer.body["challenge"].as_str().unwrap().to_owned()
    }
}

async fn post(person: &Person, operation: &str, body: Value) -> Answer {
    person.client.send("POST", &format!("/api/v1/me/2fa/{operation}"), Some(&body), &[]).await
}

async fn second_step(cloud: &Cloud, challenge: &str, code: &str) -> Answer {
    cloud.auth("second-factor", &json!({ "challenge": challenge, "code": code })).await
}

#[tokio::test]
async fn a_sign_in_needs_a_code_that_works_once() {
    let cloud = Cloud::shared().await;
    let guarded = Guarded::new(&cloud).await;
    let Guarded { person, app, at, backup_codes } = &guarded;
    assert_eq!(backup_codes.len(), 10);
    let challenge = guarded.challenge(&cloud).await;
    for wrong in ["000000", &app.code(*at, 0), &app.code(*at, 9), "ABCD-EFGH-JKMN-PQRS"] {
        let refused = second_step(&cloud, &challenge, wrong).await;
        assert_eq!((refused.status, refused.code()), (403, "wrong_code"), "{wrong}");
    }
    let signed_in = second_step(&cloud, &challenge, &app.code(*at, 1)).await;
    assert_eq!(signed_in.status, 200, "{signed_in:?}");
    let again = second_step(&cloud, &challenge, &backup_codes[0]).await;
    assert_eq!((again.status, again.code()), (410, "challenge_over"), "a challenge works once");

    let with_backup = second_step(&cloud, &guarded.challenge(&cloud).await, &backup_codes[3].to_lowercase()).await;
    assert_eq!(with_backup.status, 200, "{with_backup:?}");
    let used = second_step(&cloud, &guarded.challenge(&cloud).await, &backup_codes[3]).await;
    assert_eq!(used.code(), "wrong_code", "a backup code works once");
    let sessions = person.client.get("/api/v1/me/sessions").await;
    let factors: Vec<_> = sessions.body["items"].as_array().unwrap().iter().map(|one| &one["second_factor"]).collect();
    assert_eq!(factors, [&json!("backup_code"), &json!("app"), &json!(null)], "{sessions:?}");
    let state = person.client.get("/api/v1/me/2fa").await;
    assert_eq!((&state.body["enabled"], &state.body["backup_codes_left"]), (&json!(true), &json!(9)));
}

#[tokio::test]
async fn it_is_turned_off_with_password_and_code() {
    let cloud = Cloud::shared().await;
    let guarded = Guarded::new(&cloud).await;
    let Guarded { person, app, at, backup_codes } = &guarded;
    let twice = post(person, "enable", json!({ "password": PASSWORD })).await;
    assert_eq!((twice.status, twice.code()), (409, "second_factor_on"));
    for (password, code, refusal) in
        [("not the right password", app.code(*at, 1), "wrong_password"), (PASSWORD, "000000".to_owned(), "wrong_code")]
    {
        let refused = post(person, "disable", json!({ "password": password, "code": code })).await;
        assert_eq!((refused.status, refused.code()), (403, refusal));
    }
    let renewed = post(person, "backup-codes", json!({ "password": PASSWORD, "code": app.code(*at, 1) })).await;
    let new = renewed.body["backup_codes"][0].as_str().unwrap().to_owned();
    let old = post(person, "disable", json!({ "password": PASSWORD, "code": backup_codes[0] })).await;
    assert_eq!(old.code(), "wrong_code", "the codes before were replaced");
    let disabled = post(person, "disable", json!({ "password": PASSWORD, "code": new })).await;
    assert_eq!(disabled.status, 204, "{disabled:?}");
    cloud.signed_in(&person.email, PASSWORD).await;
    let again = post(person, "disable", json!({ "password": PASSWORD, "code": app.code(*at, 2) })).await;
    assert_eq!((again.status, again.code()), (409, "second_factor_off"));

    let activity = person.client.get("/api/v1/me/activity").await;
    let actions: Vec<_> = activity.body["items"].as_array().unwrap().iter().map(|line| &line["action"]).collect();
    for action in ["two_factor_enabled", "backup_codes_renewed", "two_factor_disabled"] {
        assert!(actions.contains(&&json!(action)), "{actions:?}");
    }
    // After the letter that proved the address, one for each change.
    let subjects = [cloud.letter(&person.email, 2).await.subject, cloud.letter(&person.email, 3).await.subject];
    assert_ne!(subjects[0], subjects[1]);
}

#[tokio::test]
async fn it_is_turned_on_by_whoever_knows_the_password_and_has_the_app() {
    let cloud = Cloud::shared().await;
    let person = cloud.person().await;
    let early = post(&person, "confirm", json!({ "code": "123456" })).await;
    assert_eq!((early.status, early.code()), (409, "no_second_factor_proposed"));
    let refused = post(&person, "enable", json!({ "password": "not the right password" })).await;
    assert_eq!((refused.status, refused.code()), (403, "wrong_password"));
    let first = post(&person, "enable", json!({ "password": PASSWORD })).await;
    let second = post(&person, "enable", json!({ "password": PASSWORD })).await;
    let replaced = App::with(first.body["secret"].as_str().unwrap());
    let wrong = post(&person, "confirm", json!({ "code": replaced.code(cloud.now(), 0) })).await;
    assert_eq!((wrong.status, wrong.code()), (403, "wrong_code"), "the secret was replaced");
    cloud.signed_in(&person.email, PASSWORD).await;
    let app = App::with(second.body["secret"].as_str().unwrap());
    let confirmed = post(&person, "confirm", json!({ "code": app.code(cloud.now(), 0) })).await;
    assert_eq!(confirmed.status, 200, "{confirmed:?}");
    let picture = second.body["qr_svg"].as_str().unwrap();
    assert!(picture.contains("<svg"), "{picture}");
}

#[tokio::test]
async fn a_code_that_is_used_twice_at_once_counts_once() {
    let cloud = Cloud::shared().await;
    let guarded = Guarded::new(&cloud).await;
    let mut challenges = Vec::new();
    for _ in 0..6 {
        challenges.push(guarded.challenge(&cloud).await);
    }
    let code = &guarded.backup_codes[0];
    let tries = challenges.iter().map(|challenge| second_step(&cloud, challenge, code));
    let answers = futures_util::future::join_all(tries).await;
    let signed_in = answers.iter().filter(|answer| answer.status == 200).count();
    assert_eq!(signed_in, 1, "{answers:?}");
    // And one challenge with several good codes.
    let challenge = guarded.challenge(&cloud).await;
    let tries = guarded.backup_codes[1..5].iter().map(|code| second_step(&cloud, &challenge, code));
    let answers = futures_util::future::join_all(tries).await;
    assert_eq!(answers.iter().filter(|answer| answer.status == 200).count(), 1, "{answers:?}");
}

#[tokio::test]
async fn a_sign_out_or_a_ban_ends_the_challenge() {
    let cloud = Cloud::shared().await;
    let guarded = Guarded::new(&cloud).await;
    let challenge = guarded.challenge(&cloud).await;
    assert_eq!(guarded.person.client.post("/api/v1/auth/logout-all").await.status, 204);
    let refused = second_step(&cloud, &challenge, &guarded.backup_codes[0]).await;
    assert_eq!((refused.status, refused.code()), (410, "challenge_over"));
    let challenge = guarded.challenge(&cloud).await;
    let accounts = cloud.store.accounts();
    accounts.change_profile(&guarded.person.client.user, ProfileChange::Active(false)).await.unwrap();
    let banned = second_step(&cloud, &challenge, &guarded.backup_codes[0]).await;
    assert_eq!(banned.code(), "challenge_over", "{banned:?}");
    accounts.change_profile(&guarded.person.client.user, ProfileChange::Active(true)).await.unwrap();
    let signed_in = second_step(&cloud, &guarded.challenge(&cloud).await, &guarded.backup_codes[0]).await;
    assert_eq!(signed_in.status, 200, "no code was used up: {signed_in:?}");
}

#[tokio::test]
async fn codes_can_t_be_guessed_from_many_networks() {
    let cloud = Cloud::shared().await;
    let guarded = Guarded::new(&cloud).await;
    let challenge = guarded.challenge(&cloud).await.parse().unwrap();
    let context = cloud.context().await;
    let guess = |n: u8| {
        let (context, challenge) = (&context, &challenge);
        let code: FactorCode = format!("{n:06}").parse().unwrap();
        let request_id = domain::RequestId::new(cloud.now(), n.into());
        let client = Source { address: [203, 0, n, 7].into(), device: Device::of(""), request_id }.into();
        async move { accounts::sign_in_with_code(context, Realm::Customer, challenge, &code, &client).await }
    };
    let guesses = futures_util::future::join_all((0..30).map(guess)).await;
    let tried = guesses.iter().filter(|guess| guess.as_ref().is_err_and(|error| error.to_string() == "wrong code"));
    assert_eq!(tried.count(), 10, "{guesses:?}");
}

#[tokio::test]
async fn a_challenge_and_a_secret_end_with_their_time() {
    let cloud = Cloud::alone().await;
    let person = cloud.person().await;
    let late = post(&person, "enable", json!({ "password": PASSWORD })).await;
    let guarded = Guarded::new(&cloud).await;
    let challenge = guarded.challenge(&cloud).await;
    cloud.advance(601).await;
    let over = second_step(&cloud, &challenge, &guarded.backup_codes[0]).await;
    assert_eq!((over.status, over.code()), (410, "challenge_over"));
    cloud.advance(300).await;
    let client = cloud.signed_in(&person.email, PASSWORD).await;
    let app = App::with(late.body["secret"].as_str().unwrap());
    let refused = post(&client, "confirm", json!({ "code": app.code(cloud.now(), 0) })).await;
    assert_eq!((refused.status, refused.code()), (409, "no_second_factor_proposed"));
    // A code of long ago is not accepted, although it was never used.
    let old = guarded.app.code(cloud.now(), -3);
    assert_eq!(second_step(&cloud, &guarded.challenge(&cloud).await, &old).await.code(), "wrong_code");
}
