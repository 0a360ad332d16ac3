//! Reminders that a customer can switch off (decision 0037). Mails about changes of the account are always sent.

use crate::{
    Credits, EntrySeq, Timestamp,
    ledger::{Account, Entry, EntryKind},
    metering::BudgetTold,
};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use strum::VariantArray;

/// An occasion that a customer may not want to hear of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, VariantArray)]
#[serde(rename_all = "snake_case")]
pub enum Reminder {
    /// The balance fell below the customer's limit.
    LowBalance,
    /// A rented number is about to expire.
    RentalEnding,
}

impl Reminder {
    /// Every reminder.
    pub const ALL: &[Self] = Self::VARIANTS;
}

/// The shortest time between two letters about a low balance, unless money came in between. Without it, each refund and
/// purchase around the limit would send one.
pub const LOW_BALANCE_AT_MOST: Duration = Duration::from_hours(24);

/// The limit of the balance of customers who set none: ₵1.
const BELOW: Credits = Credits::from_units(10_000);

/// What a customer wants to be reminded of, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Notifications {
    /// Whether a mail reports a low balance.
    pub low_balance_mail: bool,
    /// The balance is low below this. Zero never.
    pub low_balance_below: Credits,
    /// Whether a mail reports the end of a rental.
    pub rental_ending_mail: bool,
    /// The last report of a low balance.
    pub low_balance_told: Option<Told>,
    /// The last report of a budget's use.
    pub budget_told: Option<BudgetTold>,
}

/// A reminder that was ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// The entry that it was about.
    pub seq: EntrySeq,
    /// The time of that entry.
    pub at: Timestamp,
    /// Whether money came since, which took the balance to the limit again.
    #[serde(default)]
    pub refilled: bool,
}

impl Default for Notifications {
    fn default() -> Self {
        Self {
            low_balance_mail: true,
            low_balance_below: BELOW,
            rental_ending_mail: true,
            low_balance_told: None,
            budget_told: None,
        }
    }
}

impl Notifications {
    /// Whether the customer wants this by mail.
    pub const fn wants_mail(&self, reminder: Reminder) -> bool {
        match reminder {
            Reminder::LowBalance => self.low_balance_mail,
            Reminder::RentalEnding => self.rental_ending_mail,
        }
    }

    /// Whether a letter reports an entry, because it took the available balance from the customer's limit or above to
    /// below it. Once for an entry; and once a day, unless money came that took the balance to the limit again.
    pub fn is_low_balance(&self, entry: &Entry) -> bool {
        let falls = entry.available_after < self.low_balance_below && available_before(entry) >= self.low_balance_below;
        let is_due = |told: Told| told.refilled || entry.at >= told.at.plus(LOW_BALANCE_AT_MOST);
        let is_new = |told: Told| told.seq < entry.seq && is_due(told);
        self.low_balance_mail && falls && self.low_balance_told.is_none_or(is_new)
    }

    /// Whether an entry took the available balance from below the customer's limit to it or above, after a letter told
    /// of it.
    pub fn is_refill(&self, entry: &Entry) -> bool {
        let rises = entry.available_after >= self.low_balance_below && available_before(entry) < self.low_balance_below;
        rises && self.low_balance_told.is_some_and(|told| told.seq < entry.seq && !told.refilled)
    }
}

/// Whether an entry lowers the available balance.
pub fn lowers_available(entry: &Entry) -> bool {
    entry.debit == Account::Available
}

/// Whether an entry brings money into the wallet. The price of an order that comes back brings nothing new.
pub fn brings_money(entry: &Entry) -> bool {
    entry.credit == Account::Available && !entry.debit.is_customers() && entry.kind != EntryKind::Refund
}

