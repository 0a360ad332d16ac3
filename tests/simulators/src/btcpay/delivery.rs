//! Deliveries: events on their way to webhooks. As at BTCPay Server, those of a webhook are sent in order: a delivery
//! that fails holds up the later ones until it succeeds or is given up. 5xx, 408, 429 and no answer are repeated; any
//! other answer is final.

use super::{
    event::Event,
    ids,
    plan::{Fault, Planned},
    webhook::Webhook,
    wire::seconds,
};
use crate::webhooks::Attempt;
use aws_lc_rs::hmac;
use serde::Serialize;
use serde_json::{Map, Value, json};

/// Pauses before the repetitions, in milliseconds.
const PAUSES: [i64; 8] = [10_000, 60_000, 600_000, 600_000, 600_000, 600_000, 600_000, 600_000];

/// An event for a webhook, with its deliveries so far.
#[derive(Clone, Debug)]
pub struct Message {
    pub id: u64,
    pub webhook: String,
    pub kind: &'static str,
    /// The merchant's reference, or the invoice.
    pub about: String,
    content: Map<String, Value>,
    pub deliveries: Vec<Delivery>,
    /// When it is sent next; nothing if it was accepted, given up, or is under way.
    pub due_ms: Option<i64>,
    is_under_way: bool,
    /// The identifiers of the first delivery and of the next one.
    first: String,
    next: String,
    /// Repetitions since the first delivery or the last one by hand.
    repetitions: usize,
    /// Whether earlier deliveries hold it up, and it later ones.
    is_in_order: bool,
    flaw: Option<Fault>,
}

/// One delivery.
#[derive(Clone, Debug, Serialize)]
pub struct Delivery {
    pub id: String,
    /// When it should have been sent, and when it was.
    pub due_ms: i64,
    pub sent_ms: i64,
    /// The status of the answer; 0 for no answer.
    pub status: u16,
    pub request: String,
}

/// A delivery to send.
pub struct Outgoing {
    pub message: u64,
    pub url: String,
    pub attempt: Attempt,
    /// Whether it is sent twice.
    pub twice: bool,
    pub delivery: Delivery,
}

/// All messages, oldest first.
#[derive(Debug, Default)]
pub struct Deliveries(Vec<Message>);

impl Deliveries {
    /// Sends an event to a webhook, with the flaw that is planned.
    pub fn queue(
        &mut self,
        webhook: &Webhook,
        about: &str,
        event: &Event,
        content: Map<String, Value>,
        plan: Option<&Planned>,
    ) {
        let due_ms = match plan {
            Some(Planned { fault: Fault::WebhookNever, .. }) => None,
            Some(Planned { fault: Fault::WebhookLate, seconds, .. }) => Some(event.at_ms + seconds * 1000),
            _ => Some(event.at_ms),
        };
        let first = ids::id();
        self.0.push(Message {
            id: self.0.len() as u64 + 1,
            webhook: webhook.id.clone(),
            kind: event.kind,
            about: about.to_owned(),
            content,
            deliveries: Vec::new(),
            due_ms,
            is_under_way: false,
            next: first.clone(),
            first,
            repetitions: 0,
            is_in_order: plan.is_none_or(|plan| plan.fault != Fault::WebhookLate),
            flaw: plan.map(|plan| plan.fault),
        });
    }

    /// All messages, oldest first.
    pub fn all(&self) -> &[Message] {
        &self.0
    }

    /// The deliveries to a webhook, newest first.
    pub fn of_webhook(&self, webhook: &str) -> Vec<&Delivery> {
        let messages = self.0.iter().filter(|message| message.webhook == webhook);
        let mut deliveries: Vec<_> = messages.flat_map(|message| &message.deliveries).rev().collect();
        deliveries.sort_by_key(|delivery| std::cmp::Reverse(delivery.due_ms));
        deliveries
    }

