//! Exports: a person asks for a copy of all data, or of the wallet's entries, a worker writes it, and a letter has the link.

use crate::{
    Client,
    letters::{self, LetterOrder},
    trail,
};
use domain::{
    ExportId, Timestamp, UserId,
    account::{Allowed, Export, ExportContents, ExportKind, OneTimeText},
    audit::Action,
};
use runtime::{Context, Queue, QueueError};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use store::StoreError;
use thiserror::Error;

/// Exports to write.
pub const EXPORTS: Queue<ExportOrder> = Queue::new("EXPORTS");

/// Longer than a request can last: afterwards the export is stored, or it will not be.
const AFTER_THE_REQUEST: Duration = Duration::from_secs(12);

/// An export to write.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportOrder {
    /// The account.
    pub user_id: UserId,
    /// The export.
    pub export_id: ExportId,
    /// Its kind.
    #[serde(default)]
    pub kind: ExportKind,
}

/// Why no export was begun.
#[derive(Debug, Error)]
pub enum NotExported {
    /// The last one of its kind was asked for too shortly ago.
    #[error("the next export may be asked for from {from}")]
    TooSoon {
        /// From when on.
        from: Timestamp,
    },
    /// The export could not be ordered.
    #[error(transparent)]
    Queue(#[from] QueueError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Asks for an export. Its message is sent first, with a delay, so that there is no export that nobody writes; without
/// its export the message has no effect.
pub async fn ask_export(
    context: &Context,
    user: &UserId,
    contents: ExportContents,
    client: &Client,
) -> Result<Export, NotExported> {
    let (store, now, kind) = (context.store(), context.now(), contents.kind());
    let last = store.record::<Export>(user, &kind).await?;
    if let Some(from) = last.map(|last| last.next_from()).filter(|from| now < *from) {
        return Err(NotExported::TooSoon { from });
    }
    let export_id = ExportId::new(now, context.random());
    let export = Export { export_id, user_id: user.clone(), contents, asked_at: now, ready_at: None };
    let order = ExportOrder { user_id: user.clone(), export_id: export.export_id.clone(), kind };
    context.queues().await.send(&EXPORTS, &order, AFTER_THE_REQUEST).await?;
    let line = trail::line(context, user, Action::ExportRequested, export.export_id.as_str(), client);
    if !store.ask_export(&export, &line).await? {
        // Another request was faster.
        return Err(NotExported::TooSoon { from: export.next_from() });
    }
    Ok(export)
}

/// The export that is to be written; `None` if it was replaced or never stored, or if its account was deleted.
pub async fn export_to_write(context: &Context, order: &ExportOrder) -> Result<Option<Export>, StoreError> {
    let export = context.store().record::<Export>(&order.user_id, &order.kind).await?;
    Ok(export.filter(|export| export.export_id == order.export_id))
}

/// Notes that the file of an export was written, and orders the letter with its link.
pub async fn export_written(context: &Context, export: &Export) -> Result<(), NotExported> {
    if context.store().accounts().export_is_ready(export, context.now()).await? {
        let (user_id, export_id) = (export.user_id.clone(), export.export_id.clone());
        let kind = export.contents.kind();
        letters::order(context, &LetterOrder::ExportReady { user_id, export_id, kind }).await?;
    }
    Ok(())
}

/// The export that this person may download with this token, and a line in the audit trail; `None` if the token is not
/// valid, or another person's.
pub async fn download_export(
    context: &Context,
    user: &UserId,
    token: &OneTimeText,
    client: &Client,
) -> Result<Option<Export>, StoreError> {
    let (store, now) = (context.store(), context.now());
    let allowed = store.accounts().allowed_by(token, now).await?;
    let Some(Allowed::DownloadExport { user_id, export_id, kind }) = allowed else { return Ok(None) };
    if user_id != *user {
        return Ok(None);
    }
    let export = store.record::<Export>(user, &kind).await?;
    let export = export.filter(|export| export.export_id == export_id && export.is_ready(now));
    if let Some(export) = &export {
        trail::add(context, user, Action::ExportDownloaded, export.export_id.as_str(), client).await;
    }
    Ok(export)
}
