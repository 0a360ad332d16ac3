//! What staff do: customers and their keys, roles, corrections of wallets, vouchers, orders, findings, and the proof of the
//! books. The operator's program and the staff's API call these use cases.
//!
//! Everything that changes something adds a line to the audit trail, with the actor and the values before and after, in
//! the same transaction where there is one. Money moves through the ledger's door only ([`store::Store::commit`]).

mod audit;
mod catalog;
mod customers;
mod findings;
mod invoices;
mod keys;
mod letters;
mod mail;
mod migrations;
mod orders;
mod payments;
mod prices;
mod proof;
mod reconciliation;
mod refunds;
mod roles;
mod vouchers;
mod wallets;

pub use ::reconciliation::Night;
pub use audit::Wanted;
pub use catalog::SupplierReport;
pub use customers::{NewCustomer, WaysIn};
pub use findings::{CorrectionDecision, WantedFindings};
pub use invoices::ProvenSeries;
pub use orders::OrderReport;
pub use prices::PriceList;
pub use proof::{Proven, WrongWallet};
pub use refunds::PaymentRefund;
pub use roles::NewColleague;
pub use vouchers::{MadeVoucher, NoVoucher};
pub use wallets::Correction;

use domain::{
    Actor, UserId,
    access::{Grants, OffLimits, Principal, may_act_on},
    audit::Source,
};
use runtime::Context;
use store::{KeyReused, NotCommitted, NotCreated, Profile, StoreError};
use thiserror::Error;

/// A person of the staff at work.
#[derive(Clone)]
pub struct Staff<'a> {
    context: &'a Context,
    actor: Actor,
    /// The account and the rights of a person who signed in; `None` for the operator's program, which has all rights.
    person: Option<(UserId, Grants)>,
    source: Option<Source>,
}

/// Why something was not done.
#[derive(Debug, Error)]
pub enum StaffError {
    /// There is no such customer.
    #[error("there is no customer {0}")]
    NoCustomer(String),
    /// There is no such key, order, finding, supplier, operator or switch.
    #[error("there is no {0}")]
    Missing(String),
    /// The address has a customer.
    #[error("the address belongs to {0}")]
    AddressTaken(UserId),
    /// Not on this account.
    #[error(transparent)]
    OffLimits(#[from] OffLimits),
    /// The person has no second factor.
    #[error("{0} has no second factor")]
    NoSecondFactor(UserId),
    /// The person chose the password, or does not work here.
    #[error("{0} has no first password of staff to replace")]
    NoFirstPassword(UserId),
    /// It changed meanwhile.
    #[error("it changed meanwhile")]
    Changed,
    /// The ledger refused the correction.
    #[error("the wallet refuses: {0}")]
    Ledger(#[from] domain::ledger::LedgerError),
    /// A rate is above zero.
    #[error("a rate is above zero: at least 0.0001 credits for one unit")]
    NoRate,
    /// At this rate, the stored prices would be implausible.
    #[error(transparent)]
    Implausible(#[from] domain::catalog::Implausible),
    /// The price rules can't change so.
    #[error(transparent)]
    Prices(#[from] domain::price_change::NotAPriceChange),
    /// The settings of invoices do not allow it.
    #[error(transparent)]
    Invoicing(#[from] domain::invoice::NotASetting),
    /// The key of a correction was used for another one.
    #[error(transparent)]
    KeyReused(#[from] KeyReused),
    /// The order could not be settled.
    #[error("the order was not settled: {0}")]
    Unsettled(#[from] ::orders::Unsettled),
    /// The refund awaits no approval.
    #[error("the refund is {}", .0.as_str())]
    RefundIs(domain::payment::RefundStatus),
    /// The finding does not allow it.
    #[error(transparent)]
    Finding(#[from] domain::finding::NotAllowed),
    /// A correction above the limit needs two people who signed in.
    #[error("a correction above {} credits needs two people, in the API for staff", domain::finding::CORRECTED_ALONE)]
    NeedsTwoPeople,
    /// The refund can only be refused, for this reason.
    #[error("the refund can only be refused: {0}")]
    RefundBlocked(&'static str),
    /// The payment could not be changed.
    #[error("the payment was not changed: {0}")]
    Payment(#[from] billing::Unsettled),
    /// A reconciliation could not be begun or shown.
    #[error(transparent)]
    Reconciliation(#[from] ::reconciliation::NotReconciled),
    /// A queue could not be used.
    #[error(transparent)]
    Queue(#[from] runtime::QueueError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It was done, but the audit trail could not be written.
    #[error("it was done, but the audit trail could not be written: {0}")]
    NotAudited(StoreError),
    /// An impossible state: a defect.
    #[error("{0}")]
    Defect(String),
}

impl<'a> Staff<'a> {
    /// The work of an operator, by the operator's program.
    pub const fn new(context: &'a Context, actor: Actor) -> Self {
        Self { context, actor, person: None, source: None }
    }

    /// The work of a person who signed in.
    pub fn signed_in(context: &'a Context, principal: &Principal, source: Source) -> Self {
        let person = Some((principal.user.clone(), principal.grants.clone()));
        Self { context, actor: Actor::operator(principal.user.as_str()), person, source: Some(source) }
    }

    /// Refuses to act on the own account, or on that of a colleague.
    pub(crate) fn may_act_on(&self, target: &Profile) -> Result<(), StaffError> {
        let Some((own, grants)) = &self.person else { return Ok(()) };
        Ok(may_act_on(grants, own, &target.user_id, target.role)?)
    }
}

impl From<NotCreated> for StaffError {
    fn from(error: NotCreated) -> Self {
        match error {
            NotCreated::AddressTaken(owner) => Self::AddressTaken(owner),
            NotCreated::Store(error) => error.into(),
        }
    }
}

impl From<NotCommitted> for StaffError {
    fn from(error: NotCommitted) -> Self {
        match error {
            NotCommitted::Ledger(error) => error.into(),
            NotCommitted::Store(error) => error.into(),
            other => Self::Defect(other.to_string()),
        }
    }
}
