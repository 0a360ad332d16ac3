//! A new password for a person who is signed in.

use crate::{
    Client, IssuedTokens, Passwords, StrongPassword, Weakness,
    letters::{self, LetterOrder},
    prove::{self, NotProved, OwnerProof},
    sessions,
    signing::SigningError,
    trail,
};
use domain::{
    UserId,
    account::{Factors, Password, Realm, SignIn},
    audit::Action,
};
use runtime::Context;
use store::StoreError;
use thiserror::Error;

/// Why the password was not changed.
#[derive(Debug, Error)]
pub enum NotChanged {
    /// The person did not prove to be the owner.
    #[error(transparent)]
    NotProved(#[from] NotProved),
    /// The new password is not accepted.
    #[error(transparent)]
    Weak(#[from] Weakness),
    /// The password was changed by another request.
    #[error("the password changed meanwhile")]
    Changed,
    /// No token can be made.
    #[error(transparent)]
    Signing(#[from] SigningError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Changes the password. All sessions end, and a new one starts for the person who did it.
pub async fn change_password(
    context: &Context,
    user: &UserId,
    proof: &OwnerProof,
    new: Password,
    client: &Client,
) -> Result<IssuedTokens, NotChanged> {
    let (person, second_factor) = Box::pin(prove::owner(context, user, proof, "a new password", client)).await?;
    let new = StrongPassword::judge(new, &person.profile.email)?;
    let now = context.now();
    let Ok(passwords) = context.get::<Passwords>().await;
    let hash = passwords.hash(new.password());
    let line = trail::line(context, user, Action::PasswordChanged, user.as_str(), client);
    if !context.store().set_password(user, hash, Some(person.credentials.version), &line).await? {
        return Err(NotChanged::Changed);
    }
    letters::tell(context, &LetterOrder::PasswordChanged { user_id: user.clone(), at: now }).await;
    // The version that the change made.
    let profile = store::Profile { token_version: person.profile.token_version + 1, ..person.profile };
    let factors = Factors { sign_in: SignIn::Password, second_factor };
    Ok(sessions::start(context, &profile, (Realm::Customer, factors), client).await?)
}
