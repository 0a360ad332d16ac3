//! Lists of charges and refunds, by when they were made.

use super::{PAGE, json};
use crate::{
    GatewayError,
    error::Call,
    listing::{Page, Span, amount},
};
use domain::{
    payment::ReceiptId,
    reconciliation::{ListedMoney, ListedRefund, MoneyState},
};
use https::{Answer, Fault};
use serde::{Deserialize, de::DeserializeOwned};

/// The object after which a page begins; `None` for the first page.
pub(in crate::stripe) type After = Option<String>;

/// The place of the first page.
pub(in crate::stripe) const START: After = None;

/// The query for a page of what was made in this time, after the last one of the page before. Times are whole seconds,
/// so the first and the last second are asked for, and the rest is left out later.
pub(in crate::stripe) fn made_in(span: Span, after: After) -> Vec<(&'static str, String)> {
    let mut query = vec![
        ("limit", PAGE.to_string()),
        ("created[gte]", span.from.epoch_seconds().to_string()),
        ("created[lte]", span.until.epoch_seconds().to_string()),
    ];
    query.extend(after.map(|id| ("starting_after", id)));
    query
}

#[derive(Deserialize)]
struct Listed<T> {
    data: Vec<T>,
    has_more: bool,
}

#[derive(Deserialize)]
struct Charge {
    id: String,
    created: i64,
    status: String,
    amount_captured: u64,
    currency: String,
    payment_intent: Option<String>,
}

#[derive(Deserialize)]
struct Refund {
    id: String,
    created: i64,
    status: Option<String>,
    amount: u64,
    currency: String,
    charge: Option<String>,
    payment_intent: Option<String>,
}

/// The money on a page of charges. Refunded ones keep their amount.
pub(in crate::stripe) fn money(span: Span, answer: &Answer) -> Result<Page<ListedMoney, After>, GatewayError> {
    let (charges, next) = read(answer, |charge: &Charge| &charge.id)?;
    let money = |charge: Charge| {
        let at = super::session::at(charge.created);
        let is_in = charge.status == "succeeded" && charge.amount_captured > 0 && span.has(at);
        // Charges without an intent are not made by a checkout. They are nobody's payment, and a difference.
        is_in.then(|| ListedMoney {
            receipt: ReceiptId::new(charge.payment_intent.unwrap_or(charge.id)),
            amount: amount(charge.amount_captured, &charge.currency),
            at,
            state: MoneyState::Kept,
        })
    };
    Ok(Page { items: charges.into_iter().filter_map(money).collect(), next })
}

/// The refunds on a page that did not fail.
pub(in crate::stripe) fn listed_refunds(
    span: Span,
    answer: &Answer,
) -> Result<Page<ListedRefund, After>, GatewayError> {
    let (refunds, next) = read(answer, |refund: &Refund| &refund.id)?;
    let listed = |refund: Refund| {
        let at = super::session::at(refund.created);
        let failed = matches!(refund.status.as_deref(), Some("failed" | "canceled"));
        let receipt = ReceiptId::new(refund.payment_intent.or(refund.charge).unwrap_or_default());
        let amount = amount(refund.amount, &refund.currency);
        (!failed && span.has(at)).then_some(ListedRefund { at, id: refund.id, receipt, amount })
    };
    Ok(Page { items: refunds.into_iter().filter_map(listed).collect(), next })
}

/// The objects of a page, and the last one if there are more pages.
fn read<T: DeserializeOwned>(
    answer: &Answer,
    id: impl Fn(&T) -> &String,
) -> Result<(Vec<T>, Option<After>), GatewayError> {
    let Listed { data, has_more } = json(answer, Call::Read)?;
    match (has_more, data.last()) {
        (false, _) => Ok((data, None)),
        (true, Some(last)) => {
            let last = id(last).clone();
            Ok((data, Some(Some(last))))
        }
        // More pages, but no object after which they begin.
        (true, None) => Err(Call::Read.unsettled(Fault::Unreadable)),
    }
}
