//! How customers see what the use cases of payments refuse.

use crate::codes::{
    CreditsSpent, GatewayUnavailable, MethodNotOffered, NotACoinAddress, NotInLimits, PaymentDisputed, PaymentNotPaid,
    PaymentRefunded, PaymentRefused, PaymentStarting, RefundAddressNeeded, RefundAddressNotConfirmed,
    RefundAddressNotNeeded, RefundTooLarge, RefundTooLate, RefundTooSmall, TooManyOpenPayments, TooManyRefunds,
};
use api::{
    FieldError, Problem,
    codes::{Busy, IdempotencyKeyReused, MoneyOwed, TooManyAttempts, WrongStatus},
};
use billing::{AddressRefused, NotAsked, NotCancelled, NotStarted, Unsettled};
use domain::{
    Timestamp,
    payment::{MOST_OPEN, MOST_REFUNDS, NotAnAddress, NotPossible, NotRefundable, PayCurrency, Payment},
};

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

/// Why no refund was asked for.
pub(crate) fn of_refund(reason: NotAsked) -> Problem {
    match reason {
        NotAsked::NotRefundable(reason) => not_refundable(reason),
        NotAsked::AddressNotConfirmed => RefundAddressNotConfirmed.into(),
        NotAsked::KeyReused(_) => IdempotencyKeyReused.into(),
        NotAsked::Store(error) => error.into(),
        NotAsked::Ledger(_) | NotAsked::Defect(_) => Problem::internal(reason),
    }
}

/// Why no letter is sent that confirms an address.
pub(crate) fn of_address(reason: AddressRefused, now: Timestamp) -> Problem {
    match reason {
        AddressRefused::NotCoins => RefundAddressNotNeeded.into(),
        AddressRefused::NotRefundable(reason) => not_refundable(reason),
        AddressRefused::NotAnAddress(reason) => {
            let error = match reason {
                NotAnAddress::Form => NotACoinAddress::Form,
                NotAnAddress::Checksum => NotACoinAddress::Checksum,
                NotAnAddress::TestNetwork => NotACoinAddress::TestNetwork,
                NotAnAddress::Unspendable => NotACoinAddress::Unspendable,
            };
            Problem::fields(vec![FieldError::new("address", error)])
        }
        AddressRefused::TooMany { until } => {
            Problem::from(TooManyAttempts { until }).retry_after(until.since(now).as_secs() + 1)
        }
        AddressRefused::Store(error) => error.into(),
    }
}

/// The code of each is the reason in `refund` of a payment.
fn not_refundable(reason: NotRefundable) -> Problem {
    match reason {
        NotRefundable::NotPaid => PaymentNotPaid.into(),
        NotRefundable::AddressNeeded => RefundAddressNeeded.into(),
        NotRefundable::Disputed => PaymentDisputed.into(),
        NotRefundable::Owes { owed } => MoneyOwed { owed }.into(),
        NotRefundable::TooOld { until } => RefundTooLate { until }.into(),
        NotRefundable::Refunded => PaymentRefunded.into(),
        NotRefundable::TooManyRefunds => TooManyRefunds { most: MOST_REFUNDS }.into(),
        NotRefundable::Spent => CreditsSpent.into(),
        NotRefundable::TooLittle => RefundTooSmall.into(),
        NotRefundable::TooMuch { possible } => RefundTooLarge { possible }.into(),
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

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Credits;

    #[test]
    fn the_code_is_the_reason_that_the_payment_showed_before() {
        for reason in [
            NotRefundable::NotPaid,
            NotRefundable::AddressNeeded,
            NotRefundable::Disputed,
            NotRefundable::TooOld { until: Timestamp::from_millis(0) },
            NotRefundable::Refunded,
            NotRefundable::TooManyRefunds,
            NotRefundable::Spent,
            NotRefundable::TooLittle,
            NotRefundable::TooMuch { possible: Credits::ZERO },
        ] {
            let problem = not_refundable(reason);
            assert_eq!((problem.code().name(), problem.code().status()), (reason.as_str(), 409));
        }
        let reason = NotRefundable::Owes { owed: Credits::ZERO };
        let problem = not_refundable(reason);
        assert_eq!((problem.code().name(), problem.code().status()), (reason.as_str(), 402));
    }
}
