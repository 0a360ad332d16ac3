//! Sign-in with address and password.

use crate::{
    Client, IssuedTokens, Passwords, TooMany,
    letters::{LetterOrder, tell},
    sessions,
    signing::SigningError,
    throttle::Attempt,
    trail,
};
use domain::{
    EmailAddress, Timestamp, UserId,
    account::{Password, Registration, SignIn},
    audit::Action,
};
use runtime::Context;
use std::time::Duration;
use store::{Credentials, Profile, StoreError};
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

/// Signs a person in. The same is read and computed whether the address has an account or not.
pub async fn sign_in(
    context: &Context,
    email: &EmailAddress,
    password: &Password,
    client: Client,
) -> Result<IssuedTokens, NotSignedIn> {
    let attempt = Attempt::of(email, &client);
    let pause = Box::pin(attempt.count(context)).await??;
    let (owner, registration) = context.store().accounts().owner_and_registration(email).await?;
    let registration = registration.filter(|registration| registration.is_open(context.now()));
    // Without an owner, the record of nobody is read, which takes as long.
    let user = owner.unwrap_or_else(|| UserId::new(Timestamp::default(), 0));
    let found = context.store().profile_and_credentials(&user).await?;
    let Ok(passwords) = context.get::<Passwords>().await;
    let is_right = passwords.verify(password, expected(found.as_ref(), registration.as_ref()));
    if !is_right {
        let known = found.as_ref().map(|(profile, _)| &profile.user_id);
        // The line of a known account is written during the pause, so no duration tells whether there is one.
        tokio::join!(runtime::pause(pause.max(REFUSAL)), trail::refused(context, known, "wrong password", &client));
        return Err(NotSignedIn::WrongCredentials);
    }
    runtime::pause(pause).await;
    Box::pin(attempt.take_back(context)).await?;
    let Some((profile, _)) = found else { return Err(NotSignedIn::NotVerified) };
    if !profile.active {
        trail::refused(context, Some(&profile.user_id), "the account is disabled", &client).await;
        return Err(NotSignedIn::Disabled);
    }
    let known = context.store().accounts().sessions(&profile.user_id).await?;
    let is_new = !known.is_empty() && !known.iter().any(|session| session.device == client.source.device);
    let issued = sessions::start(context, &profile, SignIn::Password, client.clone()).await?;
    trail::add(context, &profile.user_id, Action::SignIn, issued.session.session_id.as_str(), &client).await;
    if is_new {
        let Client { source, network, .. } = client;
        let device = source.device;
        tell(context, LetterOrder::NewSignIn { user_id: profile.user_id, at: context.now(), device, network }).await;
    }
    Ok(issued)
}

/// The hash that the password must have: that of the account, or of a registration without one.
fn expected<'a>(
    found: Option<&'a (Profile, Credentials)>,
    registration: Option<&'a Registration>,
) -> Option<&'a domain::account::PasswordHash> {
    match found {
        Some((_, credentials)) => credentials.password.as_ref(),
        None => registration.map(|registration| &registration.password),
    }
}
