//! Schedule: replaces the key that signs access tokens.

use accounts::SigningError;
use runtime::Context;

/// Replaces the key. A run that is repeated makes one key more, which does no harm.
pub async fn rotate_keys(context: Context) -> Result<(), SigningError> {
    accounts::rotate(&context).await?;
    tracing::info!("the signing key was replaced");
    Ok(())
}
