//! Key strings that several modules share. A key of a single module is defined there.

use domain::{CountryCode, EntrySeq, OrderId, ServiceName, SupplierId, SupplierOrderId, Timestamp, UserId};
use sha2::{Digest, Sha256};

/// A primary key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    /// The partition key.
    pub(crate) pk: String,
    /// The sort key.
    pub(crate) sk: String,
}

impl Key {
    pub(crate) fn new(pk: impl Into<String>, sk: impl Into<String>) -> Self {
        Self { pk: pk.into(), sk: sk.into() }
    }
}

/// The number of partitions of the due index, for 1,000 writes per second each.
pub(crate) const DUE_SHARDS: u8 = 8;
/// The number of partitions of counters that all orders update.
pub(crate) const COUNTER_SHARDS: u8 = 4;

pub(crate) const USER_PREFIX: &str = "USER#";
pub(crate) const WALLET_PREFIX: &str = "WALLET#";
pub(crate) const ENTRY_PREFIX: &str = "ENTRY#";
pub(crate) const PROFILE: &str = "PROFILE";
pub(crate) const BALANCE: &str = "BALANCE";

pub(crate) fn user(user: &UserId) -> String {
    format!("{USER_PREFIX}{user}")
}

pub(crate) fn profile(id: &UserId) -> Key {
    Key::new(user(id), PROFILE)
}

pub(crate) fn api_key(id: &UserId, hash: &str) -> Key {
    Key::new(user(id), format!("KEY#{hash}"))
}

pub(crate) fn wallet(user: &UserId) -> String {
    format!("{WALLET_PREFIX}{user}")
}

pub(crate) fn balance(user: &UserId) -> Key {
    Key::new(wallet(user), BALANCE)
}

pub(crate) fn entry_sk(seq: EntrySeq) -> String {
    format!("{ENTRY_PREFIX}{seq:012}")
}

pub(crate) fn entry(user: &UserId, seq: EntrySeq) -> Key {
    Key::new(wallet(user), entry_sk(seq))
}

pub(crate) fn idempotency(user: &UserId, operation: &str, key: &str) -> Key {
    Key::new(format!("IDEM#{user}"), format!("{operation}#{key}"))
}

pub(crate) fn order(owner: &UserId, id: &OrderId) -> Key {
    Key::new(user(owner), id.to_string())
}

pub(crate) fn supplier_order(supplier: &SupplierId, id: &SupplierOrderId) -> Key {
    Key::new(format!("SUPPLIERORDER#{supplier}#{id}"), "SUPPLIERORDER")
}

pub(crate) fn due(shard: u8) -> String {
    format!("DUE#{shard}")
}

pub(crate) fn findings(day: Timestamp) -> String {
    format!("FINDING#{}", day.day())
}

pub(crate) fn offers(service: &ServiceName) -> String {
    format!("OFFERS#{service}")
}

pub(crate) fn offer(service: &ServiceName, country: &CountryCode, supplier: &SupplierId) -> Key {
    Key::new(offers(service), format!("{country}#{supplier}"))
}

pub(crate) fn extent(supplier: &SupplierId) -> Key {
    Key::new(format!("EXTENT#{supplier}"), "EXTENT")
}

pub(crate) fn statistics(service: &ServiceName) -> String {
    format!("STATS#{service}")
}

pub(crate) fn house(account: &str) -> String {
    format!("HOUSE#{account}")
}

/// The partition of an identifier among `shards`; it never changes.
pub(crate) fn shard(id: &str, shards: u8) -> u8 {
    Sha256::digest(id.as_bytes())[0] % shards
}
