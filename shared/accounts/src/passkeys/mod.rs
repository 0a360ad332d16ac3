//! Passkeys: added, removed, and used to sign in (decision 0043).
//!
//! A ceremony has two requests. The first one returns options for the browser, whose challenge is kept like a one-time
//! token; the second one brings the device's answer. Only [`webauthn`] knows the library that reads and verifies
//! answers.

mod add;
mod relying_party;
mod remove;
mod sign_in;
mod use_passkey;
mod webauthn;

pub use add::{add_passkey, start_adding};
pub use remove::{end_passkey, remove_passkey};
pub use sign_in::{sign_in_with_passkey, sign_in_with_second_passkey};
pub use use_passkey::start_using;
pub use webauthn::Refusal;

use crate::NotProved;
use domain::account::TooManyPasskeys;
use serde_json::Value;
use store::StoreError;
use thiserror::Error;

/// How often a change is decided again after another request changed the account's passkeys.
const ATTEMPTS: u32 = 3;

/// The options of a ceremony, as browsers read them from JSON.
#[derive(Clone, Debug)]
pub struct Options(pub Value);

/// Why a passkey was not added, removed or accepted.
#[derive(Debug, Error)]
pub enum PasskeyError {
    /// The person did not prove to be the owner.
    #[error(transparent)]
    NotProved(#[from] NotProved),
    /// The answer does not have the form of one.
    #[error("the answer can't be read: {0}")]
    Unreadable(String),
    /// The challenge is unknown, was used, is another person's or of another kind, or its time is over.
    #[error("the challenge is over")]
    Over,
    /// The answer is not accepted.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The credential belongs to an account.
    #[error("the credential belongs to an account")]
    Taken,
    /// The account has as many passkeys as it may have.
    #[error(transparent)]
    TooMany(#[from] TooManyPasskeys),
    /// The account has no such passkey.
    #[error("no such passkey")]
    NotFound,
    /// Other requests kept changing the account's passkeys.
    #[error("the passkeys changed meanwhile")]
    Changed,
    /// Passkeys need the address of our pages.
    #[error("PUBLIC_URL is no address of pages")]
    NoPublicUrl,
    /// What is stored, or what the library makes, can't be used: a defect.
    #[error("no ceremony is possible: {0}")]
    Defect(String),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
