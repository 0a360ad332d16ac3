//! Authorisation: permissions, credentials, and the principal that every kind of credential resolves to.

mod api_key;
mod key;
mod keyring;
mod permission;
mod principal;
mod public_keys;
mod role;
pub(crate) mod secret_text;
mod used_key;

pub use api_key::{ApiKey, ENDED_KEYS_KEPT, KeyLimits, KeyName, KeyStatus, NotAKeyName};
pub use key::{ApiKeyText, NotAKey};
pub use keyring::{Failures, KeyChanges, Keyring, KeyringRefuses, MOST_FAILURES, OrderEnd};
pub use permission::{Grants, Permission};
pub use principal::{Mode, Principal, Via};
pub use public_keys::{KeyId, PublicKey, PublicKeys};
pub use role::{OffLimits, StaffRole, may_act_on};
pub use secret_text::SecretHash;
pub use used_key::{KeyRefuses, OrderKey, UsedKey};
