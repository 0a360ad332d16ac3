//! The transitions of a payment.
//!
//! Money is credited only for a receipt in a [`Report`], and once for each: a payment notes the receipts that it knows.
//! It does not matter how the payment ended before, because a page of a gateway may take money after that.

use super::{
    Amount, Checkout, CreditPrice, Failure, GatewayId, Method, Minor, NotedReceipt, Payment, PaymentEvent,
    PaymentReference, PaymentTimelineItem, Receipt, ReceiptId, Report, Reported, Status, Step,
};
use crate::{Credits, Timestamp, ledger::Step as LedgerStep};
use std::time::Duration;
use thiserror::Error;

/// A payment that nobody paid for so long is abandoned, once the gateway said so.
pub const GIVE_UP_AFTER: Duration = Duration::from_hours(24);

/// The ages at which a worker asks the gateway, because the gateway's event may be lost.
const LOOKS: [Duration; 6] = [
    Duration::from_mins(2),
    Duration::from_mins(10),
    Duration::from_mins(40),
    Duration::from_hours(3),
    Duration::from_hours(10),
    GIVE_UP_AFTER,
];
/// The same for coins, which may also come when the payment is over.
const LATE_LOOKS: [Duration; 2] = [Duration::from_hours(48), Duration::from_hours(72)];
/// The time between looks at money that was seen and does not settle.
const CONFIRMING_LOOK: Duration = Duration::from_hours(1);

/// A payment to start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPayment {
    /// Its reference, with the customer.
    pub reference: PaymentReference,
    /// The gateway.
    pub gateway: GatewayId,
    /// How the customer pays.
    pub method: Method,
    /// What the customer is to pay.
    pub amount: Amount,
    /// The price of a credit now.
    pub price: CreditPrice,
    /// The credits for the amount at this price (see [`super::credits_of`]).
    pub credits: Credits,
}

/// Why a customer's action on a payment is not possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotPossible {
    /// The gateway has not made the checkout yet.
    #[error("the payment is being started")]
    Starting,
    /// The customer paid already, and the money has not settled yet.
    #[error("the payment is being confirmed")]
    Confirming,
    /// The payment ended.
    #[error("the payment is {}", .status.as_str())]
    WrongStatus {
        /// Its status.
        status: Status,
    },
}

/// What a report changes, with everything that belongs to one transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// The next state and its movement.
    pub step: Step,
    /// The receipt that the step notes, if any.
    pub receipt: Option<ReceiptId>,
    /// What a person must look at, if anything.
    pub fault: Option<Fault>,
}

/// Money that was not credited, and that a person must look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Another amount or currency than agreed.
    NotTheAmount,
    /// A second time for the same payment.
    PaidTwice,
}

impl Payment {
    /// Starts a payment. The gateway knows nothing of it yet.
    pub fn start(new: NewPayment, now: Timestamp) -> Step {
        let NewPayment { reference, gateway, method, amount, price, credits } = new;
        let mut payment = Self {
            reference,
            version: 0,
            status: Status::Started,
            failure: None,
            gateway,
            method,
            amount,
            price,
            credits,
            credited: Credits::ZERO,
            receipts: Vec::new(),
            refunds: Vec::new(),
            checkout: None,
            is_confirming: false,
            created_at: now,
            completed_at: None,
            due_at: None,
            timeline: vec![PaymentTimelineItem::plain(now, PaymentEvent::Started)],
        };
        payment.due_at = payment.next_look(now);
        LedgerStep::free(payment)
    }

    /// The gateway made a checkout.
    pub fn opened(mut self, checkout: Checkout, now: Timestamp) -> Result<Step, NotPossible> {
        self.check(Status::Started)?;
        self.checkout = Some(checkout);
        Ok(self.moved(Status::Pending, PaymentEvent::Opened, now))
    }

    /// The gateway certainly made no checkout.
    pub fn not_opened(mut self, now: Timestamp) -> Result<Step, NotPossible> {
        self.check(Status::Started)?;
        self.failure = Some(Failure::NotOpened);
        Ok(self.moved(Status::Failed, PaymentEvent::Failed, now))
    }

    /// The customer does not want to pay any more. Ask the gateway before, because the customer may have paid.
    pub fn cancelled(self, now: Timestamp) -> Result<Step, NotPossible> {
        if self.status == Status::Started {
            return Err(NotPossible::Starting);
        }
        self.check(Status::Pending)?;
        if self.is_confirming {
            return Err(NotPossible::Confirming);
        }
        Ok(self.moved(Status::Cancelled, PaymentEvent::Cancelled, now))
    }

    /// Applies a report of the gateway: one new receipt, or a new state without one. Call it again until it returns
    /// `None`.
    pub fn settled(self, report: &Report, now: Timestamp) -> Option<Settlement> {
        let new = report.receipts.iter().find(|receipt| !self.has_noted(&receipt.id));
        match new {
            Some(receipt) => Some(self.noted(receipt, report.state, now)),
            None => self.without_money(report.state, now).map(|step| Settlement { step, receipt: None, fault: None }),
        }
    }

    fn has_noted(&self, id: &ReceiptId) -> bool {
        self.receipts.iter().any(|noted| noted.id == *id)
    }

