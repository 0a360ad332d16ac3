//! Registration: what a person sent is kept until the address is proved.

use crate::{
    Client, Passwords, StrongPassword, TooMany,
    letters::{LETTERS, LetterOrder},
    throttle,
};
use domain::{
    EmailAddress, Language, RegistrationId,
    account::{ReferralCode, Registration, TermsVersion},
};
use runtime::{Context, QueueError};
use std::time::Duration;
use store::StoreError;
use thiserror::Error;

/// What a person sends.
#[derive(Clone, Debug)]
pub struct NewRegistration {
    /// The address.
    pub email: EmailAddress,
    /// The password.
    pub password: StrongPassword,
    /// The accepted terms.
    pub terms: TermsVersion,
    /// The code of the customer who invited the person.
    pub referral: Option<ReferralCode>,
    /// The language of mails.
    pub language: Language,
}

/// Why a request of a stranger had no effect.
#[derive(Debug, Error)]
pub enum NotAsked {
    /// Too many requests.
    #[error(transparent)]
    TooMany(#[from] TooMany),
    /// The letter could not be ordered.
    #[error(transparent)]
    Queue(#[from] QueueError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Keeps a registration, and orders the letter that proves its address. It does the same for an address that has an
/// account: its owner then gets a letter that says so.
pub async fn register(context: &Context, new: NewRegistration, client: &Client) -> Result<Registration, NotAsked> {
    throttle::letter(context, &new.email, client).await??;
    let Ok(passwords) = context.get::<Passwords>().await;
    let now = context.now();
    let registration = Registration {
        registration_id: RegistrationId::new(now, context.random()),
        email: new.email,
        password: passwords.hash(new.password.password()),
        terms: new.terms,
        referral: new.referral,
        language: new.language,
        made_at: now,
    };
    context.store().accounts().put_registration(&registration).await?;
    order_proof(context, &registration).await?;
    Ok(registration)
}

/// Orders the letter of the newest registration of an address again, if there is one.
pub async fn resend(context: &Context, email: &EmailAddress, client: &Client) -> Result<(), NotAsked> {
    throttle::letter(context, email, client).await??;
    let (owner, registration) = context.store().accounts().owner_and_registration(email).await?;
    let open = registration.filter(|registration| owner.is_none() && registration.is_open(context.now()));
    // Without one, the letter of a registration that does not exist is ordered, which takes as long.
    let registration_id = open.map_or_else(
        || RegistrationId::new(domain::Timestamp::default(), 0),
        |registration| registration.registration_id,
    );
    let order = LetterOrder::VerifyEmail { email: email.clone(), registration_id };
    Ok(context.queues().await.send(&LETTERS, &order, Duration::ZERO).await?)
}

async fn order_proof(context: &Context, registration: &Registration) -> Result<(), NotAsked> {
    let Registration { email, registration_id, .. } = registration.clone();
    let order = LetterOrder::VerifyEmail { email, registration_id };
    Ok(context.queues().await.send(&LETTERS, &order, Duration::ZERO).await?)
}
