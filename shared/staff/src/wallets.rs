//! Corrections of wallets.

use crate::{Staff, StaffError, audit, orders::PAGE};
use domain::{
    Credits, UserId,
    access::Mode,
    audit::Action,
    finding::Direction,
    ledger::{Cause, Entry, EntryKind, Movement, Wallet},
};
use store::{Cursor, IdempotencyKey, KeyReused, NotCommitted, Replay, Transaction, first_items};

/// A correction of a wallet by an operator.
#[derive(Clone, Debug)]
pub struct Correction {
    /// The customer.
    pub customer: UserId,
    /// Whether it gives or takes.
    pub direction: Direction,
    /// How much.
    pub amount: Credits,
    /// Why; it stays in the entry.
    pub reason: String,
    /// Identifies the correction: with the same key it happens once.
    pub key: String,
}

impl Staff<'_> {
    /// A customer's wallet.
    pub async fn wallet(&self, customer: &UserId) -> Result<Wallet, StaffError> {
        self.customer(customer).await?;
        Ok(self.context.store().ledger().wallet(customer).await?)
    }

    /// The newest entries of a customer's wallet, newest first.
    pub async fn newest_entries(&self, customer: &UserId, most: usize) -> Result<Vec<Entry>, StaffError> {
        let books = self.context.store().ledger().of(Mode::Live);
        let read = async |left: usize, after: Option<&Cursor>| books.entries(customer, left.min(PAGE), after).await;
        Ok(first_items(most, read).await?)
    }

    /// Corrects a wallet, once for the correction's key. Returns whether an earlier command with this key did it.
    pub async fn correct(&self, correction: Correction) -> Result<bool, StaffError> {
        let Correction { customer, direction, amount, reason, key } = correction;
        self.customer(&customer).await?;
        let key = IdempotencyKey {
            user: customer.clone(),
            operation: "staff.correct".to_owned(),
            key,
            fingerprint: format!("{} {amount} {reason}", direction.as_str()),
        };
        let movement = self.movement(direction, amount, &reason);
        let line = self.line(Action::WalletCorrect, customer.as_str()).of(&customer);
        let line = line.changing((), (direction.as_str(), amount, &key.key)).because(Some(&reason));
        let transaction = Transaction::alone(customer, movement, &key).audited(line.clone());
        let is_replay = match self.context.store().commit(transaction, self.context.now()).await {
            Ok(_) => false,
            Err(NotCommitted::Replayed(Replay::Same(_))) => true,
            Err(NotCommitted::Replayed(Replay::Different)) => return Err(KeyReused.into()),
            Err(error) => return Err(error.into()),
        };
        if !is_replay {
            audit::log(&line);
        }
        Ok(is_replay)
    }

    fn movement(&self, direction: Direction, amount: Credits, reason: &str) -> Movement {
        let cause = Cause::Operator { reason: reason.to_owned() };
        Movement { route: direction.route(), ..Movement::new(EntryKind::Adjustment, amount, cause, self.actor.clone()) }
    }
}
