//! The pages that a person sees. Everything that comes from a request is escaped.

use super::{checkout::BUTTONS, money, transaction::Transaction};
use crate::page::{escaped, page};
use axum::response::Response;
use http::StatusCode;

/// What all pages say at their end.
const NOTE: &str = "This is the local payment page in place of Paystack's. No money moves.";
const MERCHANT: &str = "Namaskah SMS";

/// The page with a button for each way to pay.
pub fn pay(transaction: &Transaction, alert: Option<&str>) -> Response {
    let allowed = BUTTONS.iter().filter(|button| button.is_allowed(transaction));
    let buttons = allowed.map(|button| {
        format!(
            "<form method=\"post\">\
             <button class=\"person\" name=\"button\" value=\"{}\"><b>{}</b> {}</button></form>\n",
            button.name, button.title, button.detail
        )
    });
    let content = format!(
        "<h1>Pay {amount}</h1>\n<p>to <strong>{MERCHANT}</strong> for {reference}</p>\n{alert}{buttons}\
         <form method=\"post\"><button class=\"cancel\">Cancel</button></form>\n",
        amount = escaped(&money::shown(&transaction.asked.currency, transaction.asked.amount)),
        reference = escaped(&transaction.asked.reference),
        alert = alert.map(|text| format!("<p role=\"alert\">{}</p>\n", escaped(text))).unwrap_or_default(),
        buttons = buttons.collect::<String>(),
    );
    page(StatusCode::OK, "Pay", &content, NOTE)
}

/// The page after a payment whose merchant wants nobody back.
pub fn paid(transaction: &Transaction) -> Response {
    let amount = escaped(&money::shown(&transaction.currency, transaction.amount));
    let content = format!("<h1>Paid</h1>\n<p>{amount} to <strong>{MERCHANT}</strong></p>\n");
    page(StatusCode::OK, "Paid", &content, NOTE)
}

/// The page of a code that names no transaction.
pub fn unknown() -> Response {
    let content = "<h1>Unknown payment</h1>\n<p>The link is wrong, or the simulator was started again.</p>\n";
    page(StatusCode::NOT_FOUND, "Unknown payment", content, NOTE)
}
