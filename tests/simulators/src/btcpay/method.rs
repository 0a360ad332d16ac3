//! Payment methods: coins and their networks. Bitcoin and Lightning are the server's own. Tether's plugin names its
//! methods `USDT-TRON` and `USDT-ETHEREUM`. A coin on its own chain is named as the server does it (`ETH-CHAIN`).

use super::ids;
use rust_decimal::Decimal;
use serde_json::{Value, json};

/// Chain and contract in links to pay USDT on Ethereum. It is a local test network.
const TETHER: (&str, u32) = ("0xdac17f958d2ee523a2206206994597c13d831ec7", 1337);

/// Where a payment happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Network {
    Bitcoin,
    Lightning,
    Ethereum,
    Solana,
    TetherOnTron,
    TetherOnEthereum,
}

/// A payment method.
#[derive(Debug, PartialEq, Eq)]
pub struct Method {
    pub id: &'static str,
    /// The coin in rates.
    pub coin: &'static str,
    /// The name of the coin in answers, which Tether's plugin writes in its own way.
    pub currency: &'static str,
    /// Digits after the point of an amount.
    pub digits: u32,
    pub network: Network,
}

/// All methods of the store. The first one is the default.
pub static METHODS: [Method; 6] = [
    Method { id: "BTC-CHAIN", coin: "BTC", currency: "BTC", digits: 8, network: Network::Bitcoin },
    Method { id: "BTC-LN", coin: "BTC", currency: "BTC", digits: 8, network: Network::Lightning },
    Method { id: "ETH-CHAIN", coin: "ETH", currency: "ETH", digits: 18, network: Network::Ethereum },
    Method { id: "SOL-CHAIN", coin: "SOL", currency: "SOL", digits: 9, network: Network::Solana },
    Method { id: "USDT-TRON", coin: "USDT", currency: "USDt", digits: 6, network: Network::TetherOnTron },
    Method { id: "USDT-ETHEREUM", coin: "USDT", currency: "USDt", digits: 6, network: Network::TetherOnEthereum },
];

impl Method {
    /// The method with this identifier, in the spelling of today or of older servers.
    pub fn find(id: &str) -> Option<&'static Self> {
        let id = match id {
            "BTC" => "BTC-CHAIN",
            "BTC-LightningNetwork" | "BTC_LightningLike" | "BTC-OFFCHAIN" => "BTC-LN",
            id => id,
        };
        METHODS.iter().find(|method| method.id.eq_ignore_ascii_case(id))
    }

    /// Whether a payment is final as soon as it is seen.
    pub fn is_instant(&self) -> bool {
        self.network == Network::Lightning
    }

    /// A new destination for a payment of this amount.
    pub fn new_destination(&self, amount: Decimal) -> String {
        match self.network {
            Network::Bitcoin => ids::bitcoin_address(),
            Network::Lightning => ids::lightning_invoice(amount),
            Network::Ethereum | Network::TetherOnEthereum => ids::ethereum_address(),
            Network::Solana => ids::base58(&ids::bytes::<32>()),
            Network::TetherOnTron => ids::tron_address(),
        }
    }

    /// The identifier of a new payment. On Bitcoin it is the transaction and the number of its output.
    pub fn new_payment_id(&self) -> String {
        match self.network {
            Network::Bitcoin => format!("{}-{}", ids::hash(), ids::bytes::<1>()[0] % 3),
            Network::Lightning | Network::TetherOnTron => ids::hash(),
            Network::Ethereum | Network::TetherOnEthereum => format!("0x{}", ids::hash()),
            Network::Solana => ids::base58(&ids::bytes::<64>()),
        }
    }

    /// A link that opens the customer's wallet.
    pub fn link(&self, destination: &str, due: Decimal) -> String {
        let amount = if due.is_zero() { String::new() } else { format!("?amount={due}") };
        let units = units(due, self.digits);
        let (contract, chain) = TETHER;
        match self.network {
            Network::Bitcoin => format!("bitcoin:{destination}{amount}"),
            Network::Lightning => format!("lightning:{destination}"),
            Network::Ethereum => format!("ethereum:{destination}@{chain}?value={units}"),
            Network::Solana => format!("solana:{destination}{amount}"),
            Network::TetherOnTron => format!("tron:{destination}{amount}"),
            Network::TetherOnEthereum => {
                format!("ethereum:{contract}@{chain}/transfer?address={destination}&uint256={units}")
            }
        }
    }

    /// What the method says of itself.
    pub fn details(&self) -> Value {
        match self.network {
            Network::Bitcoin => json!({
                "keyPath": "0/1",
                "payjoinEnabled": false,
                "recommendedFeeRate": "1",
                "paymentMethodFeeRate": "0",
            }),
            _ => json!({}),
        }
    }
}

/// An amount in the smallest unit of its coin.
fn units(amount: Decimal, digits: u32) -> String {
    let amount = amount.normalize();
    let (mantissa, missing) = (amount.mantissa(), digits.saturating_sub(amount.scale()));
    let zeros = if mantissa == 0 { 0 } else { missing as usize };
    format!("{mantissa}{}", "0".repeat(zeros))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_say_how_much() {
        let link = |id: &str, due| Method::find(id).unwrap().link("DEST", due);
        assert_eq!(link("BTC", Decimal::new(5, 1)), "bitcoin:DEST?amount=0.5");
        assert_eq!(link("BTC-CHAIN", Decimal::from(0)), "bitcoin:DEST");
        assert_eq!(link("ETH-CHAIN", Decimal::new(15, 1)), "ethereum:DEST@1337?value=1500000000000000000");
        assert!(link("usdt-ethereum", Decimal::new(25, 1)).ends_with("/transfer?address=DEST&uint256=2500000"));
        assert!(link("USDT-ETHEREUM", Decimal::from(0)).ends_with("&uint256=0"));
        assert_eq!(Method::find("DOGE-CHAIN"), None);
    }

    #[test]
    fn every_method_mints() {
        for method in &METHODS {
            let (one, other) = (method.new_payment_id(), method.new_payment_id());
            assert_ne!(one, other, "{}", method.id);
            assert_ne!(
                method.new_destination(Decimal::from(1)),
                method.new_destination(Decimal::from(1)),
                "{}",
                method.id
            );
        }
    }
}
