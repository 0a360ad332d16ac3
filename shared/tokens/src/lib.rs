//! Access tokens: JSON web tokens of sessions, signed with Ed25519.
//!
//! Functions verify them with public keys ([`domain::access::PublicKeys`]); only those that make sessions have the
//! private key ([`SigningKey`]). A token names its session and the version of its account's tokens. Who verifies it
//! reads both, so a ban, a sign-out or a new password ends a token before its time does.

mod access_token;
mod claims;
mod keys;

pub use access_token::{AccessToken, NotAToken, NotValid};
pub use claims::{AUDIENCE, Claims};
pub use keys::{SigningKey, Unusable};
