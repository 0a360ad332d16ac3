//! The frame of the simulators' pages. Everything that comes from a request must be escaped.

use axum::response::{Html, IntoResponse, Response};
use http::{
    StatusCode,
    header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY},
};

const FRAME: &str = include_str!("page.html");

/// A page with this content, and a note at its end that says what it is.
pub fn page(status: StatusCode, title: &str, content: &str, note: &str) -> Response {
    let headers = [
        (CACHE_CONTROL, "no-store"),
        // Not `form-action`: browsers apply it to the redirect to the client, too.
        (CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
        (REFERRER_POLICY, "no-referrer"),
    ];
    let html = FRAME.replace("{{title}}", title).replace("{{note}}", note).replace("{{content}}", content);
    (status, headers, Html(html)).into_response()
}

/// The text, for HTML.
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(sign),
        }
    }
    safe
}
