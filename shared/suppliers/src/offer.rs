//! A supplier's offers, countries and products, and the state of our account.

use domain::{CountryCode, OperatorName, Rating, ServiceName, SupplierMoney};

/// Numbers of one operator in one country for one service, at one price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupplierOffer {
    /// Country of the numbers.
    pub country: CountryCode,
    /// Service of the numbers.
    pub service: ServiceName,
    /// Operator of the numbers, for use in [`crate::BuyRequest::operator`].
    pub operator: OperatorName,
    /// Price of one number.
    pub cost: SupplierMoney,
    /// Numbers in stock.
    pub stock: u32,
    /// Whether the supplier's own success rates of it are all zero: its numbers get no messages of late. `false`
    /// if the supplier reports no rate.
    pub is_dead: bool,
}

/// A country that the supplier sells and that our table knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupplierCountry {
    /// The country.
    pub country: CountryCode,
    /// English name, as the supplier writes it.
    pub name: String,
    /// Calling codes, each with `+`.
    pub prefixes: Vec<String>,
    /// Operators with numbers in the country.
    pub operators: Vec<OperatorName>,
}

/// The state of our account at a supplier. The owner of the account is left out on purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupplierProfile {
    /// Available balance.
    pub balance: SupplierMoney,
    /// Amount held by open orders.
    pub frozen: SupplierMoney,
    /// Rating of our account; `None` if the supplier has none.
    pub rating: Option<Rating>,
    /// Number of open orders, if the supplier reports it.
    pub active_orders: Option<u32>,
}
