//! New keys: made, or in the place of another one.

use super::{NotChanged, about};
use crate::{
    Client,
    letters::{self, LetterOrder},
    trail,
};
use domain::{
    ApiKeyId, Plan, Timestamp, UserId,
    access::{ApiKey, ApiKeyText, Grants, KeyLimits, KeyName, Keyring, Mode, SecretHash},
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
    /// Whether it uses real money and numbers.
    pub mode: Mode,
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
    let (secret, id, now) = secret(context);
    let NewKey { name, mode, scopes, expires_at, limits } = new;
    let last_four = Some(ApiKeyText::of(mode, user.clone(), secret).last_four().to_owned());
    let key = ApiKey { mode, last_four, expires_at, limits, ..ApiKey::new(id.clone(), name, scopes.of_key(), now) };
    add(context, user, (&id, secret), |keyring| {
        keyring.add(key.clone(), most, now)?;
        Ok((key.clone(), about(line, None, &key)))
    })
    .await
}

/// Replaces a key by a new one with the same name, mode, permissions and limits. The old one ends after `overlap`.
pub async fn rotate(
    context: &Context,
    user: &UserId,
    old: &ApiKeyId,
    overlap: Duration,
    client: &Client,
) -> Result<MadeKey, NotChanged> {
    let line = trail::line(context, user, Action::KeyRotated, "", client);
    let (secret, id, now) = secret(context);
    // The last characters are the same in each mode.
    let last_four = ApiKeyText::new(user.clone(), secret).last_four().to_owned();
    let made = add(context, user, (&id, secret), |keyring| {
        let new = keyring.rotate(old, (id.clone(), last_four.clone()), overlap, now)?;
        // The target is the key that somebody knows; the value after names the new one.
        let line = line.clone().to(old.as_str()).changing((), &new);
        Ok((new, line))
    })
    .await?;
    tell(context, user, &made.key).await;
    Ok(made)
}

/// The random part of a new text, with its identifier.
fn secret(context: &Context) -> ([u8; 32], ApiKeyId, Timestamp) {
    let now = context.now();
    (random_bytes(), ApiKeyId::new(now, context.random()), now)
}

/// Writes a keyring with a new key. The key's mode decides how its text begins.
async fn add(
    context: &Context,
    user: &UserId,
    (id, secret): (&ApiKeyId, [u8; 32]),
    step: impl Fn(&mut Keyring) -> Result<(ApiKey, AuditLine), NotChanged>,
) -> Result<MadeKey, NotChanged> {
    let text_of = |key: &ApiKey| ApiKeyText::of(key.mode, user.clone(), secret);
    let decide = |keyring: &mut Keyring| {
        // An earlier attempt was written, and its answer was lost.
        if let Some(key) = keyring.find(id) {
            let value = MadeKey { key: key.clone(), text: text_of(key), keyring: keyring.clone() };
            return Ok(KeyringChange { value, made: None, line: None });
        }
        let (key, line) = step(keyring)?;
        let value = MadeKey { text: text_of(&key), key, keyring: keyring.clone() };
        let hash = SecretHash::of(value.text.expose());
        Ok(KeyringChange { value, made: Some(hash), line: Some(line) })
    };
    context.store().change_keyring(user, decide).await
}

async fn tell(context: &Context, user: &UserId, key: &ApiKey) {
    let (name, last_four) = (key.name.clone(), key.last_four.clone().unwrap_or_default());
    let letter = LetterOrder::KeyMade { user_id: user.clone(), name, last_four, at: key.created_at };
    letters::tell(context, &letter).await;
}
