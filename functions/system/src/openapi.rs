//! `GET /api/v1/openapi.json` - the description of the API, as it is committed in `docs/openapi.json`.

use crate::static_file::StaticFile;
use axum::response::Response;
use http::HeaderMap;
use std::sync::LazyLock;

/// The document's text. A test fails where it is not what the code would generate.
pub(crate) const DOCUMENT: &str = include_str!("../../../docs/openapi.json");

static FILE: LazyLock<StaticFile> = LazyLock::new(|| StaticFile::new("application/json", DOCUMENT));

/// This description
///
/// The OpenAPI 3.1 document of all operations.
#[utoipa::path(
    get, path = "/api/v1/openapi.json", operation_id = "get_openapi", tag = "system",
    responses(
        (status = 200, description = "The document.", body = serde_json::Value, content_type = "application/json",
            headers(("ETag" = String, description = "Give it back as `If-None-Match`."))),
        (status = 304, description = "It is what the `If-None-Match` of the request names."),
    ),
)]
pub async fn openapi(request: HeaderMap) -> Response {
    FILE.answer(&request)
}
