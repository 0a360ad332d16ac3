//! Gateways, customers and workers together: payments at the gateways, events on their way, and workers that look.

use super::{
    super::books::{self, Checked},
    gateway::{Account, STALE},
    reference::Receipts,
    story,
    till::{Refused, Till},
};
use namaskah_domain::{
    Timestamp,
    ledger::EntryKind,
    payment::{Fault, NewPayment, Payment, Report, Settlement},
};
use proptest::{prop_assert, prop_assert_eq};
use std::collections::VecDeque;

/// The statuses, and that of an open payment of which a part came.
pub const PHASES: [&str; 7] = ["Started", "Pending", "Part", "Succeeded", "Failed", "Cancelled", "Abandoned"];

/// The phase of a payment.
pub fn phase(payment: &Payment) -> String {
    let is_part = payment.status.is_open() && payment.credited.is_positive();
    if is_part { "Part".to_owned() } else { format!("{:?}", payment.status) }
}

/// A report that waits to be applied.
#[derive(Clone, Debug)]
struct Kept {
    at: usize,
    since: Timestamp,
    report: Report,
}

#[derive(Clone, Debug)]
pub struct World {
    pub now: Timestamp,
    pub till: Till,
    /// What the gateways know of each payment.
    pub accounts: Vec<Account>,
    /// The receipts that were reported.
    seen: Vec<Receipts>,
    /// The payments of events on their way to us.
    events: VecDeque<usize>,
    kept: Option<Kept>,
    /// What happened, in words.
    pub reached: Vec<String>,
}

impl World {
    pub fn new(now: Timestamp) -> Self {
        Self {
            now,
            till: Till::default(),
            accounts: Vec::new(),
            seen: Vec::new(),
            events: VecDeque::new(),
            kept: None,
            reached: Vec::new(),
        }
    }

    pub fn start(&mut self, new: NewPayment) -> Checked {
        let at = self.till.start(new, self.now);
        self.accounts.push(Account::of(&self.till.payments[at]));
        self.seen.push(Receipts::new());
        self.is_right(at)
    }

    pub fn payment(&self, at: usize) -> &Payment {
        &self.till.payments[at]
    }

    pub fn reach(&mut self, what: impl Into<String>) {
        self.reached.push(what.into());
    }

    /// The gateway sends an event, which may be lost.
    pub fn tell(&mut self, at: usize, is_lost: bool) {
        if !is_lost {
            self.events.push_back(at);
        }
    }

    /// All events arrive.
    pub fn deliver_all(&mut self) -> Checked {
        while !self.events.is_empty() {
            self.deliver(false)?;
        }
        Ok(())
    }

    /// Writes a step that does not come from a report.
    pub fn write(&mut self, step: &namaskah_domain::payment::Step) -> Checked {
        let before = self.till.payments.iter().position(|payment| payment.reference == step.subject.reference);
        let at = before.expect("a known payment");
        let before = self.payment(at).clone();
        prop_assert_eq!(&step.movement, &None, "only a report moves money");
        let after = self.till.write(step, self.now);
        story::goes_on(&before, &after)?;
        prop_assert_eq!(&after.receipts, &before.receipts, "only a report has receipts");
        self.is_right(at)
    }

    /// The newest event arrives, or the oldest.
    pub fn deliver(&mut self, newest: bool) -> Checked {
        let event = if newest { self.events.pop_back() } else { self.events.pop_front() };
        event.map_or(Ok(()), |at| self.look(at))
    }

    /// Asks the gateway, and applies what it says.
    pub fn look(&mut self, at: usize) -> Checked {
        let report = self.accounts[at].report(self.now);
        self.apply(at, &report, usize::MAX)
    }

    /// A worker looks and dies after the first write.
    pub fn look_and_die(&mut self, at: usize) -> Checked {
        let report = self.accounts[at].report(self.now);
        self.apply(at, &report, 1)
    }

    /// A worker asks the gateway, and is slow.
    pub fn keep_report(&mut self, at: usize) {
        self.kept = Some(Kept { at, since: self.now, report: self.accounts[at].report(self.now) });
    }

    /// The slow worker applies its report.
    pub fn apply_kept(&mut self) -> Checked {
        let Some(Kept { at, since, report }) = self.kept.take() else { return Ok(()) };
        if self.now.since(since) > STALE {
            return Ok(());
        }
        if report != self.accounts[at].report(self.now) {
            self.reach("a stale report");
        }
        self.apply(at, &report, usize::MAX)
    }

