//! `GET /api/v1/openapi.json` - serves the OpenAPI document, as committed in `docs/openapi.json`.

use crate::static_file::{StaticFile, static_file};
use api::AddressLimit;
use axum::response::Response;
use http::HeaderMap;

/// The document. A test fails if the code would generate another one.
pub(crate) static DOCUMENT: StaticFile = static_file!("openapi.json", "application/json");

/// Get the OpenAPI document
///
/// Returns the OpenAPI 3.1 document of all operations.
#[utoipa::path(
    get, path = "/api/v1/openapi.json", operation_id = "get_openapi", tag = "system",
    responses(
        (status = 200, description = "The document.", body = serde_json::Value, content_type = "application/json",
            headers(("ETag" = String, description = "Send it back as `If-None-Match`."))),
        (status = 304, description = "The client's copy, named in `If-None-Match`, is current."),
    ),
)]
pub async fn openapi(_limit: AddressLimit, request: HeaderMap) -> Response {
    DOCUMENT.answer(&request)
}
