//! The content of a transaction: a subject's next version, its movement of money, and the conditions of
//! both.

use crate::{
    AwaitedApproval, Claim, Finding, IdempotencyKey, Replay, Store, StoreError, VoucherUse, refunds::ApprovalWrite,
};
use aws_sdk_dynamodb::types::TransactWriteItem;
use domain::{
    Plan, RefundId, UserId,
    access::Mode,
    audit::AuditLine,
    ledger::{Entry, LedgerError, Movement, Step, Subject, Wallet},
};
use std::{convert::Infallible, future::Future};
use thiserror::Error;

/// A subject that [`Store::commit`] stores: any [`Record`](crate::Record), and [`Alone`].
pub trait Versioned: Subject + Send + Sync {
    /// The identifier that an idempotency record stores.
    fn made(&self) -> String;

    /// Whether the subject is real.
    fn mode(&self) -> Mode {
        Mode::Live
    }

    /// The writes of this version, of which the first is conditional on the version before; none for a subject that is
    /// not stored.
    fn writes(&self, store: &Store) -> Result<Vec<TransactWriteItem>, StoreError>;

    /// The stored subject, by a strong read.
    fn stored(&self, store: &Store) -> impl Future<Output = Result<Option<Self>, StoreError>> + Send;

    /// Whether the subject records the entry of the write from `before` to `written`. Otherwise a lost answer
    /// could not be resolved. For [`Alone`] only the key resolves it.
    fn records_entry(before: &Self, written: &Self) -> bool;

    /// Whether `stored` results from the write of `written`, possibly followed by later writes.
    /// `moved_money` tells whether that write had an entry. Returns `false` if unknown.
    fn came_of(stored: &Self, written: &Self, moved_money: bool) -> bool;
}

/// The subject of a movement without a stored subject, such as an operator's correction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alone {
    owner: UserId,
    entry: u64,
}

impl Subject for Alone {
    fn owner(&self) -> &UserId {
        &self.owner
    }

    fn version(&self) -> u64 {
        0
    }

    fn written_with(self, entry: Option<&Entry>) -> Self {
        Self { entry: entry.map_or(0, |entry| entry.seq), ..self }
    }
}

impl Versioned for Alone {
    fn made(&self) -> String {
        format!("entry {}", self.entry)
    }

    fn writes(&self, _store: &Store) -> Result<Vec<TransactWriteItem>, StoreError> {
        Ok(Vec::new())
    }

    async fn stored(&self, _store: &Store) -> Result<Option<Self>, StoreError> {
        Ok(None)
    }

    fn records_entry(_before: &Self, _written: &Self) -> bool {
        true
    }

    fn came_of(_stored: &Self, _written: &Self, _moved_money: bool) -> bool {
        false
    }
}

/// A rule that the wallet must satisfy. The transaction is conditional on the wallet that was checked, so
/// concurrent transactions can't bypass the rule.
type Rule<'a, R> = Box<dyn Fn(&Wallet) -> Result<(), R> + Send + Sync + 'a>;

/// The wallet has changed since the step was decided by it: read it again, and decide again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WalletMoved;

/// A subject's next version with everything that is written in the same transaction. `R` is the error of its
/// rule.
pub struct Transaction<'a, S, R = Infallible> {
    pub(crate) step: Step<S>,
    pub(crate) idempotency: Option<&'a IdempotencyKey>,
    pub(crate) claims: Vec<Claim>,
    pub(crate) voucher: Option<VoucherUse>,
    pub(crate) audit: Option<AuditLine>,
    pub(crate) findings: Vec<Finding>,
    pub(crate) approval: Option<ApprovalWrite>,
    pub(crate) plan: Option<PlanChange>,
    pub(crate) wallet: Option<Wallet>,
    pub(crate) rule: Option<Rule<'a, R>>,
}

impl<'a> Transaction<'a, Alone> {
    /// A transaction that only moves money in this customer's wallet. It takes an idempotency key, because
    /// no subject's version prevents a repetition.
    pub fn alone(owner: UserId, movement: Movement, key: &'a IdempotencyKey) -> Self {
        let step = Step::with(Alone { owner, entry: 0 }, movement);
        Self::of(step).once_for(key)
    }
}

impl<'a, S: Versioned> Transaction<'a, S> {
    /// A transaction of one step.
    pub const fn of(step: Step<S>) -> Self {
        Self {
            step,
            idempotency: None,
            claims: Vec::new(),
            voucher: None,
            audit: None,
            findings: Vec::new(),
            approval: None,
            plan: None,
            wallet: None,
            rule: None,
        }
    }

