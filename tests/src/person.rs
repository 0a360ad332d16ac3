//! A person who registers, reads mail, and signs in.

use crate::{Answer, Cloud, Customer, customer::pause};
use accounts::Passwords;
use domain::{
    Language, Network, RegistrationId,
    account::{Allowed, Device, OneTimeText, Registration},
};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// A password that is strong enough.
pub const PASSWORD: &str = "correct horse battery staple";

/// A person with a session.
#[derive(Clone)]
pub struct Person {
    /// The address.
    pub email: String,
    /// The client that sends the access token.
    pub client: Customer,
    /// The refresh token.
    pub refresh: String,
    /// The session's identifier.
    pub session: String,
}

/// A mail in the mailbox.
#[derive(Clone, Debug)]
pub struct Letter {
    /// The subject.
    pub subject: String,
    /// The plain text.
    pub text: String,
}

impl Letter {
    /// The one-time token in the letter's link.
    pub fn token(&self) -> String {
        let (_, rest) = self.text.split_once("#token=").unwrap_or_else(|| panic!("no link in {self:?}"));
        rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
    }
}

impl Cloud {
    /// A registration of this address, as it is stored before its letter is sent.
    pub async fn registration(&self, email: &str) -> Registration {
        let now = self.now();
        let registration = Registration {
            registration_id: RegistrationId::new(now, u128::from_be_bytes(runtime::random_bytes())),
            email: email.parse().expect("an address"),
            password: Passwords::default().hash(&PASSWORD.parse().expect("a password")),
            terms: "2026-11-01".parse().expect("terms"),
            referral: None,
            language: Language::default(),
            device: Device::of(""),
            network: Network::of([203, 0, 113, 7].into()),
            made_at: now,
        };
        self.store.accounts().put_registration(&registration).await.expect("a registration");
        registration
    }

    /// A one-time token that allows this.
    pub async fn one_time(&self, allowed: &Allowed) -> OneTimeText {
        let text = OneTimeText::new(runtime::random_bytes());
        self.store.accounts().put_one_time(&text, allowed, self.now()).await.expect("a token");
        text
    }

    /// A client without a credential.
    pub fn stranger(&self) -> Customer {
        self.customer_of("usr_00000000000000000000000000", "")
    }

    /// An address that nobody has.
    pub fn new_address(&self) -> String {
        format!("person-{:016x}@example.com", u64::from_be_bytes(runtime::random_bytes()))
    }

    /// Registers an address.
    pub async fn register(&self, email: &str) -> Answer {
        let body = json!({ "email": email, "password": PASSWORD, "terms": "2026-11-01" });
        self.auth("register", &body).await
    }

    /// Calls an endpoint of sign-in without a credential.
    pub async fn auth(&self, operation: &str, body: &Value) -> Answer {
        self.stranger().send("POST", &format!("/api/v1/auth/{operation}"), Some(body), &[]).await
    }

    /// The letters to an address, newest first.
    pub async fn letters(&self, email: &str) -> Vec<Letter> {
        let url = self.mailbox();
        let answer = self.http.get(url).query(&[("to", email)]).send().await.expect("the mailbox answers");
        let letters: Vec<Value> = answer.json().await.expect("a list");
        let text = |letter: &Value, name: &str| letter[name].as_str().unwrap_or_default().to_owned();
        letters.iter().map(|letter| Letter { subject: text(letter, "subject"), text: text(letter, "text") }).collect()
    }

    /// Waits for the `n`th letter to an address; fails after half a minute.
    pub async fn letter(&self, email: &str, n: usize) -> Letter {
        let started = Instant::now();
        loop {
            let letters = self.letters(email).await;
            if letters.len() >= n {
                return letters[letters.len() - n].clone();
            }
            assert!(started.elapsed() < Duration::from_secs(30), "{email} got {} letters", letters.len());
            pause().await;
        }
    }

    /// Waits for a letter to an address whose text has all of this; fails after half a minute.
    pub async fn letter_with(&self, email: &str, parts: &[&str]) -> Letter {
        self.letters_with(email, parts, 1).await.remove(0)
    }

    /// Waits for this many of them. The newest is the first.
    pub async fn letters_with(&self, email: &str, parts: &[&str], n: usize) -> Vec<Letter> {
        let started = Instant::now();
        loop {
            let mut letters = self.letters(email).await;
            letters.retain(|letter| parts.iter().all(|part| letter.text.contains(part)));
            if letters.len() >= n {
                return letters;
            }
            assert!(started.elapsed() < Duration::from_secs(30), "{email} got no letter with {parts:?}: {letters:?}");
            pause().await;
        }
    }

    /// A person who has registered, proved the address and signed in.
    pub async fn person(&self) -> Person {
        let email = self.new_address();
        let asked = self.register(&email).await;
        assert_eq!(asked.status, 202, "{asked:?}");
        let token = self.letter(&email, 1).await.token();
        let made = self.auth("verify-email", &json!({ "token": token })).await;
        assert_eq!(made.status, 201, "{made:?}");
        self.signed_in(&email, PASSWORD).await
    }

    /// Signs in.
    pub async fn signed_in(&self, email: &str, password: &str) -> Person {
        let answer = self.auth("login", &json!({ "email": email, "password": password })).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let text = |name: &str| answer.body[name].as_str().unwrap_or_default().to_owned();
        let client = self.customer_of(&text("user_id"), &text("access_token"));
        Person { email: email.to_owned(), client, refresh: text("refresh_token"), session: text("session_id") }
    }
}
