//! The reference of payments: the credits that receipts are worth, as plain sums.

use namaskah_domain::{
    Timestamp,
    payment::{Amount, Method, NotedReceipt, PayCurrency, Payment, Receipt, ReceiptId},
};
use std::time::Duration;

/// The credits up to which one and two confirmations are enough, in units; above, it takes six.
const CONFIRMATIONS: [(u128, u32); 2] = [(500_000, 1), (5_000_000, 2)];
/// How long a confirmation is waited for.
const CONFIRMATION: Duration = Duration::from_mins(30);

/// A receipt that was noted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Came {
    pub id: ReceiptId,
    pub amount: Option<Amount>,
    /// The price of a credit for it, in minor units.
    pub price: u64,
    /// Whether it is the money of another payment.
    pub is_foreign: bool,
}

/// The receipts of one payment, in the order in which they were noted.
pub type Receipts = Vec<Came>;

impl Came {
    /// A receipt that is noted when a credit has this price.
    pub fn of(payment: &Payment, receipt: &Receipt, price_now: u64) -> Self {
        let agreed = payment.price.minor().get();
        let price = if receipt.at > payment.expires_at() { agreed.max(price_now) } else { agreed };
        Self { id: receipt.id.clone(), amount: receipt.amount, price, is_foreign: false }
    }

    fn minor(&self, currency: PayCurrency) -> Option<u128> {
        let amount = self.amount.filter(|amount| amount.currency == currency && !self.is_foreign);
        amount.map(|amount| u128::from(amount.minor.get()))
    }

    fn units(&self, currency: PayCurrency) -> u128 {
        self.minor(currency).unwrap_or_default() * 10_000 / u128::from(self.price)
    }
}

/// The receipts that are noted at their price, if nothing else happened.
pub fn usual(payment: &Payment, is_foreign: impl Fn(&ReceiptId) -> bool) -> Receipts {
    let price = payment.price.minor().get();
    let came = |noted: &NotedReceipt| Came {
        id: noted.id.clone(),
        amount: noted.amount,
        price,
        is_foreign: is_foreign(&noted.id),
    };
    payment.receipts.iter().map(came).collect()
}

/// The units (ten-thousandths of a credit) that a payment must have credited after these receipts.
pub fn worth(payment: &Payment, receipts: &Receipts) -> i64 {
    let (agreed, currency) = (u128::from(payment.amount.minor.get()), payment.amount.currency);
    let units = if payment.method.is_crypto() {
        receipts.iter().map(|came| came.units(currency)).sum()
    } else {
        receipts.iter().find(|came| came.minor(currency) == Some(agreed)).map_or(0, |came| came.units(currency))
    };
    i64::try_from(units).expect("small amounts")
}

/// Whether these receipts are the whole amount.
pub fn is_whole(payment: &Payment, receipts: &Receipts) -> bool {
    let currency = payment.amount.currency;
    if payment.method.is_crypto() {
        let sum: u128 = receipts.iter().filter_map(|came| came.minor(currency)).sum();
        sum >= u128::from(payment.amount.minor.get())
    } else {
        worth(payment, receipts) > 0
    }
}

/// Whether a new receipt counts now, after these units. Coins that are worth more than agreed wait for more blocks.
pub fn counts(payment: &Payment, before: i64, receipt: &Receipt, price_now: u64, now: Timestamp) -> bool {
    let needed = |units: u128| CONFIRMATIONS.iter().find(|(most, _)| units <= *most).map_or(6, |(_, needed)| *needed);
    let of = |units: i64| u128::try_from(units).expect("no debt");
    let came = Came::of(payment, receipt, price_now);
    let Some(_) = came.minor(payment.amount.currency) else { return true };
    let units = came.units(payment.amount.currency);
    let (agreed, wanted) = (needed(of(payment.credits.units())), needed(of(before) + units));
    let is_coins = payment.method.is_crypto() && payment.method != Method::Lightning;
    !is_coins || wanted <= agreed || receipt.at.plus(CONFIRMATION * wanted) <= now
}
