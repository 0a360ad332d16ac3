//! The accesses of the endpoints of keys. Only sessions change keys.

use api::{Balances, access};

access! {
    /// See keys. The wallets have what they spent today.
    ReadKeys { needs: AccountRead, beside: Balances }
}

access! {
    /// Make, change or replace a key.
    ChangeKeys { needs: AccountWrite, beside: Balances }
}

access! {
    /// End a key.
    EndKey { needs: AccountWrite, problems: [api::codes::Busy] }
}
