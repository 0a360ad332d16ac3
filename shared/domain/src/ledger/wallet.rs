//! A customer's wallet, which only changes through [`Wallet::post`].

use super::{Account, Entry, EntryKind, Included, Metered, Movement, Route, Usage, allowance::legs, line::labelled};
use crate::{Credits, EntrySeq, Timestamp, money::MAX_UNITS};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A customer's balances and counters. They change together, under one condition (`seq`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wallet {
    /// The spendable balance.
    pub available: Credits,
    /// The part of it that is promotional. It is spent first, and never paid out. Play money is not promotional: all of
    /// it is never paid out.
    #[serde(default)]
    pub promo: Credits,
    /// The balance held by open orders and disputes.
    pub held: Credits,
    /// What the customer owes us after disputes. It blocks purchases and refunds, and is taken first from top-ups.
    #[serde(default, skip_serializing_if = "Credits::is_zero")]
    pub owed: Credits,
    /// The number of the newest entry; 0 for a new wallet.
    pub seq: EntrySeq,
    /// Counters of the customer's orders.
    #[serde(default)]
    pub usage: Usage,
}

/// Why a movement is rejected. The wallet stays unchanged.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LedgerError {
    /// The available balance is too low, or the part of it that may be paid out.
    #[error("{missing} credits are missing")]
    InsufficientFunds {
        /// How much more is needed.
        missing: Credits,
    },
    /// The customer owes money.
    #[error("{owed} credits are owed")]
    Owes {
        /// How much.
        owed: Credits,
    },
    /// A capture or release of more than is held: a defect, never a customer's mistake.
    #[error("more would be taken out of the held money than is in it")]
    NotHeld,
    /// More would be paid back than is owed: a defect.
    #[error("more would be paid back than is owed")]
    NotOwed,
    /// An amount that is not positive, line items that do not add up, or a settlement without its hold.
    #[error("the movement is not well-formed")]
    Malformed,
    /// The balance would exceed the maximum.
    #[error("the amount is too large")]
    TooLarge,
}

impl Wallet {
    /// Posts a movement: returns the wallet after it, and its entry. Money moves in no other way.
    pub fn post(&self, movement: &Movement, at: Timestamp) -> Result<(Self, Entry), LedgerError> {
        movement.check_form(self.seq)?;
        if self.owed.is_positive() && movement.kind.needs_no_debt(movement.route) {
            return Err(LedgerError::Owes { owed: self.owed });
        }
        let movement = &self.decided(movement, at);
        let promo = self.promo_in(movement)?;
        let mut after = self.clone();
        let Route { debit, credit } = movement.route;
        for (debit, credit, amount) in legs((debit, credit), movement.amount, movement.included.amount) {
            after.take(debit, amount)?;
            after.add(credit, amount)?;
        }
        after.promo = match movement.route {
            Route { debit: Account::Available, .. } => self.promo.counted_down(promo),
            Route { credit: Account::Available, .. } => self.promo.checked_add(promo).ok_or(LedgerError::TooLarge)?,
            _ => self.promo,
        };
        after.check_size(movement)?;
        after.seq = self.seq + 1;
        after.usage = self.usage.after(movement, after.seq, at);
        let entry = after.entry(movement, promo, at);
        Ok((after, entry))
    }

    /// The available balance without promotional credit: what may be paid out.
    pub fn own_money(&self) -> Credits {
        self.available.counted_down(self.promo)
    }

    /// What included verifications would pay now of a price, if they may pay this much of it.
    pub fn includes(&self, most: Included, price: Credits, at: Timestamp) -> Included {
        self.usage.allowance.map_or(Included::NONE, |allowance| allowance.pays(most, price, at))
    }

    /// The movement with what included verifications pay of it, and with its lines labelled by that.
    fn decided(&self, movement: &Movement, at: Timestamp) -> Movement {
        let mut decided = movement.clone();
        if movement.kind == EntryKind::Hold {
            decided.included = self.includes(movement.included, movement.amount, at);
            decided.lines = labelled(&movement.lines, decided.included.amount, movement.budget.is_some());
        }
        decided
    }

    /// The promotional part of a movement. Promotional credit is spent first.
    fn promo_in(&self, movement: &Movement) -> Result<Credits, LedgerError> {
        let amount = movement.customers_part();
        match movement.route.debit {
            Account::Available if movement.kind.takes_own_money() => {
                let missing = amount.counted_down(self.own_money());
                if missing.is_zero() { Ok(Credits::ZERO) } else { Err(LedgerError::InsufficientFunds { missing }) }
            }
            Account::Available => Ok(amount.min(self.promo)),
            Account::Promotions => Ok(amount),
            _ => Ok(movement.promo),
        }
    }

    fn take(&mut self, from: Account, amount: Credits) -> Result<(), LedgerError> {
        match from {
            Account::Available => {
                self.available = self.available.checked_take(amount).ok_or_else(|| LedgerError::InsufficientFunds {
                    missing: Credits::from_units(amount.units() - self.available.units()),
                })?;
            }
            Account::Held => self.held = self.held.checked_take(amount).ok_or(LedgerError::NotHeld)?,
            Account::Owed => self.owed = self.owed.checked_add(amount).ok_or(LedgerError::TooLarge)?,
            _ => {}
        }
        Ok(())
    }

    fn add(&mut self, to: Account, amount: Credits) -> Result<(), LedgerError> {
        let side = match to {
            Account::Available => &mut self.available,
            Account::Held => &mut self.held,
            Account::Owed => {
                self.owed = self.owed.checked_take(amount).ok_or(LedgerError::NotOwed)?;
                return Ok(());
            }
            _ => return Ok(()),
        };
        *side = side.checked_add(amount).ok_or(LedgerError::TooLarge)?;
        Ok(())
    }

    /// Checks the maximum for incoming money. Held money counts, because it may be released later.
    fn check_size(&self, Movement { kind, route, included, .. }: &Movement) -> Result<(), LedgerError> {
        let promotion_comes = *kind == EntryKind::Hold && !included.is_none();
        if route.debit.is_customers() && !promotion_comes {
            return Ok(());
        }
        let all = self.available.checked_add(self.held).filter(|all| all.units() <= MAX_UNITS);
        all.map(|_| ()).ok_or(LedgerError::TooLarge)
    }

    /// The entry of the movement that made this wallet.
    fn entry(&self, movement: &Movement, promo: Credits, at: Timestamp) -> Entry {
        let Movement {
            kind,
            route,
            amount,
            promo: _,
            included,
            grants,
            budget,
            lines,
            cause,
            settles,
            rule,
            actor,
            key,
        } = movement.clone();
        let spent = self.usage.spending.at(at).orders;
        Entry {
            seq: self.seq,
            kind,
            amount,
            promo,
            included,
            grants,
            metered: budget.map(|budget| Metered { spent, budget }),
            debit: route.debit,
            credit: route.credit,
            available_after: self.available,
            held_after: self.held,
            owed_after: self.owed,
            lines,
            cause,
            settles,
            rule,
            actor,
            key,
            at,
        }
    }
}
