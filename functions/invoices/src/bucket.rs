//! The bucket of invoices' files. Nobody but our functions reads it; customers get links that expire.

use buckets::{BucketError, Download};
use domain::invoice::Issued;
use runtime::{Client, Context};
use std::time::Duration;

/// How long the address of a download works.
pub(crate) const LINK_LIFETIME: Duration = Duration::from_mins(15);

/// The bucket.
pub(crate) struct Bucket(buckets::Bucket);

impl Client for Bucket {
    type Error = BucketError;

    async fn connect(context: &Context) -> Result<Self, BucketError> {
        let name = context.environment().needed_setting("BUCKET_INVOICES")?;
        Ok(Self(buckets::Bucket::named(name, context)))
    }
}

impl Bucket {
    /// Writes the file of a document. The same document gives the same bytes, so writing it again changes nothing.
    pub(crate) async fn put(&self, issued: &Issued, file: Vec<u8>) -> Result<(), BucketError> {
        self.0.put(&key(issued), "application/pdf", file).await
    }

    /// An address from which the file can be downloaded for [`LINK_LIFETIME`].
    pub(crate) async fn link(&self, issued: &Issued) -> Result<String, BucketError> {
        let file_name = format!("{}.pdf", issued.document.number);
        let download = Download { key: &key(issued), file_name: &file_name, lifetime: LINK_LIFETIME };
        self.0.link(download).await
    }
}

/// The name has the identifier, whose random part can't be guessed, and not the number.
fn key(issued: &Issued) -> String {
    format!("{}.pdf", issued.id)
}
