//! `DELETE /api/v1/me` - deletes the account of a person who is signed in.

use crate::{
    access::DeleteAccount,
    client::Client,
    codes::{BalanceLeft, CodeRequired, OpenOrders, TooManyAttempts, WrongCode, WrongPassword},
    problems,
    proof::owner_proof,
    refresh_token::remove_cookie,
};
use api::{
    Caller, Json, Parse, Problem,
    axum::{
        extract::State,
        response::{AppendHeaders, IntoResponse},
    },
    codes::{Busy, SignInAgain},
};
use domain::account::{FactorCode, Password, Realm};
use http::{StatusCode, header::SET_COOKIE};
use runtime::Context;
use utoipa::ToSchema;

/// A deletion.
#[derive(Parse, ToSchema)]
#[parse(problems(WrongPassword, SignInAgain, CodeRequired, WrongCode, TooManyAttempts, OpenOrders, BalanceLeft, Busy))]
pub struct DeletionRequest {
    /// Current password. Required if the account has one; otherwise sign in again at most ten minutes before.
    #[schema(value_type = Option<String>, format = "password", required = false)]
    pub password: Option<Password>,
    /// Code of the app, or a backup code. Required if the account has a second factor.
    #[schema(value_type = Option<String>, required = false, example = "287082")]
    pub code: Option<FactorCode>,
    /// Whether the rest of the balance is given up. It is gone for good.
    #[schema(value_type = Option<bool>, required = false)]
    #[parse(default)]
    pub waive_balance: bool,
}

/// Delete the account
///
/// Ends all sessions and keys at once, and deletes address, password, codes and texts of messages. What the law
/// requires us to keep (movements of money, orders without texts) stays under the account's identifier, which leads to
/// nobody. Orders must have ended, and the balance must be zero or waived. Only sessions may do it.
#[utoipa::path(
    delete, path = "/api/v1/me", operation_id = "delete_account", tag = "auth", request_body = DeletionRequest,
    responses((status = 204, description = "The account is deleted.")),
)]
pub async fn delete_account(
    State(context): State<Context>,
    Caller { principal, .. }: Caller<DeleteAccount>,
    Client(client): Client,
    Json(DeletionRequest { password, code, waive_balance }): Json<DeletionRequest>,
) -> Result<impl IntoResponse, Problem> {
    let now = context.now();
    let proof = owner_proof(&principal, password, code);
    let deleted = accounts::delete_account(&context, &principal.user, &proof, waive_balance, &client).await;
    deleted.map_err(|reason| problems::of_deletion(reason, now))?;
    Ok((StatusCode::NO_CONTENT, AppendHeaders([(SET_COOKIE, remove_cookie(Realm::Customer))])))
}
