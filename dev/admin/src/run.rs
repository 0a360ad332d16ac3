//! Each command calls one use case, and shows its result.

use crate::{
    Failure,
    arguments::{
        AuditOf, Command, CorrectionArguments, CustomerName, Customers, Keys, Ledger, Letters, Mail, Migrations,
        Newest, OrderOf, Orders, Reconcile, Wallet, Wanted,
    },
    colleagues, demo, findings, invoices, payments, sales,
    shown::Answer,
    views, vouchers,
};
use accounts::keys::NewKey;
use domain::{
    Timestamp, Trust, UserId,
    access::{KeyLimits, Mode, Permission},
    audit::AuditLine,
    finding::Direction,
    reconciliation::due_day,
};
use runtime::Context;
use serde_json::Value;
use staff::{Correction, NewCustomer, Staff};
use std::time::Duration;
use store::{Cursor, first_items};

/// Runs a command.
pub async fn run(context: &Context, staff: &Staff<'_>, command: &Command) -> Result<Answer, Failure> {
    match command {
        Command::Customers(command) => customers(staff, command).await,
        Command::Staff(command) => colleagues::run(context, staff, command).await,
        Command::Keys(command) => keys(context, staff, command).await,
        Command::Wallet(command) => wallet(context, staff, command).await,
        Command::Orders(command) => orders(staff, command).await,
        Command::Findings(command) => findings::run(staff, command).await,
        Command::Ledger(Ledger::Proof { customer }) => proof(staff, customer.as_ref()).await,
        Command::Reconcile(command) => reconcile(context, staff, command).await,
        Command::Catalog(command) => sales::catalog(context, staff, command).await,
        Command::Suppliers(command) => sales::suppliers(staff, command).await,
        Command::Payments(command) => payments::run(context, staff, command).await,
        Command::Invoices(command) => invoices::run(context, staff, command).await,
        Command::Vouchers(command) => vouchers::run(staff, command).await,
        Command::Letters(command) => letters(staff, command).await,
        Command::Mail(command) => mail(context, staff, command).await,
        Command::Migrations(command) => migrations(staff, command).await,
        Command::Audit(wanted) => audit(context, staff, wanted).await,
        Command::Demo { key, password, staff_password, staff_totp_secret } => {
            let owner = staff_password.as_ref().zip(staff_totp_secret.as_deref());
            demo::create(context, staff, key.as_deref(), password.as_ref(), owner).await
        }
        // It needs no stage, so it ran before.
        Command::Completion { .. } => Ok(Value::Null.into()),
    }
}

async fn reconcile(context: &Context, staff: &Staff<'_>, command: &Reconcile) -> Result<Answer, Failure> {
    let (Reconcile::Start { day } | Reconcile::Show { day }) = command;
    let day = day.as_ref().map_or(Ok(due_day(context.now())), |day| {
        Timestamp::of_day(day).map_err(|_| Failure::Refused(format!("{day} is not a day like 2026-11-27")))
    })?;
    if matches!(command, Reconcile::Start { .. }) {
        staff.start_reconciliation(day).await?;
    }
    Ok(views::night(day, &staff.reconciliation(day).await?).into())
}

