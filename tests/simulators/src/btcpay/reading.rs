//! Reading of invoices and of their payment methods.

use super::{
    invoice::Invoice,
    money,
    named::Named,
    plan::{Fault, Moment, Planned},
    problem::{Problem, from_proxy},
    state::Status,
    wire,
    world::{Shared, pause},
};
use axum::{
    Json, Router,
    extract::{Query, State},
    response::{IntoResponse, Response},
    routing::get,
};
use http::{StatusCode, header::CONTENT_TYPE};
use serde_json::Value;

type Pairs = Query<Vec<(String, String)>>;

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/stores/{store}/invoices/{invoice}/payment-methods", get(payment_methods))
        .route("/invoices/{invoice}/payment-methods", get(payment_methods))
}

/// One invoice.
pub async fn read(State(shared): State<Shared>, named: Named, Query(asked): Pairs) -> Result<Response, Problem> {
    let shown = find(&shared, &named, |invoice| show(&shared, invoice, &asked))?;
    Ok(answer(&shared, &references(&shared, &named), shown).await)
}

/// Invoices, newest first.
pub async fn list(State(shared): State<Shared>, Query(asked): Pairs) -> Result<Response, Problem> {
    let filter = Filter::read(&asked)?;
    let shown = {
        let world = shared.lock();
        let found = world.invoices.iter().rev().filter(|invoice| filter.fits(invoice));
        found.skip(filter.skip).take(filter.take).map(|invoice| show(&shared, invoice, &asked)).collect()
    };
    Ok(answer(&shared, &filter.order_ids, shown).await)
}

async fn payment_methods(State(shared): State<Shared>, named: Named, Query(asked): Pairs) -> Result<Response, Problem> {
    let all = value(&asked, "onlyAccountedPayments").is_some_and(|text| text.eq_ignore_ascii_case("false"));
    let shown = find(&shared, &named, |invoice| wire::payment_methods(invoice, all))?;
    Ok(answer(&shared, &references(&shared, &named), shown).await)
}

fn find(shared: &Shared, named: &Named, show: impl FnOnce(&Invoice) -> Value) -> Result<Value, Problem> {
    let world = shared.lock();
    world.invoice(named.get("invoice")).map(show).ok_or_else(|| named.missing(Problem::InvoiceNotFound))
}

fn references(shared: &Shared, named: &Named) -> Vec<String> {
    shared.lock().invoice(named.get("invoice")).and_then(Invoice::order_id).into_iter().collect()
}

fn show(shared: &Shared, invoice: &Invoice, asked: &[(String, String)]) -> Value {
    let with_methods = value(asked, "includePaymentMethods").is_some_and(|text| text.eq_ignore_ascii_case("true"));
    let show = if with_methods { wire::invoice_with_methods } else { wire::invoice };
    show(invoice, &shared.url, &shared.store)
}

/// Answers, with the fault that is planned.
async fn answer(shared: &Shared, references: &[String], shown: Value) -> Response {
    let plan = shared.lock().fault(Moment::Read, references);
    match plan {
        Some(Planned { fault: Fault::Read502, .. }) => from_proxy(StatusCode::BAD_GATEWAY),
        Some(Planned { fault: Fault::ReadMalformed, .. }) => {
            let whole = shown.to_string();
            let half = whole.chars().take(whole.chars().count() / 2).collect::<String>();
            ([(CONTENT_TYPE, "application/json")], half).into_response()
        }
        Some(Planned { seconds, .. }) => {
            pause(seconds).await;
            Json(shown).into_response()
        }
        None => Json(shown).into_response(),
    }
}

/// The invoices that somebody looks for.
struct Filter {
    order_ids: Vec<String>,
    statuses: Vec<Status>,
    /// In seconds.
    start: i64,
    end: i64,
    text: String,
    with_archived: bool,
    skip: usize,
    take: usize,
}

impl Filter {
    fn read(asked: &[(String, String)]) -> Result<Self, Problem> {
        let (start, end) = (number(asked, "startDate")?, number(asked, "endDate")?);
        if start.zip(end).is_some_and(|(start, end)| start > end) {
            return Err(Problem::Validation(vec![
                ("startDate".to_owned(), "startDate should not be above endDate".to_owned()),
                ("endDate".to_owned(), "endDate should not be below startDate".to_owned()),
            ]));
        }
        let size = |name| number(asked, name).map(|size| size.and_then(|size| usize::try_from(size).ok()));
        Ok(Self {
            order_ids: values(asked, "orderId").map(str::to_owned).collect(),
            statuses: values(asked, "status").filter_map(Status::from_filter).collect(),
            start: start.unwrap_or(i64::MIN),
            end: end.unwrap_or(i64::MAX),
            text: value(asked, "textSearch").unwrap_or_default().to_owned(),
            with_archived: value(asked, "includeArchived").is_some_and(|text| text.eq_ignore_ascii_case("true")),
            skip: size("skip")?.unwrap_or(0),
            take: size("take")?.unwrap_or(usize::MAX),
        })
    }

    fn fits(&self, invoice: &Invoice) -> bool {
        let order_id = invoice.order_id();
        let created = wire::seconds(invoice.created_ms);
        (self.with_archived || !invoice.is_archived)
            && (self.order_ids.is_empty() || order_id.as_ref().is_some_and(|id| self.order_ids.contains(id)))
            && (self.statuses.is_empty() || self.statuses.contains(&invoice.status))
            && (self.start..=self.end).contains(&created)
            && (self.text.is_empty() || terms(invoice).iter().any(|term| term.starts_with(&self.text)))
    }
}

/// What a search by text finds an invoice by.
fn terms(invoice: &Invoice) -> Vec<String> {
    let mut terms = invoice.search_terms.clone();
    terms.extend(invoice.order_id());
    terms.push(invoice.id.clone());
    terms.push(invoice.price.to_string());
    let buyer = invoice.metadata.get("buyerEmail").and_then(Value::as_str);
    terms.extend(buyer.map(str::to_owned));
    for prompt in &invoice.prompts {
        terms.push(prompt.destination.clone());
        terms.push(money::coins(invoice.price / prompt.rate, prompt.method.digits).to_string());
    }
    // The transaction of a payment, without the number of its output.
    let transactions = invoice.payments.iter().filter_map(|payment| payment.id.split('-').next());
    terms.extend(transactions.map(str::to_owned));
    terms
}

fn value<'a>(asked: &'a [(String, String)], name: &'a str) -> Option<&'a str> {
    values(asked, name).next()
}

fn values<'a>(asked: &'a [(String, String)], name: &'a str) -> impl Iterator<Item = &'a str> {
    asked.iter().filter(move |(other, _)| other == name).map(|(_, value)| value.as_str())
}

fn number(asked: &[(String, String)], name: &str) -> Result<Option<i64>, Problem> {
    let Some(text) = value(asked, name).filter(|text| !text.is_empty()) else { return Ok(None) };
    text.parse().map(Some).map_err(|_| Problem::invalid(name, &format!("The value '{text}' is not valid.")))
}
