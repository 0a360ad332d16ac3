//! Claims: links with one owner, permanent but for those of test orders. A supplier's order belongs to the first order
//! that claims it, an address to one account.

use crate::{
    Accounts, Ledger, Located, NewAccount, Orders, Place, Store, StoreError, Versioned,
    item::{self, Item},
    keys,
    table::Consistency,
};
use aws_sdk_dynamodb::types::{Delete, Put};
use domain::{
    EmailAddress, PhoneNumber, SupplierId, SupplierOrderId, Timestamp, UserId,
    account::{CredentialId, GoogleSubject, ReferralCode},
    ledger::Subject,
    payment::{GatewayId, PaymentReference, ReceiptId},
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A claim of a subject; see [`crate::Transaction::claiming`].
#[derive(Clone, Debug)]
pub struct Claim {
    place: Place,
    row: ClaimRow,
    /// When the database may delete it; `None` if it is permanent.
    kept_until: Option<Timestamp>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct ClaimRow {
    /// The identifier of the owning subject.
    made: String,
    user_id: UserId,
    /// The number by which the claim is found ([`crate::lookup`]).
    #[serde(default)]
    lookup: Option<PhoneNumber>,
}

impl Claim {
    /// A claim of this subject on a supplier's order.
    pub fn supplier_order(supplier: &SupplierId, id: &SupplierOrderId, subject: &impl Versioned) -> Self {
        Self::at(Place { table: |tables| &tables.orders, key: keys::supplier_order(supplier, id) }, subject)
    }

    /// A claim of this subject at a place.
    pub(crate) fn at(place: Place, subject: &impl Versioned) -> Self {
        let row = ClaimRow { made: subject.made(), user_id: subject.owner().clone(), lookup: None };
        Self { place, row, kept_until: None }
    }

    /// A claim of a new account on its email address.
    pub fn email(address: &EmailAddress, account: &NewAccount) -> Self {
        Self::of_account(keys::email(address), account)
    }

    /// A claim of a new account on its referral code.
    pub fn referral(code: &ReferralCode, account: &NewAccount) -> Self {
        Self::of_account(keys::referral(code), account)
    }

    /// A claim of a new account on the included verification of its address. It is permanent: whoever registers the
    /// address again gets none.
    pub fn welcome(address: &EmailAddress, account: &NewAccount) -> Self {
        Self::of_account(keys::welcomed(address), account)
    }

    /// A claim of a new account on the account at Google that made it.
    pub fn google(subject: &GoogleSubject, account: &NewAccount) -> Self {
        Self::of_account(keys::google(subject), account)
    }

    /// A claim of an account on the address that it moves to.
    pub(crate) fn moved_email(address: &EmailAddress, account: &UserId) -> Self {
        Self::of_user(keys::email(address), account)
    }

    /// A claim of an account on an account at Google.
    pub(crate) fn linked_google(subject: &GoogleSubject, account: &UserId) -> Self {
        Self::of_user(keys::google(subject), account)
    }

    /// A claim of an account on the credential of a passkey.
    pub(crate) fn credential(id: &CredentialId, account: &UserId) -> Self {
        Self::of_user(keys::credential(id), account)
    }

    fn of_account(key: keys::Key, account: &NewAccount) -> Self {
        Self::of_user(key, account.owner())
    }

    fn of_user(key: keys::Key, account: &UserId) -> Self {
        let row = ClaimRow { made: account.to_string(), user_id: account.clone(), lookup: None };
        Self { place: Place { table: |tables| &tables.accounts, key }, row, kept_until: None }
    }

    /// The same claim, which is found by the sold number.
    #[must_use]
    pub fn found_by(mut self, number: &PhoneNumber) -> Self {
        self.row.lookup = Some(number.clone());
        self
    }

    /// The same claim, which is kept until then.
    #[must_use]
    pub fn kept_until(self, until: Option<Timestamp>) -> Self {
        Self { kept_until: until, ..self }
    }

    /// The write of the claim, which fails if the claim has an owner.
    pub(crate) fn put(&self, store: &Store) -> Result<Put, StoreError> {
        let (table, key) = store.locate(self.place.clone());
        table.absent_put(&key, &self.row, self.kept_until.map(Timestamp::epoch_seconds))
    }
}

impl Accounts<'_> {
    /// The end of a claim, which fails unless this account owns it.
    pub(crate) fn release(self, key: &keys::Key, owner: &UserId) -> Result<Delete, StoreError> {
        let end = self.0.delete_write(key).condition_expression("user_id = :owner");
        Ok(end.expression_attribute_values(":owner", item::text(owner.as_str())).build()?)
    }
}

/// The owner of a claim, whatever subject it belongs to.
#[derive(Deserialize)]
pub(crate) struct Owner {
    pub(crate) user_id: UserId,
}

/// The order that owns a claim; `None` for a subject of another kind.
pub(crate) fn located(row: Item) -> Option<Located> {
    let ClaimRow { made, user_id, .. } = item::read(row).ok()?;
    Some(Located { owner: user_id, order: made.parse().ok()? })
}

impl Accounts<'_> {
    /// The customer with this address.
    pub async fn with_email(self, address: &EmailAddress) -> Result<Option<UserId>, StoreError> {
        self.claimant(&keys::email(address)).await
    }

    /// The customer with this referral code.
    pub async fn owner_of_referral(self, code: &ReferralCode) -> Result<Option<UserId>, StoreError> {
        self.claimant(&keys::referral(code)).await
    }

    /// The customer with this account at Google.
    pub async fn with_google(self, subject: &GoogleSubject) -> Result<Option<UserId>, StoreError> {
        self.claimant(&keys::google(subject)).await
    }

    /// Whether the address had its included verification.
    pub async fn is_welcomed(self, address: &EmailAddress) -> Result<bool, StoreError> {
        Ok(self.claimant(&keys::welcomed(address)).await?.is_some())
    }

    async fn claimant(self, key: &keys::Key) -> Result<Option<UserId>, StoreError> {
        let owner: Option<Owner> = self.0.get(key, Consistency::Strong).await?;
        Ok(owner.map(|owner| owner.user_id))
    }
}

