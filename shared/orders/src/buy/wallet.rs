//! The wallet that pays: real money, or play money.

use super::Buyer;
use domain::{Timestamp, UserId, access::Mode, ledger::Wallet, sandbox};
use runtime::Context;
use store::{IdempotencyKey, NotCommitted, StoreError, Transaction, WalletMoved};

/// The wallet that pays. One with play money is filled up first if it runs low.
pub(super) async fn that_pays(context: &Context, buyer: &Buyer, now: Timestamp) -> Result<Wallet, StoreError> {
    let books = context.store().ledger().of(buyer.mode);
    let wallet = match &buyer.wallet {
        Some(wallet) => wallet.clone(),
        None => books.wallet(&buyer.user).await?,
    };
    match buyer.mode {
        Mode::Live => Ok(wallet),
        Mode::Test => Box::pin(filled(context, &buyer.user, wallet, now)).await,
    }
}

/// Fills up a wallet with play money if it runs low. Of several purchases that find it low, one fills it.
async fn filled(context: &Context, user: &UserId, wallet: Wallet, now: Timestamp) -> Result<Wallet, StoreError> {
    let Some(movement) = sandbox::refill(&wallet) else { return Ok(wallet) };
    let key = IdempotencyKey {
        user: user.clone(),
        operation: "sandbox".to_owned(),
        key: wallet.seq.to_string(),
        fingerprint: movement.amount.to_string(),
    };
    let refill = Transaction::alone(user.clone(), movement, &key).on_unmoved(wallet);
    match context.store().commit(refill, now).await {
        // Another purchase came first, or filled it.
        Ok(_) | Err(NotCommitted::Rule(WalletMoved) | NotCommitted::Replayed(_)) => {}
        Err(NotCommitted::Store(error)) => return Err(error),
        Err(error) => return Err(StoreError::Refused(error.to_string())),
    }
    context.store().ledger().of(Mode::Test).wallet(user).await
}
