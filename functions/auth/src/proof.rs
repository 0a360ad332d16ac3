//! The proof that the owner of the account sends a request.

use crate::codes::{CodeRequired, TooManyAttempts, WrongCode, WrongPassword};
use api::{Parse, codes::SignInAgain};
use domain::{
    access::Principal,
    account::{FactorCode, Password},
};
use utoipa::ToSchema;

/// The proof that the owner of the account asks.
#[derive(Parse, ToSchema)]
#[parse(problems(WrongPassword, SignInAgain, CodeRequired, WrongCode, TooManyAttempts))]
pub struct OwnerProof {
    /// Current password. Required if the account has one; otherwise sign in again at most ten minutes before.
    #[schema(value_type = Option<String>, format = "password", required = false)]
    pub password: Option<Password>,
    /// Code of the app, or a backup code. Required if the account has a second factor.
    #[schema(value_type = Option<String>, required = false, example = "287082")]
    pub code: Option<FactorCode>,
}

impl OwnerProof {
    /// The proof, with the session that sends it.
    pub(crate) fn of(self, principal: &Principal) -> accounts::OwnerProof {
        owner_proof(principal, self.password, self.code)
    }
}

/// A proof whose parts are fields of a larger request.
pub(crate) fn owner_proof(
    principal: &Principal,
    password: Option<Password>,
    code: Option<FactorCode>,
) -> accounts::OwnerProof {
    accounts::OwnerProof { session: principal.via.session().cloned(), password, code }
}
