//! Addresses of coins. A coin that is sent to a wrong address is lost, so each standard's own checks are made, and an
//! address from which nobody can send is refused.

use super::Method;
use bech32::{Fe32, segwit};
use curve25519_dalek::edwards::CompressedEdwardsY;
use serde::{Deserialize, Serialize};
use sha3::{Digest, Keccak256};
use std::{fmt, time::Duration};
use thiserror::Error;
use utoipa::ToSchema;

/// The most characters of an address. Bech32 ends here.
pub const LONGEST_ADDRESS: usize = 90;
/// How long a customer may use an address after the letter that confirms it.
pub const REFUND_ADDRESS_LIFETIME: Duration = Duration::from_hours(2);
/// The versions of Bitcoin's Base58 addresses: of a key (`1…`) and of a script (`3…`).
const BITCOIN_VERSIONS: [u8; 2] = [0x00, 0x05];
/// The same on Bitcoin's test networks.
const BITCOIN_TEST_VERSIONS: [u8; 2] = [0x6f, 0xc4];
/// The first byte of Tron's addresses.
const TRON_VERSION: u8 = 0x41;

/// A network on which coins are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CoinNetwork {
    /// Bitcoin's chain.
    Bitcoin,
    /// Ethereum, with its tokens.
    Ethereum,
    /// Solana, with its tokens.
    Solana,
    /// Tron, with its tokens.
    Tron,
}

/// An address that can receive coins, in its canonical form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
pub struct CoinAddress {
    /// The network.
    pub network: CoinNetwork,
    /// The address: lower case for Bech32, with the checksum's letters for Ethereum.
    #[schema(examples("bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq"))]
    pub text: String,
}

/// Why a text is no address to which coins are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotAnAddress {
    /// It has not the form of the network's addresses.
    #[error("not the form of an address of this network")]
    Form,
    /// Its checksum is wrong: a character was changed or is missing.
    #[error("a character is wrong or missing")]
    Checksum,
    /// It belongs to a test network.
    #[error("an address of a test network")]
    TestNetwork,
    /// Nobody can send from it, as far as is known, so coins would be lost.
    #[error("an address from which nobody can send")]
    Unspendable,
}

impl Method {
    /// The network to whose addresses the coins of this method go back; `None` for cards and mobile money. A Lightning
    /// invoice ends before a refund is approved, so its coins go to an address of Bitcoin's chain.
    pub const fn network(self) -> Option<CoinNetwork> {
        match self {
            Self::Card | Self::MobileMoney => None,
            Self::Bitcoin | Self::Lightning => Some(CoinNetwork::Bitcoin),
            Self::Ethereum | Self::UsdtEthereum => Some(CoinNetwork::Ethereum),
            Self::Solana | Self::UsdtSolana => Some(CoinNetwork::Solana),
            Self::UsdtTron => Some(CoinNetwork::Tron),
        }
    }
}

impl CoinNetwork {
    /// The name in JSON and texts.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Bitcoin => "bitcoin",
            Self::Ethereum => "ethereum",
            Self::Solana => "solana",
            Self::Tron => "tron",
        }
    }

    /// The address that this text is.
    pub fn address(self, text: &str) -> Result<CoinAddress, NotAnAddress> {
        let text = match self {
            _ if text.len() > LONGEST_ADDRESS || !text.is_ascii() => return Err(NotAnAddress::Form),
            Self::Bitcoin => bitcoin(text)?,
            Self::Ethereum => ethereum(text)?,
            Self::Solana => solana(text)?,
            Self::Tron => tron(text)?,
        };
        Ok(CoinAddress { network: self, text })
    }
}

impl NotAnAddress {
    /// The name in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Checksum => "checksum",
            Self::TestNetwork => "test_network",
            Self::Unspendable => "unspendable",
        }
    }
}

