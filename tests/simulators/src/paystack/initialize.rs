//! `POST /transaction/initialize`: a merchant starts a payment.

use super::{
    answer::{Refusal, ok},
    codes,
    customer::is_email,
    failing::{self, bad_gateway, wait, wait_for_webhook},
    fields::Fields,
    money,
    pay::Payment,
    plan::{Fault, Moment},
    transaction::Asked,
    world::{Shared, World},
};
use axum::{Router, extract::State, response::Response, routing::post};
use serde_json::{Value, json};

/// What would split the money, or start a subscription.
pub const UNKNOWN: &[&str] =
    &["plan", "invoice_limit", "split_code", "split", "subaccount", "transaction_charge", "bearer"];
/// How Paystack lets a person pay.
const CHANNELS: [&str; 10] =
    ["apple_pay", "bank", "bank_transfer", "capitec_pay", "card", "eft", "mobile_money", "payattitude", "qr", "ussd"];

pub fn routes() -> Router<Shared> {
    Router::new().route("/transaction/initialize", post(initialize))
}

/// What transactions and charges of saved cards have in common, as it was asked for.
pub struct Order {
    pub email: String,
    pub amount: i64,
    pub currency: String,
    pub reference: String,
    pub metadata: Value,
}

async fn initialize(State(shared): State<Shared>, fields: Fields) -> Result<Response, Refusal> {
    let order = Order::read(&fields)?;
    let callback_url = fields.text("callback_url")?;
    let channels = fields.texts("channels")?;
    fields.refuse(UNKNOWN)?;
    let is_address = |url: &String| url.starts_with("https://") || url.starts_with("http://");
    if !callback_url.iter().all(is_address) {
        return Err(Refusal::Invalid("Invalid value of callback_url".to_owned()));
    }
    if !channels.iter().all(|channel| CHANNELS.contains(&channel.as_str())) {
        return Err(Refusal::Invalid("Invalid value of channels".to_owned()));
    }
    let fault = failing::take(&shared, Moment::Initialize, &order.reference);
    let (kind, seconds) = (fault.as_ref().map(|plan| plan.fault), fault.as_ref().map_or(0, |plan| plan.seconds));
    match &fault {
        Some(plan) if plan.fault == Fault::InitializeTimeoutBefore => return Ok(failing::timeout(plan).await),
        Some(plan) if plan.fault == Fault::Initialize502Html => return Ok(bad_gateway()),
        _ => {}
    }
    let reference = order.reference.clone();
    let paid = kind == Some(Fault::WebhookBeforeAnswer);
    let data = start(&mut shared.lock(), &shared.url, order, (callback_url, channels), paid)?;
    match kind {
        Some(Fault::InitializeTimeoutAfter) => wait(seconds).await,
        Some(Fault::Initialize502After) => return Ok(bad_gateway()),
        Some(Fault::WebhookBeforeAnswer) => wait_for_webhook(&shared, &reference, seconds).await,
        _ => {}
    }
    Ok(ok("Authorization URL created", &data))
}

/// Makes the transaction, which is paid at once if the webhook must be faster than the answer.
fn start(
    world: &mut World,
    url: &str,
    order: Order,
    (callback_url, channels): (Option<String>, Vec<String>),
    paid: bool,
) -> Result<Value, Refusal> {
    let reference = order.reference.clone();
    let asked = Asked { callback_url, channels, ..order.asked(world, "transaction_initialize") };
    let id = world.open(asked).ok_or(Refusal::DuplicateReference)?;
    if paid {
        world.pay(id, Payment::default());
    }
    let code = world.transactions.get(&id).map(|transaction| transaction.access_code.clone()).unwrap_or_default();
    Ok(json!({ "authorization_url": format!("{url}/pay/{code}"), "access_code": code, "reference": reference }))
}

impl Order {
    /// Reads and checks the common fields. A reference is made if there is none.
    pub fn read(fields: &Fields) -> Result<Self, Refusal> {
        let email = fields.text("email")?.ok_or(Refusal::Missing("Email Address"))?;
        if !is_email(&email) {
            return Err(Refusal::InvalidEmail);
        }
        let amount = fields.whole("amount").map_err(|_| Refusal::InvalidAmount)?.ok_or(Refusal::Missing("Amount"))?;
        let code = fields.text("currency")?.unwrap_or_else(|| money::DEFAULT.to_owned());
        let currency = money::currency(&code).ok_or(Refusal::Currency)?;
        if amount < currency.least {
            return Err(Refusal::InvalidAmount);
        }
        if amount > money::MOST {
            return Err(Refusal::AmountTooLarge);
        }
        let reference = fields.text("reference")?.unwrap_or_else(|| codes::random("", 10));
        let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || b"-.=".contains(&byte);
        if !reference.bytes().all(is_sign) {
            return Err(Refusal::ReferenceSigns);
        }
        Ok(Self { email, amount, currency: code, reference, metadata: metadata(fields)? })
    }

    /// The transaction that is asked for, of a customer who may be new.
    pub fn asked(self, world: &mut World, entry_point: &'static str) -> Asked {
        Asked {
            customer: world.customer_of(&self.email),
            reference: self.reference,
            amount: self.amount,
            currency: self.currency,
            metadata: self.metadata,
            callback_url: None,
            channels: Vec::new(),
            entry_point,
        }
    }
}

/// An object, or the text of one. Another text stays what it is.
fn metadata(fields: &Fields) -> Result<Value, Refusal> {
    match fields.raw("metadata") {
        None => Ok(Value::Null),
        Some(object @ Value::Object(_)) => Ok(object.clone()),
        Some(Value::String(text)) => {
            let read = serde_json::from_str(text).ok().filter(Value::is_object);
            Ok(read.unwrap_or_else(|| Value::String(text.clone())))
        }
        Some(_) => Err(Refusal::Invalid("Invalid value of metadata".to_owned())),
    }
}
