//! Sign-in with address and password.

use crate::{
    Challenge, Client, IssuedTokens, PasskeyError, Passwords, SecondFactorError, TooMany, entrance,
    signing::SigningError, throttle::Attempt, trail,
};
use domain::{
    EmailAddress, Timestamp, UserId,
    account::{Password, SignIn},
};
use runtime::Context;
use std::time::Duration;
use store::{Person, StoreError};
use thiserror::Error;

/// The shortest pause before the answer to a wrong password. It is longer than the write of a line takes.
const REFUSAL: Duration = Duration::from_millis(50);

/// Why nobody was signed in.
#[derive(Debug, Error)]
pub enum NotSignedIn {
    /// No account has this address and password. It says no more.
    #[error("wrong address or password")]
    WrongCredentials,
    /// The password is that of a registration whose address is not yet proved.
    #[error("the address is not yet proved")]
    NotVerified,
    /// The account is closed or blocked.
    #[error("the account can't be used")]
    Disabled,
    /// The second factor is on, so a code is still needed.
    #[error("a code is needed")]
    NeedsCode(Challenge),
    /// The challenge of the first step was used, or its time is over.
    #[error("the challenge is not valid")]
    TooLate,
    /// The code was not accepted.
    #[error(transparent)]
    Code(#[from] SecondFactorError),
    /// The passkey was not accepted.
    #[error(transparent)]
    Passkey(#[from] PasskeyError),
    /// What the sign-in uses up was used by another request.
    #[error("another request was faster")]
    Spent,
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

/// Signs a person in. The same is read and computed whether the address has an account or not. The password of an open
/// registration is recognised in both cases, too, so that registering tells nothing about an address.
pub async fn sign_in(
    context: &Context,
    email: &EmailAddress,
    password: &Password,
    client: &Client,
) -> Result<IssuedTokens, NotSignedIn> {
    // A first password opens nothing but its own replacement.
    let why_not = |person: &Person| person.credentials.replace_until.map(|_| "a first password");
    match known(context, email, password, client, why_not).await? {
        Some(person) => entrance::admit(context, &person, SignIn::Password, client).await,
        None => Err(NotSignedIn::NotVerified),
    }
}

/// The person with this address and password; `None` if they are those of an open registration. A person of whom
/// `why_not` says why they may not enter here is refused, and counted, as if the password were wrong.
pub(crate) async fn known(
    context: &Context,
    email: &EmailAddress,
    password: &Password,
    client: &Client,
    why_not: impl Fn(&Person) -> Option<&'static str>,
) -> Result<Option<Person>, NotSignedIn> {
    let attempt = Box::pin(Attempt::count(context, email, client)).await??;
    let (owner, registration) = context.store().accounts().owner_and_registration(email).await?;
    let registration = registration.filter(|registration| registration.is_open(context.now()));
    // Without an owner, the record of nobody is read, which takes as long.
    let user = owner.unwrap_or_else(|| UserId::new(Timestamp::default(), 0));
    let found = context.store().person(&user).await?;
    // The registration that made the account is not an open one.
    let made = found.as_ref().and_then(|person| person.profile.registration_id.as_ref());
    let registration = registration.filter(|registration| Some(&registration.registration_id) != made);
    let Ok(passwords) = context.get::<Passwords>().await;
    let of_account = found.as_ref().and_then(|person| person.credentials.password.as_ref());
    let of_registration = registration.as_ref().map(|registration| &registration.password);
    let is_account = passwords.verify(password, of_account);
    let is_registration = passwords.verify(password, of_registration);
    let refusal = match &found {
        Some(person) if is_account => why_not(person),
        _ if is_registration => None,
        _ => Some("wrong password"),
    };
    if let Some(refusal) = refusal {
        let known = found.as_ref().map(|person| &person.profile.user_id);
        // The line of a known account is written during the pause, so no duration tells whether there is one.
        let pause = runtime::pause(attempt.pause.max(REFUSAL));
        tokio::join!(pause, trail::refused(context, known, refusal, client));
        return Err(NotSignedIn::WrongCredentials);
    }
    runtime::pause(attempt.pause).await;
    Box::pin(attempt.take_back(context)).await?;
    Ok(found.filter(|_| is_account))
}
