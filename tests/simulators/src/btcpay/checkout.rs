//! The page on which a customer pays, at the address that the server calls `checkoutLink`. It works without JavaScript.

use super::{
    invoice::{Invoice, Prompt},
    money,
    pay::{self, Outcome, Pay},
    state::{Additional, Status},
    world::Shared,
};
use crate::page::{escaped, page};
use axum::{
    Form, Router,
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use http::{HeaderValue, StatusCode, header::REFRESH};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

/// What all pages say at their end.
const NOTE: &str = "This is a local server in place of BTCPay Server. No coin moves.";

/// The buttons: what they do, and what they say.
const BUTTONS: [(Outcome, &str, &str); 6] = [
    (Outcome::Success, "success", "Pay exactly"),
    (Outcome::Partial, "partial", "Pay half of it"),
    (Outcome::Over, "over", "Pay one and a half times as much"),
    (Outcome::Lightning, "lightning", "Pay by Lightning"),
    (Outcome::Expired, "expired", "Let it expire"),
    (Outcome::Late, "late", "Pay too late"),
];

pub fn routes() -> Router<Shared> {
    Router::new().route("/i/{invoice}", get(show).post(click))
}

#[derive(Deserialize)]
struct Click {
    outcome: Outcome,
}

async fn show(State(shared): State<Shared>, Path(id): Path<String>) -> Response {
    answer(&shared, &id, None)
}

async fn click(State(shared): State<Shared>, Path(id): Path<String>, Form(click): Form<Click>) -> Response {
    let paid = pay::pay(&mut shared.lock(), &id, &Pay { outcome: click.outcome, ..Pay::default() });
    let complaint = paid.err().map(|_| "This invoice can't be paid like this any more.");
    if complaint.is_none() {
        // A reload of the page must not pay again.
        return Redirect::to(&format!("/i/{id}")).into_response();
    }
    answer(&shared, &id, complaint)
}

fn answer(shared: &Shared, id: &str, complaint: Option<&str>) -> Response {
    let world = shared.lock();
    let Some(invoice) = world.invoice(id) else {
        return page(StatusCode::NOT_FOUND, "Not found", "<h1>There is no such invoice</h1>\n", NOTE);
    };
    let back = back(invoice);
    let is_paid = matches!(invoice.status, Status::Processing | Status::Settled);
    if let Some(url) = back.as_deref().filter(|_| is_paid && invoice.terms.redirects_by_itself) {
        return Redirect::to(url).into_response();
    }
    let content = content(invoice, &shared.store, back.as_deref(), complaint, world.now_ms());
    let mut response = page(StatusCode::OK, "Pay", &content, NOTE);
    if invoice.status == Status::Processing {
        response.headers_mut().insert(REFRESH, HeaderValue::from_static("2"));
    }
    response
}

fn content(invoice: &Invoice, store: &str, back: Option<&str>, complaint: Option<&str>, now_ms: i64) -> String {
    let has_lightning = invoice.prompts.iter().any(|prompt| prompt.method.is_instant());
    let is_late = invoice.status == Status::Expired;
    let open = BUTTONS.iter().filter(|(outcome, _, _)| pay::is_open(invoice, *outcome, now_ms));
    let shown = open.filter(|(outcome, _, _)| match outcome {
        Outcome::Late => is_late,
        Outcome::Lightning => has_lightning,
        _ => true,
    });
    let button = |(_, name, label): &(Outcome, &str, &str)| {
        format!("<form method=\"post\"><button name=\"outcome\" value=\"{name}\">{label}</button></form>\n")
    };
    let buttons = shown.map(button).collect::<Vec<_>>().concat();
    let alert = complaint.map(|text| format!("<p role=\"alert\">{text}</p>\n")).unwrap_or_default();
    let link = back.map(|url| format!("<p><a href=\"{}\">Return to the store</a></p>\n", escaped(url)));
    format!(
        "<h1>{amount} {currency}</h1>\n<p>Order {reference} of {store}. {state}</p>\n{alert}{methods}{buttons}{link}",
        amount = invoice.price,
        currency = escaped(&invoice.currency),
        reference = escaped(&invoice.order_id().unwrap_or_else(|| invoice.id.clone())),
        store = escaped(store),
        state = state(invoice, now_ms),
        methods = if invoice.status == Status::New { methods(invoice) } else { String::new() },
        link = link.unwrap_or_default(),
    )
}

fn state(invoice: &Invoice, now_ms: i64) -> String {
    let paid = money::paid(invoice.totals().paid, &invoice.currency);
    let left = (invoice.expires_ms - now_ms).max(0) / 1000;
    match (invoice.status, invoice.additional) {
        (Status::New, Additional::PaidPartial) => {
            format!("{paid} was paid. The rest is due within {} min {} s.", left / 60, left % 60)
        }
        (Status::New, _) => format!("It expires in {} min {} s.", left / 60, left % 60),
        (Status::Processing, _) => "The payment arrived and waits for its confirmation.".to_owned(),
        (Status::Settled, Additional::PaidOver) => format!("It is paid, with {paid}."),
        (Status::Settled, _) => "It is paid.".to_owned(),
        (Status::Expired, Additional::PaidLate) => format!("It expired, and {paid} was paid after that."),
        (Status::Expired, Additional::PaidPartial) => format!("It expired when {paid} was paid."),
        (Status::Expired, _) => "It expired.".to_owned(),
        (Status::Invalid, _) => "The payment was not confirmed in time.".to_owned(),
    }
}

fn methods(invoice: &Invoice) -> String {
    let shown = |prompt: &Prompt| {
        let due = invoice.account(prompt).due;
        let link = prompt.method.link(&prompt.destination, due);
        format!(
            "<h2>{due} {coin} ({id})</h2>\n<p>{destination}<br><a href=\"{link}\">Open in a wallet</a></p>\n",
            coin = prompt.method.currency,
            id = prompt.method.id,
            destination = escaped(&prompt.destination),
            link = escaped(&link),
        )
    };
    invoice.prompts.iter().map(shown).collect::<Vec<_>>().concat()
}

/// The merchant's page for a customer who returns.
fn back(invoice: &Invoice) -> Option<String> {
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let status = format!("{:?}", invoice.status);
    let url = invoice.terms.redirect_url.as_deref()?;
    let url = url
        .replace("{OrderId}", &encoded(&invoice.order_id().unwrap_or_default()))
        .replace("{InvoiceId}", &encoded(&invoice.id))
        .replace("{Status}", &encoded(&status));
    let is_absolute = url.starts_with("http://") || url.starts_with("https://");
    (is_absolute && HeaderValue::from_str(&url).is_ok()).then_some(url)
}
