//! The settings of the sign-in with Google.

use runtime::Context;

/// The settings.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    /// `GOOGLE_CLIENT_ID`: our identifier at Google, and the audience of its ID tokens.
    pub(super) client_id: String,
    /// `SECRET_GOOGLE_ARN`: the secret with our client secret.
    pub(super) secret: String,
    /// `GOOGLE_ISSUER`: who issues the ID tokens.
    pub(super) issuer: String,
    /// `GOOGLE_AUTHORIZE_URL`: the page where a person signs in.
    pub(super) authorize_url: String,
    /// `GOOGLE_TOKEN_URL`: where a code is exchanged.
    pub(super) token_url: String,
    /// `GOOGLE_KEYS_URL`: the public keys.
    pub(super) keys_url: String,
    /// The page of ours to which Google sends people back, as registered there.
    pub(super) redirect_uri: String,
}

impl Settings {
    /// Reads the settings; `None` if the sign-in is switched off, or has no page to come back to.
    pub(super) fn read(context: &Context) -> Option<Self> {
        let setting = |name| Some(context.environment().setting(name)).filter(|value| !value.is_empty());
        let public_url = &context.config().public_url;
        let redirect_uri = (!public_url.is_empty()).then(|| format!("{public_url}/sign-in/google"))?;
        Some(Self {
            client_id: setting("GOOGLE_CLIENT_ID")?,
            secret: setting("SECRET_GOOGLE_ARN")?,
            issuer: setting("GOOGLE_ISSUER")?,
            authorize_url: setting("GOOGLE_AUTHORIZE_URL")?,
            token_url: setting("GOOGLE_TOKEN_URL")?,
            keys_url: setting("GOOGLE_KEYS_URL")?,
            redirect_uri,
        })
    }
}
