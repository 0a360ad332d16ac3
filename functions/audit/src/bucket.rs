//! The bucket of the copies. It keeps each object for years (Object Lock), so nothing here can remove one.

use crate::objects::Object;
use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use runtime::{Client, ConfigError, Context};
use thiserror::Error;

/// The bucket.
pub(crate) struct Bucket {
    client: aws_sdk_s3::Client,
    name: String,
}

/// An object could not be written.
#[derive(Debug, Error)]
pub enum BucketError {
    /// The bucket is not configured.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// S3 refused, or did not answer.
    #[error("the bucket refused the object: {0}")]
    Refused(String),
}

impl Client for Bucket {
    type Error = BucketError;

    async fn connect(context: &Context) -> Result<Self, BucketError> {
        let name = context.environment().needed_setting("BUCKET_AUDIT")?;
        Ok(Self { client: aws_sdk_s3::Client::new(context.aws()), name })
    }
}

impl Bucket {
    /// Writes an object. Writing it again adds a version; the first one stays.
    pub(crate) async fn put(&self, Object { key, text }: Object) -> Result<(), BucketError> {
        let put = self.client.put_object().bucket(&self.name).key(key).content_type("application/x-ndjson");
        put.body(text.into_bytes().into()).send().await.map(|_| ()).map_err(|error| refused(&error))
    }
}

/// Keeps only the error code, as for queues.
fn refused<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> BucketError {
    let code = error.as_service_error().and_then(ProvideErrorMetadata::code);
    BucketError::Refused(code.unwrap_or("no answer").to_owned())
}