    /// Adds a rule that the wallet must satisfy. It is for steps that move money: one without a movement is refused.
    #[must_use]
    pub fn under<R>(self, rule: impl Fn(&Wallet) -> Result<(), R> + Send + Sync + 'a) -> Transaction<'a, S, R> {
        let Self { step, idempotency, claims, voucher, audit, findings, approval, plan, wallet, rule: _ } = self;
        Transaction {
            step,
            idempotency,
            claims,
            voucher,
            audit,
            findings,
            approval,
            plan,
            wallet,
            rule: Some(Box::new(rule)),
        }
    }
}

impl<'a, S: Versioned> Transaction<'a, S> {
    /// Requires this wallet, by which the step was decided. It is for steps that move money, like
    /// [`under`](Self::under).
    #[must_use]
    pub fn on_unmoved(self, wallet: Wallet) -> Transaction<'a, S, WalletMoved> {
        let seq = wallet.seq;
        self.under(move |wallet| if wallet.seq == seq { Ok(()) } else { Err(WalletMoved) }).on(Some(wallet))
    }
}

impl<'a, S: Versioned, R> Transaction<'a, S, R> {
    /// Adds an idempotency key, so that a repeated request has no second effect.
    #[must_use]
    pub fn once_for(self, key: &'a IdempotencyKey) -> Self {
        Self { idempotency: Some(key), ..self }
    }

    /// Adds a claim.
    #[must_use]
    pub fn claiming(mut self, claim: Claim) -> Self {
        self.claims.push(claim);
        self
    }

    /// Adds a use of a voucher. If it has none left, it counts as claimed.
    #[must_use]
    pub fn using(self, voucher: VoucherUse) -> Self {
        Self { voucher: Some(voucher), ..self }
    }

    /// Adds a line of the audit trail.
    #[must_use]
    pub fn audited(self, line: AuditLine) -> Self {
        Self { audit: Some(line), ..self }
    }

    /// Adds findings, so that a person learns of what the step could not do.
    #[must_use]
    pub fn finding(mut self, findings: impl IntoIterator<Item = Finding>) -> Self {
        self.findings.extend(findings);
        self
    }

    /// Adds a refund to the list of those that await approval, if there is one.
    #[must_use]
    pub fn awaiting(self, approval: Option<AwaitedApproval>) -> Self {
        Self { approval: approval.map(ApprovalWrite::Awaited).or(self.approval), ..self }
    }

    /// Removes a refund from that list.
    #[must_use]
    pub fn decided(self, refund: &RefundId) -> Self {
        Self { approval: Some(ApprovalWrite::Over(refund.clone())), ..self }
    }

    /// Gives the customer another plan, or makes sure that the plan is still this one. If it is not, the transaction fails
    /// with [`NotCommitted::Changed`].
    #[must_use]
    pub fn giving_plan(self, plan: Option<PlanChange>) -> Self {
        Self { plan, ..self }
    }

    /// Uses a wallet that was just read, which saves a read; `None` reads it.
    #[must_use]
    pub fn on(self, wallet: Option<Wallet>) -> Self {
        Self { wallet, ..self }
    }

    /// Whether real money moves; without a movement, whether the subject is real.
    pub(crate) fn mode(&self) -> Mode {
        let movement = self.step.movement.as_ref();
        movement.map_or_else(|| self.step.subject.mode(), |movement| movement.cause.mode())
    }
}

/// The plan of a customer before and after a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlanChange {
    /// The plan that was read.
    pub from: Plan,
    /// The plan that follows.
    pub to: Plan,
}

/// Why nothing was written. `R` is the error of the transaction's rule.
#[derive(Debug, Error)]
pub enum NotCommitted<R = Infallible> {
    /// The key was used before.
    #[error("the idempotency key was used before")]
    Replayed(Replay),
    /// The subject changed since it was read. Read it again, and decide again.
    #[error("the subject changed meanwhile")]
    Changed,
    /// A claim has another owner, or a voucher has no use left.
    #[error("what was claimed has an owner")]
    Claimed,
    /// The ledger rejected the movement.
    #[error(transparent)]
    Ledger(LedgerError),
    /// The transaction's rule rejected the wallet.
    #[error("the rule of the transaction refuses")]
    Rule(R),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}
