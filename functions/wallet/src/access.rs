//! What the wallet's endpoints need of their callers.

use api::{Balance, access};

access! {
    /// To see the balance.
    ReadBalance { needs: WalletRead, beside: Balance }
}

access! {
    /// To list entries.
    ReadEntries { needs: WalletRead }
}
