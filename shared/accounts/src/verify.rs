//! The proof of an address, which makes the account.

use crate::{
    Client,
    newcomer::{self, Newcomer, NotMade},
};
use domain::{
    account::{Allowed, OneTimeText},
    ledger::LedgerError,
    suppression::AddressHash,
};
use runtime::Context;
use store::{Profile, StoreError};
use thiserror::Error;

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

impl From<NotMade> for NotVerified {
    fn from(reason: NotMade) -> Self {
        match reason {
            NotMade::Taken => Self::AlreadyVerified,
            NotMade::Ledger(error) => Self::Ledger(error),
            NotMade::Store(error) => Self::Store(error),
        }
    }
}

/// Makes the account of a registration. Of two proofs of an address one makes the account.
pub async fn verify_email(context: &Context, token: &OneTimeText, client: &Client) -> Result<Profile, NotVerified> {
    let accounts = context.store().accounts();
    let allowed = accounts.allowed_by(token, context.now()).await?;
    let Some(Allowed::VerifyEmail { email, registration_id }) = allowed else { return Err(NotVerified::NotValid) };
    let registration = accounts.registration(&email, &registration_id).await?;
    let registration = registration.filter(|registration| registration.is_open(context.now()));
    let registration = registration.ok_or(NotVerified::NotValid)?;
    // Before the account is made: the link was opened, so letters arrive.
    accounts.note_proved(&AddressHash::of(&email), context.now()).await?;
    let newcomer = Newcomer {
        email: registration.email,
        password: Some(registration.password),
        google: None,
        registration_id: Some(registration.registration_id),
        terms: registration.terms,
        referral: registration.referral,
        language: registration.language,
    };
    Ok(newcomer::make(context, &newcomer, client).await?)
}
