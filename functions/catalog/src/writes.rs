//! Writes offer changes in batches, with a few batches in flight.

use store::{OFFERS_AT_ONCE, OfferChange, Store, StoreError};
use tokio::task::JoinSet;

/// How many batches are in flight. A first run then stays near the limit of a new on-demand table
/// (4,000 writes a second); throttled writes are retried.
const AT_ONCE: usize = 4;

/// A run of writes. Before the first write it marks the catalog version as pending.
pub(crate) struct Writes {
    store: Store,
    begun: bool,
    batch: Vec<OfferChange>,
    under_way: JoinSet<Result<(), StoreError>>,
    count: usize,
}

/// Result of the writes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Written {
    /// Whether the catalog version must be raised.
    pub(crate) anything: bool,
    /// How many offers changed.
    pub(crate) offers: usize,
}

impl Writes {
    /// A run without any writes.
    pub(crate) fn new(store: Store) -> Self {
        Self { store, begun: false, batch: Vec::new(), under_way: JoinSet::new(), count: 0 }
    }

    /// Marks the change as begun. Call it before any write to the catalog.
    pub(crate) async fn begin(&mut self) -> Result<(), StoreError> {
        if !self.begun {
            self.store.catalog().begin_change().await?;
            self.begun = true;
        }
        Ok(())
    }

    /// Adds a change. A full batch is written as soon as a slot is free. The first failure ends the
    /// run; earlier writes stay.
    pub(crate) async fn add(&mut self, change: OfferChange) -> Result<(), StoreError> {
        self.batch.push(change);
        self.count += 1;
        if self.batch.len() < OFFERS_AT_ONCE { Ok(()) } else { self.send().await }
    }

    /// Writes the last batch and waits for all batches.
    pub(crate) async fn finish(mut self) -> Result<Written, StoreError> {
        if !self.batch.is_empty() {
            self.send().await?;
        }
        while let Some(written) = self.under_way.join_next().await {
            settled(written)?;
        }
        Ok(Written { anything: self.begun, offers: self.count })
    }

    async fn send(&mut self) -> Result<(), StoreError> {
        self.begin().await?;
        while self.under_way.len() >= AT_ONCE
            && let Some(written) = self.under_way.join_next().await
        {
            settled(written)?;
        }
        let (store, batch) = (self.store.clone(), std::mem::take(&mut self.batch));
        self.under_way.spawn(async move { store.catalog().write_offers(&batch).await });
        Ok(())
    }
}

fn settled(written: Result<Result<(), StoreError>, tokio::task::JoinError>) -> Result<(), StoreError> {
    written.unwrap_or_else(|panic| Err(StoreError::Refused(panic.to_string())))
}
