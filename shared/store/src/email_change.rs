//! Changes of an account's address. The last confirmation moves the claim on the address, the profile and the line of
//! the audit trail in one transaction.

use crate::{
    Claim, Credentials, Place, Profile, Store, StoreError, Stored,
    error::took_effect,
    item, keys,
    transact::{as_delete, as_update, as_write, condition_failed, permanent_error, transact},
};
use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    RequestId, UserId,
    account::{Confirmation, EmailChange},
    audit::AuditLine,
};

/// The outcome of a move to another address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moved {
    /// The account has the new address.
    Done,
    /// The new address belongs to another account.
    Taken,
    /// The account or the change is not as it was read. Read them again.
    Changed,
}

impl Stored for EmailChange {
    type Id = ();

    fn place(owner: &UserId, (): &()) -> Place {
        Place { table: |tables| &tables.accounts, key: keys::email_change(owner) }
    }
}

impl Store {
    /// Writes a change that was asked for, with its line of the audit trail. It replaces an earlier one.
    pub async fn ask_email_change(&self, change: &EmailChange, line: &AuditLine) -> Result<(), StoreError> {
        let accounts = self.accounts().0;
        let expires = Some(change.ends_at.epoch_seconds());
        let change = accounts.any_put(&keys::email_change(&change.user_id), change, expires)?;
        let writes = vec![as_write(change), as_write(self.audit().put(line)?)];
        match transact(&self.client, writes).await? {
            None => Ok(()),
            Some(reasons) => Err(reasons.iter().find_map(permanent_error).unwrap_or(StoreError::Conflict)),
        }
    }

    /// Writes the first confirmation of a change. Returns `false` if the change was replaced or confirmed meanwhile.
    pub async fn confirm_email_change(&self, change: &EmailChange, first: &Confirmation) -> Result<bool, StoreError> {
        let update = self.accounts().0.update(&keys::email_change(&change.user_id));
        let update = update.update_expression("SET confirmed = :first");
        let update = update.condition_expression("change_id = :change AND attribute_not_exists(confirmed)");
        let update = update.expression_attribute_values(":first", serde_dynamo::to_attribute_value(first)?);
        let update = update.expression_attribute_values(":change", item::text(change.change_id.as_str()));
        took_effect(update.send().await)
    }

    /// Moves the account to the new address of a change that both addresses have confirmed: the change ends, the claim
    /// on the old address too, and the credentials get their next version, which ends all links that were sent to it.
    pub async fn move_email(
        &self,
        change: &EmailChange,
        (account, credentials): (&Profile, &Credentials),
        by: &RequestId,
        line: &AuditLine,
    ) -> Result<Moved, StoreError> {
        let (accounts, user) = (self.accounts().0, &change.user_id);
        let claim = Claim::moved_email(&change.new, user).put(self)?;
        let ended = accounts
            .update_write(&keys::email_change(user))
            .update_expression("SET finished_by = :by")
            .condition_expression(
                "change_id = :change AND attribute_exists(confirmed) AND attribute_not_exists(finished_by)",
            )
            .expression_attribute_values(":by", item::text(by.as_str()))
            .expression_attribute_values(":change", item::text(change.change_id.as_str()))
            .build()?;
        let profile = accounts
            .update_write(&keys::profile(user))
            .update_expression("SET email = :new")
            .condition_expression("email = :old AND active = :true")
            .expression_attribute_values(":new", item::text(change.new.as_str()))
            .expression_attribute_values(":old", item::text(change.old.as_str()))
            .expression_attribute_values(":true", AttributeValue::Bool(true))
            .build()?;
        let links = accounts
            .update_write(&keys::credentials(user))
            .update_expression("ADD version :one")
            .condition_expression("version = :read")
            .expression_attribute_values(":one", item::number(1))
            .expression_attribute_values(":read", item::number(credentials.version))
            .build()?;
        let mut writes = vec![
            as_write(claim),
            as_update(ended),
            as_update(profile),
            as_update(links),
            as_delete(self.accounts().release(&keys::email(&change.old), user)?),
            as_write(self.audit().put(line)?),
        ];
        writes.extend(self.accounts().end_registration(account)?.map(as_delete));
        let Some(reasons) = transact(&self.client, writes).await? else { return Ok(Moved::Done) };
        if let Some(error) = reasons.iter().find_map(permanent_error) {
            return Err(error);
        }
        let failed: Vec<bool> = reasons.iter().map(condition_failed).collect();
        match failed.split_first() {
            Some((true, others)) if !others.contains(&true) => Ok(Moved::Taken),
            _ if failed.contains(&true) => Ok(Moved::Changed),
            _ => Err(StoreError::Conflict),
        }
    }
}
