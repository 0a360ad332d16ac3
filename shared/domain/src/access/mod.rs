//! Authorisation: permissions, API keys, and the principal that every kind of credential resolves to.

mod key;
mod permission;
mod principal;

pub use key::{ApiKeyText, NotAKey};
pub use permission::{Grants, Permission};
pub use principal::{Mode, Principal};
