//! What an error of SES means for a mail.

use crate::Undeliverable;
use std::time::Duration;
use thiserror::Error;

/// The pause after no answer or an error of SES.
const SOON: Duration = Duration::from_secs(30);
/// The pause after too many mails in one second.
const NEXT_SECONDS: Duration = Duration::from_secs(5);
/// The pause while SES accepts no mail: a person ends it, or the quota of 24 hours moves with the clock. The queue of
/// letters has no longer one.
const PAUSED: Duration = Duration::from_mins(10);

/// Why a mail was not sent. `code` is SES's error code; no error contains SES's text, because it may contain
/// addresses.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SendError {
    /// It may be sent later. If SES did not answer, it may have been sent.
    #[error("the mail can't be sent now: {code}")]
    Retry {
        /// The pause before the next attempt.
        after: Duration,
        /// Why.
        code: String,
    },
    /// This mail can never be sent: SES refuses the message or the address.
    #[error("the mail is refused: {code}")]
    Rejected {
        /// Why.
        code: String,
    },
    /// No mail can be sent until a person corrects the sender's identity, the configuration set or the rights.
    #[error("mail is misconfigured: {code}")]
    Misconfigured {
        /// Why.
        code: String,
    },
}

impl SendError {
    /// The class of the metric of letters that are sent later.
    pub fn class(&self) -> &'static str {
        match self {
            Self::Retry { after: NEXT_SECONDS, .. } => "over_rate",
            Self::Retry { .. } => "not_accepted",
            Self::Rejected { .. } => "rejected",
            Self::Misconfigured { .. } => "misconfigured",
        }
    }

    /// No answer came.
    pub(crate) fn no_answer() -> Self {
        Self::Retry { after: SOON, code: "no answer".to_owned() }
    }

    /// The error with this code, text and HTTP status. The API reports a refused message and an unverified sender
    /// by one code; only the text tells them apart (SES's developer guide, "Errors").
    pub(crate) fn of(code: &str, text: &str, status: u16) -> Self {
        let retry = |after| Self::Retry { after, code: code.to_owned() };
        let rejected = || Self::Rejected { code: code.to_owned() };
        let misconfigured = || Self::Misconfigured { code: code.to_owned() };
        // The documents write some codes with this ending, and SES sends them without it.
        match code.strip_suffix("Exception").unwrap_or(code) {
            "Throttling" | "RequestThrottled" | "TooManyRequests" | "LimitExceeded" => {
                retry(if text.contains("quota") { PAUSED } else { NEXT_SECONDS })
            }
            "AccountSendingPaused" | "ConfigurationSetSendingPaused" => retry(PAUSED),
            "MessageRejected" if text.contains("not verified") => misconfigured(),
            "MessageRejected" if text.contains("Sending suspended") => retry(PAUSED),
            "MessageRejected" | "InvalidParameterValue" => rejected(),
            // An answer without an error that can't be read is one of a proxy.
            _ if !(400..500).contains(&status) => retry(SOON),
            // Among them: a domain that is not verified, an unknown configuration set, and missing rights. A code
            // that is not known is looked at by a person, and the mail is kept.
            _ => misconfigured(),
        }
    }
}

impl From<Undeliverable> for SendError {
    fn from(_: Undeliverable) -> Self {
        Self::Rejected { code: "not ASCII".to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_sorted_by_what_helps() {
        for (code, text, status, after) in [
            ("Throttling", "Maximum sending rate exceeded.", 400, NEXT_SECONDS),
            ("ThrottlingException", "Rate exceeded", 400, NEXT_SECONDS),
            ("Throttling", "Daily message quota exceeded.", 454, PAUSED),
            ("ServiceUnavailable", "", 503, SOON),
            ("InternalFailure", "", 500, SOON),
            ("", "<html>", 502, SOON),
            ("", "<html>", 200, SOON),
            ("AccountSendingPausedException", "", 400, PAUSED),
            ("ConfigurationSetSendingPaused", "", 400, PAUSED),
            ("MessageRejected", "Sending suspended for this account.", 400, PAUSED),
        ] {
            let expected = SendError::Retry { after, code: code.to_owned() };
            let error = SendError::of(code, text, status);
            assert_eq!(error, expected, "{text} {status}");
            // Too many mails in a second are no failure; everything else needs a look.
            assert_eq!(error.class() == "over_rate", after == NEXT_SECONDS, "{text} {status}");
        }
        for (code, text) in
            [("MessageRejected", "Address blacklisted."), ("InvalidParameterValue", "Missing final '@domain'")]
        {
            assert_eq!(SendError::of(code, text, 400), SendError::Rejected { code: code.to_owned() }, "{text}");
        }
        for (code, text, status) in [
            ("MessageRejected", "Email address is not verified.", 400),
            ("MailFromDomainNotVerifiedException", "", 400),
            ("ConfigurationSetDoesNotExist", "", 400),
            ("AccessDenied", "", 403),
            ("InvalidClientTokenId", "", 403),
            ("SomethingNew", "", 400),
            ("", "", 404),
        ] {
            let expected = SendError::Misconfigured { code: code.to_owned() };
            assert_eq!(SendError::of(code, text, status), expected, "{text} {status}");
        }
    }
}
