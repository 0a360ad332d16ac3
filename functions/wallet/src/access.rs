//! The accesses of the wallet's endpoints.

use api::{Balance, access, codes::LiveOnly};

access! {
    /// Read the balance.
    ReadBalance { needs: WalletRead, beside: Balance }
}

access! {
    /// List entries.
    ReadEntries { needs: WalletRead, beside: Balance }
}

access! {
    /// Redeem vouchers. They only fill one's own wallet.
    Redeem { needs: PaymentsWrite, problems: [LiveOnly] }
}

access! {
    /// Report costs.
    ReadCosts { needs: WalletRead }
}

access! {
    /// Report usage.
    ReadUsage { needs: WalletRead, beside: Balance }
}
