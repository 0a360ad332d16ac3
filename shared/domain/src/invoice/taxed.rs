//! The arithmetic of taxes, in whole minor units.
//!
//! Each tax is rounded by itself, half up, and the amount without taxes is what remains or what was given. So the parts
//! always add up to the total.

use super::{Rate, TaxName, Taxation, Treatment, rate::WHOLE};
use crate::payment::Minor;
use serde::{Deserialize, Serialize};

/// A tax with its amount.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tax {
    /// Its name.
    pub name: TaxName,
    /// Its rate.
    pub rate: Rate,
    /// How much it is.
    pub amount: Minor,
}

/// An amount with its taxes. `net` and the taxes add up to `total`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taxed {
    /// Why it has these taxes, or none.
    pub treatment: Treatment,
    /// The amount without taxes.
    pub net: Minor,
    /// The taxes.
    pub taxes: Vec<Tax>,
    /// The amount with taxes.
    pub total: Minor,
}

/// `amount × part / whole`, rounded half up; `None` if it can't be counted.
fn share(amount: Minor, part: u64, whole: u64) -> Option<Minor> {
    let doubled = u128::from(amount.get()) * u128::from(part) * 2 + u128::from(whole);
    u64::try_from(doubled / (u128::from(whole) * 2)).ok().map(Minor::new)
}

impl Taxation {
    /// The parts of a price, which contains the taxes or not (see [`super::TaxPolicy::includes_taxes`]).
    pub fn on_price(&self, price: Minor, includes_taxes: bool) -> Option<Taxed> {
        if includes_taxes { self.in_total(price) } else { self.on_net(price) }
    }

    /// Adds the taxes to an amount; `None` if the sum can't be counted.
    pub fn on_net(&self, net: Minor) -> Option<Taxed> {
        let taxes = self.rounded(net, WHOLE.into())?;
        let total = taxes.iter().try_fold(net.get(), |sum, tax| sum.checked_add(tax.amount.get()))?;
        Some(Taxed { treatment: self.treatment, net, taxes, total: Minor::new(total) })
    }

    /// Finds the taxes that an amount contains; `None` if they are more than the amount, which needs rates above 100 %.
    pub fn in_total(&self, total: Minor) -> Option<Taxed> {
        let rates: u64 = self.taxes.iter().map(|tax| u64::from(tax.rate.hundredths())).sum();
        let taxes = self.rounded(total, u64::from(WHOLE) + rates)?;
        let net = taxes.iter().try_fold(total.get(), |rest, tax| rest.checked_sub(tax.amount.get()))?;
        Some(Taxed { treatment: self.treatment, net: Minor::new(net), taxes, total })
    }

    /// The parts of money that came for a quoted amount. If exactly the quoted amount came and the rates are still the
    /// same, its parts are those of the quote; rounding could give others.
    pub fn of_payment(&self, quoted: &Taxed, paid: Minor) -> Option<Taxed> {
        if paid == quoted.total && quoted.is_of(self) { Some(quoted.clone()) } else { self.in_total(paid) }
    }

    fn rounded(&self, amount: Minor, whole: u64) -> Option<Vec<Tax>> {
        let tax = |tax: &super::TaxComponent| {
            let amount = share(amount, tax.rate.hundredths().into(), whole)?;
            Some(Tax { name: tax.name.clone(), rate: tax.rate, amount })
        };
        self.taxes.iter().map(tax).collect()
    }
}

impl Taxed {
    /// The sum of the taxes.
    pub fn tax(&self) -> Minor {
        self.taxes.iter().fold(Minor::ZERO, |sum, tax| sum.plus(tax.amount))
    }

    /// Whether the parts add up to the total.
    pub fn adds_up(&self) -> bool {
        self.net.plus(self.tax()) == self.total
    }

    /// Whether it has the taxes of this taxation.
    fn is_of(&self, taxation: &Taxation) -> bool {
        let same =
            |(tax, component): (&Tax, &super::TaxComponent)| tax.name == component.name && tax.rate == component.rate;
        self.treatment == taxation.treatment
            && self.taxes.len() == taxation.taxes.len()
            && self.taxes.iter().zip(&taxation.taxes).all(same)
    }
}
