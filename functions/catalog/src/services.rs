//! `GET /api/v1/services` - the services whose codes can be received.

use crate::{cached, lists};
use api::{
    Listed, Problem, Visitor,
    axum::{extract::State, response::Response},
};
use domain::{ServiceName, pricing::ServiceClass};
use http::HeaderMap;
use runtime::Context;
use serde::Serialize;
use store::ServiceRow;
use utoipa::ToSchema;

/// A service.
#[derive(Serialize, ToSchema)]
pub struct ServiceView {
    /// Its name in requests.
    name: ServiceName,
    /// Its name for people.
    #[schema(examples("WhatsApp"))]
    title: String,
    /// How hard its codes are to deliver; `blocked` ones are not sold.
    class: ServiceClass,
}

impl From<&ServiceRow> for ServiceView {
    fn from(row: &ServiceRow) -> Self {
        Self { name: row.name.clone(), title: row.title.clone(), class: row.class }
    }
}

/// Services
///
/// Every service whose codes can be received. The list is whole; `next_cursor` is always null.
#[utoipa::path(
    get, path = "/api/v1/services", operation_id = "list_services", tag = "catalog",
    responses((status = 200, body = Listed<ServiceView>)),
)]
pub async fn services(
    State(context): State<Context>,
    visitor: Visitor,
    request: HeaderMap,
) -> Result<Response, Problem> {
    let (version, rows) = lists::services(&context).await?;
    let whole = || Listed { items: rows.iter().map(ServiceView::from).collect(), next_cursor: None };
    Ok(cached::answer(&visitor, version, &request, whole))
}
