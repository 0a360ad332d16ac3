//! Many changes of offers, in batches, a few of them under way at once.

use store::{OFFERS_AT_ONCE, OfferChange, Store, StoreError};
use tokio::task::JoinSet;

/// How many batches are under way at once. With this a first run stays near what a new on-demand table takes (4,000 writes a
/// second); what is too much is tried again.
const AT_ONCE: usize = 4;

/// Changes that were begun, after a note that readers will have to be told.
pub(crate) struct Writes {
    store: Store,
    begun: bool,
    batch: Vec<OfferChange>,
    under_way: JoinSet<Result<(), StoreError>>,
    count: usize,
}

/// What was written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Written {
    /// Whether readers have to be told.
    pub(crate) anything: bool,
    /// How many offers changed.
    pub(crate) offers: usize,
}

impl Writes {
    /// Nothing yet.
    pub(crate) fn new(store: Store) -> Self {
        Self { store, begun: false, batch: Vec::new(), under_way: JoinSet::new(), count: 0 }
    }

    /// To be called before anything of the catalog is written.
    pub(crate) async fn begin(&mut self) -> Result<(), StoreError> {
        if !self.begun {
            self.store.begin_catalog_change().await?;
            self.begun = true;
        }
        Ok(())
    }

    /// Takes a change; a full batch is written, once there is room for it. The first failure ends the run: what is written
    /// stays.
    pub(crate) async fn add(&mut self, change: OfferChange) -> Result<(), StoreError> {
        self.batch.push(change);
        self.count += 1;
        if self.batch.len() < OFFERS_AT_ONCE { Ok(()) } else { self.send().await }
    }

    /// Writes the rest and waits for all.
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
        self.under_way.spawn(async move { store.write_offers(&batch).await });
        Ok(())
    }
}

fn settled(written: Result<Result<(), StoreError>, tokio::task::JoinError>) -> Result<(), StoreError> {
    written.unwrap_or_else(|panic| Err(StoreError::Refused(panic.to_string())))
}
