//! Chooses the next act of a customer, or of somebody about the customer's money.

use super::{
    Model,
    acts::{Act, Question, TILLS, Wish},
};
use billing::Decision;
use domain::{
    Credits, Plan,
    order::Order,
    payment::{DisputeStatus, Payment, RefundStatus},
};
use serde_json::{Value, json};

/// Services that are bought.
const SERVICES: [&str; 2] = ["glovo", "grabtaxi"];
/// What happens at the supplier. Each ends in a way that its list of orders tells.
const SCENARIOS: [&str; 16] = [
    "code",
    "code",
    "code",
    "code",
    "many",
    "late_code",
    "never",
    "never",
    "pending_first",
    "no_free_phones",
    "html_502_before",
    "html_502_after",
    "cancel_502",
    "cancel_has_sms",
    "check_expired",
    "recycled",
];
/// The acts by their weights.
const WEIGHTS: [(Kind, usize); 16] = [
    (Kind::Start, 9),
    (Kind::Pay, 17),
    (Kind::Ask, 14),
    (Kind::CancelPayment, 2),
    (Kind::Refund, 12),
    (Kind::Decide, 4),
    (Kind::Bank, 5),
    (Kind::Buy, 10),
    (Kind::Order, 10),
    (Kind::Choose, 4),
    (Kind::Unsubscribe, 1),
    (Kind::Renew, 2),
    (Kind::Redeem, 3),
    (Kind::Later, 6),
    (Kind::Sweep, 3),
    (Kind::Spoil, 3),
];

#[derive(Clone, Copy)]
enum Kind {
    Start,
    Pay,
    Ask,
    CancelPayment,
    Refund,
    Decide,
    Bank,
    Buy,
    Order,
    Choose,
    Unsubscribe,
    Renew,
    Redeem,
    Later,
    Sweep,
    Spoil,
}

impl Model {
    /// A random act that makes sense for the customer as it was audited last.
    pub fn choose(&mut self, party: usize) -> Act {
        loop {
            let all: usize = WEIGHTS.iter().map(|(_, weight)| weight).sum();
            let mut at = self.chance.below(all);
            let (kind, _) = WEIGHTS
                .iter()
                .find(|(_, weight)| {
                    let is_here = at < *weight;
                    at = at.saturating_sub(*weight);
                    is_here
                })
                .expect("the weights add up");
            if let Some(act) = self.chosen(*kind, party) {
                return act;
            }
        }
    }

