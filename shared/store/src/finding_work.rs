//! Findings as stored: found once, worked on by people, and corrected together with a wallet.
//!
//! A finding is in the partition of its day. Those that are not resolved have the keys of the index `due`, in a
//! partition of its own, oldest first. So one write changes the finding and the list, and no list needs a scan or a
//! bound in time.

use crate::{
    Cursor, Finding, Orders, Page, Store, StoreError, Versioned,
    item::{self, Item},
    keys::{self, FINDING_PREFIX, UNRESOLVED_FINDINGS},
    table::Consistency,
    transact::{as_write, written_together},
};
use aws_sdk_dynamodb::types::{Put, TransactWriteItem};
use domain::{
    FindingId, Timestamp, UserId,
    audit::AuditLine,
    finding::FindingState,
    ledger::{Entry, Subject},
};

/// A finding whose correction moves money in a customer's wallet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorrectedFinding {
    /// The customer.
    pub customer: UserId,
    /// The finding with the correction.
    pub finding: Finding,
}

impl Orders<'_> {
    /// Writes a finding; `false` if it exists.
    pub async fn put_finding(self, finding: &Finding) -> Result<bool, StoreError> {
        self.0.put_row_if_absent(row(finding)?).await
    }

    /// The write of a finding that is found once.
    pub(crate) fn finding_put(self, finding: &Finding) -> Result<Put, StoreError> {
        self.0.absent_row_put(row(finding)?)
    }

    /// A finding, by a strong read.
    pub async fn finding(self, id: &FindingId) -> Result<Option<Finding>, StoreError> {
        self.0.get(&keys::finding(id), Consistency::Strong).await
    }

    /// The findings of a day, oldest first.
    pub async fn findings_of(self, day: Timestamp) -> Result<Vec<Finding>, StoreError> {
        let rows = self.0.query(keys::findings(day)).all().await?;
        rows.into_iter().map(item::read).collect()
    }

    /// A page of the findings of a day, oldest first.
    pub async fn findings_on(
        self,
        day: Timestamp,
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<Page<Finding>, StoreError> {
        if after.is_some_and(|cursor| !is_of_finding(cursor)) {
            return Ok(Page::empty());
        }
        self.0.query(keys::findings(day)).after(after).strong().page(limit).await
    }

    /// A page of the findings that are not resolved, oldest first. A new one may be missing for a moment.
    pub async fn unresolved_findings(self, limit: usize, after: Option<&Cursor>) -> Result<Page<Finding>, StoreError> {
        if after.is_some_and(|cursor| !is_of_finding(cursor)) {
            return Ok(Page::empty());
        }
        // Identifiers sort by time.
        let after = after.map_or(FindingId::PREFIX, Cursor::sk);
        let query = self.0.client().query().table_name(self.0.name()).index_name("due");
        let query = query.key_condition_expression("due_pk = :pk AND due_sk > :after");
        let query = query.expression_attribute_values(":pk", item::text(UNRESOLVED_FINDINGS));
        let query = query.expression_attribute_values(":after", item::text(after));
        let answer = query.limit(i32::try_from(limit).unwrap_or(i32::MAX)).send().await?;
        let keys: Vec<_> = answer.items.unwrap_or_default().iter().filter_map(item::key_of).collect();
        let more = answer.last_evaluated_key.is_some_and(|key| !key.is_empty());
        let next = keys.last().filter(|_| more).map(|key| Cursor::after(&key.sk));
        let rows = self.0.get_many(&keys, Consistency::Strong).await?;
        let mut items: Vec<Finding> = rows.into_iter().map(item::read).collect::<Result<_, _>>()?;
        // The index is late.
        items.retain(|finding| finding.work.state() != FindingState::Resolved);
        items.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(Page { items, next, read: keys.len() })
    }

    /// The write of a finding's next version. It fails unless the version before is stored.
    fn next_finding(self, finding: &Finding) -> Result<Put, StoreError> {
        let read = finding.version.saturating_sub(1);
        let condition = match read {
            // Findings of earlier versions of the code have no number.
            0 => "attribute_exists(pk) AND (attribute_not_exists(version) OR version = :read)",
            _ => "version = :read",
        };
        let put = Put::builder().table_name(self.0.name()).set_item(Some(row(finding)?));
        Ok(put.condition_expression(condition).expression_attribute_values(":read", item::number(read)).build()?)
    }
}

