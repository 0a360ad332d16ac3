//! Typed changes of tables, read from stream records.
//!
//! A stream's worker takes the enum of its table and never sees a key. Each kind of item needs a variant
//! here. An item without one is unknown, and the stream's adapter counts it.

use crate::{
    StoreError,
    keys::{
        self, BALANCE, BILLED_PREFIX, ENTRY_PREFIX, EVERY_WALLET_PREFIX, FINDING_PREFIX, GATEWAY_EVENT_PREFIX,
        HOUSE_PREFIX, IDEMPOTENCY_PREFIX, INVOICES_PREFIX, MOVED_PREFIX, NIGHT_PREFIX, PAYMENTS_PREFIX, RECEIPT_PREFIX,
        REDEEMED_PREFIX, SERIES_PREFIX, SUPPLIER_ORDER_PREFIX, TALLIED_PREFIX, USER_PREFIX, VOUCHER_PREFIX, VOUCHERS,
        WALLET_PREFIX,
    },
};
use domain::{OrderId, PaymentId, UserId, access::Mode, ledger::Entry, order::Order, payment::Payment};
use serde::de::{DeserializeOwned, Error};
use serde_dynamo::{AttributeValue, Item};

/// A record of a stream. The image before is empty for a new item, the image after for a removed one.
#[derive(Clone, Debug, Default)]
pub struct StreamRecord {
    /// The item's keys.
    pub keys: Item,
    /// The item before.
    pub before: Item,
    /// The item after.
    pub after: Item,
}

/// A change of one table.
pub trait TableChange: Sized {
    /// The table's name, as in [`crate::Tables`].
    const TABLE: &'static str;

    /// Reads a record of the table's stream; `None` for an unknown kind of item.
    fn read(record: StreamRecord) -> Result<Option<Self>, StoreError>;
}

/// An item before and after its change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed<T> {
    /// `None` for a new item.
    pub before: Option<T>,
    /// `None` for a removed item.
    pub after: Option<T>,
}

/// A change of the orders' table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OrdersChange {
    /// An order.
    Order(Box<Changed<Order>>),
    /// A claim on a supplier's order, or a finding. They have no effects.
    Other,
}

/// A change of the ledger's table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LedgerChange {
    /// A new entry about real money. Entries never change.
    Entry {
        /// The owner of the wallet.
        owner: UserId,
        /// The entry.
        entry: Box<Entry>,
    },
    /// A payment.
    Payment(Box<Changed<Payment>>),
    /// A wallet's balance, an entry about play money, an idempotency record, a house sum, a marker, what gateways sent, an
    /// invoice, a voucher, or its use. They have no effects.
    Other,
}

impl TableChange for OrdersChange {
    const TABLE: &'static str = "orders";

    fn read(record: StreamRecord) -> Result<Option<Self>, StoreError> {
        let change = match (record.key("pk"), record.key("sk")) {
            (pk, sk) if pk.starts_with(USER_PREFIX) && sk.starts_with(OrderId::PREFIX) => {
                Self::Order(Box::new(record.changed()?))
            }
            (pk, _) if [SUPPLIER_ORDER_PREFIX, FINDING_PREFIX].iter().any(|prefix| pk.starts_with(prefix)) => {
                Self::Other
            }
            _ => return Ok(None),
        };
        Ok(Some(change))
    }
}

/// What else is in the ledger's table.
const OTHERS_OF_THE_LEDGER: [&str; 14] = [
    IDEMPOTENCY_PREFIX,
    HOUSE_PREFIX,
    TALLIED_PREFIX,
    RECEIPT_PREFIX,
    GATEWAY_EVENT_PREFIX,
    INVOICES_PREFIX,
    BILLED_PREFIX,
    SERIES_PREFIX,
    VOUCHER_PREFIX,
    VOUCHERS,
    REDEEMED_PREFIX,
    MOVED_PREFIX,
    EVERY_WALLET_PREFIX,
    NIGHT_PREFIX,
];

impl TableChange for LedgerChange {
    const TABLE: &'static str = "ledger";

    fn read(record: StreamRecord) -> Result<Option<Self>, StoreError> {
        let change = match (record.key("pk").starts_with(WALLET_PREFIX), record.key("sk")) {
            (true, sk) if sk.starts_with(ENTRY_PREFIX) && record.before.is_empty() => {
                let owner = keys::owner_of_wallet(record.key("pk"));
                match owner.ok_or_else(|| serde_dynamo::Error::custom("a wallet without an owner"))? {
                    (owner, Mode::Live) => {
                        Self::Entry { owner, entry: Box::new(serde_dynamo::from_item(record.after)?) }
                    }
                    (_, Mode::Test) => Self::Other,
                }
            }
            (true, BALANCE) => Self::Other,
            (false, sk) if record.key("pk").starts_with(PAYMENTS_PREFIX) && sk.starts_with(PaymentId::PREFIX) => {
                Self::Payment(Box::new(record.changed()?))
            }
            (false, _) if OTHERS_OF_THE_LEDGER.iter().any(|prefix| record.key("pk").starts_with(prefix)) => Self::Other,
            _ => return Ok(None),
        };
        Ok(Some(change))
    }
}

