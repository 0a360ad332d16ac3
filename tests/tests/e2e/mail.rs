//! What becomes of letters: addresses that bounce or complain, reminders, preferences.

use crate::operator::{done, refused};
use domain::{
    EmailAddress, Timestamp,
    account::Allowed,
    suppression::{AddressHash, Suppression, Undelivered},
};
use namaskah_tests::{Cloud, PASSWORD, pause};
use serde_json::json;
use std::time::{Duration, Instant};

/// A new address at SES's simulator of mailboxes, where letters bounce or are marked as spam.
fn simulated(what: &str) -> String {
    format!("{what}+{:016x}@simulator.amazonses.com", u64::from_be_bytes(runtime::random_bytes()))
}

fn hash(email: &str) -> AddressHash {
    AddressHash::of(&email.parse::<EmailAddress>().unwrap())
}

/// Waits until this is known about letters to an address.
async fn wait_for(cloud: &Cloud, email: &str, known: impl Fn(&Suppression) -> bool) -> Suppression {
    let started = Instant::now();
    loop {
        let suppression = cloud.store.accounts().suppression(&hash(email)).await.unwrap();
        if known(&suppression) {
            return suppression;
        }
        assert!(started.elapsed() < Duration::from_secs(30), "{suppression:?}");
        pause().await;
    }
}

/// Checks that an address still has `n` letters after all that were ordered before were sent: one that is ordered now
/// has arrived, and the queue is empty.
async fn still_has(cloud: &Cloud, email: &str, n: usize) {
    let other = cloud.new_address();
    assert_eq!(cloud.register(&other).await.status, 202);
    cloud.letter(&other, 1).await;
    let queue = json!({ "QueueUrl": cloud.output("LettersQueue"), "AttributeNames": ["All"] });
    let started = Instant::now();
    loop {
        let attributes = cloud.sqs("GetQueueAttributes", &queue).await["Attributes"].clone();
        let numbers = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"];
        if numbers.iter().all(|name| attributes[*name] == "0") {
            break;
        }
        assert!(started.elapsed() < Duration::from_secs(30), "{attributes}");
        pause().await;
    }
    let letters = cloud.letters(email).await;
    assert_eq!(letters.len(), n, "{letters:?}");
}

#[tokio::test]
async fn an_address_that_bounces_gets_no_more_letters_until_staff_lift_it() {
    let cloud = Cloud::shared().await;
    let email = simulated("bounce");
    assert_eq!(cloud.register(&email).await.status, 202);
    cloud.letter(&email, 1).await;
    wait_for(&cloud, &email, |known| known.bounced_at.is_some()).await;

    // The answer is the same as for every address.
    assert_eq!(cloud.auth("resend-verification", &json!({ "email": email })).await.status, 202);
    still_has(&cloud, &email, 1).await;

    let shown = done(&["mail", "show", &email]).await;
    assert_eq!(
        (&shown["what_is_asked_for"], &shown["everything_else"]),
        (&json!("bounced"), &json!("bounced")),
        "{shown}"
    );
    let lifted = done(&["mail", "lift", &email, "--reason", "the mailbox exists now"]).await;
    assert_eq!((&lifted["what_is_asked_for"], &lifted["everything_else"]), (&json!(null), &json!(null)), "{lifted}");
    let trail = done(&["audit", "--action", "mail.lift"]).await;
    let lines = trail["items"].as_array().unwrap();
    let line = lines.iter().find(|line| line["target"] == hash(&email).as_str()).expect("a line of the lift");
    assert_eq!((&line["actor"], &line["reason"]), (&json!("operator:ama"), &json!("the mailbox exists now")));
    assert!(!trail.to_string().contains(&email), "the trail can't be erased, so it has no address");
    assert!(refused(&["mail", "lift", &cloud.new_address(), "--reason", "x"]).await.contains("there is no report"));

    assert_eq!(cloud.auth("resend-verification", &json!({ "email": email })).await.status, 202);
    let token = cloud.letter(&email, 2).await.token();
    // It bounces again. The link works nevertheless, and proves the address.
    let lifted_at = wait_for(&cloud, &email, |known| known.bounced_at > known.lifted_at).await.lifted_at;
    assert!(lifted_at.is_some());
    assert_eq!(cloud.auth("verify-email", &json!({ "token": token })).await.status, 201);
    wait_for(&cloud, &email, |known| known.proved_at >= known.bounced_at).await;
}

