//! Refunds, as a customer asks for them: what is possible, and the request.
//!
//! A request is one transaction: the credits leave the wallet, and the payment has the refund. It is decided by the wallet
//! and by the payments that were credited later. Whatever changes them moves money, so the transaction requires the wallet
//! that was read before them.

use crate::{
    Unsettled,
    look::newest,
    queues::{PAYMENTS, Task},
};
use domain::{
    Actor, Credits, RefundId, Timestamp,
    account::{Allowed, OneTimeText},
    ledger::{LedgerError, Wallet},
    payment::{
        CoinAddress, NewRefund, NotRefundable, Payment, PaymentReference, Refund, RefundOffer, RefundReason,
        RefundStatus,
    },
};
use runtime::{Context, fail_point, telemetry};
use std::time::Duration;
use store::{
    AwaitedApproval, Declined, Done, IdempotencyKey, KeyReused, NotCommitted, StoreError, Transaction, WalletMoved,
};
use thiserror::Error;

/// How often a request whose wallet changes meanwhile is decided again.
const MOST_TRIES: u32 = 10;

/// What a customer asks for.
#[derive(Clone, Debug)]
pub struct RefundRequest {
    /// The credits to refund; `None` for all that can be refunded.
    pub credits: Option<Credits>,
    /// The token of the letter that confirmed where coins go.
    pub address: Option<OneTimeText>,
    /// Why, for the person who decides.
    pub reason: Option<RefundReason>,
    /// Who asks.
    pub actor: Actor,
}

/// A refund that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The current payment.
    pub payment: Payment,
    /// The current refund.
    pub refund: Refund,
    /// Whether an earlier request with the same key asked for it.
    pub is_replay: bool,
}