impl StreamRecord {
    /// The value of a key, or an empty string.
    pub fn key(&self, name: &str) -> &str {
        match self.keys.get(name) {
            Some(AttributeValue::S(text)) => text,
            _ => "",
        }
    }

    /// The record without its images, which still names its item.
    #[must_use]
    pub fn without_images(&self) -> Self {
        Self { keys: self.keys.clone(), ..Self::default() }
    }

    fn changed<T: DeserializeOwned>(self) -> Result<Changed<T>, StoreError> {
        let typed = |image: Item| (!image.is_empty()).then(|| serde_dynamo::from_item(image)).transpose();
        Ok(Changed { before: typed(self.before)?, after: typed(self.after)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    const OWNER: &str = "usr_01M7Q1JNMW0KW9JVD7CEVTJTDH";

    fn text(value: &str) -> AttributeValue {
        AttributeValue::S(value.to_owned())
    }

    fn record(pk: &str, sk: &str) -> StreamRecord {
        let keys = HashMap::from([("pk".to_owned(), text(pk)), ("sk".to_owned(), text(sk))]);
        StreamRecord { keys: keys.into(), ..StreamRecord::default() }
    }

    /// The new image of a sample of `events/`, over the keys of its record.
    fn sample(text: &str) -> StreamRecord {
        let sample: serde_json::Value = serde_json::from_str(text).unwrap();
        let item = |name: &str| serde_json::from_value(sample["Records"][0]["dynamodb"][name].clone()).unwrap();
        StreamRecord { keys: item("Keys"), after: item("NewImage"), before: Item::default() }
    }

    #[test]
    fn an_order_is_read_before_and_after_its_change() {
        let new = sample(include_str!("../../../events/verifications.outbox.json"));
        let Some(OrdersChange::Order(change)) = OrdersChange::read(new.clone()).unwrap() else { panic!("an order") };
        assert_eq!((change.before.is_none(), change.after.is_some()), (true, true));
        let removed = StreamRecord { before: new.after, after: Item::default(), ..new };
        let Some(OrdersChange::Order(removed)) = OrdersChange::read(removed).unwrap() else { panic!("an order") };
        assert_eq!(*removed, Changed { before: change.after, after: None });
    }

    #[test]
    fn a_new_entry_is_read_with_its_owner() {
        let new = sample(include_str!("../../../events/wallet.tally.json"));
        let pk = new.key("pk").to_owned();
        let Some(LedgerChange::Entry { owner, .. }) = LedgerChange::read(new.clone()).unwrap() else {
            panic!("an entry")
        };
        assert_eq!(pk, format!("WALLET#{owner}"));
        let changed = StreamRecord { before: new.after.clone(), ..new.clone() };
        assert_eq!(LedgerChange::read(changed).unwrap(), None, "entries don't change");
        let play = StreamRecord { keys: record(&format!("{pk}#TEST"), "ENTRY#000000000001").keys, ..new.clone() };
        assert_eq!(LedgerChange::read(play).unwrap(), Some(LedgerChange::Other), "play money is counted nowhere");
        let nobodys = StreamRecord { keys: record("WALLET#x", "ENTRY#000000000001").keys, ..new };
        assert!(LedgerChange::read(nobodys).is_err());
    }

    #[test]
    fn items_are_known_by_their_keys() {
        let user = format!("USER#{OWNER}");
        for (pk, sk, known) in [
            ("SUPPLIERORDER#5sim#1", "SUPPLIERORDER", true),
            ("FINDING#2026-11-21", "fnd_1", true),
            (&user, "rnt_01M7YRRTMW7VNQX5Q5KKJ0Z75H", false),
            ("THING#1", "vrf_01M7YRRTMW7VNQX5Q5KKJ0Z75H", false),
        ] {
            assert_eq!(OrdersChange::read(record(pk, sk)).unwrap(), known.then_some(OrdersChange::Other), "{pk} {sk}");
        }
        let wallet = format!("WALLET#{OWNER}");
        for (pk, sk, known) in [
            (wallet.as_str(), "BALANCE", true),
            ("IDEM#x", "buy#k", true),
            ("HOUSE#revenue", "2026-11-21#0", true),
            ("TALLIED#x", "ENTRY#000000000001", true),
            ("INVOICES#x", "inv_1", true),
            ("BILLED#x", "pay_1", true),
            ("SERIES#NMS#2026", "NUMBER#0000000001", true),
            ("PAYMENTS#x", "REFUND#1", false),
            ("VOUCHER#x", "VOUCHER", true),
            ("VOUCHERS#ALL", "vch_1", true),
            ("REDEEMED#x", "vch_1", true),
            (&wallet, "VOUCHER#1", false),
            ("THING#1", "BALANCE", false),
        ] {
            assert_eq!(LedgerChange::read(record(pk, sk)).unwrap(), known.then_some(LedgerChange::Other), "{pk} {sk}");
        }
        assert!(OrdersChange::read(StreamRecord { after: record("x", "y").keys, ..record(&user, "vrf_1") }).is_err());
    }
}
