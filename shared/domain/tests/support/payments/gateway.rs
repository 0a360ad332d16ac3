//! A model of a gateway, which knows the money that customers really sent. Payments learn of it only by reports.

use super::checkout;
use namaskah_domain::{
    Timestamp,
    payment::{Amount, Checkout, GIVE_UP_AFTER, Method, Minor, Payment, Receipt, ReceiptId, Report, Reported},
};
use std::time::Duration;

/// How long a page takes money that ends with its payment. It is a little less than a day, because clocks differ.
const PAGE_TAKES: Duration = Duration::from_mins(24 * 60 - 5);
/// The age of the oldest report that is still applied.
pub const STALE: Duration = Duration::from_mins(1);
/// How long a gateway watches an address after the time to pay.
const ADDRESS_WATCHED: Duration = Duration::from_hours(24);
/// How long after the start money is waited for that was seen.
const SETTLES_WITHIN: Duration = Duration::from_hours(72);
/// How long an invoice of coins has its rate.
const RATE_HOLDS: Duration = Duration::from_mins(30);
/// The same at gateways with more patience, from the start of the payment on.
const LONG_RATE_HOLDS: Duration = Duration::from_hours(20);

/// Money that a customer sent.
#[derive(Clone, Debug)]
pub struct Sent {
    pub id: ReceiptId,
    pub amount: Option<Amount>,
    pub at: Timestamp,
    pub is_settled: bool,
    /// Whether our looks may be over. The gateway repeats its events until one arrives.
    pub is_late: bool,
}

/// What a gateway knows of one payment.
#[derive(Clone, Debug)]
pub struct Account {
    method: Method,
    agreed: Amount,
    started_at: Timestamp,
    /// Until when the customer is to pay; `None` before the gateway knows the payment.
    pays_until: Option<Timestamp>,
    /// Whether the page takes money after that, too.
    is_endless: bool,
    /// Whether the gateway closed the page.
    pub is_closed: bool,
    /// Whether the last try was declined.
    pub is_declined: bool,
    pub sent: Vec<Sent>,
}

impl Account {
    /// An account of a payment that the gateway does not know yet.
    pub fn of(payment: &Payment) -> Self {
        let (method, agreed, started_at) = (payment.method, payment.amount, payment.created_at);
        let (is_endless, is_closed, is_declined) = (false, false, false);
        Self { method, agreed, started_at, pays_until: None, is_endless, is_closed, is_declined, sent: Vec::new() }
    }

    fn is_coins(&self) -> bool {
        self.method.is_crypto()
    }

    pub fn is_known(&self) -> bool {
        self.pays_until.is_some()
    }

    /// Makes the checkout, once. A page that ends does so with the payment, however late it is made.
    pub fn open(&mut self, is_long: bool, now: Timestamp) -> Checkout {
        self.is_endless = !self.is_coins() && if self.is_known() { self.is_endless } else { is_long };
        let until = match (self.is_coins(), is_long) {
            (true, true) => self.started_at.plus(LONG_RATE_HOLDS).max(now),
            (true, false) => now.plus(RATE_HOLDS),
            (false, true) => now.plus(GIVE_UP_AFTER),
            (false, false) => self.started_at.plus(PAGE_TAKES),
        };
        checkout(*self.pays_until.get_or_insert(until))
    }

    /// Whether a customer can pay. Everybody can always send coins to an address.
    pub fn takes_money(&self, now: Timestamp) -> bool {
        let is_open = |until| !self.is_closed && (self.is_endless || now < until);
        self.pays_until.is_some_and(|until| self.is_coins() || is_open(until))
    }

    /// Whether our looks may be over when money that is sent now is there. A look at the end may use an older report.
    fn is_late(&self, now: Timestamp) -> bool {
        let Some(until) = self.pays_until else { return true };
        now.plus(STALE)
            >= if self.is_coins() { until.plus(ADDRESS_WATCHED) } else { until.max(self.started_at.plus(PAGE_TAKES)) }
    }

    /// A customer sends money. Returns whether it is late.
    pub fn pays(&mut self, id: String, amount: Option<Amount>, is_settled: bool, now: Timestamp) -> bool {
        self.is_declined = false;
        let is_late = self.is_late(now);
        self.sent.push(Sent { id: ReceiptId::new(id), amount, at: now, is_settled, is_late });
        is_late
    }

    /// The oldest money that has not settled settles, or is taken back. Returns whether our looks may be over.
    pub fn confirms(&mut self, settles: bool, now: Timestamp) -> Option<bool> {
        let place = self.sent.iter().position(|sent| !sent.is_settled)?;
        let is_late = self.sent[place].is_late || now.since(self.started_at) >= SETTLES_WITHIN;
        if settles {
            self.sent[place].is_settled = true;
        } else {
            self.sent.remove(place);
        }
        Some(is_late)
    }

    pub fn is_confirming(&self) -> bool {
        self.sent.iter().any(|sent| !sent.is_settled)
    }

    /// What it says now.
    pub fn report(&self, now: Timestamp) -> Report {
        let receipt = |sent: &Sent| Receipt { id: sent.id.clone(), amount: sent.amount, at: sent.at };
        let receipts: Vec<Receipt> = self.settled().map(receipt).collect();
        let is_over = self.is_closed || self.pays_until.is_some_and(|until| now >= until);
        let state = if !self.is_known() {
            Reported::Unknown
        } else if self.is_confirming() {
            Reported::Confirming
        } else if self.has_all() {
            Reported::Closed
        } else if self.is_declined {
            Reported::Declined
        } else if is_over && !self.is_endless {
            Reported::Closed
        } else {
            // An endless page never says that it is over.
            Reported::Open
        };
        Report { receipts, state }
    }

    /// Everything that settled.
    pub fn settled(&self) -> impl Iterator<Item = &Sent> {
        self.sent.iter().filter(|sent| sent.is_settled)
    }

    fn has_all(&self) -> bool {
        let amounts = self.settled().filter_map(|sent| sent.amount);
        let of_currency = amounts.filter(|amount| amount.currency == self.agreed.currency);
        let sum = of_currency.fold(Minor::ZERO, |sum, amount| sum.plus(amount.minor));
        if self.is_coins() { sum >= self.agreed.minor } else { self.settled().next().is_some() }
    }
}
