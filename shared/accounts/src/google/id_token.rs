//! The ID token: who Google says that somebody is (OpenID Connect Core, section 3.1.3.7).

use domain::{EmailAddress, Timestamp, account::GoogleSubject};
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use serde::Deserialize;
use std::collections::HashSet;
use thiserror::Error;

/// The longest text that is parsed. Google's have about 1,200 characters.
const LONGEST: usize = 8192;
/// The hosts of Google's own addresses.
const OWN_HOSTS: [&str; 2] = ["gmail.com", "googlemail.com"];
/// How far Google's clock may differ from ours, in seconds.
const CLOCKS_DIFFER: i64 = 60;

/// Who somebody is at Google.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Identity {
    pub(super) subject: GoogleSubject,
    /// The address, which Google has verified.
    pub(super) email: EmailAddress,
    /// Whether Google says whose the address is today: it is Google's own, or its organisation is hosted there. Of
    /// others, Google knows only that they were somebody's once.
    pub(super) is_authoritative: bool,
}

/// What a token must say.
pub(super) struct Expected<'a> {
    pub(super) issuer: &'a str,
    pub(super) client_id: &'a str,
    pub(super) nonce: &'a str,
    pub(super) now: Timestamp,
}

/// Why a token does not say who somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotAnIdentity {
    /// It is not a token that is signed by RS256 with a named key.
    #[error("not a token signed by RS256")]
    Malformed,
    /// Its key is not published.
    #[error("the token's key is not published")]
    UnknownKey,
    /// Its signature, issuer, audience or time is wrong, or a claim is missing.
    #[error("the token is forged, or for somebody else")]
    Forged,
    /// Its time is over.
    #[error("the token has expired")]
    Expired,
    /// It belongs to another sign-in.
    #[error("the token is of another sign-in")]
    WrongNonce,
    /// It has no address, or one that Google has not verified.
    #[error("the token has no verified address")]
    Unverified,
}

#[derive(Deserialize)]
struct Claims {
    aud: Audience,
    azp: Option<String>,
    sub: String,
    email: Option<String>,
    email_verified: Option<bool>,
    hd: Option<String>,
    nonce: Option<String>,
    iat: i64,
    exp: i64,
    nbf: Option<i64>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

/// The name of the key that a token claims to be signed by. One algorithm: a token must not choose how it is verified.
pub(super) fn key_of(text: &str) -> Result<String, NotAnIdentity> {
    let header =
        Some(text).filter(|text| text.len() <= LONGEST).and_then(|text| jsonwebtoken::decode_header(text).ok());
    let header = header.filter(|header| header.alg == Algorithm::RS256);
    header.and_then(|header| header.kid).ok_or(NotAnIdentity::Malformed)
}

/// Verifies a token with the key that it names.
pub(super) fn verify(text: &str, key: &DecodingKey, expected: &Expected<'_>) -> Result<Identity, NotAnIdentity> {
    let mut rules = Validation::new(Algorithm::RS256);
    rules.set_audience(&[expected.client_id]);
    // Google also names itself without the scheme.
    let short = expected.issuer.strip_prefix("https://").unwrap_or(expected.issuer);
    rules.set_issuer(&[expected.issuer, short]);
    // Times are compared below, with the clock of the caller.
    rules.validate_exp = false;
    rules.required_spec_claims = HashSet::from(["exp", "aud", "iss", "sub"].map(str::to_owned));
    let token = jsonwebtoken::decode::<Claims>(text, key, &rules).map_err(|_| NotAnIdentity::Forged)?;
    let claims = token.claims;
    if !claims.is_for(expected.client_id) {
        return Err(NotAnIdentity::Forged);
    }
    claims.is_valid_at(expected.now.epoch_seconds())?;
    if claims.nonce.as_deref() != Some(expected.nonce) {
        return Err(NotAnIdentity::WrongNonce);
    }
    let email = claims.email.filter(|_| claims.email_verified == Some(true));
    let email: EmailAddress = email.and_then(|email| email.parse().ok()).ok_or(NotAnIdentity::Unverified)?;
    let is_authoritative = claims.hd.is_some_and(|domain| !domain.is_empty()) || OWN_HOSTS.contains(&email.host());
    Ok(Identity { subject: claims.sub.parse().map_err(|_| NotAnIdentity::Forged)?, email, is_authoritative })
}

impl Claims {
    /// Whether the token was made for us: with several audiences, the party that asked for it must be us.
    fn is_for(&self, client_id: &str) -> bool {
        let is_shared = match &self.aud {
            Audience::One(one) => one != client_id,
            Audience::Several(several) => several.iter().any(|one| one != client_id),
        };
        self.azp.as_ref().map_or(!is_shared, |party| party == client_id)
    }

