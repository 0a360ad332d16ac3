//! The settings that every function has. What only some functions need, its owner reads at first use: queues' addresses,
//! secrets, a supplier's address. `LOG_LEVEL` is read by telemetry, before anything else.

use crate::{ConfigError, Environment};
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
    pub trusted_networks: Vec<Network>,
}

/// A network in CIDR form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: u128,
    bits: u8,
}

impl Config {
    /// Reads the settings.
    pub fn read(environment: &Environment) -> Result<Self, ConfigError> {
        let trusted = environment.setting("TRUSTED_NETWORKS");
        let networks = trusted.split(',').map(str::trim).filter(|text| !text.is_empty()).map(Network::parse);
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
