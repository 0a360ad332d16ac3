//! Gateways, customers and workers together: payments at the gateways, events on their way, and workers that look.

use super::{
    super::books::{self, Checked},
    gateway::{Account, STALE},
    reference::{self, Came, Receipts},
    story,
    till::{Refused, Till},
};
use namaskah_domain::{
    Credits, Timestamp,
    ledger::EntryKind,
    payment::{CreditPrice, Fault, Look, Minor, NewPayment, Payment, Receipt, Report, Settlement},
};
use proptest::{prop_assert, prop_assert_eq};
use std::collections::VecDeque;

/// A price of credits that has not changed, in percent.
const UNCHANGED: u64 = 100;

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
    look: Look,
}

#[derive(Clone, Debug)]
pub struct World {
    pub now: Timestamp,
    pub till: Till,
    /// What a credit costs now, in percent of what it cost when each payment was started.
    pub price: u64,
    /// What the gateways know of each payment.
    pub accounts: Vec<Account>,
    /// The receipts that were noted.
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
            price: UNCHANGED,
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
        let look = self.ask(at, self.accounts[at].report(self.now));
        self.apply(at, &look)
    }

    /// A look at a gateway that says this now.
    pub fn ask(&self, at: usize, report: Report) -> Look {
        let price = CreditPrice::new(Minor::new(self.price_of(at)));
        Look { price, ..Look::at(report, self.now) }
    }

    fn price_of(&self, at: usize) -> u64 {
        (self.payment(at).price.minor().get() * self.price / UNCHANGED).max(1)
    }

    /// The credits of a payment's receipts, by the reference.
    pub fn worth(&self, at: usize) -> i64 {
        reference::worth(self.payment(at), &self.seen[at])
    }

    /// Whether everything that settled at the gateway was noted.
    pub fn knows_all(&self, at: usize) -> bool {
        self.accounts[at].settled().all(|sent| self.seen[at].iter().any(|came| came.id == sent.id))
    }

    /// A worker asks the gateway, and is slow.
    pub fn keep_report(&mut self, at: usize) {
        self.kept = Some(Kept { at, look: self.ask(at, self.accounts[at].report(self.now)) });
    }

    /// The slow worker applies its report.
    pub fn apply_kept(&mut self) -> Checked {
        let Some(Kept { at, look }) = self.kept.take() else { return Ok(()) };
        if self.now.since(look.asked_at) > STALE {
            return Ok(());
        }
        if look.report != self.accounts[at].report(self.now) {
            self.reach("a stale report");
        }
        self.apply(at, &look)
    }

    /// The gateway says that the money of another payment is that of this one, too.
    pub fn confuse(&mut self, at: usize, other: usize) -> Checked {
        let is_same = self.payment(at).gateway == self.payment(other).gateway;
        let noted = self.payment(other).receipts.first().cloned().filter(|_| is_same);
        let Some(noted) = noted.filter(|noted| self.till.is_of_another(self.payment(at), &noted.id)) else {
            return Ok(());
        };
        if self.seen[at].iter().any(|came| came.id == noted.id) {
            return Ok(());
        }
        let foreign = Receipt { id: noted.id.clone(), amount: noted.amount, at: self.payment(at).created_at };
        let before = self.payment(at).clone();
        let look = self.ask(at, Report { receipts: vec![foreign.clone()], ..self.accounts[at].report(self.now) });
        // Many coins that need more confirmations wait first.
        let Some(settlement) = before.clone().settled(&look, self.now) else { return Ok(()) };
        if settlement.receipts.is_empty() {
            return Ok(());
        }
        let written = self.till.settle(settlement, &look, self.now);
        let faults = written.map(|settlement| settlement.faults);
        prop_assert_eq!(faults, Ok(vec![(noted.id, Fault::NotItsMoney)]));
        let after = self.payment(at).clone();
        prop_assert_eq!((after.credited, after.status), (before.credited, before.status), "nothing was credited");
        story::goes_on(&before, &after)?;
        let came = Came { is_foreign: true, ..Came::of(&after, &foreign, self.price_of(at)) };
        self.seen[at].push(came);
        self.is_right(at)?;
        self.reach("the money of another payment");
        // The rest of the report follows.
        self.look(at)
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

    /// Applies a look.
    pub fn apply(&mut self, at: usize, look: &Look) -> Checked {
        self.reach(format!("{:?} while {}", look.report.state, phase(self.payment(at))));
        while let Some(settlement) = self.payment(at).clone().settled(look, self.now) {
            self.settle(at, look, &settlement)?;
        }
        prop_assert_eq!(self.news(at, look), vec![], "every receipt was noted");
        Ok(())
    }

    /// The receipts of a look that count now, and were not noted.
    fn news(&self, at: usize, look: &Look) -> Vec<Came> {
        let (payment, price) = (self.payment(at), look.price.map_or(0, |price| price.minor().get()));
        let mut all = self.seen[at].clone();
        for receipt in &look.report.receipts {
            let is_known = all.iter().any(|came| came.id == receipt.id);
            if !is_known && reference::counts(payment, reference::worth(payment, &all), receipt, price, self.now) {
                all.push(Came::of(payment, receipt, price));
            }
        }
        all.split_off(self.seen[at].len())
    }

    fn settle(&mut self, at: usize, look: &Look, settlement: &Settlement) -> Checked {
        let Settlement { step, receipts, faults } = settlement;
        let (before, new) = (self.payment(at).clone(), self.news(at, look));
        prop_assert!(receipts.iter().eq(new.iter().map(|came| &came.id)), "all new receipts are noted: {:?}", receipts);
        let after = self.till.commit(step, receipts, self.now);
        prop_assert!(after.is_ok(), "{:?}", after);
        prop_assert_eq!(self.till.commit(step, receipts, self.now), Err(Refused::Changed), "written once");
        let after = after.expect("checked above");
        story::goes_on(&before, &after)?;
        if new.iter().any(|came| came.price > before.price.minor().get()) {
            self.reach("a dearer credit");
        }
        self.seen[at].extend(new);
        let noted = after.receipts[before.receipts.len()..].iter().map(|noted| noted.credits);
        let noted = noted.fold(Credits::ZERO, Credits::counted_up);
        let moved = step.movement.as_ref().map(|movement| (movement.kind, movement.amount));
        let wanted = noted.is_positive().then_some((EntryKind::TopUp, noted));
        prop_assert_eq!(moved, wanted, "money of these receipts only");
        for (id, fault) in faults {
            let place = after.receipts.iter().position(|noted| noted.id == *id);
            let credits = place.map(|place| after.receipts[place].credits);
            prop_assert_eq!(credits, Some(Credits::ZERO), "{:?} is about money that was not credited", fault);
            let earlier = &after.receipts[..place.unwrap_or_default()];
            let is_second = !before.method.is_crypto() && earlier.iter().any(|noted| noted.credits.is_positive());
            prop_assert!(*fault != Fault::PaidTwice || is_second, "not the second time");
            self.reach(format!("{fault:?}"));
        }
        if look.report.receipts.len() > after.receipts.len() {
            self.reach("coins that need more blocks");
        }
        prop_assert!(!after.is_due(self.now), "due although no receipt is left");
        self.is_right(at)
    }

    /// Checks a payment that was written now.
    fn is_right(&self, at: usize) -> Checked {
        let payment = self.payment(at);
        story::agrees(&self.till, payment, &self.seen[at])?;
        story::is_watched(payment, self.now)?;
        let wallet = &self.till.wallets[&payment.reference.user];
        books::check(&wallet.wallet, &wallet.entries)
    }
}
