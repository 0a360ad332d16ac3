//! The bucket of exports. It deletes each file after seven days.

use aws_sdk_s3::{
    config::{Builder, timeout::TimeoutConfig},
    error::{ProvideErrorMetadata, SdkError},
    presigning::PresigningConfig,
    primitives::ByteStream,
};
use domain::account::Export;
use runtime::{Client, ConfigError, Context};
use std::{path::Path, time::Duration};
use thiserror::Error;

/// How long the address of a download works.
pub(crate) const LINK_LIFETIME: Duration = Duration::from_mins(5);
/// The time of an upload, with all attempts. The SDK's usual limits are those of small calls.
const UPLOAD: Duration = Duration::from_mins(4);

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
    #[error("the bucket of exports: {0}")]
    Refused(String),
    /// The file can't be read.
    #[error("the file of an export can't be read: {0}")]
    File(String),
}

impl Client for Bucket {
    type Error = BucketError;

    async fn connect(context: &Context) -> Result<Self, BucketError> {
        let name = context.environment().needed_setting("BUCKET_EXPORTS")?;
        let times = TimeoutConfig::builder().operation_timeout(UPLOAD).operation_attempt_timeout(UPLOAD).build();
        let config = Builder::from(context.aws()).timeout_config(times).build();
        Ok(Self { client: aws_sdk_s3::Client::from_conf(config), name })
    }
}

impl Bucket {
    /// Writes the file of an export. Writing it again replaces it.
    pub(crate) async fn put(&self, export: &Export, file: &Path) -> Result<(), BucketError> {
        let body = ByteStream::read_from().path(file).build().await;
        let body = body.map_err(|error| BucketError::File(error.to_string()))?;
        let put = self.client.put_object().bucket(&self.name).key(key(export)).content_type("application/zip");
        put.body(body).send().await.map(|_| ()).map_err(|error| refused(&error))
    }

    /// An address from which the file can be downloaded for [`LINK_LIFETIME`].
    pub(crate) async fn link(&self, export: &Export) -> Result<String, BucketError> {
        let lifetime = PresigningConfig::expires_in(LINK_LIFETIME);
        let lifetime = lifetime.map_err(|error| BucketError::Refused(error.to_string()))?;
        let get = self.client.get_object().bucket(&self.name).key(key(export));
        let get = get.response_content_disposition("attachment; filename=\"namaskah-export.zip\"");
        let link = get.presigned(lifetime).await.map_err(|error| refused(&error))?;
        Ok(link.uri().to_owned())
    }
}

/// The name follows from the export, so that a repeated run replaces the file. It can't be guessed.
fn key(export: &Export) -> String {
    format!("{}.zip", export.export_id)
}

/// Keeps only the error code, as for queues.
fn refused<E: ProvideErrorMetadata, R>(error: &SdkError<E, R>) -> BucketError {
    let code = error.as_service_error().and_then(ProvideErrorMetadata::code);
    BucketError::Refused(code.unwrap_or("no answer").to_owned())
}
