//! Files that are part of the binary, served with an ETag so that a client downloads each version
//! once.

use axum::response::{IntoResponse, Response};
use http::{
    HeaderMap,
    header::{CACHE_CONTROL, CONTENT_TYPE},
};
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// File names do not change with their contents, so caches revalidate after five minutes.
const KEPT: &str = "public, max-age=300";

/// A file and its content type.
#[derive(Debug)]
pub(crate) struct StaticFile {
    content_type: &'static str,
    text: Cow<'static, str>,
    tag: String,
}

impl StaticFile {
    pub(crate) fn new(content_type: &'static str, text: impl Into<Cow<'static, str>>) -> Self {
        let text = text.into();
        let digest = Sha256::digest(text.as_bytes());
        let tag = format!("\"{}\"", hex::encode(&digest[..12]));
        Self { content_type, text, tag }
    }

    /// The file, or 304 if the client's copy is current.
    pub(crate) fn answer(&'static self, request: &HeaderMap) -> Response {
        let text = || ([(CONTENT_TYPE, self.content_type)], &*self.text);
        ([(CACHE_CONTROL, KEPT)], api::conditional(request, &self.tag, text)).into_response()
    }
}
