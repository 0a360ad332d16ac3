//! The transitions of a payment's disputes, and of what is owed after them (docs/rules.md, "Disputes").
//!
//! A wallet may have less than a dispute takes, so a dispute is held by several entries: what the wallet has is frozen,
//! and the rest is a debt. A bank that takes more later adds entries. Each step has one movement. A payment with steps left is due within a minute, so that a
//! worker that dies between two of them is followed by another one.

use super::{
    Dispute, DisputeFault, DisputeHold, DisputeReport, DisputeStatus, Payment, PaymentEvent, PaymentTimelineItem, Step,
    step::ACTOR,
};
use crate::{
    Actor, Credits, Timestamp,
    ledger::{Account, EntryKind, Hold, Movement, Route, Wallet},
    policy::PayoutRule,
};

/// What a report about a dispute changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisputeSettlement {
    /// The next state and its movement.
    pub step: Step,
    /// What a person must look at, if anything. Later reports do not repeat it.
    pub fault: Option<DisputeFault>,
}

impl Payment {
    /// Applies what the gateway says about a dispute. Call it again, with the wallet as it is then, until it returns
    /// `None`. A dispute of which we hear only after it was won changes nothing.
    pub fn disputed(mut self, report: &DisputeReport, wallet: &Wallet, now: Timestamp) -> Option<DisputeSettlement> {
        let Some(place) = self.disputes.iter().position(|dispute| dispute.id == report.id) else {
            return (report.status != DisputeStatus::Won).then(|| self.opens(report, wallet, now));
        };
        if self.disputes[place].closed_at.is_some() {
            return self.reversed(place, report.status, now);
        }
        let free = |step| Some(DisputeSettlement { step, fault: None });
        let is_open = self.disputes[place].status == DisputeStatus::Open;
        if is_open {
            self.weigh(place, report);
            let dispute = &self.disputes[place];
            if dispute.held() < dispute.credits {
                let movement = self.hold(place, wallet);
                return free(self.goes_on(Some(movement), now));
            }
            if dispute.held() > dispute.credits {
                let excess = dispute.held().counted_down(dispute.credits);
                let movement = self.thaw(place, excess, wallet);
                return free(self.goes_on(movement, now));
            }
        }
        // Once its money moves to one side, all of it does.
        let status = if is_open { report.status } else { self.disputes[place].status };
        match status {
            DisputeStatus::Open => self.is_due(now).then(|| self.looked(now)).and_then(free),
            DisputeStatus::Won | DisputeStatus::Lost => free(self.settles(place, status, wallet, now)),
        }
    }

    /// Pays what the customer owes out of the wallet; `None` if nothing can be paid. The payment is the one that brought
    /// the money.
    pub fn repaid(self, wallet: &Wallet, now: Timestamp) -> Option<Step> {
        let amount = wallet.owed.min(wallet.own_money());
        if !amount.is_positive() {
            return None;
        }
        let movement = self.moves(EntryKind::Repayment, amount);
        Some(Step { movement: Some(movement), ..self.looked(now) })
    }

    /// Whether the customer's bank has the money, or may get it.
    pub fn is_disputed(&self) -> bool {
        self.disputes.iter().any(Dispute::is_at_stake)
    }

    /// Whether a worker follows its disputes: one may be lost, or a worker died when only a part of one was settled.
    pub fn has_disputes_to_follow(&self) -> bool {
        self.disputes.iter().any(|dispute| dispute.is_at_stake() || dispute.closed_at.is_none())
    }

    /// The credits of disputes that are lost or may be.
    pub(super) fn disputed_credits(&self) -> Credits {
        let at_stake = self.disputes.iter().filter(|dispute| dispute.is_at_stake());
        at_stake.fold(Credits::ZERO, |sum, dispute| sum.counted_up(dispute.credits))
    }

    fn opens(mut self, report: &DisputeReport, wallet: &Wallet, now: Timestamp) -> DisputeSettlement {
        self.timeline.push(PaymentTimelineItem::plain(now, PaymentEvent::Disputed));
        self.disputes.push(Dispute {
            id: report.id.clone(),
            amount: None,
            credits: Credits::ZERO,
            status: DisputeStatus::Open,
            opened_at: now,
            closed_at: None,
            holds: Vec::new(),
            told: None,
        });
        let place = self.disputes.len() - 1;
        self.disputes[place].credits = self.at_stake(place, report);
        self.disputes[place].amount = report.amount;
        let movement = self.disputes[place].credits.is_positive().then(|| self.hold(place, wallet));
        DisputeSettlement { step: self.goes_on(movement, now), fault: Some(DisputeFault::Opened) }
    }

