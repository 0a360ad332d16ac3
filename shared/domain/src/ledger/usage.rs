//! Counters for the limits of plans. They are part of the wallet, so concurrent requests can't exceed a
//! limit.

use super::{Allowance, EntryKind, Movement, OrderKind, Spending};
use crate::{ApiKeyId, Credits, EntrySeq, Timestamp, standing::Standing};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Counters of a customer's orders and spending.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Usage {
    /// Orders whose price is held, in full or in part, by kind.
    #[serde(default)]
    open: BTreeMap<OrderKind, u32>,
    /// The UTC day of the daily counters, like `2026-11-21`.
    pub day: String,
    /// Orders opened on that day, by kind.
    #[serde(default)]
    today: BTreeMap<OrderKind, u32>,
    /// Prices held or paid on that day, less refunds of the same day.
    pub spent_today: Credits,
    /// The parts of it by API key, under the first key of its family; keys that spent nothing are left out.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    spent_by_key: BTreeMap<ApiKeyId, Credits>,
    /// The number of that day's first entry.
    #[serde(default)]
    pub day_began: EntrySeq,
    /// What is spent in a month.
    #[serde(default)]
    pub spending: Spending,
    /// What the customer's orders earned and cost.
    #[serde(default)]
    pub standing: Standing,
    /// The included verifications of the last period that was paid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allowance: Option<Allowance>,
}

impl Usage {
    /// How many orders of this kind are open.
    pub fn open(&self, kind: OrderKind) -> u32 {
        self.open.get(&kind).copied().unwrap_or(0)
    }

    /// How many orders of this kind were opened on the day of `at`.
    pub fn opened_on_day_of(&self, kind: OrderKind, at: Timestamp) -> u32 {
        if self.day >= at.day() { self.today.get(&kind).copied().unwrap_or(0) } else { 0 }
    }

    /// What a family of API keys spent on the day of `at`.
    pub fn spent_by_key(&self, family: &ApiKeyId, at: Timestamp) -> Credits {
        let of_day = if self.day >= at.day() { self.spent_by_key.get(family) } else { None };
        of_day.copied().unwrap_or_default()
    }

    /// The counters after the movement with the entry number `seq`.
    pub(super) fn after(&self, movement: &Movement, seq: EntrySeq, at: Timestamp) -> Self {
        let mut usage = self.clone();
        let today = at.day();
        // A clock that is a little behind must not restore the counters of the day before.
        if usage.day < today {
            (usage.day, usage.spent_today, usage.day_began) = (today, Credits::ZERO, seq);
            usage.today.clear();
            usage.spent_by_key.clear();
        }
        let kind = movement.cause.order_kind();
        match movement.kind {
            EntryKind::Hold => {
                if let Some(kind) = kind {
                    usage.count_opened(kind);
                }
                usage.spend(movement);
            }
            EntryKind::Purchase => usage.spend(movement),
            EntryKind::Release if movement.settles.is_some_and(|settled| settled.hold >= usage.day_began) => {
                usage.give_back(movement);
            }
            _ => {}
        }
        if let Some(kind) = kind.filter(|_| movement.settles.is_some_and(|settled| settled.closes)) {
            usage.open.entry(kind).and_modify(|open| *open = open.saturating_sub(1));
        }
        usage.allowance = self.allowance_after(movement, seq, at);
        usage.spending = self.spending.after(movement, seq, at);
        usage.standing = self.standing.after(movement, at);
        usage
    }

    /// The included verifications after a movement.
    pub(super) fn allowance_after(&self, movement: &Movement, seq: EntrySeq, at: Timestamp) -> Option<Allowance> {
        let hold = movement.settles.map(|settled| settled.hold);
        let granted = movement.grants.map(|grant| Allowance::granted(self.allowance, grant, seq, at));
        granted.or_else(|| Some(self.allowance?.moved(movement.kind, movement.included, hold)))
    }

    fn count_opened(&mut self, kind: OrderKind) {
        for counters in [&mut self.open, &mut self.today] {
            let count = counters.entry(kind).or_default();
            *count = count.saturating_add(1);
        }
    }

    fn spend(&mut self, movement: &Movement) {
        self.spent_today = self.spent_today.counted_up(movement.customers_part());
        if let Some(key) = &movement.key {
            let spent = self.spent_by_key.entry(key.clone()).or_default();
            *spent = spent.counted_up(movement.customers_part());
        }
    }

    /// Takes money of the same day off.
    fn give_back(&mut self, movement: &Movement) {
        self.spent_today = self.spent_today.counted_down(movement.customers_part());
        if let Some(key) = &movement.key
            && let Some(spent) = self.spent_by_key.get_mut(key)
        {
            *spent = spent.counted_down(movement.customers_part());
            // The wallet is written with each purchase, so it has only the keys that matter.
            if !spent.is_positive() {
                self.spent_by_key.remove(key);
            }
        }
    }
}
