//! `GET /api/v1/usage` - reports what orders used of the plan and of the budget.

use crate::{
    access::ReadUsage,
    codes::TooManyOrders,
    costs::{CostsView, report},
};
use api::{
    Balance, Caller, Params, Parse, Problem,
    axum::{Json, extract::State, response::IntoResponse},
};
use domain::{Credits, Timestamp, access::Mode, costs::By, ledger::Allowance};
use runtime::Context;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

/// What to report.
#[derive(Debug, IntoParams, Parse)]
#[into_params(parameter_in = Query)]
#[parse(problems(TooManyOrders))]
pub struct Wanted {
    /// What to group by. Defaults to the day.
    #[param(inline)]
    by: Option<By>,
    /// Count only orders created at or after this time. Defaults to the beginning of this month in UTC.
    from: Option<Timestamp>,
    /// Count only orders created before this time. Defaults to now.
    to: Option<Timestamp>,
}

/// What orders used.
#[derive(Serialize, ToSchema)]
pub struct UsageView {
    #[serde(flatten)]
    report: CostsView,
    /// The running month, whatever the period of the report is.
    month: MonthView,
    /// The included verifications of the paid period; null without one.
    included: Option<IncludedUseView>,
    /// The budget of usage-based billing; null if that is off.
    budget: Option<BudgetView>,
}

/// What is spent in the running month. Months begin at midnight in UTC.
#[derive(Serialize, ToSchema)]
pub struct MonthView {
    /// The month.
    #[schema(examples("2026-11"), pattern = "^[0-9]{4}-[0-9]{2}$")]
    month: String,
    /// What orders cost, less refunds, without what included verifications paid.
    orders: Credits,
    /// What is spent, with the price of the plan.
    spent: Credits,
    /// What `spent` will be at the end of the month, if you go on like this.
    forecast: Credits,
}

/// The included verifications.
#[derive(Serialize, ToSchema)]
pub struct IncludedUseView {
    /// How many the period has.
    verifications: u32,
    /// How many are used.
    used: u32,
    /// The end of the period.
    until: Timestamp,
}

/// The budget of a month.
#[derive(Serialize, ToSchema)]
pub struct BudgetView {
    /// What orders may cost in the month.
    budget: Credits,
    /// What is left of it.
    left: Credits,
    /// Whether purchases above it are refused.
    hard_stop: bool,
}

/// Report usage
///
/// Sums the verifications that were created in a period: what included verifications of the plan paid (`included`), what is
/// labelled `overage`, and what was spent and refunded. It shows the use of the plan and of the budget beside it. With a test
/// key it reports play money. A report has at most 5000 verifications, and counts as one request for each 25.
#[utoipa::path(
    get, path = "/api/v1/usage", operation_id = "report_usage", tag = "wallet", params(Wanted),
    responses((status = 200, body = UsageView)),
)]
pub async fn usage(
    State(context): State<Context>,
    Caller { principal, beside: Balance(wallet), meter }: Caller<ReadUsage>,
    Params(Wanted { by, from, to }): Params<Wanted>,
) -> Result<impl IntoResponse, Problem> {
    let now = context.now();
    let report = report(&context, &principal, meter, by.unwrap_or(By::Day), from, to).await?;
    let month = wallet.usage.spending.at(now);
    let metering = principal.metering.filter(|_| principal.mode == Mode::Live);
    let running = wallet.usage.allowance.filter(|allowance| allowance.is_running(now));
    Ok(Json(UsageView {
        report,
        included: running.map(|Allowance { units, used, until, .. }| IncludedUseView {
            verifications: units,
            used,
            until,
        }),
        budget: metering.map(|metering| BudgetView {
            budget: metering.budget,
            left: metering.left(month.orders),
            hard_stop: metering.hard_stop,
        }),
        month: MonthView { month: month.month, orders: month.orders, spent: month.spent, forecast: month.forecast },
    }))
}
