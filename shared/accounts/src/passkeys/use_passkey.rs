//! A passkey that proves who somebody is: as the only step of a sign-in, or as its second one.

use super::{
    Options, PasskeyError, Refusal,
    relying_party::RelyingParty,
    webauthn::{self, Used},
};
use crate::{Client, trail};
use domain::account::{Allowed, OneTimeText, Passkeys};
use runtime::Context;
use store::Person;

/// A person whose passkey was verified. It is used up with the session that follows.
pub(super) struct Verified {
    pub(super) person: Person,
    /// The token of the challenge that was answered.
    pub(super) challenge: OneTimeText,
    /// The next version of the account's passkeys.
    pub(super) passkeys: Passkeys,
}

/// Begins to use a passkey. The options are the same for everybody: the device knows the account. The challenge is kept
/// for five minutes.
pub async fn start_using(context: &Context) -> Result<Options, PasskeyError> {
    let begun = webauthn::begin_using(&RelyingParty::new(context)?)?;
    let allowed = Allowed::UsePasskey { asked: begun.asked };
    context.store().accounts().put_one_time(&begun.challenge, &allowed, context.now()).await?;
    Ok(begun.options)
}

/// Verifies the answer of a device. A refusal does not use the challenge up.
pub(super) async fn verified(context: &Context, used: &Used, client: &Client) -> Result<Verified, PasskeyError> {
    let party = RelyingParty::new(context)?;
    let challenge = used.challenge()?;
    let allowed = context.store().accounts().allowed_by(&challenge, context.now()).await?;
    let Some(Allowed::UsePasskey { asked }) = allowed else { return Err(PasskeyError::Over) };
    let owner = used.user();
    let (person, passkeys) = context.store().person_with_passkeys(&owner).await?;
    let known = passkeys.of(&used.credential()).cloned();
    let Some((person, passkey)) = person.zip(known) else {
        return Err(refused(context, Refusal::Unknown, None, client).await);
    };
    match used.verify(&party, &asked, &owner, &passkey) {
        Ok(state) => {
            let passkeys = passkeys.after_use(&passkey.passkey_id, state, context.now());
            Ok(Verified { person, challenge, passkeys })
        }
        Err(PasskeyError::Refused(refusal)) => Err(refused(context, refusal, Some(&person), client).await),
        Err(error) => Err(error),
    }
}

/// Counts a refusal. The account's trail has a line only if its passkey signed: anybody can name an account.
pub(super) async fn refused(
    context: &Context,
    refusal: Refusal,
    person: Option<&Person>,
    client: &Client,
) -> PasskeyError {
    let user = person.filter(|_| refusal.is_proved()).map(|person| &person.profile.user_id);
    trail::refused(context, user, &refusal.to_string(), client).await;
    refusal.into()
}
