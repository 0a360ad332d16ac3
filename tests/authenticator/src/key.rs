//! A passkey with its private key, as JSON.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use coset::{CborSerializable, CoseKey};
use passkey::types::Passkey;
use passkey_types::Bytes;
use serde::{Deserialize, Serialize};
use std::error::Error;

/// A passkey. Bytes are in base64, without padding.
#[derive(Serialize, Deserialize)]
pub(crate) struct Key {
    credential_id: String,
    rp_id: String,
    user_handle: Option<String>,
    /// The private key, a COSE key.
    secret: String,
    /// The number of its uses; null if it does not count.
    counter: Option<u32>,
}

impl TryFrom<Key> for Passkey {
    type Error = Box<dyn Error>;

    fn try_from(key: Key) -> Result<Self, Box<dyn Error>> {
        let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).map(Bytes::from);
        Ok(Self {
            key: CoseKey::from_slice(&URL_SAFE_NO_PAD.decode(&key.secret)?).map_err(|error| error.to_string())?,
            credential_id: bytes(&key.credential_id)?,
            rp_id: key.rp_id,
            user_handle: key.user_handle.as_deref().map(bytes).transpose()?,
            username: None,
            user_display_name: None,
            counter: key.counter,
            extensions: Default::default(),
        })
    }
}

impl TryFrom<Passkey> for Key {
    type Error = Box<dyn Error>;

    fn try_from(passkey: Passkey) -> Result<Self, Box<dyn Error>> {
        let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let secret = passkey.key.to_vec().map_err(|error| error.to_string())?;
        Ok(Self {
            credential_id: text(&passkey.credential_id),
            rp_id: passkey.rp_id,
            user_handle: passkey.user_handle.as_deref().map(|handle| text(handle)),
            secret: text(&secret),
            counter: passkey.counter,
        })
    }
}
