//! The ID token, and everything that can be wrong with one.

use super::{
    grant::{Grant, SESSION_S},
    keys::Keys,
    plan::Fault,
    secret::{base64url, half_hash},
};
use aws_lc_rs::hmac;
use serde_json::{Value, json};

/// What an ID token is made of.
pub struct Facts<'a> {
    pub issuer: &'a str,
    pub client_id: &'a str,
    pub grant: &'a Grant,
    pub access_token: &'a str,
    pub now_s: i64,
    pub fault: Option<Fault>,
}

impl Facts<'_> {
    fn has(&self, fault: Fault) -> bool {
        self.fault == Some(fault)
    }

    /// The account that is named.
    pub fn subject(grant: &Grant, fault: Option<Fault>) -> String {
        if fault == Some(Fault::AnotherSubject) { grant.person.another_subject() } else { grant.person.subject() }
    }

    fn claims(&self) -> Value {
        let Grant { request, person, .. } = self.grant;
        let text = |fault, wrong: &str, right: &str| if self.has(fault) { wrong.to_owned() } else { right.to_owned() };
        let audience = text(Fault::WrongAudience, "another-client", self.client_id);
        let hashed = text(Fault::WrongAtHash, "another token", self.access_token);
        let issued = match self.fault {
            Some(Fault::ExpiredToken) => self.now_s - 2 * SESSION_S,
            Some(Fault::NotYetValid) => self.now_s + SESSION_S,
            _ => self.now_s,
        };
        let mut claims = json!({
            "iss": text(Fault::WrongIssuer, "https://accounts.example.com", self.issuer),
            "azp": audience,
            "aud": audience,
            "sub": Self::subject(self.grant, self.fault),
            "nonce": text(Fault::WrongNonce, "nonce-of-another-request", &request.nonce),
            "at_hash": half_hash(&hashed),
            "iat": issued,
            "exp": issued + SESSION_S,
        });
        if self.has(Fault::NotYetValid) {
            claims["nbf"] = json!(issued);
        }
        if request.scopes.iter().any(|scope| scope == "email") && !self.has(Fault::EmailMissing) {
            claims["email"] = json!(person.email);
            claims["email_verified"] = json!(!self.has(Fault::EmailUnverified));
            let host = person.email.rsplit_once('@').map_or("", |(_, host)| host);
            if !self.has(Fault::NotHosted) && host != "gmail.com" {
                claims["hd"] = json!(host);
            }
        }
        if request.scopes.iter().any(|scope| scope == "profile") {
            claims["name"] = json!(person.name);
        }
        claims
    }

    /// The token.
    pub fn token(&self, keys: &Keys) -> String {
        let (current, unknown) = (keys.current(), Keys::unknown);
        let claims = self.claims();
        match self.fault {
            Some(Fault::AlgNone) => joined("none", &current.kid, &claims, |_| Vec::new()),
            Some(Fault::Hs256WithPublicKey) => joined("HS256", &current.kid, &claims, |text| {
                let key = hmac::Key::new(hmac::HMAC_SHA256, current.public_pem().as_bytes());
                hmac::sign(&key, text.as_bytes()).as_ref().to_vec()
            }),
            Some(Fault::UnknownKey) => joined("RS256", &unknown().kid, &claims, |text| unknown().sign(text)),
            Some(Fault::WrongSignature) => joined("RS256", &current.kid, &claims, |text| unknown().sign(text)),
            _ => joined("RS256", &current.kid, &claims, |text| current.sign(text)),
        }
    }
}

/// Header, claims and signature in the compact form (RFC 7515, section 7.1).
fn joined(algorithm: &str, kid: &str, claims: &Value, sign: impl Fn(&str) -> Vec<u8>) -> String {
    let header = json!({ "alg": algorithm, "kid": kid, "typ": "JWT" });
    let part = |value: &Value| base64url(value.to_string().as_bytes());
    let text = format!("{}.{}", part(&header), part(claims));
    let signature = base64url(&sign(&text));
    format!("{text}.{signature}")
}
