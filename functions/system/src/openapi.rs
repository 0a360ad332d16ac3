//! `GET /api/v1/openapi.json` - serves the OpenAPI document, as committed in `docs/openapi.json`.

use crate::static_file::StaticFile;
use axum::response::Response;
use http::HeaderMap;
use std::sync::LazyLock;

/// The document. A test fails if the code would generate another one.
pub(crate) const DOCUMENT: &str = include_str!("../../../docs/openapi.json");

static FILE: LazyLock<StaticFile> = LazyLock::new(|| StaticFile::new("application/json", DOCUMENT));

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
pub async fn openapi(request: HeaderMap) -> Response {
    FILE.answer(&request)
}
