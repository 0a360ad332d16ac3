//! The password of a person who is signed in, asked for again before something that a stolen session must not do.

use crate::{Client, Passwords, TooMany, throttle::Attempt, trail};
use domain::{UserId, account::Password};
use runtime::Context;
use store::{Person, StoreError};
use thiserror::Error;

/// Why the person did not prove the password.
#[derive(Debug, Error)]
pub enum NotProved {
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

/// The account of a person who knows its password. Tries are counted like those of a sign-in; `what` names in the audit
/// trail what a wrong password was for.
pub(crate) async fn password(
    context: &Context,
    user: &UserId,
    password: &Password,
    what: &str,
    client: &Client,
) -> Result<Person, NotProved> {
    let person = context.store().person(user).await?.ok_or(NotProved::WrongPassword)?;
    let attempt = Box::pin(Attempt::count(context, &person.profile.email, client)).await??;
    let Ok(passwords) = context.get::<Passwords>().await;
    let is_right = passwords.verify(password, person.credentials.password.as_ref());
    runtime::pause(attempt.pause).await;
    if !is_right {
        trail::refused(context, Some(user), &format!("wrong password for {what}"), client).await;
        return Err(NotProved::WrongPassword);
    }
    Box::pin(attempt.take_back(context)).await?;
    Ok(person)
}
