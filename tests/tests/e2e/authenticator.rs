//! A person's device with a browser: it makes passkeys and signs with them, by an implementation that shares nothing with
//! the server's. What a correct device never does is forged from parts.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
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
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use url::Url;

/// The passkeys of a device.
#[derive(Clone, Default)]
pub struct Keys(pub Vec<Passkey>);

/// A device.
#[derive(Clone)]
pub struct Device {
    pub keys: Keys,
    /// Whether new passkeys count their uses.
    pub counts: bool,
    /// Whether it checks its person.
    pub checks: bool,
}

impl Default for Device {
    fn default() -> Self {
        Self { keys: Keys::default(), counts: false, checks: true }
    }
}

/// The answer of the device's person.
struct Person {
    is_checked: bool,
}

#[async_trait::async_trait]
impl UserValidationMethod for Person {
    type PasskeyItem = Passkey;

    async fn check_user<'a>(&self, _: UiHint<'a, Passkey>, _: bool, _: bool) -> Result<UserCheck, Ctap2Error> {
        Ok(UserCheck { presence: true, verification: self.is_checked })
    }

    fn is_presence_enabled(&self) -> bool {
        true
    }

    fn is_verification_enabled(&self) -> Option<bool> {
        Some(self.is_checked)
    }
}

#[async_trait::async_trait]
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

impl Device {
    fn authenticator(&self) -> Authenticator<Keys, Person, AvailableBackend> {
        let person = Person { is_checked: self.checks };
        let mut authenticator = Authenticator::new(Aaguid::new_empty(), self.keys.clone(), person, AvailableBackend);
        authenticator.set_make_credentials_with_signature_counter(self.counts);
        authenticator
    }

    /// Makes a passkey for these options on a page of this origin. `None` if the device refuses.
    pub async fn create(&mut self, origin: &str, options: &Value) -> Option<Value> {
        let request = serde_json::from_value(json!({ "publicKey": options })).expect("creation options");
        let mut client = Client::new(self.authenticator()).allows_insecure_localhost(true);
        let made = client.register(&Url::parse(origin).unwrap(), request, DefaultClientData).await.ok()?;
        self.keys = client.authenticator().store().clone();
        Some(serde_json::to_value(made).unwrap())
    }

    /// Signs for these options on a page of this origin.
    pub async fn get(&mut self, origin: &str, options: &Value) -> Value {
        let request = serde_json::from_value(json!({ "publicKey": options })).expect("request options");
        let mut client = Client::new(self.authenticator()).allows_insecure_localhost(true);
        let signed = client.authenticate(&Url::parse(origin).unwrap(), request, DefaultClientData).await;
        self.keys = client.authenticator().store().clone();
        serde_json::to_value(signed.expect("a signature")).unwrap()
    }
}

/// The points with which two curves are defined are public keys, too.
const P256: [&str; 2] = [
    "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296",
    "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
];
const P384: [&str; 2] = [
    "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a385502f25dbf55296c3a545e3872760ab7",
    "3617de4a96262c6f5d9e98bf9292dc29f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f",
];

/// A new passkey as a browser sends it, made from parts: nothing in it is signed.
pub struct Forged<'a> {
    pub origin: &'a str,
    pub rp_id: &'a str,
    pub credential: &'a [u8],
    pub is_checked: bool,
    pub is_p384: bool,
}

impl Forged<'_> {
    pub fn answer(&self, challenge: &str) -> Value {
        let data = json!({ "type": "webauthn.create", "challenge": challenge, "origin": self.origin }).to_string();
        let id = URL_SAFE_NO_PAD.encode(self.credential);
        let object = [b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".as_slice(), &self.data()].concat();
        json!({
            "id": id,
            "rawId": id,
            "type": "public-key",
            "response": {
                "clientDataJSON": URL_SAFE_NO_PAD.encode(data),
                "attestationObject": URL_SAFE_NO_PAD.encode(object),
                "transports": ["internal"],
            },
            "clientExtensionResults": {},
        })
    }

    /// The length and the bytes of what a device says about a passkey.
    fn data(&self) -> Vec<u8> {
        let [x, y] = if self.is_p384 { P384 } else { P256 }.map(|hex| {
            (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect::<Vec<_>>()
        });
        // Kind, algorithm and curve of the key.
        let kind: &[u8] = if self.is_p384 {
            b"\xa5\x01\x02\x03\x38\x22\x20\x02\x21\x58\x30"
        } else {
            b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20"
        };
        let key = [kind, &x, b"\x22\x58", &[u8::try_from(y.len()).unwrap()], &y].concat();
        // Present, checked, with a key; no counter.
        let flags = 0x41 | if self.is_checked { 0x04 } else { 0 };
        let length = u16::try_from(self.credential.len()).unwrap().to_be_bytes();
        let host = Sha256::digest(self.rp_id);
        let data = [host.as_slice(), &[flags], &[0; 4], &[0; 16], &length, self.credential, &key].concat();
        [&[u8::try_from(data.len()).unwrap()], data.as_slice()].concat()
    }
}
