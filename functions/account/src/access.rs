//! The accesses of the account's endpoints.

use api::access;

access! {
    /// List what happened to the account.
    ReadActivity { needs: AccountRead }
}
