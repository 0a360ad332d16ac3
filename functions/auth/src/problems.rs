//! How people see what the use cases of accounts refuse.

use crate::codes::{
    AlreadyVerified, BalanceLeft, ChallengeOver, CodeRequired, EmailNotVerified, EmailTaken, GoogleLinked,
    GoogleNotConfigured, GoogleNotLinked, GoogleRefused, GoogleSignInOver, GoogleTaken, InvalidCredentials,
    LinkAccount, LinkNotValid, NoSecondFactorProposed, NotACredential, OnlySignIn, OpenOrders, PasskeyChallengeOver,
    PasskeyRefused, PasskeyTaken, SameEmail, SecondFactorOff, SecondFactorOn, SecondFactorRequired, SessionEnded,
    StaffNeedSecondFactor, TooManyAttempts, TooManyPasskeys, WeakPassword, WrongCode, WrongPassword,
};
use accounts::{
    Challenge, EmailNotAsked, EmailNotConfirmed, NotAnIdentity, NotAsked, NotChanged, NotDeleted, NotEntered,
    NotIdentified, NotLinked, NotProved, NotRefreshed, NotReset, NotSignedIn, NotVerified, PasskeyError,
    SecondFactorError, StrongPassword, TooMany, Weakness,
};
use api::{
    FieldError, Problem,
    codes::{AccountDisabled, Busy, SignInAgain},
    parse::Required,
};
use domain::{
    EmailAddress, Timestamp,
    account::{MOST_PASSKEYS, NotClosable, Password, ownership::NoFirstHalf},
};

/// Why a letter was not ordered.
pub(crate) fn of_asking(reason: NotAsked, now: Timestamp) -> Problem {
    match reason {
        NotAsked::TooMany(too_many) => of_too_many(too_many, now),
        NotAsked::Queue(error) => Problem::unavailable(error),
        NotAsked::Store(error) => error.into(),
    }
}

/// Why nobody was signed in.
pub(crate) fn of_sign_in(reason: NotSignedIn, now: Timestamp) -> Problem {
    match reason {
        NotSignedIn::WrongCredentials => InvalidCredentials.into(),
        NotSignedIn::NotVerified => EmailNotVerified.into(),
        NotSignedIn::Disabled => AccountDisabled.into(),
        NotSignedIn::NeedsCode(Challenge { token, ends_at }) => {
            Problem::from(SecondFactorRequired { until: ends_at }).with("challenge", token.expose())
        }
        NotSignedIn::TooLate => ChallengeOver.into(),
        NotSignedIn::Code(reason) => of_second_factor(reason, now),
        NotSignedIn::Passkey(reason) => of_passkey(reason, now),
        NotSignedIn::Spent => Problem::from(Busy).retry_after(1),
        NotSignedIn::TooMany(too_many) => of_too_many(too_many, now),
        NotSignedIn::Signing(error) => Problem::unavailable(error),
        NotSignedIn::Store(error) => error.into(),
    }
}

/// Why a signed-in person did not prove to be the owner.
fn of_proof(reason: NotProved, now: Timestamp) -> Problem {
    match reason {
        NotProved::WrongPassword => WrongPassword.into(),
        NotProved::NoFirstHalf(NoFirstHalf::PasswordMissing) => {
            Problem::fields(vec![FieldError::new("password", Required)])
        }
        NotProved::NoFirstHalf(NoFirstHalf::NotFresh) => SignInAgain.into(),
        NotProved::CodeMissing => CodeRequired.into(),
        NotProved::WrongCode => WrongCode.into(),
        NotProved::TooMany(too_many) => of_too_many(too_many, now),
        NotProved::Store(error) => error.into(),
    }
}

/// Why no change of the address was begun.
pub(crate) fn of_new_email(reason: EmailNotAsked, now: Timestamp) -> Problem {
    match reason {
        EmailNotAsked::NotProved(reason) => of_proof(reason, now),
        EmailNotAsked::SameAddress => Problem::fields(vec![FieldError::new("new_email", SameEmail)]),
        EmailNotAsked::TooMany(too_many) => of_too_many(too_many, now),
        EmailNotAsked::Queue(error) => Problem::unavailable(error),
        EmailNotAsked::Store(error) => error.into(),
    }
}

/// Why a change of the address was not confirmed.
pub(crate) fn of_confirmation(reason: EmailNotConfirmed) -> Problem {
    match reason {
        EmailNotConfirmed::NotValid => LinkNotValid.into(),
        EmailNotConfirmed::Taken => EmailTaken.into(),
        EmailNotConfirmed::Store(error) => error.into(),
    }
}

/// Why the account was not deleted.
pub(crate) fn of_deletion(reason: NotDeleted, now: Timestamp) -> Problem {
    match reason {
        NotDeleted::NotProved(reason) => of_proof(reason, now),
        NotDeleted::NotClosable(NotClosable::OpenOrders { open }) => OpenOrders { open_orders: open }.into(),
        NotDeleted::NotClosable(NotClosable::BalanceLeft { available }) => BalanceLeft { available }.into(),
        NotDeleted::Changed => Problem::from(Busy).retry_after(1),
        NotDeleted::Queue(error) => Problem::unavailable(error),
        NotDeleted::Store(error) => error.into(),
    }
}

/// Why the password was not changed.
pub(crate) fn of_change(reason: NotChanged, now: Timestamp) -> Problem {
    match reason {
        NotChanged::NotProved(reason) => of_proof(reason, now),
        NotChanged::Weak(weakness) => Problem::fields(vec![of_weakness("new_password", weakness)]),
        NotChanged::Changed => Problem::from(Busy).retry_after(1),
        NotChanged::Signing(error) => Problem::unavailable(error),
        NotChanged::Store(error) => error.into(),
    }
}

