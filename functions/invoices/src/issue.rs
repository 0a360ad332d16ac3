//! Queue INVOICES: issues the documents of a payment, stores their files, and tells the customer.
//!
//! Each document has its number and its cause in one transaction. Its file and its mail follow: a run that dies is
//! repeated, the file is replaced by the same bytes, and a mail may be sent twice.

use crate::bucket::Bucket;
use accounts::letters::{self, LetterOrder};
use billing::{NotInvoiced, queues::ToInvoice};
use buckets::BucketError;
use domain::{
    invoice::{Invoice, InvoiceKind, Issued},
    payment::Amount,
};
use invoice_files::{RenderError, render, unprintable};
use runtime::{Context, QueueError, Verdict, fail_point, telemetry};
use std::time::Duration;
use store::StoreError;
use thiserror::Error;

/// The pause after a failure that may pass.
const SOON: Duration = Duration::from_secs(30);
/// The pause while only a person can help.
const LATER: Duration = Duration::from_mins(10);

/// Why a payment's documents are not finished.
#[derive(Debug, Error)]
enum NotFinished {
    #[error(transparent)]
    Invoiced(#[from] NotInvoiced),
    #[error(transparent)]
    Render(#[from] RenderError),
    #[error(transparent)]
    Bucket(#[from] BucketError),
    #[error(transparent)]
    Queue(#[from] QueueError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("another worker has the file")]
    Taken,
}

/// Issues and finishes the documents of a payment.
pub async fn issue(context: Context, task: ToInvoice) -> Verdict {
    let Err(error) = Box::pin(finish_all(&context, &task)).await else { return Verdict::Done };
    tracing::warn!(reference = %task.reference, %error, "the documents of a payment are not finished yet");
    let (class, pause) = match error {
        NotFinished::Taken | NotFinished::Invoiced(NotInvoiced::Contended) => return Verdict::Again(SOON),
        NotFinished::Invoiced(NotInvoiced::Store(_))
        | NotFinished::Bucket(_)
        | NotFinished::Queue(_)
        | NotFinished::Store(_) => ("failed", SOON),
        NotFinished::Invoiced(_) => ("not_issued", LATER),
        NotFinished::Render(_) => ("not_rendered", LATER),
    };
    telemetry::count_class("InvoicesRetried", class, 1);
    Verdict::Again(pause)
}

async fn finish_all(context: &Context, task: &ToInvoice) -> Result<(), NotFinished> {
    let is_printable = |text: &str| unprintable(text).is_none();
    let documents = billing::issue_due(context, &task.reference, is_printable).await?;
    for issued in documents.iter().filter(|issued| issued.told_at.is_none()) {
        finish(context, issued).await?;
    }
    Ok(())
}

/// Stores the file of a document, and tells the customer.
async fn finish(context: &Context, issued: &Issued) -> Result<(), NotFinished> {
    let ledger = context.store().ledger();
    // Of two workers, the second one waits: if the first one dies, the message of the second one finishes the document.
    if !ledger.take_file(issued, context.now()).await? {
        return Err(NotFinished::Taken);
    }
    if issued.stored_at.is_none() {
        let file = render(&issued.document, issued.language)?;
        context.get::<Bucket>().await?.put(issued, file).await?;
        fail_point::here("invoice-stored");
        ledger.file_stored(issued, context.now()).await?;
    }
    letters::order(context, &letter(issued)).await?;
    fail_point::here("invoice-told");
    Ok(ledger.invoice_told(issued, context.now()).await?)
}

fn letter(issued: &Issued) -> LetterOrder {
    let Invoice { number, kind, issued_at, currency, totals, .. } = &issued.document;
    LetterOrder::Invoice {
        user_id: issued.user.clone(),
        invoice_id: issued.id.clone(),
        number: number.clone(),
        amount: Amount { minor: totals.total, currency: *currency },
        at: *issued_at,
        takes_back: *kind != InvoiceKind::Invoice,
    }
}
