//! Registrations: what a person sent, until the address is proved. Only then is there an account. An address may have
//! several registrations, because anybody can type it; the letter says where and when its own was made.

use super::{Device, PasswordHash, ReferralCode, TermsVersion};
use crate::{EmailAddress, Language, Network, RegistrationId, Timestamp};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// How long an address can be proved.
pub const REGISTRATION_LIFETIME: Duration = Duration::from_hours(24);

/// A registration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// Identifier.
    pub registration_id: RegistrationId,
    /// The address, not yet proved.
    pub email: EmailAddress,
    /// The hash of the password.
    pub password: PasswordHash,
    /// The accepted terms.
    pub terms: TermsVersion,
    /// The code of the customer who invited the person.
    pub referral: Option<ReferralCode>,
    /// The language of mails.
    pub language: Language,
    /// The device that registered.
    pub device: Device,
    /// Its network.
    pub network: Network,
    /// Time of the registration.
    pub made_at: Timestamp,
}

impl Registration {
    /// When it can no longer be completed.
    pub fn ends_at(&self) -> Timestamp {
        self.made_at.plus(REGISTRATION_LIFETIME)
    }

    /// Whether it can be completed.
    pub fn is_open(&self, now: Timestamp) -> bool {
        now < self.ends_at()
    }
}
