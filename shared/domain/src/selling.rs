//! What operators decide about selling: the price rules, the currencies of supplier accounts, and what is
//! switched off (docs/rules.md, "What is sold").

use crate::{
    Actor, CountryCode, Currency, ServiceName, SupplierId, Timestamp,
    payment::{CreditPrice, GatewayId, Minor, PayCurrency},
    price_change::{self, PriceChange},
    pricing::PriceRules,
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt, str::FromStr};
use thiserror::Error;

/// The rules under which offers are sold. They are stored together, because each quote needs them all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SalesRules {
    /// How costs become prices.
    #[serde(flatten)]
    pub prices: PriceRules,
    /// Changes of the price rules, by the moment at which they begin.
    pub price_changes: BTreeMap<Timestamp, PriceChange>,
    /// The currency of our account at each supplier. Without one, nothing of the supplier is sold.
    pub accounts: BTreeMap<SupplierId, AccountCurrency>,
    /// What is not sold at the moment.
    pub off: BTreeMap<Switch, SwitchedOff>,
    /// The price of a credit in the currencies that customers pay in. Nobody pays in a currency without one.
    pub credit_prices: BTreeMap<PayCurrency, ListedCreditPrice>,
}

/// The price of a credit in a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedCreditPrice {
    /// The price.
    pub price: CreditPrice,
    /// When an operator set it.
    pub as_of: Timestamp,
}

/// The price of a credit in US dollars (seed), as long as no operator set another one.
const DOLLARS: Minor = Minor::new(200);

/// The currency of our account at a supplier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountCurrency {
    /// The currency of the supplier's prices and of our balance.
    pub currency: Currency,
    /// When an operator set it.
    pub as_of: Timestamp,
}

/// Something that can be switched off. As text: `supplier:5sim`, `country:GH`, `service:whatsapp`,
/// `gateway:paystack`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Switch {
    /// All offers of a supplier.
    Supplier(SupplierId),
    /// All numbers of a country.
    Country(CountryCode),
    /// A service everywhere.
    Service(ServiceName),
    /// New payments through a gateway.
    Gateway(GatewayId),
}

/// Who switched something off, when and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SwitchedOff {
    /// The time.
    pub at: Timestamp,
    /// The person, or the part of the system.
    pub by: Actor,
    /// The reason.
    pub reason: String,
}

/// Why an offer is not sold now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NotSold {
    /// The service, the country or the supplier is switched off.
    #[error("it is switched off")]
    SwitchedOff,
    /// The price is in another currency than our account.
    #[error("the price is in an old currency")]
    OldCurrency,
}

/// The text is not a switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a switch is written like supplier:5sim, country:GH, service:whatsapp or gateway:paystack")]
pub struct NotASwitch;

impl SalesRules {
    /// The rules as they are at a moment.
    #[must_use]
    pub fn at(self, now: Timestamp) -> Self {
        Self { prices: price_change::rules_at(self.prices, &self.price_changes, now), ..self }
    }

    /// The currency of our account at a supplier; `None` before an operator set it.
    pub fn currency_of(&self, supplier: &SupplierId) -> Option<&Currency> {
        self.accounts.get(supplier).map(|account| &account.currency)
    }

    /// Checks whether this service is sold in the country by anybody.
    pub fn check_market(&self, service: &ServiceName, country: &CountryCode) -> Result<(), NotSold> {
        let is_off = self.is_off(&Switch::Service(service.clone())) || self.is_off(&Switch::Country(country.clone()));
        if is_off { Err(NotSold::SwitchedOff) } else { Ok(()) }
    }

    /// Checks whether the supplier's offers in this currency are sold. Prices in another currency than that of our
    /// account are older than the account's.
    pub fn check_supplier(&self, supplier: &SupplierId, currency: &Currency) -> Result<(), NotSold> {
        if self.currency_of(supplier) != Some(currency) {
            return Err(NotSold::OldCurrency);
        }
        if self.is_off(&Switch::Supplier(supplier.clone())) { Err(NotSold::SwitchedOff) } else { Ok(()) }
    }

    /// Whether new payments may be started through a gateway.
    pub fn takes_payments_of(&self, gateway: &GatewayId) -> bool {
        !self.is_off(&Switch::Gateway(gateway.clone()))
    }

    /// The price of a credit in a currency; `None` if nobody pays in it.
    pub fn credit_price(&self, currency: PayCurrency) -> Option<CreditPrice> {
        let usual = if currency == PayCurrency::Usd { CreditPrice::new(DOLLARS) } else { None };
        self.credit_prices.get(&currency).map(|listed| listed.price).or(usual)
    }

