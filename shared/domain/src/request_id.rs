//! Identifiers of requests, which customers give to support.

use crate::Timestamp;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use ulid::Ulid;

/// The identifier of a request: the client's own, or one that we made.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RequestId(String);

/// The text can't be the identifier of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the identifier of a request")]
pub struct NotARequestId;

impl RequestId {
    /// A new one for this moment; `random` comes from the context.
    pub fn new(at: Timestamp, random: u128) -> Self {
        Self(format!("req_{}", Ulid::from_parts(at.millis().unsigned_abs(), random)))
    }

    /// The identifier as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for RequestId {
    type Err = NotARequestId;

    /// Accepts a client's text. It is logged, so it has no blanks and no control characters. Support searches the logs
    /// for `vrf_…` and `usr_…`, where a stranger's request must not appear.
    fn from_str(text: &str) -> Result<Self, NotARequestId> {
        let is_of_another_kind = text.find('_') == Some(3) && !text.starts_with("req_");
        let is_sane = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
        let is_one = (8..=64).contains(&text.len()) && text.bytes().all(is_sane) && !is_of_another_kind;
        if is_one { Ok(Self(text.to_owned())) } else { Err(NotARequestId) }
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_s_id_is_not_one_of_our_things() {
        for (text, is_one) in [
            ("attack-fresh-0001", true),
            ("req_01M7YRRTMW7VNQX5Q5KKJ0Z75H", true),
            ("a_b_c_d_e", true),
            ("3f1c1f0e-6f0a-4f7e-9b60-3f6f0f3a2b11", true),
            ("vrf_01M7YRRTMW7VNQX5Q5KKJ0Z75H", false),
            ("usr_01M7YRRTMW7VNQX5Q5KKJ0Z75H", false),
            ("short", false),
            ("with a space", false),
        ] {
            assert_eq!(text.parse::<RequestId>().is_ok(), is_one, "{text}");
        }
        let own = RequestId::new(Timestamp::from_millis(1), 7);
        assert_eq!(own.as_str().parse(), Ok(own.clone()));
    }
}
