//! Redeems a voucher.

use domain::{
    Timestamp, UserId,
    account::{ATTEMPTS_WINDOW, WRONG_CODES},
    ledger::LedgerError,
    voucher::{NotRedeemable, Redemption, Voucher, VoucherCode},
};
use runtime::{Context, fail_point};
use store::{Counter, Declined, Done, IdempotencyKey, KeyReused, NotCommitted, StoreError, Transaction, VoucherUse};
use thiserror::Error;

/// Why a voucher gave nothing.
#[derive(Debug, Error)]
pub enum NotRedeemed {
    /// No voucher has this code.
    #[error("there is no such voucher")]
    Unknown,
    /// The voucher gives nothing.
    #[error(transparent)]
    NotRedeemable(#[from] NotRedeemable),
    /// The customer used it before.
    #[error("the customer used the voucher before")]
    Before,
    /// Too many codes of this customer were wrong.
    #[error("too many wrong codes until {until}")]
    TooMany {
        /// When the next one is accepted.
        until: Timestamp,
    },
    /// The key was used for another request.
    #[error(transparent)]
    KeyReused(#[from] KeyReused),
    /// Other customers use the voucher at the same time.
    #[error("the voucher is contended")]
    Busy,
    /// The wallet refuses.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Redeems the voucher with this code, once for each key, and once for each customer.
pub async fn redeem(
    context: &Context,
    user: &UserId,
    code: &VoucherCode,
    key: &IdempotencyKey,
) -> Result<Done<Redemption>, NotRedeemed> {
    let now = context.now();
    let redeeming = Box::pin(write(context, user, code, key, now));
    let done = context.store().act_once(key, user, now, redeeming).await?;
    fail_point::here("after-redeem");
    Ok(done)
}

async fn write(
    context: &Context,
    user: &UserId,
    code: &VoucherCode,
    key: &IdempotencyKey,
    now: Timestamp,
) -> Result<Redemption, Declined<NotRedeemed>> {
    let voucher = find(context, user, code, now).await.map_err(Declined::Unverified)?;
    fail_point::here("before-redeem");
    let transaction = Transaction::of(voucher.redeemed_by(user, now)).using(VoucherUse::of(&voucher, now));
    match context.store().commit(transaction.once_for(key), now).await {
        Ok(redemption) => Ok(redemption),
        // The uses changed since the voucher was read.
        Err(NotCommitted::Claimed) => {
            Err(Declined::Unverified(used_up(context, &voucher, now).await.unwrap_or_else(NotRedeemed::from)))
        }
        Err(error) => Err(error.into()),
    }
}

/// The voucher, if it gives something to this customer. Each code counts as wrong until its voucher is found, so that
/// chosen texts can't be guessed.
async fn find(context: &Context, user: &UserId, code: &VoucherCode, now: Timestamp) -> Result<Voucher, NotRedeemed> {
    let counter = Counter { name: format!("voucher#{user}"), most: WRONG_CODES, window: ATTEMPTS_WINDOW };
    let state = context.store().limits().count(&counter, now).await?;
    let state = state.map_err(|full| NotRedeemed::TooMany { until: full.until })?;
    let Some(voucher) = context.store().ledger().voucher(&code.hash()).await? else {
        return Err(NotRedeemed::Unknown);
    };
    match voucher.check(now) {
        // Nobody learns that a voucher will begin.
        Err(NotRedeemable::NotBegun) => return Err(NotRedeemed::Unknown),
        checked => {
            context.store().limits().take_back(&counter, state).await?;
            if let Err(reason) = checked {
                let before: Option<Redemption> = context.store().record(user, &voucher.voucher_id).await?;
                return Err(if before.is_some() { NotRedeemed::Before } else { reason.into() });
            }
        }
    }
    Ok(voucher)
}

/// Why the voucher has no use left now.
async fn used_up(context: &Context, voucher: &Voucher, now: Timestamp) -> Result<NotRedeemed, StoreError> {
    let stored = context.store().ledger().voucher(&voucher.code).await?;
    let reason = stored.map_or(Err(NotRedeemable::Ended), |voucher| voucher.check(now));
    Ok(reason.err().map_or(NotRedeemed::Busy, NotRedeemed::from))
}

impl From<NotCommitted> for NotRedeemed {
    fn from(error: NotCommitted) -> Self {
        match error {
            // The customer's use exists.
            NotCommitted::Changed => Self::Before,
            NotCommitted::Ledger(error) => error.into(),
            NotCommitted::Store(StoreError::Busy) | NotCommitted::Claimed | NotCommitted::Replayed(_) => Self::Busy,
            NotCommitted::Store(error) => error.into(),
            NotCommitted::Rule(never) => match never {},
        }
    }
}
