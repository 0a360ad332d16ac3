//! Sessions: started, ended.

use crate::{
    signing::{self, SigningError},
    trail,
};
use domain::{
    Network, SessionId, Timestamp, UserId,
    account::{Factors, Realm, RefreshText, Session},
    audit::{Action, Source},
};
use runtime::{Context, random_bytes};
use store::{Profile, ProfileChange, StoreError};
use tokens::Claims;

/// The client of a request.
#[derive(Clone, Debug)]
pub struct Client {
    /// Device, address and request.
    pub source: Source,
    /// Whether its network is a trusted one, whose requests are not counted together.
    pub is_trusted: bool,
}

impl From<Source> for Client {
    /// A client whose network is counted like any other.
    fn from(source: Source) -> Self {
        Self { source, is_trusted: false }
    }
}

impl Client {
    /// The network of the client.
    pub fn network(&self) -> Network {
        self.source.network()
    }
}

/// The tokens of a session.
#[derive(Clone, Debug)]
pub struct IssuedTokens {
    /// The access token.
    pub access: String,
    /// The refresh token.
    pub refresh: RefreshText,
    /// The session.
    pub session: Session,
}

/// Starts a session of this person, with its first tokens.
pub(crate) async fn start(
    context: &Context,
    profile: &Profile,
    what: (Realm, Factors),
    client: &Client,
) -> Result<IssuedTokens, SigningError> {
    let issued = new(context, profile, what, client).await?;
    context.store().accounts().put_session(&issued.session).await?;
    Ok(issued)
}

/// A session of this person that is to be stored, with its first tokens. They are signed first: a session whose token
/// can't be made would only be in the way.
pub(crate) async fn new(
    context: &Context,
    profile: &Profile,
    what: (Realm, Factors),
    client: &Client,
) -> Result<IssuedTokens, SigningError> {
    let now = context.now();
    let id = SessionId::new(now, context.random());
    let refresh = RefreshText::new(profile.user_id.clone(), id, random_bytes(), random_bytes());
    let from = (client.source.device.clone(), client.network());
    let session = Session::start(&refresh, what, profile.token_version, from, now);
    issue(context, session, refresh, now).await
}

/// The tokens of a session after its start or refresh.
pub(crate) async fn issue(
    context: &Context,
    session: Session,
    refresh: RefreshText,
    now: Timestamp,
) -> Result<IssuedTokens, SigningError> {
    let (user, id) = (session.user_id.clone(), session.session_id.clone());
    let claims = Claims::new(&context.config().public_url, user, id, session.version, now);
    let access = signing::sign(context, &claims).await?;
    Ok(IssuedTokens { access, refresh, session })
}

/// The sessions that a person sees at most.
const LISTED_SESSIONS: i32 = 100;

/// The open sessions of a person, newest first.
pub async fn open_sessions(context: &Context, user: &UserId) -> Result<Vec<Session>, StoreError> {
    let (store, now) = (context.store(), context.now());
    let (profile, mut sessions) =
        tokio::try_join!(store.record::<Profile>(user, &()), store.accounts().sessions(user, LISTED_SESSIONS))?;
    let version = profile.map_or(u32::MAX, |profile| profile.token_version);
    sessions.retain(|session| session.is_open(version, now));
    Ok(sessions)
}

/// Ends a session, with its access tokens. Ending it again has no effect.
pub async fn end_session(
    context: &Context,
    user: &UserId,
    session: &SessionId,
    client: &Client,
) -> Result<(), StoreError> {
    if context.store().accounts().end_session(user, session, context.now()).await? {
        trail::add(context, user, Action::SignOut, session.as_str(), client).await;
    }
    Ok(())
}

/// Ends all sessions of a person, with their access tokens.
pub async fn end_all_sessions(context: &Context, user: &UserId, client: &Client) -> Result<(), StoreError> {
    context.store().accounts().change_profile(user, ProfileChange::EndSessions).await?;
    trail::add(context, user, Action::SessionsEnded, user.as_str(), client).await;
    Ok(())
}
