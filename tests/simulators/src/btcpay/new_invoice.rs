//! The body of `POST /invoices`, checked as the server checks it.

use super::{
    fields::Fields,
    ids,
    invoice::{Invoice, Prompt, Speed, Terms},
    method::{METHODS, Method},
    money,
    problem::Problem,
    rates::Rates,
    state::{Additional, Status},
};
use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

/// The largest amount of an invoice.
const MOST: u64 = u64::MAX;
/// The store's settings.
const EXPIRATION_MINUTES: i64 = 15;
const MONITORING_MINUTES: i64 = 1_440;
const CURRENCY: &str = "USD";
/// Ten years, so that no time overflows.
const MOST_MINUTES: i64 = 5_256_000;

/// An invoice to make.
#[derive(Debug)]
pub struct NewInvoice {
    /// Nothing for an invoice of any amount.
    pub amount: Option<Decimal>,
    pub currency: String,
    metadata: Map<String, Value>,
    methods: Vec<&'static Method>,
    expiration_minutes: i64,
    monitoring_minutes: i64,
    terms: Terms,
    search_terms: Vec<String>,
}

impl NewInvoice {
    /// Reads a body.
    pub fn read(body: &[u8]) -> Result<Self, Problem> {
        let mut fields = Fields::of_body(body)?;
        let amount = fields.decimal("amount");
        if amount.is_some_and(|amount| amount < Decimal::ZERO) {
            fields.wrong("Amount", "The amount should be 0 or more.");
        } else if amount.is_some_and(|amount| amount > Decimal::from(MOST)) {
            fields.wrong("Amount", &format!("The amount should less than {MOST}."));
        }
        let currency = fields.text("currency").unwrap_or_default().trim().to_ascii_uppercase();
        let metadata = fields.object("metadata").unwrap_or_default();
        let search_terms = fields.texts("additionalSearchTerms").unwrap_or_default();
        let receipt = receipt(&mut fields);
        let mut checkout = fields.nested("checkout");
        let new = Self {
            amount,
            currency: if currency.is_empty() { CURRENCY.to_owned() } else { currency },
            metadata,
            methods: methods(&mut checkout),
            expiration_minutes: expiration(&mut checkout),
            monitoring_minutes: minutes(&mut checkout, "monitoringMinutes").unwrap_or(MONITORING_MINUTES),
            terms: terms(&mut checkout, receipt),
            search_terms,
        };
        fields.absorb(checkout);
        fields.finish().map(|()| new)
    }

    /// The merchant's reference.
    pub fn order_id(&self) -> Option<&str> {
        self.metadata.get("orderId").and_then(Value::as_str)
    }

    /// Makes the invoice at today's rates.
    pub fn make(self, rates: &Rates, now_ms: i64) -> Result<Invoice, Problem> {
        let price = money::price(self.amount.unwrap_or_default(), &self.currency);
        let is_top_up = self.amount.is_none();
        let prompts = if is_top_up || !price.is_zero() { self.prompts(price, rates)? } else { Vec::new() };
        let expires_ms = now_ms + self.expiration_minutes * 60_000;
        Ok(Invoice {
            id: ids::id(),
            created_ms: now_ms,
            expires_ms,
            monitored_until_ms: expires_ms + self.monitoring_minutes * 60_000,
            gives_up_ms: None,
            price,
            currency: self.currency,
            is_top_up,
            status: Status::New,
            additional: Additional::None,
            is_archived: false,
            metadata: self.metadata,
            terms: self.terms,
            search_terms: self.search_terms,
            prompts,
            payments: Vec::new(),
        })
    }

    fn prompts(&self, price: Decimal, rates: &Rates) -> Result<Vec<Prompt>, Problem> {
        let prompt = |method: &&'static Method| {
            let rate = rates.of(method.coin, &self.currency).filter(|rate| *rate > Decimal::ZERO)?;
            let destination = method.new_destination(money::coins(price / rate, method.digits));
            Some(Prompt { method, rate, destination })
        };
        let prompts: Vec<_> = self.methods.iter().filter_map(prompt).collect();
        if prompts.is_empty() {
            let message = "Error retrieving a matching payment method or rate.\n".to_owned();
            return Err(Problem::Rule(400, "generic-error", message));
        }
        Ok(prompts)
    }
}

/// The methods that the merchant chose; all of them if there is no choice.
fn methods(checkout: &mut Fields) -> Vec<&'static Method> {
    let Some(chosen) = checkout.texts("paymentMethods") else { return METHODS.iter().collect() };
    for (at, id) in chosen.iter().enumerate() {
        if Method::find(id).is_none() {
            checkout.wrong(&format!("Checkout.PaymentMethods[{at}]"), "Invalid PaymentMethodId");
        }
    }
    METHODS.iter().filter(|method| chosen.iter().any(|id| Method::find(id) == Some(*method))).collect()
}

fn expiration(checkout: &mut Fields) -> i64 {
    let minutes = minutes(checkout, "expirationMinutes");
    if minutes.is_some_and(|minutes| minutes < 1) {
        checkout.wrong("Checkout.Expiration", "Expiration time must be at least 30 seconds");
    }
    minutes.unwrap_or(EXPIRATION_MINUTES)
}

fn minutes(checkout: &mut Fields, name: &str) -> Option<i64> {
    let minutes = checkout.integer(name)?;
    if !(0..=MOST_MINUTES).contains(&minutes) {
        checkout.wrong(&format!("checkout.{name}"), "Invalid timespan");
        return None;
    }
    Some(minutes)
}

fn terms(checkout: &mut Fields, receipt: Value) -> Terms {
    let tolerance = checkout.decimal("paymentTolerance").unwrap_or_default();
    if tolerance < Decimal::ZERO || tolerance > Decimal::ONE_HUNDRED {
        checkout.wrong("Checkout.PaymentTolerance", "PaymentTolerance can only be between 0 and 100 percent");
    }
    // All methods are active at once, so this changes nothing.
    checkout.flag("lazyPaymentMethods");
    Terms {
        speed: checkout.choice("speedPolicy").unwrap_or(Speed::MediumSpeed),
        default_method: checkout.text("defaultPaymentMethod"),
        tolerance,
        redirect_url: checkout.text("redirectURL").map(|url| url.trim().to_owned()),
        redirects_by_itself: checkout.flag("redirectAutomatically").unwrap_or(false),
        language: checkout.text("defaultLanguage"),
        receipt,
    }
}

fn receipt(fields: &mut Fields) -> Value {
    let mut receipt = fields.nested("receipt");
    let mut flag = |name| receipt.flag(name).unwrap_or(true);
    let settings = json!({
        "enabled": flag("enabled"),
        "showQR": flag("showQR"),
        "showPayments": flag("showPayments"),
    });
    fields.absorb(receipt);
    settings
}
