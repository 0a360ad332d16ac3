//! `POST /v1/checkout/sessions`, and the end of a session by its merchant.

use super::{
    expand::Expansion,
    form::Form,
    id,
    new_session::NewSession,
    read,
    refusal::Refusal,
    resource::Resource,
    session::{Session, Status},
    version::Version,
    world::Shared,
};
use axum::{
    Extension, Router,
    extract::{Path, State},
    response::Response,
    routing::post,
};
use http::StatusCode;

pub fn routes() -> Router<Shared> {
    Router::new().route(Session::PATH, post(create)).route(&format!("{}/{{id}}/expire", Session::PATH), post(expire))
}

async fn create(
    State(shared): State<Shared>,
    Extension(version): Extension<Version>,
    Extension(mut form): Extension<Form>,
) -> Result<Response, Refusal> {
    let expansion = Expansion::read(&mut form, Session::OBJECT, false)?;
    let mut world = shared.lock();
    let now = world.now();
    let order = NewSession::read(&mut form, &version, now)?;
    form.finish()?;
    if let Some(customer) = order.customer.as_deref().filter(|customer| world.customers.get(customer).is_none()) {
        return Err(Refusal::missing("customer", customer, "customer").status(StatusCode::BAD_REQUEST));
    }
    let id = id::random("cs_test_a1", 56);
    let session = world.sessions.add(Session {
        page: format!("{}/c/pay/{id}", shared.base),
        id,
        created: now,
        amount: order.amount(),
        currency: order.currency,
        status: Status::Open,
        is_paid: false,
        customer: order.customer.clone(),
        email: order.email.clone(),
        intent: None,
        order,
    });
    read::answer::<Session>(&world, &session, &expansion)
}

async fn expire(
    State(shared): State<Shared>,
    Path(id): Path<String>,
    Extension(mut form): Extension<Form>,
) -> Result<Response, Refusal> {
    let expansion = Expansion::read(&mut form, Session::OBJECT, false)?;
    form.finish()?;
    let mut world = shared.lock();
    let now = world.now();
    let session = world.sessions.get(&id).ok_or_else(|| Refusal::missing(Session::NAME, &id, Session::PARAM))?;
    if session.status != Status::Open {
        let message = format!(
            "Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session has a status of \
             {}.",
            session.status.name()
        );
        return Err(Refusal::invalid(message).begun());
    }
    world.expire(&id, now);
    read::answer::<Session>(&world, &id, &expansion)
}
