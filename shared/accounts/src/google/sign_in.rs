//! Sign-in with an account at Google, which makes an account for a new person.

use super::{
    flow::{self, Begun, NotIdentified},
    id_token::Identity,
    link,
};
use crate::{
    Client, IssuedTokens, NotSignedIn, entrance,
    newcomer::{self, Newcomer, NotMade},
};
use domain::{
    Language,
    access::SecretHash,
    account::{
        AuthorizationCode, GoogleLink, GooglePurpose, GoogleSignIn, LocalPath, OneTimeText, ReferralCode, SignIn,
        TermsVersion,
    },
    ledger::LedgerError,
};
use runtime::{Context, random_bytes};
use secrecy::{ExposeSecret, SecretString};
use store::{Person, StoreError};
use thiserror::Error;

/// How often it is decided again whose account it is, after another request made or deleted it meanwhile.
const ATTEMPTS: u32 = 3;

/// What counts if the sign-in makes an account.
#[derive(Clone, Debug)]
pub struct GoogleNewcomer {
    /// The accepted terms.
    pub terms: TermsVersion,
    /// The code of the customer who invited the person.
    pub referral: Option<ReferralCode>,
    /// The language of mails.
    pub language: Language,
}

/// A sign-in that was begun.
#[derive(Clone, Debug)]
pub struct BegunSignIn {
    /// The way to Google.
    pub begun: Begun,
    /// The secret of the browser, without which the sign-in can't be finished.
    pub browser: SecretString,
}

/// A person who came back from Google.
#[derive(Debug)]
pub struct Returned {
    /// The session, or the challenge for a code, as in every sign-in.
    pub entered: Result<IssuedTokens, NotSignedIn>,
    /// Where the page goes on.
    pub redirect: Option<LocalPath>,
}

/// Why nobody came back.
#[derive(Debug, Error)]
pub enum NotEntered {
    /// It is not known who the person is.
    #[error(transparent)]
    NotIdentified(#[from] NotIdentified),
    /// The address has an account, which its owner must link first: whoever has the address at Google need not be its
    /// owner.
    #[error("the address has an account without a link")]
    NotLinked,
    /// Google does not know whose the address is today, so it makes no account.
    #[error("Google does not know whose the address is today")]
    NotVouched,
    /// The ledger refused the first credit.
    #[error(transparent)]
    Ledger(LedgerError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Begins a sign-in.
pub async fn begin_google(
    context: &Context,
    new: GoogleNewcomer,
    redirect: Option<LocalPath>,
) -> Result<BegunSignIn, NotIdentified> {
    let browser = hex::encode(random_bytes::<32>());
    let GoogleNewcomer { terms, referral, language } = new;
    let sign_in = GoogleSignIn { browser: SecretHash::of(&browser), terms, referral, language, redirect };
    let begun = flow::begin(context, GooglePurpose::SignIn(sign_in)).await?;
    Ok(BegunSignIn { begun, browser: browser.into() })
}

/// Finishes a sign-in, in the browser that began it.
pub async fn finish_google(
    context: &Context,
    state: &OneTimeText,
    code: &AuthorizationCode,
    browser: Option<&SecretString>,
    client: &Client,
) -> Result<Returned, NotEntered> {
    let browser = browser.map(|secret| SecretHash::of(secret.expose_secret()));
    let own = |purpose| match purpose {
        GooglePurpose::SignIn(sign_in) if Some(&sign_in.browser) == browser.as_ref() => Some(sign_in),
        _ => None,
    };
    let (sign_in, identity) = Box::pin(flow::finish(context, state, code, own)).await?;
    let person = Box::pin(person(context, &identity, &sign_in, client)).await?;
    let entered = Box::pin(entrance::admit(context, &person, SignIn::Google, client)).await;
    Ok(Returned { entered, redirect: sign_in.redirect })
}

/// Whose account it is: that of the account at Google, whatever its address is today; otherwise a new one.
async fn person(
    context: &Context,
    identity: &Identity,
    sign_in: &GoogleSignIn,
    client: &Client,
) -> Result<Person, NotEntered> {
    let accounts = context.store().accounts();
    for _ in 0..ATTEMPTS {
        if let Some(owner) = accounts.with_google(&identity.subject).await? {
            match context.store().person(&owner).await? {
                Some(person) => return Ok(person),
                // It was deleted in between, and its claim with it.
                None => continue,
            }
        }
        if accounts.with_email(&identity.email).await?.is_some() {
            return Err(NotEntered::NotLinked);
        }
        if !identity.is_authoritative {
            return Err(NotEntered::NotVouched);
        }
        match newcomer::make(context, &newcomer(context, identity, sign_in), client).await {
            // The address learns of it, whoever has it.
            Ok(profile) => link::tell(context, &profile.user_id, true).await,
            // Of two requests one makes the account; both find it.
            Err(NotMade::Taken) => {}
            Err(NotMade::Ledger(error)) => return Err(NotEntered::Ledger(error)),
            Err(NotMade::Store(error)) => return Err(error.into()),
        }
    }
    Err(StoreError::Conflict.into())
}

fn newcomer(context: &Context, Identity { subject, email, .. }: &Identity, sign_in: &GoogleSignIn) -> Newcomer {
    let link = GoogleLink { subject: subject.clone(), email: email.clone(), linked_at: context.now() };
    Newcomer {
        email: email.clone(),
        password: None,
        google: Some(link),
        registration_id: None,
        terms: sign_in.terms.clone(),
        referral: sign_in.referral.clone(),
        language: sign_in.language,
    }
}
