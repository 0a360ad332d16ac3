//! `POST /api/v1/payments` - starts a payment, and answers where to pay it.

use crate::{
    access::Pay,
    codes::{GatewayUnavailable, MethodNotOffered, PaymentRefused, PaymentStarting},
    problems,
    view::PaymentView,
};
use api::{
    Caller, Idempotent, Parse, Problem, REPLAYED,
    axum::{Json, extract::State, response::IntoResponse},
    codes::LiveOnly,
    parse::{At, UnknownValue, Value},
    utoipa::{
        PartialSchema, ToSchema,
        openapi::{ObjectBuilder, RefOr, Schema, Type},
    },
};
use axum::response::Response;
use billing::{Payer, Started, TopUp};
use domain::{
    access::Mode,
    payment::{Amount, GatewayId, Method, Minor, PayCurrency, PaymentReference},
};
use http::{StatusCode, header::LOCATION};
use runtime::Context;
use serde::Serialize;
use store::Profile;

/// A payment to start.
#[derive(Debug, Parse, Serialize, ToSchema)]
#[parse(problems(MethodNotOffered, PaymentStarting, PaymentRefused, GatewayUnavailable))]
#[schema(example = json!({"amount": "50.00", "currency": "USD", "gateway": "paystack", "method": "card"}))]
pub struct NewPayment {
    /// What you pay, in `currency`.
    #[schema(value_type = String, pattern = r"^[0-9]{1,12}(\.[0-9]{1,2})?$", examples("50.00"))]
    pub amount: Minor,
    /// The currency that you pay in.
    pub currency: PayCurrency,
    /// The payment gateway (`GET /api/v1/payments/methods`). Defaults to the first that takes `method` in `currency`.
    #[schema(required = false)]
    pub gateway: Option<GatewayName>,
    /// How you pay. Defaults to the first method of `gateway`.
    #[schema(required = false)]
    pub method: Option<Method>,
}

/// The name of a gateway.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct GatewayName(GatewayId);

/// Start a payment
///
/// Answers 201 with `checkout_url`, the page of the gateway on which you pay. `credits` are fixed now. Cards and mobile
/// money must be paid exactly; coins are credited as they come. The credits are in the wallet once the gateway confirms the
/// money, usually within seconds. You may pay until `expires_at`.
#[utoipa::path(
    post, path = "/api/v1/payments", operation_id = "create_payment", tag = "payments", request_body = NewPayment,
    responses((status = 201, description = "The payment, and where to pay it.", body = PaymentView,
        headers(("Location" = String, description = "Path of the payment; absent in a replay.")))),
)]
pub async fn create(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<Pay>,
    request: Idempotent<NewPayment>,
) -> Result<Response, Problem> {
    if principal.mode == Mode::Test {
        return Err(LiveOnly.into());
    }
    let key = request.key(&principal);
    let NewPayment { amount, currency, gateway, method } = request.body;
    let top_up = TopUp { gateway: gateway.map(|name| name.0), method, amount: Amount { minor: amount, currency } };
    let profile: Option<Profile> = context.store().record(&principal.user, &()).await?;
    let email = profile.ok_or_else(|| Problem::internal("a caller without a profile"))?.email;
    let payer = Payer { user: principal.user, email };
    let started = billing::start(&context, &payer, top_up, |reference| return_url(&context, reference), &key).await;
    let Started { payment, is_replay } = started.map_err(|reason| problems::of_start(reason, currency))?;
    let header = if is_replay {
        (REPLAYED, "true".to_owned())
    } else {
        (LOCATION, format!("/api/v1/payments/{}", payment.reference))
    };
    Ok((StatusCode::CREATED, [header], Json(PaymentView::of(payment))).into_response())
}

/// The page to which the gateway sends the customer back.
fn return_url(context: &Context, reference: &PaymentReference) -> String {
    format!("{}/wallet?payment={reference}", context.config().public_url)
}

impl Parse for GatewayName {
    fn parse(value: Value, at: &mut At) -> Option<Self> {
        let text = at.text(value)?;
        let known = gateways::ids();
        let found = known.iter().find(|id| id.as_str() == text).cloned().map(Self);
        found.or_else(|| at.wrong(UnknownValue { allowed: names(&known).join(", ") }))
    }
}

fn names(ids: &[GatewayId]) -> Vec<&str> {
    ids.iter().map(GatewayId::as_str).collect()
}

impl PartialSchema for GatewayName {
    fn schema() -> RefOr<Schema> {
        let ids = gateways::ids();
        ObjectBuilder::new().schema_type(Type::String).enum_values(Some(names(&ids))).into()
    }
}

impl ToSchema for GatewayName {}
