//! The demo customer: an account on the enterprise plan with ₵500 and a key of all scopes. It must never
//! exist in prod. On the local stage, the simulators' accounts get their currency, too.

use crate::{Failure, shown::Answer, views};
use accounts::Passwords;
use domain::{
    Actor, ApiKeyId, Credits, Currency, EmailAddress, Plan, Trust, UserId,
    access::{ApiKey, ApiKeyText, KeyName, Permission, SecretHash, StaffRole},
    account::{Password, SecondFactor, TotpSecret},
    audit::Action,
    finding::Direction,
    payment::{CreditPrice, Minor, PayCurrency},
};
use runtime::Context;
use serde_json::json;
use staff::{Correction, NewColleague, Staff, StaffError};
use store::{Credentials, NewAccount, NotCreated, Profile};

const EMAIL: &str = "demo@namaskah.example";
const OWNER: &str = "owner@namaskah.example";
/// The company that sells on the local stage.
const SELLER: &str = include_str!("seller.json");
/// ₵500.
const CREDIT: Credits = Credits::from_units(5_000_000);

/// Creates the demo customer, or writes the same one again for a key that was printed before.
///
/// With a password, the customer can sign in. On the local stage there is a demo owner, too, with this password and
/// this secret of an authenticator app.
pub async fn create(
    context: &Context,
    staff: &Staff<'_>,
    known: Option<&str>,
    password: Option<&Password>,
    owner: Option<(&Password, &str)>,
) -> Result<Answer, Failure> {
    if !matches!(context.config().stage.as_str(), "local" | "dev") {
        return Err(Failure::Refused("the demo customer is only for the stages local and dev".to_owned()));
    }
    let address = EMAIL.parse().map_err(|_| Failure::Refused("the demo's address is malformed".to_owned()))?;
    let key = match known.filter(|text| !text.is_empty()) {
        Some(text) => text.parse().map_err(|_| Failure::Refused("the key is not an API key".to_owned()))?,
        None => new_key(context, staff, &address).await?,
    };
    if context.config().stage == "local" {
        set_money_of_simulators(staff).await?;
        set_credit_prices(staff).await?;
        name_seller(staff).await?;
        if let Some((password, secret)) = owner {
            hire_owner(context, staff, password, secret).await?;
        }
    }
    write(context, &key, address).await?;
    if let Some(password) = password {
        set_password(context, key.owner(), password).await?;
    }
    let correction = Correction {
        customer: key.owner().clone(),
        direction: Direction::Credit,
        amount: CREDIT,
        reason: "demo credit".to_owned(),
        key: "demo credit".to_owned(),
    };
    // A wallet that moved is left alone, so that a second start changes nothing.
    if staff.wallet(key.owner()).await?.seq == 0 {
        staff.correct(correction).await?;
    }
    let mut view = views::customer(&staff.customer(key.owner()).await?);
    view["user_id"] = json!(key.owner());
    view["api_key"] = json!(key.expose());
    Ok(view.into())
}

/// Sets the first password. One that was set before stays.
async fn set_password(context: &Context, user: &UserId, password: &Password) -> Result<(), Failure> {
    if context.store().record::<Credentials>(user, &()).await.map_err(StaffError::from)?.is_none() {
        let hash = Passwords::default().hash(password);
        let line =
            runtime::audit::line(context, Actor::system("seed"), Action::PasswordChanged, user.as_str()).of(user);
        context.store().set_password(user, hash, None, &line).await.map_err(StaffError::from)?;
    }
    Ok(())
}

