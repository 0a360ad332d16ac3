//! A voucher as staff see it.

use domain::{Actor, Credits, Timestamp, VoucherId, voucher::Voucher};
use serde::Serialize;
use utoipa::ToSchema;

/// A voucher, without its code.
#[derive(Serialize, ToSchema)]
pub struct VoucherView {
    /// The voucher.
    id: VoucherId,
    /// What each use gives, as promotional credit.
    credits: Credits,
    /// How often it can be used, by all customers together. Each customer can use it once.
    uses: u32,
    /// How often it was used.
    used: u32,
    /// When it begins.
    from: Timestamp,
    /// When it ends.
    until: Timestamp,
    /// When it was ended early; null if nobody did.
    stopped_at: Option<Timestamp>,
    /// What it is for.
    reason: String,
    /// Who made it.
    made_by: Actor,
    /// When.
    created_at: Timestamp,
}

impl From<Voucher> for VoucherView {
    fn from(voucher: Voucher) -> Self {
        Self {
            id: voucher.voucher_id,
            credits: voucher.credits,
            uses: voucher.uses,
            used: voucher.used,
            from: voucher.from,
            until: voucher.until,
            stopped_at: voucher.stopped_at,
            reason: voucher.reason,
            made_by: voucher.made_by,
            created_at: voucher.created_at,
        }
    }
}
