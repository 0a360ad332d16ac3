//! From an order to a letter: who gets it, in which language, with which link. One-time tokens are made here, so they
//! exist only in the letter; of a letter that is sent twice, both links work until one is used.

use crate::pages::Pages;
use accounts::{letters::LetterOrder, new_one_time};
use domain::{
    EmailAddress, EmailChangeId, ExportId, Language, UserId,
    account::{Allowed, EmailChange, ExportKind, Mailbox, Tombstone},
    notification::Reminder,
    payment::{CoinAddress, PaymentReference},
};
use mail::{Letter, Link, NotALink, OneLine};
use runtime::Context;
use std::{fmt::Display, time::Duration};
use store::{Profile, StoreError};
use thiserror::Error;

/// A letter with its recipient.
#[derive(Debug)]
pub(crate) struct Addressed {
    pub(crate) to: EmailAddress,
    pub(crate) language: Language,
    pub(crate) letter: Letter,
    /// Where the reader unsubscribes from a reminder.
    pub(crate) unsubscribe: Option<Link>,
}

impl Addressed {
    /// A letter to the owner of an account.
    fn to(Profile { email: to, language, .. }: Profile, letter: Letter) -> Self {
        Self { to, language, letter, unsubscribe: None }
    }
}

/// Why no letter was composed.
#[derive(Debug, Error)]
pub(crate) enum NotComposed {
    /// The public address is not one that a letter may link to.
    #[error("PUBLIC_URL can't be linked to")]
    Link(#[from] NotALink),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The letter of an order; `None` if nobody gets one.
pub(crate) async fn compose(context: &Context, order: LetterOrder) -> Result<Option<Addressed>, NotComposed> {
    match order {
        LetterOrder::VerifyEmail { email, registration_id } => {
            let accounts = context.store().accounts();
            let registration = accounts.registration(&email, &registration_id).await?;
            let registration = registration.filter(|registration| registration.is_open(context.now()));
            let Some(registration) = registration else { return Ok(None) };
            if let Some(owner) = accounts.with_email(&email).await? {
                return already_registered(context, &owner).await;
            }
            let allowed = Allowed::VerifyEmail { email: email.clone(), registration_id };
            let left = registration.ends_at().since(context.now());
            let hours = in_hours(left).max(1);
            let link = pages(context).verify_email(&new_one_time(context, &allowed).await?)?;
            let (device, network) = (one_line(&registration.device), one_line(&registration.network));
            let letter = Letter::VerifyEmail { link, hours, at: registration.made_at, device, network };
            Ok(Some(Addressed { to: email, language: registration.language, letter, unsubscribe: None }))
        }
        LetterOrder::ResetPassword { email } => {
            let Some(user_id) = context.store().accounts().with_email(&email).await? else { return Ok(None) };
            reset_password(context, user_id).await
        }
        LetterOrder::PasswordChanged { user_id, at } => {
            to_person(context, &user_id, Letter::PasswordChanged { at }).await
        }
        LetterOrder::TwoFactorChanged { user_id, enabled, at } => {
            to_person(context, &user_id, Letter::TwoFactorChanged { enabled, at }).await
        }
        LetterOrder::GoogleChanged { user_id, linked, at } => {
            to_person(context, &user_id, Letter::GoogleChanged { linked, at }).await
        }
        LetterOrder::PasskeyChanged { user_id, name, added, at } => {
            to_person(context, &user_id, Letter::PasskeyChanged { name: one_line(&name), added, at }).await
        }
        LetterOrder::NewSignIn { user_id, at, device, network } => {
            let (device, network) = (one_line(&device), one_line(&network));
            to_person(context, &user_id, Letter::NewSignIn { at, device, network }).await
        }
        LetterOrder::KeyMade { user_id, name, last_four, at } => {
            let (name, last_four) = (one_line(&name), one_line(&last_four));
            to_person(context, &user_id, Letter::KeyMade { name, last_four, at }).await
        }
        LetterOrder::KeyStopped { user_id, name, last_four, at } => {
            let (name, last_four) = (one_line(&name), one_line(&last_four));
            to_person(context, &user_id, Letter::KeyStopped { name, last_four, at }).await
        }
        LetterOrder::RenewalFailed { user_id, plan, price, until } => {
            to_person(context, &user_id, Letter::RenewalFailed { plan, price, until }).await
        }
        LetterOrder::PlanEnded { user_id, plan, at } => {
            to_person(context, &user_id, Letter::PlanEnded { plan, at }).await
        }
        LetterOrder::BudgetReached { user_id, percent, spent, budget, until } => {
            let letter = Letter::BudgetReached { percent: percent.into(), spent, budget, until };
            to_person(context, &user_id, letter).await
        }
        LetterOrder::LowBalance { user_id, available } => {
            reminder(context, user_id, Reminder::LowBalance, Letter::LowBalance { available }).await
        }
        LetterOrder::ConfirmEmail { user_id, change_id, mailbox } => {
            confirm_email(context, user_id, change_id, mailbox).await
        }
        LetterOrder::EmailChanged { user_id, former, new_email, at } => {
            let letter = to_person(context, &user_id, Letter::EmailChanged { new_email, at }).await?;
            Ok(letter.map(|letter| Addressed { to: former, ..letter }))
        }
        LetterOrder::AccountDeleted { user_id, former: to, language, at } => {
            let tombstone = context.store().record::<Tombstone>(&user_id, &()).await?;
            let is_deleted = tombstone.is_some_and(|tombstone| tombstone.deleted_at == at);
            Ok(is_deleted.then_some(Addressed {
                to,
                language,
                letter: Letter::AccountDeleted { at },
                unsubscribe: None,
            }))
        }
        LetterOrder::ExportReady { user_id, export_id, kind } => export_ready(context, user_id, export_id, kind).await,
        LetterOrder::ConfirmRefundAddress { reference, address } => {
            confirm_refund_address(context, reference, address).await
        }
        LetterOrder::Invoice { user_id, invoice_id, number, amount, at, takes_back } => {
            let link = pages(context).invoice(&invoice_id)?;
            let (number, amount) = (one_line(&number), one_line(&amount));
            to_person(context, &user_id, Letter::Invoice { link, number, amount, at, takes_back }).await
        }
    }
}

async fn already_registered(context: &Context, owner: &UserId) -> Result<Option<Addressed>, NotComposed> {
    let pages = pages(context);
    let letter = Letter::AlreadyRegistered { sign_in_link: pages.sign_in()?, reset_link: pages.forgot_password()? };
    to_person(context, owner, letter).await
}

async fn reset_password(context: &Context, user_id: UserId) -> Result<Option<Addressed>, NotComposed> {
    // Before the token is made: a closed account gets no letter.
    let Some(profile) = open_account(context, &user_id).await? else { return Ok(None) };
    let credentials = context.store().record::<store::Credentials>(&user_id, &()).await?;
    // Version 0: the person never had a password.
    let version = credentials.map_or(0, |credentials| credentials.version);
    let allowed = Allowed::ResetPassword { user_id, version };
    let minutes = in_hours(allowed.lifetime()) * 60;
    let link = pages(context).reset_password(&new_one_time(context, &allowed).await?)?;
    Ok(Some(Addressed::to(profile, Letter::ResetPassword { link, minutes })))
}

/// The letter to one of the addresses of a change.
async fn confirm_email(
    context: &Context,
    user_id: UserId,
    change_id: EmailChangeId,
    mailbox: Mailbox,
) -> Result<Option<Addressed>, NotComposed> {
    let now = context.now();
    let change = context.store().record::<EmailChange>(&user_id, &()).await?;
    let change = change.filter(|change| change.change_id == change_id && change.awaits(mailbox, now));
    let (Some(change), Some(profile)) = (change, open_account(context, &user_id).await?) else { return Ok(None) };
    if mailbox == Mailbox::New
        && let Some(owner) = context.store().accounts().with_email(&change.new).await?
    {
        return already_registered(context, &owner).await;
    }
    let hours = in_hours(change.ends_at.since(now)).max(1);
    let allowed = Allowed::ConfirmEmailChange { user_id, change_id, mailbox };
    let link = pages(context).confirm_email_change(&new_one_time(context, &allowed).await?)?;
    let (to, letter) = match mailbox {
        Mailbox::New => (change.new, Letter::ConfirmNewEmail { link, hours }),
        Mailbox::Old => (change.old, Letter::ConfirmEmailChange { link, hours, new_email: change.new }),
    };
    Ok(Some(Addressed { to, language: profile.language, letter, unsubscribe: None }))
}

async fn export_ready(
    context: &Context,
    user_id: UserId,
    export_id: ExportId,
    kind: ExportKind,
) -> Result<Option<Addressed>, NotComposed> {
    let Some(profile) = open_account(context, &user_id).await? else { return Ok(None) };
    let allowed = Allowed::DownloadExport { user_id, export_id, kind };
    let hours = in_hours(allowed.lifetime());
    let link = pages(context).download_export(&new_one_time(context, &allowed).await?)?;
    let letter = match kind {
        ExportKind::Everything => Letter::ExportReady { link, hours },
        ExportKind::Entries => Letter::EntriesReady { link, hours },
    };
    Ok(Some(Addressed::to(profile, letter)))
}

async fn confirm_refund_address(
    context: &Context,
    reference: PaymentReference,
    address: CoinAddress,
) -> Result<Option<Addressed>, NotComposed> {
    let Some(profile) = open_account(context, &reference.user).await? else { return Ok(None) };
    let (coins_to, network) = (one_line(&address), one_line(&address.network.as_str()));
    let allowed = Allowed::RefundTo { reference: reference.clone(), address };
    let hours = in_hours(allowed.lifetime());
    let link = pages(context).refund(&reference, &new_one_time(context, &allowed).await?)?;
    Ok(Some(Addressed::to(profile, Letter::ConfirmRefundAddress { link, hours, coins_to, network })))
}

/// A letter to a person; none to an account that is closed or blocked.
async fn to_person(context: &Context, user: &UserId, letter: Letter) -> Result<Option<Addressed>, NotComposed> {
    Ok(open_account(context, user).await?.map(|profile| Addressed::to(profile, letter)))
}

/// A reminder to a person who wants it, with the link that ends such reminders.
async fn reminder(
    context: &Context,
    user_id: UserId,
    reminder: Reminder,
    letter: Letter,
) -> Result<Option<Addressed>, NotComposed> {
    if !context.store().accounts().notifications(&user_id).await?.wants_mail(reminder) {
        return Ok(None);
    }
    let Some(profile) = open_account(context, &user_id).await? else { return Ok(None) };
    let token = new_one_time(context, &Allowed::Unsubscribe { user_id, reminder }).await?;
    let unsubscribe = Some(pages(context).unsubscribe(&token)?);
    Ok(Some(Addressed { unsubscribe, ..Addressed::to(profile, letter) }))
}

/// The profile of an account that is neither closed nor blocked.
async fn open_account(context: &Context, user: &UserId) -> Result<Option<Profile>, StoreError> {
    Ok(context.store().record::<Profile>(user, &()).await?.filter(|profile| profile.active))
}

fn pages(context: &Context) -> Pages<'_> {
    Pages(&context.config().public_url)
}

/// The hours of a time, of which some seconds may be over when the letter is written.
fn in_hours(time: Duration) -> u32 {
    u32::try_from(time.as_secs().div_ceil(3600)).unwrap_or(u32::MAX)
}

fn one_line(of: &impl Display) -> OneLine {
    OneLine::new(&of.to_string())
}
