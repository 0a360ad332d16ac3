//! The full lists of services and countries, cached in memory for all endpoints.

use crate::{cache::Cache, codes::UnknownCountry};
use api::{FieldError, Problem};
use domain::CountryCode;
use runtime::Context;
use std::sync::Arc;
use store::{CatalogVersion, CountryRow, ServiceRow, StoreError};

static SERVICES: Cache<(), Arc<[ServiceRow]>> = Cache::new(1, |_| 1);
static COUNTRIES: Cache<(), Arc<[CountryRow]>> = Cache::new(1, |_| 1);

/// Every service, by name.
pub(crate) async fn services(context: &Context) -> Result<(CatalogVersion, Arc<[ServiceRow]>), StoreError> {
    SERVICES.get(context, (), || async { Ok(context.store().catalog().services().await?.into()) }).await
}

/// Every country, by code.
pub(crate) async fn countries(context: &Context) -> Result<(CatalogVersion, Arc<[CountryRow]>), StoreError> {
    COUNTRIES.get(context, (), || async { Ok(context.store().catalog().countries().await?.into()) }).await
}

/// Rejects a country that no supplier sells.
pub(crate) async fn must_be_sold(context: &Context, code: &CountryCode) -> Result<(), Problem> {
    let (_, countries) = countries(context).await?;
    if countries.iter().any(|row| row.code == *code) {
        return Ok(());
    }
    let unknown = UnknownCountry { country_code: code.clone() };
    Err(Problem::fields(vec![FieldError::new("country_code", unknown)]))
}
