//! Checkout sessions: what a person is asked to pay on a page of Stripe.

use super::{
    currency::Currency,
    new_session::NewSession,
    resource::{Resource, Table, with_nulls},
    world::World,
};
use serde_json::{Value, json};

/// Fields of what is not simulated.
const NULLS: &[&str] = &[
    "adaptive_pricing",
    "after_expiration",
    "allow_promotion_codes",
    "billing_address_collection",
    "client_secret",
    "collected_information",
    "consent",
    "consent_collection",
    "currency_conversion",
    "invoice",
    "invoice_creation",
    "payment_link",
    "payment_method_configuration_details",
    "permissions",
    "recovered_from",
    "saved_payment_method_options",
    "setup_intent",
    "shipping_address_collection",
    "shipping_cost",
    "subscription",
    "wallet_options",
];

/// How far a session is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Open,
    Complete,
    Expired,
}

impl Status {
    /// Its name in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Complete => "complete",
            Self::Expired => "expired",
        }
    }
}

/// A checkout session.
#[derive(Clone, Debug)]
pub struct Session {
    pub id: String,
    pub created: i64,
    /// The page, while the session is open.
    pub page: String,
    pub order: NewSession,
    /// What is to be paid. Only a fault makes it differ from the order.
    pub amount: i64,
    pub currency: &'static Currency,
    pub status: Status,
    pub is_paid: bool,
    pub customer: Option<String>,
    /// The address that the person confirmed.
    pub email: Option<String>,
    pub intent: Option<String>,
}

impl Session {
    /// The name that tests use: the merchant's reference, or its own identifier.
    pub fn reference(&self) -> &str {
        self.order.reference.as_deref().unwrap_or(&self.id)
    }

    /// Where the person goes after a payment.
    pub fn success_url(&self) -> String {
        self.order.success_url.replace("{CHECKOUT_SESSION_ID}", &self.id)
    }

    /// The list of its lines, which is shown only if it is expanded.
    pub fn line_items(&self) -> Value {
        let lines: Vec<_> = self.order.lines.iter().map(|line| line.json(self.order.currency, self.created)).collect();
        json!({
            "object": "list",
            "data": lines,
            "has_more": false,
            "url": format!("/v1/checkout/sessions/{}/line_items", self.id),
        })
    }

    fn customer_details(&self) -> Value {
        let Some(email) = &self.email else { return Value::Null };
        json!({ "address": null, "email": email, "name": null, "phone": null, "tax_exempt": "none", "tax_ids": [] })
    }
}

impl Resource for Session {
    const OBJECT: &'static str = "checkout.session";
    const PARAM: &'static str = "session";
    const PATH: &'static str = "/v1/checkout/sessions";
    const FILTERS: &'static [&'static str] = &["customer", "payment_intent", "status"];

    fn table(world: &World) -> &Table<Self> {
        &world.sessions
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }

    fn json(&self, _now: i64) -> Value {
        let order = &self.order;
        let shown = json!({
            "id": self.id,
            "object": Self::OBJECT,
            "amount_subtotal": order.amount(),
            "amount_total": self.amount,
            "automatic_tax": { "enabled": false, "liability": null, "provider": null, "status": null },
            "cancel_url": order.cancel_url,
            "client_reference_id": order.reference,
            "created": self.created,
            "currency": self.currency.code,
            "custom_fields": [],
            "custom_text": {
                "after_submit": null, "shipping_address": null, "submit": null, "terms_of_service_acceptance": null
            },
            "customer": self.customer,
            "customer_creation": if order.customer.is_some() { None } else { Some(order.customer_creation()) },
            "customer_details": self.customer_details(),
            "customer_email": order.email,
            "discounts": [],
            "expires_at": order.expires_at,
            "livemode": false,
            "locale": order.locale,
            "metadata": order.metadata,
            "mode": "payment",
            "payment_intent": self.intent,
            "payment_method_collection": "if_required",
            "payment_method_options": {},
            "payment_method_types": order.kinds.iter().map(|kind| kind.name()).collect::<Vec<_>>(),
            "payment_status": if self.is_paid { "paid" } else { "unpaid" },
            "phone_number_collection": { "enabled": false },
            "shipping_options": [],
            "status": self.status.name(),
            "submit_type": order.submit_type,
            "adaptive_pricing": { "enabled": order.adaptive_pricing },
            "success_url": order.success_url,
            "total_details": { "amount_discount": 0, "amount_shipping": 0, "amount_tax": 0 },
            "ui_mode": "hosted_page",
            "url": (self.status == Status::Open).then_some(&self.page),
        });
        with_nulls(shown, NULLS)
    }
}
