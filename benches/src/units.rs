//! The sizes of items and the capacity units of reads and writes, by DynamoDB's published formula.
//! Pure.

use serde_json::{Map, Value};

/// An item in DynamoDB's JSON: each attribute is an object with its type and value.
pub type Item = Map<String, Value>;

/// Capacity units; reads in tenths, because an eventually consistent read takes half a unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Units {
    /// Read units × 10.
    pub read_tenths: u32,
    /// Write units.
    pub write: u32,
}

impl std::ops::AddAssign for Units {
    fn add_assign(&mut self, other: Self) {
        self.read_tenths += other.read_tenths;
        self.write += other.write;
    }
}

/// The size of an item in bytes: names and values.
pub fn weight(item: &Item) -> usize {
    item.iter().map(|(name, value)| name.len() + value_weight(value)).sum()
}

fn value_weight(value: &Value) -> usize {
    let Some((kind, value)) = value.as_object().and_then(|typed| typed.iter().next()) else { return 0 };
    match (kind.as_str(), value) {
        ("S", Value::String(text)) => text.len(),
        ("N", Value::String(digits)) => digits.len().div_ceil(2) + 1,
        ("B", Value::String(base64)) => base64.len() / 4 * 3,
        ("M", Value::Object(map)) => 3 + map.len() + weight(map),
        ("L", Value::Array(list)) => 3 + list.len() + list.iter().map(value_weight).sum::<usize>(),
        ("SS" | "NS" | "BS", Value::Array(list)) => list.iter().filter_map(Value::as_str).map(str::len).sum(),
        _ => 1,
    }
}

fn blocks(bytes: usize, block: usize) -> u32 {
    u32::try_from(bytes.div_ceil(block).max(1)).unwrap_or(u32::MAX)
}

/// The units to read this many bytes. A read without a result takes one block, too.
pub fn of_read(bytes: usize, strong: bool) -> Units {
    Units { read_tenths: blocks(bytes, 4096) * if strong { 10 } else { 5 }, write: 0 }
}

/// The sparse indexes of the orders' table, by the attributes of their keys. Their entries have only keys.
const INDEXES: [&[&str]; 2] = [&["due_pk", "due_sk"], &["lookup"]];

/// The units to replace an item: doubled in a transaction, plus those of the indexes.
pub fn of_write(before: Option<&Item>, after: Option<&Item>, in_transaction: bool) -> Units {
    let bytes = before.map_or(0, weight).max(after.map_or(0, weight));
    let indexes: u32 = INDEXES.iter().map(|keys| of_index(keys, before, after)).sum();
    Units { read_tenths: 0, write: blocks(bytes, 1024) * if in_transaction { 2 } else { 1 } + indexes }
}

fn of_index(keys: &[&str], before: Option<&Item>, after: Option<&Item>) -> u32 {
    let entry = |item: Option<&Item>| {
        item.and_then(|item| keys.iter().map(|key| item.get(*key).cloned()).collect::<Option<Vec<_>>>())
    };
    match (entry(before), entry(after)) {
        (None, None) => 0,
        (Some(old), Some(new)) if old == new => 0,
        // Moving an entry deletes and puts it.
        (Some(_), Some(_)) => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn item(text: usize, due: Option<&str>) -> Item {
        let mut item = json!({ "pk": { "S": "x".repeat(text) } }).as_object().unwrap().clone();
        if let Some(due) = due {
            item.insert("due_pk".to_owned(), json!({ "S": "DUE#1" }));
            item.insert("due_sk".to_owned(), json!({ "S": due }));
        }
        item
    }

    #[test]
    fn a_read_takes_a_unit_per_four_kilobytes_or_half_if_eventually_consistent() {
        for (bytes, strong, tenths) in [(0, true, 10), (4096, true, 10), (4097, true, 20), (4096, false, 5)] {
            assert_eq!(of_read(bytes, strong).read_tenths, tenths, "{bytes} {strong}");
        }
    }

    #[test]
    fn a_write_counts_the_larger_item_and_the_index_and_doubles_in_a_transaction() {
        let write = |before: Option<&Item>, after: &Item, tx| of_write(before, Some(after), tx).write;
        assert_eq!(write(None, &item(1022, None), false), 1);
        assert_eq!(write(None, &item(1023, None), false), 2);
        assert_eq!(write(Some(&item(3000, None)), &item(10, None), true), 6);
        assert_eq!(write(None, &item(10, Some("1")), true), 3);
        assert_eq!(write(Some(&item(10, Some("1"))), &item(10, Some("2")), false), 3);
        assert_eq!(write(Some(&item(10, Some("1"))), &item(10, Some("1")), false), 1);
        assert_eq!(write(Some(&item(10, Some("1"))), &item(10, None), false), 2);
        let mut both = item(10, Some("1"));
        both.insert("lookup".to_owned(), json!({ "S": "vrf_1" }));
        assert_eq!(write(None, &both, true), 4);
        assert_eq!(write(Some(&both), &both, true), 2);
    }

    #[test]
    fn nested_values_weigh_their_parts() {
        let item = json!({ "a": { "M": { "b": { "N": "1234" }, "c": { "L": [{ "BOOL": true }, { "S": "xy" }] } } } });
        assert_eq!(weight(item.as_object().unwrap()), 1 + 3 + 2 + (1 + 3) + (1 + 3 + 2 + 1 + 2));
    }
}
