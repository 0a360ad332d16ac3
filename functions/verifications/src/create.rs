//! `POST /api/v1/verifications` - buys a number, which then waits for its code.

use crate::{access::Buy, problems, view::VerificationView};
use api::{
    Balance, Caller, Deadline, Idempotent, Labels, Parse, Problem, REPLAYED,
    axum::{Json, extract::State, response::IntoResponse},
};
use axum::response::Response;
use domain::{CountryCode, Credits, OperatorName, ServiceName, access::Principal, order::Request, pricing::Capability};
use http::{StatusCode, header::LOCATION};
use orders::{Buyer, PurchaseOutcome, PurchaseRequest};
use runtime::Context;
use serde::Serialize;
use utoipa::ToSchema;

/// A verification to buy.
#[derive(Debug, Parse, Serialize, ToSchema)]
#[schema(example = json!({"service_name": "whatsapp", "country_code": "GH", "capability": "sms", "max_price": "0.80", "tags": {"project": "crm"}}))]
pub struct NewVerification {
    /// Service to receive a code from (`GET /api/v1/services`).
    pub service_name: ServiceName,
    /// Country of the number.
    pub country_code: CountryCode,
    /// How the code is delivered.
    #[schema(required = false, value_type = Option<Capability>)]
    #[parse(default)]
    pub capability: Capability,
    /// Operator to buy from; omit for any. It needs a plan that lets you choose (`GET /api/v1/plans`).
    #[schema(required = false)]
    pub operator: Option<OperatorName>,
    /// Highest price accepted, in credits. Defaults to the current quote.
    #[schema(required = false, value_type = Option<String>, pattern = r"^[0-9]{1,6}(\.[0-9]{1,4})?$", examples("0.80"))]
    pub max_price: Option<Credits>,
    /// Your own labels: up to ten, each a name with a string value.
    #[schema(required = false, schema_with = api::labels_schema)]
    #[parse(default)]
    pub tags: Labels,
}

/// Create a verification
///
/// Holds the price and buys a number. 201: the number is ready and waits for its code. 202: the outcome of
/// the purchase is not known yet. The order then settles by itself, within two minutes if the supplier can be
/// reached. If no message arrives, the price is refunded automatically.
///
/// With a test key, money and number are not real, and the service decides the outcome. In every country with a known
/// calling code:
///
/// | `service_name` | outcome |
/// |---|---|
/// | `sandbox_code` | The code comes after 10 seconds. Every other service does the same. |
/// | `sandbox_code_now` | The code comes within seconds. |
/// | `sandbox_two_messages` | A code comes within seconds, and another one 10 seconds later. |
/// | `sandbox_no_code` | A message without a code comes within seconds. It completes the order. |
/// | `sandbox_never` | No message comes. After 30 seconds: `refunded`, reason `timeout`. |
/// | `sandbox_silent` | No message comes for 15 minutes. Report the number, or cancel from 5 seconds on. |
/// | `sandbox_supplier_closed` | After 5 seconds the provider bans the number: `refunded`, reason `supplier`. |
/// | `sandbox_unknown` | The answer is 202. The number follows after about 30 seconds, and its code at once. |
/// | `sandbox_no_numbers` | 409 `no_numbers`. |
/// | `sandbox_price_rose` | 409 `no_numbers`, reason `price_rose`. |
/// | `sandbox_dear` | Ten times the usual price: 409 `price_above_max` if `max_price` is below it. |
/// | `sandbox_unaffordable` | The price is above all play money: 402 `insufficient_funds`. |
#[utoipa::path(
    post, path = "/api/v1/verifications", operation_id = "create_verification", tag = "verifications",
    request_body = NewVerification,
    responses(
        (status = 201, description = "The number is ready.", body = VerificationView,
            headers(("Location" = String, description = "Path of the order; absent in a replay."))),
        (status = 202, description = "The outcome is not known yet; read the order again.", body = VerificationView,
            headers(("Location" = String, description = "Path of the order; absent in a replay."))),
    ),
)]
pub async fn create(
    State(context): State<Context>,
    caller: Caller<Buy>,
    deadline: Deadline,
    request: Idempotent<NewVerification>,
) -> Result<Response, Problem> {
    let key = request.key(&caller.principal);
    let Caller { principal: Principal { user, plan, trust, metering, mode, via, .. }, beside: Balance(wallet), .. } =
        caller;
    let buyer = Buyer { user, plan, trust, metering, wallet: Some(wallet), mode, key: via.key().cloned() };
    let bought = orders::buy(&context, buyer, request.body.into(), &key, || deadline.left()).await;
    let purchase = bought.map_err(problems::of_purchase)?;
    let status = match purchase.outcome {
        PurchaseOutcome::Bought => StatusCode::CREATED,
        PurchaseOutcome::Open => StatusCode::ACCEPTED,
    };
    let view = VerificationView::of(&purchase.order, context.now());
    let header = if purchase.is_replay {
        (REPLAYED, "true".to_owned())
    } else {
        (LOCATION, format!("/api/v1/verifications/{}", purchase.order.id))
    };
    Ok((status, [header], Json(view)).into_response())
}

impl From<NewVerification> for PurchaseRequest {
    fn from(new: NewVerification) -> Self {
        Self {
            request: Request {
                service: new.service_name,
                country: new.country_code,
                capability: new.capability,
                operator: new.operator,
                tags: new.tags,
            },
            max_price: new.max_price,
        }
    }
}