    fn chosen(&mut self, kind: Kind, party: usize) -> Option<Act> {
        let key = format!("model-{}", self.step);
        match kind {
            Kind::Start => {
                let (gateway, method, currency, price) = self.chance.of(&TILLS)?;
                let credits = if self.chance.percent(25) { 101 } else { self.chance.between(3, 45) };
                let minor = credits * price + self.chance.between(0, 6);
                Some(Act::Start { till: (gateway, method, currency), minor, key })
            }
            Kind::Pay => {
                let is_late = self.chance.percent(20);
                let may_pay = |payment: &Payment| payment.status.is_open() || is_late && payment.method.is_crypto();
                let payment = self.payment(party, may_pay)?;
                let (gateway, how) = (payment.gateway.to_string(), self.how(&payment));
                Some(Act::Pay { reference: payment.reference, gateway, how })
            }
            Kind::Ask => {
                let what = [
                    Question::Get,
                    Question::Look,
                    Question::Event("income"),
                    Question::Event("refund"),
                    Question::Event("dispute"),
                    Question::Refunds,
                    Question::Disputes,
                    Question::Debt,
                ];
                let (payment, what) = (self.payment(party, |_| true)?, self.chance.of(&what)?);
                let gateway = payment.gateway.to_string();
                Some(Act::Ask { reference: payment.reference, gateway, what, key })
            }
            Kind::CancelPayment => {
                let payment = self.payment(party, |payment| payment.status.is_open())?;
                Some(Act::CancelPayment(payment.reference))
            }
            Kind::Refund => {
                let is_blind = self.chance.percent(20);
                let may_refund = |payment: &Payment| payment.unrefunded().is_positive() && !payment.method.is_crypto();
                let payment = self.payment(party, |payment| is_blind || may_refund(payment))?;
                let part = self.chance.between(1, u64::try_from(payment.credited.units()).ok()?.max(1));
                let part = Credits::from_units(i64::try_from(part).ok()?);
                let credits = Some(part).filter(|_| self.chance.percent(70));
                Some(Act::Refund { reference: payment.reference, credits, key })
            }
            Kind::Decide => {
                let waits = |payment: &Payment| {
                    payment.refunds.iter().any(|refund| refund.status == RefundStatus::AwaitingApproval)
                };
                let payment = self.payment(party, waits)?;
                let refund = payment.refunds.iter().find(|refund| refund.status == RefundStatus::AwaitingApproval)?;
                let decision = self.chance.of(&[Decision::Approve, Decision::Approve, Decision::Refuse])?;
                Some(Act::Decide { reference: payment.reference.clone(), id: refund.id.clone(), decision })
            }
            Kind::Bank => {
                let is_card = |payment: &Payment| payment.credited.is_positive() && !payment.method.is_crypto();
                let payment = self.payment(party, is_card)?;
                let is_open = payment.disputes.iter().any(|dispute| dispute.status == DisputeStatus::Open);
                let state = self.chance.of(if is_open { &["won", "lost"] } else { &["open", "open"] })?;
                Some(Act::Bank { reference: payment.reference, gateway: payment.gateway.to_string(), state })
            }
            Kind::Buy => {
                let (service, scenario) = (self.chance.of(&SERVICES)?, self.chance.of(&SCENARIOS)?);
                Some(Act::Buy { service, scenario, key })
            }
            Kind::Order => {
                let orders: &[Order] = &self.parties[party].books.orders;
                let newest = orders[orders.len().saturating_sub(4)..].to_vec();
                let wish = self.chance.of(&[Wish::Watch, Wish::Watch, Wish::Cancel, Wish::Report, Wish::Finish])?;
                Some(Act::Order { id: self.chance.of(&newest)?.id, wish })
            }
            Kind::Choose => {
                let plan = self.chance.of(&[Plan::Pro, Plan::Pro, Plan::Enterprise, Plan::Starter])?;
                Some(Act::Choose { plan, key })
            }
            Kind::Unsubscribe => Some(Act::Unsubscribe),
            Kind::Renew => Some(Act::Renew),
            Kind::Redeem => Some(Act::Redeem { gift: self.chance.below(self.gifts.len()), key }),
            Kind::Later => {
                let spans = [5_i64, 20, 61, 130, 310, 660, 960, 3_700, 21_700, 90_000];
                let seconds = if self.chance.percent(8) { 31 * 86_400 } else { self.chance.of(&spans)? };
                Some(Act::Later { seconds })
            }
            Kind::Sweep => Some(Act::Sweep),
            Kind::Spoil => {
                let payment = self.payment(party, |_| true)?;
                let gateway = payment.gateway.to_string();
                let fault = self.chance.of(faults_of(&gateway))?;
                Some(Act::Spoil { gateway, reference: payment.reference, fault })
            }
        }
    }

    /// One of the newest payments of which this is so.
    fn payment(&mut self, party: usize, is_so: impl Fn(&Payment) -> bool) -> Option<Payment> {
        let payments = self.parties[party].books.payments.iter().filter(|payment| is_so(payment)).cloned();
        let mut payments: Vec<_> = payments.collect();
        payments.sort_by_key(|payment| payment.created_at);
        let newest = payments.split_off(payments.len().saturating_sub(4));
        self.chance.of(&newest)
    }

    /// What happens on the page.
    fn how(&mut self, payment: &Payment) -> Value {
        let outcomes: &[&str] = match payment.gateway.as_str() {
            "paystack" => &[
                "success",
                "success",
                "success",
                "pending",
                "failed",
                "wrong_amount",
                "wrong_currency",
                "refund_fails",
            ],
            "stripe" => &[
                "success",
                "success",
                "success",
                "failed",
                "wrong_amount",
                "success_refund_pending",
                "success_refund_pending_fails",
                "expired",
            ],
            _ => &["success", "success", "partial", "over", "second", "double_spent", "late"],
        };
        json!({ "outcome": self.chance.of(outcomes).unwrap_or_default() })
    }
}

/// Faults of a gateway's simulator that change no facts.
fn faults_of(gateway: &str) -> &'static [&'static str] {
    match gateway {
        "paystack" => &["verify_502", "verify_malformed", "refund_502", "throttled", "webhook_never", "webhook_twice"],
        "stripe" => &["read_502", "read_malformed", "refund_502", "throttled", "webhook_never", "webhook_twice"],
        _ => &["read_502", "read_malformed", "throttled", "webhook_never", "webhook_twice"],
    }
}
