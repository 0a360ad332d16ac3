//! A customer's wallet and the only way it changes.

use super::{Account, Entry, EntryKind, Movement};
use crate::{Credits, EntrySeq, Timestamp, buying::Habit, money::MAX_UNITS};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A customer's money and the counters that limits need. They change together, under one condition (`seq`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wallet {
    /// What can be spent.
    pub available: Credits,
    /// What open orders have set aside.
    pub held: Credits,
    /// The number of the newest entry; 0 for a wallet that never moved.
    pub seq: EntrySeq,
    /// What the customer's open and today's orders amount to.
    #[serde(default)]
    pub usage: Usage,
}

/// Counters for the limits of plans, kept with the money so that no race can pass them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    /// Orders whose price is held.
    pub open_orders: u32,
    /// The UTC day of the two figures below, like `2026-11-21`.
    pub day: String,
    /// Orders opened on that day.
    pub orders_today: u32,
    /// Prices held on that day, less what went back on the same day.
    pub spent_today: Credits,
    /// The number of that day's first entry.
    #[serde(default)]
    pub day_began: EntrySeq,
    /// How the customer's orders end.
    #[serde(default)]
    pub habit: Habit,
}

/// Why a movement is refused. The wallet is as it was.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum LedgerError {
    /// There is less available than the hold needs.
    #[error("{missing} credits are missing")]
    InsufficientFunds {
        /// How much more is needed.
        missing: Credits,
    },
    /// A capture or release of more than is held: a defect of ours, never a customer's mistake.
    #[error("more would be taken out of the held money than is in it")]
    NotHeld,
    /// Nothing, less than nothing, parts that do not add up, or a settlement without its hold.
    #[error("the movement is not well-formed")]
    Malformed,
    /// The sum does not fit.
    #[error("the amount is too large")]
    TooLarge,
}

impl Wallet {
    /// Moves money: the wallet afterwards and the entry that says so. The ledger's one door.
    pub fn post(&self, movement: &Movement, at: Timestamp) -> Result<(Self, Entry), LedgerError> {
        check_form(movement, self.seq)?;
        let amount = movement.amount;
        let (debit, credit) = movement.kind.route();
        let mut after = self.clone();
        match debit {
            Account::Available => {
                after.available =
                    self.available.checked_take(amount).ok_or_else(|| LedgerError::InsufficientFunds {
                        missing: Credits::from_units(amount.units() - self.available.units()),
                    })?;
            }
            Account::Held => after.held = self.held.checked_take(amount).ok_or(LedgerError::NotHeld)?,
            Account::Revenue | Account::GatewayClearing | Account::Adjustments => {}
        }
        match credit {
            Account::Available => after.available = after.available.checked_add(amount).ok_or(LedgerError::TooLarge)?,
            Account::Held => after.held = after.held.checked_add(amount).ok_or(LedgerError::TooLarge)?,
            Account::Revenue | Account::GatewayClearing | Account::Adjustments => {}
        }
        if !matches!(debit, Account::Available | Account::Held) {
            let all = after.available.checked_add(after.held).ok_or(LedgerError::TooLarge)?;
            if all.units() > MAX_UNITS {
                return Err(LedgerError::TooLarge);
            }
        }
        after.seq = self.seq + 1;
        after.usage = self.usage.after(movement, after.seq, at);
        let entry = Entry {
            seq: after.seq,
            kind: movement.kind,
            amount,
            debit,
            credit,
            available_after: after.available,
            held_after: after.held,
            lines: movement.lines.clone(),
            order_id: movement.order_id.clone(),
            settles: movement.settles,
            rule: movement.rule,
            actor: movement.actor.clone(),
            at,
        };
        Ok((after, entry))
    }

    /// How many orders were opened on the day of `at`.
    pub fn orders_on_day_of(&self, at: Timestamp) -> u32 {
        if self.usage.day >= at.day() { self.usage.orders_today } else { 0 }
    }
}

fn check_form(movement: &Movement, newest: EntrySeq) -> Result<(), LedgerError> {
    let lines = movement.lines.iter().try_fold(Credits::ZERO, |sum, line| sum.checked_add(line.amount));
    let lines_fit = movement.lines.is_empty()
        || lines == Some(movement.amount) && movement.lines.iter().all(|line| line.amount.is_positive());
    let settles = movement.settles.is_some_and(|hold| (1..=newest).contains(&hold));
    let order_fits = match movement.kind {
        EntryKind::Hold => movement.order_id.is_some() && movement.settles.is_none(),
        EntryKind::Capture => movement.order_id.is_some() && settles,
        EntryKind::Release => movement.order_id.is_some() && settles && movement.rule.is_some(),
        EntryKind::TopUp | EntryKind::Adjustment => movement.settles.is_none(),
    };
    if movement.amount.is_positive() && lines_fit && order_fits { Ok(()) } else { Err(LedgerError::Malformed) }
}

impl Usage {
    fn after(&self, movement: &Movement, seq: EntrySeq, at: Timestamp) -> Self {
        let mut usage = self.clone();
        let today = at.day();
        if usage.day < today {
            (usage.day, usage.orders_today, usage.spent_today) = (today, 0, Credits::ZERO);
            usage.day_began = seq;
        }
        match movement.kind {
            EntryKind::Hold => {
                usage.open_orders = usage.open_orders.saturating_add(1);
                usage.orders_today = usage.orders_today.saturating_add(1);
                usage.spent_today = usage
                    .spent_today
                    .checked_add(movement.amount)
                    .map_or(Credits::from_units(MAX_UNITS), |sum| sum.min(Credits::from_units(MAX_UNITS)));
            }
            EntryKind::Capture => usage.open_orders = usage.open_orders.saturating_sub(1),
            EntryKind::Release => {
                usage.open_orders = usage.open_orders.saturating_sub(1);
                if movement.settles >= Some(usage.day_began) {
                    usage.spent_today = usage.spent_today.checked_take(movement.amount).unwrap_or(Credits::ZERO);
                }
            }
            EntryKind::TopUp | EntryKind::Adjustment => {}
        }
        usage.habit = self.habit.after(movement, at);
        usage
    }
}
