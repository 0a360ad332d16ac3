//! What a gateway's report does to a payment.
//!
//! Money is credited only for a receipt in a [`Report`], and once for each: a payment notes the receipts that it knows.
//! It does not matter how the payment ended before, because a page of a gateway may take money after that. All new
//! receipts of a report are noted together, so that many small ones cost no more than a large one.

use super::{
    CreditPrice, Failure, Fault, NotedReceipt, Payment, PaymentEvent, PaymentTimelineItem, Receipt, ReceiptId, Report,
    Reported, Status, Step, credit::Judged, dispute::GOES_ON,
};
use crate::{Credits, Timestamp, ledger::Step as LedgerStep};
use std::time::Duration;

/// The most receipts that a payment notes. Customers send coins once or twice; whoever sends more often is no customer.
pub const MOST_RECEIPTS: usize = 100;
/// The most receipts that are noted in one transaction. Each may need a claim and a finding, and a transaction has at
/// most a hundred writes.
pub const MOST_AT_ONCE: usize = 30;
/// How long a gateway's answers may lag behind its events.
const GATEWAY_LAGS: Duration = Duration::from_secs(5);

/// A look at a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// What the gateway says.
    pub report: Report,
    /// When it was asked.
    pub asked_at: Timestamp,
    /// The price of a credit now, if a new receipt is late ([`Payment::is_late`]) and customers pay in its currency.
    pub price: Option<CreditPrice>,
    /// Whether the customer's account was deleted, if there are new receipts.
    pub is_account_gone: bool,
    /// Whether the customer owes money, if there are new receipts. What is credited pays it ([`Payment::repaid`]).
    pub owes: bool,
}

/// What a look changes, with everything that belongs to one transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// The next state and its movement.
    pub step: Step,
    /// The receipts that the step notes. The payment claims each.
    pub receipts: Vec<ReceiptId>,
    /// What a person must look at.
    pub faults: Vec<(ReceiptId, Fault)>,
}

/// The new receipts of a report.
#[derive(Default)]
struct New {
    receipts: Vec<ReceiptId>,
    faults: Vec<(ReceiptId, Fault)>,
    credits: Credits,
    /// Whether some are what was agreed, even if they are worth nothing.
    has_good: bool,
    /// Whether some count later.
    is_waiting: bool,
    /// Whether some are left for the next step.
    is_cut: bool,
}

impl Look {
    /// A look without anything that could change what the report's receipts are worth.
    pub const fn at(report: Report, asked_at: Timestamp) -> Self {
        Self { report, asked_at, price: None, is_account_gone: false, owes: false }
    }
}

impl Payment {
    /// The receipts of a report that the payment has not noted.
    pub fn new_receipts<'a>(&'a self, report: &'a Report) -> impl Iterator<Item = &'a Receipt> {
        report.receipts.iter().filter(|receipt| !self.has_noted(&receipt.id))
    }

    /// Whether an event of the gateway that came then can say nothing new, because the gateway was asked later.
    pub fn knows_of(&self, event_at: Timestamp) -> bool {
        self.asked_at.is_some_and(|asked_at| event_at.plus(GATEWAY_LAGS) < asked_at)
    }

    /// Applies a look: new receipts, or a new state without any. Call it again until it returns `None`.
    pub fn settled(mut self, look: &Look, now: Timestamp) -> Option<Settlement> {
        let new = self.note(look, now);
        let state = if new.is_waiting { Reported::Confirming } else { self.state_of(look.report.state, now) };
        let has_news = !new.receipts.is_empty() || !new.faults.is_empty();
        let mut step = if has_news { self.with_money(&new, state, now) } else { self.without_money(state, now)? };
        step.subject.asked_at = step.subject.asked_at.max(Some(look.asked_at));
        // A worker that dies now must not lose the rest.
        if new.is_cut {
            step.subject.due_at = Some(now);
        } else if look.owes && step.movement.is_some() {
            step.subject.due_at = Some(now.plus(GOES_ON));
        }
        Some(Settlement { step, receipts: new.receipts, faults: new.faults })
    }

    /// Notes receipts that belong to other payments, so that they are not asked about again.
    pub fn without_these(mut self, receipts: &[&Receipt], now: Timestamp) -> Settlement {
        let mut new = New::default();
        for receipt in receipts {
            self.push(receipt, Err(Fault::NotItsMoney), &mut new, now);
        }
        self.tell(&new, now);
        // The rest of the report follows.
        self.due_at = Some(now);
        Settlement { step: LedgerStep::free(self), receipts: Vec::new(), faults: new.faults }
    }