async fn customers(staff: &Staff<'_>, command: &Customers) -> Result<Answer, Failure> {
    let profile = match command {
        Customers::Create { email, plan, vouched } => {
            let trust = if *vouched { Trust::Vouched } else { Trust::Earned };
            staff.create_customer(NewCustomer { email: email.clone(), plan: (*plan).into(), trust }).await?
        }
        Customers::Show(of) => {
            let profile = staff.customer(&id(staff, &of.customer).await?).await?;
            return Ok(views::person(&profile, &staff.ways_in(&profile).await?).into());
        }
        Customers::Find(wanted) => return find(staff, wanted).await,
        Customers::Plan { customer, plan } => {
            staff.set_plan(&id(staff, &customer.customer).await?, (*plan).into()).await?
        }
        Customers::Disable(of) => {
            staff.set_active(&id(staff, &of.customer).await?, false, of.reason.as_deref()).await?
        }
        Customers::Enable(of) => staff.set_active(&id(staff, &of.customer).await?, true, of.reason.as_deref()).await?,
        Customers::SignOut(of) => staff.sign_out(&id(staff, &of.customer).await?, &of.reason).await?,
        Customers::FactorOff(of) => staff.turn_factor_off(&id(staff, &of.customer).await?, &of.reason).await?,
        Customers::RemovePasskey { customer, passkey, reason } => {
            staff.remove_passkey(&id(staff, &customer.customer).await?, passkey, reason).await?
        }
        Customers::UnlinkGoogle(of) => staff.unlink_google(&id(staff, &of.customer).await?, &of.reason).await?,
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
            let new = NewKey {
                name: name.clone(),
                mode: Mode::Live,
                scopes: if scopes.is_empty() { Permission::OF_KEYS.to_vec() } else { scopes }.into_iter().collect(),
                expires_at: days.map(lasts),
                limits: KeyLimits::default(),
            };
            let made = staff.create_key(&id(staff, customer).await?, new).await?;
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
        Wallet::Entries(Newest { customer, most }) => {
            let found = staff.newest_entries(&id(staff, &customer.customer).await?, *most as usize).await?;
            return Ok(Value::Array(found.iter().rev().map(views::entry).collect()).into());
        }
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

/// The customer with an address or an order, or all that had a number.
async fn find(staff: &Staff<'_>, wanted: &Wanted) -> Result<Answer, Failure> {
    let Wanted { email, order, number } = wanted;
    if let Some(number) = number {
        let customers = staff.customers(staff.owners_of_number(number).await?).await?;
        return Ok(Value::Array(customers.iter().map(views::customer).collect()).into());
    }
    let profile = match (email, order) {
        (Some(email), _) => staff.customer_with_email(email).await?,
        (None, Some(order)) => staff.customer(&staff.owner_of(order).await?).await?,
        (None, None) => return Err(Failure::Refused("give an email address, an order or a number".to_owned())),
    };
    Ok(views::customer(&profile).into())
}

async fn orders(staff: &Staff<'_>, command: &Orders) -> Result<Answer, Failure> {
    let (OrderOf { order, customer }, settles) = match command {
        Orders::Show(of) => (of, false),
        Orders::Settle(of) => (of, true),
        Orders::List(Newest { customer, most }) => {
            let found = staff.newest_orders(&id(staff, &customer.customer).await?, *most as usize).await?;
            return Ok(Value::Array(found.iter().rev().map(views::listed_order).collect()).into());
        }
        Orders::Find { number } => {
            let found = staff.orders_with_number(number).await?;
            return Ok(Value::Array(found.iter().map(views::located).collect()).into());
        }
    };
    let customer = match customer {
        Some(customer) => id(staff, customer).await?,
        None => staff.owner_of(order).await?,
    };
    if settles {
        staff.settle(&customer, order).await?;
    }
    Ok(views::order(&staff.order(&customer, order).await?).into())
}

async fn letters(staff: &Staff<'_>, command: &Letters) -> Result<Answer, Failure> {
    let shown = match command {
        Letters::Dead => staff.dead_letters().await?,
        Letters::Parked => staff.parked().await?,
        Letters::Redrive => return Ok(views::redriven(staff.redrive().await?).into()),
    };
    Ok(Value::Array(shown.iter().map(views::letter).collect()).into())
}

async fn mail(context: &Context, staff: &Staff<'_>, command: &Mail) -> Result<Answer, Failure> {
    let suppression = match command {
        Mail::Show { address } => staff.suppression(address).await?,
        Mail::Lift { address, reason } => staff.lift_suppression(address, reason).await?,
    };
    Ok(views::suppression(&suppression, context.now()).into())
}

async fn migrations(staff: &Staff<'_>, command: &Migrations) -> Result<Answer, Failure> {
    let shown: Vec<_> = match command {
        Migrations::List => staff.migrations().await?,
        Migrations::Run { again } => {
            let done = staff.migrate(*again).await?;
            done.into_iter().map(|(migration, record)| (migration, Some(record))).collect()
        }
    };
    Ok(Value::Array(shown.iter().map(|(migration, record)| views::migration(migration, *record)).collect()).into())
}

async fn proof(staff: &Staff<'_>, customer: Option<&CustomerName>) -> Result<Answer, Failure> {
    let proven = match customer {
        Some(customer) => staff.prove(&id(staff, customer).await?).await?,
        None => staff.prove_all().await?,
    };
    Ok(Answer { value: views::proof(&proven), is_well: proven.wrong.is_empty() })
}

async fn audit(context: &Context, staff: &Staff<'_>, wanted: &AuditOf) -> Result<Answer, Failure> {
    let AuditOf { day, account, operator, action, most } = wanted;
    let most = *most as usize;
    let lines = match (account, day) {
        (Some(account), _) => trail(staff, &staff::Wanted::Account(id(staff, account).await?), most).await?,
        (None, Some(day)) => {
            let wrong = |_| Failure::Refused(format!("{day} is not a day like 2026-11-27"));
            trail(staff, &staff::Wanted::Day(Timestamp::of_day(day).map_err(wrong)?), most).await?
        }
        (None, None) if operator.is_empty() => trail(staff, &staff::Wanted::Day(context.now()), most).await?,
        (None, None) => {
            let mut lines = Vec::new();
            for name in operator {
                let name = match name.parse() {
                    Ok(account) => id(staff, &account).await?.to_string(),
                    Err(_) => name.clone(),
                };
                lines.extend(trail(staff, &staff::Wanted::Operator(name), most).await?);
            }
            lines.sort_by(|a, b| b.id.cmp(&a.id));
            lines.truncate(most);
            lines
        }
    };
    // The newest at the end, where a terminal shows it.
    let shown = lines.iter().rev().filter(|line| action.as_ref().is_none_or(|action| line.action.as_str() == action));
    Ok(Value::Array(shown.map(views::audit_line).collect()).into())
}

/// The newest lines of a kind, newest first.
async fn trail(staff: &Staff<'_>, wanted: &staff::Wanted, most: usize) -> Result<Vec<AuditLine>, Failure> {
    Ok(first_items(most, async |left: usize, after: Option<&Cursor>| staff.trail(wanted, left, after).await).await?)
}

/// The customer with this name.
pub async fn id(staff: &Staff<'_>, name: &CustomerName) -> Result<UserId, Failure> {
    match name {
        CustomerName::Id(id) => Ok(id.clone()),
        CustomerName::Email(address) => Ok(staff.customer_with_email(address).await?.user_id),
    }
}
