//! The request for a checkout session in mode `payment`.

use super::{
    currency::{self, Currency},
    form::{Form, Metadata, missing},
    line::{self, Line},
    method::Kind,
    refusal::Refusal,
    version::Version,
};

/// How long a session is open, in seconds.
const SHORTEST: i64 = 30 * 60;
const LONGEST: i64 = 24 * 60 * 60;
const MOST_REFERENCE: usize = 200;
const MOST_URL: usize = 5_000;

/// What a merchant asks for.
#[derive(Clone, Debug)]
pub struct NewSession {
    pub lines: Vec<Line>,
    pub currency: &'static Currency,
    pub reference: Option<String>,
    pub email: Option<String>,
    pub customer: Option<String>,
    /// Whether the page makes a customer.
    pub makes_customer: bool,
    pub success_url: String,
    pub cancel_url: Option<String>,
    pub expires_at: i64,
    pub metadata: Metadata,
    pub kinds: Vec<Kind>,
    pub locale: Option<String>,
    pub submit_type: Option<&'static str>,
    /// Whether the page may offer another currency. It never does here.
    pub adaptive_pricing: bool,
    /// For the payment intent.
    pub intent_metadata: Metadata,
    pub intent_description: Option<String>,
    /// `on_session` or `off_session`.
    pub saves: Option<&'static str>,
}

impl NewSession {
    /// Reads the request at a time in seconds.
    pub fn read(form: &mut Form, version: &Version, now: i64) -> Result<Self, Refusal> {
        match form.required("mode")?.as_str() {
            "payment" => {}
            "setup" | "subscription" => return Err(Refusal::parameter("mode", "Only `payment` is simulated.")),
            _ => {
                return Err(Refusal::parameter("mode", "Invalid mode: must be one of payment, setup, or subscription"));
            }
        }
        form.choice("ui_mode", &["hosted_page"])?;
        let success_url = read_url(form, "success_url")?.ok_or_else(|| missing("success_url"))?;
        let cancel_url = read_url(form, "cancel_url")?;
        let (lines, currency) = line::read(form)?;
        let (email, customer, makes_customer) = read_customer(form)?;
        let created = Self {
            currency,
            lines,
            reference: form.short("client_reference_id", MOST_REFERENCE)?,
            email,
            customer,
            makes_customer,
            success_url,
            cancel_url,
            expires_at: read_end(form, now)?,
            metadata: form.metadata("metadata")?,
            kinds: read_kinds(form, version, currency)?,
            locale: form.text("locale")?,
            submit_type: form.choice("submit_type", &["auto", "book", "donate", "pay", "subscribe"])?,
            adaptive_pricing: form.boolean("adaptive_pricing[enabled]")?.unwrap_or(true),
            intent_metadata: form.metadata("payment_intent_data[metadata]")?,
            intent_description: form.text("payment_intent_data[description]")?,
            saves: form.choice("payment_intent_data[setup_future_usage]", &["off_session", "on_session"])?,
        };
        created.check_amount().map(|()| created)
    }

    /// What all lines cost.
    pub fn amount(&self) -> i64 {
        self.lines.iter().map(Line::amount).sum()
    }

    /// Whether the page makes a customer, as the API names it.
    pub const fn customer_creation(&self) -> &'static str {
        if self.makes_customer { "always" } else { "if_required" }
    }

    fn check_amount(&self) -> Result<(), Refusal> {
        let (amount, currency) = (self.amount(), self.currency);
        if amount > currency::MOST {
            let most = currency.shown(currency::MOST);
            let message = format!("The Checkout Session's total amount must be no more than {most}");
            return Err(Refusal::invalid(message).code("amount_too_large").begun());
        }
        if let Some(must) = currency.too_small(amount) {
            let message = format!("The Checkout Session's total amount must {must}");
            return Err(Refusal::invalid(message).code("amount_too_small").begun());
        }
        Ok(())
    }
}