/// The demo owner, who signed in before: the password is the person's own, and the app has the secret.
async fn hire_owner(context: &Context, staff: &Staff<'_>, password: &Password, secret: &str) -> Result<(), Failure> {
    let email = OWNER.parse().map_err(|_| Failure::Refused("the owner's address is malformed".to_owned()))?;
    if staff.customer_with_email(&email).await.is_ok() {
        return Ok(());
    }
    let now = context.now();
    let hash = Passwords::default().hash(password);
    let new = NewColleague { email, role: StaffRole::Owner, password: hash, replace_until: None };
    let (person, _) = staff.hire(new, "demo").await?;
    let user = person.user_id;
    let store = context.store();
    let (proposed, _) = SecondFactor::default().proposing(TotpSecret::new(secret), now);
    store.put_second_factor(&user, &proposed, None).await.map_err(StaffError::from)?;
    let on = proposed.confirmed(0, &[], now);
    let on = on.ok_or_else(|| Failure::Refused("the second factor was not confirmed".to_owned()))?;
    let line = runtime::audit::line(context, Actor::system("seed"), Action::TwoFactorEnabled, user.as_str()).of(&user);
    store.put_second_factor(&user, &on, Some(&line)).await.map_err(StaffError::from)?;
    Ok(())
}

/// All simulators sell in roubles, at ₵0.0062. What somebody set is left alone.
async fn set_money_of_simulators(staff: &Staff<'_>) -> Result<(), Failure> {
    let currency = Currency::new("RUB");
    for supplier in staff.suppliers().await?.into_iter().filter(|supplier| supplier.account.is_none()) {
        staff.set_account(&supplier.id, currency.clone()).await?;
        staff.set_rate(&currency, Credits::from_units(62)).await?;
    }
    Ok(())
}

/// Customers can pay in every currency; these prices of a credit are near two dollars. What somebody set is left alone.
async fn set_credit_prices(staff: &Staff<'_>) -> Result<(), Failure> {
    for (currency, price) in staff.credit_prices().await? {
        let usual = match currency {
            PayCurrency::Ghs => 3_107,
            PayCurrency::Ngn => 304_000,
            PayCurrency::Kes => 25_850,
            PayCurrency::Zar => 3_560,
            PayCurrency::Usd => 200,
        };
        if let (None, Some(usual)) = (price, CreditPrice::new(Minor::new(usual))) {
            staff.set_credit_price(currency, usual).await?;
        }
    }
    Ok(())
}

/// A company that sells, so that payments get invoices. Whom somebody named is left alone.
async fn name_seller(staff: &Staff<'_>) -> Result<(), Failure> {
    if staff.invoicing().await?.seller.is_some() {
        return Ok(());
    }
    let seller = serde_json::from_str(SELLER).map_err(|error| Failure::Refused(format!("the seller: {error}")))?;
    staff.name_seller(seller).await?;
    Ok(())
}

/// A key of the customer with the demo's address, or of a new one.
async fn new_key(context: &Context, staff: &Staff<'_>, address: &EmailAddress) -> Result<ApiKeyText, Failure> {
    let owner = match staff.customer_with_email(address).await {
        Ok(profile) => profile.user_id,
        Err(StaffError::NoCustomer(_)) => UserId::new(context.now(), context.random()),
        Err(error) => return Err(error.into()),
    };
    Ok(staff.key_text(owner))
}

async fn write(context: &Context, key: &ApiKeyText, email: EmailAddress) -> Result<(), Failure> {
    let now = context.now();
    let profile = Profile { trust: Trust::Vouched, ..Profile::new(key.owner().clone(), email, Plan::Enterprise, now) };
    let name: KeyName = "demo".parse().map_err(|_| Failure::Refused("the name is not one of a key".to_owned()))?;
    let scopes = Permission::OF_KEYS.into_iter().chain([Permission::MetricsRead]).collect();
    let last_four = Some(key.last_four().to_owned());
    let row = ApiKey { last_four, ..ApiKey::new(ApiKeyId::new(now, context.random()), name, scopes, now) };
    let line = runtime::audit::line(context, Actor::system("demo"), Action::CustomerCreate, key.owner().as_str());
    match context.store().create_customer(NewAccount { profile, credentials: None }, &line.of(key.owner())).await {
        Ok(()) | Err(NotCreated::AddressTaken(_)) => {}
        Err(error) => return Err(StaffError::from(error).into()),
    }
    let stored = context.store().accounts().put_api_key(key.owner(), &SecretHash::of(key.expose()), &row).await;
    Ok(stored.map_err(StaffError::from)?)
}
