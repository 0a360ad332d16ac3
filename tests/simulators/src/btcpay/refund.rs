//! Refunds: a pull payment with which the customer can claim money. Claims are not simulated.

use super::{
    fields::Fields,
    ids,
    invoice::{Invoice, Prompt},
    method::Method,
    money,
    problem::Problem,
    rates::Rates,
    state::{self, Additional},
    wire::seconds,
};
use rust_decimal::{Decimal, RoundingStrategy};
use serde::Deserialize;
use serde_json::{Value, json};

/// Days that a Lightning invoice of a claim must be valid for.
const LIGHTNING_DAYS: u32 = 30;

/// A pull payment.
#[derive(Clone, Debug)]
pub struct PullPayment {
    pub id: String,
    pub invoice: String,
    pub starts_ms: i64,
    pub name: String,
    pub description: String,
    pub currency: String,
    pub amount: Decimal,
    /// Whether claims need no approval.
    pub approves_by_itself: bool,
}

/// How the amount of a refund is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
enum Variant {
    RateThen,
    CurrentRate,
    OverpaidAmount,
    Fiat,
    Custom,
}

/// A refund to make.
#[derive(Debug)]
pub struct NewRefund {
    variant: Option<Variant>,
    name: Option<String>,
    description: Option<String>,
    methods: Option<Vec<String>>,
    legacy_method: Option<String>,
    subtract_percent: Decimal,
    custom_amount: Option<Decimal>,
    custom_currency: Option<String>,
}

impl NewRefund {
    /// Reads a body.
    pub fn read(body: &[u8]) -> Result<Self, Problem> {
        let mut fields = Fields::of_body(body)?;
        let new = Self {
            variant: fields.choice("refundVariant"),
            name: fields.text("name"),
            description: fields.text("description"),
            methods: fields.texts("payoutMethods"),
            legacy_method: fields.text("payoutMethodId"),
            subtract_percent: fields.decimal("subtractPercentage").unwrap_or_default(),
            custom_amount: fields.decimal("customAmount"),
            custom_currency: fields.text("customCurrency"),
        };
        fields.finish().map(|()| new)
    }

    /// Makes the pull payment of an invoice.
    pub fn make(self, invoice: &Invoice, rates: &Rates, now_ms: i64) -> Result<PullPayment, Problem> {
        if !state::is_refundable(invoice.status, invoice.additional) {
            return Err(Problem::Rule(400, "non-refundable", "Cannot refund this invoice".to_owned()));
        }
        let prompt = self.prompt(invoice)?;
        let Some(variant) = self.variant else {
            return Err(Problem::invalid("RefundVariant", "`refundVariant` is mandatory"));
        };
        self.check(variant)?;
        let (currency, amount) = self.amount(variant, invoice, prompt, rates)?;
        let less = amount * self.subtract_percent / Decimal::ONE_HUNDRED;
        let digits = if variant == Variant::Fiat { money::digits(&invoice.currency) } else { prompt.method.digits };
        let amount = (amount - less).round_dp_with_strategy(digits, RoundingStrategy::MidpointNearestEven).normalize();
        if amount <= Decimal::ZERO {
            // The server throws an exception.
            return Err(Problem::Bare(500));
        }
        Ok(PullPayment {
            id: ids::base58(&ids::bytes::<20>()),
            invoice: invoice.id.clone(),
            starts_ms: now_ms - 1000,
            name: self.name.unwrap_or_else(|| format!("Refund {}", invoice.id)),
            description: self.description.unwrap_or_default(),
            approves_by_itself: currency == prompt.method.currency,
            currency,
            amount,
        })
    }

