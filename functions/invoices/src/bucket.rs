//! The bucket of invoices' files. Nobody but our functions reads it; customers get links that expire.

use aws_sdk_s3::{
    error::{ProvideErrorMetadata, SdkError},
    presigning::PresigningConfig,
    primitives::ByteStream,
};
use domain::invoice::Issued;
use runtime::{Client, ConfigError, Context};
use std::time::Duration;
use thiserror::Error;

/// How long the address of a download works.
pub(crate) const LINK_LIFETIME: Duration = Duration::from_mins(15);

/// The bucket.
pub(crate) struct Bucket {
    client: aws_sdk_s3::Client,
    name: String,
}

/// The bucket could not be used.
#[derive(Debug, Error)]
pub(crate) enum BucketError {
    /// It is not configured.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// S3 refused, or did not answer.
    #[error("the bucket of invoices: {0}")]
    Refused(String),
}

impl Client for Bucket {
    type Error = BucketError;

    async fn connect(context: &Context) -> Result<Self, BucketError> {
        let name = context.environment().needed_setting("BUCKET_INVOICES")?;
        Ok(Self { client: aws_sdk_s3::Client::new(context.aws()), name })
    }
}

impl Bucket {
    /// Writes the file of a document. The same document gives the same bytes, so writing it again changes nothing.
    pub(crate) async fn put(&self, issued: &Issued, file: Vec<u8>) -> Result<(), BucketError> {
        let put = self.client.put_object().bucket(&self.name).key(key(issued)).content_type("application/pdf");
        put.body(ByteStream::from(file)).send().await.map(|_| ()).map_err(|error| refused(&error))
    }

    /// An address from which the file can be downloaded for [`LINK_LIFETIME`].
    pub(crate) async fn link(&self, issued: &Issued) -> Result<String, BucketError> {
        let lifetime = PresigningConfig::expires_in(LINK_LIFETIME);
        let lifetime = lifetime.map_err(|error| BucketError::Refused(error.to_string()))?;
        let name = format!("attachment; filename=\"{}.pdf\"", issued.document.number);
        let get = self.client.get_object().bucket(&self.name).key(key(issued)).response_content_disposition(name);
        let link = get.presigned(lifetime).await.map_err(|error| refused(&error))?;
        Ok(link.uri().to_owned())
    }
}

/// The name has the identifier, whose random part can't be guessed, and not the number.
fn key(issued: &Issued) -> String {
    format!("{}.pdf", issued.id)
}

/// Keeps only the error code, as for queues.
fn refused<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> BucketError {
    let code = error.as_service_error().and_then(ProvideErrorMetadata::code);
    BucketError::Refused(code.unwrap_or("no answer").to_owned())
}
