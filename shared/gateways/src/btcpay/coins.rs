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
}

/// Every coin.
pub(super) const COINS: [Coin; 7] = [
    Coin { method: Method::Bitcoin, id: "BTC-CHAIN", name: "BTC" },
    Coin { method: Method::Lightning, id: "BTC-LN", name: "BTC" },
    Coin { method: Method::Ethereum, id: "ETH-CHAIN", name: "ETH" },
    Coin { method: Method::Solana, id: "SOL-CHAIN", name: "SOL" },
    Coin { method: Method::UsdtTron, id: "USDT-TRON", name: "USDT" },
    Coin { method: Method::UsdtEthereum, id: "USDT-ETHEREUM", name: "USDT" },
    Coin { method: Method::UsdtSolana, id: "USDT-SOL", name: "USDT" },
];

/// The coin of a method; `None` if BTCPay does not take it.
pub(super) fn coin(method: Method) -> Option<&'static Coin> {
    COINS.iter().find(|coin| coin.method == method)
}
