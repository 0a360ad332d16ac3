//! Where events are sent, and how each attempt is signed.

use super::{answer, plan::Fault};
use crate::webhooks::{Attempt, Compose};
use aws_lc_rs::hmac::{HMAC_SHA256, Key, sign};
use serde::Serialize;
use serde_json::Value;
use std::time::Duration;

/// Three days of pauses. Stripe does not publish its own.
pub const PAUSES: &[Duration] = &[
    Duration::from_mins(5),
    Duration::from_mins(30),
    Duration::from_hours(2),
    Duration::from_hours(5),
    Duration::from_hours(10),
    Duration::from_hours(12),
    Duration::from_hours(12),
    Duration::from_hours(12),
    Duration::from_hours(12),
];
/// The secret of an endpoint that names none.
pub const SECRET: &str = "whsec_local";
/// Older than any receiver should accept.
const OLD_S: i64 = 600;

/// The merchant's endpoint.
#[derive(Clone, Debug, Serialize)]
pub struct Endpoint {
    pub url: String,
    pub secret: String,
}

impl Endpoint {
    /// Signs an event at each attempt anew. A fault of the signature concerns the first attempt only.
    pub fn compose(&self, event: &Value, fault: Option<Fault>) -> Compose {
        let (secret, body) = (self.secret.clone(), answer::text(event));
        Box::new(move |attempt, now_ms| {
            let now = now_ms / 1_000;
            let signature = match fault.filter(|_| attempt == 1) {
                Some(Fault::WebhookWrongSignature) => signature(&format!("{secret}_of_another"), now, &body),
                Some(Fault::WebhookOldTimestamp) => signature(&secret, now - OLD_S, &body),
                _ => signature(&secret, now, &body),
            };
            let agent = "Stripe/1.0 (+https://stripe.com/docs/webhooks)".to_owned();
            Attempt { headers: vec![("stripe-signature", signature), ("user-agent", agent)], body: body.clone() }
        })
    }
}

/// The header: a time, the signature, and one by the scheme `v0`, which test mode adds and receivers ignore.
fn signature(secret: &str, at: i64, body: &str) -> String {
    let by = |secret: &str| {
        let signed = sign(&Key::new(HMAC_SHA256, secret.as_bytes()), format!("{at}.{body}").as_bytes());
        hex::encode(signed)
    };
    format!("t={at},v1={},v0={}", by(secret), by("v0"))
}

#[cfg(test)]
mod tests {
    use super::{Endpoint, Fault, SECRET, signature};
    use serde_json::json;

    /// Computed with OpenSSL: `printf '1700000000.{}' | openssl dgst -sha256 -hmac whsec_local`.
    const KNOWN: &str = "45d9c5a2fd310ffd803628dbea431926fecc4dd5ea85e5cb7f433f3fedbeb993";

    #[test]
    fn the_signature_is_that_of_another_implementation() {
        assert!(signature(SECRET, 1_700_000_000, "{}").starts_with(&format!("t=1700000000,v1={KNOWN},v0=")));
    }

    #[test]
    fn only_the_first_attempt_has_the_fault() {
        let endpoint = Endpoint { url: String::new(), secret: SECRET.to_owned() };
        let right = |at| signature(SECRET, at, "{}");
        for (fault, at) in [(Fault::WebhookWrongSignature, 1_000), (Fault::WebhookOldTimestamp, 400)] {
            let compose = endpoint.compose(&json!({}), Some(fault));
            let header = |attempt| compose(attempt, 1_000_000).headers[0].1.clone();
            assert!(header(1) != right(1_000) && header(1).starts_with(&format!("t={at},")), "{fault:?}");
            assert_eq!(header(2), right(1_000));
        }
    }
}
