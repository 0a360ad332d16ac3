//! Buckets of files in S3. A function has a type for its own bucket, which knows the names and kinds of its files.
//!
//! This is a crate of its own, so that the client of S3 is in no binary that needs none.

use aws_sdk_s3::{
    config::{Builder, timeout::TimeoutConfig},
    error::{ProvideErrorMetadata, SdkError},
    presigning::PresigningConfig,
    primitives::ByteStream,
};
use runtime::{ConfigError, Context};
use std::{path::Path, time::Duration};
use thiserror::Error;

/// A bucket.
pub struct Bucket {
    client: aws_sdk_s3::Client,
    name: String,
}

/// A bucket could not be used.
#[derive(Debug, Error)]
pub enum BucketError {
    /// It is not configured.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// S3 refused, or did not answer.
    #[error("the bucket: {0}")]
    Refused(String),
    /// The file to upload can't be read.
    #[error("the file of an upload can't be read: {0}")]
    File(String),
}

/// What a customer downloads by a link.
#[derive(Clone, Copy, Debug)]
pub struct Download<'a> {
    /// The name of the file in the bucket.
    pub key: &'a str,
    /// The name under which the customer's device stores it, without quotation marks.
    pub file_name: &'a str,
    /// How long the link works.
    pub lifetime: Duration,
}

impl Bucket {
    /// The bucket of this name.
    pub fn named(name: String, context: &Context) -> Self {
        Self { client: aws_sdk_s3::Client::new(context.aws()), name }
    }

    /// The same with this time for an upload, with all attempts. The SDK's usual limits are those of small calls.
    pub fn with_uploads(name: String, time: Duration, context: &Context) -> Self {
        let times = TimeoutConfig::builder().operation_timeout(time).operation_attempt_timeout(time).build();
        let config = Builder::from(context.aws()).timeout_config(times).build();
        Self { client: aws_sdk_s3::Client::from_conf(config), name }
    }

    /// Writes a file. A former one of that name is replaced, or becomes an old version if the bucket keeps them.
    pub async fn put(&self, key: &str, content_type: &str, bytes: Vec<u8>) -> Result<(), BucketError> {
        self.put_stream(key, content_type, ByteStream::from(bytes)).await
    }

    /// The same with a file of the disk, which is not read into memory.
    pub async fn put_file(&self, key: &str, content_type: &str, file: &Path) -> Result<(), BucketError> {
        let body = ByteStream::read_from().path(file).build().await;
        let body = body.map_err(|error| BucketError::File(error.to_string()))?;
        self.put_stream(key, content_type, body).await
    }

    async fn put_stream(&self, key: &str, content_type: &str, body: ByteStream) -> Result<(), BucketError> {
        let put = self.client.put_object().bucket(&self.name).key(key).content_type(content_type);
        put.body(body).send().await.map(|_| ()).map_err(|error| refused(&error))
    }

    /// An address from which a file can be downloaded without other credentials.
    pub async fn link(&self, Download { key, file_name, lifetime }: Download<'_>) -> Result<String, BucketError> {
        let lifetime = PresigningConfig::expires_in(lifetime);
        let lifetime = lifetime.map_err(|error| BucketError::Refused(error.to_string()))?;
        let name = format!("attachment; filename=\"{file_name}\"");
        let get = self.client.get_object().bucket(&self.name).key(key).response_content_disposition(name);
        let link = get.presigned(lifetime).await.map_err(|error| refused(&error))?;
        Ok(link.uri().to_owned())
    }
}

/// Keeps only the error code, as for queues.
fn refused<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> BucketError {
    let code = error.as_service_error().and_then(ProvideErrorMetadata::code);
    BucketError::Refused(code.unwrap_or("no answer").to_owned())
}