    fn is_off(&self, switch: &Switch) -> bool {
        self.off.contains_key(switch)
    }
}

impl fmt::Display for Switch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Supplier(id) => write!(f, "supplier:{id}"),
            Self::Country(code) => write!(f, "country:{code}"),
            Self::Service(name) => write!(f, "service:{name}"),
            Self::Gateway(id) => write!(f, "gateway:{id}"),
        }
    }
}

impl From<Switch> for String {
    fn from(switch: Switch) -> Self {
        switch.to_string()
    }
}

impl TryFrom<String> for Switch {
    type Error = NotASwitch;

    fn try_from(text: String) -> Result<Self, NotASwitch> {
        text.parse()
    }
}

impl FromStr for Switch {
    type Err = NotASwitch;

    fn from_str(text: &str) -> Result<Self, NotASwitch> {
        let (kind, name) = text.split_once(':').filter(|(_, name)| !name.is_empty()).ok_or(NotASwitch)?;
        match kind {
            "supplier" => Ok(Self::Supplier(SupplierId::new(name))),
            "country" => name.parse().map(Self::Country).map_err(|_| NotASwitch),
            "service" => name.parse().map(Self::Service).map_err(|_| NotASwitch),
            "gateway" => Ok(Self::Gateway(GatewayId::new(name))),
            _ => Err(NotASwitch),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn supplier() -> SupplierId {
        SupplierId::new("5sim")
    }

    fn rules(off: &[&str]) -> SalesRules {
        let because = SwitchedOff { at: Timestamp::default(), by: Actor::operator("ama"), reason: "a test".to_owned() };
        let account = AccountCurrency { currency: Currency::new("RUB"), as_of: Timestamp::default() };
        SalesRules {
            accounts: BTreeMap::from([(supplier(), account)]),
            off: off.iter().map(|switch| (switch.parse().unwrap(), because.clone())).collect(),
            ..SalesRules::default()
        }
    }

    #[test]
    fn a_switch_stops_what_it_names() {
        let (whatsapp, telegram) = ("whatsapp".parse().unwrap(), "telegram".parse().unwrap());
        let (ghana, kenya) = ("GH".parse().unwrap(), "KE".parse().unwrap());
        let off = Err(NotSold::SwitchedOff);
        let country = rules(&["country:GH"]);
        assert_eq!(country.check_market(&whatsapp, &ghana), off);
        assert_eq!(country.check_market(&whatsapp, &kenya), Ok(()));
        let service = rules(&["service:whatsapp"]);
        assert_eq!(service.check_market(&whatsapp, &kenya), off);
        assert_eq!(service.check_market(&telegram, &kenya), Ok(()));
        let paystack = GatewayId::new("paystack");
        assert!(!rules(&["gateway:paystack"]).takes_payments_of(&paystack));
        assert!(rules(&["gateway:stripe", "country:GH"]).takes_payments_of(&paystack));
        let roubles = Currency::new("RUB");
        assert_eq!(rules(&["supplier:5sim"]).check_supplier(&supplier(), &roubles), off);
        assert_eq!(rules(&["supplier:other"]).check_supplier(&supplier(), &roubles), Ok(()));
    }

    #[test]
    fn prices_in_another_currency_than_the_account_are_not_sold() {
        let rules = rules(&[]);
        assert_eq!(rules.check_supplier(&supplier(), &Currency::new("USD")), Err(NotSold::OldCurrency));
        let unset = SupplierId::new("other");
        assert_eq!(rules.check_supplier(&unset, &Currency::new("RUB")), Err(NotSold::OldCurrency));
    }

    #[test]
    fn rules_are_stored_in_one_object() {
        let rules = rules(&["supplier:5sim", "country:GH", "service:whatsapp"]);
        let stored = serde_json::to_value(&rules).unwrap();
        assert_eq!(stored["accounts"]["5sim"]["currency"], "RUB");
        assert_eq!(stored["off"]["country:GH"]["by"], "operator:ama");
        assert_eq!(stored["sms_list"], "0.5000");
        assert_eq!(serde_json::from_value::<SalesRules>(stored).unwrap(), rules);
        assert_eq!(serde_json::from_str::<SalesRules>("{}").unwrap(), SalesRules::default());
    }

    #[test]
    fn a_switch_names_one_thing() {
        for text in ["supplier:5sim", "country:GH", "service:whatsapp"] {
            assert_eq!(text.parse::<Switch>().unwrap().to_string(), text);
        }
        for text in ["", "supplier:", "country:Ghana", "operator:mtn", "whatsapp", "service:What's app"] {
            assert_eq!(text.parse::<Switch>(), Err(NotASwitch), "{text}");
        }
    }
}
