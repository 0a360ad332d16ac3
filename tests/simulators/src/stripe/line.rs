//! The lines of a checkout session, each with a price that was made for it.

use super::{
    currency::{self, Currency},
    form::{Form, Metadata, missing},
    id,
    refusal::Refusal,
};
use serde_json::{Value, json};

const MOST_LINES: usize = 100;
const MOST_UNITS: i64 = 999_999;

/// A line.
#[derive(Clone, Debug)]
pub struct Line {
    id: String,
    price: String,
    product: String,
    pub name: String,
    pub quantity: i64,
    pub unit_amount: i64,
}

impl Line {
    /// What it costs.
    pub const fn amount(&self) -> i64 {
        self.quantity * self.unit_amount
    }

    /// How the API shows it in a list.
    pub fn json(&self, currency: &Currency, created: i64) -> Value {
        json!({
            "id": self.id,
            "object": "item",
            "amount_discount": 0,
            "amount_subtotal": self.amount(),
            "amount_tax": 0,
            "amount_total": self.amount(),
            "currency": currency.code,
            "description": self.name,
            "metadata": {},
            "price": {
                "id": self.price,
                "object": "price",
                "active": false,
                "billing_scheme": "per_unit",
                "created": created,
                "currency": currency.code,
                "livemode": false,
                "lookup_key": null,
                "metadata": {},
                "nickname": null,
                "product": self.product,
                "recurring": null,
                "tax_behavior": "unspecified",
                "type": "one_time",
                "unit_amount": self.unit_amount,
                "unit_amount_decimal": self.unit_amount.to_string(),
            },
            "quantity": self.quantity,
        })
    }
}

/// Reads all lines, which have one currency.
pub fn read(form: &mut Form) -> Result<(Vec<Line>, &'static Currency), Refusal> {
    let mut found: Option<&'static Currency> = None;
    let mut lines = Vec::new();
    for index in form.indices("line_items") {
        let name = format!("line_items[{index}]");
        let (line, currency) = read_line(form, &name)?;
        if let Some(first) = found.filter(|first| *first != currency) {
            let message = format!(
                "All prices of a Checkout Session must have one currency: expected `{}`, but got `{}`.",
                first.code, currency.code
            );
            return Err(Refusal::parameter(&name, message));
        }
        found = Some(currency);
        lines.push(line);
    }
    if lines.len() > MOST_LINES {
        return Err(Refusal::parameter("line_items", format!("You cannot pass more than {MOST_LINES} line items.")));
    }
    found.map(|currency| (lines, currency)).ok_or_else(|| missing("line_items"))
}

fn read_line(form: &mut Form, name: &str) -> Result<(Line, &'static Currency), Refusal> {
    if let Some(price) = form.text(&format!("{name}[price]"))? {
        let refusal = Refusal::missing("price", &price, &format!("{name}[price]"));
        return Err(refusal.status(http::StatusCode::BAD_REQUEST));
    }
    let data = format!("{name}[price_data]");
    if !form.has(&data) {
        return Err(Refusal::parameter(name, "You must specify either `price` or `price_data` for each line item."));
    }
    let currency = read_currency(form, &format!("{data}[currency]"))?;
    if !form.has(&format!("{data}[product_data]")) {
        let message = "You must specify either `product` or `product_data` when creating a price.";
        return Err(Refusal::parameter(&data, message));
    }
    let product = format!("{data}[product_data]");
    let product_name = form.required(&format!("{product}[name]"))?;
    form.text(&format!("{product}[description]"))?;
    form.list(&format!("{product}[images]"))?;
    let _: Metadata = form.metadata(&format!("{product}[metadata]"))?;
    let unit_amount = form.integer_from(&format!("{data}[unit_amount]"), 0)?.ok_or_else(|| {
        Refusal::parameter(
            &data,
            "You must specify either `unit_amount` or `unit_amount_decimal` when creating a price.",
        )
    })?;
    form.choice(&format!("{data}[tax_behavior]"), &["exclusive", "inclusive", "unspecified"])?;
    let quantity = form.integer_from(&format!("{name}[quantity]"), 1)?.ok_or_else(|| {
        Refusal::parameter(&format!("{name}[quantity]"), format!("Quantity is required. Add `quantity` to `{name}`"))
    })?;
    if unit_amount > currency::MOST || quantity > MOST_UNITS {
        return Err(Refusal::parameter(name, "This value is too large."));
    }
    let line = Line {
        id: id::object("li"),
        price: id::object("price"),
        product: id::random("prod_", 14),
        name: product_name,
        quantity,
        unit_amount,
    };
    Ok((line, currency))
}

/// Reads a currency that must be given.
pub fn read_currency(form: &mut Form, name: &str) -> Result<&'static Currency, Refusal> {
    let code = form.required(name)?;
    currency::find(&code).ok_or_else(|| {
        let known: Vec<_> = currency::ALL.iter().map(|currency| currency.code).collect();
        let message =
            format!("Invalid currency: {code}. Stripe currently supports these currencies: {}", known.join(", "));
        Refusal::parameter(name, message)
    })
}
