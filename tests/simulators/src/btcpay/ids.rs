//! Identifiers that the server and the networks mint. They are random, so none repeats after a restart.

use aws_lc_rs::{
    digest::{SHA256, digest},
    rand,
};
use bech32::{Bech32, Hrp, hrp, segwit};
use rust_decimal::Decimal;

/// The first byte of an address of Tron.
const TRON: u8 = 0x41;

/// Random bytes.
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    #[expect(clippy::expect_used, reason = "without randomness there is nothing to simulate")]
    rand::fill(&mut bytes).expect("the system provides randomness");
    bytes
}

/// An identifier of the server: 16 bytes in Base58.
pub fn id() -> String {
    base58(&bytes::<16>())
}

/// Base58 with Bitcoin's alphabet.
pub fn base58(bytes: &[u8]) -> String {
    bs58::encode(bytes).into_string()
}

/// 32 random bytes in hexadecimal: a transaction, or the hash of a payment.
pub fn hash() -> String {
    hex::encode(bytes::<32>())
}

/// A Bitcoin address (P2WPKH) of the test network `regtest`, to which nobody can send money.
pub fn bitcoin_address() -> String {
    segwit::encode_v0(hrp::BCRT, &bytes::<20>()).unwrap_or_default()
}

/// An address of Ethereum, without the checksum in its letters.
pub fn ethereum_address() -> String {
    format!("0x{}", hex::encode(bytes::<20>()))
}

/// An address of Tron: 21 bytes and a checksum in Base58.
pub fn tron_address() -> String {
    let mut address = vec![TRON];
    address.extend(bytes::<20>());
    let checksum = digest(&SHA256, digest(&SHA256, &address).as_ref());
    address.extend(&checksum.as_ref()[..4]);
    base58(&address)
}

/// A Lightning invoice of `regtest` for an amount: its prefix and checksum are real, its content is random.
pub fn lightning_invoice(amount: Decimal) -> String {
    let nano = (amount * Decimal::from(1_000_000_000)).normalize().trunc();
    let prefix = if nano.is_zero() { "lnbcrt".to_owned() } else { format!("lnbcrt{nano}n") };
    let encoded = Hrp::parse(&prefix).ok().and_then(|prefix| bech32::encode::<Bech32>(prefix, &bytes::<120>()).ok());
    encoded.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_the_forms_of_their_networks() {
        let (_, version, program) = segwit::decode(&bitcoin_address()).unwrap();
        assert_eq!((version.to_u8(), program.len()), (0, 20));
        let tron = tron_address();
        assert!(tron.starts_with('T') && tron.len() == 34, "{tron}");
        let decoded = bs58::decode(&tron).into_vec().unwrap();
        let (address, checksum) = decoded.split_at(21);
        assert_eq!(&digest(&SHA256, digest(&SHA256, address).as_ref()).as_ref()[..4], checksum);
        let (prefix, content) = bech32::decode(&lightning_invoice(Decimal::new(8334, 8))).unwrap();
        assert_eq!((prefix.as_str(), content.len()), ("lnbcrt83340n", 120));
    }

    #[test]
    fn identifiers_differ() {
        assert_ne!(id(), id());
        assert!((20..=22).contains(&id().len()));
    }
}
