//! Conditional requests: answers with an entity tag, sent again only after a change.

use axum::response::{IntoResponse, Response};
use http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{ETAG, IF_NONE_MATCH},
};

/// The answer with its entity tag, or 304 if the request's `If-None-Match` contains it. The tag has the
/// form of the header: `"a1"`, or `W/"a1"` if the bytes may differ.
pub fn conditional<R: IntoResponse>(request: &HeaderMap, tag: &str, answer: impl FnOnce() -> R) -> Response {
    let known = names(request, tag);
    let mut response = if known { StatusCode::NOT_MODIFIED.into_response() } else { answer().into_response() };
    if let Ok(tag) = HeaderValue::from_str(tag) {
        response.headers_mut().insert(ETAG, tag);
    }
    response
}

/// Whether the request contains this tag. `If-None-Match` compares weakly (RFC 9110, 13.1.2).
fn names(request: &HeaderMap, tag: &str) -> bool {
    let opaque = |tag: &str| tag.strip_prefix("W/").unwrap_or(tag).to_owned();
    let wanted = opaque(tag);
    let given = request.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    given.flat_map(|list| list.split(',')).map(str::trim).any(|one| one == "*" || opaque(one) == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_tag_is_answered_without_a_body() {
        for (tag, given, status) in [
            ("W/\"7\"", "W/\"7\"", StatusCode::NOT_MODIFIED),
            ("W/\"7\"", "\"7\"", StatusCode::NOT_MODIFIED),
            ("\"7\"", "W/\"7\"", StatusCode::NOT_MODIFIED),
            ("\"7\"", "\"x\" ,W/\"7\"", StatusCode::NOT_MODIFIED),
            ("\"7\"", "*", StatusCode::NOT_MODIFIED),
            ("\"7\"", "W/\"6\"", StatusCode::OK),
            ("\"7\"", "\"x,7\"", StatusCode::OK),
            ("\"7\"", "7", StatusCode::OK),
            ("\"7\"", "", StatusCode::OK),
        ] {
            let request = HeaderMap::from_iter([(IF_NONE_MATCH, HeaderValue::from_static(given))]);
            let answer = conditional(&request, tag, || "body");
            assert_eq!(answer.status(), status, "{given} for {tag}");
            assert_eq!(answer.headers()[ETAG], tag);
        }
        assert_eq!(conditional(&HeaderMap::new(), "\"7\"", || "body").status(), StatusCode::OK);
    }
}