impl Ledger<'_> {
    /// The payment that has this money of a gateway.
    pub async fn payment_with(
        self,
        gateway: &GatewayId,
        receipt: &ReceiptId,
    ) -> Result<Option<PaymentReference>, StoreError> {
        let row: Option<ClaimRow> = self.0.get(&keys::receipt(gateway, receipt), Consistency::Strong).await?;
        Ok(row.and_then(|row| row.made.parse().ok()))
    }
}

impl Ledger<'_> {
    /// The payments that have any of this money of a gateway.
    pub async fn payments_with(
        self,
        gateway: &GatewayId,
        receipts: &BTreeSet<&ReceiptId>,
    ) -> Result<BTreeSet<PaymentReference>, StoreError> {
        let wanted: Vec<_> = receipts.iter().map(|receipt| keys::receipt(gateway, receipt)).collect();
        let rows = self.0.get_many(&wanted, Consistency::Strong).await?;
        let claims = rows.into_iter().map(item::read::<ClaimRow>).collect::<Result<Vec<_>, _>>()?;
        Ok(claims.into_iter().filter_map(|claim| claim.made.parse().ok()).collect())
    }
}

impl Orders<'_> {
    /// The orders among these supplier orders that have an owner.
    pub async fn claimed(
        self,
        supplier: &SupplierId,
        ids: &[SupplierOrderId],
    ) -> Result<BTreeSet<SupplierOrderId>, StoreError> {
        // A batch read must not contain a key twice.
        let by_key: BTreeMap<_, _> = ids.iter().map(|id| (keys::supplier_order(supplier, id).pk, id)).collect();
        let wanted: Vec<_> = by_key.values().map(|id| keys::supplier_order(supplier, id)).collect();
        let rows = self.0.get_many(&wanted, Consistency::Strong).await?;
        let owned = rows.iter().filter_map(|row| by_key.get(item::text_of(row, "pk")?));
        Ok(owned.map(|id| (*id).clone()).collect())
    }
}
