//! The texts of the keys that several modules share. A key that one module alone uses stands there.

use domain::{CountryCode, EntrySeq, OrderId, ServiceName, SupplierId, SupplierOrderId, Timestamp, UserId};
use sha2::{Digest, Sha256};

/// A primary key: partition and sort key.
pub(crate) type Key = (String, String);

/// Over how many partitions the due index is spread: 1,000 writes a second each.
pub(crate) const DUE_SHARDS: u8 = 8;
/// Over how many partitions counters that all orders touch are spread.
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
    (user(id), PROFILE.to_owned())
}

pub(crate) fn api_key(id: &UserId, hash: &str) -> Key {
    (user(id), format!("KEY#{hash}"))
}

pub(crate) fn wallet(user: &UserId) -> String {
    format!("{WALLET_PREFIX}{user}")
}

pub(crate) fn balance(user: &UserId) -> Key {
    (wallet(user), BALANCE.to_owned())
}

pub(crate) fn entry_sk(seq: EntrySeq) -> String {
    format!("{ENTRY_PREFIX}{seq:012}")
}

pub(crate) fn idempotency(user: &UserId, operation: &str, key: &str) -> Key {
    (format!("IDEM#{user}"), format!("{operation}#{key}"))
}

pub(crate) fn order(owner: &UserId, id: &OrderId) -> Key {
    (user(owner), id.to_string())
}

pub(crate) fn supplier_order(supplier: &SupplierId, id: &SupplierOrderId) -> Key {
    (format!("SUPPLIERORDER#{supplier}#{id}"), "SUPPLIERORDER".to_owned())
}

pub(crate) fn due(shard: u8) -> String {
    format!("DUE#{shard}")
}

pub(crate) fn finding_pk(at: Timestamp) -> String {
    format!("FINDING#{}", at.day())
}

pub(crate) fn offers(service: &ServiceName) -> String {
    format!("OFFERS#{service}")
}

pub(crate) fn offer_sk(country: &CountryCode, supplier: &str) -> String {
    format!("{country}#{supplier}")
}

pub(crate) fn statistics(service: &ServiceName) -> String {
    format!("STATS#{service}")
}

pub(crate) fn house(account: &str) -> String {
    format!("HOUSE#{account}")
}

/// Which of `shards` partitions an identifier belongs to: the same one for ever.
pub(crate) fn shard(id: &str, shards: u8) -> u8 {
    Sha256::digest(id.as_bytes())[0] % shards
}
