//! How much of a payment can be refunded, and why not more (docs/rules.md, "Refunds of payments").
//!
//! Credits are spent oldest first, so what is left of the customer's own money belongs to the newest payments.

use super::{Amount, CoinNetwork, Minor, Payment, PaymentEvent, Refund, Status};
use crate::{Credits, EntrySeq, Timestamp, ledger::Wallet};
use std::time::Duration;
use thiserror::Error;

/// How long after its credit a payment can be refunded.
pub const REFUNDABLE_FOR: Duration = Duration::from_hours(14 * 24);
/// The refunds of one payment that need no approval, in sum. It is our own limit. They count together, so that a large
/// refund can't be split.
pub const APPROVAL_ABOVE: Credits = Credits::from_units(500_000);
/// The most refunds of one payment, those that failed included: a record has a limited size.
pub const MOST_REFUNDS: usize = 20;

/// Why a payment, or so much of it, can't be refunded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotRefundable {
    /// It was not paid.
    #[error("the payment was not paid")]
    NotPaid,
    /// It was paid in coins, and no address of the customer was confirmed to which they can go back.
    #[error("coins need a confirmed address to go back to")]
    AddressNeeded,
    /// The customer's bank asks for its money back, or got it.
    #[error("the payment is disputed")]
    Disputed,
    /// The customer owes money after another dispute.
    #[error("{owed} credits are owed")]
    Owes {
        /// How much.
        owed: Credits,
    },
    /// It was paid too long ago.
    #[error("it could be refunded until {until}")]
    TooOld {
        /// The end of the time.
        until: Timestamp,
    },
    /// All of it was refunded, or is being refunded.
    #[error("the payment is refunded")]
    Refunded,
    /// As many refunds were asked for as one payment may have.
    #[error("a payment has at most {MOST_REFUNDS} refunds")]
    TooManyRefunds,
    /// Its credits are spent, or held by open orders or disputes.
    #[error("the credits of the payment are spent or held")]
    Spent,
    /// The credits are worth less than the smallest unit of the currency.
    #[error("the credits are worth less than the smallest unit of the currency")]
    TooLittle,
    /// Less is left of it.
    #[error("{possible} credits can be refunded")]
    TooMuch {
        /// What can be refunded.
        possible: Credits,
    },
}

impl NotRefundable {
    /// The name in JSON: the code of the problem that a request gets.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotPaid => "payment_not_paid",
            Self::AddressNeeded => "refund_address_needed",
            Self::Disputed => "payment_disputed",
            Self::Owes { .. } => "money_owed",
            Self::TooOld { .. } => "refund_too_late",
            Self::Refunded => "payment_refunded",
            Self::TooManyRefunds => "too_many_refunds",
            Self::Spent => "credits_spent",
            Self::TooLittle => "refund_too_small",
            Self::TooMuch { .. } => "refund_too_large",
        }
    }
}

/// What a customer can get back of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefundOffer {
    /// The credits that can be refunded; `None` if none.
    pub possible: Option<Credits>,
    /// The money for them.
    pub amount: Option<Amount>,
    /// Whether a person of the staff must approve a refund of all of them.
    pub needs_approval: bool,
    /// Until when a refund can be asked for; `None` if the payment was not paid.
    pub until: Option<Timestamp>,
    /// The network of the address that a refund needs; `None` if it goes back to the card or wallet that paid.
    pub address_on: Option<CoinNetwork>,
    /// Why nothing can be refunded.
    pub reason: Option<NotRefundable>,
}

impl Payment {
    /// What can be refunded now.
    ///
    /// `newer` is what is not refunded of the payments that were credited later ([`Payment::newer`]). Ask again in the
    /// transaction that refunds, because wallet and payments may change until then.
    pub fn refundable(&self, wallet: &Wallet, newer: &[Credits], now: Timestamp) -> Result<Credits, NotRefundable> {
        let until = self.refundable_until().ok_or(NotRefundable::NotPaid)?;
        if self.is_disputed() {
            return Err(NotRefundable::Disputed);
        }
        if self.unrefunded().is_zero() {
            return Err(NotRefundable::Refunded);
        }
        if wallet.owed.is_positive() {
            return Err(NotRefundable::Owes { owed: wallet.owed });
        }
        if now >= until {
            return Err(NotRefundable::TooOld { until });
        }
        if self.refunds.len() >= MOST_REFUNDS {
            return Err(NotRefundable::TooManyRefunds);
        }
        let of_newer = newer.iter().fold(Credits::ZERO, |sum, credits| sum.counted_up(*credits));
        let unspent = wallet.own_money().counted_down(of_newer).min(self.unrefunded());
        if unspent.is_zero() {
            return Err(NotRefundable::Spent);
        }
        if self.worth_of(unspent) == Minor::ZERO { Err(NotRefundable::TooLittle) } else { Ok(unspent) }
    }

