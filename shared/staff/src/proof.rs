//! The proof of the books: each wallet against its entries.

use crate::{Staff, StaffError};
use domain::{
    UserId,
    access::Mode,
    ledger::{Contradiction, prove},
};
use store::StoreError;

/// The result of a proof.
#[derive(Clone, Debug, Default)]
pub struct Proven {
    /// The number of wallets with real money.
    pub wallets: u64,
    /// The number of wallets with play money.
    pub play_wallets: u64,
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
    /// Whether its money is real.
    pub mode: Mode,
    /// The first contradiction.
    pub contradiction: Contradiction,
}

/// How often a wallet that moves during its proof is read again.
const TRIES: usize = 20;

impl Staff<'_> {
    /// Proves the wallets of one customer, of real and of play money.
    pub async fn prove(&self, customer: &UserId) -> Result<Proven, StaffError> {
        let mut proven = Proven::default();
        for mode in [Mode::Live, Mode::Test] {
            self.prove_into((customer, mode), &mut proven).await?;
        }
        Ok(proven)
    }

    /// Proves all wallets, those of play money, too. It reads the whole ledger.
    pub async fn prove_all(&self) -> Result<Proven, StaffError> {
        let mut proven = Proven::default();
        let visit = async |customer: UserId, mode| self.prove_into((&customer, mode), &mut proven).await;
        self.context.store().ledger().for_each_wallet(visit).await?;
        Ok(proven)
    }

    async fn prove_into(&self, (customer, mode): (&UserId, Mode), proven: &mut Proven) -> Result<(), StaffError> {
        let ledger = self.context.store().ledger().of(mode);
        for _ in 0..TRIES {
            let before = ledger.wallet(customer).await?;
            let entries = ledger.all_entries(customer).await?;
            if ledger.wallet(customer).await? != before {
                continue;
            }
            match mode {
                Mode::Live => proven.wallets += 1,
                Mode::Test => proven.play_wallets += 1,
            }
            proven.entries += entries.len() as u64;
            if let Err(contradiction) = prove(mode, &before, &entries, self.context.now()) {
                proven.wrong.push(WrongWallet { customer: customer.clone(), mode, contradiction });
            }
            return Ok(());
        }
        Err(StoreError::Busy.into())
    }
}
