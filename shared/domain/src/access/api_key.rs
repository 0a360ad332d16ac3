//! API keys as they are stored, without their secrets.

use super::{Grants, Mode};
use crate::{ApiKeyId, Credits, NetworkRange, ServiceName, Timestamp};
use serde::{Deserialize, Serialize};
use std::{fmt, net::IpAddr, str::FromStr, time::Duration};
use utoipa::ToSchema;

/// An API key.
///
/// A key that is replaced by another one (a rotation) and its successors are a family. What is counted for a key is
/// counted for its family, so that a rotation lifts no limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiKey {
    /// Identifier.
    pub key_id: ApiKeyId,
    /// The first key of the family; `None` if it is this one.
    #[serde(default)]
    pub family: Option<ApiKeyId>,
    /// Name given by the customer.
    pub name: KeyName,
    /// Last characters of its text; `None` for keys that were made before these were kept.
    #[serde(default)]
    pub last_four: Option<String>,
    /// Whether it uses real money and numbers.
    #[serde(default)]
    pub mode: Mode,
    /// Granted permissions.
    pub scopes: Grants,
    /// What limits its use.
    #[serde(default)]
    pub limits: KeyLimits,
    /// When it ends, or ended; `None` for never.
    pub expires_at: Option<Timestamp>,
    /// Time of creation.
    pub created_at: Timestamp,
    /// When it was stopped; `None` unless it is.
    #[serde(default)]
    pub stopped_at: Option<Timestamp>,
    /// When somebody ended it before its time.
    #[serde(default)]
    pub revoked_at: Option<Timestamp>,
    /// The key that replaces it.
    #[serde(default)]
    pub replaced_by: Option<ApiKeyId>,
}

/// The limits of a key, in addition to those of its account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeyLimits {
    /// The networks from which it may be used; empty for all.
    pub networks: Vec<NetworkRange>,
    /// The services that it may buy; empty for all.
    pub services: Vec<ServiceName>,
    /// What it may spend in a UTC day.
    pub daily_spend_cap: Option<Credits>,
    /// The number of orders in a row without a message that stops it.
    pub stop_after_failures: Option<u32>,
    /// The requests per minute of its family.
    pub requests_per_minute: Option<u32>,
}

/// The state of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum KeyStatus {
    /// It can be used.
    Active,
    /// It reads, but buys nothing.
    Stopped,
    /// It can't be used any more.
    Ended,
}

/// The name of an API key or a passkey: 1 to 60 visible characters in one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KeyName(String);

/// The text is not a name of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a name has 1 to 60 visible characters")]
pub struct NotAKeyName;

/// How long an ended key is kept and listed.
pub const ENDED_KEYS_KEPT: Duration = Duration::from_hours(7 * 24);
/// The longest name, in characters.
const LONGEST_NAME: usize = 60;

impl ApiKey {
    /// A new live key without limits.
    pub fn new(key_id: ApiKeyId, name: KeyName, scopes: Grants, now: Timestamp) -> Self {
        Self {
            key_id,
            family: None,
            name,
            last_four: None,
            mode: Mode::Live,
            scopes,
            limits: KeyLimits::default(),
            expires_at: None,
            created_at: now,
            stopped_at: None,
            revoked_at: None,
            replaced_by: None,
        }
    }

    /// The first key of the family.
    pub fn family(&self) -> &ApiKeyId {
        self.family.as_ref().unwrap_or(&self.key_id)
    }

    /// Whether it can be used.
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.expires_at.is_none_or(|end| now < end)
    }

    /// Whether it is still kept and listed. The database may delete it later.
    pub fn is_kept(&self, now: Timestamp) -> bool {
        self.is_open(now) || self.expires_at.is_some_and(|end| now < end.plus(ENDED_KEYS_KEPT))
    }

    /// Its state.
    pub fn status(&self, now: Timestamp) -> KeyStatus {
        match self.stopped_at {
            _ if !self.is_open(now) => KeyStatus::Ended,
            Some(_) => KeyStatus::Stopped,
            None => KeyStatus::Active,
        }
    }
}

impl KeyLimits {
    /// Whether the key may be used from this address.
    pub fn admit(&self, address: IpAddr) -> bool {
        self.networks.is_empty() || self.networks.iter().any(|network| network.contains(address))
    }
}

impl KeyName {
    /// The name as a string.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for KeyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for KeyName {
    type Err = NotAKeyName;

    fn from_str(text: &str) -> Result<Self, NotAKeyName> {
        let name = text.trim();
        let fits = (1..=LONGEST_NAME).contains(&name.chars().count()) && !name.chars().any(char::is_control);
        if fits { Ok(Self(name.to_owned())) } else { Err(NotAKeyName) }
    }
}

impl utoipa::PartialSchema for KeyName {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .min_length(Some(1))
            .max_length(Some(LONGEST_NAME))
            .examples(["CRM"])
            .into()
    }
}

impl ToSchema for KeyName {}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_key_of_the_first_version_is_read() {
        let stored = json!({ "key_id": "key_01JD7Q3XKZ9V0C4T8W2M6N5B1A", "name": "first", "scopes": ["orders:read"],
            "expires_at": null, "created_at": "2026-11-21T10:00:00Z" });
        let key: ApiKey = serde_json::from_value(stored).unwrap();
        assert_eq!((key.family(), key.mode, &key.limits), (&key.key_id, Mode::Live, &KeyLimits::default()));
        assert_eq!(key.status(key.created_at), KeyStatus::Active);
    }

    #[test]
    fn the_end_counts_more_than_a_stop() {
        let at = Timestamp::from_millis;
        let new = ApiKey::new(ApiKeyId::new(at(1), 1), "a".parse().unwrap(), Grants::default(), at(1));
        let key = |stopped_at, expires_at| ApiKey { expires_at, stopped_at, ..new.clone() };
        for (stopped, end, status) in [
            (None, None, KeyStatus::Active),
            (None, Some(at(6)), KeyStatus::Active),
            (None, Some(at(5)), KeyStatus::Ended),
            (Some(at(2)), None, KeyStatus::Stopped),
            (Some(at(2)), Some(at(5)), KeyStatus::Ended),
        ] {
            assert_eq!(key(stopped, end).status(at(5)), status, "{stopped:?} {end:?}");
        }
    }

    #[test]
    fn a_name_is_one_visible_line() {
        assert_eq!(" My shop ".parse::<KeyName>().unwrap().as_str(), "My shop");
        assert!("é".repeat(60).parse::<KeyName>().is_ok());
        for bad in ["", "  ", "a\nb", "\u{7}", &"a".repeat(61)] {
            assert_eq!(bad.parse::<KeyName>(), Err(NotAKeyName), "{bad:?}");
        }
    }
}
