//! What follows once somebody proved who they are: a code, if the second factor is on, and a session.

use crate::{
    Client, IssuedTokens, NotSignedIn,
    letters::{self, LetterOrder},
    reset::new_one_time,
    second_factor, sessions, trail,
};
use domain::{
    Timestamp,
    account::{Allowed, FactorCode, Factors, OneTimeText, Realm, SignIn},
    audit::Action,
};
use runtime::Context;
use store::{Person, Profile, Spent, StoreError};

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

impl Challenge {
    /// A new challenge, whose token allows this.
    pub(crate) async fn new(context: &Context, allowed: &Allowed) -> Result<Self, StoreError> {
        let ends_at = context.now().plus(allowed.lifetime());
        Ok(Self { token: new_one_time(context, allowed).await?, ends_at })
    }
}

/// Who enters where, and what proved it.
pub(crate) struct Entrant<'a> {
    pub(crate) profile: &'a Profile,
    pub(crate) realm: Realm,
    pub(crate) factors: Factors,
}

/// Lets somebody in who proved to be this person: with a session, or with the challenge for a code.
pub(crate) async fn admit(
    context: &Context,
    person: &Person,
    sign_in: SignIn,
    client: &Client,
) -> Result<IssuedTokens, NotSignedIn> {
    admit_spending(context, person, sign_in, Spent::default(), client).await
}

/// The same, for a first step that is used up with the session. A challenge for a code uses nothing up.
pub(crate) async fn admit_spending(
    context: &Context,
    person: &Person,
    sign_in: SignIn,
    spent: Spent<'_>,
    client: &Client,
) -> Result<IssuedTokens, NotSignedIn> {
    let profile = &person.profile;
    refuse_disabled(context, profile, client).await?;
    if !person.second_factor.is_on() || sign_in.is_two_factors() {
        let factors = Factors { sign_in, second_factor: None };
        return enter(context, Entrant { profile, realm: Realm::Customer, factors }, spent, client).await;
    }
    let version = profile.token_version;
    let allowed = Allowed::EnterCode { user_id: profile.user_id.clone(), version, sign_in, realm: Realm::Customer };
    Err(NotSignedIn::NeedsCode(Challenge::new(context, &allowed).await?))
}

/// The second step of a sign-in to this realm. The token works once; a wrong code does not use it up.
pub async fn sign_in_with_code(
    context: &Context,
    realm: Realm,
    token: &OneTimeText,
    code: &FactorCode,
    client: &Client,
) -> Result<IssuedTokens, NotSignedIn> {
    let (Person { profile, second_factor, .. }, sign_in) = first_step(context, realm, token, client).await?;
    let (_, factor) = second_factor::accepted(context, &profile.user_id, second_factor, code, client).await?;
    let factors = Factors { sign_in, second_factor: Some(factor) };
    let spent = Spent { tokens: &[token], passkeys: None };
    enter(context, Entrant { profile: &profile, realm, factors }, spent, client).await
}

/// Who took the first step of a sign-in to this realm, and how.
pub(crate) async fn first_step(
    context: &Context,
    realm: Realm,
    token: &OneTimeText,
    client: &Client,
) -> Result<(Person, SignIn), NotSignedIn> {
    let allowed = context.store().accounts().allowed_by(token, context.now()).await?;
    let Some(Allowed::EnterCode { user_id, version, sign_in, realm: of }) = allowed else {
        return Err(NotSignedIn::TooLate);
    };
    if of != realm {
        return Err(NotSignedIn::TooLate);
    }
    // A new password, a sign-out everywhere or a ban since the first step ends the second.
    let person = context.store().person(&user_id).await?.filter(|person| person.profile.token_version == version);
    let person = person.ok_or(NotSignedIn::TooLate)?;
    refuse_disabled(context, &person.profile, client).await?;
    Ok((person, sign_in))
}

/// Starts a session, in one transaction with what the sign-in uses up, and tells the person about a new device.
pub(crate) async fn enter(
    context: &Context,
    Entrant { profile, realm, factors }: Entrant<'_>,
    spent: Spent<'_>,
    client: &Client,
) -> Result<IssuedTokens, NotSignedIn> {
    let known = context.store().accounts().sessions(&profile.user_id, KNOWN_SESSIONS).await?;
    let is_new = !known.is_empty() && !known.iter().any(|session| session.device == client.source.device);
    let issued = sessions::new(context, profile, (realm, factors), client).await?;
    if !context.store().start_session(&issued.session, spent).await? {
        return Err(NotSignedIn::Spent);
    }
    trail::add(context, &profile.user_id, Action::SignIn, issued.session.session_id.as_str(), client).await;
    if is_new {
        let (device, network) = (client.source.device.clone(), client.network());
        let user_id = profile.user_id.clone();
        letters::tell(context, &LetterOrder::NewSignIn { user_id, at: context.now(), device, network }).await;
    }
    Ok(issued)
}

pub(crate) async fn refuse_disabled(context: &Context, profile: &Profile, client: &Client) -> Result<(), NotSignedIn> {
    if profile.active {
        return Ok(());
    }
    trail::refused(context, Some(&profile.user_id), "the account is disabled", client).await;
    Err(NotSignedIn::Disabled)
}
