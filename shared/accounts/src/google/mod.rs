//! Sign-in with Google (OpenID Connect, authorization code with PKCE; decision 0041).
//!
//! - `flow`: what is kept between the two steps, and the way from a code to an identity.
//! - `sign_in` and `link`: what follows from an identity.
//! - `provider`: the calls of Google; `keys`: its public keys, which a process keeps; `settings`.
//! - `id_token`, `pkce`: pure rules of the protocol.

mod flow;
mod id_token;
mod keys;
mod link;
mod pkce;
mod provider;
mod settings;
mod sign_in;

pub use flow::{Begun, NotIdentified};
pub use id_token::NotAnIdentity;
pub use link::{NotLinked, begin_google_link, end_google_link, finish_google_link, unlink_google};
pub use provider::ProviderError;
pub use sign_in::{BegunSignIn, GoogleNewcomer, NotEntered, Returned, begin_google, finish_google};
