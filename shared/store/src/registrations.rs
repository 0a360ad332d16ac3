//! Registrations that are not completed, and the account that a completed one makes.

use crate::{
    Accounts, Place, Profile, ReadSet, Store, StoreError, Stored, Versioned,
    customers::AddressOwner,
    item,
    keys::{self, REGISTRATION_PREFIX},
    table::Consistency,
};
use aws_sdk_dynamodb::types::Put;
use domain::{
    EmailAddress, RegistrationId, Timestamp, UserId,
    account::{PasswordHash, ReferralCode, Registration},
    ledger::{Entry, Subject},
};
use serde::{Deserialize, Serialize};

/// The secrets with which a person signs in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credentials {
    /// The hash of the password; `None` for a person who never set one.
    pub password: Option<PasswordHash>,
    /// The number of changes. One-time tokens name the version that they were made for.
    pub version: u32,
    /// Time of the last change.
    pub changed_at: Timestamp,
}

/// A new account. It is the subject of the first movement in its wallet, so that an account never lacks it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAccount {
    /// The profile.
    pub profile: Profile,
    /// The credentials.
    pub credentials: Credentials,
}

impl Stored for Credentials {
    type Id = ();

    fn place(owner: &UserId, (): &()) -> Place {
        Place { table: |tables| &tables.accounts, key: keys::credentials(owner) }
    }
}

impl Subject for NewAccount {
    fn owner(&self) -> &UserId {
        &self.profile.user_id
    }

    fn version(&self) -> u64 {
        0
    }

    fn written_with(self, _entry: Option<&Entry>) -> Self {
        self
    }
}

impl Versioned for NewAccount {
    fn made(&self) -> String {
        self.profile.user_id.to_string()
    }

    fn puts(&self, store: &Store) -> Result<Vec<Put>, StoreError> {
        let (user, accounts) = (&self.profile.user_id, store.accounts().0);
        Ok(vec![
            accounts.absent_put(&keys::profile(user), &self.profile, None)?,
            accounts.absent_put(&keys::credentials(user), &self.credentials, None)?,
        ])
    }

    async fn stored(&self, store: &Store) -> Result<Option<Self>, StoreError> {
        let found = store.profile_and_credentials(&self.profile.user_id).await?;
        Ok(found.map(|(profile, credentials)| Self { profile, credentials }))
    }

    fn records_entry(_before: &Self, _written: &Self) -> bool {
        true
    }

    /// Its identifier is random and written once, so a profile with it comes from this write.
    fn came_of(_stored: &Self, _written: &Self, _moved_money: bool) -> bool {
        true
    }
}

impl Store {
    /// The profile and the credentials of a person, by one strong read; `None` if either does not exist.
    pub async fn profile_and_credentials(&self, user: &UserId) -> Result<Option<(Profile, Credentials)>, StoreError> {
        let mut reads = ReadSet::default();
        let (profile, credentials) = (reads.add::<Profile>(user, &()), reads.add::<Credentials>(user, &()));
        let found = self.read_together(reads).await?;
        Ok(found.take(&profile)?.zip(found.take(&credentials)?))
    }
}

impl Accounts<'_> {
    /// The customer with this referral code.
    pub async fn owner_of_referral(self, code: &ReferralCode) -> Result<Option<UserId>, StoreError> {
        let owner: Option<AddressOwner> = self.0.get(&keys::referral(code), Consistency::Strong).await?;
        Ok(owner.map(|owner| owner.user_id))
    }

    /// Writes a registration, which expires by itself.
    pub async fn put_registration(self, registration: &Registration) -> Result<(), StoreError> {
        let Registration { email, registration_id, .. } = registration;
        let expires = registration.ends_at().epoch_seconds();
        self.0.put_expiring(&keys::registration(email, registration_id), registration, expires).await
    }

    /// A registration of this address.
    pub async fn registration(
        self,
        email: &EmailAddress,
        id: &RegistrationId,
    ) -> Result<Option<Registration>, StoreError> {
        self.0.get(&keys::registration(email, id), Consistency::Strong).await
    }

    /// The newest registrations of an address, newest first, with those that have ended.
    pub async fn newest_registrations(self, email: &EmailAddress, most: i32) -> Result<Vec<Registration>, StoreError> {
        let newest = self.0.query(keys::email(email).pk).prefix(REGISTRATION_PREFIX).newest_first().strong();
        newest.rows(most).await?.into_iter().map(item::read).collect()
    }

    /// The owner of an address, and the newest registration of it, by one query.
    pub async fn owner_and_registration(
        self,
        email: &EmailAddress,
    ) -> Result<(Option<UserId>, Option<Registration>), StoreError> {
        // Highest key first: the owner, then the newest registration.
        let rows = self.0.query(keys::email(email).pk).newest_first().strong().rows(2).await?;
        let (mut owner, mut newest) = (None, None);
        for row in rows {
            if item::text_of(&row, "sk").is_some_and(|sk| sk.starts_with(REGISTRATION_PREFIX)) {
                newest = newest.or(Some(item::read(row)?));
            } else {
                owner = Some(item::read::<AddressOwner>(row)?.user_id);
            }
        }
        Ok((owner, newest))
    }
}
