//! The one client that is registered, as in Google's console.

/// A web client.
#[derive(Clone, Debug)]
pub struct Client {
    /// Its identifier, and the audience of its ID tokens.
    pub id: String,
    /// What it proves its identity with at `/token`.
    pub secret: String,
    /// Where codes may go. An address is compared as a text, as Google does.
    pub redirects: Vec<String>,
}

impl Client {
    /// Whether codes may go to this address.
    pub fn may_redirect_to(&self, address: &str) -> bool {
        self.redirects.iter().any(|known| known == address)
    }
}
