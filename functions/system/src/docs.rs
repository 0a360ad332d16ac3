//! `GET /api/docs` - serves the API reference, a page with a form to try each operation, and its
//! assets.
//!
//! The page loads only files from this service and renders the OpenAPI document in the browser. The
//! table of problems is part of the served HTML (`build/problems.rs`), because the `type` of every
//! problem links to it.

use crate::static_file::{StaticFile, static_file};
use api::{AddressLimit, PathId};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, header::CONTENT_SECURITY_POLICY};
use std::str::FromStr;

/// Allows scripts, styles and requests of the page's own origin only; no frames, plug-ins or forms.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

static PAGE: StaticFile = static_file!("index.html", HTML);

macro_rules! assets {
    ($($name:literal $kind:ident;)*) => {
        static ASSETS: &[(&str, StaticFile)] = &[$(($name, static_file!($name, $kind)),)*];
    };
}

assets! {
    "docs.css" CSS;
    "docs.js" SCRIPT;
    "dom.js" SCRIPT;
    "operation.js" SCRIPT;
    "request.js" SCRIPT;
    "schema.js" SCRIPT;
    "try.js" SCRIPT;
}

/// An asset of the page, by its file name.
#[derive(Debug)]
pub struct Asset(&'static StaticFile);

/// No asset has this name.
#[derive(Debug)]
pub struct NoAsset;

impl FromStr for Asset {
    type Err = NoAsset;

    fn from_str(name: &str) -> Result<Self, NoAsset> {
        ASSETS.iter().find(|(known, _)| *known == name).map(|(_, file)| Self(file)).ok_or(NoAsset)
    }
}

/// Get the API reference
///
/// Returns an HTML page with every operation, its parameters, schemas and problems, and a form to
/// try it.
#[utoipa::path(
    get, path = "/api/docs", operation_id = "get_docs", tag = "system",
    responses(
        (status = 200, description = "The page.", body = String, content_type = "text/html",
            headers(("ETag" = String, description = "Send it back as `If-None-Match`."))),
        (status = 304, description = "The client's copy, named in `If-None-Match`, is current."),
    ),
)]
pub async fn page(_limit: AddressLimit, request: HeaderMap) -> Response {
    ([(CONTENT_SECURITY_POLICY, POLICY)], PAGE.answer(&request)).into_response()
}

/// Get an asset of the API reference
///
/// Returns a style sheet or script of the page.
#[utoipa::path(
    get, path = "/api/docs/{asset}", operation_id = "get_docs_asset", tag = "system",
    params(("asset" = String, Path, description = "File name.", example = "docs.css")),
    responses(
        (status = 200, description = "The file.", content((String = "text/css"), (String = "text/javascript")),
            headers(("ETag" = String, description = "Send it back as `If-None-Match`."))),
        (status = 304, description = "The client's copy, named in `If-None-Match`, is current."),
    ),
)]
pub async fn asset(_limit: AddressLimit, PathId(Asset(file)): PathId<Asset>, request: HeaderMap) -> Response {
    file.answer(&request)
}
