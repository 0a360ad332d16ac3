//! What a person pays with, and the customers that it is saved for.

use super::{
    id,
    resource::{Resource, Table},
    world::World,
};
use serde_json::{Value, json};

/// A type of payment method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Card,
    /// Asynchronous, for dollars.
    UsBankAccount,
    /// Asynchronous, for euros.
    SepaDebit,
    /// Asynchronous, for pounds.
    BacsDebit,
}

impl Kind {
    /// All types.
    pub const ALL: [Self; 4] = [Self::Card, Self::UsBankAccount, Self::SepaDebit, Self::BacsDebit];

    /// Its name in the API.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Card => "card",
            Self::UsBankAccount => "us_bank_account",
            Self::SepaDebit => "sepa_debit",
            Self::BacsDebit => "bacs_debit",
        }
    }

    /// The type with a name.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Whether it pays in a currency.
    pub fn takes(self, currency: &str) -> bool {
        match self {
            Self::Card => true,
            Self::UsBankAccount => currency == "usd",
            Self::SepaDebit => currency == "eur",
            Self::BacsDebit => currency == "gbp",
        }
    }
}

/// How payments without the person end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Later {
    Succeed,
    Declined,
    /// The bank asks the person.
    Authentication,
}

/// A payment method.
#[derive(Clone, Debug)]
pub struct Method {
    pub id: String,
    pub created: i64,
    pub kind: Kind,
    pub last4: &'static str,
    pub email: String,
    /// For whom it is saved.
    pub customer: Option<String>,
    pub later: Later,
}

impl Method {
    /// What a charge says of it.
    pub fn details(&self) -> Value {
        let facts = match self.kind {
            Kind::Card => json!({
                "amount_authorized": null,
                "authorization_code": null,
                "brand": "visa",
                "checks": { "address_line1_check": null, "address_postal_code_check": null, "cvc_check": "pass" },
                "country": "US",
                "exp_month": 12,
                "exp_year": 2034,
                "fingerprint": format!("sim{}", self.last4),
                "funding": "credit",
                "last4": self.last4,
                "mandate": null,
                "network": "visa",
                "three_d_secure": null,
                "wallet": null,
            }),
            Kind::UsBankAccount => json!({ "bank_name": "STRIPE TEST BANK", "last4": self.last4 }),
            Kind::SepaDebit => json!({ "country": "DE", "last4": self.last4, "mandate": null }),
            Kind::BacsDebit => json!({ "sort_code": "108800", "last4": self.last4, "mandate": null }),
        };
        json!({ "type": self.kind.name(), self.kind.name(): facts })
    }

    /// Its address, of which only the e-mail is known.
    pub fn billing(&self) -> Value {
        let nowhere = json!({
            "city": null, "country": null, "line1": null, "line2": null, "postal_code": null, "state": null
        });
        json!({ "address": nowhere, "email": self.email, "name": null, "phone": null, "tax_id": null })
    }
}

impl Resource for Method {
    const OBJECT: &'static str = "payment_method";
    const NAME: &'static str = "PaymentMethod";
    const PARAM: &'static str = "payment_method";
    const PATH: &'static str = "/v1/payment_methods";

    fn table(world: &World) -> &Table<Self> {
        &world.methods
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }

    fn json(&self, _now: i64) -> Value {
        let mut shown = self.details();
        shown["id"] = json!(self.id);
        shown["object"] = json!(Self::OBJECT);
        shown["allow_redisplay"] = json!("limited");
        shown["billing_details"] = self.billing();
        shown["created"] = json!(self.created);
        shown["customer"] = json!(self.customer);
        shown["livemode"] = json!(false);
        shown["metadata"] = json!({});
        shown
    }
}

/// A customer.
#[derive(Clone, Debug)]
pub struct Customer {
    pub id: String,
    pub created: i64,
    pub email: String,
}

impl Customer {
    /// A customer whom a checkout page makes.
    pub fn new(email: &str, now: i64) -> Self {
        Self { id: id::random("cus_", 14), created: now, email: email.to_owned() }
    }
}

impl Resource for Customer {
    const OBJECT: &'static str = "customer";
    const PATH: &'static str = "/v1/customers";
    const FILTERS: &'static [&'static str] = &["email"];

    fn table(world: &World) -> &Table<Self> {
        &world.customers
    }

    fn id(&self) -> &str {
        &self.id
    }

    fn created(&self) -> i64 {
        self.created
    }

    fn json(&self, _now: i64) -> Value {
        json!({
            "id": self.id,
            "object": Self::OBJECT,
            "address": null,
            "balance": 0,
            "created": self.created,
            "currency": null,
            "default_source": null,
            "delinquent": false,
            "description": null,
            "email": self.email,
            "livemode": false,
            "metadata": {},
            "name": null,
            "phone": null,
            "preferred_locales": [],
            "shipping": null,
            "tax_exempt": "none",
        })
    }
}
