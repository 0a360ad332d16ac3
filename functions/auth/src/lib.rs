//! Registration, sign-in and sessions; and what a person must prove the password for.
//!
//! Each endpoint has its own file. They call the use cases of the crate `accounts`. The endpoints share `client` (device and
//! network), `refresh_token` (in a body or a cookie), `tokens` (the public form of a session's tokens) and `problems`.

mod access;
pub mod change_email;
pub mod change_password;
mod client;
mod codes;
pub mod confirm_email_change;
pub mod delete_account;
pub mod forgot_password;
pub mod jwks;
pub mod login;
pub mod logout;
pub mod logout_all;
mod problems;
pub mod refresh;
mod refresh_token;
pub mod register;
pub mod resend_verification;
pub mod reset_password;
pub mod rotate_keys;
mod tokens;
pub mod verify_email;

use api::{Api, Domain, endpoint};
use runtime::worker;

/// Memory of the functions that hash a password, in MB. The time of a core grows with it, so it costs no more.
const HASHING: u16 = 512;

/// The endpoints and workers of this domain, by their names in `_HANDLER`.
pub static DOMAIN: Domain = Domain {
    name: "auth",
    about: "Register, sign in, and keep a session.",
    api: Api::Public,
    codes: codes::CODES,
    endpoints: &[
        endpoint!("register", register::register).role("AuthAskRole").memory(HASHING),
        endpoint!("verify_email", verify_email::verify_email).role("AuthVerifyRole"),
        endpoint!("resend_verification", resend_verification::resend_verification).role("AuthAskRole"),
        endpoint!("login", login::login).role("AuthSignInRole").memory(HASHING),
        endpoint!("refresh", refresh::refresh).role("AuthRefreshRole"),
        endpoint!("logout", logout::logout).role("AuthSignOutRole"),
        endpoint!("logout_all", logout_all::logout_all).role("AuthSignOutRole"),
        endpoint!("forgot_password", forgot_password::forgot_password).role("AuthAskRole"),
        endpoint!("reset_password", reset_password::reset_password).role("AuthResetRole").memory(HASHING),
        endpoint!("change_password", change_password::change_password).role("AuthPasswordRole").memory(HASHING),
        endpoint!("change_email", change_email::change_email).role("AuthEmailRole").memory(HASHING),
        endpoint!("confirm_email_change", confirm_email_change::confirm_email_change).role("AuthMoveRole"),
        endpoint!("delete_account", delete_account::delete_account).role("AuthDeleteRole").memory(HASHING),
        endpoint!("jwks", jwks::jwks).role("AuthKeysRole"),
    ],
    workers: &[worker!("rotate_keys", schedule, rotate_keys::rotate_keys)],
};
