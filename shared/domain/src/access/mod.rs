//! Authorisation: permissions, credentials, and the principal that every kind of credential resolves to.

mod key;
mod permission;
mod principal;
mod public_keys;
mod role;
pub(crate) mod secret_text;

pub use key::{ApiKeyText, NotAKey};
pub use permission::{Grants, Permission};
pub use principal::{Mode, Principal, Via};
pub use public_keys::{KeyId, PublicKey, PublicKeys};
pub use role::{OffLimits, StaffRole, may_act_on};
pub use secret_text::SecretHash;
