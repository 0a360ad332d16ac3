//! Vouchers: codes that give promotional credit. Staff make them, customers redeem them.
//!
//! A voucher has a number of uses, and each customer may use it once. Its uses are counted in the item of the voucher, in
//! the transaction that writes the customer's [`Redemption`] and moves the credits. So no concurrent requests exceed them.

mod code;

pub use code::{NotAVoucherCode, VoucherCode};

use crate::{
    Actor, Credits, EntrySeq, Timestamp, UserId, VoucherId,
    access::SecretHash,
    ledger::{Cause, Entry, EntryKind, Movement, Step, Subject},
};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The most that one use gives: ₵100. A slip of the finger must not give a fortune.
pub const MOST_CREDITS: Credits = Credits::from_units(1_000_000);
/// The most uses of a voucher.
pub const MOST_USES: u32 = 10_000;

/// A voucher, without its code. Only a hash of the code is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voucher {
    /// Identifier.
    pub voucher_id: VoucherId,
    /// The hash of its code, under which it is found.
    pub code: SecretHash,
    /// What each use gives.
    pub credits: Credits,
    /// How often it can be used, by all customers together.
    pub uses: u32,
    /// How often it was used.
    pub used: u32,
    /// When it begins.
    pub from: Timestamp,
    /// When it ends.
    pub until: Timestamp,
    /// When staff ended it early; absent if nobody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stopped_at: Option<Timestamp>,
    /// What it is for. Customers do not see it.
    pub reason: String,
    /// Who made it.
    pub made_by: Actor,
    /// When.
    pub created_at: Timestamp,
}

/// A voucher to make.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewVoucher {
    /// What each use gives.
    pub credits: Credits,
    /// How often it can be used, by all customers together.
    pub uses: u32,
    /// When it begins; `None` for now.
    pub from: Option<Timestamp>,
    /// When it ends.
    pub until: Timestamp,
    /// What it is for.
    pub reason: String,
}

/// Why a voucher was not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotAVoucher {
    /// It gives nothing, or more than [`MOST_CREDITS`].
    #[error("a voucher gives more than nothing and at most ₵{}", MOST_CREDITS)]
    Credits,
    /// It has no use, or more than [`MOST_USES`].
    #[error("a voucher has 1 to {} uses", MOST_USES)]
    Uses,
    /// It ends before it begins, or before now.
    #[error("a voucher ends after it begins, and in the future")]
    Times,
}

/// Why a voucher gives nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotRedeemable {
    /// It has not begun. To customers it does not exist yet.
    #[error("the voucher has not begun")]
    NotBegun,
    /// Its time is over, or staff ended it.
    #[error("the voucher has ended")]
    Ended,
    /// All uses are used.
    #[error("the voucher is used up")]
    UsedUp,
}

/// The use of a voucher by a customer. There is one at most.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redemption {
    /// The voucher.
    pub voucher_id: VoucherId,
    /// The customer.
    pub user_id: UserId,
    /// The number of writes: one.
    pub version: u64,
    /// What it gave.
    pub credits: Credits,
    /// The entry that gave it.
    pub entries: Vec<EntrySeq>,
    /// When.
    pub at: Timestamp,
}

impl Voucher {
    /// A new voucher with this code.
    pub fn new(
        voucher_id: VoucherId,
        code: &VoucherCode,
        new: NewVoucher,
        made_by: Actor,
        now: Timestamp,
    ) -> Result<Self, NotAVoucher> {
        let NewVoucher { credits, uses, from, until, reason } = new;
        let from = from.unwrap_or(now);
        if !credits.is_positive() || credits > MOST_CREDITS {
            return Err(NotAVoucher::Credits);
        }
        if !(1..=MOST_USES).contains(&uses) {
            return Err(NotAVoucher::Uses);
        }
        if until <= from.max(now) {
            return Err(NotAVoucher::Times);
        }
        let code = code.hash();
        let (used, stopped_at, created_at) = (0, None, now);
        Ok(Self { voucher_id, code, credits, uses, used, from, until, stopped_at, reason, made_by, created_at })
    }

    /// Whether it gives credit now.
    pub fn check(&self, now: Timestamp) -> Result<(), NotRedeemable> {
        if now < self.from {
            Err(NotRedeemable::NotBegun)
        } else if now >= self.until || self.stopped_at.is_some() {
            Err(NotRedeemable::Ended)
        } else if self.used >= self.uses {
            Err(NotRedeemable::UsedUp)
        } else {
            Ok(())
        }
    }

