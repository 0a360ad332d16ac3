//! The transitions of a payment that its customer or the answer to its start cause. `settlement` has those of reports.

use super::{
    Amount, Checkout, CreditPrice, Failure, GatewayId, Method, Payment, PaymentEvent, PaymentReference,
    PaymentTimelineItem, Status, Step,
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
            disputes: Vec::new(),
            checkout: None,
            is_confirming: false,
            is_full: false,
            asked_at: None,
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

    pub(super) fn looked(mut self, now: Timestamp) -> Step {
        self.due_at = self.next_look(now);
        Step::free(self)
    }

    fn check(&self, status: Status) -> Result<(), NotPossible> {
        if self.status == status { Ok(()) } else { Err(NotPossible::WrongStatus { status: self.status }) }
    }

    pub(super) fn moved(mut self, status: Status, event: PaymentEvent, now: Timestamp) -> Step {
        self.timeline.push(PaymentTimelineItem::plain(now, event));
        self.end(status, now);
        self.looked(now)
    }

    pub(super) fn end(&mut self, status: Status, now: Timestamp) {
        self.status = status;
        if !status.is_open() && self.completed_at.is_none() {
            self.completed_at = Some(now);
        }
    }
}
