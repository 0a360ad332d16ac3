//! Links of accounts with accounts at Google. The claim on the account at Google, the profile and the line of the audit
//! trail change in one transaction.

use crate::{
    Claim, Store, StoreError, item, keys,
    transact::{as_delete, as_update, as_write, condition_failed, permanent_error, transact, written_together},
};
use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    UserId,
    account::{GoogleLink, GoogleSubject},
    audit::AuditLine,
};

/// The outcome of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Linked {
    /// The account at Google may sign in.
    Done,
    /// The account at Google belongs to another account.
    Taken,
    /// The account is not as it was read: it has a link, or all its sessions were ended.
    Changed,
}

impl Store {
    /// Links an account, whose tokens still have this version, with an account at Google.
    pub async fn link_google(
        &self,
        user: &UserId,
        version: u32,
        google: &GoogleLink,
        line: &AuditLine,
    ) -> Result<Linked, StoreError> {
        let claim = Claim::linked_google(&google.subject, user).put(self)?;
        let profile = self
            .accounts()
            .0
            .update_write(&keys::profile(user))
            .update_expression("SET google = :google")
            .condition_expression("attribute_not_exists(google) AND token_version = :version AND active = :true")
            .expression_attribute_values(":google", serde_dynamo::to_attribute_value(google)?)
            .expression_attribute_values(":version", item::number(version))
            .expression_attribute_values(":true", AttributeValue::Bool(true))
            .build()?;
        let writes = vec![as_write(claim), as_update(profile), as_write(self.audit().put(line)?)];
        let Some(reasons) = transact(&self.client, writes).await? else { return Ok(Linked::Done) };
        if let Some(error) = reasons.iter().find_map(permanent_error) {
            return Err(error);
        }
        let failed: Vec<bool> = reasons.iter().map(condition_failed).collect();
        match failed.split_first() {
            Some((true, others)) if !others.contains(&true) => Ok(Linked::Taken),
            _ if failed.contains(&true) => Ok(Linked::Changed),
            _ => Err(StoreError::Conflict),
        }
    }

    /// Ends the link of an account with this account at Google. Returns `false` if it has no such link any more.
    pub async fn unlink_google(
        &self,
        user: &UserId,
        subject: &GoogleSubject,
        line: &AuditLine,
    ) -> Result<bool, StoreError> {
        let profile = self
            .accounts()
            .0
            .update_write(&keys::profile(user))
            .update_expression("REMOVE google")
            .condition_expression("google.subject = :subject")
            .expression_attribute_values(":subject", item::text(subject.as_str()))
            .build()?;
        let claim = self.accounts().release(&keys::google(subject), user)?;
        let writes = vec![as_update(profile), as_delete(claim), as_write(self.audit().put(line)?)];
        written_together(&self.client, writes).await
    }
}
