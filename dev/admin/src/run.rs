//! Each command calls one use case, and shows its result.

use crate::{
    Failure,
    arguments::{
        Command, CorrectionArguments, CustomerName, Customers, Findings, Keys, Ledger, OrderOf, Orders, Wallet,
    },
    demo, sales,
    shown::Answer,
    views,
};
use domain::{Timestamp, Trust, UserId, access::Permission};
use runtime::Context;
use serde_json::Value;
use staff::{Correction, Direction, NewCustomer, NewKey, Staff};
use std::time::Duration;

/// Runs a command.
pub async fn run(context: &Context, staff: &Staff<'_>, command: &Command) -> Result<Answer, Failure> {
    match command {
        Command::Customers(command) => customers(staff, command).await,
        Command::Keys(command) => keys(context, staff, command).await,
        Command::Wallet(command) => wallet(context, staff, command).await,
        Command::Orders(command) => orders(staff, command).await,
        Command::Findings(command) => findings(staff, command).await,
        Command::Ledger(Ledger::Proof { customer }) => proof(staff, customer.as_ref()).await,
        Command::Catalog(command) => sales::catalog(context, staff, command).await,
        Command::Suppliers(command) => sales::suppliers(staff, command).await,
        Command::Audit { day } => audit(context, day.as_deref()).await,
        Command::Demo { key } => demo::create(context, staff, key.as_deref()).await,
        // It needs no stage, so it ran before.
        Command::Completion { .. } => Ok(Value::Null.into()),
    }
}

async fn customers(staff: &Staff<'_>, command: &Customers) -> Result<Answer, Failure> {
    let profile = match command {
        Customers::Create { email, plan, vouched } => {
            let trust = if *vouched { Trust::Vouched } else { Trust::Earned };
            staff.create_customer(NewCustomer { email: email.clone(), plan: (*plan).into(), trust }).await?
        }
        Customers::Show(of) => staff.customer(&id(staff, &of.customer).await?).await?,
        Customers::Find { email } => staff.customer_with_email(email).await?,
        Customers::Plan { customer, plan } => {
            staff.set_plan(&id(staff, &customer.customer).await?, (*plan).into()).await?
        }
        Customers::Disable(of) => {
            staff.set_active(&id(staff, &of.customer).await?, false, of.reason.as_deref()).await?
        }
        Customers::Enable(of) => staff.set_active(&id(staff, &of.customer).await?, true, of.reason.as_deref()).await?,
        Customers::Vouch(of) => staff.set_trust(&id(staff, &of.customer).await?, Trust::Vouched, &of.reason).await?,
        Customers::Unvouch(of) => staff.set_trust(&id(staff, &of.customer).await?, Trust::Earned, &of.reason).await?,
    };
    Ok(views::customer(&profile).into())
}

async fn keys(context: &Context, staff: &Staff<'_>, command: &Keys) -> Result<Answer, Failure> {
    match command {
        Keys::Create { customer, name, scopes, days } => {
            let scopes: Vec<_> = scopes.iter().map(|scope| scope.0).collect();
            let lasts = |days: u32| context.now().plus(Duration::from_hours(24 * u64::from(days)));
            let made = staff
                .create_key(NewKey {
                    customer: id(staff, customer).await?,
                    name: name.clone(),
                    scopes: if scopes.is_empty() { Permission::OF_CUSTOMERS.to_vec() } else { scopes },
                    expires_at: days.map(lasts),
                })
                .await?;
            Ok(views::made_key(&made).into())
        }
        Keys::List { customer } => {
            let keys = staff.keys(&id(staff, customer).await?).await?;
            Ok(Value::Array(keys.iter().map(views::key).collect()).into())
        }
        Keys::Revoke { customer, key } => {
            Ok(views::key(&staff.revoke_key(&id(staff, customer).await?, key).await?).into())
        }
    }
}

async fn wallet(context: &Context, staff: &Staff<'_>, command: &Wallet) -> Result<Answer, Failure> {
    let (customer, corrected) = match command {
        Wallet::Show(of) => (id(staff, &of.customer).await?, None),
        Wallet::Credit(of) => correct(context, staff, Direction::Credit, of).await?,
        Wallet::Debit(of) => correct(context, staff, Direction::Debit, of).await?,
    };
    let profile = staff.customer(&customer).await?;
    let mut view = views::wallet(&profile, &staff.wallet(&customer).await?, context.now());
    if let Some(is_replay) = corrected {
        view["done_before"] = is_replay.into();
    }
    Ok(view.into())
}

/// Corrects a wallet. Returns its customer, and whether an earlier command did it.
async fn correct(
    context: &Context,
    staff: &Staff<'_>,
    direction: Direction,
    of: &CorrectionArguments,
) -> Result<(UserId, Option<bool>), Failure> {
    let customer = id(staff, &of.customer).await?;
    let (amount, reason) = (of.amount, of.reason.clone());
    let today = || format!("{} {amount} {reason}", context.now().day());
    let key = of.key.clone().unwrap_or_else(today);
    let is_replay = staff.correct(Correction { customer: customer.clone(), direction, amount, reason, key }).await?;
    Ok((customer, Some(is_replay)))
}

async fn orders(staff: &Staff<'_>, command: &Orders) -> Result<Answer, Failure> {
    let (Orders::Show(OrderOf { order, customer }) | Orders::Settle(OrderOf { order, customer })) = command;
    let customer = id(staff, customer).await?;
    if matches!(command, Orders::Settle(_)) {
        staff.settle(&customer, order).await?;
    }
    Ok(views::order(&staff.order(&customer, order).await?).into())
}

async fn findings(staff: &Staff<'_>, command: &Findings) -> Result<Answer, Failure> {
    match command {
        Findings::List { days, all } => {
            let found = staff.findings(*days).await?;
            let shown = found.iter().filter(|finding| *all || finding.resolved.is_none());
            Ok(Value::Array(shown.map(views::finding).collect()).into())
        }
        Findings::Resolve { finding, note } => {
            Ok(views::finding(&staff.resolve_finding(finding.made_at(), finding, note).await?).into())
        }
    }
}

async fn proof(staff: &Staff<'_>, customer: Option<&CustomerName>) -> Result<Answer, Failure> {
    let proven = match customer {
        Some(customer) => staff.prove(&id(staff, customer).await?).await?,
        None => staff.prove_all().await?,
    };
    Ok(Answer { value: views::proof(&proven), is_well: proven.wrong.is_empty() })
}

async fn audit(context: &Context, day: Option<&str>) -> Result<Answer, Failure> {
    let day = match day {
        Some(day) => format!("{day}T00:00:00Z")
            .parse::<Timestamp>()
            .map_err(|_| Failure::Refused(format!("{day} is not a day like 2026-11-27")))?,
        None => context.now(),
    };
    let lines = context.store().accounts().audit_lines(day).await.map_err(staff::StaffError::from)?;
    Ok(Value::Array(lines.iter().map(views::audit_line).collect()).into())
}

async fn id(staff: &Staff<'_>, name: &CustomerName) -> Result<UserId, Failure> {
    match name {
        CustomerName::Id(id) => Ok(id.clone()),
        CustomerName::Email(address) => Ok(staff.customer_with_email(address).await?.user_id),
    }
}