    /// The use by this customer: promotional credit, which is spent first and never paid out.
    pub fn redeemed_by(&self, user: &UserId, now: Timestamp) -> Step<Redemption> {
        let (voucher_id, user_id, credits) = (self.voucher_id.clone(), user.clone(), self.credits);
        let cause = Cause::Voucher { voucher_id: voucher_id.clone() };
        let movement = Movement::new(EntryKind::Promo, credits, cause, Actor::user(user));
        let redemption = Redemption { voucher_id, user_id, version: 0, credits, entries: Vec::new(), at: now };
        Step::with(redemption, movement)
    }
}

impl Subject for Redemption {
    fn owner(&self) -> &UserId {
        &self.user_id
    }

    fn version(&self) -> u64 {
        self.version
    }

    fn written_with(mut self, entry: Option<&Entry>) -> Self {
        self.version += 1;
        self.entries.extend(entry.map(|entry| entry.seq));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{Account, Wallet};
    use std::time::Duration;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn new() -> NewVoucher {
        let (from, until) = (Some(at("2026-12-01T00:00:00Z")), at("2027-01-01T00:00:00Z"));
        let credits = Credits::from_units(25_000);
        NewVoucher { credits, uses: 2, from, until, reason: "a campaign".to_owned() }
    }

    fn made(new: NewVoucher) -> Result<Voucher, NotAVoucher> {
        let now = at("2026-11-28T00:00:00Z");
        let code = "WELCOME-10".parse().unwrap();
        Voucher::new(VoucherId::new(now, 1), &code, new, Actor::operator("ama"), now)
    }

    #[test]
    fn a_voucher_has_limits() {
        let most = NewVoucher { credits: MOST_CREDITS, uses: MOST_USES, ..new() };
        assert!(made(most.clone()).is_ok());
        let more = Credits::from_units(MOST_CREDITS.units() + 1);
        let soon = Some(at("2026-12-31T23:59:59.999Z"));
        for (wrong, why) in [
            (NewVoucher { credits: Credits::ZERO, ..new() }, NotAVoucher::Credits),
            (NewVoucher { credits: more, ..new() }, NotAVoucher::Credits),
            (NewVoucher { uses: 0, ..new() }, NotAVoucher::Uses),
            (NewVoucher { uses: MOST_USES + 1, ..new() }, NotAVoucher::Uses),
            (NewVoucher { from: Some(new().until), ..new() }, NotAVoucher::Times),
            (NewVoucher { from: None, until: at("2026-11-28T00:00:00Z"), ..new() }, NotAVoucher::Times),
            (
                NewVoucher { from: Some(at("2026-01-01T00:00:00Z")), until: at("2026-11-01T00:00:00Z"), ..new() },
                NotAVoucher::Times,
            ),
        ] {
            assert_eq!(made(wrong.clone()), Err(why), "{wrong:?}");
        }
        assert!(made(NewVoucher { from: soon, ..new() }).is_ok());
    }

    #[test]
    fn a_voucher_gives_within_its_time_until_its_uses_are_used() {
        let voucher = made(new()).unwrap();
        for (used, stopped, now, expected) in [
            (0, false, "2026-11-30T23:59:59.999Z", Err(NotRedeemable::NotBegun)),
            (0, false, "2026-12-01T00:00:00Z", Ok(())),
            (1, false, "2026-12-31T23:59:59.999Z", Ok(())),
            (2, false, "2026-12-01T00:00:00Z", Err(NotRedeemable::UsedUp)),
            (0, false, "2027-01-01T00:00:00Z", Err(NotRedeemable::Ended)),
            (2, false, "2027-01-01T00:00:00Z", Err(NotRedeemable::Ended)),
            (0, true, "2026-12-01T00:00:00Z", Err(NotRedeemable::Ended)),
        ] {
            let stopped_at = stopped.then(|| at("2026-11-29T00:00:00Z"));
            let voucher = Voucher { used, stopped_at, ..voucher.clone() };
            assert_eq!(voucher.check(at(now)), expected, "{used} used at {now}");
        }
    }

    #[test]
    fn a_use_gives_promotional_credit() {
        let voucher = made(new()).unwrap();
        let now = voucher.from.plus(Duration::from_secs(1));
        let user = UserId::new(now, 7);
        let step = voucher.redeemed_by(&user, now);
        let (wallet, entry) = Wallet::default().post(&step.movement.unwrap(), now).unwrap();
        assert_eq!((wallet.available, wallet.promo), (voucher.credits, voucher.credits));
        assert_eq!(wallet.own_money(), Credits::ZERO, "it is never paid out");
        assert_eq!((entry.debit, entry.credit), (Account::Promotions, Account::Available));
        let written = step.subject.written_with(Some(&entry));
        assert_eq!((written.version, written.entries.as_slice(), written.owner()), (1, [1].as_slice(), &user));
    }

    #[test]
    fn the_code_is_not_stored() {
        let stored = serde_json::to_string(&made(new()).unwrap()).unwrap();
        assert!(!stored.contains("WELCOME"), "{stored}");
    }
}
