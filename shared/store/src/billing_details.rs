//! What customers want on invoices. The account's deletion removes it; the invoices keep a copy.

use crate::{Accounts, Place, StoreError, Stored, keys};
use domain::{UserId, invoice::BillingDetails};

impl Stored for BillingDetails {
    type Id = ();

    fn place(owner: &UserId, (): &()) -> Place {
        Place { table: |tables| &tables.accounts, key: keys::billing(owner) }
    }
}

impl Accounts<'_> {
    /// Writes what a customer wants on invoices, in place of what was written before.
    pub async fn put_billing_details(self, user: &UserId, details: &BillingDetails) -> Result<(), StoreError> {
        self.0.put(&keys::billing(user), details).await
    }
}
