//! The commands about what is sold, and about suppliers.

use crate::{
    Failure,
    arguments::{Catalog, PriceOf, Suppliers},
    shown::Answer,
    views,
};
use domain::{Timestamp, catalog::OperatorState, price_change::PriceChange, pricing::ServiceClass};
use runtime::Context;
use serde_json::{Value, json};
use staff::Staff;

pub async fn catalog(context: &Context, staff: &Staff<'_>, command: &Catalog) -> Result<Answer, Failure> {
    let value = match command {
        Catalog::Class { service, class } => {
            let class = ServiceClass::from(*class);
            let is_known = staff.give_class(service, class).await?;
            json!({ "id": service, "class": class, "in_catalog": is_known })
        }
        Catalog::Switches => {
            let off = staff.switched_off().await?;
            off.iter().map(|(switch, off)| views::switch(switch, off)).collect()
        }
        Catalog::Off { switch, reason } => views::switch(switch, &staff.switch_off(switch, reason).await?),
        Catalog::On { switch } => json!({ "id": switch, "was_off": staff.switch_on(switch).await? }),
        Catalog::Operators { supplier, all } => {
            let known = staff.operators(&supplier.0).await?.operators;
            let shown = known.into_iter().filter(|(_, state)| *all || *state == OperatorState::Unreviewed);
            shown.map(|(operator, state)| json!({ "id": operator, "state": state })).collect()
        }
        Catalog::Operator { supplier, operator, state } => {
            let state = OperatorState::from(*state);
            staff.set_operator(&supplier.0, operator, state).await?;
            json!({ "id": operator, "state": state })
        }
        Catalog::Prices => {
            let list = staff.price_list().await?;
            let changes = list.changes.into_iter().map(|(from, change)| price_change(from, &change));
            let now = json!({
                "id": "now",
                "sms_list": list.rules.sms_list,
                "markup_percent": list.rules.markup_percent,
                "hard_percent": list.rules.hard_percent,
                "step": list.rules.step,
            });
            std::iter::once(now).chain(changes).collect()
        }
        Catalog::Price(PriceOf { from, sms_list, markup_percent, hard_percent, step, reason }) => {
            let (sms_list, step) = (*sms_list, *step);
            let change = PriceChange { sms_list, markup_percent: *markup_percent, hard_percent: *hard_percent, step };
            let (from, change) = staff.change_prices(*from, change, reason).await?;
            price_change(from, &change)
        }
        Catalog::WithdrawPrice { from, reason } => price_change(*from, &staff.withdraw_prices(*from, reason).await?),
        Catalog::Refresh => {
            ::catalog::refresh::refresh(context.clone()).await?;
            let version = context.store().catalog().version().await.map_err(staff::StaffError::from)?;
            json!({ "id": "catalog", "version": version.version, "changed_at": version.at })
        }
    };
    Ok(value.into())
}

pub async fn suppliers(staff: &Staff<'_>, command: &Suppliers) -> Result<Answer, Failure> {
    let value = match command {
        Suppliers::List => Value::Array(staff.suppliers().await?.iter().map(views::supplier).collect()),
        Suppliers::Currency { supplier, currency } => {
            let account = staff.set_account(&supplier.0, currency.clone()).await?;
            json!({ "id": supplier.0, "currency": account.currency, "currency_as_of": account.as_of })
        }
        Suppliers::Rate { currency, credits } => {
            let rate = staff.set_rate(currency, *credits).await?;
            json!({ "id": currency, "credits_per_unit": rate.credits_per_unit, "rate_as_of": rate.as_of })
        }
    };
    Ok(value.into())
}

fn price_change(from: Timestamp, change: &PriceChange) -> Value {
    let mut shown = json!(change);
    shown["id"] = json!(from);
    shown
}
