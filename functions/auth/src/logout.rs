//! `POST /api/v1/auth/logout` - ends the session.

use crate::{
    access::EndSessions,
    client::Client,
    codes::CsrfHeaderRequired,
    refresh_token::{Given, remove_cookie},
};
use api::{
    Caller, Describe, Description, Json, Parse, Problem, Visitor,
    axum::{
        extract::{FromRequestParts, State},
        response::{AppendHeaders, IntoResponse},
    },
    codes::{MissingScope, RateLimited},
};
use domain::{
    access::{Principal, Via},
    account::{Realm, RefreshText},
};
use http::{HeaderMap, StatusCode, header::SET_COOKIE, request::Parts};
use runtime::Context;
use std::convert::Infallible;
use utoipa::ToSchema;

/// A sign-out.
#[derive(Parse, ToSchema)]
#[parse(problems(CsrfHeaderRequired))]
pub struct Leaving {
    /// Refresh token of the session; omit it if it is in the cookie, or if you send the access token.
    #[schema(required = false, value_type = Option<String>)]
    pub refresh_token: Option<RefreshText>,
}

/// The caller, if the access token is still valid; otherwise why not, which matters only without a refresh token.
pub struct Leaver(Result<Principal, Problem>);

impl FromRequestParts<Context> for Leaver {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, context: &Context) -> Result<Self, Infallible> {
        let caller = Caller::<EndSessions>::from_request_parts(parts, context).await;
        Ok(Self(caller.map(|caller| caller.principal)))
    }
}

impl Describe for Leaver {
    fn describe(description: &mut Description) {
        Visitor::describe(description);
        description.may_refuse([MissingScope::CODE]);
    }
}

/// Sign out
///
/// Ends the session of the refresh token, in the body or in the cookie, or that of the access token. The session ends
/// at once, and the cookie is removed. With the token in the cookie, send the header `X-CSRF-Protection: 1`. A session
/// that has ended gets the same answer.
#[utoipa::path(
    post, path = "/api/v1/auth/logout", operation_id = "logout", tag = "auth", request_body = Leaving,
    responses((status = 204, description = "The session has ended.")),
)]
pub async fn logout(
    State(context): State<Context>,
    Leaver(caller): Leaver,
    Client(client): Client,
    headers: HeaderMap,
    Json(Leaving { refresh_token }): Json<Leaving>,
) -> Result<impl IntoResponse, Problem> {
    let caller = match caller {
        // Guesses of tokens are limited, too.
        Err(problem) if problem.code() == RateLimited::CODE => return Err(problem),
        caller => caller,
    };
    match (Given::of(Realm::Customer, refresh_token, &headers), caller) {
        (Ok(given), _) => accounts::sign_out(&context, &given.token, &client).await?,
        (Err(_), Ok(Principal { user, via: Via::Session(session), .. })) => {
            accounts::end_session(&context, &user, &session, &client).await?;
        }
        // A key has no session to end.
        (Err(_), Ok(_)) => {}
        (Err(no_token), Err(no_caller)) => {
            let without_header = no_token.code() == CsrfHeaderRequired::CODE;
            return Err(if without_header { no_token } else { no_caller });
        }
    }
    Ok((StatusCode::NO_CONTENT, AppendHeaders([(SET_COOKIE, remove_cookie(Realm::Customer))])))
}
