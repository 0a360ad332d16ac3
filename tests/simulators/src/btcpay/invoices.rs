//! Invoices of the API: made, read, changed.

use super::{
    fields::Fields,
    invoice::Invoice,
    named::{Body, Named},
    new_invoice::NewInvoice,
    plan::{Fault, Moment, Planned},
    problem::{Problem, from_proxy},
    reading,
    state::Status,
    wire,
    world::{Shared, pause},
};
use axum::{
    Json, Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use http::StatusCode;

/// How often an answer waits for a webhook before it gives up; 50 ms each.
const PATIENCE: u32 = 100;

pub fn routes() -> Router<Shared> {
    let mut routes = Router::new().route("/stores/{store}/invoices", get(reading::list).post(create));
    for prefix in ["/stores/{store}", ""] {
        routes = routes
            .route(&format!("{prefix}/invoices/{{invoice}}"), get(reading::read).put(update).delete(archive))
            .route(&format!("{prefix}/invoices/{{invoice}}/status"), post(mark))
            .route(&format!("{prefix}/invoices/{{invoice}}/unarchive"), post(unarchive));
    }
    routes
}

async fn create(State(shared): State<Shared>, Body(body): Body) -> Result<Response, Problem> {
    let mut new = NewInvoice::read(&body)?;
    let references: Vec<_> = new.order_id().map(str::to_owned).into_iter().collect();
    let plan = shared.lock().fault(Moment::Create, &references);
    let (fault, seconds) = plan.map_or((None, 0), |Planned { fault, seconds, .. }| (Some(fault), seconds));
    match fault {
        Some(Fault::Create502Html) => return Ok(from_proxy(StatusCode::BAD_GATEWAY)),
        Some(Fault::CreateTimeoutBefore) => {
            pause(seconds).await;
            return Ok(from_proxy(StatusCode::GATEWAY_TIMEOUT));
        }
        Some(Fault::WrongRateCurrency) => {
            let other = if new.currency == "EUR" { "USD" } else { "EUR" };
            other.clone_into(&mut new.currency);
        }
        _ => {}
    }
    let invoice = {
        let mut world = shared.lock();
        let invoice = new.make(&world.rates, world.now_ms())?;
        world.add(invoice.clone());
        world.invoice(&invoice.id).cloned().unwrap_or(invoice)
    };
    match fault {
        Some(Fault::Create502HtmlAfter) => return Ok(from_proxy(StatusCode::BAD_GATEWAY)),
        Some(Fault::CreateTimeoutAfter) => pause(seconds).await,
        Some(Fault::WebhookBeforeAnswer) => wait_for_webhook(&shared, &invoice.id).await,
        _ => {}
    }
    Ok(shown(&shared, &invoice).into_response())
}

/// Replaces the metadata.
async fn update(State(shared): State<Shared>, named: Named, Body(body): Body) -> Result<Response, Problem> {
    let mut fields = Fields::of_body(&body)?;
    let metadata = fields.object("metadata");
    fields.finish()?;
    change(&shared, &named, |invoice| invoice.metadata = metadata.unwrap_or_else(|| invoice.metadata.clone()))
}

async fn archive(State(shared): State<Shared>, named: Named) -> Result<StatusCode, Problem> {
    change(&shared, &named, |invoice| invoice.is_archived = true).map(|_| StatusCode::OK)
}

async fn unarchive(State(shared): State<Shared>, named: Named) -> Result<Response, Problem> {
    let is_archived = shared.lock().invoice(named.get("invoice")).is_none_or(|invoice| invoice.is_archived);
    if !is_archived {
        return Err(Problem::Rule(400, "already-unarchived", "Invoice is already unarchived".to_owned()));
    }
    change(&shared, &named, |invoice| invoice.is_archived = false)
}

async fn mark(State(shared): State<Shared>, named: Named, Body(body): Body) -> Result<Response, Problem> {
    let mut fields = Fields::of_body(&body)?;
    let status = fields.text("status").as_deref().and_then(Status::from_filter);
    fields.finish()?;
    let mut is_marked = false;
    let found = shared.lock().change(named.get("invoice"), |invoice, now| {
        let event = status.and_then(|status| invoice.mark(status, now));
        is_marked = event.is_some();
        event.into_iter().collect()
    });
    if !found {
        return Err(named.missing(Problem::InvoiceNotFound));
    }
    if !is_marked {
        let message = "Status can only be marked to invalid or settled within certain conditions.";
        return Err(Problem::invalid("Status", message));
    }
    change(&shared, &named, |_| ())
}

/// Changes an invoice without an event, and answers it.
fn change(shared: &Shared, named: &Named, change: impl FnOnce(&mut Invoice)) -> Result<Response, Problem> {
    let mut world = shared.lock();
    let id = named.get("invoice");
    world.change(id, |invoice, _| {
        change(invoice);
        Vec::new()
    });
    let invoice = world.invoice(id).ok_or_else(|| named.missing(Problem::InvoiceNotFound))?;
    Ok(shown(shared, invoice).into_response())
}

fn shown(shared: &Shared, invoice: &Invoice) -> Json<serde_json::Value> {
    Json(wire::invoice(invoice, &shared.url, &shared.store))
}

/// Waits until the receiver answered the first webhook of an invoice.
async fn wait_for_webhook(shared: &Shared, invoice: &str) {
    for _ in 0..PATIENCE {
        let is_delivered = {
            let world = shared.lock();
            let about = world.invoice(invoice).and_then(Invoice::order_id).unwrap_or_else(|| invoice.to_owned());
            let mut messages = world.deliveries.all().iter();
            messages.any(|message| message.about == about && !message.deliveries.is_empty())
        };
        if is_delivered {
            return;
        }
        crate::webhooks::tick().await;
    }
}
