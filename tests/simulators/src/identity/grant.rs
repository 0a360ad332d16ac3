//! Codes and what they are exchanged for.

use super::{person::Person, request::SignIn, secret};
use std::collections::HashMap;

/// How long a code is valid.
const CODE_MS: i64 = 60_000;

/// How long an access token is valid, in seconds.
pub const SESSION_S: i64 = 3_600;

/// A sign-in that a person approved.
#[derive(Clone, Debug)]
pub struct Grant {
    pub request: SignIn,
    pub person: Person,
    at_ms: i64,
}

/// What an access token opens.
#[derive(Clone, Debug)]
pub struct Session {
    pub subject: String,
    pub email: String,
    pub email_verified: bool,
    pub name: String,
    pub scopes: Vec<String>,
    pub until_ms: i64,
}

/// All codes and access tokens.
#[derive(Default)]
pub struct Grants {
    codes: HashMap<String, Grant>,
    /// Codes that are used up, with the access token that they gave.
    used: HashMap<String, Option<String>>,
    sessions: HashMap<String, Session>,
}

impl Grants {
    /// A new code.
    pub fn issue(&mut self, request: SignIn, person: Person, now_ms: i64) -> String {
        let code = secret::random("4/0A");
        self.codes.insert(code.clone(), Grant { request, person, at_ms: now_ms });
        code
    }

    /// The person of a code that is not used up.
    pub fn email_of(&self, code: &str) -> Option<&str> {
        self.codes.get(code).map(|grant| grant.person.email.as_str())
    }

    /// How many codes are not used up.
    pub fn open_codes(&self) -> usize {
        self.codes.len()
    }

    /// Uses a code up, whatever comes of it, so that nobody can try verifiers. Fails with a reason.
    pub fn redeem(
        &mut self,
        code: &str,
        redirect_uri: &str,
        verifier: Option<&str>,
        now_ms: i64,
    ) -> Result<Grant, &'static str> {
        let Some(grant) = self.codes.remove(code) else {
            let Some(token) = self.used.get(code) else { return Err("Malformed auth code.") };
            // RFC 6749, section 4.1.2: whoever uses it again may have stolen it, so its token ends, too.
            if let Some(token) = token {
                self.sessions.remove(token);
            }
            return Err("The code was used before.");
        };
        self.used.insert(code.to_owned(), None);
        if now_ms - grant.at_ms >= CODE_MS {
            return Err("The code has expired.");
        }
        if grant.request.redirect_uri != redirect_uri {
            return Err("The redirect_uri is not that of the request.");
        }
        match verifier {
            None => Err("Missing code verifier."),
            Some(verifier) if !is_verifier(verifier) => Err("Invalid code verifier."),
            Some(verifier) if secret::challenge_of(verifier) != grant.request.challenge => {
                Err("The code verifier does not match.")
            }
            Some(_) => Ok(grant),
        }
    }

    /// A new access token for a code that was redeemed.
    pub fn open(&mut self, code: &str, session: Session) -> String {
        let token = secret::random("ya29.");
        self.used.insert(code.to_owned(), Some(token.clone()));
        self.sessions.insert(token.clone(), session);
        token
    }

    /// What a valid access token opens.
    pub fn session(&self, token: &str, now_ms: i64) -> Option<&Session> {
        self.sessions.get(token).filter(|session| now_ms < session.until_ms)
    }

    /// Ends an access token; returns whether it was one.
    pub fn revoke(&mut self, token: &str) -> bool {
        self.sessions.remove(token).is_some()
    }
}

/// RFC 7636, section 4.1.
fn is_verifier(text: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    (43..=128).contains(&text.len()) && text.bytes().all(is_allowed)
}
