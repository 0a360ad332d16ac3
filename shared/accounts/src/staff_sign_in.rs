//! The sign-in of staff: in two steps, always. A first password must be replaced, and a second factor turned on, before
//! the first session.

use crate::{
    Challenge, Client, Enrolment, IssuedTokens, NotReset, NotSignedIn, SecondFactorError,
    entrance::{self, Entrant},
    reset, second_factor, sign_in,
};
use domain::{
    EmailAddress, Timestamp, UserId,
    account::{Allowed, BackupCode, Factor, FactorCode, Factors, OneTimeText, Password, Realm, SignIn},
};
use runtime::Context;
use store::{Person, Spent};

/// What a person of the staff does next to sign in.
#[derive(Clone, Debug)]
pub enum StaffStep {
    /// Replace the first password, and sign in again.
    ReplacePassword(Challenge),
    /// Turn the second factor on.
    Enrol(Challenge),
    /// Enter a code.
    EnterCode(Challenge),
}

/// The first step: address and password. A person without a role gets the answer to a wrong password.
pub async fn staff_sign_in(
    context: &Context,
    email: &EmailAddress,
    password: &Password,
    client: &Client,
) -> Result<StaffStep, NotSignedIn> {
    let now = context.now();
    let why_not = |Person { profile, credentials, .. }: &Person| {
        if profile.role.is_none() {
            Some("not of the staff")
        } else if credentials.replace_until.is_some_and(|until| until <= now) {
            Some("the first password is too old")
        } else {
            None
        }
    };
    let person = sign_in::known(context, email, password, client, why_not).await?;
    let person = person.ok_or(NotSignedIn::WrongCredentials)?;
    let (profile, credentials) = (&person.profile, &person.credentials);
    entrance::refuse_disabled(context, profile, client).await?;
    let (user_id, version) = (profile.user_id.clone(), profile.token_version);
    if credentials.replace_until.is_some() {
        let allowed = Allowed::ReplaceFirstPassword { user_id, version: credentials.version };
        return Ok(StaffStep::ReplacePassword(Challenge::new(context, &allowed).await?));
    }
    if !person.second_factor.is_on() {
        return Ok(StaffStep::Enrol(Challenge::new(context, &Allowed::Enrol { user_id, version }).await?));
    }
    let allowed = Allowed::EnterCode { user_id, version, sign_in: SignIn::Password, realm: Realm::Staff };
    Ok(StaffStep::EnterCode(Challenge::new(context, &allowed).await?))
}

/// Replaces a first password. The person then signs in with the new one.
pub async fn replace_first_password(
    context: &Context,
    token: &OneTimeText,
    new: Password,
    client: &Client,
) -> Result<(), NotReset> {
    let allowed = context.store().accounts().allowed_by(token, context.now()).await?;
    let Some(Allowed::ReplaceFirstPassword { user_id, version }) = allowed else { return Err(NotReset::NotValid) };
    let profile = reset::profile(context, &user_id).await?;
    reset::set(context, &profile, version, new, client).await
}

/// Proposes a secret for an app, until the time that is returned.
pub async fn enrol_staff(context: &Context, token: &OneTimeText) -> Result<(Enrolment, Timestamp), NotSignedIn> {
    let (user_id, person) = enrolling(context, token).await?;
    Ok(second_factor::propose(context, &user_id, person).await?)
}

/// Turns the second factor on with the first code of the app, and starts the session.
pub async fn confirm_staff(
    context: &Context,
    token: &OneTimeText,
    code: &FactorCode,
    client: &Client,
) -> Result<(IssuedTokens, Vec<BackupCode>), NotSignedIn> {
    let (user_id, Person { profile, second_factor, .. }) = enrolling(context, token).await?;
    let codes = second_factor::turn_on(context, &user_id, second_factor, code, client).await?;
    let factors = Factors { sign_in: SignIn::Password, second_factor: Some(Factor::App) };
    let entrant = Entrant { profile: &profile, realm: Realm::Staff, factors };
    let issued = entrance::enter(context, entrant, Spent { tokens: &[token], passkeys: None }, client).await?;
    Ok((issued, codes))
}

/// The person who may turn the second factor on with this token.
async fn enrolling(context: &Context, token: &OneTimeText) -> Result<(UserId, Person), NotSignedIn> {
    let allowed = context.store().accounts().allowed_by(token, context.now()).await?;
    let Some(Allowed::Enrol { user_id, version }) = allowed else { return Err(NotSignedIn::TooLate) };
    let person = context.store().person(&user_id).await?;
    let person = person.filter(|person| person.profile.token_version == version && person.profile.role.is_some());
    let person = person.ok_or(NotSignedIn::TooLate)?;
    if person.second_factor.is_on() {
        return Err(SecondFactorError::IsOn.into());
    }
    Ok((user_id, person))
}
