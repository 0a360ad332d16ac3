//! Passwords of people. A change of the password ends all sessions, and is audited, in the same transaction.

use crate::{
    Credentials, Store, StoreError, item, keys,
    transact::{condition_failed, permanent_error, transact},
};
use aws_sdk_dynamodb::types::TransactWriteItem;
use domain::{UserId, account::PasswordHash, audit::AuditLine};

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
        let accounts = self.accounts().0;
        let version = read.map_or(1, |read| read + 1);
        let row = item::write(
            &keys::credentials(user),
            &Credentials { password: Some(password), version, changed_at: line.at },
            None,
        )?;
        let credentials = accounts.next_put(row, "version", version.into())?;
        let sessions = accounts
            .update_write(&keys::profile(user))
            .update_expression("ADD token_version :one")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":one", item::number(1))
            .build()?;
        let writes = vec![
            TransactWriteItem::builder().put(credentials).build(),
            TransactWriteItem::builder().update(sessions).build(),
            TransactWriteItem::builder().put(self.audit().put(line)?).build(),
        ];
        let Some(reasons) = transact(&self.client, writes).await? else { return Ok(true) };
        if let Some(error) = reasons.iter().find_map(permanent_error) {
            return Err(error);
        }
        if reasons.iter().any(condition_failed) { Ok(false) } else { Err(StoreError::Conflict) }
    }
}
