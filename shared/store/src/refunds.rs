//! Refunds that await a person's approval: a row for each, in one partition, so that the list of them is a query. The
//! row comes and goes in the transactions that change the refund.

use crate::{
    Cursor, Ledger, Page, StoreError, keys,
    transact::{as_delete, as_write},
};
use aws_sdk_dynamodb::types::TransactWriteItem;
use domain::{RefundId, payment::PaymentReference};
use serde::{Deserialize, Serialize};

/// A refund that awaits approval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AwaitedApproval {
    /// The refund.
    pub refund: RefundId,
    /// Its payment.
    pub reference: PaymentReference,
}

/// What a transaction changes in the list of refunds that await approval.
#[derive(Clone, Debug)]
pub(crate) enum ApprovalWrite {
    Awaited(AwaitedApproval),
    Over(RefundId),
}

impl ApprovalWrite {
    /// The write. It has no condition, because the version of the payment decides about the transaction.
    pub(crate) fn write(&self, ledger: Ledger<'_>) -> Result<TransactWriteItem, StoreError> {
        Ok(match self {
            Self::Awaited(row) => as_write(ledger.0.any_put(&keys::awaited_approval(&row.refund), row, None)?),
            Self::Over(refund) => as_delete(ledger.0.delete_write(&keys::awaited_approval(refund)).build()?),
        })
    }
}

impl Ledger<'_> {
    /// A page of the refunds that await approval, oldest first.
    pub async fn awaited_approvals(
        self,
        limit: usize,
        after: Option<&Cursor>,
    ) -> Result<Page<AwaitedApproval>, StoreError> {
        if after.is_some_and(|cursor| !cursor.is_within(RefundId::PREFIX, "rfd_~")) {
            return Ok(Page::empty());
        }
        let rows = self.0.query(keys::AWAITED_APPROVALS.to_owned()).prefix(RefundId::PREFIX);
        rows.after(after).strong().page(limit).await
    }
}
