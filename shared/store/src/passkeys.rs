//! The passkeys of people. Those of an account are one item, in a partition of its own; each credential is claimed by
//! its hash, so that it belongs to one account.

use crate::{
    Accounts, Claim, Person, Place, ReadSet, Store, StoreError, Stored, item, keys,
    transact::{as_delete, as_write, collided, condition_failed, permanent_error, transact},
};
use aws_sdk_dynamodb::types::Put;
use domain::{
    UserId,
    account::{CredentialId, OneTimeText, Passkeys},
    audit::AuditLine,
};

/// The outcome of a change of an account's passkeys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasskeysWritten {
    /// It is written.
    Done,
    /// The credential belongs to an account.
    Taken,
    /// The passkeys are not as they were read, or the challenge was used. Read them again.
    Changed,
}

impl Stored for Passkeys {
    type Id = ();

    fn place(owner: &UserId, (): &()) -> Place {
        Place { table: |tables| &tables.accounts, key: keys::passkeys(owner) }
    }
}

impl Store {
    /// A person with the person's passkeys, by one strong read; no person without profile or credentials.
    pub async fn person_with_passkeys(&self, user: &UserId) -> Result<(Option<Person>, Passkeys), StoreError> {
        let mut reads = ReadSet::default();
        let passkeys = reads.add::<Passkeys>(user, &());
        let person = Person::slots(&mut reads, user);
        let found = self.read_together(reads).await?;
        Ok((person.take(&found)?, found.take(&passkeys)?.unwrap_or_default()))
    }

    /// Writes the next version of an account's passkeys, with the claim on the credential that is new, the end of its
    /// challenge, and the line of the audit trail.
    pub async fn add_passkey(
        &self,
        user: &UserId,
        next: &Passkeys,
        credential: &CredentialId,
        challenge: &OneTimeText,
        line: &AuditLine,
    ) -> Result<PasskeysWritten, StoreError> {
        let writes = vec![
            // First, because its refusal has a meaning of its own.
            as_write(Claim::credential(credential, user).put(self)?),
            as_write(self.accounts().passkeys_put(user, next)?),
            as_delete(self.accounts().one_time_end(challenge)?),
            as_write(self.audit().put(line)?),
        ];
        let Some(reasons) = transact(&self.client, writes).await? else { return Ok(PasskeysWritten::Done) };
        if let Some(error) = reasons.iter().find_map(permanent_error) {
            return Err(error);
        }
        let others_hold = !reasons.iter().skip(1).any(|reason| condition_failed(reason) || collided(reason));
        match reasons.first() {
            Some(claim) if condition_failed(claim) && others_hold => Ok(PasskeysWritten::Taken),
            _ => Ok(PasskeysWritten::Changed),
        }
    }

    /// Writes the next version of an account's passkeys, without this credential, whose claim ends. Returns `false` if
    /// another version was written meanwhile.
    pub async fn remove_passkey(
        &self,
        user: &UserId,
        next: &Passkeys,
        credential: &CredentialId,
        line: &AuditLine,
    ) -> Result<bool, StoreError> {
        let accounts = self.accounts();
        let writes = vec![
            as_write(accounts.passkeys_put(user, next)?),
            as_delete(accounts.release(&keys::credential(credential), user)?),
            as_write(self.audit().put(line)?),
        ];
        let Some(reasons) = transact(&self.client, writes).await? else { return Ok(true) };
        match reasons.iter().find_map(permanent_error) {
            Some(error) => Err(error),
            None => Ok(false),
        }
    }
}

impl Accounts<'_> {
    /// The write of the next version in a transaction.
    pub(crate) fn passkeys_put(self, user: &UserId, next: &Passkeys) -> Result<Put, StoreError> {
        self.0.next_put(item::write(&keys::passkeys(user), next, None)?, "version", next.version)
    }

    /// Removes the passkeys of a deleted account, after their claims, so that it may be repeated.
    pub(crate) async fn remove_passkeys(self, user: &UserId) -> Result<(), StoreError> {
        let key = keys::passkeys(user);
        let passkeys: Passkeys = self.0.get(&key, crate::table::Consistency::Strong).await?.unwrap_or_default();
        for passkey in passkeys.all() {
            self.0.delete(&keys::credential(&passkey.credential)).await?;
        }
        self.0.delete(&key).await
    }
}
