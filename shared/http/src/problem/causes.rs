//! Conversions of errors of the store, the ledger and the market into problems.

use super::{
    Problem,
    codes::{Busy, InsufficientFunds, MoneyOwed, NoNumbers, NoOffer, PriceAboveMax, SalesPaused, ServiceBlocked},
};
use domain::{ledger::LedgerError, offers::NothingToBuy, pricing::NoQuote};
use store::StoreError;

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Throttled | StoreError::Unavailable(_) => Self::unavailable(error),
            StoreError::Busy => Self::from(Busy).retry_after(1),
            StoreError::Conflict | StoreError::Refused(_) | StoreError::Corrupt(_) => Self::internal(error),
        }
    }
}

impl From<LedgerError> for Problem {
    fn from(error: LedgerError) -> Self {
        match error {
            LedgerError::InsufficientFunds { missing } => InsufficientFunds { missing }.into(),
            LedgerError::Owes { owed } => MoneyOwed { owed }.into(),
            LedgerError::NotHeld | LedgerError::NotOwed | LedgerError::Malformed | LedgerError::TooLarge => {
                Self::internal(error)
            }
        }
    }
}

impl From<NothingToBuy> for Problem {
    fn from(reason: NothingToBuy) -> Self {
        match reason {
            NothingToBuy::UnknownService => Self::not_found(),
            NothingToBuy::AboveMax { price, max } => PriceAboveMax { price, max_price: max }.into(),
            NothingToBuy::NoOffer => NoOffer::NotListed.into(),
            NothingToBuy::NoNumbers => NoNumbers::OutOfStock.into(),
            NothingToBuy::SwitchedOff => Self::from(SalesPaused).retry_after(600),
            NothingToBuy::NoQuote(NoQuote::Blocked) => ServiceBlocked.into(),
            NothingToBuy::NoQuote(NoQuote::UnknownCost | NoQuote::OutOfRange) => NoOffer::NotPriced.into(),
        }
    }
}
