//! How customers see what the use cases of payments refuse.

use crate::codes::{
    GatewayUnavailable, MethodNotOffered, NotInLimits, PaymentRefused, PaymentStarting, TooManyOpenPayments,
};
use api::{
    FieldError, Problem,
    codes::{Busy, IdempotencyKeyReused, WrongStatus},
};
use billing::{NotCancelled, NotStarted, Unsettled};
use domain::payment::{MOST_OPEN, NotPossible, PayCurrency, Payment};

/// Why no payment was started.
pub(crate) fn of_start(reason: NotStarted, currency: PayCurrency) -> Problem {
    match reason {
        NotStarted::NotOffered | NotStarted::NotPriced => MethodNotOffered.into(),
        NotStarted::NotInLimits(limits) => {
            let error = NotInLimits { least: limits.least, most: limits.most, currency };
            Problem::fields(vec![FieldError::new("amount", error)])
        }
        NotStarted::TooManyOpen => TooManyOpenPayments { limit: MOST_OPEN }.into(),
        NotStarted::KeyReused(_) => IdempotencyKeyReused.into(),
        NotStarted::Starting { reference } => Problem::from(PaymentStarting { reference }).retry_after(5),
        NotStarted::Refused(error) => {
            tracing::warn!(%error, "a payment was refused");
            PaymentRefused.into()
        }
        NotStarted::Unavailable(reason) => unsettled(reason),
        NotStarted::Store(error) => error.into(),
        NotStarted::Defect(cause) => Problem::internal(cause),
    }
}

/// Why a payment was not cancelled.
pub(crate) fn of_cancel(reason: NotCancelled, payment: &Payment) -> Problem {
    match reason {
        NotCancelled::NotPossible(NotPossible::Starting) => {
            Problem::from(PaymentStarting { reference: payment.reference.clone() }).retry_after(30)
        }
        NotCancelled::NotPossible(NotPossible::Confirming) => WrongStatus { current_status: "confirming" }.into(),
        NotCancelled::NotPossible(NotPossible::WrongStatus { status }) => {
            WrongStatus { current_status: status.as_str() }.into()
        }
        NotCancelled::Unsettled(reason) => unsettled(reason),
    }
}

/// Why a payment could not be settled now.
pub(crate) fn unsettled(reason: Unsettled) -> Problem {
    match reason {
        Unsettled::Gateway(_) | Unsettled::Access(_) => {
            tracing::warn!(error = %reason, "a gateway can't be used");
            Problem::from(GatewayUnavailable).retry_after(30)
        }
        Unsettled::Store(error) => error.into(),
        Unsettled::Changed => Problem::from(Busy).retry_after(1),
        Unsettled::Gone => Problem::not_found(),
        Unsettled::Ledger(_) | Unsettled::Defect(_) => Problem::internal(reason),
    }
}
