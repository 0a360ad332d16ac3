//! How staff see what a use case refuses.

use crate::codes::{AccountOffLimits, NoSecondFactor, SecondPersonNeeded};
use api::{
    Problem,
    codes::{Busy, InsufficientFunds, WrongStatus},
};
use billing::Unsettled;
use domain::{access::OffLimits, finding::NotAllowed, ledger::LedgerError};
use staff::StaffError;

/// Why something was not done.
pub(crate) fn of(error: StaffError) -> Problem {
    match error {
        StaffError::NoCustomer(_) | StaffError::Missing(_) => Problem::not_found(),
        StaffError::OffLimits(OffLimits::Own) => AccountOffLimits::Own.into(),
        StaffError::OffLimits(OffLimits::Colleague) => AccountOffLimits::Colleague.into(),
        StaffError::NoSecondFactor(_) => NoSecondFactor.into(),
        StaffError::RefundIs(status) => WrongStatus { current_status: status.as_str() }.into(),
        StaffError::Finding(NotAllowed::State(state)) => WrongStatus { current_status: state.as_str() }.into(),
        StaffError::Finding(NotAllowed::SamePerson) => SecondPersonNeeded.into(),
        StaffError::Ledger(LedgerError::InsufficientFunds { missing }) => InsufficientFunds { missing }.into(),
        StaffError::RefundBlocked(reason) => WrongStatus { current_status: reason }.into(),
        StaffError::Changed | StaffError::Payment(Unsettled::Changed) => Problem::from(Busy).retry_after(1),
        StaffError::Store(error) | StaffError::NotAudited(error) | StaffError::Payment(Unsettled::Store(error)) => {
            error.into()
        }
        other => Problem::internal(other),
    }
}
