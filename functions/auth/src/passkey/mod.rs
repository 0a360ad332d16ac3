//! Passkeys: what a person does with them in the account, and sign-ins.
//!
//! Options and answers have the JSON form of WebAuthn, Level 3: a page gives the options to
//! `PublicKeyCredential.parseCreationOptionsFromJSON` or `parseRequestOptionsFromJSON`, and sends the credential's
//! `toJSON()`.

pub mod add_finish;
pub mod add_start;
pub mod list;
mod own;
pub mod remove;
pub mod sign_in_finish;
pub mod sign_in_start;

pub use own::OwnPasskey;

use accounts::Options;
use api::{
    Parse,
    parse::{At, Value},
};
use domain::{
    PasskeyId, Timestamp,
    account::{Backup, Passkey},
};
use serde::Serialize;
use utoipa::ToSchema;

/// A credential as its `toJSON()` returns it.
#[derive(Debug)]
pub struct Credential(pub(crate) String);

impl Parse for Credential {
    fn parse(value: Value, at: &mut At) -> Option<Self> {
        // Browsers may add fields to it, so only the library that verifies it reads it.
        at.object(value).map(|object| Self(Value::Object(object).to_string()))
    }
}

/// Options for a browser, as WebAuthn defines their JSON.
#[derive(Serialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = Object)]
pub struct OptionsView(Value);

impl From<Options> for OptionsView {
    fn from(Options(options): Options) -> Self {
        Self(options)
    }
}

/// A passkey of the account.
#[derive(Serialize, ToSchema)]
pub struct PasskeyView {
    /// Identifier.
    id: PasskeyId,
    /// Name.
    #[schema(examples("My phone"))]
    name: String,
    /// Whether the passkey is synced to other devices.
    backup: Backup,
    /// Time of its creation.
    created_at: Timestamp,
    /// Last sign-in with it; null if there was none.
    used_at: Option<Timestamp>,
}

impl From<Passkey> for PasskeyView {
    fn from(passkey: Passkey) -> Self {
        Self {
            id: passkey.passkey_id,
            name: passkey.name.to_string(),
            backup: passkey.state.backup,
            created_at: passkey.created_at,
            used_at: passkey.used_at,
        }
    }
}
