//! What the objects of the wire have in common.

use serde_json::Value;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// The merchant's number.
pub const INTEGRATION: u64 = 100_043;
/// The merchant's user who asks for refunds: Paystack names an account and not the caller.
pub const MERCHANT: &str = "merchant@example.com";

/// A time in milliseconds since 1970, as Paystack writes it: `2026-11-27T10:00:00.000Z`.
pub fn time(ms: i64) -> String {
    let at = OffsetDateTime::from_unix_timestamp(ms.div_euclid(1000)).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let text = at.format(&Rfc3339).unwrap_or_default();
    format!("{}.{:03}Z", text.trim_end_matches('Z'), ms.rem_euclid(1000))
}

/// The object with some of its fields replaced or added.
pub fn with(mut object: Value, fields: Value) -> Value {
    if let (Value::Object(object), Value::Object(fields)) = (&mut object, fields) {
        object.extend(fields);
    }
    object
}