impl fmt::Display for CoinAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// BIP-173 and BIP-350, or Base58 with a checksum.
fn bitcoin(text: &str) -> Result<String, NotAnAddress> {
    let (prefix, _) = text.rsplit_once('1').unwrap_or_default();
    match prefix.to_ascii_lowercase().as_str() {
        "bc" => witness(text),
        "tb" | "bcrt" => Err(NotAnAddress::TestNetwork),
        _ => {
            let payload = base58_checked(text)?;
            match payload.split_first() {
                Some((version, hash)) if hash.len() == 20 && BITCOIN_VERSIONS.contains(version) => Ok(text.to_owned()),
                Some((version, hash)) if hash.len() == 20 && BITCOIN_TEST_VERSIONS.contains(version) => {
                    Err(NotAnAddress::TestNetwork)
                }
                _ => Err(NotAnAddress::Form),
            }
        }
    }
}

/// An address of a witness program. Programs of later versions than 1 have no rule for spending yet, and neither has one
/// of version 1 with another length than that of a key.
fn witness(text: &str) -> Result<String, NotAnAddress> {
    let has_both_cases =
        text.bytes().any(|byte| byte.is_ascii_lowercase()) && text.bytes().any(|byte| byte.is_ascii_uppercase());
    if has_both_cases {
        return Err(NotAnAddress::Form);
    }
    let (_, version, program) = segwit::decode(text).map_err(|error| match error.0 {
        bech32::primitives::decode::SegwitHrpstringError::Checksum(_) => NotAnAddress::Checksum,
        _ => NotAnAddress::Form,
    })?;
    match (version, program.len()) {
        (Fe32::Q, _) | (Fe32::P, 32) => Ok(text.to_ascii_lowercase()),
        _ => Err(NotAnAddress::Unspendable),
    }
}

/// ERC-55: the case of the letters is a checksum. Letters of one case have none.
fn ethereum(text: &str) -> Result<String, NotAnAddress> {
    let digits = text.strip_prefix("0x").filter(|digits| digits.len() == 40).ok_or(NotAnAddress::Form)?;
    let bytes = hex::decode(digits).map_err(|_| NotAnAddress::Form)?;
    if bytes.iter().all(|byte| *byte == 0) {
        return Err(NotAnAddress::Unspendable);
    }
    let lower = digits.to_ascii_lowercase();
    let hash = hex::encode(Keccak256::digest(&lower));
    let cased = |(digit, of_hash): (char, u8)| if of_hash > b'7' { digit.to_ascii_uppercase() } else { digit };
    let checked: String = lower.chars().zip(hash.bytes()).map(cased).collect();
    let is_of_one_case = digits == lower || digits == digits.to_ascii_uppercase();
    if checked == digits || is_of_one_case { Ok(format!("0x{checked}")) } else { Err(NotAnAddress::Checksum) }
}

/// A public key in Base58. It has no checksum. Addresses beside the curve belong to programs, and have no private key.
fn solana(text: &str) -> Result<String, NotAnAddress> {
    let key = bs58::decode(text).into_vec().map_err(|_| NotAnAddress::Form)?;
    let point = CompressedEdwardsY::from_slice(&key).map_err(|_| NotAnAddress::Form)?;
    let is_a_key = point.decompress().is_some() && key.iter().any(|byte| *byte != 0);
    if is_a_key { Ok(text.to_owned()) } else { Err(NotAnAddress::Unspendable) }
}

/// Base58 with a checksum: 0x41 and 20 bytes.
fn tron(text: &str) -> Result<String, NotAnAddress> {
    let payload = base58_checked(text)?;
    match payload.split_first() {
        Some((&TRON_VERSION, hash)) if hash.len() == 20 => {
            if hash.iter().all(|byte| *byte == 0) {
                Err(NotAnAddress::Unspendable)
            } else {
                Ok(text.to_owned())
            }
        }
        _ => Err(NotAnAddress::Form),
    }
}

/// The content of a text in Base58 with a checksum.
fn base58_checked(text: &str) -> Result<Vec<u8>, NotAnAddress> {
    bs58::decode(text).with_check(None).into_vec().map_err(|error| match error {
        bs58::decode::Error::InvalidChecksum { .. } => NotAnAddress::Checksum,
        _ => NotAnAddress::Form,
    })
}
