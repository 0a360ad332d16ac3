//! The bucket of exports. It deletes each file after seven days.

use buckets::{BucketError, Download};
use domain::account::Export;
use runtime::{Client, Context};
use std::{path::Path, time::Duration};

/// How long the address of a download works.
pub(crate) const LINK_LIFETIME: Duration = Duration::from_mins(5);
/// The time of an upload, with all attempts.
const UPLOAD: Duration = Duration::from_mins(4);

/// The bucket.
pub(crate) struct Bucket(buckets::Bucket);

impl Client for Bucket {
    type Error = BucketError;

    async fn connect(context: &Context) -> Result<Self, BucketError> {
        let name = context.environment().needed_setting("BUCKET_EXPORTS")?;
        Ok(Self(buckets::Bucket::with_uploads(name, UPLOAD, context)))
    }
}

impl Bucket {
    /// Writes the file of an export. Writing it again replaces it.
    pub(crate) async fn put(&self, export: &Export, file: &Path) -> Result<(), BucketError> {
        self.0.put_file(&key(export), "application/zip", file).await
    }

    /// An address from which the file can be downloaded for [`LINK_LIFETIME`].
    pub(crate) async fn link(&self, export: &Export) -> Result<String, BucketError> {
        let download = Download { key: &key(export), file_name: "namaskah-export.zip", lifetime: LINK_LIFETIME };
        self.0.link(download).await
    }
}

/// The name follows from the export, so that a repeated run replaces the file. It can't be guessed.
fn key(export: &Export) -> String {
    format!("{}.zip", export.export_id)
}
