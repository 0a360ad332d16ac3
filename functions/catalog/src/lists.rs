//! The two long lists, kept in memory for all endpoints that need them.

use crate::shelf::Shelf;
use domain::CountryCode;
use runtime::Context;
use std::sync::Arc;
use store::{CatalogVersion, CountryRow, ServiceRow, StoreError};

static SERVICES: Shelf<(), Arc<[ServiceRow]>> = Shelf::new();
static COUNTRIES: Shelf<(), Arc<[CountryRow]>> = Shelf::new();

/// Every service, by name.
pub(crate) async fn services(context: &Context) -> Result<(CatalogVersion, Arc<[ServiceRow]>), StoreError> {
    SERVICES.get(context, (), || async { Ok(context.store().services().await?.into()) }).await
}

/// Every country, by code.
pub(crate) async fn countries(context: &Context) -> Result<(CatalogVersion, Arc<[CountryRow]>), StoreError> {
    COUNTRIES.get(context, (), || async { Ok(context.store().countries().await?.into()) }).await
}

/// The error of a country that is not sold.
pub(crate) fn unknown_country(code: &CountryCode) -> api::FieldError {
    api::FieldError {
        field: "country_code".to_owned(),
        code: "unknown_country".to_owned(),
        detail: format!("{code} is not sold. GET /api/v1/countries lists what is."),
    }
}
