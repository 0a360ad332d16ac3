//! Another address for an account. Both mailboxes confirm it, so that neither a stolen session nor a typing error moves
//! the account away from its owner.

use crate::{
    Client, TooMany,
    letters::{self, LetterOrder},
    prove::{self, NotProved, OwnerProof},
    throttle, trail,
};
use domain::{
    EmailAddress, EmailChangeId, UserId,
    account::{Allowed, Confirmed, EMAIL_CHANGE_LIFETIME, EmailChange, Mailbox, OneTimeText},
    audit::Action,
};
use runtime::{Context, QueueError};
use store::{Credentials, Moved, Profile, StoreError};
use thiserror::Error;

/// How often a confirmation is decided again after the change was written by another request.
const ATTEMPTS: u32 = 3;

/// Why no change was begun.
#[derive(Debug, Error)]
pub enum EmailNotAsked {
    /// The person did not prove to be the owner.
    #[error(transparent)]
    NotProved(#[from] NotProved),
    /// It is the address of the account.
    #[error("the account has this address")]
    SameAddress,
    /// Too many letters.
    #[error(transparent)]
    TooMany(#[from] TooMany),
    /// The letters could not be ordered.
    #[error(transparent)]
    Queue(#[from] QueueError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a link changed nothing.
#[derive(Debug, Error)]
pub enum EmailNotConfirmed {
    /// The token is unknown, was used, or its time is over.
    #[error("the token is not valid")]
    NotValid,
    /// Somebody made an account of the new address meanwhile.
    #[error("the new address has an account")]
    Taken,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Keeps a change, and orders the letters to both addresses. It does the same for an address that has an account: its
/// owner then gets a letter that says so, and the change is never confirmed. A newer change replaces an older one.
pub async fn change_email(
    context: &Context,
    user: &UserId,
    new: EmailAddress,
    proof: &OwnerProof,
    client: &Client,
) -> Result<EmailChange, EmailNotAsked> {
    let (person, _) = Box::pin(prove::owner(context, user, proof, "a change of the address", client)).await?;
    let profile = person.profile;
    if profile.email == new {
        return Err(EmailNotAsked::SameAddress);
    }
    let is_sent = throttle::letter(context, &new, client).await??;
    let now = context.now();
    let change = EmailChange {
        change_id: EmailChangeId::new(now, context.random()),
        user_id: user.clone(),
        old: profile.email,
        new,
        version: profile.token_version,
        confirmed: None,
        finished_by: None,
        ends_at: now.plus(EMAIL_CHANGE_LIFETIME),
    };
    let line = trail::line(context, user, Action::EmailChangeRequested, change.change_id.as_str(), client);
    context.store().ask_email_change(&change, &line).await?;
    if is_sent {
        let order =
            |mailbox| LetterOrder::ConfirmEmail { user_id: user.clone(), change_id: change.change_id.clone(), mailbox };
        letters::order_all(context, &[Mailbox::New, Mailbox::Old].map(order)).await?;
    }
    Ok(change)
}

/// Confirms a change from one of its mailboxes. The second confirmation moves the account. Returns the mailbox that is
/// still missing.
pub async fn confirm_email_change(
    context: &Context,
    token: &OneTimeText,
    client: &Client,
) -> Result<Option<Mailbox>, EmailNotConfirmed> {
    let (store, request) = (context.store(), &client.source.request_id);
    let allowed = store.accounts().allowed_by(token, context.now()).await?;
    let Some(Allowed::ConfirmEmailChange { user_id, change_id, mailbox }) = allowed else {
        return Err(EmailNotConfirmed::NotValid);
    };
    for _ in 0..ATTEMPTS {
        let change = store.record::<EmailChange>(&user_id, &()).await?;
        let change = change.filter(|change| change.change_id == change_id).ok_or(EmailNotConfirmed::NotValid)?;
        match change.confirm(mailbox, request, context.now()).map_err(|_| EmailNotConfirmed::NotValid)? {
            Confirmed::Before(missing) => return Ok(missing),
            Confirmed::First(first) => {
                if store.confirm_email_change(&change, &first).await? {
                    return Ok(Some(mailbox.other()));
                }
            }
            Confirmed::Both => {
                if Box::pin(move_account(context, &change, client)).await? {
                    return Ok(None);
                }
            }
        }
    }
    Err(StoreError::Conflict.into())
}

/// Moves the account; `false` if it must be decided again.
async fn move_account(context: &Context, change: &EmailChange, client: &Client) -> Result<bool, EmailNotConfirmed> {
    let user = &change.user_id;
    let store = context.store();
    let found = tokio::try_join!(store.record::<Profile>(user, &()), store.record::<Credentials>(user, &()))?;
    let is_as_asked =
        |profile: &Profile| profile.active && profile.email == change.old && profile.token_version == change.version;
    let found = found.0.zip(found.1).filter(|(profile, _)| is_as_asked(profile));
    let Some((profile, credentials)) = found else {
        // Moved by this request, whose answer was lost; then the change says so.
        let stored = context.store().record::<EmailChange>(user, &()).await?;
        let is_ours = stored.is_some_and(|stored| stored.finished_by.as_ref() == Some(&client.source.request_id));
        return if is_ours { Ok(true) } else { Err(EmailNotConfirmed::NotValid) };
    };
    let line = trail::line(context, user, Action::EmailChanged, change.change_id.as_str(), client);
    match context.store().move_email(change, (&profile, &credentials), &client.source.request_id, &line).await? {
        Moved::Done => {}
        Moved::Taken => return Err(EmailNotConfirmed::Taken),
        Moved::Changed => return Ok(false),
    }
    let (former, new_email) = (change.old.clone(), change.new.clone());
    let letter = LetterOrder::EmailChanged { user_id: user.clone(), former, new_email, at: context.now() };
    letters::tell(context, &letter).await;
    Ok(true)
}
