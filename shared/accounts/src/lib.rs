//! The use cases of accounts: register, prove an address, sign in, refresh, sign out, set a new password, be reminded.
//!
//! They take domain values and return values or their own errors; endpoints turn those into answers. No answer and
//! no duration tells whether an address has an account: what a stranger may ask for is done by a queue's worker
//! ([`letters`]), and a sign-in does the same work in either case.

mod change_password;
pub mod letters;
mod passwords;
mod refresh;
mod register;
mod reminders;
mod reset;
mod sessions;
mod sign_in;
mod signing;
mod strength;
mod throttle;
mod trail;
mod unsubscribe;
mod verify;

pub use change_password::{NotChanged, change_password};
pub use passwords::Passwords;
pub use refresh::{NotRefreshed, refresh};
pub use register::{NewRegistration, NotAsked, register, resend};
pub use reminders::remind_of_balance;
pub use reset::{NotReset, forgot_password, new_one_time, reset_password};
pub use sessions::{Client, IssuedTokens, end_all_sessions, end_session, open_sessions};
pub use sign_in::{NotSignedIn, sign_in};
pub use signing::{SigningError, rotate};
pub use strength::{StrongPassword, Weakness};
pub use throttle::TooMany;
pub use unsubscribe::unsubscribe;
pub use verify::{NotVerified, verify_email};
