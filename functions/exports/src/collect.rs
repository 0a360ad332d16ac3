//! Queue EXPORTS: collects everything that we hold about a person, or the wallet's entries of a period, in a zip, and
//! stores it.
//!
//! Records are read by pages and written to disk, so the memory does not grow with them. A run that dies is repeated as
//! a whole and replaces the file. A letter may be sent twice then.

use crate::{
    archive::{Archive, ArchiveError, Table},
    bucket::Bucket,
    invoices::InvoiceRecord,
    payments::PaymentRecord,
    readme,
    records::{
        ActivityRecord, EntryRecord, KeyRecord, OrderRecord, PasskeyRecord, ProfileRecord, SessionRecord, WalletRecord,
    },
    scratch::Scratch,
    subscription::SubscriptionRecord,
};
use accounts::{ExportOrder, NotExported};
use buckets::BucketError;
use domain::{
    access::Mode,
    account::{EmailChange, Export, ExportContents, Passkeys},
    invoice::BillingDetails,
};
use runtime::{Context, Verdict, fail_point};
use std::time::Duration;
use store::{Cursor, EntryFilter, Page, Profile, StoreError};
use thiserror::Error;

/// The records of a page.
const PAGE: usize = 200;
/// The pause after a failure.
const SOON: Duration = Duration::from_mins(1);

