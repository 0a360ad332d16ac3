//! The second factor: a sign-in's second step, and what a person does with it in the account.

pub mod backup_codes;
pub mod confirm;
pub mod disable;
pub mod enable;
pub mod sign_in;
pub mod state;

use domain::account::BackupCode;
use serde::Serialize;
use utoipa::ToSchema;

/// The backup codes of an account.
#[derive(Serialize, ToSchema)]
pub struct BackupCodesView {
    /// The codes, each of which works once in place of a code of the app. They are never shown again.
    #[schema(examples(json!(["ABCD-EFGH-JKMN-PQRS"])))]
    backup_codes: Vec<String>,
}

impl From<Vec<BackupCode>> for BackupCodesView {
    fn from(codes: Vec<BackupCode>) -> Self {
        Self { backup_codes: codes.iter().map(BackupCode::shown).collect() }
    }
}