    /// The gateway says that the money of another payment is that of this one.
    pub fn confuse(&mut self, at: usize, other: usize) -> Checked {
        let noted = self.payment(other).receipts.first().map(|noted| (noted.id.clone(), noted.amount));
        let (payment, is_same) = (self.payment(at).clone(), self.payment(at).gateway == self.payment(other).gateway);
        let Some((id, amount)) = noted.filter(|_| at != other && is_same) else { return Ok(()) };
        let mut report = self.accounts[at].report(self.now);
        report.receipts.insert(0, super::receipt(id.as_str(), amount));
        prop_assert_eq!(self.till.look(at, &report, self.now), Err(Refused::Claimed));
        prop_assert_eq!(self.payment(at), &payment, "nothing was written");
        self.reach("the money of another payment");
        Ok(())
    }

    /// Looks at what is due.
    pub fn sweep(&mut self) -> Checked {
        let due: Vec<_> = (0..self.accounts.len()).filter(|at| self.payment(*at).is_due(self.now)).collect();
        for at in due {
            self.look(at)?;
            prop_assert!(!self.payment(at).is_due(self.now), "a look schedules the next one");
        }
        Ok(())
    }

    /// Applies a report, at most so many writes of it.
    pub fn apply(&mut self, at: usize, report: &Report, most: usize) -> Checked {
        self.reach(format!("{:?} while {}", report.state, phase(self.payment(at))));
        for _ in 0..most {
            let before = self.payment(at).clone();
            let Some(settlement) = before.clone().settled(report, self.now) else {
                let all = report.receipts.iter().all(|receipt| self.seen[at].contains_key(&receipt.id));
                prop_assert!(all, "every receipt was noted");
                return Ok(());
            };
            self.settle(at, &before, report, &settlement)?;
            if most == 1 && self.payment(at).is_due(self.now) {
                self.reach("a death between two receipts");
            }
        }
        Ok(())
    }

    fn settle(&mut self, at: usize, before: &Payment, report: &Report, settlement: &Settlement) -> Checked {
        let Settlement { step, receipt, fault } = settlement;
        let new: Vec<_> = report.receipts.iter().filter(|receipt| !self.seen[at].contains_key(&receipt.id)).collect();
        prop_assert_eq!(receipt.as_ref(), new.first().map(|receipt| &receipt.id), "the first new receipt is noted");
        let after = self.till.commit(step, receipt.as_ref(), self.now);
        prop_assert!(after.is_ok(), "{:?}", after);
        prop_assert_eq!(self.till.commit(step, receipt.as_ref(), self.now), Err(Refused::Changed), "written once");
        let after = after.expect("checked above");
        story::goes_on(before, &after)?;
        self.seen[at].extend(new.first().map(|receipt| (receipt.id.clone(), receipt.amount)));
        let noted = after.receipts.get(before.receipts.len()).map(|noted| noted.credits).unwrap_or_default();
        let moved = step.movement.as_ref().map(|movement| (movement.kind, movement.amount));
        prop_assert_eq!(moved, noted.is_positive().then_some((EntryKind::TopUp, noted)), "money of this receipt only");
        if let Some(fault) = fault {
            prop_assert!(receipt.is_some() && moved.is_none(), "{:?} is about money that was not credited", fault);
            let is_second = before.credited.is_positive() && !before.method.is_crypto();
            prop_assert!(*fault != Fault::PaidTwice || is_second, "not the second time");
            self.reach(format!("{fault:?}"));
        }
        let is_interrupted = new.len() > 1;
        prop_assert_eq!(after.is_due(self.now), is_interrupted, "due now if and only if a receipt is left");
        self.is_right(at)
    }

    /// Checks a payment that was written now.
    fn is_right(&self, at: usize) -> Checked {
        let payment = self.payment(at);
        story::agrees_with_ledger(&self.till, payment)?;
        let noted: Receipts = payment.receipts.iter().map(|noted| (noted.id.clone(), noted.amount)).collect();
        prop_assert_eq!(&noted, &self.seen[at], "every reported receipt is noted");
        story::is_watched(payment, self.now)?;
        let wallet = &self.till.wallets[&payment.reference.user];
        books::check(&wallet.wallet, &wallet.entries)
    }
}
