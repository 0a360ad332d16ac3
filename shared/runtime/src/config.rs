//! The settings that every function has. What only some functions need, its owner reads at first use: queues' addresses,
//! secrets, a supplier's address. `LOG_LEVEL` is read by telemetry, before anything else.

use crate::{ConfigError, Environment};
use ipnet::IpNet;
use std::net::IpAddr;
use store::Tables;

/// The settings of a function.
#[derive(Clone, Debug)]
pub struct Config {
    /// `STAGE`: `local`, `dev` or `prod`.
    pub stage: String,
    /// `APP_VERSION`: the version that health reports.
    pub version: String,
    /// `PUBLIC_URL`: where the product is reached; links to problem types begin with it.
    pub public_url: String,
    /// `TRUSTED_NETWORKS`: CIDRs that no limit applies to, comma-separated; may be empty.
    pub trusted_networks: Vec<IpNet>,
}

impl Config {
    /// Reads the settings.
    pub fn read(environment: &Environment) -> Result<Self, ConfigError> {
        let trusted = environment.setting("TRUSTED_NETWORKS");
        let networks = trusted.split(',').map(str::trim).filter(|text| !text.is_empty()).map(network);
        let not_networks = ConfigError::Malformed {
            name: "TRUSTED_NETWORKS",
            expected: "a list of networks like 10.0.0.0/8,2001:db8::/32",
        };
        Ok(Self {
            stage: environment.setting("STAGE"),
            version: environment.setting("APP_VERSION"),
            public_url: environment.setting("PUBLIC_URL"),
            trusted_networks: networks.collect::<Option<_>>().ok_or(not_networks)?,
        })
    }
}

/// The names of the tables (`TABLE_*`). A function that uses no table starts without them; DynamoDB refuses an empty name.
pub(crate) fn tables(environment: &Environment) -> Tables {
    Tables {
        accounts: environment.setting("TABLE_ACCOUNTS"),
        ledger: environment.setting("TABLE_LEDGER"),
        orders: environment.setting("TABLE_ORDERS"),
        catalog: environment.setting("TABLE_CATALOG"),
        limits: environment.setting("TABLE_LIMITS"),
    }
}

/// Reads `10.0.0.0/8`; an address alone is a network of one.
fn network(text: &str) -> Option<IpNet> {
    text.parse().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_hold_their_addresses_only() {
        for (network, address, inside) in [
            ("10.0.0.0/8", "10.255.0.1", true),
            ("10.0.0.0/8", "11.0.0.1", false),
            ("127.0.0.1", "127.0.0.1", true),
            ("127.0.0.1", "127.0.0.2", false),
            ("2001:db8::/32", "2001:db8:1::1", true),
            ("2001:db8::/32", "2001:db9::1", false),
            ("0.0.0.0/0", "8.8.8.8", true),
            ("0.0.0.0/0", "2001:db8::1", false),
        ] {
            let address: IpAddr = address.parse().unwrap();
            assert_eq!(self::network(network).unwrap().contains(&address), inside, "{address} in {network}");
        }
        for bad in ["", "10.0.0.0/33", "10.0.0/8", "::/129", "x"] {
            assert_eq!(network(bad), None, "{bad}");
        }
    }
}
