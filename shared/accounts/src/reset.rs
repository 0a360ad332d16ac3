//! A new password for somebody who forgot the old one.

use crate::{
    Client, Passwords, StrongPassword, Weakness,
    letters::{self, LetterOrder},
    register::NotAsked,
    throttle, trail,
};
use domain::{
    EmailAddress, UserId,
    account::{Allowed, OneTimeText, Password},
    audit::Action,
    suppression::AddressHash,
};
use runtime::{Context, random_bytes};
use store::{Credentials, Profile, StoreError};
use thiserror::Error;

/// Why the password was not set.
#[derive(Debug, Error)]
pub enum NotReset {
    /// The token is unknown, was used, or its time is over.
    #[error("the token is not valid")]
    NotValid,
    /// The new password is not accepted; the token still works.
    #[error(transparent)]
    Weak(#[from] Weakness),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Orders the letter with the link, whether the address has an account or not; the worker looks.
pub async fn forgot_password(context: &Context, email: EmailAddress, client: &Client) -> Result<(), NotAsked> {
    if throttle::letter(context, &email, client).await?? {
        letters::order(context, &LetterOrder::ResetPassword { email }).await?;
    }
    Ok(())
}

/// Makes a one-time token, for the letter that contains it.
pub async fn new_one_time(context: &Context, allowed: &Allowed) -> Result<OneTimeText, StoreError> {
    let token = OneTimeText::new(random_bytes());
    context.store().accounts().put_one_time(&token, allowed, context.now()).await?;
    Ok(token)
}

/// Sets a new password, and ends all sessions and all other links.
pub async fn reset_password(
    context: &Context,
    token: &OneTimeText,
    new: Password,
    client: &Client,
) -> Result<(), NotReset> {
    let allowed = context.store().accounts().allowed_by(token, context.now()).await?;
    let Some(Allowed::ResetPassword { user_id, version }) = allowed else { return Err(NotReset::NotValid) };
    let profile = profile(context, &user_id).await?;
    // The link was opened, so letters arrive.
    context.store().accounts().note_proved(&AddressHash::of(&profile.email), context.now()).await?;
    set(context, &profile, version, new, client).await
}

/// The account of a link. Nothing can be set for one that is gone.
pub(crate) async fn profile(context: &Context, user: &UserId) -> Result<Profile, NotReset> {
    context.store().record::<Profile>(user, &()).await?.ok_or(NotReset::NotValid)
}

/// Sets a new password, if the credentials still have this version (0 for somebody who never had one).
pub(crate) async fn set(
    context: &Context,
    Profile { user_id: user, email, .. }: &Profile,
    version: u32,
    new: Password,
    client: &Client,
) -> Result<(), NotReset> {
    let read = context.store().record::<Credentials>(user, &()).await?.map(|credentials| credentials.version);
    if read.unwrap_or_default() != version {
        return Err(NotReset::NotValid);
    }
    let new = StrongPassword::judge(new, email)?;
    let Ok(passwords) = context.get::<Passwords>().await;
    let line = trail::line(context, user, Action::PasswordReset, user.as_str(), client);
    if !context.store().set_password(user, passwords.hash(new.password()), read, &line).await? {
        return Err(NotReset::NotValid);
    }
    letters::tell(context, &LetterOrder::PasswordChanged { user_id: user.clone(), at: context.now() }).await;
    Ok(())
}
