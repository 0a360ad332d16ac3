//! The transitions of a payment.
//!
//! Money is credited only for a receipt in a [`Report`], and once for each: a payment notes the receipts that it knows.
//! It does not matter how the payment ended before, because a page of a gateway may take money after that.

use super::{
    Amount, Checkout, CreditPrice, Failure, GatewayId, Method, Minor, NotedReceipt, Payment, PaymentEvent,
    PaymentReference, PaymentTimelineItem, Receipt, ReceiptId, Report, Reported, Status, Step,
};
use crate::{Credits, Timestamp, ledger::Step as LedgerStep};
use thiserror::Error;

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
        if self.is_starting(now) {
            return Err(NotPossible::Starting);
        }
        if !self.status.is_open() {
            return Err(NotPossible::WrongStatus { status: self.status });
        }
        if self.is_confirming {
            return Err(NotPossible::Confirming);
        }
        // The part that came stays credited.
        let status = if self.credited.is_positive() { Status::Succeeded } else { Status::Cancelled };
        Ok(self.moved(status, PaymentEvent::Cancelled, now))
    }

    /// Applies a report of the gateway: one new receipt, or a new state without one. Call it again until it returns
    /// `None`.
    pub fn settled(self, report: &Report, now: Timestamp) -> Option<Settlement> {
        let mut new = report.receipts.iter().filter(|receipt| !self.has_noted(&receipt.id));
        match new.next() {
            Some(receipt) => {
                let is_last = new.all(|other| other.id == receipt.id);
                let mut settlement = self.noted(receipt, report.state, now);
                if !is_last {
                    // A worker that dies now must not lose the rest.
                    settlement.step.subject.due_at = Some(now);
                }
                Some(settlement)
            }
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
        self.is_confirming = state == Reported::Confirming;
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
        let of_currency = |amount: &Amount| amount.currency == self.amount.currency;
        let amounts = self.receipts.iter().filter_map(|noted| noted.amount).filter(of_currency);
        let paid = amounts.fold(Minor::ZERO, |sum, amount| sum.plus(amount.minor));
        let is_over = paid >= self.amount.minor || state == Reported::Closed || !self.status.is_open();
        // Less than the smallest part of a credit is no success.
        if is_over && self.credited.is_positive() {
            self.end(self.paid_status(), now);
            self.failure = None;
        }
        self.due_at = self.next_look(now);
        let movement = credits.is_positive().then(|| self.top_up(credits));
        Step { subject: self, movement }
    }

    /// The money is not what was agreed. A payment that was credited stays so.
    fn refused(mut self, now: Timestamp) -> Step {
        self.timeline.push(PaymentTimelineItem::plain(now, PaymentEvent::Refused));
        if !self.credited.is_positive() {
            self.failure = Some(Failure::NotTheAmount);
            self.end(Status::Failed, now);
        }
        self.due_at = self.next_look(now);
        Step::free(self)
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
}
