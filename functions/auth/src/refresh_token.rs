//! Refresh tokens in requests and answers: programs keep them themselves, browsers in a cookie that scripts can't read.
//!
//! A cookie is sent with every request to its path, also with those that another site causes. `SameSite=Strict` keeps
//! it from those, and the header `X-CSRF-Protection` is one that another site can't send without our consent.

use crate::{
    codes::{CsrfHeaderRequired, SessionEnded},
    cookies,
};
use api::{Problem, codes::AccountDisabled};
use domain::{
    Timestamp,
    account::{Realm, RefreshText, SESSION_LIFETIME},
};
use http::{HeaderMap, HeaderValue};

/// The cookie's name. Browsers accept the prefix only with `Secure`.
const fn name(realm: Realm) -> &'static str {
    match realm {
        Realm::Customer => "__Secure-namaskah-refresh",
        Realm::Staff => "__Secure-namaskah-staff-refresh",
    }
}

/// The paths to which browsers send it.
const fn path(realm: Realm) -> &'static str {
    match realm {
        Realm::Customer => "/api/v1/auth",
        Realm::Staff => "/api/v1/admin/auth",
    }
}

/// A header that only our own pages send.
const CSRF_HEADER: &str = "x-csrf-protection";

/// Where a request or an answer has the refresh token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RefreshTokenPlace {
    Body,
    Cookie,
}

impl RefreshTokenPlace {
    /// Where the answer to a sign-in has it. Only our own pages get a cookie: another site, or another of our hosts,
    /// could sign a visitor in to an account of its own.
    pub(crate) fn of(use_cookie: bool, headers: &HeaderMap) -> Result<Self, Problem> {
        match use_cookie {
            false => Ok(Self::Body),
            true if is_from_our_page(headers) => Ok(Self::Cookie),
            true => Err(CsrfHeaderRequired.into()),
        }
    }
}

/// A refresh token, and where it came from.
#[derive(Debug)]
pub(crate) struct Given {
    pub(crate) token: RefreshText,
    pub(crate) place: RefreshTokenPlace,
}

impl Given {
    /// The refresh token of a request: of its body, otherwise of its cookie.
    pub(crate) fn of(realm: Realm, body: Option<RefreshText>, headers: &HeaderMap) -> Result<Self, Problem> {
        if let Some(token) = body {
            return Ok(Self { token, place: RefreshTokenPlace::Body });
        }
        let token = cookies::only(name(realm), headers).ok_or(SessionEnded::Missing)?;
        if !is_from_our_page(headers) {
            return Err(CsrfHeaderRequired.into());
        }
        Ok(Self { token: token.parse().map_err(|_| SessionEnded::Over)?, place: RefreshTokenPlace::Cookie })
    }
}

/// Whether a problem says that the cookie of a request is of no use any more, so that it is removed.
pub(crate) fn is_cookie_refused(problem: &Problem, headers: &HeaderMap) -> bool {
    let has_ended = [SessionEnded::CODE, AccountDisabled::CODE].contains(&problem.code());
    has_ended && is_from_our_page(headers)
}

/// The header that sets the cookie.
pub(crate) fn set_cookie(realm: Realm, token: &RefreshText, now: Timestamp, ends_at: Timestamp) -> HeaderValue {
    cookie_header(realm, token.expose(), ends_at.since(now).min(SESSION_LIFETIME).as_secs())
}

/// The header that removes the cookie.
pub(crate) fn remove_cookie(realm: Realm) -> HeaderValue {
    cookie_header(realm, "", 0)
}

fn cookie_header(realm: Realm, value: &str, seconds: u64) -> HeaderValue {
    let (name, path) = (name(realm), path(realm));
    let text = format!("{name}={value}; Path={path}; Max-Age={seconds}; HttpOnly; Secure; SameSite=Strict");
    // Tokens consist of letters, digits and underscores.
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

fn is_from_our_page(headers: &HeaderMap) -> bool {
    let is = |name: &str, value: &str| headers.get(name).is_some_and(|given| given == value);
    is(CSRF_HEADER, "1") && (headers.get("sec-fetch-site").is_none() || is("sec-fetch-site", "same-origin"))
}

#[cfg(test)]
mod tests {
    use super::{
        RefreshTokenPlace::{Body, Cookie},
        *,
    };
    use domain::{SessionId, UserId};
    use http::HeaderName;

    const NAME: &str = name(Realm::Customer);

    fn token(random: u8) -> RefreshText {
        let at = Timestamp::from_millis(1);
        RefreshText::new(UserId::new(at, 1), SessionId::new(at, 2), [0; 20], [random; 32])
    }

    fn headers(pairs: &[(&'static str, String)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap())).collect()
    }

    #[test]
    fn a_cookie_counts_only_with_the_header_of_our_pages() {
        let of = |body, pairs: &[(&'static str, String)]| {
            Given::of(Realm::Customer, body, &headers(pairs))
                .map(|given| (given.token, given.place))
                .map_err(|problem| problem.code())
        };
        let line = format!("theme=dark; {NAME}={}; x=y", token(1).expose());
        let cookie = ("cookie", line);
        let csrf = ("x-csrf-protection", "1".to_owned());
        let site = |site: &str| ("sec-fetch-site", site.to_owned());
        assert_eq!(of(Some(token(2)), std::slice::from_ref(&cookie)), Ok((token(2), Body)), "a body needs no header");
        assert_eq!(of(None, &[cookie.clone(), csrf.clone()]), Ok((token(1), Cookie)));
        assert_eq!(of(None, &[cookie.clone(), csrf.clone(), site("same-origin")]), Ok((token(1), Cookie)));
        for refused in [
            vec![cookie.clone()],
            vec![cookie.clone(), csrf.clone(), site("same-site")],
            vec![cookie, site("same-origin")],
        ] {
            assert_eq!(of(None, &refused), Err(CsrfHeaderRequired::CODE), "{refused:?}");
        }
        let twice = format!("{NAME}={}; {NAME}={}", token(1).expose(), token(2).expose());
        for missing in ["", "theme=dark", "__Secure-namaskah-refresh", twice.as_str()] {
            assert_eq!(of(None, &[("cookie", missing.to_owned()), csrf.clone()]), Err(SessionEnded::CODE), "{missing}");
        }
    }

    #[test]
    fn only_our_page_gets_a_cookie() {
        let of = |use_cookie, pairs: &[(&'static str, String)]| {
            RefreshTokenPlace::of(use_cookie, &headers(pairs)).map_err(|problem| problem.code())
        };
        let csrf = ("x-csrf-protection", "1".to_owned());
        let same_site = ("sec-fetch-site", "same-site".to_owned());
        assert_eq!((of(false, &[]), of(true, std::slice::from_ref(&csrf))), (Ok(Body), Ok(Cookie)));
        assert_eq!(
            (of(true, &[]), of(true, &[csrf, same_site])),
            (Err(CsrfHeaderRequired::CODE), Err(CsrfHeaderRequired::CODE))
        );
    }

    #[test]
    fn the_cookie_is_hidden_from_scripts_and_other_sites() {
        let (now, end) = (Timestamp::from_millis(0), Timestamp::from_millis(5_000));
        let text = set_cookie(Realm::Customer, &token(1), now, end).to_str().unwrap().to_owned();
        let expected = "; Path=/api/v1/auth; Max-Age=5; HttpOnly; Secure; SameSite=Strict";
        assert_eq!(text, format!("{NAME}={}{expected}", token(1).expose()));
        assert!(remove_cookie(Realm::Customer).to_str().unwrap().contains("=; Path=/api/v1/auth; Max-Age=0;"));
    }
}
