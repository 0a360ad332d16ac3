//! Does an act: runs its use case in this process, or lets a simulator do what people do.

use super::{
    Model,
    acts::{Act, Question, Wish},
    facts,
    ways::{Way, unless_killed},
};
use billing::{Followed, Payer, RefundRequest, TopUp, queues::ReceivedEvent};
use domain::{
    Actor, GatewayEventId, UserId,
    access::Mode,
    order::{Order, Request},
    payment::{Amount, GatewayId, Minor, Payment, PaymentReference},
    pricing::Capability,
    voucher::VoucherCode,
};
use namaskah_tests::faults::FaultyNetwork;
use orders::{Buyer, PurchaseRequest};
use runtime::Context;
use serde_json::json;
use staff::Staff;
use std::{collections::BTreeMap, fmt::Debug, time::Duration};
use store::{IdempotencyKey, Profile};

/// The time that a purchase has.
const PURCHASE_TAKES: Duration = Duration::from_secs(15);
/// What no act may end with, whatever happens: an impossible state, or a movement that the rules should not have made.
const DEFECTS: [&str; 4] = ["Defect", "NotHeld", "NotOwed", "Malformed"];

impl Model {
    /// Does an act in a way. Returns what came of it, in words.
    pub async fn run(&mut self, party: usize, act: &Act, way: Way) -> String {
        if !act.is_a_use_case() {
            let outcome = self.happens(act).await;
            self.count(format!("{}: {outcome}", act.name()));
            return outcome;
        }
        self.prepare(party, act).await;
        let user = self.parties[party].customer.user.clone();
        let gift = if let Act::Redeem { gift, .. } = act { Some(&self.gifts[*gift].code) } else { None };
        let outcome = match way {
            Way::Plain => perform(&self.context, &user, gift, act).await,
            Way::Faulty(faults) => {
                let network = FaultyNetwork::new(faults);
                let context = self.cloud.faulty_context(&network).await;
                perform(&context, &user, gift, act).await
            }
            Way::Killed(waits) => match unless_killed(perform(&self.context, &user, gift, act), waits).await {
                Some(outcome) => outcome,
                None => Err("killed".to_owned()),
            },
            Way::Twice => {
                let one = perform(&self.context, &user, gift, act);
                let (first, second) = tokio::join!(one, perform(&self.context, &user, gift, act));
                first.or(second)
            }
        };
        let words = outcome.err().unwrap_or_else(|| "done".to_owned());
        let word: String = words.chars().take_while(|sign| sign.is_alphanumeric()).collect();
        self.count(format!("{}: {word}", act.name()));
        words
    }

    /// What must be known or planned before an act.
    async fn prepare(&mut self, party: usize, act: &Act) {
        *self.parties[party].asked.entry(act.name()).or_default() += 1;
        match act {
            Act::Buy { service, scenario, .. } => self.cloud.plan(service, scenario).await,
            Act::Redeem { gift, key } => {
                self.parties[party].tried.entry(*gift).or_insert_with(|| key.clone());
            }
            _ => {}
        }
    }

    /// What people, banks and time do. It may not be possible now.
    async fn happens(&self, act: &Act) -> String {
        match act {
            Act::Pay { reference, gateway, how } => {
                let status = facts::control(&self.cloud, gateway, &format!("pay/{reference}"), how.clone()).await;
                status.to_string()
            }
            Act::Bank { reference, gateway, state } => {
                let state = match (gateway.as_str(), *state) {
                    ("paystack", "open") => "create",
                    ("stripe", "open") => "created",
                    (_, state) => state,
                };
                let path = format!("dispute/{reference}");
                facts::control(&self.cloud, gateway, &path, json!({ "state": state })).await.to_string()
            }
            Act::Later { seconds } => {
                self.cloud.advance(*seconds).await;
                "done".to_owned()
            }
            Act::Sweep => {
                self.cloud.queue_due_payments().await;
                self.cloud.sweep().await;
                "done".to_owned()
            }
            Act::Spoil { gateway, reference, fault } => {
                self.cloud.plan_payment(gateway, fault, reference).await;
                "done".to_owned()
            }
            other => panic!("{other:?} is a use case"),
        }
    }
}

/// Runs the use case of an act.
pub async fn perform(context: &Context, user: &UserId, gift: Option<&VoucherCode>, act: &Act) -> Result<(), String> {
    match act {
        Act::Start { till: (gateway, method, currency), minor, key } => {
            let email = profile(context, user).await?.email;
            let payer = Payer { user: user.clone(), email };
            let amount = Amount { minor: Minor::new(*minor), currency: *currency };
            let top_up = TopUp { gateway: Some(GatewayId::new(*gateway)), method: Some(*method), amount };
            let url = |reference: &PaymentReference| format!("https://shop.example/{reference}");
            said(billing::start(context, &payer, top_up, url, &key_of(user, "pay", key)).await)
        }
        Act::Ask { reference, gateway, what, key } => ask(context, reference, gateway, *what, key).await,
        Act::CancelPayment(reference) => said(billing::cancel(context, payment(context, reference).await?).await),
        Act::Refund { reference, credits, key } => {
            let request = RefundRequest { credits: *credits, address: None, reason: None, actor: Actor::user(user) };
            let payment = payment(context, reference).await?;
            said(billing::refund(context, payment, request, &key_of(user, "refund", key)).await)
        }
        Act::Decide { reference, id, decision } => {
            let staff = Staff::new(context, Actor::operator("model"));
            said(staff.decide_refund(reference, id, *decision, "by chance").await)
        }
        Act::Buy { service, key, .. } => buy(context, user, service, key).await,
        Act::Order { id, wish } => {
            let order: Option<Order> = context.store().record(user, id).await.map_err(|error| format!("{error:?}"))?;
            let order = order.ok_or("no order")?;
            match wish {
                Wish::Watch => watch(context, order).await,
                Wish::Cancel => said(orders::cancel(context, order).await),
                Wish::Report => said(orders::report(context, order).await),
                Wish::Finish => said(orders::finish(context, order).await),
            }
        }
        Act::Choose { plan, key } => said(billing::subscribe(context, user, *plan, &key_of(user, "plan", key)).await),
        Act::Unsubscribe => said(billing::unsubscribe(context, user).await),
        Act::Renew => said(billing::renew(context, user).await),
        Act::Redeem { key, .. } => {
            let code = gift.expect("a code");
            said(billing::redeem(context, user, code, &key_of(user, "redeem", key)).await)
        }
        other => panic!("{other:?} is no use case"),
    }
}

