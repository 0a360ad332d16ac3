//! `POST /api/v1/verifications` - buy a number and wait for its code.

use crate::{
    access::Buy,
    purchase::{self, Opened},
    view::VerificationView,
};
use api::{
    Caller, Deadline, Idempotent, Labels, Parse, Problem,
    axum::{Json, extract::State, response::IntoResponse},
};
use axum::response::Response;
use domain::{CountryCode, Credits, OperatorName, ServiceName, pricing::Capability};
use runtime::Context;
use serde::Serialize;
use store::Operation;
use utoipa::ToSchema;

/// A verification to buy.
#[derive(Debug, Parse, Serialize, ToSchema)]
#[schema(example = json!({"service_name": "whatsapp", "country_code": "GH", "capability": "sms", "max_price": "0.80", "tags": {"project": "crm"}}))]
pub struct NewVerification {
    /// The service whose code is wanted (`GET /api/v1/services`).
    pub service_name: ServiceName,
    /// The number's country.
    pub country_code: CountryCode,
    /// How the code comes.
    #[schema(required = false)]
    #[parse(default)]
    pub capability: Capability,
    /// A certain operator; any without it.
    #[schema(required = false)]
    pub operator: Option<OperatorName>,
    /// The highest price accepted, in credits; the quoted price without it.
    #[schema(required = false, value_type = Option<String>, pattern = r"^[0-9]{1,6}(\.[0-9]{1,4})?$", examples("0.80"))]
    pub max_price: Option<Credits>,
    /// Your own labels: up to ten names with texts.
    #[schema(required = false, schema_with = api::labels_schema)]
    #[parse(default)]
    pub tags: Labels,
}

/// Buy a number
///
/// Holds the price and buys a number. 201: the number is ready and waits for its code. 202: whether there is a number is not
/// settled yet; the order settles by itself, within two minutes if the supplier can be asked. Without a code the price comes back
/// by itself.
#[utoipa::path(
    post, path = "/api/v1/verifications", operation_id = "create_verification", tag = "verifications",
    params(("Idempotency-Key" = String, Header, description = "A unique text for this purchase; repeat it to repeat safely.")),
    request_body = NewVerification,
    responses(
        (status = 201, description = "The number is ready.", body = VerificationView,
            headers(("Location" = String, description = "Where the order is; not with a replay."))),
        (status = 202, description = "Whether there is a number is not settled yet; look at the order again.", body = VerificationView,
            headers(("Location" = String, description = "Where the order is; not with a replay."))),
    ),
)]
pub async fn create(
    State(context): State<Context>,
    caller: Caller<Buy>,
    deadline: Deadline,
    request: Idempotent<NewVerification>,
) -> Result<Response, Problem> {
    let key = request.key(&caller.principal.user, Operation::BuyVerification);
    match purchase::open(&context, caller, request.body, &key).await? {
        Opened::Replayed(order) => {
            let (status, order) = purchase::answer_again(*order)?;
            let view = Json(VerificationView::of(&order, context.now()));
            Ok((status, [("idempotent-replayed", "true")], view).into_response())
        }
        Opened::New(order) => {
            runtime::fail_point::here("after-hold");
            let (status, order) = purchase::answer(purchase::acquire(&context, *order, deadline.left()).await)?;
            let location = format!("/api/v1/verifications/{}", order.id);
            let view = Json(VerificationView::of(&order, context.now()));
            Ok((status, [(http::header::LOCATION, location)], view).into_response())
        }
    }
}
