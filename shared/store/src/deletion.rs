//! The deletion of an account: one transaction that ends it, and the removal of what is left of it.

use crate::{
    Accounts, Credentials, Place, Profile, Store, StoreError, Stored, Versioned, item,
    keys::{self, Key, TOMBSTONE},
    transact::{as_delete, as_write},
};
use aws_sdk_dynamodb::types::{AttributeValue, Delete, TransactWriteItem};
use domain::{
    UserId,
    account::{GoogleLink, Tombstone},
    ledger::{Entry, Subject},
};

/// The condition that a profile is as it was read; the account at Google is compared, too.
const AS_READ: &str = "email = :email AND token_version = :tokens AND active = :true";

/// The deletion of an account as it was read. It is the subject of the movement that waives its balance.
///
/// The profile makes way for a tombstone. With it all sessions and keys end, because a caller has a profile. The
/// password goes, and with it all links; so do the claims on address, referral code and account at Google.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deletion {
    /// The profile that was read.
    pub profile: Profile,
    /// The credentials that were read.
    pub credentials: Credentials,
    /// What remains.
    pub tombstone: Tombstone,
}

impl Stored for Tombstone {
    type Id = ();

    fn place(owner: &UserId, (): &()) -> Place {
        Place { table: |tables| &tables.accounts, key: keys::tombstone(owner) }
    }
}

impl Store {
    /// Whether the customer deleted the account.
    pub async fn is_deleted(&self, user: &UserId) -> Result<bool, StoreError> {
        Ok(self.record::<Tombstone>(user, &()).await?.is_some())
    }
}

impl Subject for Deletion {
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

impl Versioned for Deletion {
    fn made(&self) -> String {
        self.profile.user_id.to_string()
    }

    fn writes(&self, store: &Store) -> Result<Vec<TransactWriteItem>, StoreError> {
        let Self { profile: Profile { user_id: user, email, referral_code, token_version, google, .. }, .. } = self;
        let accounts = store.accounts();
        // A new address or password changes the profile, too, so this condition fails first.
        let profile = accounts.0.delete_write(&keys::profile(user));
        let profile = if let Some(GoogleLink { subject, .. }) = google {
            profile
                .condition_expression(format!("{AS_READ} AND google.subject = :google"))
                .expression_attribute_values(":google", item::text(subject.as_str()))
        } else {
            profile.condition_expression(format!("{AS_READ} AND attribute_not_exists(google)"))
        };
        let profile = profile
            .expression_attribute_values(":email", item::text(email.as_str()))
            .expression_attribute_values(":tokens", item::number(token_version))
            .expression_attribute_values(":true", AttributeValue::Bool(true))
            .build()?;
        let credentials = accounts
            .0
            .delete_write(&keys::credentials(user))
            .condition_expression("version = :read")
            .expression_attribute_values(":read", item::number(self.credentials.version))
            .build()?;
        let mut writes = vec![
            as_delete(profile),
            as_write(accounts.0.absent_put(&keys::tombstone(user), &self.tombstone, None)?),
            as_delete(credentials),
            as_delete(accounts.release(&keys::email(email), user)?),
        ];
        if let Some(code) = referral_code {
            writes.push(as_delete(accounts.release(&keys::referral(code), user)?));
        }
        if let Some(GoogleLink { subject, .. }) = google {
            writes.push(as_delete(accounts.release(&keys::google(subject), user)?));
        }
        writes.extend(accounts.end_registration(&self.profile)?.map(as_delete));
        Ok(writes)
    }

    async fn stored(&self, store: &Store) -> Result<Option<Self>, StoreError> {
        let found: Option<Tombstone> = store.record(&self.profile.user_id, &()).await?;
        Ok(found.map(|tombstone| Self { tombstone, ..self.clone() }))
    }

    fn records_entry(_before: &Self, _written: &Self) -> bool {
        true
    }

    /// The time of the deletion is that of one request.
    fn came_of(stored: &Self, written: &Self, _moved_money: bool) -> bool {
        stored.tombstone == written.tombstone
    }
}

impl Accounts<'_> {
    /// The end of the registration that made the account, when its address is released. Otherwise its link would work
    /// again, for it works once only because the address has an account.
    pub(crate) fn end_registration(self, profile: &Profile) -> Result<Option<Delete>, StoreError> {
        let id = profile.registration_id.as_ref();
        let key = id.map(|id| keys::registration(&profile.email, id));
        Ok(key.map(|key| self.0.delete_write(&key).build()).transpose()?)
    }

    /// Removes what is left of a deleted account: its sessions, its keys, and whatever else is in its partitions,
    /// except the tombstone. It may be repeated.
    pub async fn remove_rest(self, user: &UserId) -> Result<(), StoreError> {
        for row in self.0.query(keys::user(user)).strong().all().await? {
            let sk = item::text_of(&row, "sk").unwrap_or_default();
            if sk != TOMBSTONE {
                self.0.delete(&Key::new(keys::user(user), sk)).await?;
            }
        }
        for elsewhere in [keys::second_factor(user), keys::notifications(user), keys::billing(user)] {
            self.0.delete(&elsewhere).await?;
        }
        self.remove_passkeys(user).await
    }
}
