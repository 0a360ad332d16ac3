//! A sold number becomes an order's own.

use crate::{Unsettled, write::commit};
use domain::order::{Order, Sale};
use runtime::Context;
use store::{Claim, Transaction};

/// Makes a number that the supplier sold this order's own; no other order can have it then.
pub(crate) async fn adopt(context: &Context, order: Order, sale: Sale) -> Result<Order, Unsettled> {
    let claim = Claim::supplier_order(&sale.supplier, &sale.supplier_order, &order);
    let step = order.number_bought(sale, context.now())?;
    commit(context, Transaction::of(step).claiming(claim)).await
}
