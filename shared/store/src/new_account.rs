//! New accounts, with the claim on their address.

use crate::{
    Claim, Credentials, NotCommitted, Profile, Store, StoreError, Transaction, Versioned, keys, transact::as_write,
};
use aws_sdk_dynamodb::types::TransactWriteItem;
use domain::{
    UserId,
    audit::AuditLine,
    ledger::{Entry, Step, Subject},
};

/// A new account. It is the subject of the first movement in its wallet, so that an account never lacks it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAccount {
    /// The profile.
    pub profile: Profile,
    /// The credentials; `None` for an account without a password.
    pub credentials: Option<Credentials>,
}

/// Why a customer was not created.
#[derive(Debug, thiserror::Error)]
pub enum NotCreated {
    /// The address belongs to this customer.
    #[error("the address belongs to {0}")]
    AddressTaken(UserId),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
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

    fn writes(&self, store: &Store) -> Result<Vec<TransactWriteItem>, StoreError> {
        let (user, accounts) = (&self.profile.user_id, store.accounts().0);
        let profile = accounts.absent_put(&keys::profile(user), &self.profile, None)?;
        let credentials = self.credentials.as_ref();
        let credentials =
            credentials.map(|new| accounts.absent_put(&keys::credentials(user), new, None)).transpose()?;
        Ok(std::iter::once(profile).chain(credentials).map(as_write).collect())
    }

    async fn stored(&self, store: &Store) -> Result<Option<Self>, StoreError> {
        // One transaction writes both, so the profile proves the credentials.
        let found: Option<Profile> = store.record(&self.profile.user_id, &()).await?;
        Ok(found.map(|profile| Self { profile, credentials: self.credentials.clone() }))
    }

    fn records_entry(_before: &Self, _written: &Self) -> bool {
        true
    }

    /// An identifier is made for one account, so a profile with it is this account.
    fn came_of(_stored: &Self, _written: &Self, _moved_money: bool) -> bool {
        true
    }
}

impl Store {
    /// Writes a new customer together with the claim on the address, so that an address has one customer, and with the
    /// line of the audit trail.
    pub async fn create_customer(&self, account: NewAccount, line: &AuditLine) -> Result<(), NotCreated> {
        let email = account.profile.email.clone();
        let claim = Claim::email(&email, &account);
        let transaction = Transaction::of(Step::free(account)).claiming(claim).audited(line.clone());
        match self.commit(transaction, line.at).await {
            Ok(_) => Ok(()),
            Err(NotCommitted::Claimed) => match self.accounts().with_email(&email).await? {
                Some(owner) => Err(NotCreated::AddressTaken(owner)),
                None => Err(StoreError::Conflict.into()),
            },
            Err(NotCommitted::Store(error)) => Err(error.into()),
            Err(NotCommitted::Changed | NotCommitted::Replayed(_) | NotCommitted::Ledger(_)) => {
                Err(StoreError::Conflict.into())
            }
            Err(NotCommitted::Rule(never)) => match never {},
        }
    }
}
