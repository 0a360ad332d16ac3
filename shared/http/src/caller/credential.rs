//! The credentials of a request. A new kind needs a variant here, and a file beside `api_key`.

use super::{api_key, session};
use crate::{codes::Unauthenticated, origin::Origin, problem::Problem};
use domain::{
    UserId,
    access::{ApiKeyText, Mode, Principal},
};
use http::{HeaderMap, header::AUTHORIZATION};
use runtime::Context;
use store::{Found, ReadSet, StoreError};
use tokens::AccessToken;

/// The credential of a request.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Credential {
    /// An API key, in `X-API-Key` or as a bearer token.
    ApiKey(ApiKeyText),
    /// The access token of a session, as a bearer token.
    Session(AccessToken),
}

/// Why authentication failed.
pub(super) enum NotAdmitted {
    /// The credential is not valid, or no longer valid.
    Refused(Problem),
    /// The account can't be read.
    Unknown(StoreError),
}

impl Credential {
    /// The credential of a request, if there is one. Two different or malformed credentials are rejected.
    pub(super) fn of(headers: &HeaderMap) -> Result<Option<Self>, Problem> {
        let from_header = headers.get_all("x-api-key").iter().map(|value| value.to_str().unwrap_or_default());
        let from_bearer = headers.get_all(AUTHORIZATION).iter().map(|value| bearer(value.to_str().unwrap_or_default()));
        let key = |text: &str| text.parse().map(Self::ApiKey).map_err(|_| Unauthenticated::Malformed);
        let key_or_token = |text: &str| key(text).or_else(|not| text.parse().map(Self::Session).map_err(|_| not));
        let given: Vec<Self> = from_header.map(key).chain(from_bearer.map(key_or_token)).collect::<Result<_, _>>()?;
        let Some((first, others)) = given.split_first() else { return Ok(None) };
        if others.iter().any(|other| other != first) {
            return Err(Unauthenticated::TwoKeys.into());
        }
        Ok(Some(first.clone()))
    }

    /// The claimed owner, which is not verified until [`Self::principal`].
    pub(super) fn owner(&self) -> &UserId {
        match self {
            Self::ApiKey(key) => key.owner(),
            Self::Session(token) => token.owner(),
        }
    }

    /// The claimed mode, which is not verified until [`Self::principal`]. A session is live.
    pub(super) const fn mode(&self) -> Mode {
        match self {
            Self::ApiKey(key) => key.mode(),
            Self::Session(_) => Mode::Live,
        }
    }

    /// Verifies the credential. Returns the principal, and the records that were read with it.
    pub(super) async fn principal(
        &self,
        context: &Context,
        origin: Origin,
        beside: ReadSet,
    ) -> Result<(Principal, Found), NotAdmitted> {
        match self {
            Self::ApiKey(key) => api_key::principal(context, key, origin, beside).await,
            Self::Session(token) => session::principal(context, token, origin, beside).await,
        }
    }
}

fn bearer(value: &str) -> &str {
    match value.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
        _ => "",
    }
}

impl From<StoreError> for NotAdmitted {
    fn from(error: StoreError) -> Self {
        Self::Unknown(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Code;
    use domain::Timestamp;
    use http::{HeaderName, HeaderValue};
    use proptest::prelude::*;

    fn key(random: u8) -> String {
        ApiKeyText::new(UserId::new(Timestamp::from_millis(1), 1), [random; 32]).expose().to_owned()
    }

    fn headers(pairs: &[(&'static str, String)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (HeaderName::from_static(name), value.parse().unwrap())).collect()
    }

    #[test]
    fn a_key_is_read_from_either_header_but_two_keys_are_rejected() {
        let (a, b) = (key(1), key(2));
        let found = |pairs: &[(&'static str, String)]| {
            let credential = Credential::of(&headers(pairs)).map_err(|problem| problem.code())?;
            Ok::<_, &Code>(credential.map(|credential| match credential {
                Credential::ApiKey(key) => key.expose().to_owned(),
                Credential::Session(_) => "a session".to_owned(),
            }))
        };
        let refused = Err(Unauthenticated::CODE);
        assert_eq!(found(&[]), Ok(None));
        assert_eq!(found(&[("x-api-key", a.clone())]), Ok(Some(a.clone())));
        assert_eq!(found(&[("authorization", format!("bearer {a}"))]), Ok(Some(a.clone())));
        assert!(found(&[("authorization", format!("Bearer {a}")), ("x-api-key", a.clone())]).is_ok());
        assert_eq!(found(&[("authorization", format!("Bearer {a}")), ("x-api-key", b.clone())]), refused);
        // Found by the property below: only the first two were compared.
        assert_eq!(found(&[("x-api-key", a.clone()), ("x-api-key", a.clone()), ("authorization", b)]), refused);
        assert_eq!(found(&[("authorization", format!("Basic {a}"))]), refused);
        assert_eq!(found(&[("x-api-key", String::new())]), refused);
    }

    /// A value of a header: any bytes that HTTP allows, and parts of keys.
    fn values() -> impl Strategy<Value = HeaderValue> {
        let text = prop_oneof![
            "[ -~]{0,80}",
            "(Bearer|bearer|Basic|) *(nsk_live_[0-9A-Z]{58})?",
            Just(key(1)),
            Just(format!("Bearer {}", key(2)))
        ];
        let bytes = proptest::collection::vec(any::<u8>(), 0..80);
        prop_oneof![text.prop_map(String::into_bytes), bytes]
            .prop_filter_map("not a header", |bytes| HeaderValue::from_bytes(&bytes).ok())
    }

    proptest! {
        #[test]
        fn any_headers_have_a_credential_none_or_a_problem(
            keys in proptest::collection::vec(values(), 0..3), bearers in proptest::collection::vec(values(), 0..3),
        ) {
            let mut headers = HeaderMap::new();
            for value in &keys {
                headers.append(HeaderName::from_static("x-api-key"), value.clone());
            }
            for value in &bearers {
                headers.append(AUTHORIZATION, value.clone());
            }
            match Credential::of(&headers) {
                Ok(Some(Credential::ApiKey(key))) => {
                    let sent = |value: &HeaderValue| value.to_str().is_ok_and(|text| text.ends_with(key.expose()));
                    prop_assert!(keys.iter().chain(&bearers).all(sent), "another credential was ignored");
                }
                Ok(None) => prop_assert!(keys.is_empty() && bearers.is_empty()),
                Ok(Some(Credential::Session(_))) => prop_assert!(false, "no token was sent"),
                Err(problem) => prop_assert_eq!(problem.code(), Unauthenticated::CODE),
            }
        }
    }
}
