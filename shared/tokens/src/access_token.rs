//! The text of an access token: parsed to know what to read, then verified.

use crate::{AUDIENCE, Claims, keys::decoding};
use domain::{
    SessionId, Timestamp, UserId,
    access::{KeyId, PublicKeys},
};
use jsonwebtoken::{Algorithm, Validation, dangerous};
use std::{collections::HashSet, fmt, str::FromStr};
use thiserror::Error;

/// The longest text that is parsed. Ours have about 400 characters.
const LONGEST: usize = 2048;
/// How far a token may come from the future, in seconds, because clocks differ.
const CLOCKS_DIFFER: i64 = 30;

/// An access token that is not yet verified. Its owner and session say what to read.
#[derive(Clone, PartialEq, Eq)]
pub struct AccessToken {
    text: String,
    kid: KeyId,
    user: UserId,
    session: SessionId,
}

/// The text is not an access token of this service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("not an access token")]
pub struct NotAToken;

/// Why a token is not valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotValid {
    /// Its key is not known, or no longer valid.
    #[error("the token's key is not known")]
    UnknownKey,
    /// It was not made by us, or for another service, or it comes from the future.
    #[error("the token was not made by us")]
    Forged,
    /// Its time is over.
    #[error("the token has expired")]
    Expired,
}

impl AccessToken {
    /// The claimed owner; not verified.
    pub fn owner(&self) -> &UserId {
        &self.user
    }

    /// The claimed session; not verified.
    pub fn session(&self) -> &SessionId {
        &self.session
    }

    /// The claimed key; not verified.
    pub fn kid(&self) -> &KeyId {
        &self.kid
    }

    /// Verifies the token: its key, signature, issuer, audience and times.
    pub fn verify(&self, keys: &PublicKeys, issuer: &str, now: Timestamp) -> Result<Claims, NotValid> {
        let key = keys.valid(&self.kid, now).ok_or(NotValid::UnknownKey)?;
        let key = decoding(key).ok_or(NotValid::UnknownKey)?;
        let mut rules = Validation::new(Algorithm::EdDSA);
        rules.set_audience(&[AUDIENCE]);
        rules.set_issuer(&[issuer]);
        // Times are compared below, with the clock of the caller.
        rules.validate_exp = false;
        rules.required_spec_claims = HashSet::from(["exp", "aud", "iss", "sub"].map(str::to_owned));
        let token = jsonwebtoken::decode::<Claims>(&self.text, &key, &rules).map_err(|_| NotValid::Forged)?;
        let Claims { iat, exp, .. } = token.claims;
        let now = now.epoch_seconds();
        if iat > now + CLOCKS_DIFFER || exp < iat {
            return Err(NotValid::Forged);
        }
        if exp <= now { Err(NotValid::Expired) } else { Ok(token.claims) }
    }
}

impl FromStr for AccessToken {
    type Err = NotAToken;

    fn from_str(text: &str) -> Result<Self, NotAToken> {
        if text.len() > LONGEST {
            return Err(NotAToken);
        }
        let token = dangerous::insecure_decode::<Claims>(text).map_err(|_| NotAToken)?;
        // One algorithm: a token must not choose how it is verified.
        let (Algorithm::EdDSA, Some(kid)) = (token.header.alg, token.header.kid) else { return Err(NotAToken) };
        let Claims { sub: user, sid: session, .. } = token.claims;
        Ok(Self { text: text.to_owned(), kid: KeyId::new(kid), user, session })
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AccessToken({})", self.session)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SigningKey;
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    use jsonwebtoken::{EncodingKey, Header};
    use proptest::prelude::*;
    use serde_json::json;

    const ISSUER: &str = "https://sms.example.com";
    const START: i64 = 1_700_000_000_000;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(START + seconds * 1000)
    }

    fn key(seed: u8) -> SigningKey {
        SigningKey::of_seed(&[seed; 32]).unwrap()
    }

    fn keys() -> PublicKeys {
        PublicKeys { version: 1, keys: vec![key(1).public(at(0))] }
    }

