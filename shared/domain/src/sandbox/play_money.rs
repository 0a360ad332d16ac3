//! Play money. It comes from nowhere: a wallet that runs low is filled up before the next purchase.

use crate::{
    Actor, Credits,
    ledger::{Cause, EntryKind, Movement, Wallet},
};

/// What a play wallet is filled up to.
pub const PLAY_CREDIT: Credits = Credits::from_units(10_000_000);
/// A play wallet is filled up once less than this is available.
pub const REFILLED_BELOW: Credits = Credits::from_units(5_000_000);

/// The movement that fills up a play wallet before a purchase; `None` if enough is available.
pub fn refill(wallet: &Wallet) -> Option<Movement> {
    let is_low = wallet.available < REFILLED_BELOW;
    let missing = PLAY_CREDIT.checked_take(wallet.available).filter(|_| is_low)?;
    Some(Movement::new(EntryKind::Promo, missing, Cause::Sandbox, Actor::system("sandbox")))
}

/// What the next purchase can spend.
pub fn spendable(wallet: &Wallet) -> Credits {
    if refill(wallet).is_some() { PLAY_CREDIT } else { wallet.available }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Timestamp;

    #[test]
    fn a_wallet_is_filled_up_once_it_runs_low() {
        for (available, filled) in [("0", true), ("499.9999", true), ("500", false), ("1000", false), ("1200", false)] {
            let wallet = Wallet { available: available.parse().unwrap(), ..Wallet::default() };
            assert_eq!(refill(&wallet).is_some(), filled, "{available}");
            let Some(movement) = refill(&wallet) else {
                assert_eq!(spendable(&wallet), wallet.available);
                continue;
            };
            let (after, _) = wallet.post(&movement, Timestamp::default()).unwrap();
            assert_eq!((after.available, spendable(&wallet)), (PLAY_CREDIT, PLAY_CREDIT), "{available}");
            assert_eq!(refill(&after), None, "once");
        }
    }
}
