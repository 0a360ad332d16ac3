//! What a key may do, and the text of a key.

use crate::UserId;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, str::FromStr};
use utoipa::ToSchema;

/// A permission of an API key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
pub enum Scope {
    /// See one's orders and their messages.
    #[serde(rename = "orders:read")]
    OrdersRead,
    /// Buy, cancel, report, finish.
    #[serde(rename = "orders:write")]
    OrdersWrite,
    /// See one's wallet and its entries.
    #[serde(rename = "wallet:read")]
    WalletRead,
    /// See the product's own figures (`GET /api/v1/metrics`): an operator's scope.
    #[serde(rename = "metrics:read")]
    MetricsRead,
}

impl Scope {
    /// Its name in keys and errors.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OrdersRead => "orders:read",
            Self::OrdersWrite => "orders:write",
            Self::WalletRead => "wallet:read",
            Self::MetricsRead => "metrics:read",
        }
    }
}

/// A set of permissions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Scopes(BTreeSet<Scope>);

impl Scopes {
    /// Whether the set has this permission.
    pub fn contains(&self, scope: Scope) -> bool {
        self.0.contains(&scope)
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        Self(scopes.into_iter().collect())
    }
}

/// The text of an API key: `nsk_live_`, the owner's ULID, 32 random characters. It names its owner, so that one read finds
/// the key, the customer and the wallet; only its hash is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiKeyText {
    owner: UserId,
    text: String,
}

/// The text is not an API key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an API key")]
pub struct NotAKey;

const PREFIX: &str = "nsk_live_";
const ULID_LENGTH: usize = 26;
const SECRET_LENGTH: usize = 32;
/// Crockford's base 32: five random bits a character, nothing that reads like something else.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

impl ApiKeyText {
    /// A new key from 32 random bytes, of each of which five bits are used.
    pub fn new(owner: UserId, random: [u8; SECRET_LENGTH]) -> Self {
        let secret: String = random.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect();
        let text = format!("{PREFIX}{}{secret}", owner.as_str().trim_start_matches(UserId::PREFIX));
        Self { owner, text }
    }

    /// Whose key it says it is.
    pub fn owner(&self) -> &UserId {
        &self.owner
    }

    /// The whole text: a secret.
    pub fn expose(&self) -> &str {
        &self.text
    }
}

impl FromStr for ApiKeyText {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Self, NotAKey> {
        let rest = text.strip_prefix(PREFIX).filter(|rest| rest.len() == ULID_LENGTH + SECRET_LENGTH).ok_or(NotAKey)?;
        if !rest.bytes().all(|byte| ALPHABET.contains(&byte)) {
            return Err(NotAKey);
        }
        let owner = format!("{}{}", UserId::PREFIX, &rest[..ULID_LENGTH]).parse().map_err(|_| NotAKey)?;
        Ok(Self { owner, text: text.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Timestamp;

    #[test]
    fn a_key_names_its_owner() {
        let owner = UserId::new(Timestamp::from_millis(1), 9);
        let key = ApiKeyText::new(owner.clone(), [31; 32]);
        let read: ApiKeyText = key.expose().parse().unwrap();
        assert_eq!(read.owner(), &owner);
        for bad in ["", "nsk_live_", &key.expose()[1..], &format!("{}0", key.expose()), &key.expose().to_lowercase()] {
            assert!(bad.parse::<ApiKeyText>().is_err(), "{bad}");
        }
    }
}
