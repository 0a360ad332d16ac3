//! Compression of answers, because the gateway does none.
//!
//! Only gzip: every client reads it, and it is cheap to write. Keys are sent in headers that a browser does not
//! add by itself, so no other site can make it request an answer again and again and learn from its size.

use axum::{
    body::{Body, HttpBody},
    response::Response,
};
use flate2::{Compression, write::GzEncoder};
use http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, ETAG, VARY},
};
use std::io::Write;

/// The smallest compressed body, in bytes. Below, a compressed answer takes as many packets as a plain one.
const SMALLEST: usize = 2048;
/// The fastest level. The best one makes lists a fifth smaller and takes five times as long.
const LEVEL: Compression = Compression::fast();

/// Whether the client prefers gzip to a plain answer (`Accept-Encoding`, RFC 9110, 12.5.3).
pub fn accepts_gzip(headers: &HeaderMap) -> bool {
    let lists = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    let (mut gzip, mut other, mut plain) = (None, None, None);
    for (coding, quality) in lists.flat_map(|list| list.split(',')).map(coding) {
        let known = match coding.to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" => &mut gzip,
            "*" => &mut other,
            "identity" => &mut plain,
            _ => continue,
        };
        *known = Some(quality);
    }
    let gzip = gzip.or(other).unwrap_or(0);
    gzip > 0 && gzip >= plain.unwrap_or(0)
}

