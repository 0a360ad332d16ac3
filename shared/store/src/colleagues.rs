//! The people of the staff: their roles, and a list of them.

use crate::{
    Accounts, Store, StoreError, item,
    keys::{self, COLLEAGUES},
    transact::{as_update, as_write, written_together},
};
use domain::{UserId, access::StaffRole, audit::AuditLine};
use serde::{Deserialize, Serialize};

/// A row of the list. It stays without a role when a person leaves.
#[derive(Serialize, Deserialize)]
struct Colleague {
    user_id: UserId,
    role: Option<StaffRole>,
}

impl Store {
    /// Gives a person another role, or none, in the profile and in the list, with the line of the audit trail. Returns
    /// `false` if the person does not have the role `before`.
    pub async fn set_role(
        &self,
        user: &UserId,
        before: Option<StaffRole>,
        after: Option<StaffRole>,
        line: &AuditLine,
    ) -> Result<bool, StoreError> {
        let accounts = self.accounts().0;
        let profile = accounts.update_write(&keys::profile(user)).expression_attribute_names("#role", "role");
        let profile = match after {
            Some(role) => profile
                .update_expression("SET #role = :after")
                .expression_attribute_values(":after", item::text(role.as_str())),
            None => profile.update_expression("REMOVE #role"),
        };
        let profile = match before {
            Some(role) => profile
                .condition_expression("attribute_exists(pk) AND #role = :before")
                .expression_attribute_values(":before", item::text(role.as_str())),
            None => profile.condition_expression("attribute_exists(pk) AND attribute_not_exists(#role)"),
        };
        let row = accounts.any_put(&keys::colleague(user), &Colleague { user_id: user.clone(), role: after }, None)?;
        let writes = vec![as_update(profile.build()?), as_write(row), as_write(self.audit().put(line)?)];
        written_together(&self.client, writes).await
    }
}

impl Accounts<'_> {
    /// The people of the staff, with their roles.
    pub async fn colleagues(self) -> Result<Vec<(UserId, StaffRole)>, StoreError> {
        let rows = self.0.query(COLLEAGUES.to_owned()).strong().all().await?;
        let rows: Vec<Colleague> = rows.into_iter().map(item::read).collect::<Result<_, _>>()?;
        Ok(rows.into_iter().filter_map(|row| Some((row.user_id, row.role?))).collect())
    }
}
