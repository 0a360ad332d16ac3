//! A request to sign in, and everything that it must have.

use super::{client::Client, parameters::Parameters};

/// The scopes that are known. Google's long names for two of them are not.
const SCOPES: [&str; 3] = ["openid", "email", "profile"];

/// A request that passed all checks.
#[derive(Clone, Debug)]
pub struct SignIn {
    pub redirect_uri: String,
    pub scopes: Vec<String>,
    pub state: String,
    pub nonce: String,
    pub challenge: String,
    /// The e-mail address that the client expects.
    pub login_hint: Option<String>,
    /// Whether the client wants an answer without a page.
    pub is_silent: bool,
}

/// Why a request is refused. It is shown to the person: nobody is sent back to the client.
#[derive(Debug)]
pub struct Refusal {
    pub status: u16,
    pub error: &'static str,
    pub reason: String,
}

impl SignIn {
    /// Checks a request.
    pub fn read(client: &Client, asked: Vec<(String, String)>) -> Result<Self, Refusal> {
        let asked = Parameters::new(asked).map_err(invalid)?;
        let text = |name| asked.required(name).map(str::to_owned).map_err(invalid);
        if text("client_id")? != client.id {
            let reason = "The OAuth client was not found.".to_owned();
            return Err(Refusal { status: 401, error: "invalid_client", reason });
        }
        let redirect_uri = text("redirect_uri")?;
        if !client.may_redirect_to(&redirect_uri) {
            let reason = format!("{redirect_uri} is not one of: {}", client.redirects.join(", "));
            return Err(refused("redirect_uri_mismatch", reason));
        }
        let kind = text("response_type")?;
        if kind != "code" {
            return Err(refused("unsupported_response_type", format!("Invalid response_type: {kind}")));
        }
        let request = Self {
            redirect_uri,
            scopes: scopes(&text("scope")?)?,
            state: text("state")?,
            nonce: text("nonce")?,
            challenge: text("code_challenge")?,
            login_hint: asked.get("login_hint").map(str::to_owned),
            is_silent: is_silent(asked.get("prompt").unwrap_or_default())?,
        };
        // Without the method, `plain` is meant (RFC 7636, section 4.3).
        if text("code_challenge_method")? != "S256" {
            return Err(invalid("Invalid code_challenge_method: only S256 is accepted".to_owned()));
        }
        if request.challenge.len() != 43 || !request.challenge.bytes().all(is_base64url) {
            return Err(invalid("Invalid code_challenge: a SHA-256 has 43 signs of base64url".to_owned()));
        }
        Ok(request)
    }
}

fn scopes(text: &str) -> Result<Vec<String>, Refusal> {
    let scopes: Vec<_> = text.split(' ').filter(|scope| !scope.is_empty()).map(str::to_owned).collect();
    if let Some(unknown) = scopes.iter().find(|scope| !SCOPES.contains(&scope.as_str())) {
        return Err(refused("invalid_scope", format!("Unknown scope: {unknown}")));
    }
    if !scopes.iter().any(|scope| scope == "openid") {
        return Err(refused("invalid_scope", "The scope has no openid".to_owned()));
    }
    Ok(scopes)
}

/// The page always asks for account and consent, so only `none` changes something.
fn is_silent(prompt: &str) -> Result<bool, Refusal> {
    let words: Vec<_> = prompt.split(' ').filter(|word| !word.is_empty()).collect();
    match words.iter().find(|word| !["none", "consent", "select_account"].contains(word)) {
        Some(unknown) => Err(invalid(format!("Invalid prompt: {unknown}"))),
        None if words.contains(&"none") && words.len() > 1 => {
            Err(invalid("Invalid prompt: none with others".to_owned()))
        }
        None => Ok(words.contains(&"none")),
    }
}

const fn is_base64url(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

const fn refused(error: &'static str, reason: String) -> Refusal {
    Refusal { status: 400, error, reason }
}

const fn invalid(reason: String) -> Refusal {
    refused("invalid_request", reason)
}
