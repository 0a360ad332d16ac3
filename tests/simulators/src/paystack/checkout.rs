//! `/pay/{access_code}`: the page on which a person pays, and where the person goes afterwards.

use super::{
    means::Channel,
    page,
    pay::{Outcome, Payment},
    transaction::{State as Paid, Transaction},
    world::Shared,
};
use axum::{
    Form, Router,
    extract::{Path, State},
    response::{IntoResponse, Response},
    routing::get,
};
use http::{StatusCode, header::LOCATION};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

pub fn routes() -> Router<Shared> {
    Router::new().route("/pay/{access_code}", get(show).post(press))
}

/// A button of the page.
pub struct Button {
    pub name: &'static str,
    pub title: &'static str,
    pub detail: &'static str,
    channel: Channel,
    outcome: Outcome,
}

/// The buttons: Paystack's test cards, and a wallet.
pub const BUTTONS: [Button; 6] = [
    button("card", ("Card 4084 0840 8408 4081", "is paid"), Channel::Card, Outcome::Success),
    button("declined", ("Card 4084 0800 0000 5408", "is declined"), Channel::Card, Outcome::Failed),
    button("refund-fails", ("Card 4084 0800 0067 1803", "is paid; refunds fail"), Channel::Card, Outcome::RefundFails),
    button(
        "refund-needs-attention",
        ("Card 4084 0800 0067 1902", "is paid; refunds need attention"),
        Channel::Card,
        Outcome::RefundNeedsAttention,
    ),
    button("wallet", ("Mobile money 055 123 4987", "is paid"), Channel::MobileMoney, Outcome::Success),
    button(
        "wallet-waits",
        ("Mobile money, later", "is approved on the phone after 15 seconds"),
        Channel::MobileMoney,
        Outcome::Pending,
    ),
];

const fn button(
    name: &'static str,
    (title, detail): (&'static str, &'static str),
    channel: Channel,
    outcome: Outcome,
) -> Button {
    Button { name, title, detail, channel, outcome }
}

impl Button {
    /// Whether the merchant allows it for this transaction.
    pub fn is_allowed(&self, transaction: &Transaction) -> bool {
        let channels = &transaction.asked.channels;
        channels.is_empty() || channels.iter().any(|channel| channel == self.channel.as_str())
    }
}

/// A person who paid is sent back, also by a wallet's late approval.
async fn show(State(shared): State<Shared>, Path(code): Path<String>) -> Response {
    let world = shared.current();
    match world.transactions.values().find(|transaction| transaction.access_code == code) {
        None => page::unknown(),
        Some(transaction) => shown(transaction),
    }
}

#[derive(Deserialize)]
struct Pressed {
    /// The button's name; without it, the person leaves.
    button: Option<String>,
}

async fn press(State(shared): State<Shared>, Path(code): Path<String>, Form(pressed): Form<Pressed>) -> Response {
    let mut world = shared.current();
    let Some(transaction) = world.transactions.values().find(|transaction| transaction.access_code == code) else {
        return page::unknown();
    };
    let id = transaction.id;
    let Some(name) = pressed.button else {
        world.pay(id, Payment { outcome: Outcome::Abandoned, ..Payment::default() });
        return world.transactions.get(&id).map_or_else(page::unknown, left);
    };
    let Some(button) = BUTTONS.iter().find(|button| button.name == name && button.is_allowed(transaction)) else {
        return page::pay(transaction, Some("This is no way to pay."));
    };
    // Somebody who paid before is sent back, too.
    world.pay(id, Payment { outcome: button.outcome, channel: button.channel, ..Payment::default() });
    world.transactions.get(&id).map_or_else(page::unknown, shown)
}

fn shown(transaction: &Transaction) -> Response {
    match transaction.state {
        Paid::Paid | Paid::Reversed => match &transaction.asked.callback_url {
            Some(url) => sent_to(&with_reference(url, &transaction.asked.reference)),
            None => page::paid(transaction),
        },
        Paid::Failed => page::pay(transaction, Some("The card was declined. Try another one.")),
        Paid::Pending => page::pay(transaction, Some("Waiting for the approval on the phone. Load the page again.")),
        Paid::Abandoned => page::pay(transaction, None),
    }
}

/// Who leaves goes where `metadata.cancel_action` says, or sees that nothing was paid.
fn left(transaction: &Transaction) -> Response {
    match transaction.asked.metadata["cancel_action"].as_str() {
        Some(url) if url.starts_with("https://") || url.starts_with("http://") => sent_to(url),
        _ => shown(transaction),
    }
}

/// As Paystack does, the reference comes back under two names.
fn with_reference(url: &str, reference: &str) -> String {
    let reference = utf8_percent_encode(reference, NON_ALPHANUMERIC);
    let sign = if url.contains('?') { '&' } else { '?' };
    format!("{url}{sign}trxref={reference}&reference={reference}")
}

fn sent_to(address: &str) -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, address)]).into_response()
}