async fn ask(
    context: &Context,
    reference: &PaymentReference,
    gateway: &str,
    what: Question,
    key: &str,
) -> Result<(), String> {
    if let Question::Event(about) = what {
        return said(billing::handle(context, &event(context, reference, gateway, about, key)).await);
    }
    let payment = payment(context, reference).await?;
    said(match what {
        Question::Get => billing::refreshed(context, payment).await,
        Question::Look => billing::look(context, payment).await,
        Question::Refunds => billing::follow_refunds(context, payment, Followed::Open).await,
        Question::Disputes => billing::follow_disputes(context, payment).await,
        Question::Debt | Question::Event(_) => billing::repay(context, payment).await,
    })
}

/// An event of a gateway that names the payment. Its signature was checked before.
fn event(context: &Context, reference: &PaymentReference, gateway: &str, about: &str, key: &str) -> ReceivedEvent {
    let kind = match (gateway, about) {
        ("paystack", "income") => "charge.success",
        ("paystack", "refund") => "refund.processed",
        ("paystack", _) => "charge.dispute.create",
        ("stripe", "income") => "checkout.session.completed",
        ("stripe", "refund") => "charge.refunded",
        ("stripe", _) => "charge.dispute.created",
        _ => "InvoiceSettled",
    };
    let body = match gateway {
        "paystack" => json!({ "event": kind, "data": { "id": 1, "reference": reference.to_string() } }),
        "stripe" => {
            let object = json!({ "client_reference_id": reference.to_string() });
            json!({ "id": format!("evt_{key}"), "type": kind, "data": { "object": object } })
        }
        _ => json!({ "deliveryId": key, "type": kind, "metadata": { "orderId": reference.to_string() } }),
    };
    let now = context.now();
    let (id, gateway) = (GatewayEventId::new(now, context.random()), GatewayId::new(gateway));
    ReceivedEvent { id, gateway, body: body.to_string(), received_at: now, is_rerun: false }
}

async fn buy(context: &Context, user: &UserId, service: &str, key: &str) -> Result<(), String> {
    let profile = profile(context, user).await?;
    let Profile { plan, trust, metering, .. } = profile;
    let buyer = Buyer { user: user.clone(), plan, trust, metering, wallet: None, mode: Mode::Live, key: None };
    let request = Request {
        service: service.parse().expect("a service"),
        country: "GH".parse().expect("a country"),
        capability: Capability::Sms,
        operator: None,
        tags: BTreeMap::new(),
    };
    let request = PurchaseRequest { request, max_price: None };
    said(orders::buy(context, buyer, request, &key_of(user, "buy", key), || PURCHASE_TAKES).await)
}

/// Does what the worker of checks does.
pub async fn watch(context: &Context, order: Order) -> Result<(), String> {
    use domain::order::{CHECK_AFTER, Status};
    match order.status {
        Status::Requesting if context.now() < order.attempt.at.plus(CHECK_AFTER) => Err("too early".to_owned()),
        Status::Requesting => said(orders::resolve(context, order).await),
        Status::Waiting | Status::Cancelling => said(orders::watch(context, order).await),
        Status::Completed | Status::Refunded | Status::Failed => said(orders::purge(context, order).await),
    }
}

async fn profile(context: &Context, user: &UserId) -> Result<Profile, String> {
    let profile: Option<Profile> = context.store().record(user, &()).await.map_err(|error| format!("{error:?}"))?;
    profile.ok_or("no profile".to_owned())
}

/// A payment as it is stored.
pub async fn payment(context: &Context, reference: &PaymentReference) -> Result<Payment, String> {
    let payment = context.store().record(&reference.user, reference).await.map_err(|error| format!("{error:?}"))?;
    payment.ok_or("no payment".to_owned())
}

fn key_of(user: &UserId, operation: &str, key: &str) -> IdempotencyKey {
    let (user, key, fingerprint) = (user.clone(), key.to_owned(), key.to_owned());
    IdempotencyKey { user, operation: format!("model {operation}"), key, fingerprint }
}

/// What an act said. A refusal is no failure, but a defect is.
pub fn said<T, E: Debug>(outcome: Result<T, E>) -> Result<(), String> {
    let error = match outcome {
        Ok(_) => return Ok(()),
        Err(error) => format!("{error:?}"),
    };
    assert!(!DEFECTS.iter().any(|defect| error.contains(defect)), "{error}");
    Err(error)
}
