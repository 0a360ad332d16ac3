//! `GET /api/v1/services` - lists the services whose codes can be received.

use crate::{cacheable, lists};
use api::{
    Listed, Params, Parse, Problem, Visitor,
    axum::{extract::State, response::Response},
};
use domain::{ServiceName, pricing::ServiceClass};
use http::HeaderMap;
use runtime::Context;
use serde::Serialize;
use store::ServiceRow;
use utoipa::{IntoParams, ToSchema};

/// A filter for services.
#[derive(Debug, IntoParams, Parse)]
#[into_params(parameter_in = Query)]
pub struct Search {
    /// Return only services whose name or title starts with this text, ignoring case.
    #[param(example = "what")]
    query: Option<String>,
}

/// Whether the name or the title of a service begins with this text, which is in small letters.
fn begins_with(row: &ServiceRow, beginning: &str) -> bool {
    row.name.as_str().starts_with(beginning) || row.title.to_lowercase().starts_with(beginning)
}

/// A service.
#[derive(Serialize, ToSchema)]
pub struct ServiceView {
    /// Name used in requests.
    name: ServiceName,
    /// Display name.
    #[schema(examples("WhatsApp"))]
    title: String,
    /// How hard its codes are to deliver; `blocked` and `unreviewed` services are not sold.
    class: ServiceClass,
}

impl From<&ServiceRow> for ServiceView {
    fn from(row: &ServiceRow) -> Self {
        Self { name: row.name.clone(), title: row.title.clone(), class: row.class }
    }
}

/// List services
///
/// Lists every service whose codes can be received. The list is complete; `next_cursor` is always
/// null.
#[utoipa::path(
    get, path = "/api/v1/services", operation_id = "list_services", tag = "catalog",
    params(Search), responses((status = 200, body = Listed<ServiceView>)),
)]
pub async fn services(
    State(context): State<Context>,
    visitor: Visitor,
    Params(search): Params<Search>,
    request: HeaderMap,
) -> Result<Response, Problem> {
    let (version, rows) = lists::services(&context).await?;
    let beginning = search.query.unwrap_or_default().trim().to_lowercase();
    let found = || rows.iter().filter(|row| begins_with(row, &beginning)).map(ServiceView::from).collect();
    Ok(cacheable::answer(&visitor, version.version, &request, || Listed { items: found(), next_cursor: None }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_titles_are_found_by_their_beginning() {
        let row = ServiceRow {
            name: "vkontakte".parse().unwrap(),
            title: "VK (ВКонтакте)".to_owned(),
            class: ServiceClass::Common,
        };
        for (beginning, found) in [("", true), ("vko", true), ("vk (вк", true), ("kon", false)] {
            assert_eq!(begins_with(&row, beginning), found, "{beginning:?}");
        }
    }
}
