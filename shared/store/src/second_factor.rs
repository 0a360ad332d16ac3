//! The second factors of people. They have partitions of their own, which only functions that sign people in may read.

use crate::{
    Credentials, Found, Place, Profile, ReadSet, Slot, Store, StoreError, Stored, item, keys,
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

/// The records of a person in a read.
pub(crate) struct PersonSlots {
    profile: Slot<Profile>,
    credentials: Slot<Credentials>,
    second_factor: Slot<SecondFactor>,
}

impl Person {
    /// Adds the records of a person to a read.
    pub(crate) fn slots(reads: &mut ReadSet, user: &UserId) -> PersonSlots {
        PersonSlots {
            profile: reads.add(user, &()),
            credentials: reads.add(user, &()),
            second_factor: reads.add(user, &()),
        }
    }
}

impl PersonSlots {
    /// The person; `None` without profile or credentials.
    pub(crate) fn take(&self, found: &Found) -> Result<Option<Person>, StoreError> {
        let second_factor = found.take(&self.second_factor)?.unwrap_or_default();
        let both = found.take(&self.profile)?.zip(found.take(&self.credentials)?);
        Ok(both.map(|(profile, credentials)| Person { profile, credentials, second_factor }))
    }
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
        let person = Person::slots(&mut reads, user);
        person.take(&self.read_together(reads).await?)
    }

    /// Writes the next version of a second factor, with the line of the audit trail if it is a change that a person
    /// made. Returns `false` if another version was written meanwhile, so that a code counts once.
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
