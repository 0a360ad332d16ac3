//! Supplier errors, sorted by what the caller may do next.
//!
//! Errors go to logs, metrics and findings, so they contain no message, phone number or key. An
//! unknown text of a supplier is kept only as an [`Excerpt`].

pub use https::{Excerpt, Fault};
use std::{fmt, time::Duration};
use thiserror::Error;

/// Why a supplier call failed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum SupplierError {
    /// No number is in stock, or none within the price cap.
    #[error("no numbers")]
    NoNumbers,
    /// The balance of our account is too low.
    #[error("the account is out of funds")]
    OutOfFunds,
    /// The rating of our account is too low to buy (5SIM: for up to 24 hours).
    #[error("the account's rating is too low")]
    LowRating,
    /// The supplier rejected the request; the same request would fail again.
    #[error("rejected: {reason} ({said})")]
    Rejected {
        /// The rejected part of the request.
        reason: RejectedReason,
        /// The supplier's text.
        said: Excerpt,
    },
    /// Too many requests; the request had no effect.
    #[error("throttled for {after:?}")]
    Throttled {
        /// When to retry.
        after: Duration,
    },
    /// The supplier was not reached (DNS, connection or TLS), so the request had no effect.
    #[error("never reached")]
    Refused,
    /// The request was sent, but the answer is missing or meaningless, so its effect is unknown.
    /// Use [`crate::Supplier::orders`] or [`crate::Supplier::check`] to find out; never repeat the
    /// request.
    #[error("outcome unknown: {fault}")]
    OutcomeUnknown {
        /// Why the outcome is unknown.
        fault: Fault,
    },
    /// The supplier rejects our key.
    #[error("the key is not accepted")]
    Unauthorized,
    /// Our account has no such order.
    #[error("order not found")]
    OrderNotFound,
    /// The order already has a message, so it can't be cancelled or reported.
    #[error("the order has a message")]
    HasSms,
    /// The order has no message yet, so it can't be finished.
    #[error("the order has no message")]
    NoSms,
    /// The order is too young to be cancelled.
    #[error("too early to cancel")]
    TooEarly,
    /// The order has already ended.
    #[error("the order has ended")]
    AlreadyClosed,
    /// A read failed. It had no effect and may be retried.
    #[error("unavailable: {fault}")]
    Unavailable {
        /// Why the read failed.
        fault: Fault,
    },
}

impl SupplierError {
    /// Whether a purchase that failed with this error certainly bought nothing, so that another
    /// supplier may be tried.
    pub const fn is_definite_refusal(&self) -> bool {
        matches!(
            self,
            Self::NoNumbers
                | Self::OutOfFunds
                | Self::LowRating
                | Self::Rejected { .. }
                | Self::Throttled { .. }
                | Self::Refused
                | Self::Unauthorized
        )
    }

    /// Whether the error only reports the state of an order, as the loser of a race sees it. It is
    /// no fault.
    pub const fn is_state_report(&self) -> bool {
        matches!(self, Self::HasSms | Self::NoSms | Self::TooEarly | Self::AlreadyClosed)
    }

    /// A stable name for metrics and stored records.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::NoNumbers => "no_numbers",
            Self::OutOfFunds => "out_of_funds",
            Self::LowRating => "low_rating",
            Self::Rejected { .. } => "rejected",
            Self::Throttled { .. } => "throttled",
            Self::Refused => "refused",
            Self::OutcomeUnknown { .. } => "outcome_unknown",
            Self::Unauthorized => "unauthorized",
            Self::OrderNotFound => "order_not_found",
            Self::HasSms => "has_sms",
            Self::NoSms => "no_sms",
            Self::TooEarly => "too_early",
            Self::AlreadyClosed => "already_closed",
            Self::Unavailable { .. } => "unavailable",
        }
    }
}

/// The part of a request that a supplier rejects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RejectedReason {
    /// The country is not sold.
    Country,
    /// The operator is unknown in the country.
    Operator,
    /// The service is not sold in the country.
    Service,
    /// The supplier's server for this request is offline.
    Offline,
    /// The operation does not exist for this kind of order.
    OrderKind,
    /// Anything else.
    Other,
}

impl RejectedReason {
    /// A stable name for metrics and stored records.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Country => "country",
            Self::Operator => "operator",
            Self::Service => "service",
            Self::Offline => "offline",
            Self::OrderKind => "order_kind",
            Self::Other => "other",
        }
    }
}

impl fmt::Display for RejectedReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sure_refusals_let_another_supplier_be_asked() {
        let fault = || Fault::Status(502);
        let after = Duration::from_secs(1);
        let rejected = SupplierError::Rejected { reason: RejectedReason::Country, said: Excerpt::default() };
        for (error, refusal) in [
            (SupplierError::NoNumbers, true),
            (SupplierError::OutOfFunds, true),
            (SupplierError::LowRating, true),
            (rejected, true),
            (SupplierError::Throttled { after }, true),
            (SupplierError::Refused, true),
            (SupplierError::Unauthorized, true),
            (SupplierError::OutcomeUnknown { fault: fault() }, false),
            (SupplierError::Unavailable { fault: fault() }, false),
            (SupplierError::OrderNotFound, false),
            (SupplierError::HasSms, false),
            (SupplierError::NoSms, false),
            (SupplierError::TooEarly, false),
            (SupplierError::AlreadyClosed, false),
        ] {
            assert_eq!(error.is_definite_refusal(), refusal, "{error}");
            assert!(error.kind().bytes().all(|b| b.is_ascii_lowercase() || b == b'_'));
        }
    }
}
