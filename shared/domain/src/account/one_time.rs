//! One-time tokens and other tokens of links in mails, and those of the first step of a sign-in.

use super::{
    CEREMONY_LIFETIME, EMAIL_CHANGE_LIFETIME, EXPORT_LIFETIME, ExportKind, GOOGLE_FLOW_LIFETIME, GoogleFlow, Mailbox,
    REGISTRATION_LIFETIME, Realm, SignIn,
};
use crate::{
    EmailAddress, EmailChangeId, ExportId, RegistrationId, UserId,
    access::secret_text::{SECRET_LENGTH, is_secret_text, secret_text},
    notification::Reminder,
    payment::{CoinAddress, PaymentReference, REFUND_ADDRESS_LIFETIME},
};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr, time::Duration};

/// The text of a one-time token: `nso_` and 32 random characters. Whoever has it may do one thing; only its hash is
/// stored.
#[derive(Clone, PartialEq, Eq)]
pub struct OneTimeText(String);

/// The text is not a one-time token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a one-time token")]
pub struct NotAOneTimeToken;

const PREFIX: &str = "nso_";
const CHALLENGE_PREFIX: &str = "challenge_";
/// The length of a challenge, in bytes.
const CHALLENGE_LENGTH: usize = 16;

/// What a one-time token allows, to whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "allows", rename_all = "snake_case")]
pub enum Allowed {
    /// To prove the address of a registration. The address then has an account, so the token works once.
    VerifyEmail {
        /// The address.
        email: EmailAddress,
        /// The registration.
        registration_id: RegistrationId,
    },
    /// To set a new password. The token names the version of the credentials that it was made for; a new password
    /// makes the next one, so the token works once, and ends all others.
    ResetPassword {
        /// The person.
        user_id: UserId,
        /// The version of the person's credentials.
        version: u32,
    },
    /// To take the second step of a sign-in.
    EnterCode {
        /// The person.
        user_id: UserId,
        /// The version of the account's tokens at the first step.
        version: u32,
        /// The first step.
        sign_in: SignIn,
        /// What the person signs in for.
        #[serde(default)]
        realm: Realm,
    },
    /// To replace a first password, which somebody else has seen.
    ReplaceFirstPassword {
        /// The person.
        user_id: UserId,
        /// The version of the person's credentials.
        version: u32,
    },
    /// To turn the second factor on at the first sign-in as staff.
    Enrol {
        /// The person.
        user_id: UserId,
        /// The version of the account's tokens at the first step.
        version: u32,
    },
    /// To add a passkey to an account. Its text is the challenge that the device signs.
    AddPasskey {
        /// The person.
        user_id: UserId,
        /// What was asked of the device, in base64url, as the library that verifies the answer encodes it.
        asked: String,
    },
    /// To sign in with a passkey, whoever it is. Its text is the challenge that the device signs.
    UsePasskey {
        /// What was asked of the device, in base64url, as the library that verifies the answer encodes it.
        asked: String,
    },
    /// To get no more reminders of a kind by mail. It works as often as it is used, because a second time changes
    /// nothing.
    Unsubscribe {
        /// The person.
        user_id: UserId,
        /// The kind.
        reminder: Reminder,
    },
    /// To confirm a change of the address from one of its two mailboxes. The change keeps what was confirmed, so the
    /// token works once, and a newer change ends it.
    ConfirmEmailChange {
        /// The person.
        user_id: UserId,
        /// The change.
        change_id: EmailChangeId,
        /// The mailbox that has the link.
        mailbox: Mailbox,
    },
    /// To download an export, as often as the person likes. A newer export ends it.
    DownloadExport {
        /// The person.
        user_id: UserId,
        /// The export.
        export_id: ExportId,
        /// Its kind.
        #[serde(default)]
        kind: ExportKind,
    },
    /// To send the coins of a refund to an address, as often as the payment is refunded in parts. A person approves
    /// each refund.
    RefundTo {
        /// The payment.
        reference: PaymentReference,
        /// The address.
        address: CoinAddress,
    },
    /// To finish what was begun with Google, of which the token is the `state`.
    FinishGoogle {
        /// What is kept meanwhile.
        flow: Box<GoogleFlow>,
    },
}

impl Allowed {
    /// How long a token is valid at most. One that proves an address ends with its registration.
    pub const fn lifetime(&self) -> Duration {
        match self {
            Self::VerifyEmail { .. } => REGISTRATION_LIFETIME,
            Self::ResetPassword { .. } => Duration::from_hours(1),
            Self::EnterCode { .. } => Duration::from_mins(10),
            Self::ReplaceFirstPassword { .. } | Self::Enrol { .. } => Duration::from_mins(30),
            Self::AddPasskey { .. } | Self::UsePasskey { .. } => CEREMONY_LIFETIME,
            // Laws ask for 30 days after the letter.
            Self::Unsubscribe { .. } => Duration::from_hours(60 * 24),
            Self::ConfirmEmailChange { .. } => EMAIL_CHANGE_LIFETIME,
            Self::DownloadExport { .. } => EXPORT_LIFETIME,
            Self::RefundTo { .. } => REFUND_ADDRESS_LIFETIME,
            Self::FinishGoogle { .. } => GOOGLE_FLOW_LIFETIME,
        }
    }
}

impl OneTimeText {
    /// A new token from 32 random bytes; five bits of each are used.
    pub fn new(random: [u8; SECRET_LENGTH]) -> Self {
        Self(format!("{PREFIX}{}", secret_text(random)))
    }

    /// The token of a challenge that a device signs. No client can send this text as a token.
    pub fn of_challenge(challenge: [u8; CHALLENGE_LENGTH]) -> Self {
        Self(format!("{CHALLENGE_PREFIX}{}", hex::encode(challenge)))
    }

    /// The complete text, which is secret.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for OneTimeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OneTimeText(..)")
    }
}

impl FromStr for OneTimeText {
    type Err = NotAOneTimeToken;

    fn from_str(text: &str) -> Result<Self, NotAOneTimeToken> {
        let secret = text.strip_prefix(PREFIX).ok_or(NotAOneTimeToken)?;
        if is_secret_text(secret) { Ok(Self(text.to_owned())) } else { Err(NotAOneTimeToken) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_back_and_its_debug_text_hides_it() {
        let token = OneTimeText::new([20; SECRET_LENGTH]);
        assert_eq!(token.expose().parse(), Ok(token.clone()));
        assert_eq!(format!("{token:?}"), "OneTimeText(..)");
        for bad in ["", "nso_", &token.expose()[4..], &token.expose().to_lowercase(), &format!("{}0", token.expose())] {
            assert_eq!(bad.parse::<OneTimeText>(), Err(NotAOneTimeToken), "{bad}");
        }
    }

    #[test]
    fn a_challenge_is_a_token_that_no_client_can_send() {
        let token = OneTimeText::of_challenge([7; CHALLENGE_LENGTH]);
        assert_ne!(token, OneTimeText::of_challenge([8; CHALLENGE_LENGTH]));
        assert_eq!(token.expose().parse::<OneTimeText>(), Err(NotAOneTimeToken));
    }
}
