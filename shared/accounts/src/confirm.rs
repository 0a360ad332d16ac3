//! A person who is signed in proves to know the password, before something that a stolen session must not do.

use crate::{Client, Passwords, TooMany, throttle::Attempt, trail};
use domain::{UserId, account::Password};
use runtime::Context;
use store::{Person, StoreError};
use thiserror::Error;

/// Why the password was not confirmed.
#[derive(Debug, Error)]
pub enum NotConfirmed {
    /// The password is wrong, or the person has none yet and must ask for a link.
    #[error("wrong password")]
    WrongPassword,
    /// Too many failures.
    #[error(transparent)]
    TooMany(#[from] TooMany),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Checks the password of this person. A stolen session does not know it, so tries are counted like those of a
/// sign-in. A refusal is a line of the audit trail, with this reason.
pub(crate) async fn password(
    context: &Context,
    user: &UserId,
    password: &Password,
    client: &Client,
    reason: &'static str,
) -> Result<Person, NotConfirmed> {
    let person = context.store().person(user).await?.ok_or(NotConfirmed::WrongPassword)?;
    let attempt = Box::pin(Attempt::count(context, &person.profile.email, client)).await??;
    let Ok(passwords) = context.get::<Passwords>().await;
    let is_right = passwords.verify(password, person.credentials.password.as_ref());
    runtime::pause(attempt.pause).await;
    if !is_right {
        trail::refused(context, Some(user), reason, client).await;
        return Err(NotConfirmed::WrongPassword);
    }
    Box::pin(attempt.take_back(context)).await?;
    Ok(person)
}
