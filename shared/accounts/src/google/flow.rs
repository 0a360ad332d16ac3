//! The two steps that every flow has: a person is sent to Google, and comes back with a code.

use super::{
    id_token::{self, Expected, Identity, NotAnIdentity},
    keys::Keys,
    pkce,
    provider::{ClientSecret, Provider, ProviderError},
    settings::Settings,
};
use crate::reset::new_one_time;
use domain::{
    Timestamp,
    account::{Allowed, AuthorizationCode, GOOGLE_FLOW_LIFETIME, GoogleFlow, GooglePurpose, OneTimeText},
};
use reqwest::Url;
use runtime::{Context, Secrets, random_bytes, telemetry};
use secrecy::SecretString;
use serde::Deserialize;
use store::StoreError;
use thiserror::Error;

/// What is asked for: the account's identifier and its address, nothing else.
const SCOPE: &str = "openid email";

/// A person is on the way to Google.
#[derive(Clone, Debug)]
pub struct Begun {
    /// The page at Google.
    pub authorization_url: String,
    /// The one-time token with which the person comes back, which is secret.
    pub state: OneTimeText,
    /// The end of its time.
    pub ends_at: Timestamp,
}

/// Why it is not known who a person is at Google.
#[derive(Debug, Error)]
pub enum NotIdentified {
    /// The sign-in with Google is switched off.
    #[error("the sign-in with Google is switched off")]
    NotConfigured,
    /// The state is unknown, was used, is too old, or was begun by somebody else.
    #[error("the state is not valid")]
    Over,
    /// Google does not accept the code: it was used, is too old, or belongs to another flow.
    #[error("Google does not accept the code")]
    CodeRefused,
    /// The ID token is not valid.
    #[error(transparent)]
    Token(#[from] NotAnIdentity),
    /// Google gave no answer. The same request may succeed later.
    #[error(transparent)]
    Provider(#[from] ProviderError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The secret of our client at Google.
#[derive(Deserialize)]
struct Secret {
    google_client_secret: SecretString,
}

/// The settings, if the sign-in is not switched off.
pub(super) fn settings(context: &Context) -> Result<Settings, NotIdentified> {
    Settings::read(context).ok_or(NotIdentified::NotConfigured)
}

/// Begins a flow.
pub(super) async fn begin(context: &Context, purpose: GooglePurpose) -> Result<Begun, NotIdentified> {
    let settings = settings(context)?;
    let begun_at = context.now();
    let [nonce, verifier] = [random_bytes(), random_bytes()].map(pkce::random_text);
    let challenge = pkce::challenge(&verifier);
    let flow = GoogleFlow { nonce: nonce.clone(), verifier, purpose, begun_at };
    let state = new_one_time(context, &Allowed::FinishGoogle { flow: Box::new(flow) }).await?;
    let parameters = [
        ("response_type", "code"),
        ("client_id", &settings.client_id),
        ("redirect_uri", &settings.redirect_uri),
        ("scope", SCOPE),
        ("state", state.expose()),
        ("nonce", &nonce),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
        // A person with several accounts chooses one, instead of getting the last one.
        ("prompt", "select_account"),
    ];
    // A setting that is no address is as good as none.
    let url = Url::parse_with_params(&settings.authorize_url, parameters).map_err(|_| NotIdentified::NotConfigured)?;
    Ok(Begun { authorization_url: url.into(), state, ends_at: begun_at.plus(GOOGLE_FLOW_LIFETIME) })
}

/// Finishes a flow that `own` recognises: who came back, and what follows.
///
/// The state is spent before Google is asked, so of two requests one asks. It is kept if Google gives no answer: then
/// the same request can be repeated. If the function dies in between, the person begins again.
pub(super) async fn finish<T>(
    context: &Context,
    state: &OneTimeText,
    code: &AuthorizationCode,
    own: impl FnOnce(GooglePurpose) -> Option<T> + Send,
) -> Result<(T, Identity), NotIdentified> {
    let settings = settings(context)?;
    let provider = context.get::<Provider>().await.map_err(ProviderError::from)?;
    let accounts = context.store().accounts();
    let allowed = accounts.allowed_by(state, context.now()).await?;
    let Some(Allowed::FinishGoogle { flow }) = allowed else { return Err(NotIdentified::Over) };
    let open = Some(&flow).filter(|flow| flow.is_open(context.now())).ok_or(NotIdentified::Over)?;
    let own = own(open.purpose.clone()).ok_or(NotIdentified::Over)?;
    if !accounts.spend_one_time(state).await? {
        return Err(NotIdentified::Over);
    }
    match identity(context, &settings, &provider, &flow, code).await {
        Ok(identity) => Ok((own, identity)),
        Err(NotIdentified::Provider(error)) => {
            tracing::error!(%error, "Google did not say who somebody is");
            telemetry::count_class("GoogleErrors", error.class(), 1);
            accounts.put_one_time(state, &Allowed::FinishGoogle { flow }, context.now()).await?;
            Err(error.into())
        }
        Err(reason) => {
            tracing::warn!(%reason, "a sign-in with Google was refused");
            Err(reason)
        }
    }
}

/// Exchanges a code, and verifies the ID token. The keys are read first, because a code can be exchanged once.
async fn identity(
    context: &Context,
    settings: &Settings,
    provider: &Provider,
    flow: &GoogleFlow,
    code: &AuthorizationCode,
) -> Result<Identity, NotIdentified> {
    let now = context.now();
    let Ok(keys) = context.get::<Keys>().await;
    let secret = client_secret(context, settings).await?;
    keys.freshen(provider, settings, now).await?;
    let token = provider.exchange(settings, &secret, code, &flow.verifier).await?.ok_or(NotIdentified::CodeRefused)?;
    let kid = id_token::key_of(&token)?;
    let key = keys.named(&kid, provider, settings, now).await??;
    let expected = Expected { issuer: &settings.issuer, client_id: &settings.client_id, nonce: &flow.nonce, now };
    Ok(id_token::verify(&token, &key, &expected)?)
}

async fn client_secret(context: &Context, settings: &Settings) -> Result<ClientSecret, ProviderError> {
    let Ok(secrets) = context.get::<Secrets>().await;
    let secret = secrets.get::<Secret>(&settings.secret).await?;
    Ok(ClientSecret { text: secret.content.google_client_secret, stale: secret.stale })
}
