//! Settings of the 5SIM client, and how it is built from them.

use super::{Account, BuildError, DEFAULT_BASE_URL, FiveSim};
use crate::{
    http::SharedHttpClient,
    registry::{Connection, SupplierAccessError},
};
use runtime::{Context, Environment, Secrets};
use secrecy::SecretString;
use serde::Deserialize;
use std::{collections::BTreeMap, sync::Arc};

/// The settings of the 5SIM client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FivesimSettings {
    /// `FIVESIM_BASE_URL`: the base URL of 5SIM.
    pub base_url: String,
    /// `SECRET_SUPPLIERS_ARN`: the secret with the suppliers' API keys.
    pub secret: String,
}

/// The suppliers' secret: keys by their names.
#[derive(Deserialize)]
#[serde(transparent)]
struct Keys(BTreeMap<String, SecretString>);

impl FivesimSettings {
    /// Reads the settings.
    pub fn read(environment: &Environment) -> Self {
        let base_url = environment.setting("FIVESIM_BASE_URL");
        let base_url = if base_url.is_empty() { DEFAULT_BASE_URL.to_owned() } else { base_url };
        Self { base_url, secret: environment.setting("SECRET_SUPPLIERS_ARN") }
    }
}

/// Builds a client of an account, with its key from Secrets Manager.
pub async fn connect(context: &Context, account: Account) -> Result<Connection, SupplierAccessError> {
    let settings = FivesimSettings::read(context.environment());
    let Ok(secrets) = context.get::<Secrets>().await;
    let secret = secrets.get::<Keys>(&settings.secret).await?;
    let http = context.get::<SharedHttpClient>().await.map_err(wrong)?;
    // A key that is not there is as wrong as an empty one.
    let key = secret.content.0.get(account.key).cloned().unwrap_or_default();
    let client = FiveSim::new(&settings.base_url, &key, http.0.clone());
    let client = client.inspect_err(|error| {
        if *error == BuildError::ApiKey {
            secret.stale.raise();
        }
    });
    let client = client.map_err(wrong)?.of(account).reporting_to(secret.stale.clone());
    Ok(Connection { client: Arc::new(client), key: secret.stale })
}

fn wrong(error: impl std::fmt::Display) -> SupplierAccessError {
    SupplierAccessError::Settings(error.to_string())
}
