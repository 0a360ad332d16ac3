//! The settings of every function. Other settings (addresses of queues and suppliers, names of secrets)
//! are read at first use by the crate that needs them. Telemetry reads `LOG_LEVEL` at the start.

use crate::{ConfigError, Environment};
use domain::NetworkRange;
use store::Tables;

/// The settings of a function.
#[derive(Clone, Debug)]
pub struct Config {
    /// `STAGE`: `local`, `dev` or `prod`.
    pub stage: String,
    /// `APP_VERSION`: the version that health reports.
    pub version: String,
    /// `PUBLIC_URL`: the base of public addresses, such as links to problem types.
    pub public_url: String,
    /// `TRUSTED_NETWORKS`: comma-separated CIDRs without rate limits; may be empty.
    pub trusted_networks: Vec<NetworkRange>,
    /// `STAFF_NETWORKS`: comma-separated CIDRs from which staff work; empty for everywhere.
    pub staff_networks: Vec<NetworkRange>,
}

impl Config {
    /// Reads the settings.
    pub fn read(environment: &Environment) -> Result<Self, ConfigError> {
        Ok(Self {
            stage: environment.setting("STAGE"),
            version: environment.setting("APP_VERSION"),
            public_url: environment.setting("PUBLIC_URL"),
            trusted_networks: networks("TRUSTED_NETWORKS", &environment.setting("TRUSTED_NETWORKS"))?,
            staff_networks: networks("STAFF_NETWORKS", &environment.setting("STAFF_NETWORKS"))?,
        })
    }
}

/// The names of the tables (`TABLE_*`). A function without tables leaves them empty; DynamoDB rejects an
/// empty name.
pub(crate) fn tables(environment: &Environment) -> Tables {
    Tables {
        accounts: environment.setting("TABLE_ACCOUNTS"),
        ledger: environment.setting("TABLE_LEDGER"),
        orders: environment.setting("TABLE_ORDERS"),
        catalog: environment.setting("TABLE_CATALOG"),
        limits: environment.setting("TABLE_LIMITS"),
        audit: environment.setting("TABLE_AUDIT"),
    }
}

fn networks(name: &'static str, list: &str) -> Result<Vec<NetworkRange>, ConfigError> {
    let networks = list.split(',').map(str::trim).filter(|text| !text.is_empty()).map(str::parse);
    let expected = "a list of networks like 10.0.0.0/8,2001:db8::/32";
    networks.collect::<Result<_, _>>().map_err(|_| ConfigError::Malformed { name, expected })
}
