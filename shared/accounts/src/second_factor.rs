//! The second factor: turned on with an app, turned off, new backup codes; and the check of a code.

use crate::{
    Client, Enrolment, NotProved, OwnerProof, TooMany,
    letters::{self, LetterOrder},
    prove, throttle, totp, trail,
};
use domain::{
    Timestamp, UserId,
    account::{BACKUP_CODES, BackupCode, Factor, FactorCode, SecondFactor},
    audit::Action,
};
use runtime::{Context, random_bytes};
use store::{Person, StoreError};
use thiserror::Error;

/// Why a second factor was not changed, or a code not accepted.
#[derive(Debug, Error)]
pub enum SecondFactorError {
    /// It is on already.
    #[error("the second factor is on")]
    IsOn,
    /// It is off.
    #[error("the second factor is off")]
    IsOff,
    /// A person of the staff can't be without it.
    #[error("staff need a second factor")]
    NeededByStaff,
    /// No secret waits for its first code.
    #[error("no secret waits for its first code")]
    NotProposed,
    /// The code is wrong, or was used before.
    #[error("wrong code")]
    WrongCode,
    /// Another request changed it meanwhile.
    #[error("the second factor changed meanwhile")]
    Changed,
    /// Too many wrong codes.
    #[error(transparent)]
    TooMany(#[from] TooMany),
    /// The person did not prove to be the owner.
    #[error(transparent)]
    NotProved(#[from] NotProved),
    /// No code for an app can be made: a defect.
    #[error("no code can be made: {0}")]
    Code(String),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Proposes a secret for an app, until the time that is returned. The first code of the app turns the second factor on.
pub async fn propose_second_factor(
    context: &Context,
    user: &UserId,
    proof: &OwnerProof,
    client: &Client,
) -> Result<(Enrolment, Timestamp), SecondFactorError> {
    let person = Box::pin(prove::first_factor(context, user, proof, "a second factor", client)).await?;
    propose(context, user, person).await
}

/// Proposes a secret to this person, in place of an earlier one.
pub(crate) async fn propose(
    context: &Context,
    user: &UserId,
    Person { profile, second_factor, .. }: Person,
) -> Result<(Enrolment, Timestamp), SecondFactorError> {
    if second_factor.is_on() {
        return Err(SecondFactorError::IsOn);
    }
    let enrolment = totp::enrol(&profile.email)?;
    let (proposed, ends_at) = second_factor.proposing(enrolment.secret.clone(), context.now());
    if context.store().put_second_factor(user, &proposed, None).await? {
        Ok((enrolment, ends_at))
    } else {
        Err(SecondFactorError::Changed)
    }
}

/// Turns the second factor on. Returns the backup codes, which are never shown again.
pub async fn confirm_second_factor(
    context: &Context,
    user: &UserId,
    code: &FactorCode,
    client: &Client,
) -> Result<Vec<BackupCode>, SecondFactorError> {
    let current: SecondFactor = context.store().record(user, &()).await?.unwrap_or_default();
    turn_on(context, user, current, code, client).await
}

/// Turns the second factor on with the first code of the app. Returns the backup codes.
pub(crate) async fn turn_on(
    context: &Context,
    user: &UserId,
    current: SecondFactor,
    code: &FactorCode,
    client: &Client,
) -> Result<Vec<BackupCode>, SecondFactorError> {
    let now = context.now();
    let secret = current.proposed(now).ok_or(SecondFactorError::NotProposed)?.clone();
    let attempt = Box::pin(throttle::code(context, user)).await??;
    let FactorCode::App(digits) = code else { return Err(SecondFactorError::WrongCode) };
    let step = totp::step_of(&secret, digits, now).ok_or(SecondFactorError::WrongCode)?;
    let codes = new_backup_codes();
    let next = current.confirmed(step, &codes, now).ok_or(SecondFactorError::NotProposed)?;
    let line = trail::line(context, user, Action::TwoFactorEnabled, user.as_str(), client);
    if !context.store().put_second_factor(user, &next, Some(&line)).await? {
        return Err(SecondFactorError::Changed);
    }
    Box::pin(attempt.take_back(context)).await?;
    tell(context, user, true, now).await;
    Ok(codes)
}

/// Turns the second factor off. Only its owner may, and people of the staff never.
pub async fn disable_second_factor(
    context: &Context,
    user: &UserId,
    proof: &OwnerProof,
    client: &Client,
) -> Result<(), SecondFactorError> {
    let (person, factor) = Box::pin(prove::owner(context, user, proof, "an end of the second factor", client)).await?;
    if person.profile.role.is_some() {
        return Err(SecondFactorError::NeededByStaff);
    }
    factor.ok_or(SecondFactorError::IsOff)?;
    let line = trail::line(context, user, Action::TwoFactorDisabled, user.as_str(), client);
    if !context.store().put_second_factor(user, &person.second_factor.off(), Some(&line)).await? {
        return Err(SecondFactorError::Changed);
    }
    tell(context, user, false, context.now()).await;
    Ok(())
}

/// Replaces all backup codes.
pub async fn renew_backup_codes(
    context: &Context,
    user: &UserId,
    proof: &OwnerProof,
    client: &Client,
) -> Result<Vec<BackupCode>, SecondFactorError> {
    let (person, factor) = Box::pin(prove::owner(context, user, proof, "backup codes", client)).await?;
    factor.ok_or(SecondFactorError::IsOff)?;
    let codes = new_backup_codes();
    let line = trail::line(context, user, Action::BackupCodesRenewed, user.as_str(), client);
    if context.store().put_second_factor(user, &person.second_factor.with_backup_codes(&codes), Some(&line)).await? {
        Ok(codes)
    } else {
        Err(SecondFactorError::Changed)
    }
}

/// Accepts a code once, and writes that it was used. Returns the factor, and what kind of code it was.
///
/// The code is spent before anything is done with it. If that is not done after all, the person needs the next code.
pub(crate) async fn accepted(
    context: &Context,
    user: &UserId,
    current: SecondFactor,
    code: &FactorCode,
    client: &Client,
) -> Result<(SecondFactor, Factor), SecondFactorError> {
    let secret = current.secret().ok_or(SecondFactorError::IsOff)?.clone();
    let attempt = Box::pin(throttle::code(context, user)).await??;
    let (next, factor) = match code {
        FactorCode::App(digits) => {
            let step = totp::step_of(&secret, digits, context.now());
            (step.and_then(|step| current.after_step(step)), Factor::App)
        }
        FactorCode::Backup(backup) => (current.after_backup(backup), Factor::BackupCode),
    };
    let Some(next) = next else {
        trail::refused(context, Some(user), "wrong code", client).await;
        return Err(SecondFactorError::WrongCode);
    };
    // Somebody else used a code at the same moment, perhaps this one.
    if !context.store().put_second_factor(user, &next, None).await? {
        return Err(SecondFactorError::WrongCode);
    }
    Box::pin(attempt.take_back(context)).await?;
    Ok((next, factor))
}

fn new_backup_codes() -> Vec<BackupCode> {
    (0..BACKUP_CODES).map(|_| BackupCode::new(random_bytes())).collect()
}

async fn tell(context: &Context, user: &UserId, enabled: bool, at: Timestamp) {
    letters::tell(context, &LetterOrder::TwoFactorChanged { user_id: user.clone(), enabled, at }).await;
}
