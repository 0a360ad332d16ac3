//! Cookies of requests.

use http::{HeaderMap, header::COOKIE};

/// The value of a cookie. If there are two, another site of the domain has set one, and nobody knows which is ours.
pub(crate) fn only<'a>(name: &str, headers: &'a HeaderMap) -> Option<&'a str> {
    let pairs = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|line| line.split(';'));
    let mut found = pairs.filter_map(|pair| pair.trim().split_once('=')).filter(|(known, _)| *known == name);
    found.next().filter(|_| found.next().is_none()).map(|(_, value)| value)
}
