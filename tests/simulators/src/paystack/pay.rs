//! Paying: what a person's click, a saved card or the control API does to a transaction, now or later.

use super::{
    means::{Authorization, Channel, RefundEnd},
    refund::Status,
    refund_wire,
    transaction::State,
    transaction_wire,
    world::World,
};
use serde::Deserialize;

/// How long a wallet's owner takes to approve, unless a test says it.
const APPROVAL_S: i64 = 15;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    #[default]
    Success,
    /// Declined. The transaction can be tried again.
    Failed,
    /// The person leaves.
    Abandoned,
    /// A payment goes back without a refund.
    Reversed,
    /// Another amount is paid: `amount`, or half of what was asked for.
    WrongAmount,
    /// Another currency is paid: `currency`, or dollars.
    WrongCurrency,
    /// The owner of a wallet approves after `after_s`.
    Pending,
    /// Paid; refunds will fail.
    RefundFails,
    /// Paid; refunds will need the customer's bank account.
    RefundNeedsAttention,
}

/// An outcome with its details.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payment {
    #[serde(default)]
    pub outcome: Outcome,
    /// What is paid, in place of what was asked for.
    pub amount: Option<u32>,
    pub currency: Option<String>,
    #[serde(default)]
    pub channel: Channel,
    /// Seconds until it happens.
    pub after_s: Option<i64>,
}

/// A payment that happens later.
pub struct Due {
    pub at_ms: i64,
    transaction: u64,
    payment: Payment,
}

impl World {
    /// Pays a transaction; returns whether that is possible in its state.
    pub fn pay(&mut self, id: u64, payment: Payment) -> bool {
        let Some(transaction) = self.transactions.get(&id) else { return false };
        let possible = match payment.outcome {
            Outcome::Reversed => transaction.state == State::Paid,
            _ => transaction.is_payable(),
        };
        if possible {
            // The newest word counts, whatever was to happen later.
            self.due.retain(|due| due.transaction != id);
            match payment.after_s.filter(|seconds| *seconds > 0 && payment.outcome != Outcome::Pending) {
                Some(seconds) => self.pay_later(id, payment, seconds),
                None => self.pay_now(id, &payment),
            }
        }
        possible
    }

    /// Does everything whose time has come: payments, and steps of refunds.
    pub fn tick(&mut self) {
        let now = self.now_ms();
        let (due, later) = std::mem::take(&mut self.due).into_iter().partition(|due: &Due| due.at_ms <= now);
        self.due = later;
        for Due { transaction, payment, .. } in due {
            self.pay(transaction, payment);
        }
        let open: Vec<_> = self.refunds.values().filter(|refund| refund.is_open()).map(|refund| refund.id).collect();
        for id in open {
            while let Some((status, at)) = self.refunds.get(&id).and_then(|refund| refund.due(now)) {
                self.move_refund(id, status, at);
            }
        }
    }

    /// Gives a refund another status, and tells the merchant.
    pub fn move_refund(&mut self, id: u64, status: Status, at_ms: i64) {
        let Some(refund) = self.refunds.get_mut(&id) else { return };
        refund.status = status;
        refund.changed_ms = at_ms;
        self.tell_of_refund(id);
    }

    /// Tells the merchant of a refund's status.
    pub fn tell_of_refund(&mut self, id: u64) {
        let Some(refund) = self.refunds.get(&id) else { return };
        let Some(of) = self.transactions.get(&refund.transaction) else { return };
        let data = refund_wire::event(self, refund, of);
        let (event, reference) = (format!("refund.{}", refund.status.as_str()), of.asked.reference.clone());
        self.tell(&event, &reference, &data);
    }

    fn pay_later(&mut self, transaction: u64, payment: Payment, seconds: i64) {
        let payment = Payment { after_s: None, ..payment };
        self.due.push(Due { at_ms: self.now_ms() + seconds * 1000, transaction, payment });
    }

    fn pay_now(&mut self, id: u64, payment: &Payment) {
        let now = self.now_ms();
        let Some(transaction) = self.transactions.get_mut(&id) else { return };
        let asked = &transaction.asked;
        let (amount, currency) = match payment.outcome {
            Outcome::Failed => return transaction.decline(),
            Outcome::Abandoned => return transaction.abandon(),
            Outcome::Reversed => return transaction.state = State::Reversed,
            Outcome::Pending => {
                transaction.wait();
                let approval = Payment { channel: Channel::MobileMoney, outcome: Outcome::Success, ..payment.clone() };
                return self.pay_later(id, approval, payment.after_s.unwrap_or(APPROVAL_S));
            }
            Outcome::WrongAmount => (asked.amount / 2, asked.currency.as_str()),
            Outcome::WrongCurrency => (asked.amount, if asked.currency == "USD" { "GHS" } else { "USD" }),
            Outcome::Success | Outcome::RefundFails | Outcome::RefundNeedsAttention => {
                (asked.amount, asked.currency.as_str())
            }
        };
        let paid = (payment.currency.clone().unwrap_or(currency.to_owned()), payment.amount.map_or(amount, i64::from));
        let refund_end = match payment.outcome {
            Outcome::RefundFails => RefundEnd::Failed,
            Outcome::RefundNeedsAttention => RefundEnd::NeedsAttention,
            _ => RefundEnd::Processed,
        };
        let authorization = Authorization::new(payment.channel, refund_end, &paid.0);
        transaction.pay(paid, authorization, now);
        self.tell_of_payment(id);
    }

    /// Charges a saved card once more.
    pub fn charge(&mut self, id: u64, authorization: Authorization) {
        let now = self.now_ms();
        let Some(transaction) = self.transactions.get_mut(&id) else { return };
        let asked = (transaction.asked.currency.clone(), transaction.asked.amount);
        transaction.pay(asked, authorization, now);
        self.tell_of_payment(id);
    }

    fn tell_of_payment(&mut self, id: u64) {
        let Some(transaction) = self.transactions.get(&id) else { return };
        let (data, reference) = (transaction_wire::event(self, transaction), transaction.asked.reference.clone());
        self.tell("charge.success", &reference, &data);
    }
}