    /// Takes over another amount, which the bank may ask for later. One that is not known any more changes nothing.
    fn weigh(&mut self, place: usize, report: &DisputeReport) {
        if report.amount.is_some() && report.amount != self.disputes[place].amount {
            self.disputes[place].credits = self.at_stake(place, report);
            self.disputes[place].amount = report.amount;
        }
    }

    /// The credits of the disputed money. The bank takes it whatever was refunded before, but all disputes together can't
    /// take more than was credited.
    fn at_stake(&self, place: usize, report: &DisputeReport) -> Credits {
        let same = report.amount.filter(|amount| amount.currency == self.amount.currency);
        let worth = same.and_then(|amount| self.price.credits_for(amount.minor)).unwrap_or(self.credited);
        let others = self.disputes.iter().enumerate().filter(|(n, dispute)| *n != place && dispute.is_at_stake());
        let taken = others.fold(Credits::ZERO, |sum, (_, dispute)| sum.counted_up(dispute.credits));
        worth.min(self.credited.counted_down(taken))
    }

    /// Holds the next part of a dispute: first what the wallet has, then the rest as a debt.
    fn hold(&mut self, place: usize, wallet: &Wallet) -> Movement {
        let dispute = &mut self.disputes[place];
        let missing = dispute.credits.counted_down(dispute.held());
        let frozen = missing.min(wallet.own_money());
        let is_debt = !frozen.is_positive();
        let (kind, amount) = if is_debt { (EntryKind::Debt, missing) } else { (EntryKind::Freeze, frozen) };
        dispute.holds.push(DisputeHold { hold: Hold::of(amount), is_debt });
        self.moves(kind, amount)
    }

    /// The next step of a dispute that is over.
    fn settles(mut self, place: usize, status: DisputeStatus, wallet: &Wallet, now: Timestamp) -> Step {
        self.disputes[place].status = status;
        let movement = self.settlement_of(place, status, wallet);
        let dispute = &mut self.disputes[place];
        if !dispute.held().is_positive() {
            dispute.closed_at = Some(now);
            let event = if status == DisputeStatus::Won { PaymentEvent::DisputeWon } else { PaymentEvent::DisputeLost };
            self.timeline.push(PaymentTimelineItem::plain(now, event));
        }
        self.goes_on(movement, now)
    }

    /// The movement that settles the next hold of a dispute; `None` if nothing is held.
    fn settlement_of(&mut self, place: usize, status: DisputeStatus, wallet: &Wallet) -> Option<Movement> {
        if status == DisputeStatus::Won {
            let held = self.disputes[place].held();
            return self.thaw(place, held, wallet);
        }
        let held = self.disputes[place].holds.iter_mut().find(|held| held.hold.left.is_positive())?;
        let left = held.hold.left;
        let taken = held.hold.settle(EntryKind::Chargeback, left);
        Some(self.moves(EntryKind::Chargeback, left).settling(taken))
    }

    /// The movement that frees the next hold, up to this amount: it ends what the customer still owes, or goes back to the
    /// wallet.
    fn thaw(&mut self, place: usize, most: Credits, wallet: &Wallet) -> Option<Movement> {
        let holds = &mut self.disputes[place].holds;
        // Debts end first.
        let next = holds.iter().rposition(|held| held.hold.left.is_positive())?;
        let (is_debt, left) = (holds[next].is_debt, holds[next].hold.left.min(most));
        let owed = if is_debt { left.min(wallet.owed) } else { Credits::ZERO };
        let (amount, back) = if owed.is_positive() { (owed, Account::Owed) } else { (left, Account::Available) };
        let taken = holds[next].hold.settle(EntryKind::Release, amount);
        let route = Route { debit: Account::Held, credit: back };
        let movement = self.moves(EntryKind::Release, amount).settling(taken);
        Some(Movement { route, rule: Some(PayoutRule::DisputeWon.id()), ..movement })
    }

    /// A dispute whose money was settled has another end now.
    fn reversed(mut self, place: usize, reported: DisputeStatus, now: Timestamp) -> Option<DisputeSettlement> {
        let dispute = &mut self.disputes[place];
        if dispute.status == reported || dispute.told == Some(reported) {
            return self.is_due(now).then(|| DisputeSettlement { step: self.looked(now), fault: None });
        }
        dispute.told = Some(reported);
        self.timeline.push(PaymentTimelineItem::plain(now, PaymentEvent::DisputeReversed));
        Some(DisputeSettlement { step: self.goes_on(None, now), fault: Some(DisputeFault::Reversed) })
    }

    /// The step with this movement.
    fn goes_on(mut self, movement: Option<Movement>, now: Timestamp) -> Step {
        self.status = self.paid_status();
        Step { movement, ..self.looked(now) }
    }

    fn moves(&self, kind: EntryKind, amount: Credits) -> Movement {
        Movement::new(kind, amount, self.cause(), Actor::system(ACTOR))
    }
}
