//! The use cases of accounts: register, prove an address, sign in (also with Google or a passkey), refresh, sign out,
//! set a new password, use a second factor, move to another address, be reminded, export, delete; and of their API keys
//! ([`keys`]).
//!
//! They take domain values and return values or their own errors; endpoints turn those into answers. No answer and
//! no duration tells whether an address has an account: what a stranger may ask for is done by a queue's worker
//! ([`letters`]), and a sign-in does the same work in either case.

mod change_email;
mod change_password;
mod delete;
mod entrance;
mod export;
mod google;
pub mod keys;
pub mod letters;
mod newcomer;
mod passkeys;
mod passwords;
mod prove;
mod refresh;
mod register;
mod reminders;
mod reset;
mod robots;
mod second_factor;
mod sessions;
mod sign_in;
mod sign_out;
mod signing;
mod staff_sign_in;
mod strength;
mod throttle;
mod totp;
mod trail;
mod unsubscribe;
mod verify;

pub use change_email::{EmailNotAsked, EmailNotConfirmed, change_email, confirm_email_change};
pub use change_password::{NotChanged, change_password};
pub use delete::{ERASURES, Erasure, NotDeleted, delete_account, remove_rest};
pub use entrance::{Challenge, sign_in_with_code};
pub use export::{EXPORTS, ExportOrder, NotExported, ask_export, download_export, export_to_write, export_written};
pub use google::{
    Begun, BegunSignIn, GoogleNewcomer, NotAnIdentity, NotEntered, NotIdentified, NotLinked, ProviderError, Returned,
    begin_google, begin_google_link, end_google_link, finish_google, finish_google_link, unlink_google,
};
pub use passkeys::{
    Options, PasskeyError, Refusal, add_passkey, end_passkey, remove_passkey, sign_in_with_passkey,
    sign_in_with_second_passkey, start_adding, start_using,
};
pub use passwords::Passwords;
pub use prove::{NotProved, OwnerProof};
pub use refresh::{NotRefreshed, refresh};
pub use register::{NewRegistration, NotAsked, register, resend};
pub use reminders::{alert_of_budget, remind_of_balance};
pub use reset::{NotReset, forgot_password, new_one_time, reset_password};
pub use robots::{NotAccepted, RobotCheck, admit as admit_request};
pub use second_factor::{
    SecondFactorError, confirm_second_factor, disable_second_factor, propose_second_factor, renew_backup_codes,
};
pub use sessions::{Client, IssuedTokens, end_all_sessions, end_session, open_sessions};
pub use sign_in::{NotSignedIn, sign_in};
pub use sign_out::sign_out;
pub use signing::{SigningError, rotate};
pub use staff_sign_in::{StaffStep, confirm_staff, enrol_staff, replace_first_password, staff_sign_in};
pub use strength::{StrongPassword, Weakness};
pub use throttle::TooMany;
pub use totp::Enrolment;
pub use unsubscribe::unsubscribe;
pub use verify::{NotVerified, verify_email};
