//! The credentials of people: passwords. A change of the password ends all sessions, and is audited, in the same
//! transaction.

use crate::{
    Place, Store, StoreError, Stored, item, keys,
    transact::{as_update, as_write, written_together},
};
use domain::{Timestamp, UserId, account::PasswordHash, audit::AuditLine};
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
    /// For a first password, which an operator has seen: until when its owner can replace it.
    #[serde(default)]
    pub replace_until: Option<Timestamp>,
}

impl Stored for Credentials {
    type Id = ();

    fn place(owner: &UserId, (): &()) -> Place {
        Place { table: |tables| &tables.accounts, key: keys::credentials(owner) }
    }
}

impl Store {
    /// Sets a new password, if the credentials still have the version `read` (`None` if there are none yet), ends all
    /// sessions, and adds the line to the audit trail. Returns `false` if the credentials changed meanwhile.
    ///
    /// A lost answer is not recognised: the next attempt finds the next version and fails, although the password
    /// is the new one. The person then signs in with it, or asks for another link.
    pub async fn set_password(
        &self,
        user: &UserId,
        password: PasswordHash,
        read: Option<u32>,
        line: &AuditLine,
    ) -> Result<bool, StoreError> {
        let version = read.map_or(1, |read| read + 1);
        let next = Credentials { password: Some(password), version, changed_at: line.at, replace_until: None };
        self.put_credentials(user, &next, line).await
    }

    /// Sets a new first password, which its owner can replace until this time, in the same way.
    pub async fn set_first_password(
        &self,
        user: &UserId,
        password: PasswordHash,
        read: u32,
        replace_until: Timestamp,
        line: &AuditLine,
    ) -> Result<bool, StoreError> {
        let (password, changed_at, replace_until) = (Some(password), line.at, Some(replace_until));
        self.put_credentials(user, &Credentials { password, version: read + 1, changed_at, replace_until }, line).await
    }

    async fn put_credentials(&self, user: &UserId, next: &Credentials, line: &AuditLine) -> Result<bool, StoreError> {
        let accounts = self.accounts().0;
        let row = item::write(&keys::credentials(user), next, None)?;
        let credentials = accounts.next_put(row, "version", next.version.into())?;
        let sessions = accounts
            .update_write(&keys::profile(user))
            .update_expression("ADD token_version :one")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":one", item::number(1))
            .build()?;
        let writes = vec![as_write(credentials), as_update(sessions), as_write(self.audit().put(line)?)];
        written_together(&self.client, writes).await
    }
}
