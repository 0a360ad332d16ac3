//! An in-memory cache of catalog data. Entries live for an hour at most, only while the catalog
//! version stays the same, and only up to a maximum size.

use domain::Timestamp;
use runtime::Context;
use std::{collections::BTreeMap, future::Future, sync::Mutex, sync::PoisonError, time::Duration};
use store::{CatalogVersion, StoreError};

/// The longest time that an entry is kept.
const KEPT: Duration = Duration::from_hours(1);
/// How often the catalog version is read.
const VERSION_EVERY: Duration = Duration::from_secs(30);

/// A cache by key, shared by all requests of a process.
pub(crate) struct Shelf<K, T> {
    inner: Mutex<Inner<K, T>>,
    /// Maximum total size.
    room: usize,
    /// Size of one entry.
    size: fn(&T) -> usize,
}

struct Inner<K, T> {
    /// The catalog version, and when it was read.
    seen: Option<(CatalogVersion, Timestamp)>,
    things: BTreeMap<K, Kept<T>>,
}

struct Kept<T> {
    since: Timestamp,
    size: usize,
    thing: T,
}

impl<K: Ord + Clone, T: Clone> Shelf<K, T> {
    /// An empty cache with this maximum size, measured by `size`.
    pub(crate) const fn new(room: usize, size: fn(&T) -> usize) -> Self {
        Self { inner: Mutex::new(Inner { seen: None, things: BTreeMap::new() }), room, size }
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
        let version = if let Some(version) = self.with(|inner| inner.version(now)) {
            version
        } else {
            let version = context.store().catalog().version().await?;
            self.with(|inner| inner.see(version, now));
            version
        };
        if let Some(thing) = self.with(|inner| inner.find(&key, now)) {
            return Ok((version, thing));
        }
        let thing = fetch().await?;
        let kept = Kept { since: now, size: (self.size)(&thing), thing: thing.clone() };
        self.with(|inner| inner.keep(version, key, kept, self.room));
        Ok((version, thing))
    }

    fn with<R>(&self, act: impl FnOnce(&mut Inner<K, T>) -> R) -> R {
        act(&mut self.inner.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl<K: Ord + Clone, T: Clone> Inner<K, T> {
    /// The last version read, if it is recent enough.
    fn version(&self, now: Timestamp) -> Option<CatalogVersion> {
        self.seen.filter(|(_, at)| now.since(*at) < VERSION_EVERY).map(|(version, _)| version)
    }

    /// Records the version that was read. A new version clears the cache.
    fn see(&mut self, version: CatalogVersion, now: Timestamp) {
        if self.seen.is_none_or(|(before, _)| before != version) {
            self.things.clear();
        }
        self.seen = Some((version, now));
    }

    fn find(&self, key: &K, now: Timestamp) -> Option<T> {
        let kept = self.things.get(key)?;
        (now.since(kept.since) < KEPT).then(|| kept.thing.clone())
    }

    /// Stores an entry of this version, evicting the oldest entries to make room.
    fn keep(&mut self, version: CatalogVersion, key: K, kept: Kept<T>, room: usize) {
        if self.seen.is_none_or(|(seen, _)| seen != version) || kept.size > room {
            return;
        }
        self.things.remove(&key);
        while self.things.values().map(|other| other.size).sum::<usize>() + kept.size > room {
            let oldest = self.things.iter().min_by_key(|(_, other)| other.since).map(|(key, _)| key.clone());
            let Some(oldest) = oldest else { break };
            self.things.remove(&oldest);
        }
        self.things.insert(key, kept);
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

    fn shelf() -> Inner<&'static str, u32> {
        let mut shelf = Inner { seen: None, things: BTreeMap::new() };
        shelf.see(version(1), at(0));
        shelf
    }

    fn kept(thing: u32, since: u64, size: usize) -> Kept<u32> {
        Kept { since: at(since), size, thing }
    }

    #[test]
    fn the_number_is_read_again_after_half_a_minute_whatever_else_is_kept() {
        let mut shelf = shelf();
        assert_eq!(shelf.version(at(29)), Some(version(1)));
        shelf.keep(version(1), "a", kept(7, 29, 1), 9);
        assert_eq!(shelf.version(at(30)), None);
    }

    #[test]
    fn things_stay_for_an_hour_and_while_the_number_stays() {
        let mut shelf = shelf();
        shelf.keep(version(1), "a", kept(7, 0, 1), 9);
        shelf.see(version(1), at(30));
        assert_eq!(shelf.find(&"a", at(3599)), Some(7));
        assert_eq!(shelf.find(&"a", at(3600)), None);
        shelf.see(version(2), at(60));
        assert_eq!(shelf.find(&"a", at(60)), None);
    }

    #[test]
    fn what_was_fetched_under_an_older_number_is_not_kept() {
        let mut shelf = shelf();
        shelf.see(version(2), at(1));
        shelf.keep(version(1), "a", kept(7, 1, 1), 9);
        assert_eq!(shelf.find(&"a", at(1)), None);
    }

    #[test]
    fn the_oldest_make_room() {
        let mut shelf = shelf();
        for (key, since, size) in [("a", 0, 4), ("b", 1, 4), ("c", 2, 4)] {
            shelf.keep(version(1), key, kept(7, since, size), 9);
        }
        assert_eq!(shelf.things.keys().copied().collect::<Vec<_>>(), ["b", "c"]);
        shelf.keep(version(1), "huge", kept(7, 3, 10), 9);
        assert_eq!(shelf.things.keys().copied().collect::<Vec<_>>(), ["b", "c"]);
    }
}
