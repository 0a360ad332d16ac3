//! API keys: made, changed, replaced, ended, and stopped after failures.
//!
//! The rules are those of [`Keyring`]. Each change is one transaction with its line of the audit trail. Staff make and
//! end keys with the same functions; only the line and the limit differ.

mod change;
mod count;
mod make;

pub use change::{change, end, revoke};
pub use count::count_end;
pub use make::{MadeKey, NewKey, create, make, rotate};

use domain::{
    UserId,
    access::{ApiKey, Keyring, KeyringRefuses},
    audit::AuditLine,
};
use runtime::Context;
use store::{KeyringChange, StoreError};
use thiserror::Error;

/// Why keys were not changed.
#[derive(Debug, Error)]
pub enum NotChanged {
    /// A rule of the keyring refuses.
    #[error(transparent)]
    Refused(#[from] KeyringRefuses),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A key with the keyring that it belongs to.
#[derive(Clone, Debug)]
pub struct Changed {
    /// The key.
    pub key: ApiKey,
    /// All keys of the customer.
    pub keyring: Keyring,
}

/// The keys of a customer.
pub async fn keyring(context: &Context, user: &UserId) -> Result<Keyring, StoreError> {
    context.store().accounts().keyring(user).await
}

/// Changes one key, with a line that says what changed.
async fn change_key(
    context: &Context,
    user: &UserId,
    line: &AuditLine,
    step: impl Fn(&mut Keyring) -> Result<ApiKey, KeyringRefuses>,
) -> Result<Changed, NotChanged> {
    let decide = |keyring: &mut Keyring| -> Result<_, NotChanged> {
        let before = keyring.clone();
        let key = step(keyring)?;
        let line = about(line, before.find(&key.key_id), &key);
        let value = Changed { key, keyring: keyring.clone() };
        Ok(KeyringChange { value, made: None, line: Some(line) })
    };
    context.store().change_keyring(user, decide).await
}

/// The line with the key, and what changed about it.
fn about(line: &AuditLine, before: Option<&ApiKey>, after: &ApiKey) -> AuditLine {
    line.clone().to(after.key_id.as_str()).changing(before, after)
}
