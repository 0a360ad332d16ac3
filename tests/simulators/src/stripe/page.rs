//! The page on which a person pays a session, without JavaScript. It names test cards in place of a form.

use super::{
    method::Kind,
    pay::{Outcome, Payment},
    session::{Session, Status},
    world::Shared,
};
use crate::page::{escaped, page};
use axum::{
    Form, Router,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use http::StatusCode;
use serde::Deserialize;

/// What the page says at its end.
const NOTE: &str = "This is the local Stripe in place of the real one. It takes no money.";
/// A button: its outcome, the digits of the card, and what happens.
type Choice = (&'static str, &'static str, &'static str);
const CARDS: [Choice; 7] = [
    ("success", "4242 4242 4242 4242", "pays"),
    ("failed", "4000 0000 0000 0002", "is declined"),
    ("insufficient_funds", "4000 0000 0000 9995", "has insufficient funds"),
    ("success_refund_pending", "4000 0000 0000 7726", "pays; refunds are pending first"),
    ("success_refund_fails", "4000 0000 0000 5126", "pays; refunds fail later"),
    ("success_then_declined", "4000 0000 0000 0341", "pays; later payments are declined"),
    ("success_then_authentication", "4000 0027 6000 3184", "pays; later payments need the person"),
];
const ACCOUNTS: [Choice; 2] = [
    ("async_success", "account 6789", "pays in some seconds"),
    ("async_failed", "account 2227", "fails in some seconds"),
];

pub fn routes() -> Router<Shared> {
    Router::new().route("/c/pay/{session}", get(show).post(pay))
}

async fn show(State(shared): State<Shared>, Path(id): Path<String>) -> Response {
    match shared.lock().sessions.get(&id) {
        Some(session) if session.status == Status::Open => open(StatusCode::OK, session, ""),
        Some(_) => closed(StatusCode::GONE, "This checkout is closed", "It was paid, or it has expired."),
        None => closed(StatusCode::NOT_FOUND, "There is no such checkout", "Its address is not right."),
    }
}

/// The button that was pressed.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pressed {
    outcome: Outcome,
}

async fn pay(State(shared): State<Shared>, Path(id): Path<String>, Form(pressed): Form<Pressed>) -> Response {
    let mut world = shared.lock();
    if world.sessions.get(&id).is_none() {
        return closed(StatusCode::NOT_FOUND, "There is no such checkout", "Its address is not right.");
    }
    let paid = world.pay(&id, &Payment { outcome: pressed.outcome, ..Payment::default() });
    match world.sessions.get(&id) {
        Some(session) if paid.is_ok() && session.status == Status::Complete => {
            Redirect::to(&session.success_url()).into_response()
        }
        Some(session) if session.status == Status::Open => {
            let intent = session.intent.as_deref().and_then(|intent| world.intents.get(intent));
            let error = intent.and_then(|intent| intent.error.as_ref()?["message"].as_str());
            open(StatusCode::PAYMENT_REQUIRED, session, error.unwrap_or("This payment method is not offered."))
        }
        _ => closed(StatusCode::GONE, "This checkout is closed", "It was paid, or it has expired."),
    }
}

fn open(status: StatusCode, session: &Session, complaint: &str) -> Response {
    let order = &session.order;
    let lines = order.lines.iter().map(|line| {
        format!("<p>{} × {}: {}</p>\n", line.quantity, escaped(&line.name), order.currency.shown(line.amount()))
    });
    let cards = order.kinds.iter().filter(|kind| **kind == Kind::Card).map(|_| ("Card", &CARDS[..]));
    let accounts = order.kinds.iter().filter(|kind| **kind != Kind::Card).map(|kind| (kind.name(), &ACCOUNTS[..]));
    let content = format!(
        "<h1>Pay {amount} {currency}</h1>\n\
         <p>to the <strong>merchant of this account</strong>, for {reference}{email}</p>\n\
         {alert}{lines}{methods}{back}",
        amount = order.currency.shown(order.amount()),
        currency = order.currency.code.to_uppercase(),
        reference = escaped(session.reference()),
        email = order.email.as_ref().map(|email| format!(", by {}", escaped(email))).unwrap_or_default(),
        alert = if complaint.is_empty() {
            String::new()
        } else {
            format!("<p role=\"alert\">{}</p>\n", escaped(complaint))
        },
        lines = lines.collect::<String>(),
        methods = cards.chain(accounts).map(buttons).collect::<String>(),
        back = order
            .cancel_url
            .as_ref()
            .map(|url| format!("<p><a href=\"{}\">Back</a></p>\n", escaped(url)))
            .unwrap_or_default(),
    );
    page(status, "Checkout", &content, NOTE)
}

fn buttons((title, choices): (&str, &[Choice])) -> String {
    let button = |(outcome, digits, what): &Choice| {
        format!(
            "<form method=\"post\"><button class=\"person\" name=\"outcome\" value=\"{outcome}\"><b>{digits}</b> {what}\
             </button></form>\n"
        )
    };
    format!("<h2>{title}</h2>\n{}", choices.iter().map(button).collect::<String>())
}

fn closed(status: StatusCode, title: &str, text: &str) -> Response {
    page(status, title, &format!("<h1>{title}</h1>\n<p>{text}</p>\n"), NOTE)
}
