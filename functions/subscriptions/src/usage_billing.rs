//! `POST /api/v1/subscriptions/usage-billing` - switches usage-based billing on or off.

use crate::{access::ChangeUsageBilling, limits::UsageBillingView};
use api::{
    Balance, Caller, FieldError, Json as Body, Parse, Problem,
    axum::{Json, extract::State, response::IntoResponse},
    codes::LiveOnly,
    parse::Required,
};
use domain::{Credits, Timestamp, access::Mode, ledger::Wallet, metering::Metering};
use runtime::Context;
use store::ProfileChange;
use utoipa::ToSchema;

/// How the usage over the included verifications is to be billed.
#[derive(Debug, Parse, ToSchema)]
#[schema(example = json!({"enabled": true, "budget": "20", "hard_stop": true}))]
pub struct UsageBilling {
    /// Whether it is on.
    pub enabled: bool,
    /// What orders may cost in a UTC month; required if it is on.
    #[schema(required = false, value_type = Option<String>, pattern = r"^[0-9]{1,6}(\.[0-9]{1,4})?$", examples("20"))]
    pub budget: Option<Credits>,
    /// Whether purchases above the budget are refused. Defaults to false: then mails warn only.
    #[schema(required = false, value_type = Option<bool>)]
    #[parse(default)]
    pub hard_stop: bool,
}

/// Change usage-based billing
///
/// While it is on, what the wallet pays for orders is labelled `overage` in the lines of entries. Mails tell when 50, 80 and
/// 100 % of the budget are used, each once in a month. With `hard_stop`, a purchase above the budget gets 409
/// `usage_budget_reached`. It never makes debt: each price is held in the wallet, as without it.
///
/// The budget counts what orders of the whole month cost, also before it was switched on, less what was refunded of them.
/// The price of the plan does not count.
#[utoipa::path(
    post, path = "/api/v1/subscriptions/usage-billing", operation_id = "change_usage_billing", tag = "subscriptions",
    request_body = UsageBilling, responses((status = 200, body = UsageBillingView)),
)]
pub async fn usage_billing(
    State(context): State<Context>,
    Caller { principal, beside: Balance(wallet), .. }: Caller<ChangeUsageBilling>,
    Body(UsageBilling { enabled, budget, hard_stop }): Body<UsageBilling>,
) -> Result<impl IntoResponse, Problem> {
    if principal.mode == Mode::Test {
        return Err(LiveOnly.into());
    }
    let metering = match (enabled, budget) {
        (true, Some(budget)) => Some(Metering { budget, hard_stop }),
        (true, None) => return Err(Problem::fields(vec![FieldError::new("budget", Required)])),
        (false, _) => None,
    };
    let change = ProfileChange::Metering(metering);
    context.store().accounts().change_profile(&principal.user, change).await?;
    Ok(Json(billing_of(metering, &wallet, context.now())))
}

/// How the usage is billed, and what is spent in this month.
pub(crate) fn billing_of(metering: Option<Metering>, wallet: &Wallet, now: Timestamp) -> UsageBillingView {
    let spent = wallet.usage.spending.at(now).orders;
    UsageBillingView {
        enabled: metering.is_some(),
        budget: metering.map(|metering| metering.budget),
        hard_stop: metering.is_some_and(|metering| metering.hard_stop),
        spent,
        left: metering.map(|metering| metering.left(spent)),
        until: now.end_of_month(),
    }
}