    /// Sends a message once more, whatever became of it. Returns the identifier of the delivery.
    pub fn repeat(&mut self, fits: impl Fn(&Message) -> bool, now_ms: i64) -> Option<String> {
        let message = self.0.iter_mut().find(|message| fits(message))?;
        message.due_ms = Some(now_ms);
        message.repetitions = 0;
        if !message.deliveries.is_empty() || message.is_under_way {
            message.next = ids::id();
        }
        Some(message.next.clone())
    }

    /// Takes the deliveries that are due.
    pub fn take_due(&mut self, webhooks: &[Webhook], now_ms: i64) -> Vec<Outgoing> {
        let under_way = self.0.iter().filter(|message| message.is_under_way && message.is_in_order);
        let mut busy: Vec<_> = under_way.map(|message| message.webhook.clone()).collect();
        let mut due = Vec::new();
        for message in self.0.iter_mut().filter(|message| !message.is_under_way) {
            let Some(due_ms) = message.due_ms else { continue };
            let is_held_up = message.is_in_order && busy.contains(&message.webhook);
            if message.is_in_order {
                busy.push(message.webhook.clone());
            }
            if is_held_up || due_ms > now_ms {
                continue;
            }
            message.due_ms = None;
            let webhook = webhooks.iter().find(|webhook| webhook.id == message.webhook && webhook.wants(message.kind));
            due.extend(webhook.map(|webhook| message.take(webhook, due_ms, now_ms)));
        }
        due
    }

    /// Notes the answer to a delivery, and when it is repeated.
    pub fn note(&mut self, id: u64, delivery: Delivery, redelivers: bool, now_ms: i64) {
        let Some(message) = self.0.iter_mut().find(|message| message.id == id) else { return };
        message.is_under_way = false;
        let is_repeated = redelivers && matches!(delivery.status, 0 | 408 | 429 | 500..=599);
        message.deliveries.push(delivery);
        if message.due_ms.is_some() {
            return;
        }
        if let Some(pause) = PAUSES.get(message.repetitions).filter(|_| is_repeated) {
            message.due_ms = Some(now_ms + pause);
            message.repetitions += 1;
            message.next = ids::id();
        }
    }
}

impl Message {
    fn take(&mut self, webhook: &Webhook, due_ms: i64, now_ms: i64) -> Outgoing {
        self.is_under_way = true;
        let mut content = self.content.clone();
        for (name, value) in [
            ("deliveryId", json!(self.next)),
            ("webhookId", json!(webhook.id)),
            ("originalDeliveryId", json!(self.first)),
            ("isRedelivery", json!(self.next != self.first)),
            ("type", json!(self.kind)),
        ] {
            content.insert(name.to_owned(), value);
        }
        let body = format!("{:#}", Value::Object(content));
        let flaw = self.flaw.take();
        let secret = if flaw == Some(Fault::WebhookWrongSignature) { "another secret" } else { &webhook.secret };
        let attempt = Attempt { headers: vec![("BTCPay-Sig", signature(secret, body.as_bytes()))], body: body.clone() };
        let delivery = Delivery { id: self.next.clone(), due_ms, sent_ms: now_ms, status: 0, request: body };
        let twice = flaw == Some(Fault::WebhookTwice);
        Outgoing { message: self.id, url: webhook.url.clone(), attempt, twice, delivery }
    }
}

impl Delivery {
    /// The delivery as the API answers it.
    pub fn shown(&self) -> Value {
        let status = match self.status {
            0 => "Failed",
            200..=299 => "HttpSuccess",
            _ => "HttpError",
        };
        let mut shown = json!({
            "id": self.id,
            "timestamp": seconds(self.due_ms),
            "deliveryTime": seconds(self.sent_ms),
            "httpCode": (self.status != 0).then_some(self.status),
            "status": status,
        });
        match self.status {
            0 => shown["errorMessage"] = json!("No answer"),
            200..=299 => {}
            status => shown["errorMessage"] = json!(format!("HTTP Error Code {status}")),
        }
        shown
    }
}

/// The value of the header `BTCPay-Sig`.
fn signature(secret: &str, body: &[u8]) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    format!("sha256={}", hex::encode(hmac::sign(&key, body)))
}
