//! The codes of this domain. Their words are in `text`.

pub(crate) use api::codes::TooManyAttempts;

use domain::{Credits, Timestamp};

api::problems! {
    /// No account has this address and password.
    #[status(401)]
    pub(crate) struct InvalidCredentials;

    /// The current password is wrong.
    #[status(403)]
    pub(crate) struct WrongPassword;

    /// The address of the registration is not proved.
    #[status(403)]
    pub(crate) struct EmailNotVerified;

    /// The account has a second factor, so the sign-in needs a second step. The problem has the member `challenge`.
    #[status(403)]
    pub(crate) struct SecondFactorRequired { #[example("2026-11-21T10:10:00.000Z")] until: Timestamp }

    /// The code is wrong, or was used.
    #[status(403)]
    pub(crate) struct WrongCode;

    /// The challenge is unknown, was used, or its time is over.
    #[status(410)]
    pub(crate) struct ChallengeOver;

    /// The link with Google is the only way to sign in.
    #[status(409)]
    pub(crate) struct OnlySignIn;

    /// A person of the staff can't be without a second factor.
    #[status(409)]
    pub(crate) struct StaffNeedSecondFactor;

    /// The account has a second factor, so a code must be sent, too.
    #[status(403)]
    pub(crate) struct CodeRequired;

    /// The challenge of a passkey is unknown, was used, or its time is over.
    #[status(410)]
    pub(crate) struct PasskeyChallengeOver;

    /// The passkey is unknown, or not used as it must be.
    #[status(403)]
    pub(crate) struct PasskeyRefused;

    /// The passkey belongs to an account already.
    #[status(409)]
    pub(crate) struct PasskeyTaken;

    /// The account has as many passkeys as it may have.
    #[status(409)]
    pub(crate) struct TooManyPasskeys { #[example(10)] most: usize }

    /// The second factor is on.
    #[status(409)]
    pub(crate) struct SecondFactorOn;

    /// The second factor is off.
    #[status(409)]
    pub(crate) struct SecondFactorOff;

    /// No secret waits for its first code.
    #[status(409)]
    pub(crate) struct NoSecondFactorProposed;

    /// The stage asks for a proof of work, and the request has none that is valid.
    #[status(403)]
    pub(crate) struct ProofOfWorkRequired { #[example(18)] bits: u32, #[example("login")] purpose: String }

    /// The sign-in with Google is switched off.
    #[status(404)]
    pub(crate) struct GoogleNotConfigured;

    /// The state of a sign-in with Google is unknown, was used, its time is over, or another browser or person began
    /// it.
    #[status(410)]
    pub(crate) struct GoogleSignInOver;

    /// Google does not say who the person is.
    #[status(403)]
    pub(crate) enum GoogleRefused {
        /// Google does not accept the code.
        Code,
        /// The ID token is not valid.
        Token,
        /// Google has not verified the address.
        Unverified,
        /// Google does not know whose the address is today.
        NotVouched,
    }

    /// The address at Google has an account that is not linked with it.
    #[status(409)]
    pub(crate) struct LinkAccount;

    /// The account is linked with an account at Google.
    #[status(409)]
    pub(crate) struct GoogleLinked;

    /// The account at Google is linked with another account.
    #[status(409)]
    pub(crate) struct GoogleTaken;

    /// The account is not linked with an account at Google.
    #[status(409)]
    pub(crate) struct GoogleNotLinked;

    /// The token of a link is unknown, was used, or its time is over.
    #[status(410)]
    pub(crate) struct LinkNotValid;

    /// The address has an account already.
    #[status(409)]
    pub(crate) struct AlreadyVerified;

    /// The new address of a change has an account already.
    #[status(409)]
    pub(crate) struct EmailTaken;

    /// Orders are open, so the account can't be deleted.
    #[status(409)]
    pub(crate) struct OpenOrders { #[example(2)] open_orders: u32 }

    /// The balance is neither zero nor waived, so the account can't be deleted.
    #[status(409)]
    pub(crate) struct BalanceLeft { #[example("0.5000")] available: Credits }

    /// The session of the refresh token has ended.
    #[status(401)]
    pub(crate) enum SessionEnded {
        /// It ended before.
        Over,
        /// It ended now, because an old token was used.
        Reused,
        /// No refresh token was sent.
        Missing,
    }

    /// A refresh token in a cookie, without the header that only our pages can send.
    #[status(403)]
    pub(crate) struct CsrfHeaderRequired;
}

api::field_errors! {
    /// The password is not accepted.
    pub(crate) enum WeakPassword {
        /// It has fewer than ten characters.
        TooShort,
        /// It can be guessed.
        EasyToGuess,
    }

    /// It is not a credential of a browser.
    pub(crate) struct NotACredential;

    /// Neither a code nor a credential, or both.
    pub(crate) struct CodeOrCredential;

    /// The account has this address.
    pub(crate) struct SameEmail;

    /// Other terms apply.
    pub(crate) struct OutdatedTerms { current: String }
}
