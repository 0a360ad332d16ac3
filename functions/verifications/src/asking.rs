//! What suppliers say of many orders: in as few calls as possible, and within what each account may be asked.

use crate::supplier_facts::{self, counted};
use domain::{SupplierId, order::Order};
use futures_util::future::join_all;
use runtime::Context;
use std::{collections::BTreeMap, time::Duration};
use suppliers::{Supplier, SupplierError, SupplierOrder};

/// From how many orders on a list replaces single calls.
const LIST_FROM: usize = 3;
/// How old an order may be to be looked up in the list, which comes newest first: to reach further back takes more pages than
/// there are single calls to spare.
const LIST_REACHES: Duration = Duration::from_mins(3);
/// How many calls a second an account may make for polls (5SIM allows 100; buying and cancelling need some).
const CALLS_PER_SECOND: u32 = 80;

/// What was said, by our order's id.
pub(crate) type Answers = BTreeMap<String, Result<SupplierOrder, SupplierError>>;

/// Asks each supplier about its orders.
pub(crate) async fn about<'a>(context: &Context, orders: impl Iterator<Item = &'a Order>) -> Answers {
    let mut by_supplier = BTreeMap::<&SupplierId, Vec<&Order>>::new();
    for order in orders {
        by_supplier.entry(&order.attempt.supplier).or_default().push(order);
    }
    let mut answers = Answers::new();
    for (supplier, orders) in by_supplier {
        match supplier_facts::client(context, supplier).await {
            Ok(client) => ask(context, client, &orders, &mut answers).await,
            Err(error) => {
                tracing::error!(%error, "no access to the supplier");
                answer_all(&orders, &SupplierError::Refused, &mut answers);
            }
        }
    }
    answers
}

/// By its list where that saves calls, then singly about those that the list lacks. A supplier whose list can't be had is not
/// asked once more for each of its orders.
async fn ask(context: &Context, client: &dyn Supplier, orders: &[&Order], answers: &mut Answers) {
    let is_recent = |order: &&Order| {
        let bought_at = order.number.as_ref().map(|number| number.bought_at);
        bought_at.is_some_and(|at| context.now().since(at) < LIST_REACHES)
    };
    let (recent, mut singly): (Vec<&Order>, Vec<&Order>) = orders.iter().copied().partition(is_recent);
    if recent.len() >= LIST_FROM {
        match look_into_list(context, client, &recent).await {
            Ok(mut listed) => {
                singly.extend(recent.into_iter().filter(|order| !listed.contains_key(order.id.as_str())));
                answers.append(&mut listed);
            }
            Err(error) => answer_all(&recent, &error, answers),
        }
    } else {
        singly.extend(recent);
    }
    if singly.is_empty() {
        return;
    }
    if let Err(error) = take_calls(context, client, singly.len()).await {
        return answer_all(&singly, &error, answers);
    }
    let numbers = singly.into_iter().filter_map(|order| Some((order, order.number.as_ref()?)));
    let checks = numbers.map(async |(order, number)| {
        (order.id.to_string(), client.check(&number.supplier_order).await.map_err(counted))
    });
    answers.extend(join_all(checks).await);
}

async fn look_into_list(context: &Context, client: &dyn Supplier, orders: &[&Order]) -> Result<Answers, SupplierError> {
    take_calls(context, client, 1).await?;
    let numbers = || orders.iter().filter_map(|order| Some((order, order.number.as_ref()?)));
    let Some(oldest) = numbers().map(|(_, number)| number.sold_at).min() else { return Ok(Answers::new()) };
    let listed: BTreeMap<_, _> =
        client.orders(oldest).await.map_err(counted)?.orders.into_iter().map(|sold| (sold.id.clone(), sold)).collect();
    let found = |(order, number): (&&Order, &domain::order::Number)| {
        Some((order.id.to_string(), Ok(listed.get(&number.supplier_order)?.clone())))
    };
    Ok(numbers().filter_map(found).collect())
}

/// Takes calls out of what all pollers together may make in this second. Where that can't be read, the supplier's own limit
/// still protects us.
async fn take_calls(context: &Context, client: &dyn Supplier, calls: usize) -> Result<(), SupplierError> {
    let calls = u32::try_from(calls).unwrap_or(u32::MAX);
    match context.store().take_supplier_calls(&client.id(), calls, CALLS_PER_SECOND, context.now()).await {
        Ok(true) | Err(_) => Ok(()),
        Ok(false) => Err(SupplierError::Throttled { after: Duration::from_secs(1) }),
    }
}

fn answer_all(orders: &[&Order], error: &SupplierError, answers: &mut Answers) {
    answers.extend(orders.iter().map(|order| (order.id.to_string(), Err(error.clone()))));
}
