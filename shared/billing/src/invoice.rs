//! Issues the invoices and credit notes that a payment needs, each once and with the next number.

use crate::queues::{INVOICES, ToInvoice};
use domain::{
    InvoiceId, Language, UserId,
    invoice::{Billed, BillingDetails, Buyer, Due, Invoice, Issued, NewDocument, NotIssued},
    payment::{Payment, PaymentReference},
};
use runtime::{Context, QueueError, fail_point, telemetry};
use std::{num::NonZeroU32, time::Duration};
use store::{Profile, StoreError};
use thiserror::Error;

/// How often a number that somebody else took is replaced by the next one. Few workers run at once.
const MOST_CONFLICTS: u32 = 16;

/// Why a payment has not all its documents.
#[derive(Debug, Error)]
pub enum NotInvoiced {
    /// The settings or the amounts do not allow it. A person must help.
    #[error(transparent)]
    NotIssued(#[from] NotIssued),
    /// The customer has no name that can be printed.
    #[error("the customer has no name that can be printed")]
    NoBuyer,
    /// The series has no more numbers.
    #[error("the series has no more numbers")]
    NoNumber,
    /// Others took each number first.
    #[error("the numbers are contended")]
    Contended,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Queues a payment, whose documents are made then.
pub async fn order_documents(context: &Context, reference: &PaymentReference) -> Result<(), QueueError> {
    context.queues().await.send(&INVOICES, &ToInvoice { reference: reference.clone() }, Duration::ZERO).await
}

/// Issues the documents that a payment needs, and returns all that it has. `is_printable` tells whether a name can be
/// printed; without billing details, that may be the customer's address.
pub async fn issue_due(
    context: &Context,
    reference: &PaymentReference,
    is_printable: impl Fn(&str) -> bool,
) -> Result<Vec<Issued>, NotInvoiced> {
    let Some(payment) = context.store().record::<Payment>(&reference.user, reference).await? else {
        return Ok(Vec::new());
    };
    for _ in 0..MOST_CONFLICTS {
        let billed = context.store().ledger().billed(reference).await?;
        let Some(due) = billed.next(&payment, context.now()) else {
            return Ok(documents(context, &reference.user, billed.ids()).await?);
        };
        issue(context, &payment, &due, billed, &is_printable).await?;
    }
    Err(NotInvoiced::Contended)
}

/// The stored documents with these identifiers. Those that are too old are missing.
pub async fn documents(
    context: &Context,
    owner: &UserId,
    ids: impl Iterator<Item = &InvoiceId>,
) -> Result<Vec<Issued>, StoreError> {
    let mut found = Vec::new();
    for id in ids {
        found.extend(context.store().record::<Issued>(owner, id).await?);
    }
    Ok(found)
}

/// Issues a document, unless somebody else took its number or issued it meanwhile.
async fn issue(
    context: &Context,
    payment: &Payment,
    due: &Due,
    billed: Billed,
    is_printable: impl Fn(&str) -> bool,
) -> Result<(), NotInvoiced> {
    let (store, user, now) = (context.store(), &payment.reference.user, context.now());
    let settings = store.catalog().invoicing().await?;
    let series = settings.series(now)?;
    let place = store.ledger().last_place(&series).await? + 1;
    let place = u32::try_from(place).ok().and_then(NonZeroU32::new).ok_or(NotInvoiced::NoNumber)?;
    let (buyer, language) = buyer(context, payment, is_printable).await?;
    let taken_back = taken_back(context, user, due, &billed).await?;
    let document = NewDocument {
        id: InvoiceId::new(now, context.random()),
        payment,
        due,
        settings: &settings,
        buyer,
        language,
        page: format!("{}/payments/{}", context.config().public_url, payment.reference),
    };
    let taken_back = taken_back.as_ref().map(|(invoice, notes)| (invoice, notes.as_slice()));
    let issued = document.issue(series.number(place), taken_back, now)?;
    fail_point::here("before-number");
    if store.ledger().issue(&issued, &billed.with(due, &issued)).await? {
        fail_point::here("after-number");
        let kind = if matches!(due, Due::Invoice { .. }) { "invoice" } else { "credit_note" };
        telemetry::count_class("InvoicesIssued", kind, 1);
        tracing::info!(number = %issued.document.number, reference = %payment.reference, kind, "a document was issued");
    }
    Ok(())
}

/// Who buys, and the language of the document.
async fn buyer(
    context: &Context,
    payment: &Payment,
    is_printable: impl Fn(&str) -> bool,
) -> Result<(Buyer, Language), NotInvoiced> {
    let (store, user) = (context.store(), &payment.reference.user);
    let profile = store.record::<Profile>(user, &()).await?;
    let language = profile.as_ref().map_or_else(Language::default, |profile| profile.language);
    if let Some(details) = store.record::<BillingDetails>(user, &()).await? {
        return Ok((details.into(), language));
    }
    let address = profile.map(|profile| profile.email.to_string()).filter(|address| is_printable(address));
    // An account that was deleted has only its identifier.
    let names = [address, Some(user.to_string())];
    let currency = payment.amount.currency;
    let buyer = names.iter().flatten().find_map(|name| Buyer::unnamed(name, currency)).ok_or(NotInvoiced::NoBuyer)?;
    Ok((buyer, language))
}

/// The invoice that a credit note takes back, with its notes so far.
async fn taken_back(
    context: &Context,
    owner: &UserId,
    due: &Due,
    billed: &Billed,
) -> Result<Option<(Invoice, Vec<Invoice>)>, StoreError> {
    let Due::CreditNote { of, .. } = due else { return Ok(None) };
    let notes = billed.notes.iter().filter(|note| note.of == *of).map(|note| &note.id);
    let notes = documents(context, owner, notes).await?.into_iter().map(|note| note.document).collect();
    Ok(context.store().record::<Issued>(owner, of).await?.map(|invoice| (invoice.document, notes)))
}
