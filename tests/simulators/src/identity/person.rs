//! Persons with an account: two standard ones, and any e-mail address that somebody types.

use aws_lc_rs::digest::{SHA256, digest};

/// Persons that the page offers from the start, as e-mail address and name.
pub const STANDARD: [(&str, &str); 2] = [("ama@example.com", "Ama Owusu"), ("kofi@example.com", "Kofi Mensah")];

/// A person who signs in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub email: String,
    pub name: String,
}

impl Person {
    /// The account's identifier: 21 digits, as at Google, always the same for an e-mail address.
    pub fn subject(&self) -> String {
        subject_of(&self.email.to_lowercase())
    }

    /// The identifier of another account with the same e-mail address, as when an address was given to somebody else.
    pub fn another_subject(&self) -> String {
        subject_of(&format!("another {}", self.email.to_lowercase()))
    }
}

fn subject_of(text: &str) -> String {
    let digest = digest(&SHA256, text.as_bytes());
    let number = digest.as_ref().iter().take(16).fold(0_u128, |sum, byte| sum << 8 | u128::from(*byte));
    format!("1{:020}", number % 10_u128.pow(20))
}

/// Whether a text can be an e-mail address. Real addresses are checked by the client, not here.
pub fn is_email(text: &str) -> bool {
    let has_parts = text.split_once('@').is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'));
    has_parts && text.len() <= 254 && !text.contains(|sign: char| sign.is_whitespace() || sign.is_control())
}

/// A name for a person who gave none: what comes before the `@`.
pub fn name_from(email: &str) -> String {
    email.split('@').next().unwrap_or_default().to_owned()
}
