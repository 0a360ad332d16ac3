//! The proof of an address, which makes the account.

use crate::{Client, trail};
use domain::{
    Actor, Credits, Plan, UserId,
    account::{Allowed, OneTimeText, ReferralCode, Registration},
    audit::Action,
    ledger::{Cause, EntryKind, LedgerError, Movement, Step},
    suppression::AddressHash,
};
use runtime::{Context, random_bytes};
use store::{Claim, Credentials, NewAccount, NotCommitted, Profile, StoreError, Transaction};
use thiserror::Error;

/// Attempts to find a referral code that nobody has.
const CODE_ATTEMPTS: u32 = 3;

/// Why no account was made.
#[derive(Debug, Error)]
pub enum NotVerified {
    /// The token is unknown, or its time is over.
    #[error("the token is not valid")]
    NotValid,
    /// The address has an account, perhaps by an earlier use of the token.
    #[error("the address has an account")]
    AlreadyVerified,
    /// The ledger refused the first credit.
    #[error(transparent)]
    Ledger(LedgerError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Makes the account of a registration. Its first credit is written in the same transaction, with the claim on the
/// address, so of two proofs of an address one makes the account.
pub async fn verify_email(context: &Context, token: &OneTimeText, client: &Client) -> Result<Profile, NotVerified> {
    let accounts = context.store().accounts();
    let allowed = accounts.allowed_by(token, context.now()).await?;
    let Some(Allowed::VerifyEmail { email, registration_id }) = allowed else { return Err(NotVerified::NotValid) };
    let registration = accounts.registration(&email, &registration_id).await?;
    let registration = registration.filter(|registration| registration.is_open(context.now()));
    let registration = registration.ok_or(NotVerified::NotValid)?;
    // Before the account is made: the link was opened, so letters arrive.
    accounts.note_proved(&AddressHash::of(&email), context.now()).await?;
    let referrer = match &registration.referral {
        Some(code) => accounts.owner_of_referral(code).await?,
        None => None,
    };
    for _ in 0..CODE_ATTEMPTS {
        if let Some(profile) = make_account(context, &registration, referrer.clone(), client).await? {
            return Ok(profile);
        }
    }
    Err(StoreError::Conflict.into())
}

/// Makes the account; `None` if its referral code is taken.
async fn make_account(
    context: &Context,
    registration: &Registration,
    referrer: Option<UserId>,
    client: &Client,
) -> Result<Option<Profile>, NotVerified> {
    let now = context.now();
    let id = UserId::new(now, context.random());
    let code = ReferralCode::new(random_bytes());
    let profile = Profile {
        language: registration.language,
        terms: Some(registration.terms.clone()),
        referral_code: Some(code.clone()),
        registration_id: Some(registration.registration_id.clone()),
        referred_by: referrer,
        ..Profile::new(id.clone(), registration.email.clone(), Plan::default(), now)
    };
    let credentials =
        Credentials { password: Some(registration.password.clone()), version: 1, changed_at: now, replace_until: None };
    let account = NewAccount { profile: profile.clone(), credentials: Some(credentials) };
    let mut claims = vec![Claim::email(&profile.email, &account), Claim::referral(&code, &account)];
    let amount = if context.store().accounts().is_welcomed(&profile.email).await? {
        // The address had an account before.
        Credits::ZERO
    } else {
        claims.push(Claim::welcome(&profile.email, &account));
        included(context, profile.referred_by.is_some()).await?
    };
    let step = if amount.is_positive() {
        Step::with(account, Movement::new(EntryKind::Promo, amount, Cause::Registration, Actor::user(&id)))
    } else {
        Step::free(account)
    };
    let line = trail::line(context, &id, Action::AccountCreated, id.as_str(), client);
    let transaction = claims.into_iter().fold(Transaction::of(step), Transaction::claiming).audited(line);
    match context.store().commit(transaction, now).await {
        Ok(NewAccount { profile, .. }) => Ok(Some(profile)),
        Err(NotCommitted::Claimed) => match context.store().accounts().with_email(&registration.email).await? {
            Some(owner) if owner == id => Ok(Some(profile)),
            Some(_) => Err(NotVerified::AlreadyVerified),
            None => Ok(None),
        },
        Err(NotCommitted::Ledger(error)) => Err(NotVerified::Ledger(error)),
        Err(NotCommitted::Store(error)) => Err(error.into()),
        Err(NotCommitted::Changed | NotCommitted::Replayed(_)) => Err(StoreError::Conflict.into()),
        Err(NotCommitted::Rule(never)) => match never {},
    }
}

/// The price of the verifications that a new account includes: one, and a second one for who was invited.
async fn included(context: &Context, was_invited: bool) -> Result<Credits, StoreError> {
    // The plan of new accounts has no discount, so the list price is the price of a common verification.
    let price = context.store().catalog().sales_rules().await?.prices.sms_list;
    Ok(if was_invited { price.checked_add(price).unwrap_or(price) } else { price })
}
