//! Lists with a filter: conditions on attributes, and pages of the items that match them.
//!
//! The database reads what a filter leaves out, too. So a filtered page reads at most [`READ_AT_MOST`] items, and may be
//! shorter than its limit although more follow.

use crate::{Cursor, Page, item::Item, table::Query};
use aws_sdk_dynamodb::types::AttributeValue;
use std::collections::HashMap;

/// The limit of items that a filtered page reads.
pub(crate) const READ_AT_MOST: usize = 250;

/// Conditions on attributes, all of which an item must meet.
#[derive(Debug, Default)]
pub(crate) struct Conditions {
    all: Vec<String>,
    names: HashMap<String, String>,
    values: Item,
}

impl Conditions {
    /// The attribute at this path has this value.
    pub(crate) fn equal(&mut self, path: &[&str], value: AttributeValue) {
        let (place, name) = (self.place(path), format!(":filter{}", self.values.len()));
        self.all.push(format!("{place} = {name}"));
        self.values.insert(name, value);
    }

    /// There is an attribute at this path.
    pub(crate) fn exists(&mut self, path: &[&str]) {
        let place = self.place(path);
        self.all.push(format!("attribute_exists({place})"));
    }

    /// Whether every item meets them.
    pub(crate) const fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// How many items a page of `limit` items reads.
    pub(crate) const fn reads(&self, limit: usize) -> usize {
        if self.is_empty() { limit } else { READ_AT_MOST }
    }

    /// The path in an expression. Each part has an alias, because it may be a reserved word, or a customer's text.
    fn place(&mut self, path: &[&str]) -> String {
        let alias = |part: &&str| {
            let alias = format!("#filter{}", self.names.len());
            self.names.insert(alias.clone(), (*part).to_owned());
            alias
        };
        path.iter().map(alias).collect::<Vec<_>>().join(".")
    }
}

impl Query {
    /// Skips items that do not meet the conditions. They are still read and paid for.
    pub(crate) fn filtered(self, conditions: Conditions) -> Self {
        if conditions.is_empty() {
            return self;
        }
        let Conditions { all, names, values } = conditions;
        self.with(|mut request| {
            for (name, attribute) in names {
                request = request.expression_attribute_names(name, attribute);
            }
            for (name, value) in values {
                request = request.expression_attribute_values(name, value);
            }
            request.filter_expression(all.join(" AND "))
        })
    }
}

impl<T> Page<T> {
    /// The first `limit` items of a page that read more. The next page begins after the last of them, by its sort key.
    pub(crate) fn cut_to(mut self, limit: usize, sort_key: impl FnOnce(&T) -> String) -> Self {
        if self.items.len() > limit {
            self.items.truncate(limit);
            self.next = self.items.last().map(|last| Cursor::after(sort_key(last)));
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::item;

    #[test]
    fn each_part_of_a_path_has_an_alias_of_its_own() {
        let mut conditions = Conditions::default();
        assert_eq!((conditions.is_empty(), conditions.reads(7)), (true, 7));
        conditions.equal(&["status"], item::text("waiting"));
        conditions.equal(&["request", "tags", "a.b"], item::text("x"));
        conditions.exists(&["cause", "verification_id"]);
        assert_eq!((conditions.is_empty(), conditions.reads(7)), (false, READ_AT_MOST));
        assert_eq!(
            conditions.all,
            ["#filter0 = :filter0", "#filter1.#filter2.#filter3 = :filter1", "attribute_exists(#filter4.#filter5)",]
        );
        assert_eq!(conditions.names["#filter3"], "a.b");
        assert_eq!(conditions.values[":filter1"], item::text("x"));
    }

    #[test]
    fn a_page_that_read_more_ends_at_its_limit() {
        let read = Page { items: vec![9, 8, 7], next: Some(Cursor::after("5")), read: 40 };
        let cut = read.clone().cut_to(2, ToString::to_string);
        assert_eq!((cut.items, cut.next, cut.read), (vec![9, 8], Some(Cursor::after("8")), 40));
        let whole = read.cut_to(3, ToString::to_string);
        assert_eq!((whole.items, whole.next), (vec![9, 8, 7], Some(Cursor::after("5"))));
        let none = Page { items: Vec::<u32>::new(), next: Some(Cursor::after("5")), read: 250 };
        assert_eq!(none.cut_to(3, ToString::to_string).next, Some(Cursor::after("5")), "more may follow");
    }
}