    /// Notes a receipt, and credits it if it is what was agreed.
    fn noted(mut self, receipt: &Receipt, state: Reported, now: Timestamp) -> Settlement {
        let credits = self.credits_for(receipt);
        let fault = credits.err();
        let credits = credits.unwrap_or_default();
        self.receipts.push(NotedReceipt { id: receipt.id.clone(), amount: receipt.amount, credits });
        self.credited = self.credited.counted_up(credits);
        let step = if fault.is_some() { self.refused(now) } else { self.credited(credits, state, now) };
        Settlement { step, receipt: Some(receipt.id.clone()), fault }
    }

    /// The credits for settled money (docs/rules.md, "Payments"). Cards and mobile money must be exactly what was agreed;
    /// coins count as they came.
    fn credits_for(&self, receipt: &Receipt) -> Result<Credits, Fault> {
        let same_currency = receipt.amount.filter(|amount| amount.currency == self.amount.currency);
        let amount = same_currency.ok_or(Fault::NotTheAmount)?;
        if self.method.is_crypto() {
            return self.price.credits_for(amount.minor).ok_or(Fault::NotTheAmount);
        }
        if self.receipts.iter().any(|noted| noted.credits.is_positive()) {
            return Err(Fault::PaidTwice);
        }
        if amount == self.amount { Ok(self.credits) } else { Err(Fault::NotTheAmount) }
    }

    fn credited(mut self, credits: Credits, state: Reported, now: Timestamp) -> Step {
        self.is_confirming = state == Reported::Confirming;
        let paid = self
            .receipts
            .iter()
            .filter_map(|noted| noted.amount)
            .fold(Minor::ZERO, |sum, amount| sum.plus(amount.minor));
        if paid >= self.amount.minor || state == Reported::Closed || self.status != Status::Pending {
            self.end(self.paid_status(), now);
            self.failure = None;
        }
        self.due_at = self.next_look(now);
        // Less than the smallest part of a credit moves nothing.
        let movement = credits.is_positive().then(|| self.top_up(credits));
        Step { subject: self, movement }
    }

    /// The money is not what was agreed. A payment that was credited stays so.
    fn refused(mut self, now: Timestamp) -> Step {
        self.timeline.push(PaymentTimelineItem::plain(now, PaymentEvent::Refused));
        if !self.credited.is_positive() {
            self.is_confirming = false;
            self.failure = Some(Failure::NotTheAmount);
            self.end(Status::Failed, now);
        }
        self.due_at = self.next_look(now);
        Step::free(self)
    }

    /// What a report without new money changes.
    fn without_money(mut self, state: Reported, now: Timestamp) -> Option<Step> {
        if !self.status.is_open() {
            return self.is_due(now).then(|| self.looked(now));
        }
        let change = self.change_of(state, now);
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

    /// The status of an open payment after a report without new money, and the event.
    fn change_of(&self, state: Reported, now: Timestamp) -> Option<(Status, PaymentEvent)> {
        let is_over = now.since(self.created_at) >= GIVE_UP_AFTER;
        match state {
            Reported::Confirming => (!self.is_confirming).then_some((self.status, PaymentEvent::Confirming)),
            Reported::Declined if self.status == Status::Pending && !is_over => {
                Some((Status::Failed, PaymentEvent::Failed))
            }
            Reported::Unknown | Reported::Open | Reported::Declined if !is_over => None,
            _ if self.credited.is_positive() => Some((Status::Succeeded, PaymentEvent::Closed)),
            _ => Some((Status::Abandoned, PaymentEvent::Abandoned)),
        }
    }

    /// Whether a worker must ask the gateway now.
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.due_at.is_some_and(|due| due <= now)
    }

    pub(super) fn looked(mut self, now: Timestamp) -> Step {
        self.due_at = self.next_look(now);
        Step::free(self)
    }

    fn check(&self, status: Status) -> Result<(), NotPossible> {
        if self.status == status { Ok(()) } else { Err(NotPossible::WrongStatus { status: self.status }) }
    }

    fn moved(mut self, status: Status, event: PaymentEvent, now: Timestamp) -> Step {
        self.timeline.push(PaymentTimelineItem::plain(now, event));
        self.end(status, now);
        self.looked(now)
    }

    fn end(&mut self, status: Status, now: Timestamp) {
        self.status = status;
        if !status.is_open() && self.completed_at.is_none() {
            self.completed_at = Some(now);
        }
    }

    /// When to ask the gateway next; `None` if nothing more can come or go unnoticed.
    fn next_look(&self, now: Timestamp) -> Option<Timestamp> {
        let refunds = self.refunds.iter().filter_map(|refund| refund.next_look(now));
        self.next_look_at_money(now).into_iter().chain(refunds).min()
    }

    fn next_look_at_money(&self, now: Timestamp) -> Option<Timestamp> {
        if self.status.is_open() && self.is_confirming {
            return Some(now.plus(CONFIRMING_LOOK));
        }
        let is_final = self.status.is_paid() || self.failure == Some(Failure::NotOpened);
        let usual = LOOKS.iter().filter(|_| !is_final || self.method.is_crypto());
        let late = LATE_LOOKS.iter().filter(|_| self.method.is_crypto());
        usual.chain(late).map(|age| self.created_at.plus(*age)).find(|look| *look > now)
    }
}
