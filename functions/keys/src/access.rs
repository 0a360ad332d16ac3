//! The accesses of the endpoints of keys. Only sessions change keys.

use api::{Balance, access};

access! {
    /// See keys. The wallet has what they spent today.
    ReadKeys { needs: AccountRead, beside: Balance }
}

access! {
    /// Make, change or replace a key.
    ChangeKeys { needs: AccountWrite, beside: Balance }
}

access! {
    /// End a key.
    EndKey { needs: AccountWrite, problems: [api::codes::Busy] }
}
