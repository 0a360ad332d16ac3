//! Profiles of customers.

use crate::{
    Accounts, Place, Store, StoreError, Stored,
    beside::{Found, ReadSet},
    keys,
};
use domain::{
    EmailAddress, Language, Plan, RegistrationId, Timestamp, Trust, UserId,
    access::{ApiKey, SecretHash, StaffRole},
    account::{GoogleLink, ReferralCode, TermsVersion},
    metering::Metering,
};
use serde::{Deserialize, Serialize};

/// A customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Identifier.
    pub user_id: UserId,
    /// Email address.
    pub email: EmailAddress,
    /// Current plan.
    pub plan: Plan,
    /// How well we know the customer.
    #[serde(default)]
    pub trust: Trust,
    /// How the usage is metered, if it is.
    #[serde(default)]
    pub metering: Option<Metering>,
    /// Whether the account may be used.
    pub active: bool,
    /// The version of the account's tokens. A higher one ends all sessions and their access tokens.
    #[serde(default)]
    pub token_version: u32,
    /// The role of a person of the staff.
    #[serde(default)]
    pub role: Option<StaffRole>,
    /// The language of mails.
    #[serde(default)]
    pub language: Language,
    /// The accepted terms; `None` for accounts that an operator made.
    #[serde(default)]
    pub terms: Option<TermsVersion>,
    /// The code with which the customer invites others; `None` for accounts that an operator made.
    #[serde(default)]
    pub referral_code: Option<ReferralCode>,
    /// The registration that made the account; `None` for accounts that an operator made.
    #[serde(default)]
    pub registration_id: Option<RegistrationId>,
    /// Who invited the customer.
    #[serde(default)]
    pub referred_by: Option<UserId>,
    /// The account at Google with which the customer may sign in. Its claim names this customer.
    #[serde(default)]
    pub google: Option<GoogleLink>,
    /// Time of the registration.
    pub created_at: Timestamp,
}

impl Profile {
    /// The profile of a new account, which may be used.
    pub fn new(user_id: UserId, email: EmailAddress, plan: Plan, now: Timestamp) -> Self {
        Self {
            user_id,
            email,
            plan,
            trust: Trust::Earned,
            metering: None,
            active: true,
            token_version: 0,
            role: None,
            language: Language::default(),
            terms: None,
            referral_code: None,
            registration_id: None,
            referred_by: None,
            google: None,
            created_at: now,
        }
    }
}

/// A customer with one of the customer's keys.
#[derive(Clone, Debug)]
pub struct Account {
    /// The customer.
    pub profile: Profile,
    /// The key.
    pub key: ApiKey,
}

impl Stored for Profile {
    type Id = ();

    fn place(owner: &UserId, (): &()) -> Place {
        Place { table: |tables| &tables.accounts, key: keys::profile(owner) }
    }
}

impl Store {
    /// Reads a customer and a key, and the records of `beside`, with one strong read. `None` if the key or
    /// the customer does not exist.
    pub async fn account_of_key(
        &self,
        user: &UserId,
        hash: &SecretHash,
        mut beside: ReadSet,
    ) -> Result<Option<(Account, Found)>, StoreError> {
        let (profile, key) = (beside.add::<Profile>(user, &()), beside.add::<ApiKey>(user, hash));
        let found = self.read_together(beside).await?;
        let (Some(profile), Some(key)) = (found.take(&profile)?, found.take(&key)?) else { return Ok(None) };
        Ok(Some((Account { profile, key }, found)))
    }
}

impl Accounts<'_> {
    /// Writes a customer's profile.
    pub async fn put_profile(self, profile: &Profile) -> Result<(), StoreError> {
        self.0.put(&keys::profile(&profile.user_id), profile).await
    }
}
