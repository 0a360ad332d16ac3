//! Sign-in with Google: who somebody is there, and what is kept between the two steps of a sign-in.

use super::{LocalPath, ReferralCode, TermsVersion};
use crate::{EmailAddress, Language, Timestamp, UserId, access::SecretHash};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr, time::Duration};

/// How long a person may take at Google.
pub const GOOGLE_FLOW_LIFETIME: Duration = Duration::from_mins(10);

/// The longest identifier of an account (OpenID Connect Core, section 2).
const LONGEST: usize = 255;

/// An account at Google: its claim `sub`. It never changes and never belongs to anybody else, unlike its address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct GoogleSubject(String);

/// The text is not the identifier of an account at Google.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an account at Google")]
pub struct NotASubject;

impl GoogleSubject {
    /// The identifier as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for GoogleSubject {
    type Err = NotASubject;

    fn from_str(text: &str) -> Result<Self, NotASubject> {
        let fits = (1..=LONGEST).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        if fits { Ok(Self(text.to_owned())) } else { Err(NotASubject) }
    }
}

impl TryFrom<String> for GoogleSubject {
    type Error = NotASubject;

    fn try_from(text: String) -> Result<Self, NotASubject> {
        text.parse()
    }
}

impl From<GoogleSubject> for String {
    fn from(subject: GoogleSubject) -> Self {
        subject.0
    }
}

impl fmt::Display for GoogleSubject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The account at Google with which a person may sign in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoogleLink {
    /// The account at Google.
    pub subject: GoogleSubject,
    /// Its address at the time of the link, by which the person recognises it.
    pub email: EmailAddress,
    /// Time of the link.
    pub linked_at: Timestamp,
}

/// What is kept while a person is at Google.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoogleFlow {
    /// The text that the ID token must repeat.
    pub nonce: String,
    /// The secret that the code is exchanged with (RFC 7636).
    pub verifier: String,
    /// What follows.
    pub purpose: GooglePurpose,
    /// Time of the first step.
    pub begun_at: Timestamp,
}

/// What follows once it is known who a person is at Google.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "for", rename_all = "snake_case")]
pub enum GooglePurpose {
    /// A sign-in, or a new account.
    SignIn(GoogleSignIn),
    /// A link with an account that has a password.
    Link(GoogleLinking),
}

/// A sign-in that was begun.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoogleSignIn {
    /// The hash of the cookie of the browser that began it. No other browser can finish it, so nobody can sign somebody
    /// else in to a foreign account.
    pub browser: SecretHash,
    /// The accepted terms, if it makes an account.
    pub terms: TermsVersion,
    /// The code of the customer who invited the person, if it makes an account.
    pub referral: Option<ReferralCode>,
    /// The language of mails, if it makes an account.
    pub language: Language,
    /// Where the page goes on afterwards.
    pub redirect: Option<LocalPath>,
}

/// A link that was begun.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoogleLinking {
    /// The person, who proved the password.
    pub user_id: UserId,
    /// The version of the account's tokens at that time.
    pub version: u32,
}

impl GoogleFlow {
    /// Whether it can still be finished.
    pub fn is_open(&self, now: Timestamp) -> bool {
        now < self.begun_at.plus(GOOGLE_FLOW_LIFETIME)
    }
}

impl fmt::Debug for GoogleFlow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("GoogleFlow(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_a_short_visible_text() {
        assert_eq!("108204268033311374519".parse::<GoogleSubject>().unwrap().as_str(), "108204268033311374519");
        for bad in ["", "a b", "é", "1\n", &"1".repeat(256)] {
            assert_eq!(bad.parse::<GoogleSubject>(), Err(NotASubject), "{bad}");
        }
    }

    #[test]
    fn a_flow_is_open_for_ten_minutes_and_its_debug_text_hides_it() {
        let at = Timestamp::from_millis;
        let purpose = GooglePurpose::Link(GoogleLinking { user_id: UserId::new(at(0), 1), version: 1 });
        let flow = GoogleFlow { nonce: "n".to_owned(), verifier: "v".to_owned(), purpose, begun_at: at(0) };
        assert!(flow.is_open(at(599_999)) && !flow.is_open(at(600_000)));
        assert_eq!(format!("{flow:?}"), "GoogleFlow(..)");
    }
}
