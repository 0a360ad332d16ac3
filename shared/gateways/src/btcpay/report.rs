//! What the invoices of a payment say about it.
//!
//! BTCPay decides when coins have settled. What they are worth is decided here, by the rate of the invoice, or a later
//! one.

use super::{
    coins::Coin,
    wire::{CoinPayment, CoinStatus, Invoice, InvoiceStatus, PaymentMethod},
};
use crate::{GatewayError, error::Call};
use domain::{
    payment::{Amount, NotedReceipt, PayCurrency, Payment, Receipt, ReceiptId, Report, Reported, worth},
    reconciliation::{ListedMoney, MoneyState},
};
use https::Fault;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// An invoice with its payment methods.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) invoice: Invoice,
    pub(super) methods: Vec<PaymentMethod>,
}

/// Rates of now, by their pairs.
pub(super) type Rates = BTreeMap<String, Decimal>;

/// Coins that settled.
struct Settled<'a> {
    id: ReceiptId,
    coins: &'a CoinPayment,
    rate: Decimal,
    /// `None` if nobody can pay in the invoice's currency here.
    currency: Option<PayCurrency>,
    /// The pair of the rate of now, if the coins came after the invoice's time.
    late: Option<String>,
    /// Whether they are the first coins of the payment.
    is_first: bool,
}

impl Found {
    /// All coins that came. Coins that were taken back did not.
    fn seen(&self) -> impl Iterator<Item = (&PaymentMethod, &CoinPayment)> {
        let all = self.methods.iter().flat_map(|method| method.payments.iter().map(move |coins| (method, coins)));
        all.filter(|(_, coins)| coins.status != CoinStatus::Invalid)
    }

    /// Whether the invoice is open, and nobody paid anything.
    pub(super) fn is_untouched(&self) -> bool {
        self.invoice.status == InvoiceStatus::New && self.seen().next().is_none()
    }

    fn settled(&self) -> impl Iterator<Item = Settled<'_>> {
        let currency = self.invoice.currency.parse().ok();
        let settled = self.seen().filter(|(_, coins)| coins.status == CoinStatus::Settled);
        settled.map(move |(method, coins)| {
            let is_late = coins.received_at > self.invoice.expires_at;
            let late = currency.filter(|_| is_late).map(|currency| format!("{}_{currency}", method.coin()));
            let id = ReceiptId::new(format!("{}:{}", method.id(), coins.id));
            Settled { id, coins, rate: method.rate, currency, late, is_first: false }
        })
    }

    fn state(&self) -> Reported {
        let is_confirming = self.seen().any(|(_, coins)| coins.status == CoinStatus::Processing);
        match self.invoice.status {
            // Its coins did not settle in time, and nothing waits for them.
            InvoiceStatus::Invalid => Reported::Closed,
            InvoiceStatus::Processing => Reported::Confirming,
            _ if is_confirming => Reported::Confirming,
            InvoiceStatus::Settled | InvoiceStatus::Expired => Reported::Closed,
            InvoiceStatus::New | InvoiceStatus::Other => Reported::Open,
        }
    }
}

/// The money of an invoice in a list. Only coins that came alone and in time have the same worth whenever they are noted:
/// late ones have the rate of then, and the first ones that are noted are rounded up.
pub(super) fn listed(found: &Found) -> Vec<ListedMoney> {
    let settled: Vec<_> = found.settled().collect();
    let is_alone = settled.len() == 1;
    let money = settled.into_iter().map(|settled| {
        let is_final = is_alone && settled.late.is_none();
        let settled = Settled { is_first: true, late: None, ..settled };
        ListedMoney {
            amount: settled.amount(&Rates::new()).unwrap_or_default(),
            at: settled.coins.received_at,
            receipt: settled.id,
            state: if is_final { MoneyState::Kept } else { MoneyState::Repriced },
        }
    });
    money.collect()
}

/// The pairs whose rate of now is needed for the report.
pub(super) fn late_pairs(payment: &Payment, found: &[Found]) -> BTreeSet<String> {
    let new = found.iter().flat_map(Found::settled).filter(|settled| noted(payment, &settled.id).is_none());
    new.filter_map(|settled| settled.late).collect()
}

/// The report of a payment that has these invoices.
pub(super) fn report(payment: &Payment, found: &[Found], rates: &Rates) -> Result<Report, GatewayError> {
    let settled = found.iter().flat_map(Found::settled).enumerate();
    let receipts = settled.map(|(n, settled)| {
        let is_first = n == 0 && payment.receipts.is_empty();
        Settled { is_first, ..settled }.receipt(payment, rates)
    });
    Ok(Report { receipts: receipts.collect::<Result<_, _>>()?, state: state(found) })
}

/// The rate at which a payment of this coin was made; zero if it has none.
pub(super) fn rate_of(coin: &Coin, found: &[Found]) -> Decimal {
    let methods = found.iter().flat_map(|found| &found.methods);
    methods.filter(|method| method.id() == coin.id).map(|method| method.rate).max().unwrap_or_default()
}

/// The state of all invoices together: that of the one from which most may come.
fn state(found: &[Found]) -> Reported {
    let states: Vec<_> = found.iter().map(Found::state).collect();
    let of_any = [Reported::Confirming, Reported::Open, Reported::Closed];
    of_any.into_iter().find(|state| states.contains(state)).unwrap_or(Reported::Unknown)
}

/// The receipt, if the payment noted it before.
fn noted<'a>(payment: &'a Payment, id: &ReceiptId) -> Option<&'a NotedReceipt> {
    payment.receipts.iter().find(|noted| noted.id == *id)
}

impl Settled<'_> {
    fn receipt(self, payment: &Payment, rates: &Rates) -> Result<Receipt, GatewayError> {
        // Late coins are worth what they were worth when they were noted.
        let amount = noted(payment, &self.id).map_or_else(|| self.amount(rates), |noted| Ok(noted.amount))?;
        Ok(Receipt { id: self.id, amount, at: self.coins.received_at })
    }

    /// What the coins are worth; `None` if that can't be counted in a currency that is known here.
    fn amount(&self, rates: &Rates) -> Result<Option<Amount>, GatewayError> {
        let of_now = |pair| rates.get(pair).copied().ok_or_else(|| Call::Read.unsettled(Fault::Unreadable));
        let late = self.late.as_ref().map(of_now).transpose()?;
        // A rate of zero is none.
        let minor = worth(self.coins.value, self.rate, late, self.is_first).filter(|_| !self.rate.is_zero());
        Ok(self.currency.zip(minor).map(|(currency, minor)| Amount { minor, currency }))
    }
}
