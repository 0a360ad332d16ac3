//! Ranges of network addresses, such as `198.51.100.0/24`.

use ipnet::{IpNet, Ipv4Net};
use serde::{Deserialize, Serialize};
use std::{fmt, net::IpAddr, str::FromStr};

/// A range of addresses in the notation of CIDR. A plain address is a range of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct NetworkRange(IpNet);

/// The text is not a range of addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a range of addresses is written like 198.51.100.0/24 or 2001:db8::/32")]
pub struct NotARange;

/// The bits before the IPv4 address in an IPv6 address that is mapped to one.
const MAPPED_BITS: u8 = 96;

impl NetworkRange {
    /// Whether the address is in the range.
    pub fn contains(&self, address: IpAddr) -> bool {
        self.0.contains(&address.to_canonical())
    }
}

/// The range in IPv4, if it is one that is mapped to IPv6. Addresses of clients are never mapped ones.
fn canonical(range: IpNet) -> IpNet {
    let IpNet::V6(mapped) = range else { return range };
    let ipv4 = mapped.addr().to_ipv4_mapped().zip(mapped.prefix_len().checked_sub(MAPPED_BITS));
    ipv4.and_then(|(address, length)| Ipv4Net::new(address, length).ok()).map_or(range, IpNet::V4)
}

impl FromStr for NetworkRange {
    type Err = NotARange;

    fn from_str(text: &str) -> Result<Self, NotARange> {
        let range = text.parse().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from));
        // One text for one range: bits after the prefix are zero.
        range.map(|range| Self(canonical(range.trunc()))).ok_or(NotARange)
    }
}

impl fmt::Display for NetworkRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<String> for NetworkRange {
    type Error = NotARange;

    fn try_from(text: String) -> Result<Self, NotARange> {
        text.parse()
    }
}

impl From<NetworkRange> for String {
    fn from(range: NetworkRange) -> Self {
        range.to_string()
    }
}

impl utoipa::PartialSchema for NetworkRange {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(utoipa::openapi::schema::Type::String)
            .description(Some("A range of IPv4 or IPv6 addresses (CIDR)."))
            .examples(["198.51.100.0/24"])
            .into()
    }
}

impl utoipa::ToSchema for NetworkRange {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_range_contains_only_its_own_addresses() {
        for (range, address, inside) in [
            ("10.0.0.0/8", "10.255.0.1", true),
            ("10.0.0.0/8", "11.0.0.1", false),
            ("10.0.0.0/8", "::ffff:10.0.0.1", true),
            ("127.0.0.1", "127.0.0.1", true),
            ("127.0.0.1", "127.0.0.2", false),
            ("::ffff:10.0.0.0/104", "10.1.2.3", true),
            ("2001:db8::/32", "2001:db8:1::1", true),
            ("2001:db8::/32", "2001:db9::1", false),
            ("0.0.0.0/0", "8.8.8.8", true),
            ("0.0.0.0/0", "2001:db8::1", false),
        ] {
            let address: IpAddr = address.parse().unwrap();
            assert_eq!(range.parse::<NetworkRange>().unwrap().contains(address), inside, "{address} in {range}");
        }
        for bad in ["", "10.0.0.0/33", "10.0.0/8", "::/129", "x", " 10.0.0.0/8", "10.0.0.0/8,"] {
            assert_eq!(bad.parse::<NetworkRange>(), Err(NotARange), "{bad}");
        }
        assert_eq!("198.51.100.7/24".parse::<NetworkRange>().unwrap().to_string(), "198.51.100.0/24");
    }

    proptest! {
        #[test]
        fn a_range_has_one_text(address: IpAddr, length in 0_u8..=128) {
            let length = if address.is_ipv4() { length.min(32) } else { length };
            let range: NetworkRange = format!("{address}/{length}").parse().unwrap();
            prop_assert!(range.contains(address) || address.to_canonical() != address);
            prop_assert_eq!(range.to_string().parse(), Ok(range));
        }
    }
}
