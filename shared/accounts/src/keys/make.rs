//! New keys: made, or in the place of another one.

use super::{NotChanged, about};
use crate::{
    Client,
    letters::{self, LetterOrder},
    trail,
};
use domain::{
    ApiKeyId, Plan, Timestamp, UserId,
    access::{ApiKey, ApiKeyText, Grants, KeyLimits, KeyName, Keyring, SecretHash},
    audit::{Action, AuditLine},
};
use runtime::{Context, random_bytes};
use std::time::Duration;
use store::KeyringChange;

/// A key to make.
#[derive(Clone, Debug)]
pub struct NewKey {
    /// A name by which the customer knows it.
    pub name: KeyName,
    /// What it may do.
    pub scopes: Grants,
    /// When it ends; `None` for never.
    pub expires_at: Option<Timestamp>,
    /// What limits its use.
    pub limits: KeyLimits,
}

/// A new key, with its text, which is never shown again.
#[derive(Clone)]
pub struct MadeKey {
    /// The key as it is stored.
    pub key: ApiKey,
    /// The complete text.
    pub text: ApiKeyText,
    /// All keys of the customer.
    pub keyring: Keyring,
}

/// Makes a key for the customer who asks, as long as the plan allows one more.
pub async fn create(
    context: &Context,
    (user, plan): (&UserId, Plan),
    new: NewKey,
    client: &Client,
) -> Result<MadeKey, NotChanged> {
    let line = trail::line(context, user, Action::KeyCreated, "", client);
    let made = make(context, user, new, Some(plan.terms().api_keys), &line).await?;
    tell(context, user, &made.key).await;
    Ok(made)
}

/// Makes a key, if the customer has fewer than `most`. The line of the audit trail gets the key.
pub async fn make(
    context: &Context,
    user: &UserId,
    new: NewKey,
    most: Option<u32>,
    line: &AuditLine,
) -> Result<MadeKey, NotChanged> {
    let (text, id, now) = secret(context, user);
    let NewKey { name, scopes, expires_at, limits } = new;
    let last_four = Some(text.last_four().to_owned());
    let key = ApiKey { last_four, expires_at, limits, ..ApiKey::new(id.clone(), name, scopes.of_key(), now) };
    let (key, keyring) = add(context, user, (&id, &text), |keyring| {
        keyring.add(key.clone(), most, now)?;
        Ok((key.clone(), about(line, None, &key)))
    })
    .await?;
    Ok(MadeKey { key, text, keyring })
}

/// Replaces a key by a new one with the same name, permissions and limits. The old one ends after `overlap`.
pub async fn rotate(
    context: &Context,
    user: &UserId,
    old: &ApiKeyId,
    overlap: Duration,
    client: &Client,
) -> Result<MadeKey, NotChanged> {
    let line = trail::line(context, user, Action::KeyRotated, "", client);
    let (text, id, now) = secret(context, user);
    let (key, keyring) = add(context, user, (&id, &text), |keyring| {
        let new = keyring.rotate(old, (id.clone(), text.last_four().to_owned()), overlap, now)?;
        // The target is the key that somebody knows; the value after names the new one.
        let line = line.clone().to(old.as_str()).changing((), &new);
        Ok((new, line))
    })
    .await?;
    tell(context, user, &key).await;
    Ok(MadeKey { key, text, keyring })
}

/// A new text with its identifier.
fn secret(context: &Context, user: &UserId) -> (ApiKeyText, ApiKeyId, Timestamp) {
    let now = context.now();
    (ApiKeyText::new(user.clone(), random_bytes()), ApiKeyId::new(now, context.random()), now)
}

/// Writes a keyring with a new key.
async fn add(
    context: &Context,
    user: &UserId,
    (id, text): (&ApiKeyId, &ApiKeyText),
    step: impl Fn(&mut Keyring) -> Result<(ApiKey, AuditLine), NotChanged>,
) -> Result<(ApiKey, Keyring), NotChanged> {
    let hash = SecretHash::of(text.expose());
    let decide = |keyring: &mut Keyring| {
        // An earlier attempt was written, and its answer was lost.
        if let Some(key) = keyring.find(id) {
            return Ok(KeyringChange { value: (key.clone(), keyring.clone()), made: None, line: None });
        }
        let (key, line) = step(keyring)?;
        let value = (key, keyring.clone());
        Ok(KeyringChange { value, made: Some(hash.clone()), line: Some(line) })
    };
    context.store().change_keyring(user, decide).await
}

async fn tell(context: &Context, user: &UserId, key: &ApiKey) {
    let (name, last_four) = (key.name.clone(), key.last_four.clone().unwrap_or_default());
    let letter = LetterOrder::KeyMade { user_id: user.clone(), name, last_four, at: key.created_at };
    letters::tell(context, &letter).await;
}
