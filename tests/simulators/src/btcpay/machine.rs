//! How an invoice changes: by payments, by the time, and by the merchant. Each change returns the events for webhooks.
//!
//! - A late payment never settles an invoice: it stays `Expired`, with `PaidLate`. The merchant decides.
//! - An invoice whose payment was double-spent is `New` again. It is `Invalid` only if its payments are not final when
//!   the monitoring ends.
//! - A payment of a settled invoice changes nothing but the sum.

use super::{
    event::{Event, What},
    invoice::{Fate, Invoice, Payment},
    state::{self, Additional, PaymentStatus, Status},
};
use rust_decimal::Decimal;

/// Something that happens by itself at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Moment {
    /// The server no longer waits for confirmations.
    MonitoringEnds,
    Expires,
    /// The fate of the payment with this index.
    Decides(usize),
}

impl Invoice {
    /// Starts an invoice. One without a price to pay is settled at once.
    pub fn start(&mut self) -> Vec<Event> {
        let at = self.created_ms;
        let mut events = vec![Event::new(at, What::Created, self)];
        events.extend(self.update(at));
        events
    }

    /// Does everything that happened until a time, in the order in which it happened.
    pub fn advance(&mut self, now_ms: i64) -> Vec<Event> {
        let mut events = Vec::new();
        while let Some((at, moment)) = self.next_moment(now_ms) {
            events.extend(self.pass(moment, at));
        }
        events
    }

    /// Takes a payment that was just seen.
    pub fn receive(&mut self, payment: Payment, now_ms: i64) -> Vec<Event> {
        // The server announces that a payment is final before it announces the payment.
        let is_final = payment.status == PaymentStatus::Settled;
        let mut events: Vec<_> =
            is_final.then(|| Event::new(now_ms, What::PaymentSettled(&payment), self)).into_iter().collect();
        events.push(Event::new(now_ms, What::ReceivedPayment(&payment), self));
        self.payments.push(payment);
        events.extend(self.update(now_ms));
        self.ask_for_the_rest();
        events
    }

    /// Sets the status for the merchant; nothing if it can't be set.
    pub fn mark(&mut self, status: Status, now_ms: i64) -> Option<Event> {
        if !state::markable(self.status, self.additional).contains(&status) {
            return None;
        }
        (self.status, self.additional) = (status, Additional::Marked);
        let what = match status {
            Status::Settled => What::Settled { by_hand: true },
            _ => What::Invalid { by_hand: true },
        };
        Some(Event::new(now_ms, what, self))
    }

    fn next_moment(&self, now_ms: i64) -> Option<(i64, Moment)> {
        let end = self.gives_up_ms.unwrap_or(self.monitored_until_ms);
        let end = (self.status == Status::Processing).then_some((end, Moment::MonitoringEnds));
        let expiry = (self.status == Status::New).then_some((self.expires_ms, Moment::Expires));
        let fates = self.payments.iter().enumerate().filter_map(|(at, payment)| match payment.fate {
            Fate::Confirms(ms) | Fate::DoubleSpent(ms) => Some((ms, Moment::Decides(at))),
            Fate::Pending => None,
        });
        end.into_iter().chain(expiry).chain(fates).filter(|(at, _)| *at <= now_ms).min()
    }

    fn pass(&mut self, moment: Moment, at: i64) -> Vec<Event> {
        let mut events = Vec::new();
        match moment {
            Moment::Expires => {
                self.status = Status::Expired;
                let is_partial = self.additional == Additional::PaidPartial;
                events.push(Event::new(at, What::Expired { is_partial }, self));
                events.extend(is_partial.then(|| Event::new(at, What::ExpiredPaidPartial, self)));
            }
            Moment::MonitoringEnds => {
                self.status = Status::Invalid;
                events.push(Event::new(at, What::Invalid { by_hand: false }, self));
            }
            Moment::Decides(index) => {
                let Some(payment) = self.payments.get_mut(index) else { return events };
                let is_final = matches!(payment.fate, Fate::Confirms(_));
                payment.status = if is_final { PaymentStatus::Settled } else { PaymentStatus::Invalid };
                payment.fate = Fate::Pending;
                let payment = payment.clone();
                events.extend(is_final.then(|| Event::new(at, What::PaymentSettled(&payment), self)));
            }
        }
        events.extend(self.update(at));
        events
    }

    /// Sets the status by what was paid.
    fn update(&mut self, at: i64) -> Vec<Event> {
        let mut happened = Vec::new();
        let has_payment = self.payments.iter().any(Payment::counts);
        let totals = self.totals();
        let (is_under, is_over) = (totals.minimum_due > Decimal::ZERO, totals.due < Decimal::ZERO);
        if matches!(self.status, Status::New | Status::Expired) {
            let is_paid = if self.has_no_price_yet() { has_payment } else { !is_under };
            if is_paid && self.status == Status::New {
                self.status = Status::Processing;
                self.additional = if is_over { Additional::PaidOver } else { Additional::None };
                self.take_price();
                happened.push(What::Processing);
            } else if is_paid && self.additional != Additional::PaidLate {
                self.additional = Additional::PaidLate;
                happened.push(What::PaidAfterExpiration);
            } else if has_payment && is_under {
                self.additional = Additional::PaidPartial;
            }
        }
        if self.status == Status::Processing {
            happened.extend(self.confirm());
        }
        happened.into_iter().map(|what| Event::new(at, what, self)).collect()
    }

    /// Replaces Lightning invoices, which have the amount in them, after a payment that is not enough.
    fn ask_for_the_rest(&mut self) {
        if self.additional != Additional::PaidPartial {
            return;
        }
        let due: Vec<_> = self.prompts.iter().map(|prompt| self.account(prompt).due).collect();
        for (prompt, due) in self.prompts.iter_mut().zip(due).filter(|(prompt, _)| prompt.method.is_instant()) {
            prompt.destination = prompt.method.new_destination(due);
        }
    }

    /// The first payment of an invoice of any amount is its price.
    fn take_price(&mut self) {
        if self.has_no_price_yet() {
            let first = self.payments.iter().find(|payment| payment.counts());
            self.price = first.map(Payment::worth).unwrap_or_default().normalize();
            self.additional = Additional::None;
        }
    }

    /// Settles an invoice whose payments are final; opens it again if they no longer are enough.
    fn confirm(&mut self) -> Option<What<'static>> {
        let totals = self.totals();
        if totals.minimum_due > Decimal::ZERO {
            let has_payment = self.payments.iter().any(Payment::counts);
            self.status = Status::New;
            self.additional = if has_payment { Additional::PaidPartial } else { Additional::None };
            return None;
        }
        let is_over = totals.due < Decimal::ZERO;
        self.additional = if is_over { Additional::PaidOver } else { Additional::None };
        if totals.unconfirmed_due > Decimal::ZERO {
            return None;
        }
        self.status = Status::Settled;
        Some(What::Settled { by_hand: false })
    }
}
