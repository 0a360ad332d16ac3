//! The bucket of the copies. It keeps each object for years (Object Lock), so nothing here can remove one.

use crate::objects::Object;
use buckets::BucketError;
use runtime::{Client, Context};

/// The bucket.
pub(crate) struct Bucket(buckets::Bucket);

impl Client for Bucket {
    type Error = BucketError;

    async fn connect(context: &Context) -> Result<Self, BucketError> {
        let name = context.environment().needed_setting("BUCKET_AUDIT")?;
        Ok(Self(buckets::Bucket::named(name, context)))
    }
}

impl Bucket {
    /// Writes an object. Writing it again adds a version; the first one stays.
    pub(crate) async fn put(&self, Object { key, text }: Object) -> Result<(), BucketError> {
        self.0.put(&key, "application/x-ndjson", text.into_bytes()).await
    }
}
