//! Customers are made and listed. Transactions make them by themselves.

use super::{
    answer::{Refusal, list, ok},
    customer::is_email,
    fields::Fields,
    listing::{Asked, Listing},
    wire::with,
    world::Shared,
};
use axum::{
    Router,
    extract::{Query, State},
    response::Response,
    routing::get,
};
use serde_json::json;

pub fn routes() -> Router<Shared> {
    Router::new().route("/customer", get(all).post(create)).route("/customer/", get(all).post(create))
}

/// A customer whose e-mail address is known is answered as it is.
async fn create(State(shared): State<Shared>, fields: Fields) -> Result<Response, Refusal> {
    let email = fields.text("email")?.ok_or(Refusal::Missing("Email Address"))?;
    if !is_email(&email) {
        return Err(Refusal::InvalidEmail);
    }
    let names = [fields.text("first_name")?, fields.text("last_name")?, fields.text("phone")?];
    let mut world = shared.current();
    let (id, domain) = (world.customer_of(&email), world.domain());
    let customer = world.customers.get_mut(&id).ok_or(Refusal::NotFound)?;
    let [first_name, last_name, phone] = names;
    customer.first_name = customer.first_name.take().or(first_name);
    customer.last_name = customer.last_name.take().or(last_name);
    customer.phone = customer.phone.take().or(phone);
    let lists = json!({ "transactions": [], "subscriptions": [], "authorizations": [] });
    Ok(ok("Customer created", &with(customer.full_json(domain), lists)))
}

async fn all(State(shared): State<Shared>, Query(asked): Asked) -> Result<Response, Refusal> {
    let listing = Listing::read(&asked)?;
    let world = shared.current();
    let all = world.customers.values().filter(|customer| listing.includes(customer.created_ms));
    let (page, meta) = listing.page(all.collect());
    let page: Vec<_> = page.into_iter().map(|customer| customer.full_json(world.domain())).collect();
    Ok(list("Customers retrieved", &page, &meta))
}
