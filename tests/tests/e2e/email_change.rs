//! Changes of an account's address.

use domain::{
    EmailChangeId, RequestId,
    account::{Allowed, Device, EMAIL_CHANGE_LIFETIME, EmailChange, Mailbox},
    audit::{Action, AuditLine, Source},
};
use namaskah_tests::{
    Answer, Cloud, PASSWORD, Person,
    faults::{Fault, FaultyNetwork},
};
use serde_json::json;
use std::time::Duration;

async fn ask(person: &Person, new: &str, password: &str) -> Answer {
    let body = json!({ "new_email": new, "password": password });
    person.client.send("POST", "/api/v1/me/email", Some(&body), &[]).await
}

async fn confirm(cloud: &Cloud, token: &str) -> Answer {
    cloud.auth("confirm-email-change", &json!({ "token": token })).await
}

/// Asks for a change, and returns the tokens of the links to the old and the new address.
async fn links(cloud: &Cloud, person: &Person, new: &str) -> (String, String) {
    let asked = ask(person, new, PASSWORD).await;
    assert_eq!((asked.status, &asked.body["new_email"]), (202, &json!(new)), "{asked:?}");
    let old = cloud.letter_with(&person.email, &["/confirm-email-change#", new]).await.token();
    (old, cloud.letter_with(new, &["/confirm-email-change#"]).await.token())
}

#[tokio::test]
async fn an_address_changes_once_both_mailboxes_confirm() {
    let cloud = Cloud::shared().await;
    let (person, new) = (cloud.person().await, cloud.new_address());
    let used = json!({ "token": cloud.letter(&person.email, 1).await.token() });
    let wrong = ask(&person, &new, "not the right password").await;
    assert_eq!((wrong.status, wrong.code()), (403, "wrong_password"), "{wrong:?}");
    let same = ask(&person, &person.email.to_uppercase(), PASSWORD).await;
    assert_eq!((same.status, &same.body["errors"][0]["code"]), (422, &json!("same_email")), "{same:?}");
    cloud.auth("forgot-password", &json!({ "email": person.email })).await;
    let reset = cloud.letter_with(&person.email, &["/reset-password#"]).await.token();

    let (old_link, new_link) = links(&cloud, &person, &new).await;
    let first = confirm(&cloud, &old_link).await;
    assert_eq!((first.status, &first.body["missing"]), (200, &json!(["new"])), "{first:?}");
    assert_eq!(confirm(&cloud, &old_link).await.code(), "link_not_valid", "each link works once");
    let early = cloud.auth("login", &json!({ "email": new, "password": PASSWORD })).await;
    assert_eq!(early.code(), "invalid_credentials", "nothing has changed yet");
    let second = confirm(&cloud, &new_link).await;
    assert_eq!((second.status, &second.body["missing"]), (200, &json!([])), "{second:?}");
    for used in [&old_link, &new_link] {
        assert_eq!(confirm(&cloud, used).await.code(), "link_not_valid");
    }

    // The session stays, and shows the new address.
    assert_eq!(person.client.get("/api/v1/me").await.body["email"], json!(new));
    cloud.signed_in(&new, PASSWORD).await;
    let old = cloud.auth("login", &json!({ "email": person.email, "password": PASSWORD })).await;
    assert_eq!(old.code(), "invalid_credentials");
    let body = json!({ "token": reset, "password": "another horse battery staple" });
    assert_eq!(cloud.auth("reset-password", &body).await.code(), "link_not_valid", "links of the old mailbox end");
    cloud.letter_with(&person.email, &["address was changed", &new]).await;
    let activity = person.client.get("/api/v1/me/activity").await.body;
    let done: Vec<_> = activity["items"].as_array().unwrap().iter().map(|item| item["action"].clone()).collect();
    for action in ["email_change_requested", "email_changed"] {
        assert!(done.contains(&json!(action)), "{done:?}");
    }
    assert!(!activity.to_string().contains('@'), "the trail has no addresses");
    assert_eq!(cloud.auth("verify-email", &used).await.code(), "link_not_valid", "a used link makes no account again");
    // The old address is free again. Its included verification was given.
    assert_eq!(cloud.register(&person.email).await.status, 202);
    let token = cloud.letters_with(&person.email, &["/verify-email#"], 2).await[0].token();
    assert_eq!(cloud.auth("verify-email", &json!({ "token": token })).await.status, 201);
    let again = cloud.signed_in(&person.email, PASSWORD).await.client;
    assert_ne!(again.user, person.client.user);
    assert_eq!(again.wallet().await.0, "0.0000");
}

#[tokio::test]
async fn a_change_tells_nothing_about_the_new_address() {
    let cloud = Cloud::shared().await;
    let (person, other) = (cloud.person().await, cloud.person().await);
    let mut answers = Vec::new();
    for new in [other.email.clone(), cloud.new_address()] {
        let asked = ask(&person, &new, PASSWORD).await;
        let old_link = cloud.letter_with(&person.email, &["/confirm-email-change#", &new]).await.token();
        let confirmed = confirm(&cloud, &old_link).await;
        let members: Vec<_> = asked.body.as_object().unwrap().keys().cloned().collect();
        answers.push((asked.status, members, confirmed.status, confirmed.body));
    }
    assert_eq!(answers[0], answers[1]);
    // The owner of the address learns that somebody tried, and gets no link.
    cloud.letter_with(&other.email, &["/sign-in"]).await;
    let letters = cloud.letters(&other.email).await;
    assert!(letters.iter().all(|letter| !letter.text.contains("/confirm-email-change#")), "{letters:?}");
}

