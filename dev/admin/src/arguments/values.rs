//! Values of the command line that are not types of `domain`, or that list their values.

use clap::ValueEnum;
use domain::{
    EmailAddress, Plan, SupplierId, UserId,
    access::{Permission, StaffRole},
    catalog::OperatorState,
    payment::CreditPrice,
    pricing::ServiceClass,
};

/// The longest text of a person, in characters.
const LONGEST: usize = 200;

/// A short text of a person, such as a reason.
pub fn sentence(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST || text.chars().any(char::is_control) {
        return Err(format!("one line of 1 to {LONGEST} characters"));
    }
    Ok(text.to_owned())
}

/// A supplier by its identifier.
#[derive(Clone, Debug)]
pub struct Supplier(pub SupplierId);

/// The price of a credit in a currency, like 2.00.
#[derive(Clone, Copy, Debug)]
pub struct CreditsPrice(pub CreditPrice);

impl std::str::FromStr for CreditsPrice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let price = text.parse().ok().and_then(CreditPrice::new);
        price.map(Self).ok_or_else(|| "a price is above zero and has at most two decimals".to_owned())
    }
}

/// A decision about an operator.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum OperatorDecision {
    Sold,
    Blocked,
}

/// A customer by identifier or email address.
#[derive(Clone, Debug)]
pub enum CustomerName {
    Id(UserId),
    Email(EmailAddress),
}

/// A plan's name.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum PlanName {
    Starter,
    Pro,
    Enterprise,
}

/// The name of a role.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum RoleName {
    Owner,
    Finance,
    Support,
    Compliance,
    Analyst,
}

impl From<RoleName> for StaffRole {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Owner => Self::Owner,
            RoleName::Finance => Self::Finance,
            RoleName::Support => Self::Support,
            RoleName::Compliance => Self::Compliance,
            RoleName::Analyst => Self::Analyst,
        }
    }
}

/// The name of a service's class.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ClassName {
    Common,
    Hard,
    Blocked,
}

/// A permission by its name, like `orders:read`.
#[derive(Clone, Copy, Debug)]
pub struct Scope(pub Permission);

impl std::str::FromStr for CustomerName {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text} is neither usr_… nor an email address");
        if text.contains('@') {
            text.parse().map(Self::Email).map_err(|_| wrong())
        } else {
            text.parse().map(Self::Id).map_err(|_| wrong())
        }
    }
}

impl std::str::FromStr for Scope {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = Permission::ALL.iter().find(|permission| permission.as_str() == text);
        let names = || Permission::ALL.iter().map(|permission| permission.as_str()).collect::<Vec<_>>().join(", ");
        found.copied().map(Self).ok_or_else(|| format!("the scopes are {}", names()))
    }
}

impl std::str::FromStr for Supplier {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let id = SupplierId::new(text);
        let names = || suppliers::ids().iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        if suppliers::ids().contains(&id) { Ok(Self(id)) } else { Err(format!("the suppliers are {}", names())) }
    }
}

impl From<OperatorDecision> for OperatorState {
    fn from(decision: OperatorDecision) -> Self {
        match decision {
            OperatorDecision::Sold => Self::Sold,
            OperatorDecision::Blocked => Self::Blocked,
        }
    }
}

impl From<PlanName> for Plan {
    fn from(name: PlanName) -> Self {
        match name {
            PlanName::Starter => Self::Starter,
            PlanName::Pro => Self::Pro,
            PlanName::Enterprise => Self::Enterprise,
        }
    }
}

impl From<ClassName> for ServiceClass {
    fn from(name: ClassName) -> Self {
        match name {
            ClassName::Common => Self::Common,
            ClassName::Hard => Self::Hard,
            ClassName::Blocked => Self::Blocked,
        }
    }
}
