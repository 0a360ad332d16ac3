//! The proof that the owner of an account sends a request, asked for before something that a stolen session must not
//! do. What it consists of is decided in [`domain::account::ownership`].

use crate::{Client, Passwords, SecondFactorError, TooMany, second_factor::accepted, throttle::Attempt, trail};
use domain::{
    SessionId, UserId,
    account::{
        Factor, FactorCode, Password,
        ownership::{self, FirstHalf, NoFirstHalf},
    },
};
use runtime::Context;
use store::{Person, StoreError};
use thiserror::Error;

/// What a person who is signed in sends as a proof.
#[derive(Clone, Debug)]
pub struct OwnerProof {
    /// The session of the request.
    pub session: Option<SessionId>,
    /// The password, which an account may not have.
    pub password: Option<Password>,
    /// A code of the app, or a backup code.
    pub code: Option<FactorCode>,
}

/// Why the person did not prove to be the owner.
#[derive(Debug, Error)]
pub enum NotProved {
    /// The password is wrong, or the person has none yet and must ask for a link.
    #[error("wrong password")]
    WrongPassword,
    /// The request has neither a password nor a fresh sign-in.
    #[error(transparent)]
    NoFirstHalf(#[from] NoFirstHalf),
    /// The account has a second factor, and no code was sent.
    #[error("a code is needed")]
    CodeMissing,
    /// The code is wrong, or was used before.
    #[error("wrong code")]
    WrongCode,
    /// Too many failures.
    #[error(transparent)]
    TooMany(#[from] TooMany),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The account of a person who proved to own it, and the second factor that was used, if the account has one. `what`
/// names in the audit trail what a refused proof was for.
pub(crate) async fn owner(
    context: &Context,
    user: &UserId,
    proof: &OwnerProof,
    what: &str,
    client: &Client,
) -> Result<(Person, Option<Factor>), NotProved> {
    let person = Box::pin(first_factor(context, user, proof, what, client)).await?;
    if !person.second_factor.is_on() {
        return Ok((person, None));
    }
    let code = proof.code.as_ref().ok_or(NotProved::CodeMissing)?;
    let (second_factor, factor) = accepted(context, user, person.second_factor, code, client).await.map_err(of_code)?;
    Ok((Person { second_factor, ..person }, Some(factor)))
}

/// The account of a person who proved the first factor, to turn the second one on.
pub(crate) async fn first_factor(
    context: &Context,
    user: &UserId,
    proof: &OwnerProof,
    what: &str,
    client: &Client,
) -> Result<Person, NotProved> {
    let person = context.store().person(user).await?.ok_or(NotProved::WrongPassword)?;
    let (hash, now) = (person.credentials.password.as_ref(), context.now());
    let password = match ownership::first_half(hash.is_some(), proof.password.as_ref(), proof.session.as_ref(), now)? {
        FirstHalf::FreshSignIn => return Ok(person),
        FirstHalf::Password(password) => password,
    };
    let attempt = Box::pin(Attempt::count(context, &person.profile.email, client)).await??;
    let Ok(passwords) = context.get::<Passwords>().await;
    let is_right = passwords.verify(password, hash);
    runtime::pause(attempt.pause).await;
    if !is_right {
        trail::refused(context, Some(user), &format!("wrong password for {what}"), client).await;
        return Err(NotProved::WrongPassword);
    }
    Box::pin(attempt.take_back(context)).await?;
    Ok(person)
}

fn of_code(reason: SecondFactorError) -> NotProved {
    match reason {
        SecondFactorError::TooMany(too_many) => too_many.into(),
        SecondFactorError::Store(error) => error.into(),
        // It was turned off, or changed, a moment ago.
        _ => NotProved::WrongCode,
    }
}
