//! The audit trail. Lines are only added: no role may change or remove one, and the stream's worker reports it if it
//! happens (decision 0034).
//!
//! A line is stored once, in the partition of its account. Two indexes find the lines of a day, and those of a person
//! of the staff. They are for operators; requests of customers read only the partition of their account.

use crate::{
    Audit, Cursor, Page, StoreError, StreamRecord, TableChange, item,
    keys::{self, ACCOUNT_PREFIX, SHOP_PREFIX},
    table::Consistency,
};
use aws_sdk_dynamodb::types::Put;
use domain::{Actor, AuditId, Timestamp, UserId, audit::AuditLine};
use serde::Serialize;
use serde_json::Value;

/// The index of all lines, by day.
const BY_DAY: &str = "day";
/// The index of the lines of staff, by actor.
const BY_OPERATOR: &str = "operator";

/// A line with the attributes that put it into the indexes. An attribute has the name of its index.
#[derive(Serialize)]
struct Row<'a> {
    #[serde(flatten)]
    line: &'a AuditLine,
    day: String,
    operator: Option<&'a Actor>,
}

impl<'a> Row<'a> {
    fn of(line: &'a AuditLine) -> Self {
        Self { line, day: line.at.day(), operator: line.actor.is_operator().then_some(&line.actor) }
    }
}