#[tokio::test]
async fn a_newer_change_ends_the_links_of_an_older_one() {
    let cloud = Cloud::shared().await;
    let (person, first, second) = (cloud.person().await, cloud.new_address(), cloud.new_address());
    let (old_of_first, new_of_first) = links(&cloud, &person, &first).await;
    assert_eq!(confirm(&cloud, &new_of_first).await.status, 200);
    let (old_of_second, new_of_second) = links(&cloud, &person, &second).await;
    assert_eq!(confirm(&cloud, &old_of_first).await.code(), "link_not_valid");
    // Both at once.
    let (one, two) = tokio::join!(confirm(&cloud, &old_of_second), confirm(&cloud, &new_of_second));
    let missing = |answer: &Answer| answer.body["missing"].as_array().map(Vec::len);
    let mut left = [missing(&one), missing(&two)];
    left.sort_unstable();
    assert_eq!(left, [Some(0), Some(1)], "{one:?} {two:?}");
    assert_eq!(person.client.get("/api/v1/me").await.body["email"], json!(second));
}

#[tokio::test]
async fn an_address_gets_one_owner_when_changes_and_a_registration_meet() {
    let cloud = Cloud::shared().await;
    let (one, two, new) = (cloud.person().await, cloud.person().await, cloud.new_address());
    for person in [&one, &two] {
        assert_eq!(ask(person, &new, PASSWORD).await.status, 202);
        let link = cloud.letter_with(&person.email, &["/confirm-email-change#"]).await.token();
        assert_eq!(confirm(&cloud, &link).await.status, 200);
    }
    assert_eq!(cloud.register(&new).await.status, 202);
    let proof = cloud.letter_with(&new, &["/verify-email#"]).await.token();
    let letters = cloud.letters_with(&new, &["/confirm-email-change#"], 2).await;
    let tokens: Vec<_> = letters.iter().map(namaskah_tests::Letter::token).collect();
    let body = json!({ "token": proof });
    let (a, b, c) =
        tokio::join!(confirm(&cloud, &tokens[0]), confirm(&cloud, &tokens[1]), cloud.auth("verify-email", &body));
    let answers = [&a, &b, &c];
    let winners = answers.iter().filter(|answer| answer.status < 300).count();
    assert_eq!(winners, 1, "{answers:?}");
    for loser in answers.iter().filter(|answer| answer.status >= 300) {
        assert!(["email_taken", "already_verified"].contains(&loser.code()), "{loser:?}");
    }
    let owner = cloud.store.accounts().with_email(&new.parse().unwrap()).await.unwrap();
    assert!(owner.is_some());
}

#[tokio::test]
async fn a_change_is_finished_although_the_answer_is_lost() {
    let cloud = Cloud::shared().await;
    let (person, new) = (cloud.person().await, cloud.new_address());
    let (now, user) = (cloud.now(), person.client.user.clone());
    let change = EmailChange {
        change_id: EmailChangeId::new(now, 7),
        user_id: user.clone(),
        old: person.email.parse().unwrap(),
        new: new.parse().unwrap(),
        version: 0,
        confirmed: None,
        finished_by: None,
        ends_at: now.plus(EMAIL_CHANGE_LIFETIME),
    };
    let actor = domain::Actor::user(&user);
    let id = domain::AuditId::new(now, u128::from_be_bytes(runtime::random_bytes()));
    let audited = AuditLine::new(id, actor, Action::EmailChangeRequested, change.change_id.as_str()).of(&user);
    cloud.store.ask_email_change(&change, &audited).await.unwrap();
    let token = async |mailbox| {
        let change_id = change.change_id.clone();
        cloud.one_time(&Allowed::ConfirmEmailChange { user_id: user.clone(), change_id, mailbox }).await
    };
    let client = |n| -> accounts::Client {
        let request_id = RequestId::new(now.plus(Duration::from_millis(n)), 5);
        Source { address: [203, 0, 113, 7].into(), device: Device::of(""), request_id }.into()
    };
    let first = accounts::confirm_email_change(&cloud.context().await, &token(Mailbox::New).await, &client(1)).await;
    assert_eq!(first.unwrap(), Some(Mailbox::Old));
    let lost = FaultyNetwork::new([Fault::LostAfter; 3]);
    let link = token(Mailbox::Old).await;
    let second = accounts::confirm_email_change(&cloud.faulty_context(&lost).await, &link, &client(2)).await;
    assert_eq!(lost.left(), 0, "not all faults occurred");
    // The database's client gave up after three lost answers; a repetition by the client of the API knows the outcome.
    assert!(matches!(second, Ok(None) | Err(accounts::EmailNotConfirmed::Store(_))), "{second:?}");
    let repeated = accounts::confirm_email_change(&cloud.context().await, &link, &client(2)).await;
    assert_eq!(repeated.unwrap(), None);
    assert_eq!(person.client.get("/api/v1/me").await.body["email"], json!(new));
}