    fn claims() -> Claims {
        Claims::new(ISSUER, UserId::new(at(0), 1), SessionId::new(at(0), 2), 3, at(0))
    }

    fn verified(text: &str, now: Timestamp) -> Result<Result<Claims, NotValid>, NotAToken> {
        Ok(text.parse::<AccessToken>()?.verify(&keys(), ISSUER, now))
    }

    #[test]
    fn a_token_is_valid_for_fifteen_minutes() {
        let text = key(1).sign(&claims()).unwrap();
        let token: AccessToken = text.parse().unwrap();
        assert_eq!((token.owner(), token.session(), token.kid()), (&claims().sub, &claims().sid, key(1).id()));
        assert!(!format!("{token:?}").contains(&text));
        for (seconds, expected) in [
            (0, Ok(claims())),
            (899, Ok(claims())),
            (900, Err(NotValid::Expired)),
            (-30, Ok(claims())),
            (-31, Err(NotValid::Forged)),
        ] {
            assert_eq!(verified(&text, at(seconds)), Ok(expected), "{seconds}");
        }
    }

    #[test]
    fn forged_tokens_are_refused() {
        let sign = |claims: &Claims| key(1).sign(claims).unwrap();
        for (text, expected, what) in [
            (
                sign(&Claims { iss: "https://elsewhere.example".to_owned(), ..claims() }),
                NotValid::Forged,
                "another issuer",
            ),
            (sign(&Claims { aud: "another-api".to_owned(), ..claims() }), NotValid::Forged, "another audience"),
            (sign(&Claims { exp: claims().iat - 1, ..claims() }), NotValid::Forged, "ends before it begins"),
            (key(2).sign(&claims()).unwrap(), NotValid::UnknownKey, "a key of its own"),
        ] {
            assert_eq!(verified(&text, at(1)), Ok(Err(expected)), "{what}");
        }
        // Signed by another key, under the name of a valid one.
        let header = Header { kid: Some(key(1).id().to_string()), ..Header::new(Algorithm::EdDSA) };
        let other = EncodingKey::from_ed_der(
            &[&[0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20], [9_u8; 32].as_slice()]
                .concat(),
        );
        let text = jsonwebtoken::encode(&header, &claims(), &other).unwrap();
        assert_eq!(verified(&text, at(1)), Ok(Err(NotValid::Forged)));
        // A changed claim.
        let good = sign(&claims());
        let parts: Vec<_> = good.split('.').collect();
        let changed = serde_json::to_vec(&Claims { ver: 4, ..claims() }).unwrap();
        let text = format!("{}.{}.{}", parts[0], URL_SAFE_NO_PAD.encode(changed), parts[2]);
        assert_eq!(verified(&text, at(1)), Ok(Err(NotValid::Forged)));
    }

    #[test]
    fn a_token_can_not_choose_its_algorithm() {
        let body = URL_SAFE_NO_PAD.encode(serde_json::to_vec(&claims()).unwrap());
        for algorithm in ["none", "None", "HS256", "RS256", "ES256"] {
            let header = json!({"alg": algorithm, "kid": key(1).id()});
            let header = URL_SAFE_NO_PAD.encode(header.to_string());
            for signature in ["", "AAAA"] {
                assert_eq!(verified(&format!("{header}.{body}.{signature}"), at(1)), Err(NotAToken), "{algorithm}");
            }
        }
        let secret = EncodingKey::from_secret(keys().keys[0].x.as_bytes());
        let header = Header { kid: Some(key(1).id().to_string()), ..Header::new(Algorithm::HS256) };
        let text = jsonwebtoken::encode(&header, &claims(), &secret).unwrap();
        assert_eq!(verified(&text, at(1)), Err(NotAToken), "the public key as a shared secret");
    }

    proptest! {
        #[test]
        fn any_text_is_refused(text in prop_oneof![".{0,200}", "[A-Za-z0-9_-]{0,100}(\\.[A-Za-z0-9_-]{0,100}){0,4}"]) {
            prop_assert!(!matches!(verified(&text, at(1)), Ok(Ok(_))));
        }
    }
}
