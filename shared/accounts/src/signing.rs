//! The key that signs access tokens. Only functions that make sessions may read it.
//!
//! The secret has random text, from which the keys are derived: the one that signs, and the next one, which is
//! published for a day before its first use, so that everybody knows it by then. Whoever signs makes sure that both are
//! published first, so a token is never older than its key, whatever dies in between.

use aws_sdk_secretsmanager::error::ProvideErrorMetadata;
use domain::{Timestamp, account::ACCESS_LIFETIME};
use runtime::{Client, ConfigError, Context, SecretError, Secrets, random_bytes};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::{convert::Infallible, sync::Arc, time::Duration};
use store::StoreError;
use thiserror::Error;
use tokens::{Claims, SigningKey, Unusable};
use tokio::sync::Mutex;

/// How long a function signs with a key before it reads the secret again.
const KEY_FRESH: Duration = Duration::from_mins(10);
/// How long a key verifies after it has a successor: other functions may still sign with it, and its last token must
/// live to its end.
const KEY_ENDS_AFTER: Duration = KEY_FRESH.saturating_add(ACCESS_LIFETIME).saturating_add(Duration::from_mins(35));
/// Attempts to publish a key, each of which another function may win.
const PUBLISH_ATTEMPTS: u32 = 5;

/// Why nothing was signed.
#[derive(Debug, Error)]
pub enum SigningError {
    /// The secret can't be read.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The secret could not be replaced.
    #[error("the secret can't be replaced: {0}")]
    NotReplaced(String),
    /// A setting is missing.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The key can't be used.
    #[error(transparent)]
    Unusable(#[from] Unusable),
    /// The public key can't be published.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The content of the secret.
#[derive(Deserialize)]
struct Content {
    /// The random text of the key that signs.
    seed: SecretString,
    /// That of the next key; absent before the first replacement.
    next: Option<SecretString>,
}

/// The keys of the secret.
struct Keys {
    current: SigningKey,
    next: Option<SigningKey>,
}

/// The current key of this process.
#[derive(Default)]
struct Signer(Mutex<Option<Current>>);

#[derive(Clone)]
struct Current {
    key: Arc<SigningKey>,
    read_at: Timestamp,
}

impl Client for Signer {
    type Error = Infallible;

    async fn connect(_context: &Context) -> Result<Self, Infallible> {
        Ok(Self::default())
    }
}

/// Signs an access token.
pub(crate) async fn sign(context: &Context, claims: &Claims) -> Result<String, SigningError> {
    let Ok(signer) = context.get::<Signer>().await;
    let mut current = signer.0.lock().await;
    let now = context.now();
    let usable = current.clone().filter(|current| now.since(current.read_at) < KEY_FRESH);
    let key = if let Some(current) = usable {
        current.key
    } else {
        let keys = content(context, KEY_FRESH).await?.keys()?;
        publish(context, &keys).await?;
        let key = Arc::new(keys.current);
        *current = Some(Current { key: key.clone(), read_at: now });
        key
    };
    Ok(key.sign(claims)?)
}

/// Replaces the key by the next one, and makes another next one. Functions use it within ten minutes; the old one
/// verifies for an hour.
///
/// If it dies before the publication, the first function that signs with the new key publishes it. If it runs twice,
/// there is one key more.
pub async fn rotate(context: &Context) -> Result<(), SigningError> {
    let new = || SecretString::from(hex::encode(random_bytes::<32>()));
    let before = content(context, Duration::ZERO).await?;
    let after = Content { seed: before.next.unwrap_or_else(new), next: Some(new()) };
    let client = aws_sdk_secretsmanager::Client::new(context.aws());
    let replaced = client.put_secret_value().secret_id(secret_name(context)?);
    replaced.secret_string(after.to_json()).send().await.map_err(|error| {
        // The SDK's text may contain the request.
        SigningError::NotReplaced(error.code().unwrap_or("no answer").to_owned())
    })?;
    publish(context, &after.keys()?).await
}

impl Content {
    fn keys(&self) -> Result<Keys, Unusable> {
        Ok(Keys { current: key_of(&self.seed)?, next: self.next.as_ref().map(key_of).transpose()? })
    }

    fn to_json(&self) -> String {
        let next = self.next.as_ref().map(ExposeSecret::expose_secret);
        serde_json::json!({ "seed": self.seed.expose_secret(), "next": next }).to_string()
    }
}

/// The content of the secret, read less than `age` ago.
async fn content(context: &Context, age: Duration) -> Result<Content, SigningError> {
    let Ok(secrets) = context.get::<Secrets>().await;
    Ok(secrets.get_younger_than(&secret_name(context)?, age).await?.content)
}

fn key_of(seed: &SecretString) -> Result<SigningKey, Unusable> {
    SigningKey::of_seed(&Sha256::digest(seed.expose_secret().as_bytes()).into())
}

fn secret_name(context: &Context) -> Result<String, ConfigError> {
    context.environment().needed_setting("SECRET_SIGNING_ARN")
}

/// Publishes the public parts of the keys, if they are not yet published.
async fn publish(context: &Context, keys: &Keys) -> Result<(), SigningError> {
    let (accounts, now) = (context.store().accounts(), context.now());
    let current: Vec<_> = std::iter::once(&keys.current).chain(&keys.next).map(|key| key.public(now)).collect();
    for _ in 0..PUBLISH_ATTEMPTS {
        let published = accounts.public_keys().await?;
        let next = published.publishing(&current, now, now.plus(KEY_ENDS_AFTER));
        let Some(next) = next else { return Ok(()) };
        if accounts.put_public_keys(&next).await? {
            return Ok(());
        }
    }
    Err(StoreError::Conflict.into())
}
