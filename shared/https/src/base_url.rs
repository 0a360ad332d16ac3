//! The base URL of an outside system, from a setting.

use reqwest::Url;
use std::net::IpAddr;
use thiserror::Error;

/// A base URL, without a slash at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl(String);

/// The text is not a base URL to which secrets may be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a base URL must be https (http only to a loopback address), without user, query or fragment")]
pub struct NotABaseUrl;

impl BaseUrl {
    /// Parses a base URL.
    pub fn parse(text: &str) -> Result<Self, NotABaseUrl> {
        let url = Url::parse(text).map_err(|_| NotABaseUrl)?;
        let plain = url.query().is_none() && url.fragment().is_none();
        let anonymous = url.username().is_empty() && url.password().is_none();
        if !(plain && anonymous && is_safe(&url)) {
            return Err(NotABaseUrl);
        }
        Ok(Self(url.as_str().trim_end_matches('/').to_owned()))
    }

    /// The URL of a path, which begins with a slash.
    pub fn of(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }
}

/// Whether this is the URL of a page to which a browser may be sent: nobody on the way can change what it shows.
pub fn is_page(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| is_safe(&url))
}

fn is_safe(url: &Url) -> bool {
    url.scheme() == "https" || (url.scheme() == "http" && is_loopback(url))
}

fn is_loopback(url: &Url) -> bool {
    url.host_str().is_some_and(|host| {
        let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        host == "localhost" || address.is_ok_and(|address| address.is_loopback())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_a_safe_scheme() {
        for (text, safe) in [
            ("https://checkout.example.com/pay?a=1#b", true),
            ("http://127.0.0.1:5007/pay", true),
            ("http://checkout.example.com/pay", false),
            ("javascript:alert(1)", false),
            ("data:text/html,pay", false),
            ("/pay", false),
        ] {
            assert_eq!(is_page(text), safe, "{text}");
        }
    }

    #[test]
    fn secrets_go_nowhere_in_plain_text_but_to_this_machine() {
        for (text, url) in [
            ("https://api.example.com/", "https://api.example.com/v1"),
            ("https://api.example.com/base", "https://api.example.com/base/v1"),
            ("http://127.0.0.1:5007", "http://127.0.0.1:5007/v1"),
            ("http://[::1]:5007/", "http://[::1]:5007/v1"),
            ("http://localhost:5007", "http://localhost:5007/v1"),
        ] {
            assert_eq!(BaseUrl::parse(text).map(|base| base.of("/v1")).as_deref(), Ok(url), "{text}");
        }
        for text in
            ["", "api", "http://api.example.com", "ftp://127.0.0.1", "https://a:b@c", "https://c?d", "https://c#d"]
        {
            assert_eq!(BaseUrl::parse(text), Err(NotABaseUrl), "{text}");
        }
    }
}
