//! `GET /api/docs` - the reference, as a page that lets one try each operation; and the files that it is made of.
//!
//! The page takes everything from us and builds itself in the browser from the OpenAPI document. The table of problems is part
//! of the page as it is sent, because the `type` of every problem links to it.

use crate::static_file::StaticFile;
use api::{PathId, ProblemCode};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, header::CONTENT_SECURITY_POLICY};
use std::{fmt::Write, str::FromStr, sync::LazyLock};

/// Scripts, styles and requests of our own only; no frames, no plug-ins, no forms that go elsewhere.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// Where the table of problems goes.
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

/// The name of a file of the page.
#[derive(Debug)]
pub struct Asset(&'static StaticFile);

/// There is no such file.
#[derive(Debug)]
pub struct NoAsset;

impl FromStr for Asset {
    type Err = NoAsset;

    fn from_str(name: &str) -> Result<Self, NoAsset> {
        ASSETS.iter().find(|(known, _)| *known == name).map(|(_, file)| Self(file)).ok_or(NoAsset)
    }
}

/// The reference
///
/// A page for people: every operation with its parameters, schemas and problems, and a form to try it.
#[utoipa::path(
    get, path = "/api/docs", operation_id = "get_docs", tag = "system",
    responses(
        (status = 200, description = "The page.", body = String, content_type = "text/html",
            headers(("ETag" = String, description = "Give it back as `If-None-Match`."))),
        (status = 304, description = "It is what the `If-None-Match` of the request names."),
    ),
)]
pub async fn page(request: HeaderMap) -> Response {
    ([(CONTENT_SECURITY_POLICY, POLICY)], PAGE.answer(&request)).into_response()
}

/// A file of the reference
///
/// Its styles and scripts.
#[utoipa::path(
    get, path = "/api/docs/{asset}", operation_id = "get_docs_asset", tag = "system",
    params(("asset" = String, Path, description = "The file's name.", example = "docs.css")),
    responses(
        (status = 200, description = "The file.", content((String = "text/css"), (String = "text/javascript")),
            headers(("ETag" = String, description = "Give it back as `If-None-Match`."))),
        (status = 304, description = "It is what the `If-None-Match` of the request names."),
    ),
)]
pub async fn asset(PathId(Asset(file)): PathId<Asset>, request: HeaderMap) -> Response {
    file.answer(&request)
}

/// The rows of the table of problems, each with the anchor that problems link to.
fn problems() -> String {
    let mut rows = String::new();
    for code in ProblemCode::ALL {
        let (text, status, title) = code.facts();
        let (title, advice) = (marked_up(title), marked_up(code.advice()));
        // Writing to a text can't fail.
        let _ = writeln!(
            rows,
            "<tr id=\"problem-{text}\"><th scope=\"row\"><a href=\"#problem-{text}\"><code>{text}</code></a></th>\
             <td>{status}</td><td>{title}.</td><td>{advice}</td></tr>"
        );
    }
    rows
}

/// A text as HTML: escaped, and with what stands in backticks as code.
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
