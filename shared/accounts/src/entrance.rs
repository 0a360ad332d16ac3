//! What follows once somebody proved who they are: a code, if the second factor is on, and a session.

use crate::{
    Client, IssuedTokens, NotSignedIn,
    letters::{self, LetterOrder},
    reset::new_one_time,
    second_factor, sessions, trail,
};
use domain::{
    Timestamp,
    account::{Allowed, FactorCode, OneTimeText, Proof, SignIn},
    audit::Action,
};
use runtime::Context;
use store::{Person, Profile};

/// The newest sessions among which a device is known.
const KNOWN_SESSIONS: i32 = 20;

/// The second step of a sign-in is to come. Its token proves the first one.
#[derive(Clone, Debug)]
pub struct Challenge {
    /// The token, which is secret.
    pub token: OneTimeText,
    /// The end of its time.
    pub ends_at: Timestamp,
}

/// Lets somebody in who proved to be this person: with a session, or with the challenge for a code.
pub(crate) async fn admit(
    context: &Context,
    person: &Person,
    sign_in: SignIn,
    client: &Client,
) -> Result<IssuedTokens, NotSignedIn> {
    let profile = &person.profile;
    refuse_disabled(context, profile, client).await?;
    if !person.second_factor.is_on() {
        return enter(context, profile, Proof { sign_in, second_factor: None }, client).await;
    }
    let version = profile.token_version;
    let allowed = Allowed::EnterCode { user_id: profile.user_id.clone(), version, sign_in };
    let ends_at = context.now().plus(allowed.lifetime());
    let token = new_one_time(context, &allowed).await?;
    Err(NotSignedIn::NeedsCode(Challenge { token, ends_at }))
}

/// The second step of a sign-in. The token works once; a wrong code does not use it up.
pub async fn sign_in_with_code(
    context: &Context,
    token: &OneTimeText,
    code: &FactorCode,
    client: &Client,
) -> Result<IssuedTokens, NotSignedIn> {
    let accounts = context.store().accounts();
    let allowed = accounts.allowed_by(token, context.now()).await?;
    let Some(Allowed::EnterCode { user_id, version, sign_in }) = allowed else { return Err(NotSignedIn::TooLate) };
    // A new password, a sign-out everywhere or a ban since the first step ends the second.
    let person = context.store().person(&user_id).await?.filter(|person| person.profile.token_version == version);
    let Some(Person { profile, second_factor, .. }) = person else { return Err(NotSignedIn::TooLate) };
    refuse_disabled(context, &profile, client).await?;
    let (_, factor) = second_factor::accepted(context, &user_id, second_factor, code, client).await?;
    if !accounts.spend_one_time(token).await? {
        return Err(NotSignedIn::TooLate);
    }
    enter(context, &profile, Proof { sign_in, second_factor: Some(factor) }, client).await
}

/// Starts a session, and tells the person about a new device.
async fn enter(
    context: &Context,
    profile: &Profile,
    proof: Proof,
    client: &Client,
) -> Result<IssuedTokens, NotSignedIn> {
    let known = context.store().accounts().sessions(&profile.user_id, KNOWN_SESSIONS).await?;
    let is_new = !known.is_empty() && !known.iter().any(|session| session.device == client.source.device);
    let issued = sessions::start(context, profile, proof, client).await?;
    trail::add(context, &profile.user_id, Action::SignIn, issued.session.session_id.as_str(), client).await;
    if is_new {
        let (device, network) = (client.source.device.clone(), client.network());
        let user_id = profile.user_id.clone();
        letters::tell(context, &LetterOrder::NewSignIn { user_id, at: context.now(), device, network }).await;
    }
    Ok(issued)
}

async fn refuse_disabled(context: &Context, profile: &Profile, client: &Client) -> Result<(), NotSignedIn> {
    if profile.active {
        return Ok(());
    }
    trail::refused(context, Some(&profile.user_id), "the account is disabled", client).await;
    Err(NotSignedIn::Disabled)
}
