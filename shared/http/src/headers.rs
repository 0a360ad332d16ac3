//! The headers of every answer that protect browsers and caches. An endpoint may set its own policy of contents and its
//! own rules for caches.

use http::{
    HeaderMap, HeaderName, HeaderValue,
    header::{
        AUTHORIZATION, CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
        WWW_AUTHENTICATE, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
    },
};

/// The headers that do not depend on the environment or the answer.
const ALWAYS: [(HeaderName, &str); 6] = [
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (REFERRER_POLICY, "no-referrer"),
    // Pages of other origins read answers only by CORS; they can't embed or open them.
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    // The clipboard is not in the list, because the API reference copies examples.
    (
        HeaderName::from_static("permissions-policy"),
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), \
         magnetometer=(), microphone=(), midi=(), payment=(), usb=(), xr-spatial-tracking=()",
    ),
];

/// The policy of an answer that is not a page: a browser that shows it loads and runs nothing.
const NO_CONTENTS: HeaderValue =
    HeaderValue::from_static("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");

/// Two years, as the lists of browsers require.
const HTTPS_ONLY: HeaderValue = HeaderValue::from_static("max-age=63072000; includeSubDomains");

/// Writes them. `public_url` is empty where the address is the gateway's or CloudFront's, which speak only HTTPS.
pub(crate) fn write(headers: &mut HeaderMap, public_url: &str) {
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // Browsers ignore it over plain HTTP, but a proxy in front could pass it on for a host that has no HTTPS.
    if !public_url.starts_with("http://") {
        headers.insert(STRICT_TRANSPORT_SECURITY, HTTPS_ONLY);
    }
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(NO_CONTENTS);
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}

/// Whether a request has a credential, valid or not.
pub(crate) fn has_credential(request: &HeaderMap) -> bool {
    request.contains_key(AUTHORIZATION) || request.contains_key("x-api-key")
}

/// Tells a client that the credential that it sent is not valid (RFC 6750, 3.1).
pub(crate) fn challenge(answer: &mut HeaderMap) {
    answer.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer error=\"invalid_token\""));
}