    fn has_noted(&self, id: &ReceiptId) -> bool {
        self.receipts.iter().any(|noted| noted.id == *id)
    }

    /// Notes the new receipts of a report.
    fn note(&mut self, look: &Look, now: Timestamp) -> New {
        let mut new = New::default();
        for receipt in &look.report.receipts {
            if self.is_full || self.has_noted(&receipt.id) {
                continue;
            }
            if new.receipts.len() == MOST_AT_ONCE {
                new.is_cut = true;
                break;
            }
            if self.receipts.len() == MOST_RECEIPTS {
                self.is_full = true;
                new.faults.push((receipt.id.clone(), Fault::TooMany));
                break;
            }
            match self.judge(receipt, look, now) {
                Judged::Worth(credits) => self.push(receipt, Ok(credits), &mut new, now),
                Judged::Wrong(fault) => self.push(receipt, Err(fault), &mut new, now),
                Judged::Later => new.is_waiting = true,
            }
        }
        new
    }

    fn push(&mut self, receipt: &Receipt, judged: Result<Credits, Fault>, new: &mut New, now: Timestamp) {
        let credits = judged.unwrap_or_default();
        let (id, amount, gateway_at) = (receipt.id.clone(), receipt.amount, Some(receipt.at));
        self.receipts.push(NotedReceipt { id, amount, credits, at: Some(now), gateway_at });
        self.credited = self.credited.counted_up(credits);
        new.credits = new.credits.counted_up(credits);
        new.has_good |= judged.is_ok();
        new.faults.extend(judged.err().map(|fault| (receipt.id.clone(), fault)));
        new.receipts.push(receipt.id.clone());
    }

    fn tell(&mut self, new: &New, now: Timestamp) {
        let refused = new.faults.iter().map(|_| PaymentTimelineItem::plain(now, PaymentEvent::Refused));
        self.timeline.extend(refused);
    }

    /// The step of new receipts.
    fn with_money(mut self, new: &New, state: Reported, now: Timestamp) -> Step {
        self.tell(new, now);
        self.is_confirming = state == Reported::Confirming;
        let is_over = self.paid() >= self.amount.minor || state == Reported::Closed || !self.status.is_open();
        if self.credited.is_positive() {
            if is_over && new.has_good {
                self.end(self.paid_status(), now);
                self.failure = None;
            }
        } else if new.faults.iter().any(|(_, fault)| *fault == Fault::NotTheAmount) {
            self.failure = Some(Failure::NotTheAmount);
            self.end(Status::Failed, now);
        }
        self.due_at = self.next_look(now);
        let movement = new.credits.is_positive().then(|| self.top_up(new.credits));
        Step { subject: self, movement }
    }

    /// What a report without new money changes.
    fn without_money(mut self, state: Reported, now: Timestamp) -> Option<Step> {
        let change = self.status.is_open().then(|| self.change_of(state, now)).flatten();
        let is_confirming = state == Reported::Confirming;
        let differs = std::mem::replace(&mut self.is_confirming, is_confirming) != is_confirming;
        match change {
            Some((status, event)) => {
                self.failure = (status == Status::Failed).then_some(Failure::Declined);
                Some(self.moved(status, event, now))
            }
            None => (differs || self.is_due(now)).then(|| self.looked(now)),
        }
    }

    /// The state that a report counts as: money that does not settle for days is not waited for.
    fn state_of(&self, reported: Reported, now: Timestamp) -> Reported {
        match reported {
            Reported::Confirming if now >= self.settles_until() => Reported::Closed,
            state => state,
        }
    }

    /// The status of an open payment after a report without new money, and the event.
    fn change_of(&self, state: Reported, now: Timestamp) -> Option<(Status, PaymentEvent)> {
        let (is_over, is_credited) = (now >= self.given_up_at(), self.credited.is_positive());
        match state {
            Reported::Confirming => (!self.is_confirming).then_some((self.status, PaymentEvent::Confirming)),
            Reported::Declined if self.status == Status::Pending && !is_over && !is_credited => {
                Some((Status::Failed, PaymentEvent::Failed))
            }
            Reported::Unknown | Reported::Open | Reported::Declined if !is_over => None,
            _ if is_credited => Some((Status::Succeeded, PaymentEvent::Closed)),
            _ => Some((Status::Abandoned, PaymentEvent::Abandoned)),
        }
    }
}
