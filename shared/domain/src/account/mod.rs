//! Accounts of people: registration, sign-in, sessions, and the secrets that are sent by mail.

mod attempts;
mod authorization_code;
mod closing;
mod device;
mod email_change;
mod export;
mod google;
mod local_path;
mod one_time;
pub mod ownership;
mod passkey;
mod password;
mod proof_of_work;
mod referral;
mod refresh;
mod registration;
mod second_factor;
mod session;
mod terms;

pub use attempts::{
    ATTEMPTS_WINDOW, FAILURES_OF_NETWORK, FAILURES_OF_PAIR, LETTERS_OF_ADDRESS, LETTERS_OF_NETWORK, LETTERS_OF_PAIR,
    LETTERS_WINDOW, pause_of_sign_in,
};
pub use authorization_code::{AuthorizationCode, NotAnAuthorizationCode};
pub use closing::{NotClosable, Tombstone, waived_with};
pub use device::Device;
pub use email_change::{Confirmation, Confirmed, EMAIL_CHANGE_LIFETIME, EmailChange, Mailbox, NotConfirmable};
pub use export::{EXPORT_LIFETIME, Export, ExportContents, ExportKind};
pub use google::{
    GOOGLE_FLOW_LIFETIME, GoogleFlow, GoogleLink, GoogleLinking, GooglePurpose, GoogleSignIn, GoogleSubject,
    NotASubject,
};
pub use local_path::{LocalPath, NotALocalPath};
pub use one_time::{Allowed, NotAOneTimeToken, OneTimeText};
pub use passkey::{
    Backup, CEREMONY_LIFETIME, CredentialId, MOST_PASSKEYS, Passkey, PasskeyState, Passkeys, TooManyPasskeys,
    USER_HANDLE_LENGTH, user_handle, user_of,
};
pub use password::{NotAPassword, Password, PasswordHash};
pub use proof_of_work::{Difficulty, NotADifficulty, NotAProof, PROOF_REMEMBERED, ProofOfWork};
pub use referral::{NotAReferralCode, ReferralCode};
pub use refresh::{NotARefreshToken, RefreshText};
pub use registration::{REGISTRATION_LIFETIME, Registration};
pub use second_factor::{BACKUP_CODES, BackupCode, FactorCode, NotACode, SecondFactor, TotpSecret, WRONG_CODES};
pub use session::{
    ACCESS_LIFETIME, Factor, Factors, NotRefreshed, Realm, SESSION_LIFETIME, STAFF_IDLE, STAFF_SHIFT, Session, SignIn,
};
pub use terms::{NotTerms, TermsVersion};
