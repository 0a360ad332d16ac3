//! The use cases of accounts: register, prove an address, sign in, refresh, sign out, set a new password, move to
//! another address, export, delete.
//!
//! They take domain values and return values or their own errors; endpoints turn those into answers. No answer and
//! no duration tells whether an address has an account: what a stranger may ask for is done by a queue's worker
//! ([`letters`]), and a sign-in does the same work in either case.

mod change_email;
mod change_password;
mod delete;
mod export;
pub mod letters;
mod passwords;
mod prove;
mod refresh;
mod register;
mod reset;
mod sessions;
mod sign_in;
mod sign_out;
mod signing;
mod strength;
mod throttle;
mod trail;
mod verify;

pub use change_email::{EmailNotAsked, EmailNotConfirmed, change_email, confirm_email_change};
pub use change_password::{NotChanged, change_password};
pub use delete::{ERASURES, Erasure, NotDeleted, delete_account, remove_rest};
pub use export::{EXPORTS, ExportOrder, NotExported, ask_export, download_export, export_to_write, export_written};
pub use passwords::Passwords;
pub use prove::NotProved;
pub use refresh::{NotRefreshed, refresh};
pub use register::{NewRegistration, NotAsked, register, resend};
pub use reset::{NotReset, forgot_password, new_one_time, reset_password};
pub use sessions::{Client, IssuedTokens, end_all_sessions, end_session, open_sessions};
pub use sign_in::{NotSignedIn, sign_in};
pub use sign_out::sign_out;
pub use signing::{SigningError, rotate};
pub use strength::{StrongPassword, Weakness};
pub use throttle::TooMany;
pub use verify::{NotVerified, verify_email};
