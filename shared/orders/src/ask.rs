//! Asks suppliers about many numbers, in as few calls as possible and within each account's request
//! budget.

use domain::{
    SupplierId, SupplierOrderId,
    access::Mode,
    order::{Number, Order},
};
use futures_util::future::join_all;
use runtime::{Context, telemetry};
use std::{collections::BTreeMap, time::Duration};
use store::StoreError;
use suppliers::{Supplier, SupplierError, SupplierOrder};

/// The smallest number of orders for which one list replaces single calls.
const LIST_FROM: usize = 3;
/// The age up to which a purchase is looked up in the list. The list is sorted newest first, so older
/// purchases would take more pages than single calls.
const LIST_REACHES: Duration = Duration::from_mins(3);

/// A supplier's answer about one number.
pub type Answer = Result<SupplierOrder, Unanswered>;

/// Why there is no answer about a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unanswered {
    /// The supplier was asked, and failed.
    Supplier(SupplierError),
    /// The account's request budget is used up, so the supplier was not asked.
    OverBudget,
}

impl From<SupplierError> for Unanswered {
    fn from(error: SupplierError) -> Self {
        Self::Supplier(error)
    }
}

/// Asks each supplier about the numbers of these orders. Each answer has the index of its order; without an order or
/// a number there is none.
pub async fn about(context: &Context, orders: &[Option<&Order>]) -> Vec<Option<Answer>> {
    let mut by_supplier = BTreeMap::<(Mode, &SupplierId), Vec<(usize, &Number)>>::new();
    for (place, order) in orders.iter().enumerate() {
        let Some(order) = order else { continue };
        if let Some(number) = &order.number {
            by_supplier.entry((order.mode(), &number.supplier)).or_default().push((place, number));
        }
    }
    // Side by side, so that a slow supplier does not keep the others waiting.
    let asked = by_supplier.into_iter().map(async |(supplier, placed)| {
        let (places, numbers): (Vec<usize>, Vec<&Number>) = placed.into_iter().unzip();
        places.into_iter().zip(ask(context, supplier, &numbers).await)
    });
    let mut answers: BTreeMap<_, _> = join_all(asked).await.into_iter().flatten().collect();
    (0..orders.len()).map(|place| answers.remove(&place)).collect()
}

/// Reads the supplier's list where that saves calls, then checks the missing numbers one by one. If
/// the list fails, its error is the answer for each recent number, without more calls.
async fn ask(context: &Context, (mode, supplier): (Mode, &SupplierId), numbers: &[&Number]) -> Vec<Answer> {
    let client = match suppliers::supplier_for(context, mode, supplier).await {
        Ok(client) => client,
        Err(error) => {
            tracing::error!(%error, "no access to the supplier");
            return numbers.iter().map(|_| Err(SupplierError::Refused.into())).collect();
        }
    };
    let now = context.now();
    let is_recent = |number: &Number| now.since(number.bought_at) < LIST_REACHES;
    let recent: Vec<_> = numbers.iter().copied().filter(|number| is_recent(number)).collect();
    let list =
        if recent.len() < LIST_FROM { Ok(List::new()) } else { list_of(context, client.as_ref(), &recent).await };
    let listed = |number: &Number| match &list {
        Ok(list) => list.get(&number.supplier_order).cloned().map(Ok),
        Err(error) => is_recent(number).then(|| Err(error.clone())),
    };
    let listed: Vec<_> = numbers.iter().map(|number| listed(number)).collect();
    let singly = listed.iter().filter(|answer| answer.is_none()).count();
    let may_call = take_calls(context, client.as_ref(), singly).await;
    let answers = numbers.iter().zip(listed).map(async |(number, listed)| {
        if let Some(answer) = listed {
            return answer;
        }
        may_call.clone()?;
        Ok(client.check(&number.supplier_order).await?)
    });
    join_all(answers).await
}

type List = BTreeMap<SupplierOrderId, SupplierOrder>;

async fn list_of(context: &Context, client: &dyn Supplier, numbers: &[&Number]) -> Result<List, Unanswered> {
    let Some(oldest) = numbers.iter().map(|number| number.sold_at).min() else { return Ok(List::new()) };
    take_calls(context, client, 1).await?;
    let list = client.orders(oldest).await?;
    Ok(list.orders.into_iter().map(|sold| (sold.id.clone(), sold)).collect())
}

/// Takes calls from the budget that all pollers share in this second. If the budget's row is overloaded, so is the
/// budget. If it can't be read for another reason, the supplier's own rate limit still applies. A supplier without a
/// limit has no budget.
async fn take_calls(context: &Context, client: &dyn Supplier, calls: usize) -> Result<(), Unanswered> {
    let Some(allowed) = client.terms().polls_per_second.filter(|_| calls > 0) else { return Ok(()) };
    let calls = u32::try_from(calls).unwrap_or(u32::MAX);
    match context.store().limits().take_supplier_calls(&client.id(), calls, allowed, context.now()).await {
        Ok(true) => Ok(()),
        Ok(false) | Err(StoreError::Throttled) => Err(Unanswered::OverBudget),
        Err(error) => {
            tracing::warn!(%error, "the budget of supplier calls could not be read");
            telemetry::count("BudgetUnreadable", 1);
            Ok(())
        }
    }
}
