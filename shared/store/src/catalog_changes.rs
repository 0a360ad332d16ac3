//! Writes of a catalog refresh: batches of offers, and the version by which readers notice a change.

use crate::{
    Catalog, StoreError,
    catalog::OfferRow,
    item::{self, Item},
    keys::{self, VERSION},
    table::Consistency,
};
use aws_sdk_dynamodb::{
    operation::update_item::builders::UpdateItemFluentBuilder,
    types::{AttributeValue, DeleteRequest, PutRequest, WriteRequest},
};
use backon::{BackoffBuilder, ExponentialBuilder};
use domain::{CountryCode, ServiceName, SupplierId, Timestamp, catalog::Extent};
use serde::Deserialize;
use std::time::Duration;

/// The limit of offers per write (DynamoDB's).
pub const OFFERS_AT_ONCE: usize = 25;
/// The pauses of a write while the table is throttling: some twelve seconds in all.
const PAUSES: ExponentialBuilder =
    ExponentialBuilder::new().with_min_delay(Duration::from_millis(75)).with_max_times(7).with_jitter();

/// A change of one supplier's offers for one service in one country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OfferChange {
    /// New or changed offers.
    Put {
        /// The service.
        service: ServiceName,
        /// The offers.
        offer: OfferRow,
    },
    /// The supplier sells no numbers any more.
    Remove {
        /// The service.
        service: ServiceName,
        /// The country.
        country: CountryCode,
        /// The supplier.
        supplier: SupplierId,
    },
}

/// The mark of an unfinished change, stored with the catalog version.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Mark {
    pending: bool,
}

impl Catalog<'_> {
    /// Writes up to [`OFFERS_AT_ONCE`] changes of different items. The writes are independent, so an error
    /// may leave some of them done. Safe to repeat.
    pub async fn write_offers(self, changes: &[OfferChange]) -> Result<(), StoreError> {
        let mut left = changes.iter().map(request).collect::<Result<Vec<_>, _>>()?;
        let mut pauses = PAUSES.build();
        while !left.is_empty() {
            let call = self.0.client().batch_write_item().request_items(self.0.name(), left.clone());
            match call.send().await.map_err(StoreError::from) {
                Ok(answer) => {
                    left = answer.unprocessed_items.unwrap_or_default().remove(self.0.name()).unwrap_or_default();
                }
                Err(StoreError::Throttled) => {}
                Err(error) => return Err(error),
            }
            if !left.is_empty() {
                crate::pause(pauses.next().ok_or(StoreError::Throttled)?).await;
            }
        }
        Ok(())
    }

    /// Marks the catalog as changing. If the writer dies before [`Catalog::raise_version`], the next run
    /// raises the version.
    pub async fn begin_change(self) -> Result<(), StoreError> {
        self.update_version()
            .update_expression("SET #pending = :yes")
            .expression_attribute_names("#pending", "pending")
            .expression_attribute_values(":yes", AttributeValue::Bool(true))
            .send()
            .await?;
        Ok(())
    }

    /// Whether a change began after which the version was not raised.
    pub async fn is_changing(self) -> Result<bool, StoreError> {
        let mark: Option<Mark> = self.0.get(&keys::catalog(VERSION), Consistency::Eventual).await?;
        Ok(mark.unwrap_or_default().pending)
    }

    /// The size of a supplier's last price list.
    pub async fn extent(self, supplier: &SupplierId) -> Result<Extent, StoreError> {
        Ok(self.0.get(&keys::extent(supplier), Consistency::Eventual).await?.unwrap_or_default())
    }

    /// Stores the size of a supplier's price list.
    pub async fn put_extent(self, supplier: &SupplierId, extent: Extent) -> Result<(), StoreError> {
        self.0.put(&keys::extent(supplier), &extent).await
    }

    /// Raises the catalog version, so that cached lists are read again.
    pub async fn raise_version(self, now: Timestamp) -> Result<(), StoreError> {
        self.update_version()
            .update_expression("ADD #version :one SET #at = :at REMOVE #pending")
            .expression_attribute_names("#version", "version")
            .expression_attribute_names("#at", "at")
            .expression_attribute_names("#pending", "pending")
            .expression_attribute_values(":one", item::number(1))
            .expression_attribute_values(":at", item::text(now.to_string()))
            .send()
            .await?;
        Ok(())
    }

    fn update_version(self) -> UpdateItemFluentBuilder {
        self.0.update(&keys::catalog(VERSION))
    }
}

fn request(change: &OfferChange) -> Result<WriteRequest, StoreError> {
    match change {
        OfferChange::Put { service, offer } => {
            let row: Item = item::write(&keys::offer(service, &offer.country, &offer.supplier), offer, None)?;
            let put = PutRequest::builder().set_item(Some(row)).build()?;
            Ok(WriteRequest::builder().put_request(put).build())
        }
        OfferChange::Remove { service, country, supplier } => {
            let row = item::key_item(&keys::offer(service, country, supplier));
            let delete = DeleteRequest::builder().set_key(Some(row)).build()?;
            Ok(WriteRequest::builder().delete_request(delete).build())
        }
    }
}
