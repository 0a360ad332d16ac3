//! What is sold, as far as staff decide about it: classes of services, new operators, switches, and the money of
//! supplier accounts. Purchases see each decision at once, lists after half a minute.

use crate::{Staff, StaffError};
use domain::{
    Credits, Currency, OperatorName, ServiceName, SupplierId,
    audit::Action,
    calling_codes,
    catalog::{self, OperatorState, Operators},
    pricing::{ExchangeRate, ServiceClass},
    selling::{AccountCurrency, SalesRules, Switch, SwitchedOff},
};
use store::SupplierHealth;

/// A supplier, as an operator sees it.
#[derive(Clone, Debug)]
pub struct SupplierReport {
    /// The supplier.
    pub id: SupplierId,
    /// The currency of our account; `None` before an operator set it.
    pub account: Option<AccountCurrency>,
    /// The rate of this currency; `None` before an operator set it.
    pub rate: Option<ExchangeRate>,
    /// Why nothing of the supplier is sold, if it is switched off.
    pub off: Option<SwitchedOff>,
    /// The state of our account as of the last sweep.
    pub health: Option<SupplierHealth>,
}

impl Staff<'_> {
    /// Gives a class to a service: whether it is sold, and at which factor. Purchases see it at once, lists with
    /// the next refresh. Returns whether the catalog has the service already.
    pub async fn give_class(&self, service: &ServiceName, class: ServiceClass) -> Result<bool, StaffError> {
        let catalog = self.context.store().catalog();
        let before = catalog.service_terms(service, self.context.now()).await?.map(|(row, _)| row.class);
        let is_known = catalog.give_class(service, class).await?;
        self.record(self.line(Action::ServiceClass, service.as_str()).changing(before, class)).await?;
        Ok(is_known)
    }

    /// The suppliers with the money of our accounts.
    pub async fn suppliers(&self) -> Result<Vec<SupplierReport>, StaffError> {
        let rules = self.sales_rules().await?;
        let mut health = self.context.store().catalog().supplier_health().await?;
        let report = |id: SupplierId| {
            let account = rules.accounts.get(&id).cloned();
            SupplierReport {
                rate: account.as_ref().and_then(|account| rules.prices.rates.get(&account.currency)).cloned(),
                off: rules.off.get(&Switch::Supplier(id.clone())).cloned(),
                health: health.iter().position(|row| row.supplier == id).map(|found| health.swap_remove(found)),
                account,
                id,
            }
        };
        Ok(suppliers::ids().into_iter().map(report).collect())
    }

    /// Sets the currency of our account at a supplier. Prices in another currency are not sold from now on; the
    /// next refresh reads them in the new one.
    pub async fn set_account(&self, supplier: &SupplierId, currency: Currency) -> Result<AccountCurrency, StaffError> {
        check_registered(supplier)?;
        let before = self.sales_rules().await?.accounts.remove(supplier);
        let account = AccountCurrency { currency, as_of: self.context.now() };
        self.context.store().catalog().set_account(supplier, &account).await?;
        self.sold_differently().await?;
        self.record(self.line(Action::SupplierCurrency, supplier.as_str()).changing(before, &account)).await?;
        Ok(account)
    }

    /// Sets the rate of a currency, for purchases at once. A rate at which the stored prices would be implausible
    /// is refused.
    pub async fn set_rate(&self, currency: &Currency, credits_per_unit: Credits) -> Result<ExchangeRate, StaffError> {
        if !credits_per_unit.is_positive() {
            return Err(StaffError::NoRate);
        }
        let stored = self.context.store().catalog();
        let mut costs = Vec::new();
        for service in catalog::basket() {
            let offers = stored.offers(&service, None).await?;
            let in_currency = offers.iter().filter(|row| row.currency == *currency);
            costs.extend(in_currency.filter_map(|row| row.cheapest()).map(|offer| offer.cost));
        }
        catalog::check_costs(costs, credits_per_unit)?;
        let before = self.sales_rules().await?.prices.rates.remove(currency);
        let rate = ExchangeRate { credits_per_unit, as_of: self.context.now() };
        stored.set_rate(currency, &rate).await?;
        self.sold_differently().await?;
        self.record(self.line(Action::CurrencyRate, currency.as_str()).changing(before, &rate)).await?;
        Ok(rate)
    }

    /// What is switched off.
    pub async fn switched_off(&self) -> Result<Vec<(Switch, SwitchedOff)>, StaffError> {
        Ok(self.sales_rules().await?.off.into_iter().collect())
    }

    /// Stops the sales of a supplier, a country or a service. Open orders settle as usual.
    pub async fn switch_off(&self, switch: &Switch, reason: &str) -> Result<SwitchedOff, StaffError> {
        self.check_known(switch).await?;
        let off = SwitchedOff { at: self.context.now(), by: self.actor.clone(), reason: reason.to_owned() };
        self.context.store().catalog().switch_off(switch, &off).await?;
        self.sold_differently().await?;
        let line = self.line(Action::SalesOff, switch.to_string()).changing((), &off);
        self.record(line.because(Some(&off.reason))).await?;
        Ok(off)
    }

    /// Starts sales again. Returns what had stopped them.
    pub async fn switch_on(&self, switch: &Switch) -> Result<SwitchedOff, StaffError> {
        let missing = || StaffError::Missing(format!("switch {switch} that is off"));
        let off = self.sales_rules().await?.off.remove(switch).ok_or_else(missing)?;
        if !self.context.store().catalog().switch_on(switch, &off).await? {
            return Err(missing());
        }
        self.sold_differently().await?;
        self.record(self.line(Action::SalesOn, switch.to_string()).changing(&off, ())).await?;
        Ok(off)
    }

    /// The operators of numbers that a supplier ever listed.
    pub async fn operators(&self, supplier: &SupplierId) -> Result<Operators, StaffError> {
        check_registered(supplier)?;
        Ok(self.context.store().catalog().operators(supplier).await?.unwrap_or_default())
    }

    /// Decides whether the numbers of an operator are sold, with the next refresh.
    pub async fn set_operator(
        &self,
        supplier: &SupplierId,
        operator: &OperatorName,
        state: OperatorState,
    ) -> Result<(), StaffError> {
        let before = self.operators(supplier).await?.operators.get(operator).copied();
        let missing = || StaffError::Missing(format!("operator {operator} at {supplier}"));
        let before = before.ok_or_else(missing)?;
        self.context.store().catalog().set_operator(supplier, operator, state).await?;
        let target = format!("{supplier} {operator}");
        self.record(self.line(Action::OperatorState, target).changing(before, state)).await
    }

    /// Fails for a misspelt name. A country may be switched off although no list has it, before a supplier sells it.
    async fn check_known(&self, switch: &Switch) -> Result<(), StaffError> {
        let catalog = self.context.store().catalog();
        let is_known = match switch {
            Switch::Supplier(supplier) => return check_registered(supplier),
            Switch::Country(code) => {
                calling_codes::is_known(code) || catalog.countries().await?.iter().any(|row| row.code == *code)
            }
            Switch::Service(name) => catalog.service_terms(name, self.context.now()).await?.is_some(),
            Switch::Gateway(id) => gateways::ids().contains(id),
        };
        if is_known { Ok(()) } else { Err(StaffError::Missing(format!("{switch} in the catalog"))) }
    }

    pub(crate) async fn sales_rules(&self) -> Result<SalesRules, StaffError> {
        Ok(self.context.store().catalog().sales_rules(self.context.now()).await?)
    }

    /// Lets cached lists be read again.
    pub(crate) async fn sold_differently(&self) -> Result<(), StaffError> {
        Ok(self.context.store().catalog().raise_version(self.context.now()).await?)
    }
}

fn check_registered(supplier: &SupplierId) -> Result<(), StaffError> {
    let is_known = suppliers::ids().contains(supplier);
    if is_known { Ok(()) } else { Err(StaffError::Missing(format!("supplier {supplier}"))) }
}