#[tokio::test]
async fn who_complained_gets_only_what_is_asked_for() {
    let cloud = Cloud::shared().await;
    let email = simulated("complaint");
    assert_eq!(cloud.register(&email).await.status, 202);
    let token = cloud.letter(&email, 1).await.token();
    wait_for(&cloud, &email, |known| known.complained_at.is_some()).await;
    assert_eq!(cloud.auth("verify-email", &json!({ "token": token })).await.status, 201);
    cloud.signed_in(&email, PASSWORD).await;

    assert_eq!(cloud.auth("forgot-password", &json!({ "email": email })).await.status, 202);
    let token = cloud.letter(&email, 2).await.token();
    let new = json!({ "token": token, "password": "another horse battery staple" });
    assert!(cloud.auth("reset-password", &new).await.status < 300);
    // No letter reports the change of the password.
    still_has(&cloud, &email, 2).await;
}

/// The token of the link in a reminder.
fn unsubscription(text: &str) -> &str {
    let (_, rest) = text.split_once("/api/v1/unsubscribe?token=").unwrap_or_else(|| panic!("no link in {text}"));
    rest.split_whitespace().next().unwrap_or_default()
}

#[tokio::test]
async fn a_low_balance_is_told_until_the_person_unsubscribes() {
    let cloud = Cloud::shared().await;
    let (person, other) = (cloud.person().await, cloud.person().await);
    let (user, path) = (&person.client.user, "/api/v1/me/notifications");
    let wanted = person.client.get(path).await;
    let default = json!({ "low_balance": { "mail": true, "below": "1.0000" }, "rental_ending": { "mail": true } });
    assert_eq!((wanted.status, &wanted.body), (200, &default), "{wanted:?}");
    let changed = json!({ "low_balance": { "below": "3" } });
    let changed = person.client.send("PATCH", path, Some(&changed), &[]).await;
    assert_eq!(changed.body["low_balance"], json!({ "mail": true, "below": "3.0000" }), "{changed:?}");
    let nothing = person.client.send("PATCH", path, Some(&json!({})), &[]).await;
    assert_eq!(nothing.body, changed.body, "{nothing:?}");

    // ₵5.50, ₵3.00, ₵2.90: only the third is below.
    cloud.credit(user, "5".parse().unwrap(), "a credit").await.unwrap();
    for (amount, key) in [("2.5", "first"), ("0.1", "second")] {
        cloud.debit(user, amount.parse().unwrap(), key).await.unwrap();
    }
    let letter = cloud.letter(&person.email, 2).await;
    assert!(letter.text.contains("₵2.90"), "{letter:?}");
    // Less is not told again. Money that takes the balance to the limit lets the next fall be told.
    cloud.debit(user, "0.4".parse().unwrap(), "third").await.unwrap();
    cloud.credit(user, "1".parse().unwrap(), "another credit").await.unwrap();
    cloud.debit(user, "1".parse().unwrap(), "fourth").await.unwrap();
    let second = cloud.letter(&person.email, 3).await;
    assert!(second.text.contains("₵2.50"), "{second:?}");

    let token = unsubscription(&letter.text);
    let url = format!("{}/api/v1/unsubscribe", cloud.api());
    let page = cloud.http.get(&url).query(&[("token", token)]).header("accept-language", "fr").send().await.unwrap();
    assert_eq!((page.status().as_u16(), &page.headers()["content-language"]), (200, &"fr".parse().unwrap()));
    assert!(page.text().await.unwrap().contains("<form method=\"post\">"));
    assert_eq!(
        person.client.get(path).await.body["low_balance"]["mail"],
        true,
        "a page that is opened changes nothing"
    );
    for _ in 0..2 {
        // As mail programs send it.
        let click = cloud.http.post(&url).query(&[("token", token)]);
        let click =
            click.header("content-type", "application/x-www-form-urlencoded").body("List-Unsubscribe=One-Click");
        assert_eq!(click.send().await.unwrap().status().as_u16(), 200);
    }
    let wanted = person.client.get(path).await;
    assert_eq!(
        (&wanted.body["low_balance"]["mail"], &wanted.body["rental_ending"]["mail"]),
        (&json!(false), &json!(true))
    );
    assert_eq!(other.client.get(path).await.body, default, "it is the link of one account");
    let reset = cloud.one_time(&Allowed::ResetPassword { user_id: user.clone(), version: 1 }).await;
    for (token, status) in [("nso_00000000000000000000000000000000", 404), (reset.expose(), 404), ("x", 422)] {
        let click = cloud.http.post(&url).query(&[("token", token)]).send().await.unwrap();
        assert_eq!(click.status().as_u16(), status, "{token}");
    }
    still_has(&cloud, &person.email, 3).await;
}

