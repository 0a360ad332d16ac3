//! Texts that are part of the binary, answered with a validator so that a client asks for each version once.

use axum::response::{IntoResponse, Response};
use http::{
    HeaderMap,
    header::{CACHE_CONTROL, CONTENT_TYPE},
};
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// Names do not change with contents, so they are kept for minutes and then asked for again.
const KEPT: &str = "public, max-age=300";

/// A text and what it is.
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

    /// The text, or 304 where the client has it.
    pub(crate) fn answer(&'static self, request: &HeaderMap) -> Response {
        let text = || ([(CONTENT_TYPE, self.content_type)], &*self.text);
        ([(CACHE_CONTROL, KEPT)], api::conditional(request, &self.tag, text)).into_response()
    }
}
