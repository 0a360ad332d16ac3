//! The refresh of a session.

use crate::{Client, IssuedTokens, sessions, signing::SigningError, trail};
use domain::{
    account::{NotRefreshed as Reason, Realm, RefreshText, Session},
    audit::Action,
};
use runtime::{Context, random_bytes, telemetry};
use store::{ReadSet, SignedIn, StoreError};
use thiserror::Error;

/// Why a session was not refreshed.
#[derive(Debug, Error)]
pub enum NotRefreshed {
    /// There is no such session, or it has ended.
    #[error("the session has ended")]
    Ended,
    /// An old token of the session was used, so the session was ended.
    #[error("an old token of the session was used again")]
    Reused,
    /// The account is closed or blocked.
    #[error("the account can't be used")]
    Disabled,
    /// No token can be made.
    #[error(transparent)]
    Signing(#[from] SigningError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Exchanges a refresh token for the next one, and an access token. Of two uses of one token, at once or later, the
/// second ends the session. A token of another realm is unknown.
pub async fn refresh(
    context: &Context,
    realm: Realm,
    used: &RefreshText,
    client: &Client,
) -> Result<IssuedTokens, NotRefreshed> {
    let store = context.store();
    let read = store.account_of_session(used.owner(), used.session(), false, ReadSet::default()).await?;
    let signed_in = read.signed_in.filter(|signed_in| signed_in.session.realm == realm);
    let Some(SignedIn { profile, session }) = signed_in else { return Err(NotRefreshed::Ended) };
    let now = context.now();
    let next = used.next(random_bytes());
    let refreshed = match session.refreshed(used, &next, client.network(), profile.token_version, now) {
        Ok(refreshed) => refreshed,
        Err(Reason::Ended) => return Err(NotRefreshed::Ended),
        Err(Reason::Reused) => return Err(end(context, &session, client).await?),
    };
    // Only who has the token learns that the account is closed.
    if !profile.active || (realm == Realm::Staff && profile.role.is_none()) {
        return Err(NotRefreshed::Disabled);
    }
    let issued = sessions::issue(context, refreshed, next, now).await?;
    let is_newest = store.accounts().refresh_session(&session, &issued.session).await?;
    if is_newest { Ok(issued) } else { Err(end(context, &session, client).await?) }
}

async fn end(context: &Context, session: &Session, client: &Client) -> Result<NotRefreshed, StoreError> {
    tracing::warn!(user_id = %session.user_id, "an old refresh token was used again");
    telemetry::count("RefreshTokensReused", 1);
    context.store().accounts().end_session(&session.user_id, &session.session_id, context.now()).await?;
    let target = session.session_id.as_str();
    trail::add_anonymous(context, &session.user_id, Action::RefreshTokenReused, target, client).await;
    Ok(NotRefreshed::Reused)
}
