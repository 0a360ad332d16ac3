//! What a function works with, made once at start from its settings. Clients that not every function needs are made at their
//! first use, so that no function pays for another's.

use crate::{Clock, Config, ConfigError, Queues, telemetry};
use aws_config::{BehaviorVersion, SdkConfig, retry::RetryConfig, timeout::TimeoutConfig};
use domain::SupplierId;
use secrecy::SecretString;
use serde::Deserialize;
use std::{sync::Arc, time::Duration};
use store::Store;
use suppliers::{Supplier, fivesim};
use thiserror::Error;
use tokio::sync::OnceCell;

/// How long one try of an AWS call may take; a call is tried three times.
const ATTEMPT: Duration = Duration::from_millis(2500);

/// How long an AWS call may take with all its tries.
const CALL: Duration = Duration::from_secs(5);

/// A function's settings, clock and clients. Cheap to clone.
#[derive(Clone)]
pub struct Context(Arc<Inner>);

struct Inner {
    config: Config,
    clock: Clock,
    store: Store,
    aws: SdkConfig,
    queues: OnceCell<Queues>,
    fivesim: OnceCell<Arc<dyn Supplier>>,
}

/// Why a supplier can't be used at all.
#[derive(Debug, Error)]
pub enum SupplierAccessError {
    /// The secret can't be read.
    #[error("the suppliers' secret can't be read: {0}")]
    Secret(String),
    /// The secret is not what it should be, or the address is not one.
    #[error("the supplier's settings are wrong: {0}")]
    Settings(String),
}

/// The secret's content.
#[derive(Deserialize)]
struct SuppliersSecret {
    fivesim_api_key: SecretString,
}

impl Context {
    /// Reads the environment and makes the clients that every function needs.
    pub async fn from_env() -> Result<Self, ConfigError> {
        let config = Config::from_env()?;
        let aws = aws_config::defaults(BehaviorVersion::v2026_01_12())
            .retry_config(RetryConfig::standard().with_max_attempts(3))
            .timeout_config(TimeoutConfig::builder().operation_attempt_timeout(ATTEMPT).operation_timeout(CALL).build())
            .load()
            .await;
        Ok(Self::new(config, aws))
    }

    /// A context over these settings.
    pub fn new(config: Config, aws: SdkConfig) -> Self {
        let store = Store::new(aws_sdk_dynamodb::Client::new(&aws), config.tables.clone());
        let (queues, fivesim) = (OnceCell::new(), OnceCell::new());
        Self(Arc::new(Inner { config, clock: Clock, store, aws, queues, fivesim }))
    }

    /// The settings.
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// This moment.
    pub fn now(&self) -> domain::Timestamp {
        self.0.clock.now()
    }

    /// The product's data.
    pub fn store(&self) -> &Store {
        &self.0.store
    }

    /// The queues.
    pub async fn queues(&self) -> &Queues {
        let make = || async { Queues::new(aws_sdk_sqs::Client::new(&self.0.aws), &self.0.config) };
        self.0.queues.get_or_init(make).await
    }

    /// The suppliers that are asked, best first.
    pub fn suppliers(&self) -> [SupplierId; 1] {
        [fivesim::id()]
    }

    /// A supplier's client, with the key from Secrets Manager.
    pub async fn supplier(&self, id: &SupplierId) -> Result<&dyn Supplier, SupplierAccessError> {
        let client = match id.as_str() {
            fivesim::ID => self.0.fivesim.get_or_try_init(|| self.connect_fivesim()).await,
            other => Err(SupplierAccessError::Settings(format!("there is no supplier {other}"))),
        };
        let client = client.inspect_err(|_| telemetry::count_class("SupplierErrors", "no_access", 1))?;
        Ok(client.as_ref())
    }

    async fn connect_fivesim(&self) -> Result<Arc<dyn Supplier>, SupplierAccessError> {
        let secrets = aws_sdk_secretsmanager::Client::new(&self.0.aws);
        let request = secrets.get_secret_value().secret_id(&self.0.config.suppliers_secret);
        let answer = request.send().await.map_err(|error| {
            // The SDK's own text names the request; the code is enough and holds nothing secret.
            use aws_sdk_secretsmanager::error::ProvideErrorMetadata;
            SupplierAccessError::Secret(error.code().unwrap_or("no answer").to_owned())
        })?;
        let settings = |_| SupplierAccessError::Settings("the secret is not {\"fivesim_api_key\": …}".to_owned());
        let secret: SuppliersSecret =
            serde_json::from_str(answer.secret_string().unwrap_or_default()).map_err(settings)?;
        let http = suppliers::http_client().map_err(|error| SupplierAccessError::Settings(error.to_string()))?;
        let fivesim = suppliers::FiveSim::new(&self.0.config.fivesim_url, &secret.fivesim_api_key, http)
            .map_err(|error| SupplierAccessError::Settings(error.to_string()))?;
        Ok(Arc::new(fivesim))
    }

    /// 128 random bits.
    ///
    /// # Panics
    /// Where the system gives no randomness: an identifier that could be another's must not be made.
    pub fn random(&self) -> u128 {
        let mut bytes = [0; 16];
        #[expect(
            clippy::expect_used,
            reason = "without randomness no identifier may be made; the request fails and is repeated"
        )]
        getrandom::fill(&mut bytes).expect("the system gives randomness");
        u128::from_be_bytes(bytes)
    }
}
