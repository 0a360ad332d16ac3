//! The settings of functions, from their environment. Without its tables no function starts; what only some need (queues, the
//! secret) fails at its first use. `LOG_LEVEL` is read by telemetry, before anything else.

use store::Tables;
use thiserror::Error;

/// The settings of a function.
#[derive(Clone, Debug)]
pub struct Config {
    /// `STAGE`: `local`, `dev` or `prod`.
    pub stage: String,
    /// `APP_VERSION`: what health tells.
    pub version: String,
    /// `PUBLIC_URL`: where the product is reached; links to problem types begin with it.
    pub public_url: String,
    /// `TRUSTED_NETWORKS`: CIDRs that no limit applies to, comma-separated; may be empty.
    pub trusted_networks: Vec<Network>,
    /// `TABLE_*`: the names of the tables.
    pub tables: Tables,
    /// `QUEUE_POLLS_URL`: one message for each order that is polled.
    pub polls_queue: String,
    /// `QUEUE_CHECKS_URL`: orders whose purchase or poll has to be looked up.
    pub checks_queue: String,
    /// `QUEUE_PARKED_URL`: stream records that could not be worked off.
    pub parked_queue: String,
    /// `SECRET_SUPPLIERS_ARN`: the secret with the suppliers' API keys.
    pub suppliers_secret: String,
    /// `FIVESIM_BASE_URL`: where 5SIM is.
    pub fivesim_url: String,
}

/// A setting that is missing or can't be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ConfigError {
    /// The variable is not set.
    #[error("the environment variable {0} is not set")]
    Missing(&'static str),
    /// The variable is not a list of networks.
    #[error("the environment variable {0} is not a list of networks like 10.0.0.0/8,2001:db8::/32")]
    NotNetworks(&'static str),
}

/// A network in CIDR form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: u128,
    bits: u8,
}

impl Config {
    /// Reads the environment.
    pub fn from_env() -> Result<Self, ConfigError> {
        let or_empty = |name: &'static str| std::env::var(name).unwrap_or_default();
        let needed = |name: &'static str| std::env::var(name).map_err(|_| ConfigError::Missing(name));
        let trusted = or_empty("TRUSTED_NETWORKS");
        let networks = trusted.split(',').map(str::trim).filter(|text| !text.is_empty()).map(Network::parse);
        Ok(Self {
            stage: or_empty("STAGE"),
            version: or_empty("APP_VERSION"),
            public_url: or_empty("PUBLIC_URL"),
            trusted_networks: networks.collect::<Option<_>>().ok_or(ConfigError::NotNetworks("TRUSTED_NETWORKS"))?,
            tables: Tables {
                accounts: needed("TABLE_ACCOUNTS")?,
                ledger: needed("TABLE_LEDGER")?,
                orders: needed("TABLE_ORDERS")?,
                catalog: needed("TABLE_CATALOG")?,
                limits: needed("TABLE_LIMITS")?,
            },
            polls_queue: or_empty("QUEUE_POLLS_URL"),
            checks_queue: or_empty("QUEUE_CHECKS_URL"),
            parked_queue: or_empty("QUEUE_PARKED_URL"),
            suppliers_secret: or_empty("SECRET_SUPPLIERS_ARN"),
            fivesim_url: std::env::var("FIVESIM_BASE_URL")
                .unwrap_or_else(|_| suppliers::fivesim::DEFAULT_BASE_URL.to_owned()),
        })
    }
}

impl Network {
    /// Reads `10.0.0.0/8`; an address alone is a network of one.
    pub fn parse(text: &str) -> Option<Self> {
        let (address, bits) = text.split_once('/').map_or((text, None), |(a, b)| (a, Some(b)));
        let address: std::net::IpAddr = address.parse().ok()?;
        let width: u8 = if address.is_ipv4() { 32 } else { 128 };
        let bits: u8 = bits.map_or(Some(width), |text| text.parse().ok())?;
        let spare = 128 - width;
        (bits <= width).then(|| Self { address: as_v6(address), bits: bits + spare })
    }

    /// Whether the address is in the network.
    pub fn contains(&self, address: std::net::IpAddr) -> bool {
        let differing = self.address ^ as_v6(address);
        self.bits == 0 || differing.leading_zeros() >= u32::from(self.bits)
    }
}

fn as_v6(address: std::net::IpAddr) -> u128 {
    match address {
        std::net::IpAddr::V4(v4) => v4.to_ipv6_mapped().to_bits(),
        std::net::IpAddr::V6(v6) => v6.to_bits(),
    }
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
            let parsed = Network::parse(network).unwrap();
            assert_eq!(parsed.contains(address.parse().unwrap()), inside, "{address} in {network}");
        }
        for bad in ["", "10.0.0.0/33", "10.0.0/8", "::/129", "x"] {
            assert_eq!(Network::parse(bad), None, "{bad}");
        }
    }
}
