//! Registration, sign-in (also with Google) and sessions; and what a person must prove the password for.
//!
//! Each endpoint has its own file. They call the use cases of the crate `accounts`. The endpoints share `client`
//! (device and network), `refresh_token` (in a body or a cookie), `tokens` (the public form of a session's tokens) and
//! `problems`.

mod access;
pub mod change_email;
pub mod change_password;
mod client;
mod codes;
pub mod confirm_email_change;
mod cookies;
pub mod delete_account;
pub mod forgot_password;
pub mod google;
pub mod jwks;
pub mod login;
pub mod logout;
pub mod logout_all;
pub mod passkey;
mod problems;
mod proof;
pub mod refresh;
mod refresh_token;
pub mod register;
pub mod resend_verification;
pub mod reset_password;
mod robots;
pub mod rotate_keys;
pub mod second_factor;
pub mod staff;
mod terms;
mod tokens;
pub mod verify_email;

use api::{Domain, endpoint};
use google::{finish, link_finish, link_start, start, unlink};
use passkey::{add_finish, add_start, list, remove, sign_in_finish, sign_in_start};
use runtime::worker;
use second_factor::{backup_codes, confirm, disable, enable, sign_in, state};
use staff::{
    confirm_factor, enable_factor, first_password, login as staff_login, logout as staff_logout,
    refresh as staff_refresh, second_step,
};

/// Memory of the functions that hash a password, in MB. The time of a core grows with it, so it costs no more.
const HASHING: u16 = 512;

/// The endpoints and workers of this domain, by their names in `_HANDLER`.
pub static DOMAIN: Domain = Domain {
    name: "auth",
    about: "Register, sign in, and keep a session.",
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
        endpoint!("second_factor", sign_in::sign_in).role("AuthSignInRole"),
        endpoint!("second_factor_state", state::state).role("AuthFactorRole"),
        endpoint!("enable_second_factor", enable::enable).role("AuthFactorRole").memory(HASHING),
        endpoint!("confirm_second_factor", confirm::confirm).role("AuthFactorRole"),
        endpoint!("disable_second_factor", disable::disable).role("AuthFactorRole").memory(HASHING),
        endpoint!("backup_codes", backup_codes::renew).role("AuthFactorRole").memory(HASHING),
        endpoint!("passkey_start", sign_in_start::start).role("AuthBeginRole"),
        endpoint!("passkey_finish", sign_in_finish::finish).role("AuthSignInRole"),
        endpoint!("passkeys", list::list).role("AuthPasskeysReadRole"),
        endpoint!("add_passkey_start", add_start::start).role("AuthPasskeysRole").memory(HASHING),
        endpoint!("add_passkey", add_finish::finish).role("AuthPasskeysRole"),
        endpoint!("remove_passkey", remove::remove).role("AuthPasskeysRole").memory(HASHING),
        endpoint!("staff_login", staff_login::login).staff().role("StaffSignInRole").memory(HASHING),
        endpoint!("staff_first_password", first_password::replace).staff().role("StaffPasswordRole").memory(HASHING),
        endpoint!("staff_enable_factor", enable_factor::enable).staff().role("StaffSignInRole"),
        endpoint!("staff_confirm_factor", confirm_factor::confirm).staff().role("StaffSignInRole"),
        endpoint!("staff_second_factor", second_step::sign_in).staff().role("StaffSignInRole"),
        endpoint!("staff_refresh", staff_refresh::refresh).staff().role("StaffRefreshRole"),
        endpoint!("staff_logout", staff_logout::logout).staff().role("StaffSignOutRole"),
        endpoint!("change_email", change_email::change_email).role("AuthEmailRole").memory(HASHING),
        endpoint!("confirm_email_change", confirm_email_change::confirm_email_change).role("AuthMoveRole"),
        endpoint!("delete_account", delete_account::delete_account).role("AuthDeleteRole").memory(HASHING),
        endpoint!("google_start", start::start).role("AuthBeginRole"),
        endpoint!("google_finish", finish::finish).role("AuthGoogleRole"),
        endpoint!("google_link_start", link_start::start).role("AuthGoogleLinkStartRole").memory(HASHING),
        endpoint!("google_link_finish", link_finish::finish).role("AuthGoogleLinkRole"),
        endpoint!("google_unlink", unlink::unlink).role("AuthGoogleUnlinkRole").memory(HASHING),
        endpoint!("jwks", jwks::jwks).role("AuthKeysRole"),
    ],
    workers: &[worker!("rotate_keys", schedule, rotate_keys::rotate_keys)],
};
