//! Errors of gateways, sorted by what the caller may do next. They go to logs and metrics, so they contain no key, no
//! address and no card.

use https::{Excerpt, Fault, Lost};
use std::time::Duration;
use thiserror::Error;

/// Why a call of a gateway failed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum GatewayError {
    /// The gateway rejected the request; the same request would fail again.
    #[error("refused: {said}")]
    Refused {
        /// The gateway's text.
        said: Excerpt,
    },
    /// Too many requests; the request had no effect.
    #[error("throttled for {after:?}")]
    Throttled {
        /// When to retry.
        after: Duration,
    },
    /// The gateway was not reached, so the request had no effect.
    #[error("never reached")]
    NotReached,
    /// The gateway rejects our key.
    #[error("the key is not accepted")]
    Unauthorized,
    /// The request was sent, but the answer is missing or meaningless. Ask the gateway for a report; never repeat the
    /// request blindly.
    #[error("outcome unknown: {fault}")]
    OutcomeUnknown {
        /// Why the outcome is unknown.
        fault: Fault,
    },
    /// A read failed. It had no effect and may be retried.
    #[error("unavailable: {fault}")]
    Unavailable {
        /// Why the read failed.
        fault: Fault,
    },
}

/// What a request does at the gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Call {
    /// It changes nothing.
    Read,
    /// It changes something, so without an answer its outcome is unknown.
    Change,
}

impl Call {
    /// The error of a request whose answer is missing or meaningless.
    pub(crate) const fn unsettled(self, fault: Fault) -> GatewayError {
        match self {
            Self::Read => GatewayError::Unavailable { fault },
            Self::Change => GatewayError::OutcomeUnknown { fault },
        }
    }

    /// The error of a request without an answer.
    pub(crate) fn lost(self, lost: Lost) -> GatewayError {
        match lost {
            Lost::NotReached => GatewayError::NotReached,
            Lost::Unanswered(fault) => self.unsettled(fault),
        }
    }
}

impl GatewayError {
    /// Whether the request certainly had no effect.
    pub const fn is_definite_refusal(&self) -> bool {
        matches!(self, Self::Refused { .. } | Self::Throttled { .. } | Self::NotReached | Self::Unauthorized)
    }

    /// A stable name for metrics and logs.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Refused { .. } => "refused",
            Self::Throttled { .. } => "throttled",
            Self::NotReached => "not_reached",
            Self::Unauthorized => "unauthorized",
            Self::OutcomeUnknown { .. } => "outcome_unknown",
            Self::Unavailable { .. } => "unavailable",
        }
    }
}
