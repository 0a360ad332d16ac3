//! The reference of payments: the credits that receipts are worth, as plain sums.

use namaskah_domain::payment::{Amount, PayCurrency, Payment, ReceiptId};
use std::collections::BTreeMap;

/// A gateway's receipts of one payment.
pub type Receipts = BTreeMap<ReceiptId, Option<Amount>>;

/// The units (ten-thousandths of a credit) that a payment must have credited after these receipts, in any order.
pub fn worth(payment: &Payment, receipts: &Receipts) -> i64 {
    let agreed = payment.amount;
    let mut minor = minor(agreed.currency, receipts);
    let price = u128::from(payment.price.minor().get());
    let units = if payment.method.is_crypto() {
        minor.map(|minor| minor * 10_000 / price).sum()
    } else if minor.any(|minor| minor == u128::from(agreed.minor.get())) {
        u128::from(agreed.minor.get()) * 10_000 / price
    } else {
        0
    };
    i64::try_from(units).expect("small amounts")
}

/// Whether these receipts are the whole amount.
pub fn is_whole(payment: &Payment, receipts: &Receipts) -> bool {
    if payment.method.is_crypto() {
        sum(payment.amount.currency, receipts) >= u128::from(payment.amount.minor.get())
    } else {
        worth(payment, receipts) > 0
    }
}

/// The minor units of this currency in these receipts.
pub fn sum(currency: PayCurrency, receipts: &Receipts) -> u128 {
    minor(currency, receipts).sum()
}

fn minor(currency: PayCurrency, receipts: &Receipts) -> impl Iterator<Item = u128> {
    let of_currency = receipts.values().flatten().filter(move |amount| amount.currency == currency);
    of_currency.map(|amount| u128::from(amount.minor.get()))
}
