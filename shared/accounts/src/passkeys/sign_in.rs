//! Sign-ins with a passkey. The challenge, the passkey's counter and the session are one transaction: of two requests
//! with one answer, one starts a session.

use super::{
    ATTEMPTS, PasskeyError, Refusal,
    use_passkey::{self, Verified},
    webauthn::Used,
};
use crate::{
    Client, IssuedTokens, NotSignedIn,
    entrance::{self, Entrant},
};
use domain::account::{Factor, Factors, OneTimeText, Realm, SignIn};
use runtime::Context;
use store::Spent;

/// Signs in whoever's passkey answered. No code is asked for: the device has checked its person.
pub async fn sign_in_with_passkey(
    context: &Context,
    answer: &str,
    client: &Client,
) -> Result<IssuedTokens, NotSignedIn> {
    let used = Used::read(answer)?;
    for _ in 0..ATTEMPTS {
        let Verified { person, challenge, passkeys } = use_passkey::verified(context, &used, client).await?;
        let spent = Spent { tokens: &[&challenge], passkeys: Some(&passkeys) };
        match entrance::admit_spending(context, &person, SignIn::Passkey, spent, client).await {
            Err(NotSignedIn::Spent) => {}
            entered => return entered,
        }
    }
    Err(PasskeyError::Changed.into())
}

/// The second step of a sign-in, with a passkey in place of a code. It must be one of the account of the first step.
pub async fn sign_in_with_second_passkey(
    context: &Context,
    token: &OneTimeText,
    answer: &str,
    client: &Client,
) -> Result<IssuedTokens, NotSignedIn> {
    let used = Used::read(answer)?;
    for _ in 0..ATTEMPTS {
        let (first, sign_in) = entrance::first_step(context, Realm::Customer, token, client).await?;
        let Verified { person, challenge, passkeys } = use_passkey::verified(context, &used, client).await?;
        if person.profile.user_id != first.profile.user_id {
            return Err(use_passkey::refused(context, Refusal::OtherAccount, None, client).await.into());
        }
        let factors = Factors { sign_in, second_factor: Some(Factor::Passkey) };
        let entrant = Entrant { profile: &first.profile, realm: Realm::Customer, factors };
        let spent = Spent { tokens: &[token, &challenge], passkeys: Some(&passkeys) };
        match entrance::enter(context, entrant, spent, client).await {
            Err(NotSignedIn::Spent) => {}
            entered => return entered,
        }
    }
    Err(PasskeyError::Changed.into())
}
