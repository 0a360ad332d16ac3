//! The proof of the books: each wallet against its entries.

use crate::{Staff, StaffError};
use domain::{
    UserId,
    ledger::{Contradiction, prove},
};
use store::StoreError;

/// The result of a proof.
#[derive(Clone, Debug, Default)]
pub struct Proven {
    /// The number of wallets.
    pub wallets: u64,
    /// The number of entries.
    pub entries: u64,
    /// Wallets that contradict their entries.
    pub wrong: Vec<WrongWallet>,
}

/// A wallet that contradicts its entries.
#[derive(Clone, Debug)]
pub struct WrongWallet {
    /// The customer.
    pub customer: UserId,
    /// The first contradiction.
    pub contradiction: Contradiction,
}

/// How often a wallet that moves during its proof is read again.
const TRIES: usize = 20;

impl Staff<'_> {
    /// Proves the wallet of one customer.
    pub async fn prove(&self, customer: &UserId) -> Result<Proven, StaffError> {
        let mut proven = Proven::default();
        self.prove_into(customer, &mut proven).await?;
        Ok(proven)
    }

    /// Proves all wallets. It reads the whole ledger.
    pub async fn prove_all(&self) -> Result<Proven, StaffError> {
        let mut proven = Proven::default();
        let visit = async |customer: UserId| self.prove_into(&customer, &mut proven).await;
        self.context.store().ledger().for_each_wallet(visit).await?;
        Ok(proven)
    }

    async fn prove_into(&self, customer: &UserId, proven: &mut Proven) -> Result<(), StaffError> {
        let ledger = self.context.store().ledger();
        for _ in 0..TRIES {
            let before = ledger.wallet(customer).await?;
            let entries = ledger.all_entries(customer).await?;
            if ledger.wallet(customer).await? != before {
                continue;
            }
            proven.wallets += 1;
            proven.entries += entries.len() as u64;
            if let Err(contradiction) = prove(&before, &entries) {
                proven.wrong.push(WrongWallet { customer: customer.clone(), contradiction });
            }
            return Ok(());
        }
        Err(StoreError::Busy.into())
    }
}
