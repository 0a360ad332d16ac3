//! The link of an account with an account at Google, and its end. A link is a way to sign in, so only the owner makes
//! and ends it; and it ends only if there is a password, which is another way.

use super::flow::{self, Begun, NotIdentified};
use crate::{
    Client,
    letters::{self, LetterOrder},
    prove::{self, NotProved, OwnerProof},
    trail,
};
use domain::{
    UserId,
    account::{AuthorizationCode, GoogleLink, GoogleLinking, GooglePurpose, GoogleSubject, OneTimeText},
    audit::{Action, AuditLine},
};
use runtime::Context;
use store::{Linked, StoreError};
use thiserror::Error;

/// Why a link was not changed.
#[derive(Debug, Error)]
pub enum NotLinked {
    /// It is not known who the person is at Google.
    #[error(transparent)]
    NotIdentified(#[from] NotIdentified),
    /// The person did not prove to be the owner.
    #[error(transparent)]
    NotProved(#[from] NotProved),
    /// The account has a link.
    #[error("the account has a link")]
    AlreadyLinked,
    /// The account at Google belongs to another account.
    #[error("the account at Google belongs to another account")]
    Taken,
    /// The account has no link.
    #[error("the account has no link")]
    NoLink,
    /// The account has no password, so the link is the only way to sign in.
    #[error("the account has no password")]
    OnlyWay,
    /// Another request changed the account meanwhile.
    #[error("the account changed meanwhile")]
    Changed,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Begins a link.
pub async fn begin_google_link(
    context: &Context,
    user: &UserId,
    proof: &OwnerProof,
    client: &Client,
) -> Result<Begun, NotLinked> {
    flow::settings(context)?;
    let (person, _) = Box::pin(prove::owner(context, user, proof, "a link with Google", client)).await?;
    if person.profile.google.is_some() {
        return Err(NotLinked::AlreadyLinked);
    }
    let linking = GoogleLinking { user_id: user.clone(), version: person.profile.token_version };
    Ok(flow::begin(context, GooglePurpose::Link(linking)).await?)
}

/// Finishes a link, for the person who began it.
pub async fn finish_google_link(
    context: &Context,
    user: &UserId,
    state: &OneTimeText,
    code: &AuthorizationCode,
    client: &Client,
) -> Result<(), NotLinked> {
    let own = |purpose| match purpose {
        GooglePurpose::Link(linking) if linking.user_id == *user => Some(linking.version),
        _ => None,
    };
    let (version, identity) = Box::pin(flow::finish(context, state, code, own)).await?;
    let google = GoogleLink { subject: identity.subject, email: identity.email, linked_at: context.now() };
    let line = trail::line(context, user, Action::GoogleLinked, user.as_str(), client);
    match context.store().link_google(user, version, &google, &line).await? {
        Linked::Done => {}
        Linked::Taken => return Err(NotLinked::Taken),
        Linked::Changed => return Err(NotLinked::Changed),
    }
    tell(context, user, true).await;
    Ok(())
}

/// Ends the link.
pub async fn unlink_google(
    context: &Context,
    user: &UserId,
    proof: &OwnerProof,
    client: &Client,
) -> Result<(), NotLinked> {
    let (person, _) = Box::pin(prove::owner(context, user, proof, "an end of the link with Google", client)).await?;
    let GoogleLink { subject, .. } = person.profile.google.ok_or(NotLinked::NoLink)?;
    if person.credentials.password.is_none() {
        return Err(NotLinked::OnlyWay);
    }
    let line = trail::line(context, user, Action::GoogleUnlinked, user.as_str(), client);
    if end_google_link(context, user, &subject, &line).await? { Ok(()) } else { Err(NotLinked::Changed) }
}

/// Ends the link with this account at Google, with this line of the audit trail, and tells the person by a letter.
/// Returns `false` if there is no such link any more.
pub async fn end_google_link(
    context: &Context,
    user: &UserId,
    subject: &GoogleSubject,
    line: &AuditLine,
) -> Result<bool, StoreError> {
    let is_ended = context.store().unlink_google(user, subject, line).await?;
    if is_ended {
        tell(context, user, false).await;
    }
    Ok(is_ended)
}

/// Tells the person by a letter.
pub(super) async fn tell(context: &Context, user: &UserId, linked: bool) {
    letters::tell(context, &LetterOrder::GoogleChanged { user_id: user.clone(), linked, at: context.now() }).await;
}
