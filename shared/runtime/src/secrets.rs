//! Secrets by name, read at their first use and cached for the life of the process.
//!
//! A warm function may cache a secret for hours. When an external system rejects a key, its client
//! raises the secret's [`StaleFlag`], and the secret is read again. So a rotated or corrected key is used
//! without a deployment.

use crate::{Clock, Context, clients::Client};
use domain::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use std::{
    collections::HashMap,
    convert::Infallible,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::Duration,
};
use thiserror::Error;
use tokio::sync::Mutex;

/// The shortest time between reads of a stale secret, so that a wrong key does not cost a read per call.
const READ_AGAIN_AFTER: Duration = Duration::from_secs(30);

/// Why a secret can't be used.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SecretError {
    /// Secrets Manager rejected the request or did not answer.
    #[error("the secret can't be read: {0}")]
    Unreadable(String),
    /// The secret is not JSON of the expected form. The error does not contain it.
    #[error("the secret is not JSON of the expected form")]
    Malformed,
}

/// A secret's content.
#[derive(Debug)]
pub struct Secret<T> {
    /// The content.
    pub content: T,
    /// The flag to raise when an external system rejects the content.
    pub stale: StaleFlag,
}

/// Whether an external system rejected a secret. Clones share the flag.
#[derive(Clone, Debug, Default)]
pub struct StaleFlag(Arc<AtomicBool>);

impl StaleFlag {
    /// Marks the secret as stale.
    pub fn raise(&self) {
        self.0.store(true, Relaxed);
    }

    /// Whether the secret must be read again.
    pub fn is_raised(&self) -> bool {
        self.0.load(Relaxed)
    }
}

/// The secrets that were read, by name.
#[derive(Debug)]
pub struct Secrets {
    client: aws_sdk_secretsmanager::Client,
    known: Mutex<HashMap<String, Known>>,
}

#[derive(Clone, Debug)]
struct Known {
    text: SecretString,
    read_at: Timestamp,
    stale: StaleFlag,
}

impl Known {
    /// Whether it must be read again: it is as old as `most`, or it is stale or malformed, and was not read just now.
    fn must_be_read_again(&self, is_malformed: bool, most: Duration, now: Timestamp) -> bool {
        let age = now.since(self.read_at);
        age >= most || (is_malformed || self.stale.is_raised()) && age >= READ_AGAIN_AFTER
    }

    fn parsed<T: DeserializeOwned>(&self) -> Result<Secret<T>, SecretError> {
        let content = serde_json::from_str(self.text.expose_secret()).map_err(|_| SecretError::Malformed)?;
        Ok(Secret { content, stale: self.stale.clone() })
    }
}

impl Client for Secrets {
    type Error = Infallible;

    async fn connect(context: &Context) -> Result<Self, Infallible> {
        let client = aws_sdk_secretsmanager::Client::new(context.aws());
        Ok(Self { client, known: Mutex::default() })
    }
}

impl Secrets {
    /// The content of a JSON secret. Several types may read different fields of the same secret. A field that
    /// is missing today may be there after the next read.
    pub async fn get<T: DeserializeOwned>(&self, name: &str) -> Result<Secret<T>, SecretError> {
        self.get_younger_than(name, Duration::MAX).await
    }

    /// The same, read again if it was read `age` ago or earlier. It is for secrets that change by themselves, of which
    /// no external system tells us.
    pub async fn get_younger_than<T: DeserializeOwned>(
        &self,
        name: &str,
        age: Duration,
    ) -> Result<Secret<T>, SecretError> {
        let mut secrets = self.known.lock().await;
        let now = Clock.now();
        if let Some(known) = secrets.get(name) {
            let secret = known.parsed();
            if !known.must_be_read_again(secret.is_err(), age, now) {
                return secret;
            }
        }
        let read = Known { text: self.read(name).await?, read_at: now, stale: StaleFlag::default() };
        let secret = read.parsed();
        secrets.insert(name.to_owned(), read);
        secret
    }

    async fn read(&self, name: &str) -> Result<SecretString, SecretError> {
        let answer = self.client.get_secret_value().secret_id(name).send().await.map_err(|error| {
            // The SDK's text names the request; the code is sufficient and contains no secret.
            use aws_sdk_secretsmanager::error::ProvideErrorMetadata;
            SecretError::Unreadable(error.code().unwrap_or("no answer").to_owned())
        })?;
        Ok(answer.secret_string.unwrap_or_default().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stale_or_malformed_secret_is_read_again_but_not_on_every_call() {
        let read_at = Timestamp::from_millis(0);
        let known = Known { text: "{}".into(), read_at, stale: StaleFlag::default() };
        let soon = read_at.plus(READ_AGAIN_AFTER / 2);
        let later = read_at.plus(READ_AGAIN_AFTER);
        let ever = Duration::MAX;
        assert!(!known.must_be_read_again(false, ever, later), "a good secret stays cached");
        assert!(known.must_be_read_again(true, ever, later), "a field may have been added meanwhile");
        assert!(known.must_be_read_again(false, READ_AGAIN_AFTER, later), "it is too old for this reader");
        assert!(known.must_be_read_again(false, Duration::ZERO, read_at), "it must be read now");
        known.parsed::<HashMap<String, String>>().unwrap().stale.raise();
        assert!(!known.must_be_read_again(false, ever, soon));
        assert!(known.must_be_read_again(false, ever, later));
    }
}
