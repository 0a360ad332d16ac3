//! Google's public keys (JWK set, RFC 7517). A process keeps them as long as Google allows, and asks again for a key
//! that it does not know.

use super::{
    id_token::NotAnIdentity,
    provider::{Provider, ProviderError},
    settings::Settings,
};
use domain::Timestamp;
use jsonwebtoken::DecodingKey;
use runtime::{Client, Context};
use serde::Deserialize;
use std::{convert::Infallible, time::Duration};
use tokio::sync::Mutex;

/// The shortest time between two reads, so that tokens with invented keys do not cause more.
const READ_AGAIN_AFTER: Duration = Duration::from_mins(1);
/// How long keys are kept of which Google does not say it.
const KEPT: Duration = Duration::from_mins(5);
/// How long keys are kept at most.
const KEPT_AT_MOST: Duration = Duration::from_hours(24);
/// The most keys that are kept. Google has two or three.
const MOST: usize = 20;

/// The keys of this process.
#[derive(Default)]
pub(super) struct Keys(Mutex<Option<KeySet>>);

/// Keys that were read.
pub(super) struct KeySet {
    keys: Vec<(String, DecodingKey)>,
    read_at: Timestamp,
    kept_until: Timestamp,
}

#[derive(Deserialize)]
struct Published {
    keys: Vec<Jwk>,
}

/// A key of any kind; those of other kinds lack `n` and `e`.
#[derive(Deserialize)]
struct Jwk {
    kty: String,
    kid: Option<String>,
    alg: Option<String>,
    #[serde(rename = "use")]
    purpose: Option<String>,
    n: Option<String>,
    e: Option<String>,
}

impl Client for Keys {
    type Error = Infallible;

    async fn connect(_context: &Context) -> Result<Self, Infallible> {
        Ok(Self::default())
    }
}

impl Keys {
    /// Makes sure that there are keys that Google allows to keep.
    pub(super) async fn freshen(
        &self,
        provider: &Provider,
        settings: &Settings,
        now: Timestamp,
    ) -> Result<(), ProviderError> {
        let mut known = self.0.lock().await;
        if known.as_ref().is_none_or(|set| set.is_over(now)) {
            *known = Some(provider.keys(settings, now).await?);
        }
        Ok(())
    }

    /// The key of this name. An unknown one is asked for again, at most once a minute.
    pub(super) async fn named(
        &self,
        kid: &str,
        provider: &Provider,
        settings: &Settings,
        now: Timestamp,
    ) -> Result<Result<DecodingKey, NotAnIdentity>, ProviderError> {
        let mut known = self.0.lock().await;
        if known.as_ref().is_none_or(|set| set.may_lack(kid, now)) {
            *known = Some(provider.keys(settings, now).await?);
        }
        Ok(known.as_ref().and_then(|set| set.key(kid)).ok_or(NotAnIdentity::UnknownKey))
    }
}

impl KeySet {
    /// Parses the keys. `cache_control` and `age` (in seconds) are the headers of the answer.
    pub(super) fn parse(body: &[u8], cache_control: &str, age: u64, now: Timestamp) -> Option<Self> {
        let published: Published = serde_json::from_slice(body).ok()?;
        let keys: Vec<_> = published.keys.into_iter().filter_map(Jwk::usable).take(MOST).collect();
        let kept_until = now.plus(kept(cache_control, age));
        (!keys.is_empty()).then_some(Self { keys, read_at: now, kept_until })
    }

    /// The key of this name.
    pub(super) fn key(&self, kid: &str) -> Option<DecodingKey> {
        self.keys.iter().find(|(known, _)| known == kid).map(|(_, key)| key.clone())
    }

    /// Whether the keys may not be kept any longer.
    fn is_over(&self, now: Timestamp) -> bool {
        now >= self.kept_until
    }

    /// Whether a key of this name may have been published since.
    fn may_lack(&self, kid: &str, now: Timestamp) -> bool {
        now.since(self.read_at) >= READ_AGAIN_AFTER && self.key(kid).is_none()
    }
}

impl Jwk {
    /// An RSA key that verifies signatures by RS256.
    fn usable(self) -> Option<(String, DecodingKey)> {
        let fits = self.kty == "RSA"
            && self.alg.is_none_or(|alg| alg == "RS256")
            && self.purpose.is_none_or(|purpose| purpose == "sig");
        let (true, Some(n), Some(e)) = (fits, self.n, self.e) else { return None };
        Some((self.kid?, DecodingKey::from_rsa_components(&n, &e).ok()?))
    }
}

/// How long an answer with these headers may be kept (RFC 9111).
fn kept(cache_control: &str, age: u64) -> Duration {
    let lower = cache_control.to_ascii_lowercase();
    let mut directives = lower.split(',').map(str::trim);
    if directives.clone().any(|directive| ["no-store", "no-cache"].contains(&directive)) {
        return Duration::ZERO;
    }
    let seconds = directives.find_map(|directive| directive.strip_prefix("max-age=")?.parse::<u64>().ok());
    let kept = seconds.map_or(KEPT, |seconds| Duration::from_secs(seconds.saturating_sub(age)));
    kept.min(KEPT_AT_MOST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_kept_as_long_as_google_allows() {
        for (cache_control, age, seconds) in [
            ("public, max-age=19845, must-revalidate, no-transform", 0, 19_845),
            ("Public, Max-Age=100", 40, 60),
            ("max-age=100", 140, 0),
            ("max-age=9999999", 0, 86_400),
            ("max-age=soon", 0, 300),
            ("", 0, 300),
            ("no-store, max-age=100", 0, 0),
        ] {
            assert_eq!(kept(cache_control, age).as_secs(), seconds, "{cache_control}");
        }
    }

    #[test]
    fn an_unknown_key_is_asked_for_once_a_minute() {
        let at = |seconds: i64| Timestamp::from_millis(seconds * 1000);
        let body = r#"{"keys": [{"kty": "RSA", "kid": "a", "n": "AQAB", "e": "AQAB"}]}"#;
        let set = KeySet::parse(body.as_bytes(), "max-age=3600", 0, at(0)).unwrap();
        assert!(!set.is_over(at(3_599)) && set.is_over(at(3_600)) && !set.may_lack("a", at(3_600)), "a known one");
        assert!(!set.may_lack("b", at(59)) && set.may_lack("b", at(60)), "an unknown one");
    }

    #[test]
    fn keys_of_other_kinds_are_left_out_and_no_key_is_no_set() {
        let parse = |body: &str| KeySet::parse(body.as_bytes(), "", 0, Timestamp::from_millis(0));
        let rsa = |more: &str| format!(r#"{{"keys": [{{"kty": "RSA", "kid": "a", "n": "AQAB", "e": "AQAB"{more}}}]}}"#);
        assert!(parse(&rsa("")).is_some() && parse(&rsa(r#", "alg": "RS256", "use": "sig""#)).is_some());
        for bad in [
            "",
            "{}",
            r#"{"keys": []}"#,
            r#"{"keys": [{"kty": "EC", "kid": "a"}]}"#,
            &rsa(r#", "use": "enc""#),
            &rsa(r#", "alg": "RS512""#),
        ] {
            assert!(parse(bad).is_none(), "{bad}");
        }
        let many = (0..30).map(|n| format!(r#"{{"kty": "RSA", "kid": "{n}", "n": "AQAB", "e": "AQAB"}}"#));
        let many = many.collect::<Vec<_>>().join(",");
        assert_eq!(parse(&format!(r#"{{"keys": [{many}]}}"#)).unwrap().keys.len(), MOST);
    }
}