/// Why a second factor was not changed, or a code not accepted.
pub(crate) fn of_second_factor(reason: SecondFactorError, now: Timestamp) -> Problem {
    match reason {
        SecondFactorError::IsOn => SecondFactorOn.into(),
        SecondFactorError::IsOff => SecondFactorOff.into(),
        SecondFactorError::NeededByStaff => StaffNeedSecondFactor.into(),
        SecondFactorError::NotProposed => NoSecondFactorProposed.into(),
        SecondFactorError::WrongCode => WrongCode.into(),
        SecondFactorError::Changed => Problem::from(Busy).retry_after(1),
        SecondFactorError::TooMany(too_many) => of_too_many(too_many, now),
        SecondFactorError::NotProved(reason) => of_proof(reason, now),
        SecondFactorError::Code(error) => Problem::internal(error),
        SecondFactorError::Store(error) => error.into(),
    }
}

/// Why it is not known who a person is at Google.
pub(crate) fn of_google(reason: NotIdentified) -> Problem {
    match reason {
        NotIdentified::NotConfigured => GoogleNotConfigured.into(),
        NotIdentified::Over => GoogleSignInOver.into(),
        NotIdentified::CodeRefused => GoogleRefused::Code.into(),
        NotIdentified::Token(NotAnIdentity::Unverified) => GoogleRefused::Unverified.into(),
        NotIdentified::Token(_) => GoogleRefused::Token.into(),
        NotIdentified::Provider(error) => Problem::unavailable(error),
        NotIdentified::Store(error) => error.into(),
    }
}

/// Why nobody came back from Google.
pub(crate) fn of_google_entry(reason: NotEntered) -> Problem {
    match reason {
        NotEntered::NotIdentified(reason) => of_google(reason),
        NotEntered::NotLinked => LinkAccount.into(),
        NotEntered::NotVouched => GoogleRefused::NotVouched.into(),
        NotEntered::Ledger(error) => Problem::internal(error),
        NotEntered::Store(error) => error.into(),
    }
}

/// Why a link with an account at Google was not changed.
pub(crate) fn of_google_link(reason: NotLinked, now: Timestamp) -> Problem {
    match reason {
        NotLinked::NotIdentified(reason) => of_google(reason),
        NotLinked::NotProved(reason) => of_proof(reason, now),
        NotLinked::AlreadyLinked => GoogleLinked.into(),
        NotLinked::Taken => GoogleTaken.into(),
        NotLinked::NoLink => GoogleNotLinked.into(),
        NotLinked::OnlyWay => OnlySignIn.into(),
        NotLinked::Changed => Problem::from(Busy).retry_after(1),
        NotLinked::Store(error) => error.into(),
    }
}

/// Why a passkey was not added, removed or accepted.
pub(crate) fn of_passkey(reason: PasskeyError, now: Timestamp) -> Problem {
    match reason {
        PasskeyError::NotProved(reason) => of_proof(reason, now),
        PasskeyError::Unreadable(_) => Problem::fields(vec![FieldError::new("credential", NotACredential)]),
        PasskeyError::Over => PasskeyChallengeOver.into(),
        PasskeyError::Refused(refusal) => {
            tracing::info!(%refusal, "a passkey was refused");
            PasskeyRefused.into()
        }
        PasskeyError::Taken => PasskeyTaken.into(),
        PasskeyError::TooMany(_) => TooManyPasskeys { most: MOST_PASSKEYS }.into(),
        PasskeyError::NotFound => Problem::not_found(),
        PasskeyError::Changed => Problem::from(Busy).retry_after(1),
        PasskeyError::NoPublicUrl => Problem::unavailable(reason),
        PasskeyError::Defect(error) => Problem::internal(error),
        PasskeyError::Store(error) => error.into(),
    }
}

/// Why a session was not refreshed.
pub(crate) fn of_refresh(reason: NotRefreshed) -> Problem {
    match reason {
        NotRefreshed::Ended => SessionEnded::Over.into(),
        NotRefreshed::Reused => SessionEnded::Reused.into(),
        NotRefreshed::Disabled => AccountDisabled.into(),
        NotRefreshed::Signing(error) => Problem::unavailable(error),
        NotRefreshed::Store(error) => error.into(),
    }
}

/// Why no account was made.
pub(crate) fn of_verification(reason: NotVerified) -> Problem {
    match reason {
        NotVerified::NotValid => LinkNotValid.into(),
        NotVerified::AlreadyVerified => AlreadyVerified.into(),
        NotVerified::Ledger(error) => Problem::internal(error),
        NotVerified::Store(error) => error.into(),
    }
}

/// Why the password of this field was not set.
pub(crate) fn of_reset(field: &str, reason: NotReset) -> Problem {
    match reason {
        NotReset::NotValid => LinkNotValid.into(),
        NotReset::Weak(weakness) => Problem::fields(vec![of_weakness(field, weakness)]),
        NotReset::Store(error) => error.into(),
    }
}

/// The password of this field, if it is strong enough.
pub(crate) fn strong(field: &str, password: Password, owner: &EmailAddress) -> Result<StrongPassword, FieldError> {
    StrongPassword::judge(password, owner).map_err(|weakness| of_weakness(field, weakness))
}

fn of_weakness(field: &str, weakness: Weakness) -> FieldError {
    let fault = match weakness {
        Weakness::TooShort => WeakPassword::TooShort,
        Weakness::EasyToGuess => WeakPassword::EasyToGuess,
    };
    FieldError::new(field, fault)
}

fn of_too_many(TooMany { until }: TooMany, now: Timestamp) -> Problem {
    Problem::from(TooManyAttempts { until }).retry_after(until.since(now).as_secs() + 1)
}
