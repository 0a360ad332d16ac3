//! Files that are part of the binary, in a plain and a compressed form, served with an ETag so that a client
//! downloads each version once. The build script makes both forms and the tag.

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use http::{
    HeaderMap,
    header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY},
};

/// File names do not change with their contents, so caches revalidate after five minutes.
const KEPT: &str = "public, max-age=300";

/// A file and its content type. Use [`static_file!`].
#[derive(Debug)]
pub(crate) struct StaticFile {
    pub(crate) content_type: &'static str,
    pub(crate) plain: &'static str,
    pub(crate) gzip: &'static [u8],
    pub(crate) tag: &'static str,
}

/// A file that the build script prepared: `static_file!("docs.css", CSS)`.
macro_rules! static_file {
    ($name:literal, $kind:expr) => {
        $crate::static_file::StaticFile {
            content_type: $kind,
            plain: include_str!(concat!(env!("OUT_DIR"), "/", $name)),
            gzip: include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".gz")),
            tag: include_str!(concat!(env!("OUT_DIR"), "/", $name, ".tag")),
        }
    };
}
pub(crate) use static_file;

impl StaticFile {
    /// The file, or 304 if the client's copy is current.
    pub(crate) fn answer(&'static self, request: &HeaderMap) -> Response {
        let form = || {
            let kind = [(CONTENT_TYPE, self.content_type)];
            if api::accepts_gzip(request) {
                (kind, [(CONTENT_ENCODING, "gzip")], Body::from(self.gzip)).into_response()
            } else {
                (kind, Body::from(self.plain)).into_response()
            }
        };
        let headers = [(CACHE_CONTROL, KEPT), (VARY, "Accept-Encoding")];
        (headers, api::conditional(request, self.tag, form)).into_response()
    }
}