impl Audit<'_> {
    /// Adds a line. Adding it again has no effect.
    pub async fn add(self, line: &AuditLine) -> Result<(), StoreError> {
        self.0.put_if_absent(&keys::audit_line(line), &Row::of(line)).await.map(|_| ())
    }

    /// The write of a new line in a transaction.
    pub(crate) fn put(self, line: &AuditLine) -> Result<Put, StoreError> {
        self.0.absent_put(&keys::audit_line(line), &Row::of(line), None)
    }

    /// A page of the lines of an account, newest first.
    pub async fn of_account(
        self,
        account: &UserId,
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<Page<AuditLine>, StoreError> {
        if after.is_some_and(|cursor| !cursor.is_within(AuditId::PREFIX, "aud_~")) {
            return Ok(Page::empty());
        }
        self.0.query(keys::audited_account(account)).after(after).newest_first().strong().page(limit).await
    }

    /// A page of the lines of a day, newest first.
    pub async fn of_day(
        self,
        day: Timestamp,
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<Page<AuditLine>, StoreError> {
        self.found(BY_DAY, &day.day(), limit, after).await
    }

    /// A page of the lines of a person of the staff, newest first.
    pub async fn of_operator(
        self,
        operator: &Actor,
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<Page<AuditLine>, StoreError> {
        self.found(BY_OPERATOR, operator.as_str(), limit, after).await
    }

    /// A page of an index, which has only the keys of its lines.
    async fn found(
        self,
        index: &str,
        value: &str,
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<Page<AuditLine>, StoreError> {
        // Identifiers sort by time, and a tilde behind all of them.
        let before = after.map_or("aud_~", Cursor::sk);
        let query = self.0.client().query().table_name(self.0.name()).index_name(index).scan_index_forward(false);
        let query = query.key_condition_expression("#index = :value AND sk < :before");
        let query = query.expression_attribute_names("#index", index);
        let query = query.expression_attribute_values(":value", item::text(value));
        let query = query.expression_attribute_values(":before", item::text(before));
        let answer = query.limit(i32::try_from(limit).unwrap_or(i32::MAX)).send().await?;
        let keys: Vec<_> = answer.items.unwrap_or_default().iter().filter_map(item::key_of).collect();
        let more = answer.last_evaluated_key.is_some_and(|key| !key.is_empty());
        let next = keys.last().filter(|_| more).map(|key| Cursor::after(&key.sk));
        let rows = self.0.get_many(&keys, Consistency::Strong).await?;
        let mut items: Vec<AuditLine> = rows.into_iter().map(item::read).collect::<Result<_, _>>()?;
        items.sort_by(|a, b| b.id.cmp(&a.id));
        Ok(Page { read: items.len(), items, next })
    }
}

/// A change of the audit trail's table, with the items as they are stored. So a copy has all attributes, those of later
/// versions too.
#[derive(Clone, Debug, PartialEq)]
pub enum AuditChange {
    /// A new line.
    Added {
        /// The line.
        id: AuditId,
        /// The item.
        item: Value,
    },
    /// A line was changed or removed, which nobody may do.
    Tampered {
        /// The line.
        id: AuditId,
        /// The item before.
        before: Value,
        /// The item after; null if it was removed.
        after: Value,
    },
}

impl TableChange for AuditChange {
    const TABLE: &'static str = "audit";

    fn read(record: StreamRecord) -> Result<Option<Self>, StoreError> {
        let is_line = [ACCOUNT_PREFIX, SHOP_PREFIX].iter().any(|prefix| record.key("pk").starts_with(prefix));
        let Some(id) = record.key("sk").parse::<AuditId>().ok().filter(|_| is_line) else { return Ok(None) };
        let value = |image: serde_dynamo::Item| {
            if image.is_empty() { Ok(Value::Null) } else { serde_dynamo::from_item(image) }
        };
        let (before, after) = (value(record.before)?, value(record.after)?);
        Ok(Some(if before.is_null() { Self::Added { id, item: after } } else { Self::Tampered { id, before, after } }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::audit::Action;

    fn record(pk: &str, sk: &str) -> StreamRecord {
        let text = |text: &str| serde_dynamo::AttributeValue::S(text.to_owned());
        let keys = std::collections::HashMap::from([("pk".to_owned(), text(pk)), ("sk".to_owned(), text(sk))]);
        StreamRecord { keys: keys.clone().into(), after: keys.into(), before: serde_dynamo::Item::default() }
    }

    const LINE: &str = "aud_01M7YRRTMW7VNQX5Q5KKJ0Z75H";

    #[test]
    fn anything_but_a_new_line_is_tampering() {
        let new = record("ACCOUNT#usr_01M7Q1JNMW0KW9JVD7CEVTJTDH", LINE);
        let changed = StreamRecord { before: new.after.clone(), ..new.clone() };
        let removed = StreamRecord { after: serde_dynamo::Item::default(), ..changed.clone() };
        let read = |record| AuditChange::read(record).unwrap().unwrap();
        assert!(matches!(read(new), AuditChange::Added { item, .. } if item["sk"] == LINE));
        assert!(matches!(read(changed), AuditChange::Tampered { after, .. } if !after.is_null()));
        assert!(
            matches!(read(removed), AuditChange::Tampered { before, after, .. } if !before.is_null() && after.is_null())
        );
        assert!(matches!(read(record("SHOP#2026-11-21", LINE)), AuditChange::Added { .. }));
        for (pk, sk) in [("USER#usr_01M7Q1JNMW0KW9JVD7CEVTJTDH", LINE), ("SHOP#2026-11-21", "x"), ("", "")] {
            assert_eq!(AuditChange::read(record(pk, sk)).unwrap(), None, "{pk} {sk}");
        }
    }

    #[test]
    fn only_lines_of_staff_are_in_the_index_of_staff() {
        let line = |actor| AuditLine::new(AuditId::new(Timestamp::default(), 1), actor, Action::SalesOn, "country:GH");
        for (actor, indexed) in [(Actor::operator("ama"), true), (Actor::anonymous(), false)] {
            let line = line(actor);
            let row = item::write(&keys::audit_line(&line), &Row::of(&line), None).unwrap();
            assert_eq!(row.contains_key(BY_OPERATOR), indexed);
            assert_eq!(item::text_of(&row, BY_DAY), Some("1970-01-01"));
            assert_eq!(item::read::<AuditLine>(row).unwrap(), line);
        }
    }
}