impl Store {
    /// Writes what was done about a finding that was just read, with the line of the audit trail. Returns the finding;
    /// `None` if it changed meanwhile.
    pub async fn work_on(&self, finding: Finding, line: &AuditLine) -> Result<Option<Finding>, StoreError> {
        let next = Finding { version: finding.version + 1, ..finding };
        let writes = vec![as_write(self.orders().next_finding(&next)?), as_write(self.audit().put(line)?)];
        match written_together(&self.client, writes).await {
            Ok(is_written) => Ok(is_written.then_some(next)),
            // Somebody else is changing it.
            Err(StoreError::Conflict) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl Subject for CorrectedFinding {
    fn owner(&self) -> &UserId {
        &self.customer
    }

    fn version(&self) -> u64 {
        self.finding.version
    }

    fn written_with(self, entry: Option<&Entry>) -> Self {
        let Finding { version, work, .. } = self.finding.clone();
        let work = entry.into_iter().fold(work, |work, entry| work.posted(entry.seq));
        Self { finding: Finding { version: version + 1, work, ..self.finding }, ..self }
    }
}

impl Versioned for CorrectedFinding {
    fn made(&self) -> String {
        self.finding.id.to_string()
    }

    fn writes(&self, store: &Store) -> Result<Vec<TransactWriteItem>, StoreError> {
        Ok(vec![as_write(store.orders().next_finding(&self.finding)?)])
    }

    async fn stored(&self, store: &Store) -> Result<Option<Self>, StoreError> {
        let found = store.orders().finding(&self.finding.id).await?;
        Ok(found.map(|finding| Self { finding, ..self.clone() }))
    }

    fn records_entry(before: &Self, written: &Self) -> bool {
        entry_of(before).is_none() && entry_of(written).is_some()
    }

    /// A correction that was posted is the last change of a finding.
    fn came_of(stored: &Self, written: &Self, _moved_money: bool) -> bool {
        stored == written
    }
}

fn entry_of(corrected: &CorrectedFinding) -> Option<u64> {
    corrected.finding.work.correction.as_ref()?.entry
}

fn is_of_finding(cursor: &Cursor) -> bool {
    cursor.is_within(FindingId::PREFIX, "fnd_~")
}

/// The item of a finding, in the index while it is not resolved.
fn row(finding: &Finding) -> Result<Item, StoreError> {
    let mut row = item::write(&keys::finding(&finding.id), finding, None)?;
    if finding.work.state() != FindingState::Resolved {
        row.extend(unresolved(finding.id.as_str()));
    }
    Ok(row)
}

/// The attributes that put a finding into the index.
pub(crate) fn unresolved(id: &str) -> [(String, aws_sdk_dynamodb::types::AttributeValue); 2] {
    [("due_pk".to_owned(), item::text(UNRESOLVED_FINDINGS)), ("due_sk".to_owned(), item::text(id))]
}

/// Whether a partition has findings.
pub(crate) fn is_of_findings(pk: &str) -> bool {
    pk.starts_with(FINDING_PREFIX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FindingKind;
    use domain::{Actor, SupplierId, SupplierOrderId};

    #[test]
    fn a_finding_is_listed_until_it_is_resolved_and_is_stored_as_it_is() {
        let at = Timestamp::from_millis(1_795_255_200_412);
        let sale = SupplierOrderId::new("1");
        let found = Finding::about_sale(FindingKind::WrongNumber, &SupplierId::new("5sim"), &sale, at);
        let ama = Actor::operator("ama");
        let assigned = found.work.clone().assigned(Some(UserId::new(at, 1)), &ama, "see mail", at).unwrap();
        let resolved = assigned.clone().resolved(&ama, "it paid", at).unwrap();
        for (work, listed) in [(found.work.clone(), true), (assigned, true), (resolved, false)] {
            let finding = Finding { work, version: 3, ..found.clone() };
            let row = row(&finding).unwrap();
            assert_eq!(item::text_of(&row, "due_pk"), listed.then_some(UNRESOLVED_FINDINGS));
            assert_eq!(item::text_of(&row, "pk"), Some("FINDING#2026-11-21"));
            assert_eq!(item::read::<Finding>(row).unwrap(), finding);
        }
    }
}
