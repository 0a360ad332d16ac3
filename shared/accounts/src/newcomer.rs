//! A new account, whoever proved its address: the letter of a registration, or Google.

use crate::{Client, trail};
use domain::{
    Actor, Credits, EmailAddress, Language, Plan, RegistrationId, UserId,
    account::{GoogleLink, PasswordHash, ReferralCode, TermsVersion},
    audit::Action,
    ledger::{Cause, EntryKind, LedgerError, Movement, Step},
};
use runtime::{Context, random_bytes};
use store::{Claim, Credentials, NewAccount, NotCommitted, Profile, StoreError, Transaction};

/// Attempts to find a referral code that nobody has.
const CODE_ATTEMPTS: u32 = 3;

/// What an account is made of.
pub(crate) struct Newcomer {
    /// The address, which was proved.
    pub(crate) email: EmailAddress,
    pub(crate) password: Option<PasswordHash>,
    pub(crate) google: Option<GoogleLink>,
    pub(crate) registration_id: Option<RegistrationId>,
    pub(crate) terms: TermsVersion,
    /// The code of the customer who invited the person.
    pub(crate) referral: Option<ReferralCode>,
    pub(crate) language: Language,
}

/// Why no account was made.
pub(crate) enum NotMade {
    /// The address, or the account at Google, has an account.
    Taken,
    /// The ledger refused the first credit.
    Ledger(LedgerError),
    /// The database failed.
    Store(StoreError),
}

impl From<StoreError> for NotMade {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Makes the account. Its first credit is written in the same transaction, with the claims on address and account at
/// Google, so of two requests one makes the account.
pub(crate) async fn make(context: &Context, newcomer: &Newcomer, client: &Client) -> Result<Profile, NotMade> {
    let referrer = match &newcomer.referral {
        Some(code) => context.store().accounts().owner_of_referral(code).await?,
        None => None,
    };
    for _ in 0..CODE_ATTEMPTS {
        if let Some(profile) = attempt(context, newcomer, referrer.clone(), client).await? {
            return Ok(profile);
        }
    }
    Err(StoreError::Conflict.into())
}

/// Makes the account; `None` if its referral code is taken.
async fn attempt(
    context: &Context,
    newcomer: &Newcomer,
    referrer: Option<UserId>,
    client: &Client,
) -> Result<Option<Profile>, NotMade> {
    let now = context.now();
    let id = UserId::new(now, context.random());
    let code = ReferralCode::new(random_bytes());
    let profile = Profile {
        language: newcomer.language,
        terms: Some(newcomer.terms.clone()),
        referral_code: Some(code.clone()),
        registration_id: newcomer.registration_id.clone(),
        referred_by: referrer,
        google: newcomer.google.clone(),
        ..Profile::new(id.clone(), newcomer.email.clone(), Plan::default(), now)
    };
    let credentials =
        Credentials { password: newcomer.password.clone(), version: 1, changed_at: now, replace_until: None };
    let account = NewAccount { profile: profile.clone(), credentials: Some(credentials) };
    let mut claims = vec![Claim::email(&profile.email, &account), Claim::referral(&code, &account)];
    claims.extend(newcomer.google.as_ref().map(|link| Claim::google(&link.subject, &account)));
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
        Err(NotCommitted::Claimed) => match owner(context, newcomer).await? {
            Some(owner) if owner == id => Ok(Some(profile)),
            Some(_) => Err(NotMade::Taken),
            None => Ok(None),
        },
        Err(NotCommitted::Ledger(error)) => Err(NotMade::Ledger(error)),
        Err(NotCommitted::Store(error)) => Err(error.into()),
        Err(NotCommitted::Changed | NotCommitted::Replayed(_)) => Err(StoreError::Conflict.into()),
        Err(NotCommitted::Rule(never)) => match never {},
    }
}

/// The account that has the address, or the account at Google.
async fn owner(context: &Context, newcomer: &Newcomer) -> Result<Option<UserId>, StoreError> {
    let accounts = context.store().accounts();
    match (accounts.with_email(&newcomer.email).await?, &newcomer.google) {
        (None, Some(link)) => accounts.with_google(&link.subject).await,
        (owner, _) => Ok(owner),
    }
}

/// The price of the verifications that a new account includes: one, and a second one for who was invited.
async fn included(context: &Context, was_invited: bool) -> Result<Credits, StoreError> {
    // The plan of new accounts has no discount, so the list price is the price of a common verification.
    let price = context.store().catalog().sales_rules(context.now()).await?.prices.sms_list;
    Ok(if was_invited { price.checked_add(price).unwrap_or(price) } else { price })
}
