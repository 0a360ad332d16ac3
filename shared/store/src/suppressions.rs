//! Addresses that get no letters. Each time is only ever replaced by a later one, so reports may come twice and in any
//! order.

use crate::{
    Accounts, Store, StoreError,
    error::took_effect,
    item, keys,
    table::Consistency,
    transact::{as_update, as_write, written_together},
};
use domain::{
    Timestamp,
    audit::AuditLine,
    suppression::{AddressHash, Suppression, Undelivered},
};

/// The attribute of a report.
const fn attribute(what: Undelivered) -> &'static str {
    match what {
        Undelivered::Bounced => "bounced_at",
        Undelivered::Complained => "complained_at",
    }
}

impl Accounts<'_> {
    /// What happened to letters to an address.
    pub async fn suppression(self, address: &AddressHash) -> Result<Suppression, StoreError> {
        let found: Option<Suppression> = self.0.get(&keys::suppressed(address), Consistency::Strong).await?;
        Ok(found.unwrap_or_default())
    }

    /// Notes that a letter, which was sent at `at`, was not delivered.
    pub async fn note_undelivered(
        self,
        address: &AddressHash,
        what: Undelivered,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let update = self.0.update(&keys::suppressed(address)).update_expression("SET #what = :at, #schema = :schema");
        let update = update.condition_expression("attribute_not_exists(#what) OR #what < :at");
        let update = update.expression_attribute_names("#what", attribute(what));
        let update = update.expression_attribute_names("#schema", "schema");
        let update = update.expression_attribute_values(":schema", item::number(item::SCHEMA));
        took_effect(update.expression_attribute_values(":at", item::text(at.to_string())).send().await).map(|_| ())
    }

    /// Notes that somebody opened the link of a letter to the address. Nothing is written about other addresses.
    pub async fn note_proved(self, address: &AddressHash, now: Timestamp) -> Result<(), StoreError> {
        let update = self.0.update(&keys::suppressed(address)).update_expression("SET proved_at = :now");
        let update = update.condition_expression("attribute_exists(pk)");
        took_effect(update.expression_attribute_values(":now", item::text(now.to_string())).send().await).map(|_| ())
    }
}

impl Store {
    /// Lifts the suppression of an address, together with the line of the audit trail. Returns `false` if nothing is
    /// known about the address.
    pub async fn lift_suppression(&self, address: &AddressHash, line: &AuditLine) -> Result<bool, StoreError> {
        let lift = self
            .accounts()
            .0
            .update_write(&keys::suppressed(address))
            .update_expression("SET lifted_at = :now")
            .condition_expression("attribute_exists(pk)")
            .expression_attribute_values(":now", item::text(line.at.to_string()))
            .build()?;
        let writes = vec![as_update(lift), as_write(self.audit().put(line)?)];
        written_together(&self.client, writes).await
    }
}
