//! Links a number that a supplier sold to an order.

use crate::{Unsettled, write::commit};
use domain::{
    access::Mode,
    order::{Order, Sale},
    sandbox,
};
use runtime::Context;
use store::{Claim, Transaction};

/// Links a sold number to this order. The claim in the same transaction excludes every other order.
pub(crate) async fn adopt(context: &Context, order: Order, sale: Sale) -> Result<Order, Unsettled> {
    let claim = Claim::supplier_order(&sale.supplier, &sale.supplier_order, &order);
    let claim = match order.mode() {
        Mode::Live => claim.found_by(&sale.phone),
        // Many customers have the same number of the sandbox, and support looks for none of them.
        Mode::Test => claim.kept_until(sandbox::kept_until(Mode::Test, order.created_at)),
    };
    let step = order.number_bought(sale, context.now())?;
    commit(context, Transaction::of(step).claiming(claim)).await
}