/// Why an export was not written.
#[derive(Debug, Error)]
enum NotCollected {
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    #[error(transparent)]
    Bucket(#[from] BucketError),
    #[error(transparent)]
    Told(#[from] NotExported),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Writes an export.
pub async fn collect(context: Context, order: ExportOrder) -> Verdict {
    match Box::pin(write(&context, &order)).await {
        Ok(()) => Verdict::Done,
        Err(error) => {
            tracing::warn!(export_id = %order.export_id, %error, "an export was not written yet");
            Verdict::Again(SOON)
        }
    }
}

async fn write(context: &Context, order: &ExportOrder) -> Result<(), NotCollected> {
    let Some(export) = accounts::export_to_write(context, order).await? else { return Ok(()) };
    // Without a profile, the account was deleted meanwhile.
    let Some(profile) = context.store().record::<Profile>(&order.user_id, &()).await? else { return Ok(()) };
    let zip = Scratch::named(&format!("{}.zip", export.export_id));
    let mut archive = Archive::create(&zip)?;
    match export.contents {
        ExportContents::Everything => everything(context, &mut archive, profile, &export).await?,
        ExportContents::Entries { from, to } => {
            let filter = EntryFilter { from: Some(from), before: Some(to), ..EntryFilter::default() };
            entries(context, &mut archive, &export, &filter).await?;
        }
    }
    archive.finish()?;
    context.get::<Bucket>().await?.put(&export, zip.path()).await?;
    fail_point::here("export-stored");
    Ok(accounts::export_written(context, &export).await?)
}

/// Everything that we hold about a person.
async fn everything(
    context: &Context,
    archive: &mut Archive,
    profile: Profile,
    export: &Export,
) -> Result<(), NotCollected> {
    archive.file("README.txt", readme::of(profile.language).as_bytes())?;
    account(context, archive, profile, export).await?;
    orders(context, archive, export).await?;
    let books = context.store().ledger().of(Mode::Live);
    archive.record("wallet.json", &WalletRecord::from(books.wallet(&export.user_id).await?))?;
    entries(context, archive, export, &EntryFilter::default()).await?;
    payments(context, archive, export).await?;
    invoices(context, archive, export).await?;
    activity(context, archive, export).await
}

/// Profile, sessions, passkeys and keys.
async fn account(
    context: &Context,
    archive: &mut Archive,
    profile: Profile,
    export: &Export,
) -> Result<(), NotCollected> {
    let (store, user) = (context.store(), &export.user_id);
    let change = store.record::<EmailChange>(user, &()).await?;
    let reminders = store.accounts().notifications(user).await?;
    let billing = store.record::<BillingDetails>(user, &()).await?;
    let record = ProfileRecord::of(profile, change, reminders, billing, export, context.now());
    archive.record("profile.json", &record)?;
    archive.begin_list("sessions.json")?;
    let read = async |after: Option<Cursor>| store.accounts().sessions_page(user, PAGE, after.as_ref()).await;
    for_each(read, |session| archive.push(&SessionRecord::from(session))).await?;
    archive.end_list()?;
    archive.begin_list("passkeys.json")?;
    for passkey in store.record::<Passkeys>(user, &()).await?.unwrap_or_default().all() {
        archive.push(&PasskeyRecord::from(passkey.clone()))?;
    }
    archive.end_list()?;
    archive.begin_list("keys.json")?;
    for key in store.accounts().keyring(user).await?.keys {
        archive.push(&KeyRecord::from(key))?;
    }
    Ok(archive.end_list()?)
}

async fn orders(context: &Context, archive: &mut Archive, export: &Export) -> Result<(), NotCollected> {
    let (orders, user, now) = (context.store().orders(), &export.user_id, context.now());
    let mut table = Table::create("orders.csv", beside(export, "orders"), &OrderRecord::TABLE)?;
    let mut messages = Table::create("messages.csv", beside(export, "messages"), &OrderRecord::MESSAGES)?;
    archive.begin_list("orders.json")?;
    let read = async |after: Option<Cursor>| orders.all(user, PAGE, after.as_ref()).await;
    for_each(read, |order| {
        let record = OrderRecord::of(order, now);
        archive.push(&record)?;
        table.push(&record.cells())?;
        record.message_cells().try_for_each(|row| messages.push(&row))
    })
    .await?;
    archive.end_list()?;
    archive.table(table)?;
    Ok(archive.table(messages)?)
}

/// Entries of the wallet. Play money says nothing about a person.
async fn entries(
    context: &Context,
    archive: &mut Archive,
    export: &Export,
    filter: &EntryFilter,
) -> Result<(), NotCollected> {
    let (store, whose) = (context.store(), (&export.user_id, Mode::Live));
    let newest = store.ledger().wallet(&export.user_id).await?.seq;
    let mut table = Table::create("entries.csv", beside(export, "entries"), &EntryRecord::TABLE)?;
    archive.begin_list("entries.json")?;
    let read = async |after: Option<Cursor>| store.filtered_entries(whose, newest, filter, PAGE, after.as_ref()).await;
    for_each(read, |entry| {
        let record = EntryRecord::of(entry);
        archive.push(&record)?;
        table.push(&record.cells())
    })
    .await?;
    archive.end_list()?;
    Ok(archive.table(table)?)
}

/// Payments, and the subscription.
async fn payments(context: &Context, archive: &mut Archive, export: &Export) -> Result<(), NotCollected> {
    let (ledger, user) = (context.store().ledger(), &export.user_id);
    let mut table = Table::create("payments.csv", beside(export, "payments"), &PaymentRecord::TABLE)?;
    archive.begin_list("payments.json")?;
    let read = async |after: Option<Cursor>| ledger.payments(user, PAGE, after.as_ref()).await;
    for_each(read, |payment| {
        let record = PaymentRecord::of(payment);
        archive.push(&record)?;
        table.push(&record.cells())
    })
    .await?;
    archive.end_list()?;
    archive.record("subscription.json", &ledger.subscription(user).await?.map(SubscriptionRecord::from))?;
    Ok(archive.table(table)?)
}

async fn invoices(context: &Context, archive: &mut Archive, export: &Export) -> Result<(), NotCollected> {
    let (ledger, user) = (context.store().ledger(), &export.user_id);
    let mut table = Table::create("invoices.csv", beside(export, "invoices"), &InvoiceRecord::TABLE)?;
    archive.begin_list("invoices.json")?;
    let read = async |after: Option<Cursor>| ledger.invoices(user, None, PAGE, after.as_ref()).await;
    for_each(read, |issued| {
        let record = InvoiceRecord::from(issued);
        archive.push(&record)?;
        table.push(&record.cells())
    })
    .await?;
    archive.end_list()?;
    Ok(archive.table(table)?)
}

async fn activity(context: &Context, archive: &mut Archive, export: &Export) -> Result<(), NotCollected> {
    let (audit, user) = (context.store().audit(), &export.user_id);
    let mut table = Table::create("activity.csv", beside(export, "activity"), &ActivityRecord::TABLE)?;
    archive.begin_list("activity.json")?;
    let read = async |after: Option<Cursor>| audit.of_account(user, PAGE, after.as_ref()).await;
    for_each(read, |line| {
        let record = ActivityRecord::of(line);
        archive.push(&record)?;
        table.push(&record.cells())
    })
    .await?;
    archive.end_list()?;
    Ok(archive.table(table)?)
}

/// A file for the rows of a table.
fn beside(export: &Export, name: &str) -> Scratch {
    Scratch::named(&format!("{}-{name}.csv", export.export_id))
}

/// Reads all pages, and visits each record.
async fn for_each<T>(
    read: impl AsyncFn(Option<Cursor>) -> Result<Page<T>, StoreError>,
    mut visit: impl FnMut(T) -> Result<(), ArchiveError>,
) -> Result<(), NotCollected> {
    let mut after = None;
    loop {
        let page = read(after).await?;
        page.items.into_iter().try_for_each(&mut visit)?;
        after = page.next;
        if after.is_none() {
            return Ok(());
        }
    }
}
