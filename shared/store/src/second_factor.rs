//! The second factors of people. They have partitions of their own, which only functions that sign people in may read.

use crate::{
    Credentials, Place, Profile, ReadSet, Store, StoreError, Stored, item, keys,
    transact::{as_write, written_together},
};
use domain::{UserId, account::SecondFactor, audit::AuditLine};

/// A person with everything that a sign-in needs to know.
#[derive(Clone, Debug)]
pub struct Person {
    /// The profile.
    pub profile: Profile,
    /// The password.
    pub credentials: Credentials,
    /// The second factor; off for a person who never had one.
    pub second_factor: SecondFactor,
}

impl Stored for SecondFactor {
    type Id = ();

    fn place(owner: &UserId, (): &()) -> Place {
        Place { table: |tables| &tables.accounts, key: keys::second_factor(owner) }
    }
}

impl Store {
    /// A person, by one strong read; `None` without profile or credentials.
    pub async fn person(&self, user: &UserId) -> Result<Option<Person>, StoreError> {
        let mut reads = ReadSet::default();
        let (profile, credentials) = (reads.add::<Profile>(user, &()), reads.add::<Credentials>(user, &()));
        let second_factor = reads.add::<SecondFactor>(user, &());
        let found = self.read_together(reads).await?;
        let second_factor = found.take(&second_factor)?.unwrap_or_default();
        let both = found.take(&profile)?.zip(found.take(&credentials)?);
        Ok(both.map(|(profile, credentials)| Person { profile, credentials, second_factor }))
    }

    /// Writes the next version of a second factor, with the line of the audit trail if it is a change that a person made.
    /// Returns `false` if another version was written meanwhile, so that a code counts once.
    pub async fn put_second_factor(
        &self,
        user: &UserId,
        next: &SecondFactor,
        line: Option<&AuditLine>,
    ) -> Result<bool, StoreError> {
        let row = item::write(&keys::second_factor(user), next, None)?;
        let next = self.accounts().0.next_put(row, "version", next.version)?;
        let line = line.map(|line| self.audit().put(line)).transpose()?;
        let writes = std::iter::once(next).chain(line).map(as_write).collect();
        written_together(&self.client, writes).await
    }
}
