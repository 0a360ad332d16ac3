//! Networks of clients: the addresses that belong to one household, office or customer of a provider.

use serde::{Deserialize, Serialize};
use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    str::FromStr,
};

/// The network of an address: its /24, or its /56 in IPv6, which providers typically give to one customer.
///
/// It stands for the place of a client where a single address would be too exact: in lists of sessions, in
/// counts of failed sign-ins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Network(IpAddr);

/// The text is not a network of this kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a network")]
pub struct NotANetwork;

impl Network {
    /// The network of this address.
    pub fn of(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V4(address) => {
                let [a, b, c, _] = address.octets();
                IpAddr::V4(Ipv4Addr::new(a, b, c, 0))
            }
            IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << (128 - 56)))),
        })
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = if self.0.is_ipv4() { 24 } else { 56 };
        write!(f, "{}/{length}", self.0)
    }
}

impl FromStr for Network {
    type Err = NotANetwork;

    fn from_str(text: &str) -> Result<Self, NotANetwork> {
        let (address, _) = text.split_once('/').ok_or(NotANetwork)?;
        let network = Self::of(address.parse().map_err(|_| NotANetwork)?);
        // One text for one network.
        if network.to_string() == text { Ok(network) } else { Err(NotANetwork) }
    }
}

impl TryFrom<String> for Network {
    type Error = NotANetwork;

    fn try_from(text: String) -> Result<Self, NotANetwork> {
        text.parse()
    }
}

impl From<Network> for String {
    fn from(network: Network) -> Self {
        network.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_share_a_network() {
        for (address, network) in [
            ("198.51.100.7", "198.51.100.0/24"),
            ("::ffff:198.51.100.200", "198.51.100.0/24"),
            ("2001:db8:1:12ff::7", "2001:db8:1:1200::/56"),
            ("::1", "::/56"),
        ] {
            let found = Network::of(address.parse().unwrap());
            assert_eq!(found.to_string(), network);
            assert_eq!(network.parse(), Ok(found));
        }
        for bad in ["", "198.51.100.7/24", "198.51.100.0", "198.51.100.0/16", "2001:db8::1/56", "x/24"] {
            assert_eq!(bad.parse::<Network>(), Err(NotANetwork), "{bad}");
        }
    }
}