    /// What the customer can get back, with everything that explains it.
    pub fn refund_offer(&self, wallet: &Wallet, newer: &[Credits], now: Timestamp) -> RefundOffer {
        let refundable = self.refundable(wallet, newer, now);
        let possible = refundable.ok();
        RefundOffer {
            possible,
            amount: possible.map(|credits| self.amount_of(credits)),
            needs_approval: possible.is_some_and(|credits| self.needs_approval(credits)),
            until: self.refundable_until(),
            address_on: self.method.network(),
            reason: refundable.err(),
        }
    }

    /// What is not refunded of those of these payments that were credited after this one.
    pub fn newer<'a>(&self, payments: impl IntoIterator<Item = &'a Self>) -> Vec<Credits> {
        let credited = self.last_credit().map(|(entry, _)| entry);
        let is_newer = |other: &&Self| other.last_credit().map(|(entry, _)| entry) > credited;
        payments.into_iter().filter(is_newer).map(Self::unrefunded).collect()
    }

    /// Until when a refund can be asked for; `None` if nothing was credited.
    pub fn refundable_until(&self) -> Option<Timestamp> {
        self.last_credit().map(|(_, at)| at.plus(REFUNDABLE_FOR))
    }

    /// The credits that were not refunded and are not being refunded, and that no bank asks for.
    pub fn unrefunded(&self) -> Credits {
        self.credited.counted_down(self.refunded()).counted_down(self.disputed_credits())
    }

    /// The credits that were refunded or are being refunded.
    pub fn refunded(&self) -> Credits {
        self.counted_refunds().fold(Credits::ZERO, |sum, refund| sum.counted_up(refund.credits))
    }

    /// The refunds that the gateway is to pay out. A worker asks the gateway about each.
    pub fn open_refunds(&self) -> impl Iterator<Item = &Refund> {
        self.refunds.iter().filter(|refund| refund.status.is_open())
    }

    /// Whether a person of the staff must approve a further refund of these credits. Coins always need it: nobody can
    /// ask them back from a wrong address.
    pub fn needs_approval(&self, credits: Credits) -> bool {
        self.method.is_crypto() || self.refunded().counted_up(credits) > APPROVAL_ABOVE
    }

    /// The money for a refund of these credits, at the price at which they were bought. It is rounded down, and the
    /// last refund gets the rest of what was paid.
    pub(super) fn amount_of(&self, credits: Credits) -> Amount {
        Amount { minor: self.worth_of(credits), currency: self.amount.currency }
    }

    fn worth_of(&self, credits: Credits) -> Minor {
        let refunded = self.counted_refunds().fold(Minor::ZERO, |sum, refund| sum.plus(refund.amount.minor));
        let left = self.paid().minus(refunded);
        if credits >= self.unrefunded() { left } else { self.price.worth_of(credits).min(left) }
    }

    /// The money that was credited.
    pub(super) fn paid(&self) -> Minor {
        let credited = self.receipts.iter().filter(|noted| noted.credits.is_positive());
        credited.filter_map(|noted| noted.amount).fold(Minor::ZERO, |sum, amount| sum.plus(amount.minor))
    }

    /// The status of a payment that was credited.
    pub(super) fn paid_status(&self) -> Status {
        if self.is_disputed() {
            return Status::Disputed;
        }
        match (self.refunded().is_zero(), self.unrefunded().is_zero()) {
            (true, _) => Status::Succeeded,
            (false, false) => Status::PartlyRefunded,
            (false, true) => Status::Refunded,
        }
    }

    fn counted_refunds(&self) -> impl Iterator<Item = &Refund> {
        self.refunds.iter().filter(|refund| refund.is_counted())
    }

    /// The ledger entry of the newest credit, and its time. Entries of a wallet are in order, whatever clocks say.
    fn last_credit(&self) -> Option<(EntrySeq, Timestamp)> {
        let credits = self.timeline.iter().filter(|item| item.event == PaymentEvent::Credited);
        credits.filter_map(|item| Some((item.entry?, item.at))).next_back()
    }
}
