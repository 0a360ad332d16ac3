//! A device with a browser: it makes passkeys and signs with them, by an implementation that shares nothing with the
//! server's (the crate `passkey`).
//!
//! Standard input has a [`Request`], standard output gets an [`Answer`]. Nothing is kept: a device is part of both.

mod key;

use async_trait::async_trait;
use key::Key;
use passkey::{
    authenticator::{
        Authenticator, CredentialStore, DiscoverabilitySupport, StoreInfo, UiHint, UserCheck, UserValidationMethod,
    },
    client::{Client, DefaultClientData},
    crypto::AvailableBackend,
    types::{
        Passkey,
        ctap2::{
            Aaguid, Ctap2Error, StatusCode,
            make_credential::{Options, PublicKeyCredentialRpEntity, PublicKeyCredentialUserEntity},
        },
        webauthn::PublicKeyCredentialDescriptor,
    },
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::{error::Error, io::stdin};
use url::Url;

/// What the device is asked for, on a page of this origin.
#[derive(Deserialize)]
struct Request {
    operation: Operation,
    origin: Url,
    /// The options, as `navigator.credentials` takes them from JSON.
    options: Value,
    device: Device,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Operation {
    /// A new passkey.
    Create,
    /// A signature.
    Get,
}

#[derive(Deserialize)]
struct Device {
    keys: Vec<Key>,
    /// Whether new passkeys count their uses.
    counts: bool,
    /// Whether it checks its person.
    checks: bool,
}

/// What the browser returns, and the passkeys of the device afterwards.
#[derive(Serialize)]
struct Answer {
    /// The credential as its `toJSON()` returns it; null if the device refuses.
    credential: Option<Value>,
    keys: Vec<Key>,
}

/// The passkeys of a device.
#[derive(Clone)]
struct Keys(Vec<Passkey>);

/// The answer of the device's person.
struct Person {
    is_checked: bool,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let Request { operation, origin, options, device } = serde_json::from_reader(stdin())?;
    let keys = Keys(device.keys.into_iter().map(Passkey::try_from).collect::<Result<_, _>>()?);
    let person = Person { is_checked: device.checks };
    let mut authenticator = Authenticator::new(Aaguid::new_empty(), keys, person, AvailableBackend);
    authenticator.set_make_credentials_with_signature_counter(device.counts);
    let mut client = Client::new(authenticator).allows_insecure_localhost(true);
    let options = json!({ "publicKey": options });
    let credential = match operation {
        Operation::Create => {
            let made = client.register(&origin, serde_json::from_value(options)?, DefaultClientData).await;
            made.ok().map(serde_json::to_value).transpose()?
        }
        Operation::Get => {
            let signed = client.authenticate(&origin, serde_json::from_value(options)?, DefaultClientData).await;
            signed.ok().map(serde_json::to_value).transpose()?
        }
    };
    let keys = client.authenticator().store().0.clone();
    let keys = keys.into_iter().map(Key::try_from).collect::<Result<_, _>>()?;
    println!("{}", serde_json::to_string(&Answer { credential, keys })?);
    Ok(())
}

#[async_trait]
impl UserValidationMethod for Person {
    type PasskeyItem = Passkey;

    async fn check_user<'a>(&self, hint: UiHint<'a, Passkey>, _: bool, _: bool) -> Result<UserCheck, Ctap2Error> {
        match hint {
            // The device has a passkey of the account.
            UiHint::InformExcludedCredentialFound(_) => Err(Ctap2Error::CredentialExcluded),
            _ => Ok(UserCheck { presence: true, verification: self.is_checked }),
        }
    }

    fn is_presence_enabled(&self) -> bool {
        true
    }

    fn is_verification_enabled(&self) -> Option<bool> {
        Some(self.is_checked)
    }
}

#[async_trait]
impl CredentialStore for Keys {
    type PasskeyItem = Passkey;

    async fn find_credentials(
        &self,
        ids: Option<&[PublicKeyCredentialDescriptor]>,
        rp_id: &str,
        _: Option<&[u8]>,
    ) -> Result<Vec<Passkey>, StatusCode> {
        let is_wanted = |key: &&Passkey| {
            key.rp_id == rp_id && ids.is_none_or(|ids| ids.iter().any(|id| *id.id == *key.credential_id))
        };
        Ok(self.0.iter().rev().filter(is_wanted).cloned().collect())
    }

    async fn save_credential(
        &mut self,
        key: Passkey,
        _: PublicKeyCredentialUserEntity,
        _: PublicKeyCredentialRpEntity,
        _: Options,
    ) -> Result<(), StatusCode> {
        self.0.push(key);
        Ok(())
    }

    async fn update_credential(&mut self, changed: &Passkey) -> Result<(), StatusCode> {
        for key in self.0.iter_mut().filter(|key| key.credential_id == changed.credential_id) {
            *key = changed.clone();
        }
        Ok(())
    }

    async fn get_info(&self) -> StoreInfo {
        StoreInfo { discoverability: DiscoverabilitySupport::Full }
    }
}