/// Why no refund was asked for. In no case did credits move.
#[derive(Debug, Error)]
pub enum NotAsked {
    /// The payment, or so much of it, can't be refunded.
    #[error(transparent)]
    NotRefundable(#[from] NotRefundable),
    /// The token confirms no address for this payment, or its time is over.
    #[error("the address is not confirmed")]
    AddressNotConfirmed,
    /// The key was used for another request.
    #[error(transparent)]
    KeyReused(#[from] KeyReused),
    /// The ledger refused what the rules allow: a defect.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The database failed, or the wallet changes all the time.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The payment is gone, or an impossible state: a defect.
    #[error("{0}")]
    Defect(&'static str),
}

/// What can be refunded of a payment now, and why not more.
pub async fn refund_offer(context: &Context, payment: &Payment) -> Result<RefundOffer, StoreError> {
    let now = context.now();
    // An empty wallet refuses last of all, so another refusal needs no read.
    let alone = payment.refund_offer(&Wallet::default(), &[], now);
    if alone.reason != Some(NotRefundable::Spent) {
        return Ok(alone);
    }
    let (wallet, newer) = basis(context, payment).await?;
    Ok(payment.refund_offer(&wallet, &newer, now))
}

/// Asks for a refund, once for each key. A repeated request gets the current payment and refund.
pub async fn refund(
    context: &Context,
    payment: Payment,
    request: RefundRequest,
    key: &IdempotencyKey,
) -> Result<Asked, NotAsked> {
    let now = context.now();
    let owner = payment.reference.user.clone();
    let asking = Box::pin(ask(context, payment, request, key, now));
    let (payment, is_replay) = match context.store().act_once(key, &owner, now, asking).await? {
        Done::Now(payment) => (payment, false),
        Done::Before(payment) => (payment, true),
    };
    let is_asked = |refund: &&Refund| refund.id == id_of(key, refund.created_at);
    let refund = payment.refunds.iter().rev().find(is_asked).cloned();
    let refund = refund.ok_or(NotAsked::Defect("a request for a refund left none"))?;
    fail_point::here("after-refund-asked");
    if !is_replay {
        telemetry::count_class("Refunds", refund.status.as_str(), 1);
        tracing::info!(reference = %payment.reference, refund = %refund.id, credits = %refund.credits, "a refund");
    }
    if refund.is_unsent() {
        queue(context, &payment.reference).await;
    }
    Ok(Asked { payment, refund, is_replay })
}

/// Queues the refunds of a payment, so that they are sent now. Otherwise the payment is due soon.
pub(crate) async fn queue(context: &Context, reference: &PaymentReference) {
    let task = Task::Refund { reference: reference.clone() };
    if let Err(error) = context.queues().await.send(&PAYMENTS, &task, Duration::ZERO).await {
        tracing::warn!(%reference, %error, "a refund is sent later");
    }
}

/// The identifier of the refund that a request with this key makes. A repeated request finds it by that.
fn id_of(key: &IdempotencyKey, at: Timestamp) -> RefundId {
    RefundId::new(at, key.number())
}

/// What decides about a refund: the wallet, and what is left of the payments that were credited later. The wallet is read
/// first, so as long as it stays the same, the payments do.
async fn basis(context: &Context, payment: &Payment) -> Result<(Wallet, Vec<Credits>), StoreError> {
    let (ledger, owner) = (context.store().ledger(), &payment.reference.user);
    let wallet = ledger.wallet(owner).await?;
    if wallet.own_money().is_zero() {
        return Ok((wallet, Vec::new()));
    }
    let payments = ledger.all_payments(owner).await?;
    Ok((wallet, payment.newer(&payments)))
}

async fn ask(
    context: &Context,
    mut payment: Payment,
    request: RefundRequest,
    key: &IdempotencyKey,
    now: Timestamp,
) -> Result<Payment, Declined<NotAsked>> {
    let address = match &request.address {
        Some(token) => Some(confirmed(context, &payment, token, now).await.map_err(Declined::Unverified)?),
        None => None,
    };
    for _ in 0..MOST_TRIES {
        let (wallet, newer) = basis(context, &payment).await.map_err(unverified)?;
        fail_point::here("before-refund-asked");
        let credits = match request.credits {
            Some(credits) => credits,
            None => payment.refundable(&wallet, &newer, now).map_err(unverified)?,
        };
        let RefundRequest { reason, actor, .. } = request.clone();
        let new = NewRefund { id: id_of(key, now), credits, address: address.clone(), reason, actor };
        let step = payment.clone().refund(new, &wallet, &newer, now).map_err(unverified)?;
        let awaited = step.subject.refunds.last().filter(|refund| refund.status == RefundStatus::AwaitingApproval);
        let awaited =
            awaited.map(|refund| AwaitedApproval { refund: refund.id.clone(), reference: payment.reference.clone() });
        let transaction = Transaction::of(step).once_for(key).awaiting(awaited).on_unmoved(wallet);
        match Box::pin(context.store().commit(transaction, now)).await {
            Ok(asked) => return Ok(asked),
            Err(NotCommitted::Rule(WalletMoved)) => {}
            Err(NotCommitted::Changed) => payment = newest(context, &payment).await.map_err(gone)?,
            Err(error) => return Err(error.into()),
        }
    }
    Err(unverified(StoreError::Busy))
}

/// The address that a token confirms for this payment.
async fn confirmed(
    context: &Context,
    payment: &Payment,
    token: &OneTimeText,
    now: Timestamp,
) -> Result<CoinAddress, NotAsked> {
    match context.store().accounts().allowed_by(token, now).await? {
        Some(Allowed::RefundTo { reference, address }) if reference == payment.reference => Ok(address),
        _ => Err(NotAsked::AddressNotConfirmed),
    }
}

/// A refusal before the commit: an earlier request with the key may have succeeded.
fn unverified(reason: impl Into<NotAsked>) -> Declined<NotAsked> {
    Declined::Unverified(reason.into())
}

fn gone(error: Unsettled) -> Declined<NotAsked> {
    unverified(match error {
        Unsettled::Store(error) => NotAsked::Store(error),
        _ => NotAsked::Defect("the payment is gone"),
    })
}

impl From<NotCommitted<WalletMoved>> for NotAsked {
    fn from(error: NotCommitted<WalletMoved>) -> Self {
        match error {
            NotCommitted::Store(error) => error.into(),
            NotCommitted::Ledger(error) => error.into(),
            _ => Self::Defect("a refund was rejected like another movement"),
        }
    }
}