    fn is_valid_at(&self, now: i64) -> Result<(), NotAnIdentity> {
        let latest = now.saturating_add(CLOCKS_DIFFER);
        if self.iat > latest || self.nbf.is_some_and(|from| from > latest) || self.exp < self.iat {
            return Err(NotAnIdentity::Forged);
        }
        if self.exp.saturating_add(CLOCKS_DIFFER) <= now { Err(NotAnIdentity::Expired) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::google::keys::KeySet;
    use aws_lc_rs::{
        encoding::AsDer,
        rsa::{KeyPair, KeySize, PublicKeyComponents},
        signature::KeyPair as _,
    };
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    use jsonwebtoken::{EncodingKey, Header};
    use serde_json::{Value, json};
    use std::sync::LazyLock;

    const NOW: i64 = 1_700_000_000;
    const ISSUER: &str = "https://accounts.google.com";

    struct Key {
        private: EncodingKey,
        public: DecodingKey,
    }

    static OURS: LazyLock<Key> = LazyLock::new(Key::new);
    static OTHER: LazyLock<Key> = LazyLock::new(Key::new);

    impl Key {
        fn new() -> Self {
            let pair = KeyPair::generate(KeySize::Rsa2048).unwrap();
            let public = PublicKeyComponents::<Vec<u8>>::from(pair.public_key());
            let [n, e] = [&public.n, &public.e].map(|part| URL_SAFE_NO_PAD.encode(part));
            let set = json!({ "keys": [
                { "kty": "EC", "kid": "b", "crv": "P-256", "alg": "ES256" },
                { "kty": "RSA", "kid": "a", "n": n, "e": e, "alg": "RS256", "use": "sig" },
            ] });
            let now = Timestamp::from_millis(NOW * 1000);
            let set = KeySet::parse(set.to_string().as_bytes(), "", 0, now).unwrap();
            let der: aws_lc_rs::encoding::Pkcs8V1Der<'_> = pair.as_der().unwrap();
            let private = EncodingKey::from_rsa_der(&pkcs1(der.as_ref()));
            Self { private, public: set.key("a").unwrap() }
        }
    }

    /// The RSA key within its PKCS #8 form: behind the 26 bytes that say which algorithm and how long it is.
    fn pkcs1(pkcs8: &[u8]) -> Vec<u8> {
        pkcs8[26..].to_vec()
    }

    fn claims() -> Value {
        json!({
            "iss": ISSUER, "aud": "us", "azp": "us", "sub": "108204268033311374519", "nonce": "n", "iat": NOW,
            "exp": NOW + 3600, "email": "Ama@Example.com", "email_verified": true,
        })
    }

    fn with(name: &str, value: Value) -> Value {
        let mut claims = claims();
        claims[name] = value;
        claims
    }

    fn signed(claims: &Value, key: &Key) -> String {
        let header = Header { kid: Some("a".to_owned()), ..Header::new(Algorithm::RS256) };
        jsonwebtoken::encode(&header, claims, &key.private).unwrap()
    }

    fn verified(text: &str) -> Result<Identity, NotAnIdentity> {
        key_of(text)?;
        let now = Timestamp::from_millis(NOW * 1000);
        verify(text, &OURS.public, &Expected { issuer: ISSUER, client_id: "us", nonce: "n", now })
    }

    #[test]
    fn a_good_token_says_who_somebody_is() {
        let identity = Identity {
            subject: "108204268033311374519".parse().unwrap(),
            email: "ama@example.com".parse().unwrap(),
            is_authoritative: false,
        };
        for good in [
            claims(),
            with("iss", json!("accounts.google.com")),
            with("aud", json!(["us"])),
            with("aud", json!(["us", "others"])),
            with("azp", json!(null)),
            with("iat", json!(NOW + 60)),
            with("exp", json!(NOW)),
        ] {
            assert_eq!(verified(&signed(&good, &OURS)), Ok(identity.clone()), "{good}");
        }
    }

    #[test]
    fn google_knows_whose_its_own_and_hosted_addresses_are() {
        for (name, value, authoritative) in [
            ("email", "ama@gmail.com", true),
            ("email", "ama@googlemail.com", true),
            ("email", "ama@gmail.com.example.com", false),
            ("hd", "example.com", true),
            ("hd", "", false),
        ] {
            let identity = verified(&signed(&with(name, json!(value)), &OURS)).unwrap();
            assert_eq!(identity.is_authoritative, authoritative, "{name} {value}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        let mut shared = with("aud", json!(["us", "others"]));
        shared["azp"] = json!(null);
        for (bad, reason) in [
            (with("iss", json!("https://accounts.example.com")), NotAnIdentity::Forged),
            (with("iss", json!(null)), NotAnIdentity::Forged),
            (with("aud", json!("others")), NotAnIdentity::Forged),
            (with("azp", json!("others")), NotAnIdentity::Forged),
            (shared, NotAnIdentity::Forged),
            (with("sub", json!("")), NotAnIdentity::Forged),
            (with("iat", json!(NOW + 61)), NotAnIdentity::Forged),
            (with("nbf", json!(NOW + 61)), NotAnIdentity::Forged),
            (with("exp", json!(NOW - 1)), NotAnIdentity::Forged),
            (with("exp", json!(null)), NotAnIdentity::Forged),
            (with("nonce", json!("m")), NotAnIdentity::WrongNonce),
            (with("nonce", json!(null)), NotAnIdentity::WrongNonce),
            (with("email", json!(null)), NotAnIdentity::Unverified),
            (with("email", json!("ama")), NotAnIdentity::Unverified),
            (with("email_verified", json!(false)), NotAnIdentity::Unverified),
            (with("email_verified", json!(null)), NotAnIdentity::Unverified),
        ] {
            assert_eq!(verified(&signed(&bad, &OURS)), Err(reason), "{bad}");
        }
        let mut old = with("iat", json!(NOW - 3600));
        old["exp"] = json!(NOW - 60);
        assert_eq!(verified(&signed(&old, &OURS)), Err(NotAnIdentity::Expired));
        assert_eq!(verified(&signed(&claims(), &OTHER)), Err(NotAnIdentity::Forged), "another key");
    }

    #[test]
    fn a_token_can_not_choose_its_algorithm() {
        let body = URL_SAFE_NO_PAD.encode(claims().to_string());
        for algorithm in ["none", "HS256", "RS512", "EdDSA"] {
            let header = URL_SAFE_NO_PAD.encode(json!({ "alg": algorithm, "kid": "a" }).to_string());
            for text in [format!("{header}.{body}."), format!("{header}.{body}.AAAA")] {
                assert_eq!(verified(&text), Err(NotAnIdentity::Malformed), "{algorithm}");
            }
        }
        let nameless = jsonwebtoken::encode(&Header::new(Algorithm::RS256), &claims(), &OURS.private).unwrap();
        for bad in ["", "a.b.c", nameless.as_str(), &"x".repeat(10_000)] {
            assert_eq!(verified(bad), Err(NotAnIdentity::Malformed), "{bad}");
        }
    }
}