#[tokio::test]
async fn who_wants_no_reminders_gets_none() {
    let cloud = Cloud::shared().await;
    let person = cloud.person().await;
    let change = json!({ "low_balance": { "mail": false }, "rental_ending": { "mail": false } });
    let changed = person.client.send("PATCH", "/api/v1/me/notifications", Some(&change), &[]).await;
    assert_eq!((changed.status, &changed.body["rental_ending"]["mail"]), (200, &json!(false)), "{changed:?}");
    cloud.credit(&person.client.user, "2".parse().unwrap(), "a credit").await.unwrap();
    cloud.debit(&person.client.user, "2".parse().unwrap(), "a debit").await.unwrap();
    still_has(&cloud, &person.email, 1).await;
}

#[tokio::test]
async fn letters_wait_while_mail_is_down() {
    let cloud = Cloud::alone().await;
    let email = cloud.new_address();
    cloud.mail_is_down(true).await;
    let asked = cloud.register(&email).await;
    let started = Instant::now();
    while cloud.mail_is_down(true).await == 0 && started.elapsed() < Duration::from_secs(20) {
        pause().await;
    }
    let letters = cloud.letters(&email).await;
    let refused = cloud.mail_is_down(false).await;
    assert_eq!(asked.status, 202, "a registration does not wait for mail: {asked:?}");
    assert!(refused > 0 && letters.is_empty(), "{refused} {letters:?}");

    let started = Instant::now();
    while cloud.letters(&email).await.is_empty() && started.elapsed() < Duration::from_secs(30) {
        cloud.wake("LettersQueue").await;
        pause().await;
    }
    let token = cloud.letter(&email, 1).await.token();
    assert_eq!(cloud.auth("verify-email", &json!({ "token": token })).await.status, 201);
    cloud.signed_in(&email, PASSWORD).await;
}

#[tokio::test]
async fn reports_may_come_twice_and_in_any_order() {
    let cloud = Cloud::shared().await;
    let (accounts, email) = (cloud.store.accounts(), cloud.new_address());
    let address = hash(&email);
    let at = |seconds: i64| Timestamp::from_millis(1_795_255_200_000 + seconds * 1000);
    accounts.note_proved(&address, at(9)).await.unwrap();
    assert_eq!(accounts.suppression(&address).await.unwrap(), Suppression::default(), "nothing is known");
    for (what, seconds) in
        [(Undelivered::Bounced, 2), (Undelivered::Bounced, 1), (Undelivered::Complained, 3), (Undelivered::Bounced, 2)]
    {
        accounts.note_undelivered(&address, what, at(seconds)).await.unwrap();
    }
    accounts.note_proved(&address, at(4)).await.unwrap();
    let expected =
        Suppression { bounced_at: Some(at(2)), complained_at: Some(at(3)), proved_at: Some(at(4)), lifted_at: None };
    assert_eq!(accounts.suppression(&address).await.unwrap(), expected);
}
