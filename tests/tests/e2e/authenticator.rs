//! A person's device with a browser: it makes passkeys and signs with them. It is a program of its own
//! (`tests/authenticator`), by an implementation that shares nothing with the server's. What a correct device never
//! does is forged from parts.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::{
    io::Write,
    path::PathBuf,
    process::{Command, Stdio},
};

/// A device.
#[derive(Clone, Serialize)]
pub struct Device {
    pub keys: Vec<Key>,
    /// Whether new passkeys count their uses.
    pub counts: bool,
    /// Whether it checks its person.
    pub checks: bool,
}

/// A passkey with its private key. Bytes are in base64, without padding.
#[derive(Clone, Serialize, Deserialize)]
pub struct Key {
    pub credential_id: String,
    pub rp_id: String,
    user_handle: Option<String>,
    secret: String,
    counter: Option<u32>,
}

/// What the browser returns, and the passkeys of the device afterwards.
#[derive(Deserialize)]
struct Returned {
    credential: Option<Value>,
    keys: Vec<Key>,
}

impl Default for Device {
    fn default() -> Self {
        Self { keys: Vec::new(), counts: false, checks: true }
    }
}

impl Device {
    /// Makes a passkey for these options on a page of this origin. `None` if the device refuses.
    pub async fn create(&mut self, origin: &str, options: &Value) -> Option<Value> {
        self.asked("create", origin, options).await
    }

    /// Signs for these options on a page of this origin.
    pub async fn get(&mut self, origin: &str, options: &Value) -> Value {
        self.asked("get", origin, options).await.expect("a signature")
    }

    async fn asked(&mut self, operation: &str, origin: &str, options: &Value) -> Option<Value> {
        let request = json!({ "operation": operation, "origin": origin, "options": options, "device": self });
        let answer = tokio::task::spawn_blocking(move || run(&request)).await.unwrap();
        let Returned { credential, keys } = serde_json::from_slice(&answer).expect("an answer of the authenticator");
        self.keys = keys;
        credential
    }
}

/// Runs the program with this request.
fn run(request: &Value) -> Vec<u8> {
    let mut program = Command::new(program()).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("a device");
    program.stdin.take().unwrap().write_all(request.to_string().as_bytes()).unwrap();
    program.wait_with_output().unwrap().stdout
}

/// The program is built next to the functions, this test in a folder below.
fn program() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    test.parent().and_then(|folder| folder.parent()).unwrap().join("authenticator")
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
