//! Commands about vouchers.

use crate::{Failure, arguments::Vouchers, shown::Answer};
use domain::voucher::{NewVoucher, Voucher};
use serde_json::{Value, json};
use staff::Staff;
use store::{Cursor, first_items};

/// The most vouchers of one read.
const PAGE: usize = 100;

pub async fn run(staff: &Staff<'_>, command: &Vouchers) -> Result<Answer, Failure> {
    let value = match command {
        Vouchers::Create { credits, uses, from, until, code, reason } => {
            let reason = reason.clone();
            let new = NewVoucher { credits: *credits, uses: *uses, from: *from, until: *until, reason };
            let made = staff.make_voucher(new, code.clone()).await;
            let made = made.map_err(|reason| Failure::Refused(reason.to_string()))?;
            let mut shown = shown(&made.voucher);
            shown["code"] = json!(made.code.expose());
            shown
        }
        Vouchers::List { most } => {
            let read = async |left: usize, after: Option<&Cursor>| staff.vouchers(left.min(PAGE), after).await;
            let found = first_items(*most as usize, read).await?;
            found.iter().rev().map(shown).collect()
        }
        Vouchers::Stop { voucher, reason } => shown(&staff.stop_voucher(voucher, reason).await?),
    };
    Ok(value.into())
}

/// A voucher, without its code.
fn shown(voucher: &Voucher) -> Value {
    json!({
        "id": voucher.voucher_id,
        "credits": voucher.credits,
        "used": voucher.used,
        "uses": voucher.uses,
        "from": voucher.from,
        "until": voucher.until,
        "stopped_at": voucher.stopped_at,
        "reason": voucher.reason,
        "made_by": voucher.made_by,
        "created_at": voucher.created_at,
    })
}
