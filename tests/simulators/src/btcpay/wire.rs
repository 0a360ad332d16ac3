//! Invoices, payment methods and payments as the API answers them.

use super::{
    invoice::{Invoice, Payment, Prompt},
    money, state,
};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use serde_json::{Value, json};

/// Seconds since 1970.
pub const fn seconds(ms: i64) -> i64 {
    ms.div_euclid(1000)
}

/// An invoice. `url` is the server's address, `store` its store.
pub fn invoice(invoice: &Invoice, url: &str, store: &str) -> Value {
    let terms = &invoice.terms;
    json!({
        "id": invoice.id,
        "storeId": store,
        "amount": invoice.price.to_string(),
        "paidAmount": money::paid(invoice.totals().paid, &invoice.currency).to_string(),
        "currency": invoice.currency,
        "type": if invoice.is_top_up { "TopUp" } else { "Standard" },
        "checkoutLink": checkout_link(invoice, url),
        "createdTime": seconds(invoice.created_ms),
        "expirationTime": seconds(invoice.expires_ms),
        "monitoringExpiration": seconds(invoice.monitored_until_ms),
        "status": invoice.status,
        "additionalStatus": invoice.additional,
        "availableStatusesForManualMarking": state::markable(invoice.status, invoice.additional),
        "archived": invoice.is_archived,
        "metadata": invoice.metadata,
        "checkout": {
            "speedPolicy": terms.speed,
            "paymentMethods": invoice.prompts.iter().map(|prompt| prompt.method.id).collect::<Vec<_>>(),
            "defaultPaymentMethod": terms.default_method,
            "lazyPaymentMethods": null,
            "expirationMinutes": minutes(invoice.expires_ms - invoice.created_ms),
            "monitoringMinutes": minutes(invoice.monitored_until_ms - invoice.expires_ms),
            "paymentTolerance": terms.tolerance.to_f64(),
            "redirectURL": terms.redirect_url,
            "redirectAutomatically": terms.redirects_by_itself,
            "defaultLanguage": terms.language,
        },
        "receipt": terms.receipt,
    })
}

/// An invoice with its payment methods.
pub fn invoice_with_methods(of: &Invoice, url: &str, store: &str) -> Value {
    let mut shown = invoice(of, url, store);
    shown["paymentMethods"] = payment_methods(of, false);
    shown
}

/// The ways to pay an invoice. Double-spent payments are left out, unless `all` is set.
pub fn payment_methods(invoice: &Invoice, all: bool) -> Value {
    invoice.prompts.iter().map(|prompt| payment_method(invoice, prompt, all)).collect()
}

fn payment_method(invoice: &Invoice, prompt: &Prompt, all: bool) -> Value {
    let (account, method) = (invoice.account(prompt), prompt.method);
    let payments = invoice.payments.iter().filter(|payment| payment.method == method && (all || payment.counts()));
    json!({
        "paymentMethodId": method.id,
        "currency": method.currency,
        "destination": prompt.destination,
        "paymentLink": method.link(&prompt.destination, account.due.max(Decimal::ZERO)),
        "rate": prompt.rate.to_string(),
        "paymentMethodPaid": account.method_paid.to_string(),
        "totalPaid": account.total_paid.to_string(),
        "due": account.due.to_string(),
        "amount": account.amount.to_string(),
        "paymentMethodFee": "0",
        "payments": payments.map(payment).collect::<Value>(),
        "activated": true,
        "additionalData": method.details(),
    })
}

/// A payment.
pub fn payment(payment: &Payment) -> Value {
    json!({
        "id": payment.id,
        "receivedDate": seconds(payment.received_ms),
        "value": payment.value.to_string(),
        "fee": "0",
        "status": payment.status,
        "destination": payment.destination,
    })
}

/// The page on which a customer pays.
pub fn checkout_link(invoice: &Invoice, url: &str) -> String {
    format!("{url}/i/{}", invoice.id)
}

const fn minutes(ms: i64) -> i64 {
    ms.div_euclid(60_000)
}
