//! A sold number becomes an order's own.

use crate::{Unsettled, write::commit};
use domain::order::{Order, Sale};
use runtime::Context;
use store::Change;

/// Makes a number that the supplier sold this order's own; no other order can have it then.
pub(crate) async fn adopt(context: &Context, order: Order, sale: Sale) -> Result<Order, Unsettled> {
    let (supplier, supplier_order) = (sale.supplier.clone(), sale.supplier_order.clone());
    let step = order.number_bought(sale, context.now())?;
    commit(context, Change { claim: Some((&supplier, &supplier_order)), ..Change::of(step) }).await
}
