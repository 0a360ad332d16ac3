//! `GET /api/v1/wallet/costs` - reports what orders cost.

use crate::{access::ReadCosts, codes::TooManyOrders};
use api::{
    Caller, Meter, Params, Parse, Problem,
    axum::{Json, extract::State, response::IntoResponse},
};
use domain::{
    Timestamp,
    access::Principal,
    costs::{By, Costs, MOST_ORDERS, Report},
    rate_limit::requests_of_filtered_page,
};
use runtime::Context;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// What to report.
#[derive(Debug, IntoParams, Parse)]
#[into_params(parameter_in = Query)]
#[parse(problems(TooManyOrders))]
pub struct Wanted {
    /// What to group by.
    #[param(inline)]
    by: By,
    /// Count only orders created at or after this time. Defaults to the beginning of this month in UTC.
    from: Option<Timestamp>,
    /// Count only orders created before this time. Defaults to now.
    to: Option<Timestamp>,
}

/// What orders cost.
#[derive(Serialize, ToSchema)]
pub struct CostsView {
    /// Begin of the report.
    from: Timestamp,
    /// End of the report, which is not a part of it.
    to: Timestamp,
    /// What the groups are.
    by: By,
    /// The groups, by name.
    items: Vec<CostGroupView>,
    /// All orders. By `tag`, the groups may add up to more.
    total: Costs,
}

/// The costs of a group.
#[derive(Serialize, ToSchema)]
pub struct CostGroupView {
    /// Day, name of the service, code of the country, label as `name:value`, or id of the first key of a rotation; null for
    /// orders without a label, or that no key bought.
    group: Option<String>,
    #[serde(flatten)]
    costs: Costs,
}

/// Report costs
///
/// Sums the verifications that were created in a period, with refunds and failed tries. `GET /api/v1/usage` shows the same with
/// the plan and the budget. Later changes of them count, too.
/// With a test key it reports those of test keys. A report has at most 5000 verifications, and counts as one request for
/// each 25.
#[utoipa::path(
    get, path = "/api/v1/wallet/costs", operation_id = "report_costs", tag = "wallet", params(Wanted),
    responses((status = 200, body = CostsView)),
)]
pub async fn costs(
    State(context): State<Context>,
    Caller { principal, meter, .. }: Caller<ReadCosts>,
    Params(Wanted { by, from, to }): Params<Wanted>,
) -> Result<impl IntoResponse, Problem> {
    Ok(Json(report(&context, &principal, meter, by, from, to).await?))
}

/// Reports the orders of a period, and counts the requests that it is worth.
pub(crate) async fn report(
    context: &Context,
    principal: &Principal,
    meter: Meter,
    by: By,
    from: Option<Timestamp>,
    to: Option<Timestamp>,
) -> Result<CostsView, Problem> {
    let now = context.now();
    let (from, to) = (from.unwrap_or_else(|| now.start_of_month()), to.unwrap_or(now));
    let whose = (&principal.user, principal.mode);
    let orders = context.store().orders().costed(whose, from, to, MOST_ORDERS).await?;
    meter.counts_as(context, requests_of_filtered_page(orders.len())).await;
    if orders.len() > MOST_ORDERS {
        return Err(TooManyOrders { most: MOST_ORDERS }.into());
    }
    Ok(CostsView::of(Report::of(&orders, by), from, to, by))
}

impl CostsView {
    fn of(Report { groups, total }: Report, from: Timestamp, to: Timestamp, by: By) -> Self {
        let items = groups.into_iter().map(|(group, costs)| CostGroupView { group, costs }).collect();
        Self { from, to, by, items, total }
    }
}