    /// The prompt whose coin is refunded.
    fn prompt<'a>(&self, invoice: &'a Invoice) -> Result<&'a Prompt, Problem> {
        let path = if self.methods.is_some() { "PayoutMethods" } else { "PayoutMethodId" };
        let chosen = match (&self.methods, &self.legacy_method) {
            (Some(methods), _) => methods.clone(),
            (None, Some(method)) => vec![method.clone()],
            (None, None) => invoice.default_prompt().map(|prompt| prompt.method.id.to_owned()).into_iter().collect(),
        };
        let unknown = chosen.iter().find(|id| Method::find(id).is_none());
        if let (Some(unknown), Some(_)) = (unknown, &self.methods) {
            return Err(Problem::invalid(path, &format!("Invalid or unsupported payout method: {unknown}")));
        }
        let mut found = chosen.iter().filter_map(|id| Method::find(id)).filter_map(|method| {
            let same_coin = || invoice.prompts.iter().find(|prompt| prompt.method.coin == method.coin);
            invoice.prompt(method.id).or_else(same_coin)
        });
        let message = "Please select one of the payment methods which were available for the original invoice";
        found.next().ok_or_else(|| Problem::invalid(path, message))
    }

    fn check(&self, variant: Variant) -> Result<(), Problem> {
        let is_custom = variant == Variant::Custom;
        if !is_custom && self.custom_amount.is_some() {
            let message = "CustomAmount should only be set if the refundVariant is Custom";
            return Err(Problem::invalid("CustomAmount", message));
        }
        if !is_custom && self.custom_currency.is_some() {
            let message = "CustomCurrency should only be set if the refundVariant is Custom";
            return Err(Problem::invalid("CustomCurrency", message));
        }
        if self.subtract_percent < Decimal::ZERO || self.subtract_percent > Decimal::ONE_HUNDRED {
            let message = "Percentage must be a numeric value between 0 and 100";
            return Err(Problem::invalid("SubtractPercentage", message));
        }
        Ok(())
    }

    fn amount(
        &self,
        variant: Variant,
        invoice: &Invoice,
        prompt: &Prompt,
        rates: &Rates,
    ) -> Result<(String, Decimal), Problem> {
        let account = invoice.account(prompt);
        // An invoice that was marked as settled counts as paid.
        let is_marked = invoice.status == state::Status::Settled && invoice.additional == Additional::Marked;
        let paid = if account.total_paid.is_zero() && is_marked { account.amount } else { account.total_paid };
        let in_fiat = money::paid(paid * prompt.rate, &invoice.currency);
        let coin = prompt.method.currency.to_owned();
        match variant {
            Variant::RateThen => Ok((coin, paid)),
            Variant::CurrentRate => {
                let rate = rates.of(prompt.method.coin, &invoice.currency);
                let rate = rate.filter(|rate| *rate > Decimal::ZERO);
                let message = "Impossible to fetch rate";
                Ok((coin, in_fiat / rate.ok_or_else(|| Problem::invalid("RefundVariant", message))?))
            }
            Variant::Fiat => Ok((invoice.currency.clone(), in_fiat)),
            Variant::OverpaidAmount if invoice.additional != Additional::PaidOver => {
                Err(Problem::invalid("RefundVariant", "Invoice is not overpaid"))
            }
            Variant::OverpaidAmount => Ok((coin, paid - account.amount)),
            Variant::Custom => {
                let amount = self.custom_amount.filter(|amount| *amount > Decimal::ZERO);
                let amount = amount.ok_or_else(|| Problem::invalid("CustomAmount", "Amount must be greater than 0"))?;
                let known = self.custom_currency.as_ref().filter(|currency| rates.of(currency, "USD").is_some());
                let known = known.ok_or_else(|| Problem::invalid("CustomCurrency", "Invalid currency"))?;
                Ok((known.clone(), amount))
            }
        }
    }
}

impl PullPayment {
    /// The pull payment as the API answers it.
    pub fn shown(&self, url: &str) -> Value {
        json!({
            "id": self.id,
            "startsAt": seconds(self.starts_ms),
            "expiresAt": null,
            "name": self.name,
            "description": self.description,
            "currency": self.currency,
            "amount": self.amount.to_string(),
            "BOLT11Expiration": LIGHTNING_DAYS,
            "autoApproveClaims": self.approves_by_itself,
            "archived": false,
            "viewLink": format!("{url}/pull-payments/{}", self.id),
        })
    }
}
