//! The use cases of accounts: register, prove an address, sign in, refresh, sign out, set a new password, use a second
//! factor, be reminded; and of their API keys ([`keys`]).
//!
//! They take domain values and return values or their own errors; endpoints turn those into answers. No answer and
//! no duration tells whether an address has an account: what a stranger may ask for is done by a queue's worker
//! ([`letters`]), and a sign-in does the same work in either case.

mod change_password;
mod confirm;
mod entrance;
pub mod keys;
pub mod letters;
mod passwords;
mod refresh;
mod register;
mod reminders;
mod reset;
mod second_factor;
mod sessions;
mod sign_in;
mod signing;
mod staff_sign_in;
mod strength;
mod throttle;
mod totp;
mod trail;
mod unsubscribe;
mod verify;

pub use change_password::{NotChanged, change_password};
pub use confirm::NotConfirmed;
pub use entrance::{Challenge, sign_in_with_code};
pub use passwords::Passwords;
pub use refresh::{NotRefreshed, refresh};
pub use register::{NewRegistration, NotAsked, register, resend};
pub use reminders::remind_of_balance;
pub use reset::{NotReset, forgot_password, new_one_time, reset_password};
pub use second_factor::{
    SecondFactorError, confirm_second_factor, disable_second_factor, propose_second_factor, renew_backup_codes,
};
pub use sessions::{Client, IssuedTokens, end_all_sessions, end_session, open_sessions};
pub use sign_in::{NotSignedIn, sign_in};
pub use signing::{SigningError, rotate};
pub use staff_sign_in::{StaffStep, confirm_staff, enrol_staff, replace_first_password, staff_sign_in};
pub use strength::{StrongPassword, Weakness};
pub use throttle::TooMany;
pub use totp::Enrolment;
pub use unsubscribe::unsubscribe;
pub use verify::{NotVerified, verify_email};
