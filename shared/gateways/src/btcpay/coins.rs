//! The coins, and BTCPay's names for them.

use domain::payment::Method;

/// A method that BTCPay takes.
#[derive(Debug)]
pub(super) struct Coin {
    /// The method.
    pub(super) method: Method,
    /// BTCPay's identifier of the payment method. Bitcoin's are BTCPay's own; plugins name the others.
    pub(super) id: &'static str,
    /// The coin.
    pub(super) name: &'static str,
    /// BTCPay's identifier of the method that sends it back.
    pub(super) payout: &'static str,
    /// The decimals of an amount that is sent back: those of the coin, eight at most.
    pub(super) decimals: u32,
}

/// Every coin.
pub(super) const COINS: [Coin; 7] = [
    Coin { method: Method::Bitcoin, id: "BTC-CHAIN", name: "BTC", payout: "BTC-CHAIN", decimals: 8 },
    Coin { method: Method::Lightning, id: "BTC-LN", name: "BTC", payout: "BTC-CHAIN", decimals: 8 },
    Coin { method: Method::Ethereum, id: "ETH-CHAIN", name: "ETH", payout: "ETH-CHAIN", decimals: 8 },
    Coin { method: Method::Solana, id: "SOL-CHAIN", name: "SOL", payout: "SOL-CHAIN", decimals: 8 },
    Coin { method: Method::UsdtTron, id: "USDT-TRON", name: "USDT", payout: "USDT-TRON", decimals: 6 },
    Coin { method: Method::UsdtEthereum, id: "USDT-ETHEREUM", name: "USDT", payout: "USDT-ETHEREUM", decimals: 6 },
    Coin { method: Method::UsdtSolana, id: "USDT-SOL", name: "USDT", payout: "USDT-SOL", decimals: 6 },
];

/// The coin of a method; `None` if BTCPay does not take it.
pub(super) fn coin(method: Method) -> Option<&'static Coin> {
    COINS.iter().find(|coin| coin.method == method)
}
