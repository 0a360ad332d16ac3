//! Things kept in a function's memory: for an hour, and only as long as the catalog's number stays the same.

use domain::Timestamp;
use runtime::Context;
use std::{collections::HashMap, future::Future, hash::Hash, sync::Mutex, sync::PoisonError, time::Duration};
use store::{CatalogVersion, StoreError};

/// How long something is kept at most.
const KEPT: Duration = Duration::from_hours(1);
/// How often the catalog's number is read.
const VERSION_EVERY: Duration = Duration::from_secs(30);
/// How many things one shelf holds; when it is full it is emptied.
const MOST: usize = 256;

/// A shelf of things by key.
pub(crate) struct Shelf<K, T>(Mutex<Option<Inner<K, T>>>);

struct Inner<K, T> {
    version: CatalogVersion,
    asked_at: Timestamp,
    things: HashMap<K, (Timestamp, T)>,
}

impl<K: Eq + Hash + Clone, T: Clone> Shelf<K, T> {
    pub(crate) const fn new() -> Self {
        Self(Mutex::new(None))
    }

    /// The thing under this key, fetched where it is not kept, with the catalog's number that it belongs to.
    pub(crate) async fn get<F>(
        &self,
        context: &Context,
        key: K,
        fetch: impl FnOnce() -> F,
    ) -> Result<(CatalogVersion, T), StoreError>
    where
        F: Future<Output = Result<T, StoreError>>,
    {
        let now = context.now();
        let version = match self.version_at(now) {
            Some(version) => version,
            None => context.store().catalog_version().await?,
        };
        if let Some(thing) = self.kept(version, now, &key) {
            return Ok((version, thing));
        }
        let thing = fetch().await?;
        self.keep(version, now, key, thing.clone());
        Ok((version, thing))
    }

    /// The number that was read last, if that was a short while ago.
    fn version_at(&self, now: Timestamp) -> Option<CatalogVersion> {
        let inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        inner.as_ref().filter(|inner| now.since(inner.asked_at) < VERSION_EVERY).map(|inner| inner.version)
    }

    fn kept(&self, version: CatalogVersion, now: Timestamp, key: &K) -> Option<T> {
        let mut guard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let inner = guard.as_mut().filter(|inner| inner.version == version)?;
        let (at, thing) = inner.things.get(key)?;
        (now.since(*at) < KEPT).then(|| thing.clone())
    }

    fn keep(&self, version: CatalogVersion, now: Timestamp, key: K, thing: T) {
        let mut guard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let fits = |inner: &Inner<K, T>| inner.version == version && inner.things.len() < MOST;
        let mut inner =
            guard.take().filter(fits).unwrap_or_else(|| Inner { version, asked_at: now, things: HashMap::new() });
        inner.asked_at = now;
        inner.things.insert(key, (now, thing));
        *guard = Some(inner);
    }
}
