//! The accesses of the wallet's endpoints.

use api::{Balance, access};

access! {
    /// Read the balance.
    ReadBalance { needs: WalletRead, beside: Balance }
}

access! {
    /// List entries.
    ReadEntries { needs: WalletRead, beside: Balance }
}

access! {
    /// Report costs.
    ReadCosts { needs: WalletRead }
}