/// The available balance before an entry.
fn available_before(entry: &Entry) -> Credits {
    let after = entry.available_after;
    if lowers_available(entry) {
        // A balance and an amount are far below the largest amount.
        after.checked_add(entry.customers_part()).unwrap_or(after)
    } else if entry.credit == Account::Available {
        after.counted_down(entry.customers_part())
    } else {
        after
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Actor, UserId,
        ledger::{Cause, EntryKind, Included},
    };

    fn credits(text: &str) -> Credits {
        text.parse().unwrap()
    }

    fn entry(seq: u64, amount: &str, after: &str, at: Timestamp) -> Entry {
        Entry {
            seq,
            kind: EntryKind::Adjustment,
            amount: credits(amount),
            promo: Credits::ZERO,
            included: Included::NONE,
            grants: None,
            metered: None,
            debit: Account::Available,
            credit: Account::Adjustments,
            available_after: credits(after),
            held_after: Credits::ZERO,
            owed_after: Credits::ZERO,
            lines: Vec::new(),
            cause: Cause::Registration,
            settles: None,
            rule: None,
            actor: Actor::user(&UserId::new(at, 1)),
            key: None,
            at,
        }
    }

    #[test]
    fn only_a_fall_below_the_limit_is_told() {
        let wanted = Notifications::default();
        let now = Timestamp::from_millis(0);
        for (amount, after, told) in [
            ("0.5000", "0.9999", true),
            ("0.5000", "0.5000", true),
            ("5.0000", "0.0000", true),
            ("0.5000", "1.0000", false),
            ("0.5000", "0.4999", false),
            ("0.5000", "0.0000", false),
        ] {
            assert_eq!(wanted.is_low_balance(&entry(7, amount, after, now)), told, "{amount} to {after}");
        }
        let falling = entry(7, "0.5000", "0.9000", now);
        let rising = Entry { debit: Account::Adjustments, credit: Account::Available, ..falling.clone() };
        assert!(!wanted.is_low_balance(&rising));
        assert!(!Notifications { low_balance_mail: false, ..wanted }.is_low_balance(&falling));
        assert!(!Notifications { low_balance_below: Credits::ZERO, ..wanted }.is_low_balance(&falling));
        assert!(!Notifications { low_balance_below: credits("0.9"), ..wanted }.is_low_balance(&falling));
    }

    #[test]
    fn an_entry_is_told_once_and_a_day_has_one() {
        let first = Timestamp::from_millis(0);
        let told = Notifications {
            low_balance_told: Some(Told { seq: 7, at: first, refilled: false }),
            ..Notifications::default()
        };
        let day = first.plus(LOW_BALANCE_AT_MOST);
        for (seq, at, again) in [(7, first, false), (8, first, false), (7, day, false), (8, day, true)] {
            assert_eq!(told.is_low_balance(&entry(seq, "0.5000", "0.9000", at)), again, "{seq} at {at}");
        }
    }

    #[test]
    fn money_that_comes_lets_the_next_fall_be_told() {
        let now = Timestamp::from_millis(0);
        let told = |refilled| Some(Told { seq: 7, at: now, refilled });
        let wanted = Notifications { low_balance_told: told(false), ..Notifications::default() };
        let top_up = |seq, amount, after| Entry {
            debit: Account::GatewayClearing,
            credit: Account::Available,
            kind: EntryKind::TopUp,
            ..entry(seq, amount, after, now)
        };
        assert!(wanted.is_refill(&top_up(8, "0.1000", "1.0000")), "to the limit");
        for (no_refill, why) in [
            (top_up(8, "0.0999", "0.9999"), "still below"),
            (top_up(8, "5.0000", "6.0000"), "it was not below"),
            (top_up(7, "5.0000", "5.9000"), "before the letter"),
        ] {
            assert!(!wanted.is_refill(&no_refill), "{why}");
        }
        assert!(!Notifications::default().is_refill(&top_up(8, "5.0000", "5.9000")), "no letter told");
        let fall = |seq| entry(seq, "0.5000", "0.9000", now);
        let refilled = Notifications { low_balance_told: told(true), ..wanted };
        assert!(refilled.is_low_balance(&fall(9)) && !wanted.is_low_balance(&fall(9)));
        assert!(!refilled.is_low_balance(&fall(7)), "an entry that comes again is not told twice");

        let release = Entry { debit: Account::Held, kind: EntryKind::Release, ..top_up(8, "5.0000", "5.9000") };
        let refund = Entry { debit: Account::Revenue, kind: EntryKind::Refund, ..release.clone() };
        assert!(brings_money(&top_up(8, "1.0000", "1.0000")));
        assert!(!brings_money(&release) && !brings_money(&refund) && !brings_money(&fall(8)));
    }

    #[test]
    fn what_is_not_stored_is_the_default() {
        let read: Notifications = serde_json::from_str(r#"{"low_balance_mail":false}"#).unwrap();
        assert_eq!(read, Notifications { low_balance_mail: false, ..Notifications::default() });
        for reminder in Reminder::ALL {
            assert!(Notifications::default().wants_mail(*reminder), "{reminder:?}");
        }
    }
}
