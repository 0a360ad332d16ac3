//! How the catalog changes: offers many at once, and the number by which readers see that something did.

use crate::{
    Catalog, StoreError,
    catalog::{self, OfferRow},
    item::{self, Item},
    keys,
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

/// How many offers one write takes (DynamoDB's bound).
pub const OFFERS_AT_ONCE: usize = 25;
/// The pauses of a write while the table is throttling: some twelve seconds in all.
const PAUSES: ExponentialBuilder =
    ExponentialBuilder::new().with_min_delay(Duration::from_millis(75)).with_max_times(7).with_jitter();

/// A change of what one supplier sells for one service in one country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OfferChange {
    /// It sells this now.
    Put {
        /// For which service.
        service: ServiceName,
        /// What it sells.
        offer: OfferRow,
    },
    /// It sells nothing any more.
    Remove {
        /// For which service.
        service: ServiceName,
        /// Where.
        country: CountryCode,
        /// Who.
        supplier: SupplierId,
    },
}

/// What the refresh remembers from run to run; kept beside the catalog's version.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct CatalogState {
    /// Whether a change began that readers were never told of.
    pub pending: bool,
    /// How much was sold at the last run.
    pub extent: Extent,
}

impl Catalog<'_> {
    /// Writes up to [`OFFERS_AT_ONCE`] changes, each for itself: after an error some are written and some are not. No two may be
    /// of the same offer. Safe to repeat.
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

    /// Notes that the catalog is about to change, so that [`Catalog::raise_version`] is not forgotten when the writer dies
    /// in between.
    pub async fn begin_change(self) -> Result<(), StoreError> {
        self.update_version()
            .update_expression("SET #pending = :yes")
            .expression_attribute_names("#pending", "pending")
            .expression_attribute_values(":yes", AttributeValue::Bool(true))
            .send()
            .await?;
        Ok(())
    }

    /// What the last refresh left.
    pub async fn state(self) -> Result<CatalogState, StoreError> {
        Ok(self.0.get(&catalog::version_key(), Consistency::Eventual).await?.unwrap_or_default())
    }

    /// Remembers how much is sold.
    pub async fn put_extent(self, extent: Extent) -> Result<(), StoreError> {
        let extent = serde_dynamo::to_attribute_value(extent)?;
        self.update_version()
            .update_expression("SET #extent = :extent")
            .expression_attribute_names("#extent", "extent")
            .expression_attribute_values(":extent", extent)
            .send()
            .await?;
        Ok(())
    }

    /// Raises the catalog's number: whoever holds lists in memory reads them again.
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
        self.0.update(&catalog::version_key())
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
