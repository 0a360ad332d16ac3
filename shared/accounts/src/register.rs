//! Registration: what a person sent is kept until the address is proved.

use crate::{
    Client, Passwords, StrongPassword, TooMany,
    letters::{self, LetterOrder},
    throttle,
};
use domain::{
    EmailAddress, Language, RegistrationId,
    account::{ReferralCode, Registration, TermsVersion},
};
use runtime::{Context, QueueError};
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

/// The newest registrations of an address among which a letter is ordered again.
const NEWEST: i32 = 10;

/// Keeps a registration, and orders the letter that proves its address. It does the same for an address that has an
/// account: its owner then gets a letter that says so.
pub async fn register(context: &Context, new: NewRegistration, client: &Client) -> Result<Registration, NotAsked> {
    let is_sent = throttle::letter(context, &new.email, client).await??;
    let Ok(passwords) = context.get::<Passwords>().await;
    let now = context.now();
    let registration = Registration {
        registration_id: RegistrationId::new(now, context.random()),
        email: new.email,
        password: passwords.hash(new.password.password()),
        terms: new.terms,
        referral: new.referral,
        language: new.language,
        device: client.source.device.clone(),
        network: client.network(),
        made_at: now,
    };
    context.store().accounts().put_registration(&registration).await?;
    if is_sent {
        order_proof(context, &registration.email, registration.registration_id.clone()).await?;
    }
    Ok(registration)
}

/// Orders the letter of a registration again: of the newest one from the same network, otherwise of the newest. So
/// whoever registered an address of somebody else does not get the owner to prove it.
pub async fn resend(context: &Context, email: &EmailAddress, client: &Client) -> Result<(), NotAsked> {
    let is_sent = throttle::letter(context, email, client).await??;
    let now = context.now();
    let mut open = context.store().accounts().newest_registrations(email, NEWEST).await?;
    open.retain(|registration| registration.is_open(now));
    let own = open.iter().find(|registration| registration.network == client.network()).or(open.first());
    // Without one, the letter of a registration that does not exist is ordered, which takes as long.
    let nothing = || RegistrationId::new(domain::Timestamp::default(), 0);
    let id = own.map_or_else(nothing, |registration| registration.registration_id.clone());
    if is_sent { order_proof(context, email, id).await } else { Ok(()) }
}

async fn order_proof(context: &Context, email: &EmailAddress, registration_id: RegistrationId) -> Result<(), NotAsked> {
    Ok(letters::order(context, &LetterOrder::VerifyEmail { email: email.clone(), registration_id }).await?)
}