/// E-mail address, customer, and whether the page makes a customer.
fn read_customer(form: &mut Form) -> Result<(Option<String>, Option<String>, bool), Refusal> {
    let (email, customer) = (form.text("customer_email")?, form.text("customer")?);
    let creation = form.choice("customer_creation", &["always", "if_required"])?;
    for (other, is_given) in [("customer_email", email.is_some()), ("customer_creation", creation.is_some())] {
        if is_given && customer.is_some() {
            let message = format!("You may only specify one of these parameters: customer, {other}.");
            return Err(Refusal::parameter("customer", message));
        }
    }
    if let Some(email) = email.as_deref().filter(|email| !is_email(email)) {
        let message = format!("Invalid email address: {email}");
        return Err(Refusal::parameter("customer_email", message).code("email_invalid"));
    }
    Ok((email, customer, creation == Some("always")))
}

fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(who, domain)| {
        let is_odd = |sign: char| sign.is_whitespace() || sign.is_control() || sign == '@';
        !who.is_empty()
            && domain.contains('.')
            && !domain.starts_with('.')
            && !domain.ends_with('.')
            && !text.replacen('@', "", 1).contains(is_odd)
    })
}

fn read_url(form: &mut Form, name: &str) -> Result<Option<String>, Refusal> {
    let Some(url) = form.short(name, MOST_URL)? else { return Ok(None) };
    let parsed = reqwest::Url::parse(&url).ok().filter(|parsed| matches!(parsed.scheme(), "http" | "https"));
    match parsed.filter(|parsed| parsed.has_host() && !url.contains(char::is_control)) {
        Some(_) => Ok(Some(url)),
        None => Err(Refusal::parameter(name, "Not a valid URL").code("url_invalid")),
    }
}

fn read_end(form: &mut Form, now: i64) -> Result<i64, Refusal> {
    let Some(end) = form.integer("expires_at")? else { return Ok(now + LONGEST) };
    let must = match end.saturating_sub(now) {
        ..SHORTEST => "at least 30 minutes",
        SHORTEST..LONGEST => return Ok(end),
        _ => "less than 24 hours",
    };
    let message = format!("The `expires_at` timestamp must be {must} from Checkout Session creation.");
    Err(Refusal::parameter("expires_at", message))
}

/// The payment methods on the page: all that take the currency, unless the merchant filters them.
fn read_kinds(form: &mut Form, version: &Version, currency: &Currency) -> Result<Vec<Kind>, Refusal> {
    let listed = read_names(form, "payment_method_types")?;
    if !listed.is_empty() && !version.has_payment_method_types() {
        let message = "The parameter `payment_method_types` is no longer supported. Use dynamic payment methods, or \
                       `allowed_payment_method_types`.";
        let refusal = Refusal::parameter("payment_method_types", message);
        return Err(refusal.code("payment_method_types_no_longer_supported"));
    }
    if let Some(other) = listed.iter().find(|kind| !kind.takes(currency.code)) {
        let message = format!("The payment method type `{}` does not support `{}`.", other.name(), currency.code);
        return Err(Refusal::parameter("payment_method_types", message));
    }
    let allowed = read_names(form, "allowed_payment_method_types")?;
    let excluded = read_names(form, "excluded_payment_method_types")?;
    let is_filtered = !allowed.is_empty() || !excluded.is_empty();
    if !listed.is_empty() && is_filtered {
        let message = "You may only specify one of these parameters: payment_method_types, \
                       allowed_payment_method_types, excluded_payment_method_types.";
        return Err(Refusal::parameter("payment_method_types", message));
    }
    let offers = |kind: &Kind| {
        kind.takes(currency.code)
            && !excluded.contains(kind)
            && (listed.is_empty() || listed.contains(kind))
            && (allowed.is_empty() || allowed.contains(kind))
    };
    let kinds: Vec<_> = Kind::ALL.into_iter().filter(offers).collect();
    if kinds.is_empty() {
        let message = "No valid payment method types for this Checkout Session. Please ensure that you have \
                       activated payment methods compatible with your chosen currency.";
        return Err(Refusal::invalid(message));
    }
    Ok(kinds)
}

fn read_names(form: &mut Form, name: &str) -> Result<Vec<Kind>, Refusal> {
    let known = Kind::ALL.map(Kind::name).join(", ");
    let named = form.list(name)?.into_iter().enumerate().map(|(index, word)| {
        let place = format!("{name}[{index}]");
        Kind::find(&word).ok_or_else(|| Refusal::parameter(&place, format!("Invalid {place}: must be one of {known}")))
    });
    named.collect()
}
