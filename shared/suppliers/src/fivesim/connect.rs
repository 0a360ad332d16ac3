//! Settings of the 5SIM client, and how it is built from them.

use super::{BuildError, DEFAULT_BASE_URL, FiveSim};
use crate::{
    http::SharedHttpClient,
    registry::{Connection, SupplierAccessError},
};
use runtime::{Context, Environment, Secrets};
use secrecy::SecretString;
use serde::Deserialize;
use std::sync::Arc;

/// The settings of the 5SIM client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FivesimSettings {
    /// `FIVESIM_BASE_URL`: the base URL of 5SIM.
    pub base_url: String,
    /// `SECRET_SUPPLIERS_ARN`: the secret with the suppliers' API keys.
    pub secret: String,
}

/// The part of the suppliers' secret that belongs to 5SIM.
#[derive(Deserialize)]
struct FivesimSecret {
    fivesim_api_key: SecretString,
}

impl FivesimSettings {
    /// Reads the settings.
    pub fn read(environment: &Environment) -> Self {
        let base_url = environment.setting("FIVESIM_BASE_URL");
        let base_url = if base_url.is_empty() { DEFAULT_BASE_URL.to_owned() } else { base_url };
        Self { base_url, secret: environment.setting("SECRET_SUPPLIERS_ARN") }
    }
}

/// Builds a client with the key from Secrets Manager.
pub async fn connect(context: &Context) -> Result<Connection, SupplierAccessError> {
    let settings = FivesimSettings::read(context.environment());
    let Ok(secrets) = context.get::<Secrets>().await;
    let secret = secrets.get::<FivesimSecret>(&settings.secret).await?;
    let http = context.get::<SharedHttpClient>().await.map_err(wrong)?;
    let client = FiveSim::new(&settings.base_url, &secret.content.fivesim_api_key, http.0.clone());
    let client = client.inspect_err(|error| {
        if *error == BuildError::ApiKey {
            secret.stale.raise();
        }
    });
    let client = client.map_err(wrong)?.reporting_to(secret.stale.clone());
    Ok(Connection { client: Arc::new(client), key: secret.stale })
}

fn wrong(error: impl std::fmt::Display) -> SupplierAccessError {
    SupplierAccessError::Settings(error.to_string())
}
