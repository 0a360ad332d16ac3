//! `POST /api/v1/payments/{reference}/refund-address` - sends a letter that confirms where the coins of a payment go.

use crate::{
    access::ConfirmAddress,
    codes::{
        CreditsSpent, PaymentDisputed, PaymentNotPaid, PaymentRefunded, RefundAddressNotNeeded, RefundTooLate,
        RefundTooSmall, TooManyRefunds,
    },
    problems,
};
use accounts::letters::{self, LetterOrder};
use api::{
    Caller, Json, Owned, Parse, Problem,
    axum::{extract::State, response::IntoResponse},
    codes::{MoneyOwed, TooManyAttempts},
};
use domain::{
    Timestamp,
    payment::{CoinAddress, PaymentReference, REFUND_ADDRESS_LIFETIME},
};
use http::StatusCode;
use runtime::Context;
use serde::Serialize;
use utoipa::ToSchema;

/// An address for coins.
#[derive(Parse, ToSchema)]
#[parse(problems(
    RefundAddressNotNeeded,
    PaymentNotPaid,
    PaymentDisputed,
    MoneyOwed,
    RefundTooLate,
    PaymentRefunded,
    TooManyRefunds,
    CreditsSpent,
    RefundTooSmall,
    TooManyAttempts
))]
pub struct AddressToConfirm {
    /// Address of your own wallet, on the network that `refund.address_on` of the payment names.
    #[schema(max_length = 90, examples("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"))]
    pub address: String,
}

/// The letter that was ordered.
#[derive(Serialize, ToSchema)]
pub struct OrderedLetterView {
    /// The address, in the form in which it is used.
    address: CoinAddress,
    /// Until when the token of the letter can be used.
    until: Timestamp,
}

/// Confirm an address for coins
///
/// Sends a letter with a token to the email address of the account. A refund of the payment needs it as `address_token`.
/// The address is checked by the rules of its network; an address of Lightning can't be used. Nothing is stored, and no
/// credits move. At most five letters are sent in an hour.
#[utoipa::path(
    post, path = "/api/v1/payments/{reference}/refund-address", operation_id = "confirm_refund_address", tag = "payments",
    params(("reference" = PaymentReference, Path)), request_body = AddressToConfirm,
    responses((status = 202, description = "The letter is on its way.", body = OrderedLetterView)),
)]
pub async fn confirm(
    State(context): State<Context>,
    Caller { beside: Owned(payment), .. }: Caller<ConfirmAddress>,
    Json(AddressToConfirm { address }): Json<AddressToConfirm>,
) -> Result<impl IntoResponse, Problem> {
    let now = context.now();
    let address = billing::refund_address(&context, &payment, &address).await;
    let address = address.map_err(|reason| problems::of_address(reason, now))?;
    let letter = LetterOrder::ConfirmRefundAddress { reference: payment.reference, address: address.clone() };
    letters::order(&context, &letter).await.map_err(Problem::unavailable)?;
    let view = OrderedLetterView { address, until: now.plus(REFUND_ADDRESS_LIFETIME) };
    Ok((StatusCode::ACCEPTED, api::axum::Json(view)))
}
