//! Vouchers: made, listed and ended.

use crate::{Staff, StaffError, audit};
use domain::{
    VoucherId,
    audit::Action,
    voucher::{NewVoucher, NotAVoucher, Voucher, VoucherCode},
};
use serde_json::json;
use store::{Cursor, Page};
use thiserror::Error;

/// A voucher that was just made. Its code is shown once.
#[derive(Debug)]
pub struct MadeVoucher {
    /// The voucher.
    pub voucher: Voucher,
    /// Its code.
    pub code: VoucherCode,
}

/// Why a voucher was not made.
#[derive(Debug, Error)]
pub enum NoVoucher {
    /// Its values are not those of a voucher.
    #[error(transparent)]
    NotAVoucher(#[from] NotAVoucher),
    /// Another voucher has the code, whether it ended or not.
    #[error("another voucher has this code")]
    CodeTaken,
    /// The database failed.
    #[error(transparent)]
    Store(#[from] store::StoreError),
}

impl Staff<'_> {
    /// Makes a voucher with this code, or with a random one. A random code is shown to nobody again, so if the answer is
    /// lost, its voucher is ended and another one made.
    pub async fn make_voucher(&self, new: NewVoucher, code: Option<VoucherCode>) -> Result<MadeVoucher, NoVoucher> {
        let now = self.context.now();
        let code = code.unwrap_or_else(|| VoucherCode::random(runtime::random_bytes()));
        let id = VoucherId::new(now, self.context.random());
        let voucher = Voucher::new(id, &code, new, self.actor.clone(), now)?;
        let made = json!({
            "credits": voucher.credits, "uses": voucher.uses, "from": voucher.from, "until": voucher.until,
        });
        let line = self.line(Action::VoucherCreate, voucher.voucher_id.as_str());
        let line = line.changing((), made).because(Some(&voucher.reason));
        if !self.context.store().create_voucher(&voucher, &line).await? {
            return Err(NoVoucher::CodeTaken);
        }
        audit::log(&line);
        Ok(MadeVoucher { voucher, code })
    }

    /// A page of all vouchers, newest first.
    pub async fn vouchers(&self, limit: usize, after: Option<&Cursor>) -> Result<Page<Voucher>, StaffError> {
        Ok(self.context.store().ledger().vouchers(limit, after).await?)
    }

    /// Ends a voucher. What was redeemed stays with its customers. Ending it again changes nothing.
    pub async fn stop_voucher(&self, id: &VoucherId, reason: &str) -> Result<Voucher, StaffError> {
        let read = async || {
            let found = self.context.store().ledger().voucher_with_id(id).await?;
            found.ok_or_else(|| StaffError::Missing(format!("voucher {id}")))
        };
        let voucher = read().await?;
        if voucher.stopped_at.is_some() {
            return Ok(voucher);
        }
        let line = self.line(Action::VoucherStop, id.as_str()).because(Some(reason));
        if self.context.store().stop_voucher(&voucher, &line).await? {
            audit::log(&line);
        }
        read().await
    }
}
