//! A new passkey of a person who is signed in.

use super::{
    ATTEMPTS, Options, PasskeyError,
    relying_party::RelyingParty,
    webauthn::{self, Made, NewCredential},
};
use crate::{
    Client, OwnerProof,
    letters::{self, LetterOrder},
    prove, trail,
};
use domain::{
    PasskeyId, UserId,
    access::KeyName,
    account::{Allowed, OneTimeText, Passkey, Passkeys},
    audit::Action,
};
use runtime::Context;
use store::PasskeysWritten;

/// Begins to add a passkey. The challenge is kept for five minutes.
pub async fn start_adding(
    context: &Context,
    user: &UserId,
    proof: &OwnerProof,
    client: &Client,
) -> Result<Options, PasskeyError> {
    let party = RelyingParty::new(context)?;
    let passkeys: Passkeys = context.store().record(user, &()).await?.unwrap_or_default();
    passkeys.check_room()?;
    let (person, _) = prove::owner(context, user, proof, "a passkey", client).await?;
    let begun = webauthn::begin_adding(&party, user, person.profile.email.as_str(), &passkeys)?;
    let allowed = Allowed::AddPasskey { user_id: user.clone(), asked: begun.asked };
    context.store().accounts().put_one_time(&begun.challenge, &allowed, context.now()).await?;
    Ok(begun.options)
}

/// Adds the passkey of this answer, and tells the person by a letter. Of two requests with one answer, one adds it.
pub async fn add_passkey(
    context: &Context,
    user: &UserId,
    answer: &str,
    name: KeyName,
    client: &Client,
) -> Result<Passkey, PasskeyError> {
    let (party, made) = (RelyingParty::new(context)?, Made::read(answer)?);
    let challenge = made.challenge()?;
    let now = context.now();
    let passkey_id = PasskeyId::new(now, context.random());
    for _ in 0..ATTEMPTS {
        let asked = asked_of(context, user, &challenge).await?;
        let NewCredential { credential, public_key, transports, state } = made.verify(&party, &asked)?;
        let passkey = Passkey {
            passkey_id: passkey_id.clone(),
            name: name.clone(),
            credential,
            public_key,
            transports,
            state,
            created_at: now,
            used_at: None,
        };
        let passkeys: Passkeys = context.store().record(user, &()).await?.unwrap_or_default();
        let next = passkeys.with(passkey.clone())?;
        let line = trail::line(context, user, Action::PasskeyAdded, passkey_id.as_str(), client);
        match context.store().add_passkey(user, &next, &passkey.credential, &challenge, &line).await? {
            PasskeysWritten::Done => {
                let letter = LetterOrder::PasskeyChanged { user_id: user.clone(), name, added: true, at: now };
                letters::tell(context, &letter).await;
                return Ok(passkey);
            }
            PasskeysWritten::Taken => return Err(PasskeyError::Taken),
            PasskeysWritten::Changed => {}
        }
    }
    Err(PasskeyError::Changed)
}

/// What this challenge asked this person's device.
async fn asked_of(context: &Context, user: &UserId, challenge: &OneTimeText) -> Result<String, PasskeyError> {
    match context.store().accounts().allowed_by(challenge, context.now()).await? {
        Some(Allowed::AddPasskey { user_id, asked }) if user_id == *user => Ok(asked),
        _ => Err(PasskeyError::Over),
    }
}
