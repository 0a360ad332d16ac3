//! An in-memory cache of catalog data. Entries live for an hour at most, only while the catalog
//! version stays the same, and only up to a maximum size.

use domain::Timestamp;
use runtime::Context;
use std::{collections::BTreeMap, future::Future, sync::Mutex, sync::PoisonError, time::Duration};
use store::{CatalogVersion, StoreError};

/// The longest time that an entry is kept.
const MAX_AGE: Duration = Duration::from_hours(1);
/// The longest time that the catalog version is kept before it is read again.
const VERSION_MAX_AGE: Duration = Duration::from_secs(30);

/// A cache by key, shared by all requests of a process.
pub(crate) struct Cache<K, T> {
    entries: Mutex<Entries<K, T>>,
    /// Maximum total size.
    capacity: usize,
    /// Size of one entry.
    size: fn(&T) -> usize,
}

struct Entries<K, T> {
    /// The catalog version, and when it was read.
    version: Option<(CatalogVersion, Timestamp)>,
    by_key: BTreeMap<K, CacheEntry<T>>,
}

struct CacheEntry<T> {
    since: Timestamp,
    size: usize,
    value: T,
}

impl<K: Ord + Clone, T: Clone> Cache<K, T> {
    /// An empty cache with this maximum size, measured by `size`.
    pub(crate) const fn new(capacity: usize, size: fn(&T) -> usize) -> Self {
        Self { entries: Mutex::new(Entries { version: None, by_key: BTreeMap::new() }), capacity, size }
    }

    /// The entry under this key, fetched on a miss, with the catalog version that it belongs to.
    ///
    /// The version is read before the entry. A change in between makes the entry newer than its
    /// version, never older.
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
        let version = if let Some(version) = self.with(|entries| entries.current_version(now)) {
            version
        } else {
            let version = context.store().catalog().version().await?;
            self.with(|entries| entries.set_version(version, now));
            version
        };
        if let Some(value) = self.with(|entries| entries.find(&key, now)) {
            return Ok((version, value));
        }
        let value = fetch().await?;
        let entry = CacheEntry { since: now, size: (self.size)(&value), value: value.clone() };
        self.with(|entries| entries.insert(version, key, entry, self.capacity));
        Ok((version, value))
    }

    fn with<R>(&self, act: impl FnOnce(&mut Entries<K, T>) -> R) -> R {
        act(&mut self.entries.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<K: Ord + Clone, T: Clone> Entries<K, T> {
    /// The last version read, if it is recent enough.
    fn current_version(&self, now: Timestamp) -> Option<CatalogVersion> {
        self.version.filter(|(_, at)| now.since(*at) < VERSION_MAX_AGE).map(|(version, _)| version)
    }

    /// Records the version that was read. A new version clears the cache.
    fn set_version(&mut self, version: CatalogVersion, now: Timestamp) {
        if self.version.is_none_or(|(before, _)| before != version) {
            self.by_key.clear();
        }
        self.version = Some((version, now));
    }

    fn find(&self, key: &K, now: Timestamp) -> Option<T> {
        let entry = self.by_key.get(key)?;
        (now.since(entry.since) < MAX_AGE).then(|| entry.value.clone())
    }

    /// Stores an entry of this version, evicting the oldest entries to make room.
    fn insert(&mut self, version: CatalogVersion, key: K, entry: CacheEntry<T>, capacity: usize) {
        if self.version.is_none_or(|(current, _)| current != version) || entry.size > capacity {
            return;
        }
        self.by_key.remove(&key);
        while self.by_key.values().map(|other| other.size).sum::<usize>() + entry.size > capacity {
            let oldest = self.by_key.iter().min_by_key(|(_, other)| other.since).map(|(key, _)| key.clone());
            let Some(oldest) = oldest else { break };
            self.by_key.remove(&oldest);
        }
        self.by_key.insert(key, entry);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: u64) -> Timestamp {
        Timestamp::default().plus(Duration::from_secs(seconds))
    }

    fn version(version: u64) -> CatalogVersion {
        CatalogVersion { version, at: Timestamp::default() }
    }

    fn cache() -> Entries<&'static str, u32> {
        let mut cache = Entries { version: None, by_key: BTreeMap::new() };
        cache.set_version(version(1), at(0));
        cache
    }

    fn entry(value: u32, since: u64, size: usize) -> CacheEntry<u32> {
        CacheEntry { since: at(since), size, value }
    }

    #[test]
    fn the_version_is_read_again_after_half_a_minute() {
        let mut cache = cache();
        assert_eq!(cache.current_version(at(29)), Some(version(1)));
        cache.insert(version(1), "a", entry(7, 29, 1), 9);
        assert_eq!(cache.current_version(at(30)), None);
    }

    #[test]
    fn an_entry_lives_for_an_hour_of_one_version() {
        let mut cache = cache();
        cache.insert(version(1), "a", entry(7, 0, 1), 9);
        cache.set_version(version(1), at(30));
        assert_eq!(cache.find(&"a", at(3599)), Some(7));
        assert_eq!(cache.find(&"a", at(3600)), None);
        cache.set_version(version(2), at(60));
        assert_eq!(cache.find(&"a", at(60)), None);
    }

    #[test]
    fn an_entry_of_an_older_version_is_not_stored() {
        let mut cache = cache();
        cache.set_version(version(2), at(1));
        cache.insert(version(1), "a", entry(7, 1, 1), 9);
        assert_eq!(cache.find(&"a", at(1)), None);
    }

    #[test]
    fn the_oldest_entries_are_evicted_first() {
        let mut cache = cache();
        for (key, since, size) in [("a", 0, 4), ("b", 1, 4), ("c", 2, 4)] {
            cache.insert(version(1), key, entry(7, since, size), 9);
        }
        assert_eq!(cache.by_key.keys().copied().collect::<Vec<_>>(), ["b", "c"]);
        cache.insert(version(1), "huge", entry(7, 3, 10), 9);
        assert_eq!(cache.by_key.keys().copied().collect::<Vec<_>>(), ["b", "c"]);
    }
}
