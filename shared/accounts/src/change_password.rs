//! A new password for a person who is signed in.

use crate::{
    Client, IssuedTokens, Passwords, StrongPassword, TooMany,
    letters::{self, LetterOrder},
    sessions,
    signing::SigningError,
    throttle::Attempt,
    trail,
};
use domain::{
    UserId,
    account::{Password, SignIn},
    audit::Action,
};
use runtime::Context;
use store::StoreError;
use thiserror::Error;

/// Why the password was not changed.
#[derive(Debug, Error)]
pub enum NotChanged {
    /// The current password is wrong, or the person has none yet and must ask for a link.
    #[error("wrong password")]
    WrongPassword,
    /// The password was changed by another request.
    #[error("the password changed meanwhile")]
    Changed,
    /// Too many failures.
    #[error(transparent)]
    TooMany(#[from] TooMany),
    /// No token can be made.
    #[error(transparent)]
    Signing(#[from] SigningError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Changes the password. All sessions end, and a new one starts for the person who did it. A stolen session does not
/// know the password, so its tries are counted like those of a sign-in.
pub async fn change_password(
    context: &Context,
    user: &UserId,
    current: &Password,
    new: &StrongPassword,
    client: &Client,
) -> Result<IssuedTokens, NotChanged> {
    let found = context.store().profile_and_credentials(user).await?;
    let Some((profile, credentials)) = found else { return Err(NotChanged::WrongPassword) };
    let attempt = Box::pin(Attempt::count(context, &profile.email, client)).await??;
    let Ok(passwords) = context.get::<Passwords>().await;
    let is_right = passwords.verify(current, credentials.password.as_ref());
    runtime::pause(attempt.pause).await;
    if !is_right {
        trail::refused(context, Some(user), "wrong password for a change", client).await;
        return Err(NotChanged::WrongPassword);
    }
    Box::pin(attempt.take_back(context)).await?;
    let now = context.now();
    let hash = passwords.hash(new.password());
    let line = trail::line(context, user, Action::PasswordChanged, user.as_str(), client);
    if !context.store().set_password(user, hash, Some(credentials.version), &line).await? {
        return Err(NotChanged::Changed);
    }
    letters::tell(context, &LetterOrder::PasswordChanged { user_id: user.clone(), at: now }).await;
    // The version that the change made.
    let profile = store::Profile { token_version: profile.token_version + 1, ..profile };
    Ok(sessions::start(context, &profile, SignIn::Password, client).await?)
}
