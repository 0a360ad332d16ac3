//! `POST /api/v1/auth/second-factor` - takes the second step of a sign-in.

use crate::{
    client::Client,
    codes::{
        ChallengeOver, CodeOrCredential, CsrfHeaderRequired, PasskeyChallengeOver, PasskeyRefused, TooManyAttempts,
        WrongCode,
    },
    passkey::Credential,
    problems,
    refresh_token::RefreshTokenPlace,
    tokens::{self, TokensView},
};
use api::{
    AttemptLimit, FieldError, Json, Parse, Problem,
    axum::{extract::State, response::Response},
    codes::{AccountDisabled, Busy},
};
use domain::account::{FactorCode, OneTimeText, Realm};
use http::HeaderMap;
use runtime::Context;
use utoipa::ToSchema;

/// The second step of a sign-in: a code, or a passkey.
#[derive(Parse, ToSchema)]
#[parse(problems(
    CsrfHeaderRequired,
    ChallengeOver,
    WrongCode,
    PasskeyChallengeOver,
    PasskeyRefused,
    TooManyAttempts,
    AccountDisabled,
    Busy
))]
#[schema(example = json!({"challenge": "nso_0123456789ABCDEFGHJKMNPQRSTVWXYZ", "code": "287082"}))]
pub struct SecondStep {
    /// The `challenge` that the first step returned.
    #[schema(value_type = String)]
    pub challenge: OneTimeText,
    /// Code of the app, or a backup code.
    #[schema(value_type = Option<String>, required = false, example = "287082")]
    pub code: Option<FactorCode>,
    /// In place of a code: a credential for the options of `POST /api/v1/auth/passkey/start`, as its `toJSON()` returns
    /// it.
    #[schema(value_type = Option<Object>, required = false)]
    pub credential: Option<Credential>,
    /// For browsers: the refresh token comes in a cookie that scripts can't read. Send `X-CSRF-Protection: 1`, too.
    #[schema(value_type = Option<bool>, required = false)]
    #[parse(default)]
    pub use_cookie: bool,
}

/// Sign in with a code
///
/// Starts a session. Takes a code, or a passkey of the account. The challenge works once, for ten minutes; a wrong code
/// does not use it up. After ten wrong codes, no code is accepted for 15 minutes.
#[utoipa::path(
    post, path = "/api/v1/auth/second-factor", operation_id = "sign_in_with_code", tag = "auth",
    request_body = SecondStep,
    responses((status = 200, description = "The tokens of the session.", body = TokensView,
        headers(("Set-Cookie" = String, description = "The refresh token, with `use_cookie`.")))),
)]
pub async fn sign_in(
    State(context): State<Context>,
    _limit: AttemptLimit,
    Client(client): Client,
    headers: HeaderMap,
    Json(SecondStep { challenge, code, credential, use_cookie }): Json<SecondStep>,
) -> Result<Response, Problem> {
    let now = context.now();
    let place = RefreshTokenPlace::of(use_cookie, &headers)?;
    let issued = match (code, credential) {
        (Some(code), None) => accounts::sign_in_with_code(&context, Realm::Customer, &challenge, &code, &client).await,
        (None, Some(Credential(answer))) => {
            accounts::sign_in_with_second_passkey(&context, &challenge, &answer, &client).await
        }
        _ => return Err(Problem::fields(vec![FieldError::new("code", CodeOrCredential)])),
    };
    Ok(tokens::answer(issued.map_err(|reason| problems::of_sign_in(reason, now))?, place, now))
}
