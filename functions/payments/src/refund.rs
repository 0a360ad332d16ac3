//! `POST /api/v1/payments/{reference}/refund` - asks for a refund of a payment.

use crate::{
    access::AskRefund,
    codes::{
        CreditsSpent, PaymentDisputed, PaymentNotPaid, PaymentRefunded, RefundAddressNeeded, RefundAddressNotConfirmed,
        RefundTooLarge, RefundTooLate, RefundTooSmall, TooManyRefunds,
    },
    problems,
    refund_view::RefundView,
    view::PaymentView,
};
use api::{
    Caller, Idempotent, Owned, Parse, Problem, REPLAYED,
    axum::{Json, extract::State, response::IntoResponse},
    codes::MoneyOwed,
};
use axum::response::Response;
use billing::{Asked, RefundRequest};
use domain::{
    Actor, Credits,
    access::SecretHash,
    account::OneTimeText,
    payment::{PaymentReference, RefundReason},
};
use http::{StatusCode, header::LOCATION};
use runtime::Context;
use serde::{Serialize, Serializer};
use utoipa::ToSchema;

/// A refund to ask for.
#[derive(Debug, Parse, Serialize, ToSchema)]
#[parse(problems(
    PaymentNotPaid,
    RefundAddressNeeded,
    RefundAddressNotConfirmed,
    PaymentDisputed,
    MoneyOwed,
    RefundTooLate,
    PaymentRefunded,
    TooManyRefunds,
    CreditsSpent,
    RefundTooSmall,
    RefundTooLarge
))]
#[schema(example = json!({"credits": "12.5000", "reason": "topped up twice"}))]
pub struct NewRefund {
    /// Credits to refund. Left out, all that can be refunded.
    #[schema(required = false)]
    pub credits: Option<Credits>,
    /// For coins: the token of the letter that confirmed where they go (`POST /payments/{reference}/refund-address`).
    #[schema(required = false, value_type = Option<String>)]
    #[serde(serialize_with = "hashed")]
    pub address_token: Option<OneTimeText>,
    /// Why, for the person who approves: one line. It is deleted when the refund ends.
    #[schema(required = false, value_type = Option<String>, max_length = 200)]
    pub reason: Option<RefundReason>,
}

/// The hash of a token, so that a key that is used with another token is another request.
#[expect(clippy::ref_option, reason = "serde passes the field as it is")]
fn hashed<S: Serializer>(token: &Option<OneTimeText>, to: S) -> Result<S::Ok, S::Error> {
    token.as_ref().map(|token| SecretHash::of(token.expose())).serialize(to)
}

/// A refund that was asked for, with its payment.
#[derive(Serialize, ToSchema)]
pub struct AskedRefundView {
    refund: RefundView,
    payment: PaymentView,
}

/// Refund a payment
///
/// Pays unspent credits back to the card or wallet that paid, at the payment's own price. `refund` of the payment says
/// before what is possible. The credits leave the wallet now. They come back if the gateway fails, or if a person refuses a
/// large refund. `refunds` of the payment show how far each is; a bank takes up to ten working days.
///
/// Coins go to an address that you confirm before (`refund-address`), once a person has approved the refund. You get coins
/// for the amount at the rate of that moment, and at most as many as you paid for it.
#[utoipa::path(
    post, path = "/api/v1/payments/{reference}/refund", operation_id = "refund_payment", tag = "payments",
    params(("reference" = PaymentReference, Path)), request_body = NewRefund,
    responses((status = 201, description = "The refund, and its payment.", body = AskedRefundView,
        headers(("Location" = String, description = "Path of the payment; absent in a replay.")))),
)]
pub async fn refund(
    State(context): State<Context>,
    Caller { principal, beside: Owned(payment), .. }: Caller<AskRefund>,
    request: Idempotent<NewRefund>,
) -> Result<Response, Problem> {
    let key = request.key(&principal);
    let NewRefund { credits, address_token: address, reason } = request.body;
    let wanted = RefundRequest { credits, address, reason, actor: Actor::user(&principal.user) };
    let asked = billing::refund(&context, payment, wanted, &key).await.map_err(problems::of_refund)?;
    let Asked { payment, refund, is_replay } = asked;
    let header = if is_replay {
        (REPLAYED, "true".to_owned())
    } else {
        (LOCATION, format!("/api/v1/payments/{}", payment.reference))
    };
    let view = AskedRefundView { refund: refund.into(), payment: PaymentView::of(payment) };
    Ok((StatusCode::CREATED, [header], Json(view)).into_response())
}
