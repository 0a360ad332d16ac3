//! The last use of an API key, which its owner sees to the hour.
//!
//! A process notes a key once an hour, while the call is counted. So it costs no time, and hardly any writes.

use domain::{ApiKeyId, Timestamp};
use runtime::{Client, Context};
use std::{
    collections::HashMap,
    convert::Infallible,
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// How long a process does not note the same key again.
const NOTED_EVERY: Duration = Duration::from_hours(1);
/// How long a call may be held up by a slow table.
const PATIENCE: Duration = Duration::from_millis(250);
/// The keys that a process remembers; with more it begins anew, and notes some again.
const MOST: usize = 10_000;

/// The uses that this process has noted.
#[derive(Debug, Default)]
struct Noted(Mutex<HashMap<ApiKeyId, Timestamp>>);

impl Client for Noted {
    type Error = Infallible;

    async fn connect(_context: &Context) -> Result<Self, Infallible> {
        Ok(Self::default())
    }
}

impl Noted {
    /// Whether this use is to be noted. If so, it counts as noted, so that a table that fails is not asked by each
    /// call.
    fn is_due(&self, key: &ApiKeyId, now: Timestamp) -> bool {
        // Nothing panics while it is locked.
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if noted.get(key).is_some_and(|last| now.since(*last) < NOTED_EVERY) {
            return false;
        }
        if noted.len() >= MOST {
            noted.clear();
        }
        noted.insert(key.clone(), now);
        true
    }
}

/// Notes the use of a key, unless this process did within the last hour. A use that can't be noted is lost.
pub(super) async fn note(context: &Context, key: &ApiKeyId) {
    let now = context.now();
    let Ok(noted) = context.get::<Noted>().await;
    if !noted.is_due(key, now) {
        return;
    }
    // On the heap, because every call would contain the future of a write that hardly any makes.
    let noting = Box::pin(context.store().limits().note_use(key, now));
    match runtime::within(PATIENCE, noting).await {
        Some(Ok(())) => {}
        Some(Err(error)) => tracing::warn!(%error, "the use of a key was not noted"),
        None => tracing::warn!("the use of a key was not noted in time"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_noted_once_an_hour() {
        let at = Timestamp::from_millis;
        let (noted, one, other) = (Noted::default(), ApiKeyId::new(at(1), 1), ApiKeyId::new(at(1), 2));
        assert!(noted.is_due(&one, at(0)) && noted.is_due(&other, at(1)));
        assert!(!noted.is_due(&one, at(3_599_999)));
        assert!(noted.is_due(&one, at(3_600_000)));
        assert!(!noted.is_due(&other, at(3_600_000)));
    }
}
