//! Sign-in with address and password.

use crate::{
    Client, IssuedTokens, Passwords, TooMany,
    letters::{self, LetterOrder},
    sessions,
    signing::SigningError,
    throttle::Attempt,
    trail,
};
use domain::{
    EmailAddress, Timestamp, UserId,
    account::{Password, SignIn},
    audit::Action,
};
use runtime::Context;
use std::time::Duration;
use store::StoreError;
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

/// The newest sessions among which a device is known.
const KNOWN_SESSIONS: i32 = 20;

/// Signs a person in. The same is read and computed whether the address has an account or not. The password of an open
/// registration is recognised in both cases, too, so that registering tells nothing about an address.
pub async fn sign_in(
    context: &Context,
    email: &EmailAddress,
    password: &Password,
    client: &Client,
) -> Result<IssuedTokens, NotSignedIn> {
    let attempt = Box::pin(Attempt::count(context, email, client)).await??;
    let (owner, registration) = context.store().accounts().owner_and_registration(email).await?;
    let registration = registration.filter(|registration| registration.is_open(context.now()));
    // Without an owner, the record of nobody is read, which takes as long.
    let user = owner.unwrap_or_else(|| UserId::new(Timestamp::default(), 0));
    let found = context.store().profile_and_credentials(&user).await?;
    // The registration that made the account is not an open one.
    let made = found.as_ref().and_then(|(profile, _)| profile.registration_id.as_ref());
    let registration = registration.filter(|registration| Some(&registration.registration_id) != made);
    let Ok(passwords) = context.get::<Passwords>().await;
    let of_account = found.as_ref().and_then(|(_, credentials)| credentials.password.as_ref());
    let of_registration = registration.as_ref().map(|registration| &registration.password);
    let is_account = passwords.verify(password, of_account);
    let is_registration = passwords.verify(password, of_registration);
    if !is_account && !is_registration {
        let known = found.as_ref().map(|(profile, _)| &profile.user_id);
        // The line of a known account is written during the pause, so no duration tells whether there is one.
        let pause = runtime::pause(attempt.pause.max(REFUSAL));
        tokio::join!(pause, trail::refused(context, known, "wrong password", client));
        return Err(NotSignedIn::WrongCredentials);
    }
    runtime::pause(attempt.pause).await;
    Box::pin(attempt.take_back(context)).await?;
    let Some((profile, _)) = found.filter(|_| is_account) else { return Err(NotSignedIn::NotVerified) };
    if !profile.active {
        trail::refused(context, Some(&profile.user_id), "the account is disabled", client).await;
        return Err(NotSignedIn::Disabled);
    }
    let known = context.store().accounts().sessions(&profile.user_id, KNOWN_SESSIONS).await?;
    let is_new = !known.is_empty() && !known.iter().any(|session| session.device == client.source.device);
    let issued = sessions::start(context, &profile, SignIn::Password, client).await?;
    trail::add(context, &profile.user_id, Action::SignIn, issued.session.session_id.as_str(), client).await;
    if is_new {
        let (device, network) = (client.source.device.clone(), client.network());
        let letter = LetterOrder::NewSignIn { user_id: profile.user_id, at: context.now(), device, network };
        letters::tell(context, &letter).await;
    }
    Ok(issued)
}