/// A coding and its quality in thousandths. A malformed quality counts as zero: a plain answer is always readable.
fn coding(item: &str) -> (&str, u32) {
    let (coding, parameters) = item.split_once(';').unwrap_or((item, "q=1"));
    let parameters = parameters.split(';').filter_map(|parameter| parameter.split_once('='));
    let mut quality = parameters.map(|(name, value)| (name.trim(), value.trim()));
    let quality = quality.rfind(|(name, _)| name.eq_ignore_ascii_case("q")).map_or("1", |(_, value)| value);
    let quality = quality.parse::<f32>().ok().filter(|quality| (0.0..=1.0).contains(quality)).unwrap_or(0.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 1000")]
    let thousandths = (quality * 1000.0) as u32;
    (coding.trim(), thousandths)
}

/// The answer, compressed if that is worth it and the client `accepts` it.
pub(crate) async fn compress(mut response: Response, accepts: bool) -> Response {
    if response.headers().contains_key(CONTENT_ENCODING) {
        return response;
    }
    if response.status() == StatusCode::NOT_MODIFIED {
        // It has the headers of the answer that it stands for.
        varies_by("Accept-Encoding", response.headers_mut());
        return response;
    }
    let size = response.body().size_hint().exact().and_then(|size| usize::try_from(size).ok());
    let Some(size) = size.filter(|size| *size >= SMALLEST && is_text(response.headers())) else { return response };
    varies_by("Accept-Encoding", response.headers_mut());
    if !accepts {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    // The body is in memory, so reading it does not fail.
    let plain = axum::body::to_bytes(body, size).await.unwrap_or_default();
    let Ok(compressed) = gzip(&plain) else { return Response::from_parts(parts, Body::from(plain)) };
    parts.headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    parts.headers.remove(CONTENT_LENGTH);
    weaken(&mut parts.headers);
    Response::from_parts(parts, Body::from(compressed))
}

fn gzip(plain: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(plain.len() / 4), LEVEL);
    encoder.write_all(plain)?;
    encoder.finish()
}

fn is_text(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.starts_with("text/") || kind == "application/json" || kind.ends_with("+json")
}

/// Adds the header to those on which the answer depends. It stays one line, because the gateway's form of answers
/// has one value for each name.
pub(crate) fn varies_by(name: &str, headers: &mut HeaderMap) {
    let known: Vec<_> = headers.get_all(VARY).iter().filter_map(|value| value.to_str().ok()).collect();
    if known.iter().flat_map(|list| list.split(',')).any(|known| known.trim().eq_ignore_ascii_case(name)) {
        return;
    }
    let all = [known, vec![name]].concat().join(", ");
    if let Ok(value) = HeaderValue::from_str(&all) {
        headers.insert(VARY, value);
    }
}

/// A strong tag names exact bytes, so that of a compressed answer becomes a weak one.
fn weaken(headers: &mut HeaderMap) {
    let strong = headers.get(ETAG).and_then(|tag| tag.to_str().ok()).filter(|tag| !tag.starts_with("W/"));
    if let Some(weak) = strong.and_then(|tag| HeaderValue::from_str(&format!("W/{tag}")).ok()) {
        headers.insert(ETAG, weak);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::response::IntoResponse;
    use std::io::Read;

    #[test]
    fn gzip_is_sent_only_to_those_that_prefer_it() {
        for (given, accepted) in [
            (vec!["gzip"], true),
            (vec!["GZIP"], true),
            (vec!["deflate, gzip;q=1.0, *;q=0.5"], true),
            (vec!["br", "gzip"], true),
            (vec!["gzip ; Q=0.001"], true),
            (vec!["*"], true),
            (vec!["x-gzip"], true),
            (vec!["identity;q=0, gzip;q=0.1"], true),
            (vec!["gzip;q=0.5, identity;q=0.5"], true),
            (vec![], false),
            (vec![""], false),
            (vec!["br, deflate"], false),
            (vec!["gzip;q=0"], false),
            (vec!["gzip;q=0.000"], false),
            (vec!["*, gzip;q=0"], false),
            (vec!["*;q=0"], false),
            (vec!["identity"], false),
            (vec!["gzip;q=0.5, identity"], false),
            (vec!["gzip;q=two"], false),
            (vec!["gzip;q=-1"], false),
            (vec!["gzip;q=NaN"], false),
            (vec!["gzip;q=2"], false),
            (vec!["gzipped"], false),
        ] {
            let headers = given.iter().map(|value| (ACCEPT_ENCODING, HeaderValue::from_static(value))).collect();
            assert_eq!(accepts_gzip(&headers), accepted, "{given:?}");
        }
    }

    async fn answered(kind: &'static str, size: usize, accepts: bool) -> (HeaderMap, Vec<u8>) {
        let headers = [(CONTENT_TYPE, kind), (ETAG, "\"7\""), (VARY, "Authorization")];
        let response = compress((headers, "a".repeat(size)).into_response(), accepts).await;
        let (parts, body) = response.into_parts();
        (parts.headers, axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec())
    }

    #[tokio::test]
    async fn large_texts_are_compressed() {
        for kind in ["application/json", "application/problem+json", "text/plain; charset=utf-8"] {
            let (headers, body) = answered(kind, SMALLEST, true).await;
            assert_eq!(headers[CONTENT_ENCODING], "gzip");
            assert_eq!(headers[ETAG], "W/\"7\"");
            assert_eq!(headers[VARY], "Authorization, Accept-Encoding");
            let mut text = String::new();
            flate2::read::GzDecoder::new(&*body).read_to_string(&mut text).unwrap();
            assert!(text.len() == SMALLEST && body.len() < 100, "{} bytes", body.len());
        }
    }

    #[tokio::test]
    async fn others_are_not() {
        for (kind, size, accepts, vary) in [
            ("application/json", SMALLEST, false, "Authorization, Accept-Encoding"),
            ("application/json", SMALLEST - 1, true, "Authorization"),
            ("image/png", SMALLEST, true, "Authorization"),
        ] {
            let (headers, body) = answered(kind, size, accepts).await;
            assert_eq!((body.len(), headers.get(CONTENT_ENCODING)), (size, None), "{kind} {size}");
            assert_eq!(headers[ETAG], "\"7\"");
            assert_eq!(headers[VARY], vary, "{kind} {size}");
        }
    }

    #[tokio::test]
    async fn an_answer_that_is_compressed_already_stays() {
        let done = ([(CONTENT_ENCODING, "gzip"), (CONTENT_TYPE, "text/css")], "a".repeat(SMALLEST)).into_response();
        let body = axum::body::to_bytes(compress(done, true).await.into_body(), usize::MAX).await.unwrap();
        assert_eq!(body.len(), SMALLEST);
    }

    proptest::proptest! {
        #[test]
        fn any_header_is_understood(text in "[ -~]{0,40}|((gzip|identity|\\*|br)(;q=[0-9.eE+-]{0,6})?[, ]*){0,4}") {
            let headers = HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_str(&text).unwrap())]);
            let named = ["gzip", "*"].iter().any(|coding| text.to_ascii_lowercase().contains(coding));
            proptest::prop_assert!(named || !accepts_gzip(&headers), "{}", text);
        }
    }
}
