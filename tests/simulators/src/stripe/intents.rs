//! `POST /v1/payment_intents`: payments with a saved method, without the person.

use super::{
    answer::pretty,
    charge::Progress,
    currency,
    decline::Decline,
    due::{Due, What},
    expand::Expansion,
    form::{Form, missing},
    intent::{Intent, Status},
    line,
    method::{Kind, Later, Method},
    pay::BANK_S,
    read,
    refusal::Refusal,
    resource::Resource,
    version::Version,
    world::{Shared, World},
};
use axum::{Extension, Router, extract::State, response::Response, routing::post};
use http::StatusCode;
use serde_json::json;

pub fn routes() -> Router<Shared> {
    Router::new().route(Intent::PATH, post(create))
}

async fn create(
    State(shared): State<Shared>,
    Extension(version): Extension<Version>,
    Extension(mut form): Extension<Form>,
) -> Result<Response, Refusal> {
    let expansion = Expansion::read(&mut form, Intent::OBJECT, false)?;
    let mut world = shared.lock();
    let now = world.now();
    let mut intent = read_intent(&mut form, now)?;
    read_method_types(&mut form, &version)?;
    let confirms = form.boolean("confirm")?.unwrap_or(false);
    let off_session = form.boolean("off_session")?.unwrap_or(false);
    form.boolean("error_on_requires_action")?;
    form.boolean("automatic_payment_methods[enabled]")?;
    form.choice("automatic_payment_methods[allow_redirects]", &["always", "never"])?;
    form.finish()?;
    if off_session && !confirms {
        let message = "The parameter `off_session` cannot be passed when creating a PaymentIntent unless `confirm` is \
                       set to true.";
        return Err(Refusal::parameter("off_session", message));
    }
    let method = method_of(&world, &intent)?;
    if let Some(method) = &method {
        intent.kinds = vec![method.kind];
        intent.status = Status::RequiresConfirmation;
    }
    if !confirms {
        let id = world.intents.add(intent);
        return read::answer::<Intent>(&world, &id, &expansion);
    }
    let method = method.ok_or_else(|| {
        let message = "You cannot confirm this PaymentIntent because it's missing a payment method.";
        Refusal::invalid(message).code("payment_intent_unexpected_state").begun()
    })?;
    let progress = match method.later {
        Later::Declined => Progress::Failed(Decline::Generic),
        Later::Authentication => Progress::Failed(Decline::Authentication),
        Later::Succeed if method.kind == Kind::Card => Progress::Succeeded,
        Later::Succeed => Progress::Pending,
    };
    let id = world.intents.add(intent);
    if progress == Progress::Pending {
        world.due.push(Due { at: now + BANK_S, what: What::Settle { intent: id.clone(), pays: true } });
    }
    let changes = world.attempt(&id, &method.id, progress, now);
    world.emit(&id, &changes, now);
    match progress {
        Progress::Failed(_) => Ok(declined(&world, &id)),
        _ => read::answer::<Intent>(&world, &id, &expansion),
    }
}

/// Reads an intent whose amount a card can pay.
fn read_intent(form: &mut Form, now: i64) -> Result<Intent, Refusal> {
    let amount = form.integer_from("amount", 1)?.ok_or_else(|| missing("amount"))?;
    let currency = line::read_currency(form, "currency")?;
    if amount > currency::MOST {
        let message = format!("Amount must be no more than {}", currency.shown(currency::MOST));
        return Err(Refusal::parameter("amount", message).code("amount_too_large").begun());
    }
    if let Some(must) = currency.too_small(amount) {
        let message = format!("Amount must {must}");
        return Err(Refusal::parameter("amount", message).code("amount_too_small").begun());
    }
    Ok(Intent {
        customer: form.text("customer")?,
        description: form.text("description")?,
        metadata: form.metadata("metadata")?,
        method: form.text("payment_method")?,
        ..Intent::new(amount, currency, now)
    })
}

fn read_method_types(form: &mut Form, version: &Version) -> Result<(), Refusal> {
    let types = form.list("payment_method_types")?;
    if !types.is_empty() && !version.has_payment_method_types() {
        let message = "The parameter `payment_method_types` is no longer supported.";
        let refusal = Refusal::parameter("payment_method_types", message);
        return Err(refusal.code("payment_method_types_no_longer_supported"));
    }
    match types.iter().find(|name| Kind::find(name).is_none()) {
        Some(name) => Err(Refusal::parameter("payment_method_types", format!("Invalid payment method type: {name}"))),
        None => Ok(()),
    }
}

/// The method of an intent, which must be saved for its customer.
fn method_of(world: &World, intent: &Intent) -> Result<Option<Method>, Refusal> {
    if let Some(customer) = intent.customer.as_deref().filter(|customer| world.customers.get(customer).is_none()) {
        return Err(Refusal::missing("customer", customer, "customer").status(StatusCode::BAD_REQUEST));
    }
    let Some(id) = &intent.method else { return Ok(None) };
    let missing = || Refusal::missing(Method::NAME, id, "payment_method").status(StatusCode::BAD_REQUEST);
    let method = world.methods.get(id).ok_or_else(missing)?;
    let message = match (&method.customer, &intent.customer) {
        (None, _) => {
            "The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, \
                      shared with a connected account without Customer attachment, or was detached from a Customer. It \
                      may not be used again. To use a PaymentMethod multiple times, you must attach it to a Customer \
                      first."
                .to_owned()
        }
        (Some(owner), None) => format!(
            "The PaymentMethod {id} belongs to the Customer {owner}. Please include the Customer in the `customer` \
             parameter on the PaymentIntent."
        ),
        (Some(owner), Some(customer)) if owner != customer => format!(
            "The customer does not have a payment method with the ID {id}. The payment method must be attached to the \
             customer."
        ),
        _ => return Ok(Some(method.clone())),
    };
    Err(Refusal::parameter("payment_method", message).begun())
}

/// 402, with the intent in the error.
fn declined(world: &World, id: &str) -> Response {
    let shown = world.json_of(id).unwrap_or_default();
    let mut error = shown["last_payment_error"].clone();
    error["payment_intent"] = shown;
    pretty(StatusCode::PAYMENT_REQUIRED, &json!({ "error": error }))
}
