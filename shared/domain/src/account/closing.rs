//! The end of an account: when it may be deleted, and what remains of it.

use crate::{
    Credits, Timestamp, UserId,
    ledger::{OrderKind, Wallet},
};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// What remains of a deleted account. The identifier is a pseudonym: entries, orders and the audit trail have it, and
/// nothing leads from it to a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tombstone {
    /// The account.
    pub user_id: UserId,
    /// Time of its registration.
    pub created_at: Timestamp,
    /// Time of its deletion.
    pub deleted_at: Timestamp,
}

/// Why an account can't be deleted yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotClosable {
    /// Money is held for open orders.
    #[error("{open} orders are open")]
    OpenOrders {
        /// How many.
        open: u32,
    },
    /// The balance is not zero, and was not waived.
    #[error("{available} credits are left")]
    BalanceLeft {
        /// The balance.
        available: Credits,
    },
}

/// The balance that ends with the account, because its owner gives it up; `None` if it is zero.
pub fn waived_with(wallet: &Wallet, waives: bool) -> Result<Option<Credits>, NotClosable> {
    let open = wallet.usage.open(OrderKind::Verification) + wallet.usage.open(OrderKind::Rental);
    if open > 0 || wallet.held.is_positive() {
        return Err(NotClosable::OpenOrders { open });
    }
    let available = wallet.available;
    match available.is_positive() {
        false => Ok(None),
        true if waives => Ok(Some(available)),
        true => Err(NotClosable::BalanceLeft { available }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_ends_without_open_orders_and_money() {
        let wallet = |available: &str, held: &str| Wallet {
            available: available.parse().unwrap(),
            held: held.parse().unwrap(),
            ..Wallet::default()
        };
        let half: Credits = "0.5".parse().unwrap();
        for (wallet, waives, expected) in [
            (wallet("0", "0"), false, Ok(None)),
            (wallet("0", "0"), true, Ok(None)),
            (wallet("0.5", "0"), false, Err(NotClosable::BalanceLeft { available: half })),
            (wallet("0.5", "0"), true, Ok(Some(half))),
            (wallet("0.5", "0.1"), true, Err(NotClosable::OpenOrders { open: 0 })),
            (wallet("0", "0.1"), false, Err(NotClosable::OpenOrders { open: 0 })),
        ] {
            assert_eq!(waived_with(&wallet, waives), expected, "{wallet:?} {waives}");
        }
    }
}
