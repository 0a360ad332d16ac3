//! The cookie that binds a sign-in with Google to its browser. Otherwise somebody could begin a sign-in with their own
//! account at Google, and let another person's browser finish it.

use crate::cookies;
use http::{HeaderMap, HeaderValue};
use secrecy::{ExposeSecret, SecretString};
use std::time::Duration;

/// The cookie's name. Browsers accept the prefix only with `Secure`.
const NAME: &str = "__Secure-namaskah-google";

/// The secret of the browser, if it sent one.
pub(super) fn of(headers: &HeaderMap) -> Option<SecretString> {
    cookies::only(NAME, headers).map(SecretString::from)
}

/// The header that sets the cookie. `Lax`, because the person comes back from another site.
pub(super) fn set(secret: &SecretString, lifetime: Duration) -> HeaderValue {
    let (value, seconds) = (secret.expose_secret(), lifetime.as_secs());
    let path = "/api/v1/auth/google";
    let text = format!("{NAME}={value}; Path={path}; Max-Age={seconds}; HttpOnly; Secure; SameSite=Lax");
    // The secret consists of hexadecimal digits.
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_is_read_back_and_hidden_from_scripts() {
        let header = set(&"0a1b".into(), Duration::from_mins(10));
        let expected =
            "__Secure-namaskah-google=0a1b; Path=/api/v1/auth/google; Max-Age=600; HttpOnly; Secure; SameSite=Lax";
        assert_eq!(header, expected);
        let headers = |text: &str| HeaderMap::from_iter([(http::header::COOKIE, text.parse().unwrap())]);
        assert_eq!(of(&headers("a=b; __Secure-namaskah-google=0a1b")).unwrap().expose_secret(), "0a1b");
        for none in ["a=b", "__Secure-namaskah-google=0a1b; __Secure-namaskah-google=0c"] {
            assert!(of(&headers(none)).is_none(), "{none}");
        }
    }
}
