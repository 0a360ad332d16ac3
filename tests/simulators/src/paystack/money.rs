//! Currencies of the merchant, with the limits that Paystack publishes. Amounts are in the smallest unit.

/// The currency of a request that names none.
pub const DEFAULT: &str = "GHS";
/// The largest amount of a transaction, in every currency.
pub const MOST: i64 = 10_000_000 * 100;

/// A currency in which the merchant is paid.
pub struct Currency {
    pub code: &'static str,
    /// The smallest amount of a transaction.
    pub least: i64,
    /// The smallest amount of a refund: GHS and NGN as the test API says, the others by analogy.
    pub least_refund: i64,
    /// The fee of a local card, in hundredths of a percent.
    fee: i64,
    /// The country of test cards and wallets.
    pub country: &'static str,
}

const CURRENCIES: [Currency; 5] = [
    Currency { code: "GHS", least: 10, least_refund: 100, fee: 195, country: "GH" },
    Currency { code: "KES", least: 300, least_refund: 300, fee: 290, country: "KE" },
    Currency { code: "NGN", least: 5_000, least_refund: 5_000, fee: 150, country: "NG" },
    Currency { code: "USD", least: 200, least_refund: 100, fee: 390, country: "NG" },
    Currency { code: "ZAR", least: 100, least_refund: 100, fee: 290, country: "ZA" },
];

/// The currency with this code.
pub fn currency(code: &str) -> Option<&'static Currency> {
    CURRENCIES.iter().find(|currency| currency.code == code)
}

impl Currency {
    /// What Paystack keeps of a payment.
    pub const fn fees(&self, amount: i64) -> i64 {
        amount * self.fee / 10_000
    }
}

/// An amount for people: `GHS 12.50`.
pub fn shown(currency: &str, amount: i64) -> String {
    format!("{currency} {}.{:02}", amount / 100, amount % 100)
}
