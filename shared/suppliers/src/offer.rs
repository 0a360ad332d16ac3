//! What a supplier sells, and the state of our account there.

use domain::{CountryCode, OperatorName, ServiceName, SupplierMoney};

/// Numbers of one country and operator for one service, at one price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupplierOffer {
    /// Where the number is from.
    pub country: CountryCode,
    /// What it is for.
    pub service: ServiceName,
    /// Whose number it is; to be named in [`crate::BuyRequest::operator`].
    pub operator: OperatorName,
    /// What one costs.
    pub cost: SupplierMoney,
    /// How many there are.
    pub stock: u32,
    /// The supplier's own figure of how many orders got a message, in hundredths of a per cent; many offers have none.
    pub rate_hundredths: Option<u16>,
}

/// A country that the supplier sells and that we know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupplierCountry {
    /// Which it is.
    pub country: CountryCode,
    /// Its English name, as the supplier writes it.
    pub name: String,
    /// Its calling codes, each with `+`.
    pub prefixes: Vec<String>,
    /// Operators with numbers there.
    pub operators: Vec<OperatorName>,
}

/// The state of our account at a supplier. Who the account belongs to is left out on purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupplierProfile {
    /// What is left to spend.
    pub balance: SupplierMoney,
    /// What open orders hold.
    pub frozen: SupplierMoney,
    /// The supplier's opinion of us, in hundredths (5SIM: 0 to 9600; nothing is sold at 0); `None` where there is none.
    pub rating_hundredths: Option<u32>,
    /// Orders that are open now, where the supplier says so.
    pub active_orders: Option<u32>,
}
