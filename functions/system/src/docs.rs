//! `GET /api/docs` - serves the API reference, a page with a form to try each operation, and its
//! assets.
//!
//! The page loads only files from this service and renders the OpenAPI document in the browser. The
//! table of problems is part of the served HTML, because the `type` of every problem links to it.

use crate::{openapi::DOCUMENT, static_file::StaticFile};
use api::PathId;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, header::CONTENT_SECURITY_POLICY};
use serde::Deserialize;
use std::{collections::BTreeMap, fmt::Write, str::FromStr, sync::LazyLock};

/// Allows scripts, styles and requests of the page's own origin only; no frames, plug-ins or forms.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// Placeholder for the table of problems.
const PROBLEMS_HERE: &str = "<!-- problems -->";

static PAGE: LazyLock<StaticFile> =
    LazyLock::new(|| StaticFile::new(HTML, include_str!("../assets/index.html").replace(PROBLEMS_HERE, &problems())));

macro_rules! assets {
    ($($name:literal $kind:ident;)*) => {
        static ASSETS: LazyLock<Vec<(&'static str, StaticFile)>> = LazyLock::new(|| vec![
            $(($name, StaticFile::new($kind, include_str!(concat!("../assets/", $name)))),)*
        ]);
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
pub async fn page(request: HeaderMap) -> Response {
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
pub async fn asset(PathId(Asset(file)): PathId<Asset>, request: HeaderMap) -> Response {
    file.answer(&request)
}

/// The part of the document that describes the codes, by name.
#[derive(Default, Deserialize)]
struct Document {
    components: Components,
}

#[derive(Default, Deserialize)]
struct Components {
    examples: BTreeMap<String, Code>,
}

/// A code: its title, the advice, and an answer with it.
#[derive(Deserialize)]
struct Code {
    summary: String,
    description: String,
    value: Value,
}

#[derive(Deserialize)]
struct Value {
    status: u16,
}

/// The rows of the table of problems. Each row has the anchor that problems link to.
fn problems() -> String {
    let mut rows = String::new();
    // A test parses the document. If it could not be parsed, the table would be empty.
    let document: Document = serde_json::from_str(DOCUMENT).unwrap_or_default();
    let mut codes: Vec<_> = document.components.examples.iter().collect();
    codes.sort_by_key(|(_, code)| code.value.status);
    for (name, Code { summary, description, value: Value { status } }) in codes {
        let (title, advice) = (marked_up(summary), marked_up(description));
        // Writing to a string can't fail.
        let _ = writeln!(
            rows,
            "<tr id=\"problem-{name}\"><th scope=\"row\"><a href=\"#problem-{name}\"><code>{name}</code></a></th>\
             <td>{status}</td><td>{title}.</td><td>{advice}</td></tr>"
        );
    }
    rows
}

/// A text as HTML: escaped, with backtick spans as code.
fn marked_up(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let parts = escaped.split('`').enumerate();
    parts.map(|(n, part)| if n % 2 == 1 { format!("<code>{part}</code>") } else { part.to_owned() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped_before_they_are_marked_up() {
        assert_eq!(marked_up("a `<b>` & c"), "a <code>&lt;b&gt;</code> &amp; c");
    }
}
